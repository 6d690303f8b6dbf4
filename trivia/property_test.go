package trivia_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// TestRoundProperties drives rounds of all kinds with random inputs at random times, beside a twin that is saved and
// loaded before each of them.
func TestRoundProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		made := rapid.IntRange(0, 4).Draw(t, "questions")
		seed := rapid.Uint64().Draw(t, "seed")
		h := &harness{
			T: t, rules: rules, now: began, points: map[string]int{}, right: map[string]int{}, keys: map[string]bool{},
			one: trivia.NewRound("r", rules, player("p0"), drawQuestions(t, made), seed),
		}
		h.two = h.copy(h.one)
		for range rapid.IntRange(1, 60).Draw(t, "steps") {
			h.step()
		}
		h.end()
	})
}

func drawRules(t *rapid.T) trivia.Rules {
	modes := []trivia.Mode{trivia.Quick, trivia.Classic, trivia.Race, trivia.FirstTo, trivia.Endless, trivia.Everybody, trivia.Hardcore}
	r := trivia.Preset(rapid.SampledFrom(modes).Draw(t, "mode"))
	r.Typed = rapid.Bool().Draw(t, "typed")
	r.Alone = rapid.Bool().Draw(t, "alone")
	r.Early = rapid.Bool().Draw(t, "early")
	r.Penalty = rapid.SampledFrom([]int{0, 0, 30}).Draw(t, "penalty")
	r.SpeedBonus = rapid.SampledFrom([]int{0, 20}).Draw(t, "speed")
	r.Pause = rapid.SampledFrom([]time.Duration{0, 5 * time.Second}).Draw(t, "pause")
	r.Settle = rapid.SampledFrom([]time.Duration{0, 300 * time.Millisecond}).Draw(t, "settle")
	r.Questions = min(r.Questions, 4)
	if r.TargetRight > 0 {
		r.TargetRight = 2
		r.TargetPoints = rapid.SampledFrom([]int{0, 250}).Draw(t, "target")
	}
	if err := r.Check(); err != nil {
		t.Fatal(err)
	}
	return r
}

func drawQuestions(t *rapid.T, n int) []trivia.Question {
	out := questions(1, n)
	for i := range out {
		out[i].Difficulty = trivia.Difficulty(rapid.IntRange(0, 4).Draw(t, "difficulty"))
		out[i].ChoiceOnly = rapid.IntRange(0, 5).Draw(t, "choice only") == 0
		out[i].Ordered = rapid.Bool().Draw(t, "ordered")
		if rapid.IntRange(0, 5).Draw(t, "no options") == 0 {
			out[i].Wrong = nil
		}
		if rapid.IntRange(0, 5).Draw(t, "short") == 0 {
			out[i].Answers = []string{"Up", "up"}
		}
	}
	return out
}

type harness struct {
	*rapid.T
	rules    trivia.Rules
	one, two *trivia.Round
	now      time.Time
	points   map[string]int  // of the ledger, per player
	right    map[string]int  // per question and player; "q" alone: scorers of the question
	keys     map[string]bool // of effects and entries
	over     bool
	forgot   bool
}

func (h *harness) copy(r *trivia.Round) *trivia.Round {
	var back trivia.Round
	if err := json.Unmarshal(h.json(r), &back); err != nil {
		h.Fatalf("%v\n%s", err, h.json(r))
	}
	if !reflect.DeepEqual(&back, r) {
		h.Fatalf("loaded, it is another round: %s\nwas %s", h.json(&back), h.json(r))
	}
	return &back
}

func (h *harness) json(r *trivia.Round) []byte {
	data, err := json.Marshal(r)
	if err != nil {
		h.Fatal(err)
	}
	return data
}

