package trivia_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

var update = flag.Bool("update", false, "rewrite what the rounds in testdata say")

// began is when every round of the tests is started.
var began = time.Date(2026, 3, 1, 20, 0, 0, 0, time.UTC)

// TestRounds plays the rounds in testdata: "new" makes a round, lines with ">" are inputs at a second, the others are
// what comes out. Before each input the clock ticks at every deadline on the way, except after "!". After every step the
// round is saved and loaded, so each of these rounds is also one that was restarted in every state.
//
//	new race questions=2 typed     a mode, and settings
//	> 1.5 ada right                typed: right, close or wrong, with a text after it if that matters
//	> 1.5@1.2 bob right            the same, with the platform's own timestamp
//	> 1.5 ada + / - / C            presses the right option, the first wrong one, or C
//	> 3 ada skip                   also stop, pause, resume, hint; "mod" is a moderator, ada starts every round
//	> 3 tick / replace / add 2 / forget bob / appeal 1 bob cy / table / summary / current
func TestRounds(t *testing.T) {
	files, err := filepath.Glob("testdata/rounds/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no rounds in testdata: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			g := &game{t: t, ledger: map[string]int{}, keys: map[string]bool{}}
			for line := range strings.Lines(string(want)) {
				g.line(strings.TrimRight(line, "\n"))
			}
			got := g.out.String()
			if got == string(want) {
				return
			}
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s differs; go test -run TestRounds -update rewrites it. It says now:\n%s", file, got)
		})
	}
}

type game struct {
	t      *testing.T
	r      *trivia.Round
	out    strings.Builder
	ledger map[string]int
	keys   map[string]bool
	made   int // questions so far
}

func player(name string) trivia.Player { return trivia.Player{ID: name, Name: strings.ToUpper(name)} }

func questions(from, n int) []trivia.Question {
	var out []trivia.Question
	for i := from; i < from+n; i++ {
		out = append(out, trivia.Question{
			ID: fmt.Sprintf("q%d", i), Text: fmt.Sprintf("Question %d?", i), Kind: judge.Work, Difficulty: trivia.Easy,
			Answers: []string{fmt.Sprintf("Answer %d", i)}, Category: "oscars", Rows: []string{"r1"},
			Wrong: []string{fmt.Sprintf("Wrong %d", i), fmt.Sprintf("False %d", i), fmt.Sprintf("Untrue %d", i)},
		})
	}
	return out
}

func (g *game) line(line string) {
	switch {
	case strings.HasPrefix(line, "new "):
		fmt.Fprintln(&g.out, line)
		g.begin(strings.Fields(line)[1:])
	case strings.HasPrefix(line, "> "):
		g.input(line)
	case strings.HasPrefix(line, "#") || line == "":
		fmt.Fprintln(&g.out, line)
	}
}

func (g *game) begin(words []string) {
	rules := trivia.Preset(trivia.Mode(words[0]))
	held := -1
	for _, w := range words[1:] {
		name, value, _ := strings.Cut(w, "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "typed":
			rules.Typed = true
		case "alone":
			rules.Alone = true
		case "relaxed":
			rules = rules.Relaxed()
		case "questions":
			rules.Questions = n
		case "held":
			held = n
		case "points":
			rules.TargetPoints, rules.TargetRight = n, 0
		case "right":
			rules.TargetRight = n
		case "penalty":
			rules.Penalty = n
		case "speed":
			rules.SpeedBonus = n
		default:
			g.t.Fatalf("new: %q?", w)
		}
	}
	if held < 0 {
		held = rules.Questions
	}
	if err := rules.Check(); err != nil {
		g.t.Fatal(err)
	}
	g.made = held
	g.r = trivia.NewRound("r", rules, player("ada"), questions(1, held), 7)
	g.ledger, g.keys = map[string]int{}, map[string]bool{}
	g.reload()
}

func (g *game) clock(s string) time.Time {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil {
		g.t.Fatalf("time %q: %v", s, err)
	}
	return began.Add(time.Duration(n * float64(time.Second)).Round(time.Millisecond))
}

func (g *game) input(line string) {
	words := strings.Fields(line)[1:]
	jump := strings.HasPrefix(words[0], "!")
	nowText, atText, ok := strings.Cut(strings.TrimPrefix(words[0], "!"), "@")
	now := g.clock(nowText)
	at := now
	if ok {
		at = g.clock(atText)
	}
	for !jump {
		d := g.r.Deadline()
		if d.IsZero() || d.After(now) {
			break
		}
		g.show(d, g.r.Tick(d))
	}
	fmt.Fprintln(&g.out, line)
	g.show(now, g.act(at, now, words[1:]))
}

