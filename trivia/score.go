package trivia

import (
	"cmp"
	"slices"
)

// Reason is what points were given or taken for.
type Reason string

// The reasons. Those of appeals differ, so that an entry after the fact never has the key of one before.
const (
	ReasonRight       Reason = "right"
	ReasonSpeed       Reason = "speed"
	ReasonWrong       Reason = "wrong"        // the penalty
	ReasonAppeal      Reason = "appeal"       // right after all
	ReasonAppealSpeed Reason = "appeal-speed" // and fast
	ReasonAppealWrong Reason = "appeal-wrong" // the penalty back
	ReasonOvertaken   Reason = "overtaken"    // somebody was right before in a race, after all
)

// Entry is one line of the ledger: points given or taken, once and for all. The sum of a player's entries is the
// player's points in Table at all times. Key is unique for ever: "<round>/<question>/<player>/<reason>".
type Entry struct {
	Key      string
	Player   Player
	Question int
	Reason   Reason
	Points   int
}

// Scores are the entries of events, in order.
func Scores(events []Event) []Entry {
	var out []Entry
	for _, e := range events {
		switch e := e.(type) {
		case Closed:
			out = append(out, e.Scores...)
		case Rescored:
			out = append(out, e.Scores...)
		}
	}
	return out
}

// Standing is a row of the table. Players with the same points have the same rank.
type Standing struct {
	Rank   int
	Player Player
	Points int
	Right  int
}

// Table are the standings, best first: by points, then right answers. All who took part are in it.
func (r *Round) Table() []Standing {
	var out []Standing
	for i := range r.s.Players {
		if m := &r.s.Players[i]; m.ID != "" {
			out = append(out, Standing{0, m.Player, int(m.Points), int(m.Right)})
		}
	}
	slices.SortFunc(out, func(a, b Standing) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(b.Right, a.Right), cmp.Compare(a.Player.ID, b.Player.ID))
	})
	for i := range out {
		out[i].Rank = i + 1
		if i > 0 && out[i].Points == out[i-1].Points {
			out[i].Rank = out[i-1].Rank
		}
	}
	return out
}

// score writes a line of the ledger. Nothing else changes points.
func (r *Round) score(t *turn, player int16, why Reason, points int) Entry {
	m := &r.s.Players[player]
	m.Points += int32(points)
	return Entry{r.key("", t.N)[1:] + "/" + m.ID + "/" + string(why), m.Player, t.N, why, points}
}

// points are what a right answer is worth. A hint halves them.
func (r *Round) points(t *turn, hinted bool) int {
	if hinted {
		return t.Q.Difficulty.Points() / 2
	}
	return t.Q.Difficulty.Points()
}

// win gives a player the points of a right answer.
func (r *Round) win(t *turn, x try, scores []Entry, why, speed Reason) []Entry {
	points := r.points(t, t.hinted(x.At))
	bonus := int(int64(points*r.s.Rules.SpeedBonus) * (t.End - int64(x.At)) / (100 * t.End))
	scores = append(scores, r.score(t, x.P, why, points))
	if bonus > 0 {
		scores = append(scores, r.score(t, x.P, speed, bonus))
	}
	w := won{P: x.P, At: x.At, Order: x.Order, Points: int32(points + bonus)}
	at := slices.IndexFunc(t.Won, func(y won) bool { return r.before(x, y.try()) < 0 })
	if at < 0 {
		at = len(t.Won)
	}
	t.Won = slices.Insert(t.Won, at, w)
	m := &r.s.Players[x.P]
	m.Right++
	if m.Question == 0 || x.At < m.Fastest {
		m.Fastest, m.Question = x.At, int32(t.N)
	}
	return scores
}

func (w won) try() try { return try{P: w.P, At: w.At, Order: w.Order} }

// penalise takes the penalty of wrong answers, where the rules have one.
func (r *Round) penalise(t *turn, wrong []try, scores []Entry) []Entry {
	if r.s.Rules.Penalty == 0 {
		return scores
	}
	slices.SortFunc(wrong, r.before)
	for _, x := range wrong {
		scores = append(scores, r.score(t, x.P, ReasonWrong, -r.s.Rules.Penalty))
		t.Lost = append(t.Lost, int32(x.P))
	}
	return scores
}

// countStreaks lets the winners' streaks grow and ends the others'.
func (r *Round) countStreaks(t *turn) {
	var c crowd
	for _, w := range t.Won {
		c.add(int(w.P))
	}
	for i := range r.s.Players {
		m := &r.s.Players[i]
		if !c.has(i) {
			m.Streak = 0
			continue
		}
		m.Streak++
		m.Longest = max(m.Longest, m.Streak)
	}
}

// streaks are those of a question's winners that are worth a word.
func (r *Round) streaks(t *turn) []Streak {
	var out []Streak
	for _, w := range t.Won {
		if m := &r.s.Players[w.P]; int(m.Streak) >= r.s.Rules.Streak {
			out = append(out, Streak{m.Player, int(m.Streak)})
		}
	}
	return out
}
