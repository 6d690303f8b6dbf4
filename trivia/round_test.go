package trivia_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

func TestPresetsAreWithinTheirLimits(t *testing.T) {
	for _, m := range []trivia.Mode{
		trivia.Quick, trivia.Classic, trivia.Race, trivia.FirstTo, trivia.Endless, trivia.Everybody, trivia.Hardcore, "unknown",
	} {
		if err := trivia.Preset(m).Check(); err != nil {
			t.Errorf("%s: %v", m, err)
		}
		if err := trivia.Preset(m).Relaxed().Check(); err != nil {
			t.Errorf("%s, relaxed: %v", m, err)
		}
	}
}

func TestRulesOutOfTheirLimits(t *testing.T) {
	for name, change := range map[string]func(*trivia.Rules){
		"style":       func(r *trivia.Rules) { r.Style = "lenient" },
		"time":        func(r *trivia.Rules) { r.Time = time.Second },
		"pause":       func(r *trivia.Rules) { r.Pause = -1 },
		"window":      func(r *trivia.Rules) { r.Window = time.Hour },
		"idle_stop":   func(r *trivia.Rules) { r.IdleStop = 0 },
		"speed_bonus": func(r *trivia.Rules) { r.SpeedBonus = 21 },
		"questions":   func(r *trivia.Rules) { r.Questions = -1 },
		"streak":      func(r *trivia.Rules) { r.Streak = 1 },
	} {
		rules := trivia.Preset(trivia.Race)
		change(&rules)
		if err := rules.Check(); err == nil || !strings.HasPrefix(err.Error(), name+" ") {
			t.Errorf("%s: %v", name, err)
		}
		if got := trivia.NewRound("r", rules, player("ada"), nil, 1).Rules(); got != trivia.Preset(trivia.Race) {
			t.Errorf("%s: a round follows %+v", name, got)
		}
	}
}

// ask starts a round of one question.
func ask(t *testing.T, q trivia.Question, seed uint64, typed bool) (*trivia.Round, trivia.Asked) {
	t.Helper()
	rules := trivia.Preset(trivia.Quick)
	rules.Typed = typed
	r := trivia.NewRound("r", rules, player("ada"), []trivia.Question{q}, seed)
	asked, ok := r.Start(began)[0].(trivia.Asked)
	if !ok {
		t.Fatalf("%+v is not asked", q)
	}
	return r, asked
}

func TestOptions(t *testing.T) {
	for _, tt := range []struct {
		name    string
		q       trivia.Question
		ordered string // options in order, or "" if shuffled
		n       int
	}{
		{"years", trivia.Question{Ordered: true, Answers: []string{"1998"}, Wrong: []string{"2001", "1997", "985"}}, "985 1997 1998 2001", 4},
		{"true and false", trivia.Question{Ordered: true, Answers: []string{"False"}, Wrong: []string{"True"}}, "True False", 2},
		{"numbers with units", trivia.Question{Ordered: true, Answers: []string{"11 Oscars"}, Wrong: []string{"9 Oscars", "1,000 Oscars"}}, "9 Oscars 11 Oscars 1,000 Oscars", 3},
		{"at most five", trivia.Question{Answers: []string{"a"}, Wrong: []string{"b", "c", "d", "e", "f", "g"}}, "", 5},
		{"the same twice", trivia.Question{Answers: []string{"a"}, Wrong: []string{"b", "b", "a"}}, "", 2},
		{"none: typed", trivia.Question{Answers: []string{"a"}}, "", 0},
	} {
		tt.q.Text = "?"
		orders := map[string]bool{}
		for seed := range uint64(40) {
			_, asked := ask(t, tt.q, seed, false)
			_, again := ask(t, tt.q, seed, false)
			if len(asked.Options) != tt.n || !slices.Equal(asked.Options, again.Options) {
				t.Errorf("%s: options %q, then %q", tt.name, asked.Options, again.Options)
			}
			orders[strings.Join(asked.Options, " ")] = true
		}
		if tt.ordered != "" && (len(orders) != 1 || !orders[tt.ordered]) || tt.ordered == "" && tt.n > 1 && len(orders) < 2 {
			t.Errorf("%s: orders %v", tt.name, orders)
		}
	}
}