// step makes one random input.
func (h *harness) step() {
	h.now = h.now.Add(time.Duration(rapid.SampledFrom([]int{0, 1, 150, 400, 1000, 2500, 9000, 31000, 200000}).Draw(h.T, "ms")) * time.Millisecond)
	if d := h.one.Deadline(); !d.IsZero() && rapid.Bool().Draw(h.T, "at the deadline") {
		h.now = maxTime(h.now, d)
	}
	now, by := h.now, trivia.Actor{Player: player(fmt.Sprintf("p%d", rapid.IntRange(0, 4).Draw(h.T, "player")))}
	by.Moderator = rapid.IntRange(0, 9).Draw(h.T, "moderator") == 0
	switch what := rapid.IntRange(0, 29).Draw(h.T, "what"); what {
	case 0:
		h.do("skip", func(r *trivia.Round) []trivia.Event { return r.Skip(now, by) })
	case 1:
		if rapid.IntRange(0, 4).Draw(h.T, "really") == 0 {
			h.do("stop", func(r *trivia.Round) []trivia.Event { return r.Stop(now, by) })
		}
	case 2:
		h.do("pause", func(r *trivia.Round) []trivia.Event { return r.Pause(now, by) })
	case 3, 4:
		h.do("resume", func(r *trivia.Round) []trivia.Event { return r.Resume(now, by) })
	case 5:
		h.do("hint", func(r *trivia.Round) []trivia.Event { return r.Hint(now, by) })
	case 6:
		h.do("replace", func(r *trivia.Round) []trivia.Event { return r.Replace(now) })
	case 7:
		qs := drawQuestions(h.T, rapid.IntRange(0, 3).Draw(h.T, "more"))
		h.do("add", func(r *trivia.Round) []trivia.Event { return r.Add(now, qs) })
	case 8:
		h.appeal(rapid.IntRange(0, 5).Draw(h.T, "question"))
	case 9:
		h.forget(by.Player.ID)
	case 10, 11, 12:
		h.do("start", func(r *trivia.Round) []trivia.Event { return r.Start(now) })
	case 13, 14:
		h.quiet("tick", func(r *trivia.Round) []trivia.Event { return r.Tick(now) })
	default:
		h.answer(by.Player)
	}
}