func (g *game) act(at, now time.Time, words []string) []trivia.Event {
	arg := func(i int) string {
		if i < len(words) {
			return words[i]
		}
		return ""
	}
	switch words[0] {
	case "start":
		return g.r.Start(now)
	case "tick":
		return g.r.Tick(now)
	case "replace":
		return g.r.Replace(now)
	case "forget":
		g.r.Forget(arg(1))
		delete(g.ledger, arg(1))
		return nil
	case "add":
		n, _ := strconv.Atoi(arg(1))
		g.made += n
		return g.r.Add(now, questions(g.made-n+1, n))
	case "appeal":
		return g.appeal(arg(1), words[2:])
	case "table":
		fmt.Fprintf(&g.out, "  %s\n", table(g.r.Table()))
		return nil
	case "summary":
		fmt.Fprintf(&g.out, "  %s\n", describe(g.r.Summary()))
		return nil
	case "current":
		if a, ok := g.r.Current(); ok {
			fmt.Fprintf(&g.out, "  question %d, %v left\n", a.Question, g.r.Left(now))
		}
		return nil
	}
	by := trivia.Actor{Player: player(words[0]), Moderator: words[0] == "mod"}
	switch arg(1) {
	case "skip":
		return g.r.Skip(now, by)
	case "stop":
		return g.r.Stop(now, by)
	case "pause":
		return g.r.Pause(now, by)
	case "resume":
		return g.r.Resume(now, by)
	case "hint":
		return g.r.Hint(now, by)
	}
	return g.r.Answer(at, now, by.Player, g.attempt(at, words))
}

func (g *game) attempt(at time.Time, words []string) trivia.Attempt {
	a := trivia.Attempt{Order: uint64(at.UnixMicro())}
	what := words[1]
	if n, rest, ok := strings.Cut(what, ":"); ok { // "1:right" is about question 1, whatever is open
		a.Question, _ = strconv.Atoi(n)
		what = rest
	} else if cur, ok := g.r.Current(); ok {
		a.Question = cur.Question
	}
	q, _ := g.r.Question(a.Question)
	cur, _ := g.r.Current()
	switch what {
	case "right":
		a.Verdict, a.Text = judge.Correct, "the answer"
	case "close":
		a.Verdict, a.Text = judge.Close, "Answ"
	case "wrong":
		a.Verdict, a.Text = judge.Wrong, strings.Join(words[2:], " ")
	case "+":
		a.Pressed, a.Option = true, slices.Index(cur.Options, q.Answers[0])
	case "-":
		a.Pressed, a.Option = true, slices.Index(cur.Options, q.Wrong[0])
	default:
		a.Pressed, a.Option = true, int(what[0]-'A')
	}
	return a
}

func (g *game) appeal(question string, who []string) []trivia.Event {
	n, _ := strconv.Atoi(question)
	tries := slices.DeleteFunc(g.r.Tries(n), func(x trivia.Tried) bool { return !slices.Contains(who, x.Player.ID) })
	events, err := g.r.Rescore(n, tries)
	if err != nil {
		fmt.Fprintf(&g.out, "  %v\n", err)
	}
	return events
}

// show writes events down and checks what must hold at all times.
func (g *game) show(now time.Time, events []trivia.Event) {
	g.t.Helper()
	for _, e := range events {
		fmt.Fprintf(&g.out, "  %.1f %s\n", now.Sub(began).Seconds(), describe(e))
		if key := e.EffectKey(); key != "" {
			if g.keys[key] {
				g.t.Errorf("effect %s twice", key)
			}
			g.keys[key] = true
		}
	}
	for _, e := range trivia.Scores(events) {
		if g.keys[e.Key] {
			g.t.Errorf("ledger entry %s twice", e.Key)
		}
		g.keys[e.Key] = true
		g.ledger[e.Player.ID] += e.Points
	}
	for _, s := range g.r.Table() {
		if g.ledger[s.Player.ID] != s.Points {
			g.t.Errorf("%s has %d points, the ledger says %d", s.Player.ID, s.Points, g.ledger[s.Player.ID])
		}
	}
	if again := g.r.Tick(now); len(again) > 0 && len(events) > 0 {
		g.t.Errorf("a second tick at %v does %v", now.Sub(began), again)
	}
	g.reload()
}