// TestOptionsStay pins the order: a round that was saved must be shown alike by the next version.
func TestOptionsStay(t *testing.T) {
	_, asked := ask(t, questions(1, 1)[0], 7, false)
	if got := strings.Join(asked.Options, ", "); got != "False 1, Wrong 1, Untrue 1, Answer 1" {
		t.Errorf("options of seed 7: %s", got)
	}
}

func TestHints(t *testing.T) {
	for _, tt := range []struct {
		answer        string
		first, second int // letters shown
	}{
		{"Anora", 1, 2},
		{"Up!", 0, 0},
		{"Ran", 0, 0},
		{"1917", 0, 0},
		{"Apollo 13", 1, 3},
		{"Kill Bill: Volume 2", 3, 7},
		{"Emilia Pérez", 2, 5},
		{"Ame\u0301lie", 1, 3},
		{"千と千尋の神隠し", 2, 4},
	} {
		r, _ := ask(t, trivia.Question{Text: "?", Answers: []string{tt.answer}}, 3, true)
		var hints []string
		for range 3 {
			for _, e := range r.Hint(began.Add(time.Second), trivia.Actor{Moderator: true}) {
				if h, ok := e.(trivia.Hinted); ok {
					hints = append(hints, h.Text)
				}
			}
		}
		if tt.first == 0 {
			if len(hints) > 0 {
				t.Errorf("%q has hints %q", tt.answer, hints)
			}
			continue
		}
		if len(hints) != 2 || shown(tt.answer, hints[0]) != tt.first || shown(tt.answer, hints[1]) != tt.second {
			t.Errorf("%q: hints %q", tt.answer, hints)
			continue
		}
		if strings.ContainsAny(hints[1], "0123456789") {
			t.Errorf("%q: a digit in %q", tt.answer, hints[1])
		}
		for i, c := range []rune(hints[0]) {
			if c != trivia.HiddenLetter && []rune(hints[1])[min(i, len([]rune(hints[1]))-1)] == trivia.HiddenLetter && !strings.ContainsRune(tt.answer, '\u0301') {
				t.Errorf("%q: the second hint %q hides what the first %q showed", tt.answer, hints[1], hints[0])
			}
		}
	}
}

// TestHintsOfCombiningMarks: the accent of a letter that is hidden would say which it is.
func TestHintsOfCombiningMarks(t *testing.T) {
	hidden := 0
	for seed := range uint64(20) {
		r, _ := ask(t, trivia.Question{Text: "?", Answers: []string{"Ame\u0301lie"}}, seed, true)
		h, ok := r.Hint(began, trivia.Actor{Moderator: true})[0].(trivia.Hinted)
		if !ok || strings.Contains(h.Text, "\u0301") != strings.Contains(h.Text, "e\u0301") {
			t.Errorf("hint %q", h.Text)
		}
		if !strings.Contains(h.Text, "\u0301") {
			hidden++
		}
	}
	if hidden == 0 || hidden == 20 {
		t.Errorf("the letter is hidden %d times of 20", hidden)
	}
}

// shown counts the letters of a hint.
func shown(answer, hint string) (n int) {
	for _, c := range hint {
		if c != trivia.HiddenLetter && strings.ContainsRune(answer, c) && !strings.ContainsRune(" :!\u0301", c) {
			n++
		}
	}
	return n
}

