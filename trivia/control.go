package trivia

import (
	"slices"
	"time"
)

// mayRule reports whether an actor may do what only the starter and moderators may.
func (r *Round) mayRule(by Actor) bool {
	return by.Moderator || by.Player.ID != "" && by.Player.ID == r.s.Starter.ID
}

// Stop ends the round in whatever it is doing. Only the starter and moderators may. If there is a right answer to the
// open question already, it is scored first.
func (r *Round) Stop(now time.Time, by Actor) []Event {
	events := r.Tick(now)
	switch {
	case r.s.Phase == Over:
		return events
	case !r.mayRule(by):
		return append(events, Refused{by.Player, RefusedRights})
	}
	if t := r.s.Open; t != nil {
		end := r.reveal
		if !t.Closes {
			end = func(t *turn) Closed { return r.shut(t, Stopped) }
		}
		e := end(t)
		e.Last = true
		events = append(events, e)
	}
	return append(events, r.finish(now.UnixMicro(), EndStopped)...)
}

// Skip drops the open question without points. The starter and moderators skip at once, and also the pause between
// questions; for others it is a vote, and more than half of those who took part lately skip. A skip that comes when its
// question is due to close does no more than close it.
func (r *Round) Skip(now time.Time, by Actor) []Event {
	was := r.s.Open
	events, n := r.Tick(now), now.UnixMicro()
	t, rules := r.s.Open, r.mayRule(by)
	switch {
	case t != was:
		return events // what was to be skipped is over, and nobody has seen the next
	case r.s.Phase == Over || r.s.Phase == Ready:
		return append(events, Refused{by.Player, RefusedNothing})
	case r.s.Paused:
		return append(events, Refused{by.Player, RefusedPaused})
	case t == nil && rules && r.s.Phase == Between:
		return append(events, r.ask(n)...)
	case t == nil:
		return append(events, Refused{by.Player, RefusedNothing})
	case t.Closes:
		return append(events, Refused{by.Player, RefusedClosing})
	}
	if !rules {
		vote := r.vote(t, by.Player)
		if vote != nil {
			return append(events, vote)
		}
	}
	r.s.Idle, r.s.Voids = 0, 0
	e := r.shut(t, Skipped)
	return append(events, r.after(n, n+r.s.Rules.Pause.Microseconds(), e)...)
}

// vote counts a vote to skip. It returns nil when it was the last that was needed.
func (r *Round) vote(t *turn, p Player) Event {
	voters := r.lately()
	voters.addAll(t)
	size, voter := 0, -1
	for i := range r.s.Players {
		if m := &r.s.Players[i]; m.ID != "" && voters.has(i) {
			if size++; m.ID == p.ID {
				voter = i
			}
		}
	}
	switch {
	case voter < 0:
		return Refused{p, RefusedStranger}
	case slices.Contains(t.Votes, int32(voter)):
		return Refused{p, RefusedVoted}
	}
	t.Votes = append(t.Votes, int32(voter))
	if needed := size/2 + 1; len(t.Votes) < needed {
		return SkipVoted{r.key("skip", t.N, len(t.Votes)), t.N, len(t.Votes), needed}
	}
	return nil
}

// Pause stops the clocks; what is left of them is kept. Only the starter and moderators may.
func (r *Round) Pause(now time.Time, by Actor) []Event {
	events, n := r.Tick(now), now.UnixMicro()
	switch {
	case !r.mayRule(by):
		return append(events, Refused{by.Player, RefusedRights})
	case r.s.Paused || r.s.Phase == Ready || r.s.Phase == Over:
		return append(events, Refused{by.Player, RefusedNoPause})
	}
	r.s.Paused, r.s.PausedAt = true, n
	r.s.Pauses++
	e := Paused{Key: r.key("pause", r.s.Pauses), Left: micros(max(0, r.s.Next-n))}
	if t := r.s.Open; t != nil {
		e.Question, e.Left = t.N, micros(max(0, t.Base+t.End-n))
	}
	return append(events, e)
}

// Resume lets the clocks go on where they stopped. Only the starter and moderators may.
func (r *Round) Resume(now time.Time, by Actor) []Event {
	n := now.UnixMicro()
	switch {
	case !r.mayRule(by):
		return []Event{Refused{by.Player, RefusedRights}}
	case !r.s.Paused:
		return append(r.Tick(now), Refused{by.Player, RefusedNoPause})
	}
	slept := max(0, n-r.s.PausedAt)
	e := Resumed{Key: r.key("resume", r.s.Pauses)}
	if t := r.s.Open; t != nil {
		t.From = max(t.From, r.s.PausedAt-t.Base)
		t.Base += slept
		e.Question, e.Until = t.N, time.UnixMicro(t.Base+t.End)
	} else {
		r.s.Next += slept
		e.Until = time.UnixMicro(r.s.Next)
	}
	r.s.Paused, r.s.PausedAt = false, 0
	return append([]Event{e}, r.Tick(now)...)
}

// Hint shows the next hint early. The starter, moderators, and who took part lately may: it halves everybody's points.
func (r *Round) Hint(now time.Time, by Actor) []Event {
	was := r.s.Open
	events := r.Tick(now)
	t := r.s.Open
	var why Refusal
	switch {
	case t == nil || t != was:
		why = RefusedNothing
	case r.s.Paused:
		why = RefusedPaused
	case t.Closes:
		why = RefusedClosing
	case !r.s.Rules.Hints || len(t.Hints) >= maxHints || !r.hintable(t):
		why = RefusedNoHint
	case !r.mayRule(by) && !r.tookPart(t, by.Player):
		why = RefusedStranger
	default:
		return append(events, r.showHint(t, now.UnixMicro()-t.Base)...)
	}
	return append(events, Refused{by.Player, why})
}

func (r *Round) tookPart(t *turn, p Player) bool {
	c := r.lately()
	c.addAll(t)
	for i := range r.s.Players {
		if p.ID != "" && r.s.Players[i].ID == p.ID {
			return c.has(i)
		}
	}
	return false
}

// hintable reports whether there are hints to a question.
func (r *Round) hintable(t *turn) bool {
	return t.typed() && r.s.Rules.Style != OneShot && letters(t.Q.Answers[0]) >= minHintLetters
}

func (r *Round) showHint(t *turn, played int64) []Event {
	t.Hints = append(t.Hints, max(0, played))
	level := len(t.Hints)
	text := hint(t.Q.Answers[0], r.s.Seed, t.N, level)
	return []Event{Hinted{r.key("hint", t.N, level), t.N, level, text, r.points(t, true)}}
}

// Replace makes the open question void, without penalty, and asks the next at once. It is for a program that comes back
// and cannot know whether the question was ever shown. Where no question is open it does what Tick does.
func (r *Round) Replace(now time.Time) []Event {
	if r.s.Open == nil {
		return r.Tick(now)
	}
	n := now.UnixMicro()
	if r.s.Paused {
		n = r.s.PausedAt // the next is asked when the round is resumed
	}
	return append(r.void(n, n), r.Tick(now)...)
}
