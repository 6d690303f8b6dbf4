package trivia

import (
	"fmt"
	"slices"
	"time"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// Tried is an answer to a closed question that was not right.
type Tried struct {
	Player  Player
	After   time.Duration // since the question was asked
	Order   uint64
	Option  int // -1: typed
	Text    string
	Verdict judge.Verdict // of a typed answer
}

// Tries are the answers to a closed question that were not right and may be appealed against, in order of time. A caller
// who accepts an answer judges these anew, and gives those that are right now to Rescore.
func (r *Round) Tries(question int) []Tried {
	t := r.turn(question)
	if t == nil || t.Outcome == "" {
		return nil
	}
	var out []Tried
	for i := range t.Tries {
		if x := &t.Tries[i]; t.appealable(x) {
			out = append(out, r.tried(x))
		}
	}
	return out
}

func (r *Round) tried(x *try) Tried {
	return Tried{r.s.Players[x.P].Player, micros(int64(x.At)), x.Order, int(x.Option) - 1, x.Text, x.Mark.verdict()}
}

// appealable reports whether an answer came in time, and was not right.
func (t *turn) appealable(x *try) bool { return !t.right(x) && t.inTime(x) }

// Rescore gives the players whose answers, of Tries, are right after all what they would have got by the rules of the
// round, also after its end. In a race the first right answer is the only one: who was overtaken gives the points back.
// An answer that is accepted already gives nothing. The error says why a question cannot be rescored.
func (r *Round) Rescore(question int, answers []Tried) ([]Event, error) {
	t := r.turn(question)
	switch {
	case t == nil:
		return nil, fmt.Errorf("question %d of round %s is not known any more", question, r.s.ID)
	case t.Outcome == "":
		return nil, fmt.Errorf("question %d of round %s is still open: wait until it is closed", question, r.s.ID)
	case t.Outcome != Answered && t.Outcome != TimedOut:
		return nil, fmt.Errorf("question %d of round %s was %s: nobody gets points for it", question, r.s.ID, t.Outcome)
	}
	var scores []Entry
	for _, x := range r.accepted(t, answers) {
		scores = r.accept(t, x, scores)
	}
	if len(scores) == 0 {
		return nil, nil
	}
	for i := range r.s.Players {
		r.recount(i)
	}
	r.s.Rescored++
	return []Event{Rescored{r.key("rescore", t.N, r.s.Rescored), t.N, scores, r.Table(), r.s.Phase == Over}}, nil
}

// accepted are the answers that score, the first of each player, in order.
func (r *Round) accepted(t *turn, answers []Tried) []try {
	var out []try
	for i := range t.Tries {
		x := &t.Tries[i]
		listed := slices.ContainsFunc(answers, func(a Tried) bool {
			b := r.tried(x)
			return a.Player.ID == b.Player.ID && a.After == b.After && a.Order == b.Order && a.Option == b.Option
		})
		known := slices.ContainsFunc(out, func(y try) bool { return y.P == x.P }) ||
			slices.ContainsFunc(t.Won, func(y won) bool { return y.P == x.P })
		if listed && !known && t.appealable(x) {
			out = append(out, *x)
		}
	}
	slices.SortFunc(out, r.before)
	if len(out) == 0 {
		return nil
	}
	if r.s.Rules.Style == First {
		if len(t.Won) > 0 && r.before(t.Won[0].try(), out[0]) < 0 {
			return nil
		}
		return out[:1]
	}
	// With a right answer at the time, a typed question would have closed a window later, and later ones not counted.
	if t.typed() && r.s.Rules.Style != Secret && t.Outcome == TimedOut {
		first := out[0].At
		if len(t.Won) > 0 {
			first = min(first, t.Won[0].At)
		}
		limit := int64(first) + r.s.Rules.Window.Microseconds()
		out = slices.DeleteFunc(out, func(x try) bool { return int64(x.At) > limit })
	}
	return out
}

// accept gives one player the points of an answer.
func (r *Round) accept(t *turn, x try, scores []Entry) []Entry {
	if r.s.Rules.Style == First && len(t.Won) > 0 {
		was := t.Won[0]
		t.Won = nil
		if r.s.Players[was.P].ID != "" {
			scores = append(scores, r.score(t, was.P, ReasonOvertaken, -int(was.Points)))
		}
		r.s.Players[was.P].Right = max(0, r.s.Players[was.P].Right-1)
	}
	if i := slices.Index(t.Lost, int32(x.P)); i >= 0 {
		scores = append(scores, r.score(t, x.P, ReasonAppealWrong, r.s.Rules.Penalty))
		if t.Lost = slices.Delete(t.Lost, i, i+1); len(t.Lost) == 0 {
			t.Lost = nil
		}
	}
	t.Tries = slices.DeleteFunc(t.Tries, func(y try) bool { return y.P == x.P && y.compare(x) == 0 })
	if len(t.Tries) == 0 {
		t.Tries = nil
	}
	return r.win(t, x, scores, ReasonAppeal, ReasonAppealSpeed)
}

// recount counts a player's streaks and fastest answer anew from the questions remembered. Where some are not
// remembered any more, what is longer or faster stays.
func (r *Round) recount(player int) {
	m := &r.s.Players[player]
	if m.ID == "" {
		return
	}
	if all := len(r.s.Past) > 0 && r.s.Past[0].N == 1; all {
		m.Streak, m.Longest, m.Fastest, m.Question = 0, 0, 0, 0
	}
	streak, broken := int32(0), false
	for _, t := range r.s.Past {
		if t.Outcome != Answered && t.Outcome != TimedOut {
			continue
		}
		at := slices.IndexFunc(t.Won, func(w won) bool { return int(w.P) == player })
		if at < 0 {
			streak, broken = 0, true
			continue
		}
		streak++
		m.Longest = max(m.Longest, streak)
		if w := t.Won[at]; m.Question == 0 || w.At < m.Fastest {
			m.Fastest, m.Question = w.At, int32(t.N)
		}
	}
	if m.Streak = max(m.Streak, streak); broken {
		m.Streak = streak
	}
}

// Forget strips a player from the round: name, ID, points and what was typed. Of the questions the player was right
// about it stays known that somebody was.
func (r *Round) Forget(playerID string) {
	if playerID == "" {
		return
	}
	if r.s.Starter.ID == playerID {
		r.s.Starter = Player{}
	}
	for i := range r.s.Players {
		if r.s.Players[i].ID != playerID {
			continue
		}
		r.s.Players[i] = member{}
		for j := range r.s.Past {
			r.s.Past[j].forget(i)
		}
		if r.s.Open != nil {
			r.s.Open.forget(i)
			r.reclose(r.s.Open, r.s.Open.By)
		}
	}
}

func (t *turn) forget(player int) {
	had := len(t.Tries)
	t.Tries = slices.DeleteFunc(t.Tries, func(x try) bool { return int(x.P) == player })
	if len(t.Tries) < had && t.Count > 0 && t.Outcome == "" {
		t.Count--
	}
	t.Votes = slices.DeleteFunc(t.Votes, func(p int32) bool { return int(p) == player })
	if len(t.Tries) == 0 {
		t.Tries = nil
	}
	if len(t.Votes) == 0 {
		t.Votes = nil
	}
}