func maxTime(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func (h *harness) answer(p trivia.Player) {
	at := h.now.Add(-time.Duration(rapid.SampledFrom([]int{0, 0, 5, 200, 700, 3000, -500}).Draw(h.T, "ago")) * time.Millisecond)
	a := trivia.Attempt{Order: rapid.Uint64Range(0, 3).Draw(h.T, "order")}
	if cur, ok := h.one.Current(); ok {
		a.Question = cur.Question
		a.Pressed = len(cur.Options) > 0
	}
	if rapid.IntRange(0, 9).Draw(h.T, "odd") == 0 {
		a.Question = rapid.IntRange(-1, 5).Draw(h.T, "odd question")
		a.Pressed = !a.Pressed
	}
	if a.Pressed {
		a.Option = rapid.IntRange(-1, 5).Draw(h.T, "option")
	} else {
		a.Verdict = rapid.SampledFrom([]judge.Verdict{judge.Correct, judge.Correct, judge.Close, judge.Wrong, judge.Wrong, ""}).Draw(h.T, "verdict")
		a.Text = rapid.SampledFrom([]string{"", "Ran", "\xff", strings.Repeat("é", 300)}).Draw(h.T, "text")
	}
	now := h.now
	h.quiet("answer", func(r *trivia.Round) []trivia.Event { return r.Answer(at, now, p, a) })
}

func (h *harness) appeal(question int) {
	tries := h.one.Tries(question)
	if len(tries) > 1 && rapid.Bool().Draw(h.T, "one") {
		tries = tries[:1]
	}
	over := h.over
	h.over = false // points may be given after the end
	h.do("appeal", func(r *trivia.Round) []trivia.Event {
		events, err := r.Rescore(question, tries)
		if err != nil && len(events) > 0 {
			h.Errorf("%v, and %v", err, events)
		}
		return events
	})
	h.over = over
}

func (h *harness) forget(id string) {
	h.do("forget", func(r *trivia.Round) []trivia.Event { r.Forget(id); return nil })
	h.forgot = true
	delete(h.points, id)
	if strings.Contains(string(h.json(h.one)), strings.ToUpper(id)) {
		h.Errorf("%s is not forgotten: %s", id, h.json(h.one))
	}
}

// quiet is do for inputs that change nothing when they return nothing.
func (h *harness) quiet(what string, input func(*trivia.Round) []trivia.Event) {
	before := h.json(h.one)
	if events := h.do(what, input); len(events) == 0 && string(before) != string(h.json(h.one)) {
		h.Errorf("%s returned nothing and changed\n%s to\n%s", what, before, h.json(h.one))
	}
}

func (h *harness) do(what string, input func(*trivia.Round) []trivia.Event) []trivia.Event {
	events := input(h.one)
	h.two = h.copy(h.two)
	if twin := input(h.two); !reflect.DeepEqual(events, twin) {
		h.Fatalf("%s: the round that was loaded says\n%+v\nthe other\n%+v", what, twin, events)
	}
	if !reflect.DeepEqual(h.one, h.two) {
		h.Fatalf("%s: the round that was loaded is now\n%s\nthe other\n%s", what, h.json(h.two), h.json(h.one))
	}
	for _, e := range events {
		h.check(what, e)
	}
	for _, e := range trivia.Scores(events) {
		h.book(e)
	}
	for _, s := range h.one.Table() {
		if s.Points != h.points[s.Player.ID] {
			h.Errorf("%s: %s has %d points, the ledger %d", what, s.Player.ID, s.Points, h.points[s.Player.ID])
		}
	}
	h.deadline(what)
	return events
}

func (h *harness) check(what string, e trivia.Event) {
	key := e.EffectKey()
	if key == "" {
		return
	}
	if h.over {
		h.Errorf("%s: %+v after the end", what, e)
	}
	if h.keys[key] {
		h.Errorf("%s: effect %s twice", what, key)
	}
	h.keys[key] = true
	switch e := e.(type) {
	case trivia.Finished:
		h.over = true
	case trivia.Closed:
		if e.Outcome != trivia.Answered && (len(e.Scores) > 0 && h.rules.Penalty == 0 || len(e.Winners) > 0) {
			h.Errorf("%s: points for a question that was %s", what, e.Outcome)
		}
		if !slices.IsSortedFunc(e.Winners, func(a, b trivia.Winner) int { return int(a.After - b.After) }) {
			h.Errorf("winners out of order: %+v", e.Winners)
		}
	case trivia.Asked:
		if n := len(e.Options); n == 1 || n > trivia.MaxOptions || n > 0 && !slices.Contains(e.Options, e.Q.Answers[0]) {
			h.Errorf("options %q", e.Options)
		}
	case trivia.Hinted:
		if len(e.Text) != len(h.answerOf(e.Question)) {
			h.Errorf("hint %q", e.Text)
		}
	}
}

func (h *harness) answerOf(n int) string {
	q, _ := h.one.Question(n)
	if len(q.Answers) == 0 {
		return ""
	}
	return q.Answers[0]
}

// book enters a line in the ledger.
func (h *harness) book(e trivia.Entry) {
	if h.keys[e.Key] {
		h.Errorf("entry %s twice", e.Key)
	}
	h.keys[e.Key] = true
	h.points[e.Player.ID] += e.Points
	n := 0
	switch e.Reason {
	case trivia.ReasonRight, trivia.ReasonAppeal:
		n = 1
	case trivia.ReasonOvertaken:
		n = -1
	}
	question, one := fmt.Sprint(e.Question), fmt.Sprint(e.Question, e.Player.ID)
	h.right[question] += n
	h.right[one] += n
	if h.right[one] > 1 || h.right[one] < 0 {
		h.Errorf("%s is right %d times in question %d", e.Player.ID, h.right[one], e.Question)
	}
	// A player who was forgotten cannot give points back.
	if h.rules.Style == trivia.First && h.right[question] > 1 && !h.forgot {
		h.Errorf("%d scorers of question %d in a race", h.right[question], e.Question)
	}
}

// deadline checks that Tick does something at the deadline, and nothing before, and nothing twice.
func (h *harness) deadline(what string) {
	d := h.one.Deadline()
	phase, paused := h.one.Phase()
	if idle := paused || phase == trivia.Over || phase == trivia.Ready; d.IsZero() != idle {
		h.Errorf("%s: deadline %v while %s", what, d, phase)
	}
	if d.IsZero() {
		return
	}
	r := h.copy(h.one)
	if events := r.Tick(d.Add(-time.Microsecond)); len(events) > 0 {
		h.Errorf("%s: a tick before the deadline does %+v", what, events)
	}
	if events := r.Tick(d); len(events) == 0 {
		h.Errorf("%s: a tick at the deadline %v does nothing: %s", what, d, h.json(r))
	}
	if events := r.Tick(d); len(events) > 0 {
		h.Errorf("%s: a second tick does %+v", what, events)
	}
}

// end lets the round run out.
func (h *harness) end() {
	h.do("start", func(r *trivia.Round) []trivia.Event { return r.Start(h.now) })
	if _, paused := h.one.Phase(); paused {
		h.do("resume", func(r *trivia.Round) []trivia.Event { return r.Resume(h.now, trivia.Actor{Moderator: true}) })
	}
	for range 200 {
		d := h.one.Deadline()
		if d.IsZero() {
			break
		}
		h.now = maxTime(h.now, d)
		h.quiet("tick", func(r *trivia.Round) []trivia.Event { return r.Tick(h.now) })
	}
	if why, at := h.one.Ended(); why == "" || at.IsZero() || !h.over {
		h.Fatalf("the round does not end: %s", h.json(h.one))
	}
	h.quiet("tick", func(r *trivia.Round) []trivia.Event { return r.Tick(h.now.Add(time.Hour)) })
	h.do("stop", func(r *trivia.Round) []trivia.Event { return r.Stop(h.now, trivia.Actor{Moderator: true}) })
	h.answer(player("p0"))
}

// TestShuffled lets eight players answer within one window, and their messages arrive in any order.
func TestShuffled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		rules.Settle, rules.Alone = 300*time.Millisecond, false
		type message struct {
			at time.Duration
			p  trivia.Player
			a  trivia.Attempt
		}
		var all []message
		first := trivia.NewRound("r", rules, player("p0"), questions(1, 1), 1).Start(began)[0].(trivia.Asked)
		for i := range 8 {
			for j := range 1 + len(first.Options)/4 { // buttons may be pressed twice
				m := message{at: time.Duration(rapid.IntRange(0, 6).Draw(t, "at")) * 300 * time.Millisecond, p: player(fmt.Sprintf("p%d", i))}
				m.a = trivia.Attempt{Question: 1, Pressed: len(first.Options) > 0, Order: uint64(100*j + i)}
				m.a.Option = rapid.IntRange(0, 3).Draw(t, "option")
				m.a.Verdict = rapid.SampledFrom([]judge.Verdict{judge.Correct, judge.Wrong, judge.Close}).Draw(t, "verdict")
				all = append(all, m)
			}
		}
		play := func(order []message) (public []trivia.Event) {
			r := trivia.NewRound("r", rules, player("p0"), questions(1, 1), 1)
			r.Start(began)
			now := began.Add(2 * time.Second)
			for _, m := range order {
				public = append(public, r.Answer(began.Add(m.at), now, m.p, m.a)...)
				now = now.Add(10 * time.Millisecond)
			}
			for !r.Deadline().IsZero() {
				public = append(public, r.Tick(r.Deadline())...)
			}
			return slices.DeleteFunc(public, func(e trivia.Event) bool {
				c, closed := e.(trivia.Closed)
				_, finished := e.(trivia.Finished)
				return !finished && (!closed || c.Question != 1)
			})
		}
		// When a question closes by the wall clock may depend on arrival; what it is worth may not.
		timeless := func(events []trivia.Event) []trivia.Event {
			c := events[0].(trivia.Closed)
			c.NextAt = time.Time{}
			events[0] = c
			return events
		}
		want := timeless(play(all))
		got := timeless(play(rapid.Permutation(all).Draw(t, "order")))
		if !reflect.DeepEqual(got, want) {
			t.Errorf("in another order:\n%+v\nwant\n%+v", got, want)
		}
	})
}