// TestBounds lets a crowd send more than a round keeps: it stays small, and the right answer counts.
func TestBounds(t *testing.T) {
	rules := trivia.Preset(trivia.Classic)
	rules.Typed, rules.Rate = true, 0
	r := trivia.NewRound("r", rules, player("ada"), questions(1, 1), 1)
	r.Start(began)
	long := strings.Repeat("x", 10_000)
	refused := 0
	for i := range 1100 {
		for j := range 12 {
			at := began.Add(time.Duration(j) * time.Second)
			events := r.Answer(at, at, player(fmt.Sprint("p", i)), trivia.Attempt{Question: 1, Verdict: judge.Wrong, Text: long})
			if e, ok := events[len(events)-1].(trivia.Refused); ok && e.Reason == trivia.RefusedCrowd {
				refused++
			}
		}
	}
	data, err := json.Marshal(r)
	if err != nil || len(data) > 2<<20 || refused != 100*12 {
		t.Errorf("saved in %d bytes, %v; %d refused", len(data), err, refused)
	}
	at := began.Add(14 * time.Second)
	r.Answer(at, at, player("p3"), trivia.Attempt{Question: 1, Verdict: judge.Correct})
	if c, ok := r.Tick(r.Deadline())[0].(trivia.Closed); !ok || len(c.Winners) != 1 || c.Answers != 1000 || c.Winners[0].Player.ID != "p3" {
		t.Errorf("closed: %+v", c.Winners)
	}
}

// TestLongRound plays an endless round: it remembers the last questions only, and its numbers are right nevertheless.
func TestLongRound(t *testing.T) {
	rules := trivia.Preset(trivia.Endless)
	rules.Typed = true
	r := trivia.NewRound("r", rules, player("ada"), nil, 1)
	now, size, asked, events := began, 0, 0, r.Start(began)
	for ; asked < 300; events = r.Tick(r.Deadline()) {
		now = maxTime(now, r.Deadline())
		for _, e := range events {
			if need, ok := e.(trivia.NeedQuestions); ok {
				events = append(events, r.Add(now, questions(asked+1, need.Count))...)
			}
		}
		for _, e := range events {
			if a, ok := e.(trivia.Asked); ok {
				asked++
				r.Answer(a.OpenedAt.Add(time.Second), a.OpenedAt.Add(time.Second), player("ada"), trivia.Attempt{Question: a.Question, Verdict: judge.Correct})
			}
		}
		data, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		size = max(size, len(data))
	}
	sum := r.Summary()
	if size > 40_000 || sum.Table[0].Points != 30000 || sum.Longest.Length != 300 {
		t.Errorf("after %d questions: at most %d bytes, %+v, longest %+v", asked, size, sum.Table, sum.Longest)
	}
	if _, err := r.Rescore(1, nil); err == nil {
		t.Error("question 1 is remembered")
	}
}

func TestQuestionsThatCannotBeAsked(t *testing.T) {
	r := trivia.NewRound("r", trivia.Preset(trivia.Quick), player("ada"), []trivia.Question{
		{Text: "no answer"}, {Answers: []string{"no text"}},
		{Text: "which of these?", ChoiceOnly: true, Answers: []string{"a"}, Wrong: []string{"a"}},
		{Text: "good", Answers: []string{"a"}},
	}, 1)
	if asked, ok := r.Start(began)[0].(trivia.Asked); !ok || asked.Q.Text != "good" {
		t.Errorf("asked %q", asked.Q.Text)
	}
}

func TestHostileNames(t *testing.T) {
	r, _ := ask(t, questions(1, 1)[0], 1, false)
	p := trivia.Player{ID: "u\xff1", Name: "@everyone \xff<!channel>\u202e"}
	for range 2 {
		r.Answer(began, began, p, trivia.Attempt{Question: 1, Pressed: true})
	}
	if events := r.Answer(began, began, trivia.Player{Name: "nobody"}, trivia.Attempt{Question: 1, Pressed: true}); events != nil {
		t.Errorf("a player without an ID: %v", events)
	}
	g := game{t: t, r: r}
	g.reload()
	if table := g.r.Table(); len(table) != 1 || table[0].Player.Name != "@everyone ?<!channel>\u202e" {
		t.Errorf("table %+v", table)
	}
}

