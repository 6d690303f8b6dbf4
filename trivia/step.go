package trivia

import (
	"cmp"
	"slices"
	"time"
)

// moreAtOnce is how many questions a round without an end asks for.
const moreAtOnce = 10

// Start asks the first question. A round starts once.
func (r *Round) Start(now time.Time) []Event {
	if r.s.Phase != Ready {
		return nil
	}
	return r.ask(now.UnixMicro())
}

// Tick does what is due at now. It is idempotent: a second tick for the same time, and a tick that comes too early, does
// nothing and returns nothing. Every other input does what is due first, so a tick that is late is never missed.
func (r *Round) Tick(now time.Time) []Event {
	var events []Event
	n := now.UnixMicro()
	for {
		step := r.step(n)
		if step == nil {
			return events
		}
		events = append(events, step...)
	}
}

// step does the first thing that is due, if any. Each leaves the next deadline later or one question fewer.
func (r *Round) step(n int64) []Event {
	if r.s.Paused {
		return nil
	}
	switch r.s.Phase {
	case Asking:
		t := r.s.Open
		switch played := n - t.Base; {
		case played > t.End+voidAfter.Microseconds():
			return r.void(n, n+r.s.Rules.Pause.Microseconds())
		case played >= r.closeBy(t):
			return r.close(n)
		case played >= r.nextHint(t):
			return r.showHint(t, played)
		}
	case Between:
		if n >= r.s.Next {
			return r.ask(n)
		}
	case Waiting:
		if len(r.s.Pool) > 0 { // they came while the round was paused
			return r.ask(n)
		}
		if n >= r.s.Next || r.s.Dry {
			return r.finish(n, EndNoQuestions)
		}
	}
	return nil
}

// ask opens the next question, or waits for one, or ends the round if there is none to be had.
func (r *Round) ask(n int64) []Event {
	if end := r.done(); end != "" {
		return r.finish(n, end) // an appeal may have brought somebody to the target
	}
	if len(r.s.Pool) == 0 {
		if r.s.Dry {
			return r.finish(n, EndNoQuestions)
		}
		r.s.Phase, r.s.Next = Waiting, n+waitForMore.Microseconds()
		return []Event{NeedQuestions{r.wanted(), true}}
	}
	r.s.Asked++
	t := &turn{
		N: r.s.Asked, Number: r.s.Asked - r.s.Void, Q: r.s.Pool[0],
		Base: n, End: r.s.Rules.Time.Microseconds(), Right: -1,
	}
	if r.s.Pool = slices.Delete(r.s.Pool, 0, 1); len(r.s.Pool) == 0 {
		r.s.Pool = nil
	}
	if !r.s.Rules.Typed || t.Q.ChoiceOnly {
		if opts := options(t.Q, r.s.Seed, t.N); len(opts) > 1 {
			t.Right, t.Size = slices.Index(opts, t.Q.Answers[0]), len(opts)
		}
	}
	r.s.Phase, r.s.Next, r.s.Open = Asking, 0, t
	events := []Event{r.asked(t)}
	if len(r.s.Pool) == 0 && !r.s.Dry && r.wanted() > 0 {
		events = append(events, NeedQuestions{r.wanted(), false})
	}
	return events
}

// asked is the event of a question that is open.
func (r *Round) asked(t *turn) Asked {
	e := Asked{
		Key: r.key("ask", t.N), Question: t.N, Number: t.Number, Total: r.s.Rules.Questions,
		Q: *t.Q, Options: r.optionsOf(t), Points: r.points(t, len(t.Hints) > 0), OpenedAt: time.UnixMicro(t.Base),
	}
	if !r.s.Paused {
		e.ClosesAt = time.UnixMicro(t.Base + t.End)
	}
	return e
}

func (r *Round) optionsOf(t *turn) []string {
	if t.typed() {
		return nil
	}
	return options(t.Q, r.s.Seed, t.N)
}

