package trivia

import (
	"cmp"
	"slices"
)

// crowd is a set of players of a round, by index.
type crowd [(maxPlayers + 63) / 64]uint64

func (c *crowd) add(player int)      { c[player/64] |= 1 << (player % 64) }
func (c *crowd) has(player int) bool { return c[player/64]&(1<<(player%64)) != 0 }

func (c *crowd) addAll(t *turn) {
	for i := range t.Tries {
		c.add(int(t.Tries[i].P))
	}
	for i := range t.Won {
		c.add(int(t.Won[i].P))
	}
}

// lately are the players who took part in the last closed questions.
func (r *Round) lately() (c crowd) {
	for i := max(0, len(r.s.Past)-recent); i < len(r.s.Past); i++ {
		c.addAll(r.s.Past[i])
	}
	for i := range r.s.Players {
		if r.s.Players[i].ID == "" {
			c[i/64] &^= 1 << (i % 64)
		}
	}
	return c
}

// reclose decides anew, after an answer came in, whether and when the open question closes before its limit. played is
// the wall clock. The end of the window is counted by the platform's timestamps; the waiting by our clock, from the
// first answer that made the question close, so that a difference between the clocks cuts nobody off.
func (r *Round) reclose(t *turn, played int64) {
	cut, wait, closes := r.closing(t)
	if !closes {
		t.Closes, t.Cut, t.By = false, 0, 0
		return
	}
	settle := r.s.Rules.Settle.Microseconds()
	by := min(played+wait, t.End) + settle
	if t.Closes {
		by = min(by, t.By)
	}
	t.Closes, t.Cut, t.By = true, min(cut, t.End), by
}

// closing is the last moment at which an answer counts, and how long to wait for others, where something has happened
// that closes the question.
func (r *Round) closing(t *turn) (cut, wait int64, closes bool) {
	race := r.s.Rules.Style == First
	window := r.s.Rules.Window.Microseconds()
	if r.s.Rules.Style != Secret && (t.typed() || race) {
		if race || r.s.Rules.Alone {
			window = 0 // nobody is waited for
		}
		if first := t.firstRight(); first != nil {
			return int64(first.At) + window, window, true
		}
		if t.typed() && !r.s.Rules.oneTry(true) {
			return 0, 0, false // everybody may try again
		}
	}
	return r.allAnswered(t, r.s.Rules.Window.Microseconds())
}

func (t *turn) firstRight() *try {
	var first *try
	for i := range t.Tries {
		if x := &t.Tries[i]; t.right(x) && (first == nil || x.compare(*first) < 0) {
			first = x
		}
	}
	return first
}

// allAnswered closes a question a window after the last of those who are known to play has answered. It is one pass over
// the answers, because it is done for each of them.
func (r *Round) allAnswered(t *turn, window int64) (cut, wait int64, closes bool) {
	if !r.s.Rules.Early {
		return 0, 0, false
	}
	known := r.waitedFor()
	var answered crowd
	var first [maxPlayers]int32
	r.eachFinal(t, func(x *try) {
		if !answered.has(int(x.P)) || x.At < first[x.P] {
			first[x.P] = x.At
		}
		answered.add(int(x.P))
	})
	for i := range r.s.Players {
		if !known.has(i) {
			continue
		}
		if !answered.has(i) {
			return 0, 0, false
		}
		closes, cut = true, max(cut, int64(first[i]))
	}
	return cut + window, window, closes
}

// waitedFor are the players who are known to be there.
func (r *Round) waitedFor() crowd {
	if !r.s.Rules.Alone {
		return r.lately()
	}
	var c crowd
	for i := range r.s.Players {
		if id := r.s.Players[i].ID; id != "" && id == r.s.Starter.ID {
			c.add(i)
		}
	}
	return c
}

// eachFinal goes over the answers that may be the last of their players: a close one is not where there is one try.
func (r *Round) eachFinal(t *turn, yield func(*try)) {
	free := t.typed() && r.s.Rules.oneTry(true)
	var had crowd
	for i := range t.Tries {
		x := &t.Tries[i]
		if free && x.Mark == isClose && !had.has(int(x.P)) {
			had.add(int(x.P))
			continue
		}
		yield(x)
	}
}

// close reveals the open question, scores it, and goes on.
func (r *Round) close(n int64) []Event {
	return r.after(n, n+r.s.Rules.Pause.Microseconds(), r.reveal(r.s.Open))
}