// reload saves and loads the round.
func (g *game) reload() {
	g.t.Helper()
	data, err := json.Marshal(g.r)
	if err != nil {
		g.t.Fatal(err)
	}
	var back trivia.Round
	if err := json.Unmarshal(data, &back); err != nil {
		g.t.Fatalf("%v\n%s", err, data)
	}
	if !reflect.DeepEqual(&back, g.r) {
		g.t.Fatalf("loaded, it is another round:\n%+v\n%+v", back, *g.r)
	}
	g.r = &back
}

func describe(e trivia.Event) string {
	switch e := e.(type) {
	case trivia.Asked:
		s := fmt.Sprintf("asked %d, %d of %d, %d points", e.Question, e.Number, e.Total, e.Points)
		for i, o := range e.Options {
			s += fmt.Sprintf(", %c %s", 'A'+i, o)
		}
		return s + fmt.Sprintf(", until %.1f", e.ClosesAt.Sub(began).Seconds())
	case trivia.Closed:
		s := fmt.Sprintf("closed %d: %s, %d answered", e.Question, e.Outcome, e.Answers)
		if e.Right >= 0 {
			s += fmt.Sprintf(", right %c %v", 'A'+e.Right, e.Counts)
		}
		for _, w := range e.Winners {
			s += fmt.Sprintf(", %s after %v +%d", w.Player.ID, w.After, w.Points)
		}
		for _, x := range e.Streaks {
			s += fmt.Sprintf(", streak %s %d", x.Player.ID, x.Length)
		}
		return s + ledger(e.Scores)
	case trivia.Rescored:
		return fmt.Sprintf("rescored %d%s; %s", e.Question, ledger(e.Scores), table(e.Table))
	case trivia.Finished:
		s := fmt.Sprintf("finished: %s; %s", e.Reason, table(e.Table))
		for _, m := range e.Missed {
			s += fmt.Sprintf("; missed %d", m.Question)
		}
		if e.Fastest != nil {
			s += fmt.Sprintf("; fastest %s %v in %d", e.Fastest.Player.ID, e.Fastest.After, e.Fastest.Question)
		}
		if e.Longest != nil {
			s += fmt.Sprintf("; streak %s %d", e.Longest.Player.ID, e.Longest.Length)
		}
		return s
	case trivia.Hinted:
		return fmt.Sprintf("hint %d: %s, %d points", e.Level, e.Text, e.Points)
	case trivia.Picked:
		return fmt.Sprintf("to %s: picked %c, before %d; %d answered", e.Player.ID, 'A'+e.Option, e.Before, e.Count)
	case trivia.Noted:
		return fmt.Sprintf("to %s: noted %q; %d answered", e.Player.ID, e.Verdict, e.Count)
	case trivia.CloseCall:
		return fmt.Sprintf("to %s: close; %d answered", e.Player.ID, e.Count)
	case trivia.TooFast:
		return fmt.Sprintf("to %s: too fast, wait %v", e.Player.ID, e.Wait)
	case trivia.Late:
		return fmt.Sprintf("to %s: question %d is over", e.Player.ID, e.Question)
	case trivia.Refused:
		return fmt.Sprintf("to %s: refused: %s", e.Player.ID, e.Reason)
	case trivia.SkipVoted:
		return fmt.Sprintf("skip? %d of %d", e.Votes, e.Needed)
	case trivia.IdleWarned:
		return fmt.Sprintf("idle: %d unanswered, %d left", e.Unanswered, e.Left)
	case trivia.Paused:
		return fmt.Sprintf("paused, question %d, %v left", e.Question, e.Left)
	case trivia.Resumed:
		return fmt.Sprintf("resumed, question %d, until %.1f", e.Question, e.Until.Sub(began).Seconds())
	case trivia.NeedQuestions:
		return fmt.Sprintf("needs %d questions, now %v", e.Count, e.Now)
	}
	return fmt.Sprintf("%T?", e)
}

func ledger(entries []trivia.Entry) string {
	s := ""
	for _, e := range entries {
		s += fmt.Sprintf(", %s %+d", e.Key, e.Points)
	}
	return s
}

func table(rows []trivia.Standing) string {
	if len(rows) == 0 {
		return "nobody"
	}
	var out []string
	for _, s := range rows {
		out = append(out, fmt.Sprintf("%d. %s %d (%d)", s.Rank, s.Player.ID, s.Points, s.Right))
	}
	return strings.Join(out, ", ")
}