// wanted is how many questions the round will ask beyond those asked and held.
func (r *Round) wanted() int {
	if r.s.Rules.Questions == 0 {
		return moreAtOnce
	}
	return r.s.Rules.Questions - (r.s.Asked - r.s.Void) - len(r.s.Pool)
}

// Add gives a round more questions. None means that there are no more: the round ends when those it holds are asked.
func (r *Round) Add(now time.Time, questions []Question) []Event {
	if r.s.Phase == Over {
		return nil
	}
	if r.hold(questions) == 0 {
		r.s.Dry = true
	}
	if r.s.Phase != Waiting || r.s.Paused {
		return nil
	}
	return r.ask(now.UnixMicro())
}

// void closes the open question without points, because it is not known who could see it. It does not count.
func (r *Round) void(n, next int64) []Event {
	e := r.shut(r.s.Open, Void)
	r.s.Void++
	r.s.Voids++
	return r.after(n, next, e)
}

// after goes on from a closed question: to the pause before the next, or to the end.
func (r *Round) after(n, next int64, e Closed) []Event {
	r.s.Phase, r.s.Next = Between, next
	end := r.done()
	if e.Last = end != ""; e.Last {
		return append([]Event{e}, r.finish(n, end)...)
	}
	e.NextAt = time.UnixMicro(next)
	events := []Event{e}
	if left := r.s.Rules.IdleStop - r.s.Idle; left == 1 && r.s.Idle > 0 && e.Outcome == TimedOut {
		events = append(events, IdleWarned{r.key("idle", e.Question), r.s.Idle, left})
	}
	return events
}

// done says why the round is to end now, or "".
func (r *Round) done() End {
	u := &r.s.Rules
	for i := range r.s.Players {
		m := &r.s.Players[i]
		if u.TargetPoints > 0 && int(m.Points) >= u.TargetPoints || u.TargetRight > 0 && int(m.Right) >= u.TargetRight {
			return EndTarget
		}
	}
	switch {
	case u.Questions > 0 && r.s.Asked-r.s.Void >= u.Questions:
		return EndComplete
	case r.s.Idle >= u.IdleStop:
		return EndIdle
	case r.s.Voids >= maxVoids:
		return EndInterrupted
	}
	return ""
}

// finish ends the round.
func (r *Round) finish(n int64, why End) []Event {
	r.s.Phase, r.s.Reason, r.s.EndedAt = Over, why, n
	r.s.Next, r.s.Paused, r.s.PausedAt, r.s.Pool, r.s.Open = 0, false, 0, nil, nil
	return []Event{r.Summary()}
}

// Summary is the end of the round as it stands, with what appeals have changed since.
func (r *Round) Summary() Finished {
	e := Finished{Key: r.key("end"), Reason: r.s.Reason, Table: r.Table()}
	for _, t := range r.s.Past {
		if len(t.Won) == 0 && t.Outcome == TimedOut {
			e.Missed = append(e.Missed, Missed{t.N, *t.Q})
		}
	}
	e.Fastest, e.Longest = r.records()
	return e
}

// records are the fastest right answer and the longest streak, or nil. Of equals it is the first by ID, whoever came
// first.
func (r *Round) records() (fastest *Fastest, longest *Streak) {
	for _, m := range r.s.Players {
		if m.ID == "" {
			continue
		}
		f, s := Fastest{m.Player, int(m.Question), micros(int64(m.Fastest))}, Streak{m.Player, int(m.Longest)}
		if f.Question > 0 && (fastest == nil ||
			cmp.Or(cmp.Compare(f.After, fastest.After), cmp.Compare(m.ID, fastest.Player.ID)) < 0) {
			fastest = &f
		}
		if s.Length >= r.s.Rules.Streak && (longest == nil ||
			cmp.Or(cmp.Compare(longest.Length, s.Length), cmp.Compare(m.ID, longest.Player.ID)) < 0) {
			longest = &s
		}
	}
	return fastest, longest
}