// reveal scores a question and shuts it.
func (r *Round) reveal(t *turn) Closed {
	cut := t.End
	if t.Closes {
		cut = t.Cut
	}
	final := r.final(t, cut)
	counts := r.counts(t, cut)
	var right, wrong []try
	for _, x := range final {
		if t.right(&x) {
			right = append(right, x)
		} else if x.Mark != isClose {
			wrong = append(wrong, x)
		}
	}
	slices.SortFunc(right, r.before)
	if r.s.Rules.Style == First && len(right) > 1 {
		right = right[:1]
	}
	if r.s.Rules.Style == Secret || r.s.Rules.Style == Shared && !t.typed() {
		t.Tries = slices.Clone(final) // what was changed does not count any more
	}
	t.keep(right)
	var scores []Entry
	for _, x := range right {
		scores = r.win(t, x, scores, ReasonRight, ReasonSpeed)
	}
	scores = r.penalise(t, wrong, scores)
	r.countStreaks(t)
	outcome := TimedOut
	if len(right) > 0 {
		outcome = Answered
	}
	if r.s.Idle++; t.Count > 0 {
		r.s.Idle = 0
	}
	r.s.Voids = 0
	e := r.shut(t, outcome)
	e.Scores, e.Streaks, e.Counts = scores, r.streaks(t), counts
	return e
}

// counts are how many players chose each option: in a race also those who came after the first. It is nil where the
// answer was typed.
func (r *Round) counts(t *turn, cut int64) []int {
	if t.typed() {
		return nil
	}
	if r.s.Rules.Style == First {
		cut = t.End
	}
	out := make([]int, t.Size)
	for _, x := range r.final(t, cut) {
		out[x.Option-1]++
	}
	return out
}

// before is the order of answers: by time, by the platform's order, and by player, so that it never depends on arrival.
func (r *Round) before(x, y try) int {
	return cmp.Or(x.compare(y), cmp.Compare(r.s.Players[x.P].ID, r.s.Players[y.P].ID))
}

// final is the answer of each player that counts, of those up to cut.
func (r *Round) final(t *turn, cut int64) []try {
	all := slices.DeleteFunc(slices.Clone(t.Tries), func(x try) bool { return int64(x.At) > cut })
	slices.SortFunc(all, func(x, y try) int { return cmp.Or(cmp.Compare(x.P, y.P), x.compare(y)) })
	last := r.s.Rules.Style == Secret || !t.typed() && !r.s.Rules.oneTry(false)
	var out []try
	for _, x := range all {
		if n := len(out); n > 0 && out[n-1].P == x.P {
			switch was := &out[n-1]; {
			case last && x.Option > 0 && x.Option == was.Option: // pressed again: the first press is when it was chosen
			case last, !t.right(was) && (t.right(&x) || was.Mark == isClose):
				*was = x
			}
			continue
		}
		out = append(out, x)
	}
	return out
}

// keep leaves the tries of those who did not win, in the order of time: appeals may be about them.
func (t *turn) keep(right []try) {
	won := func(x try) bool {
		return slices.ContainsFunc(right, func(y try) bool { return x.P == y.P && t.right(&x) })
	}
	t.Tries = slices.DeleteFunc(t.Tries, won)
	slices.SortFunc(t.Tries, try.compare)
	if t.Tries = slices.Clip(t.Tries); len(t.Tries) == 0 {
		t.Tries = nil
	}
}

// shut moves the open question to the closed ones.
func (r *Round) shut(t *turn, outcome Outcome) Closed {
	e := Closed{
		Key: r.key("reveal", t.N), Question: t.N, Number: t.Number, Total: r.s.Rules.Questions, Q: *t.Q,
		Outcome: outcome, Options: r.optionsOf(t), Right: t.Right, Answers: t.Count,
	}
	for _, w := range t.Won {
		e.Winners = append(e.Winners, Winner{r.s.Players[w.P].Player, micros(int64(w.At)), int(w.Points), t.hinted(w.At)})
	}
	t.Outcome, t.Votes = outcome, nil
	if len(r.s.Past) == maxPast {
		r.s.Past = slices.Delete(r.s.Past, 0, 1)
	}
	r.s.Past = append(r.s.Past, t)
	r.s.Open = nil
	return e
}

// hinted reports whether a hint had been shown.
func (t *turn) hinted(at int32) bool { return len(t.Hints) > 0 && t.Hints[0] <= int64(at) }