func TestUnmarshalSaysWhatIsWrong(t *testing.T) {
	good, err := json.Marshal(trivia.NewRound("r", trivia.Preset(trivia.Quick), player("ada"), questions(1, 1), 1))
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ old, replacement, want string }{
		{`"v":1`, `"v":2`, "version 2 is not known"},
		{`"v":1`, `"w":1`, "version 0 is not known"},
		{`"phase":"ready"`, `"phase":"asking"`, "does not go with the open question"},
		{`"phase":"ready"`, `"phase":"dancing"`, `phase "dancing" is not known`},
		{`"style":"shared"`, `"style":""`, "rules: style"},
		{`"seed":1`, `"seed":"one"`, "saved round: json"},
		{`"answers":["Answer 1"]`, `"answers":[]`, "has no answer"},
		{`{`, `[`, "invalid character"},
	} {
		r := trivia.NewRound("before", trivia.Preset(trivia.Quick), player("ada"), nil, 1)
		bad := strings.Replace(string(good), tt.old, tt.replacement, 1)
		if bad == string(good) {
			t.Fatalf("%s is not in %s", tt.old, good)
		}
		if err := json.Unmarshal([]byte(bad), r); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", tt.replacement, err)
		}
		if r.ID() != "before" {
			t.Errorf("%s: the round is changed", tt.replacement)
		}
	}
}

// FuzzRound loads anything, and plays on with what is a round.
func FuzzRound(f *testing.F) {
	for _, m := range []trivia.Mode{trivia.Race, trivia.Everybody, trivia.Endless} {
		for _, typed := range []bool{true, false} {
			rules := trivia.Preset(m)
			rules.Typed, rules.Penalty = typed, 10
			r := trivia.NewRound("r", rules, player("ada"), questions(1, 3), 7)
			add := func() {
				data, err := json.Marshal(r)
				if err != nil {
					f.Fatal(err)
				}
				f.Add(data)
			}
			r.Start(began)
			for i := range 5 {
				at := began.Add(time.Duration(i) * time.Second)
				r.Answer(at, at, player(fmt.Sprint("p", i)), trivia.Attempt{Question: 1, Pressed: !typed, Option: i % 4, Verdict: judge.Wrong, Text: "x"})
			}
			add()
			r.Tick(began.Add(40 * time.Second))
			add()
			r.Tick(began.Add(50 * time.Second))
			r.Pause(began.Add(51*time.Second), trivia.Actor{Moderator: true})
			add()
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var r trivia.Round
		if json.Unmarshal(data, &r) != nil {
			return
		}
		once, err := json.Marshal(&r)
		if err != nil {
			t.Fatal(err)
		}
		var back trivia.Round
		if err := json.Unmarshal(once, &back); err != nil {
			t.Fatalf("%v in what was just saved: %s", err, once)
		}
		if twice, err := json.Marshal(&back); err != nil || string(twice) != string(once) {
			t.Fatalf("saved again, %v:\n%s\n%s", err, once, twice)
		}
		playOn(&r)
	})
}

// playOn uses every method of a round.
func playOn(r *trivia.Round) {
	mod, now := trivia.Actor{Player: player("mod"), Moderator: true}, began.Add(30*time.Second)
	r.Start(now)
	for n := range 5 {
		if d := r.Deadline(); !d.IsZero() {
			now = d
		}
		cur, _ := r.Current()
		for _, pressed := range []bool{true, false} {
			r.Answer(now, now, player("bob"), trivia.Attempt{Question: cur.Question, Pressed: pressed, Option: n, Verdict: judge.Correct})
		}
		r.Hint(now, mod)
		r.Pause(now, mod)
		r.Resume(now.Add(time.Minute), mod)
		for q := range 5 {
			_, _ = r.Rescore(q, r.Tries(q))
		}
		r.Tick(now.Add(time.Minute))
		r.Skip(now.Add(time.Minute), trivia.Actor{Player: player("bob")})
		r.Replace(now.Add(time.Minute))
		r.Add(now, questions(9, 1))
		r.Forget("p1")
	}
	r.Stop(now, mod)
	r.Summary()
}
