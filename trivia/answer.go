package trivia

import (
	"strings"
	"time"

	"github.com/whowon-bot/whowon/trivia/judge"
)

const (
	maxTries = 8  // of one player that are kept per question
	maxText  = 80 // runes of a typed answer that are kept for an appeal
)

// Attempt is an answer to a question: a button, or a typed text that the caller has judged.
type Attempt struct {
	Question int // that was open when it was judged, or that the button belongs to
	Pressed  bool
	Option   int // of a button, from 0
	Text     string
	Verdict  judge.Verdict // of Text
	Order    uint64        // orders messages of the same timestamp: the platform's ID of the message
}

// Answer takes the attempt of a player. at is the platform's timestamp of the message; now is the wall clock.
// Typed answers that concern nobody (chatter after the end, or while the round is paused) return nothing.
func (r *Round) Answer(at, now time.Time, p Player, a Attempt) []Event {
	events := r.Tick(now)
	p = p.clean()
	if e := r.answer(at.UnixMicro(), now.UnixMicro(), p, a); e != nil {
		events = append(events, e)
	}
	return events
}

func (r *Round) answer(at, now int64, p Player, a Attempt) Event {
	if p.ID == "" || !a.Pressed && a.Verdict != judge.Correct && a.Verdict != judge.Close && a.Verdict != judge.Wrong {
		return nil
	}
	told := a.Pressed || a.Verdict == judge.Correct // others are chatter to a question that is not open
	t := r.s.Open
	if t == nil || t.N != a.Question {
		return when(told && a.Question > 0 && a.Question <= r.s.Asked, Late{p, a.Question})
	}
	if r.s.Paused {
		return when(told, Refused{p, RefusedPaused})
	}
	if a.Pressed == t.typed() || a.Pressed && (a.Option < 0 || a.Option >= t.Size) {
		return nil
	}
	played := at - t.Base
	if !a.Pressed && t.before(played, a.Verdict) {
		return nil
	}
	// What has arrived was sent before now, whatever the platform's clock says.
	if min(played, now-t.Base) > t.End {
		return when(told, Late{p, t.N})
	}
	player := r.member(p)
	if player < 0 {
		return Refused{p, RefusedCrowd}
	}
	try := try{P: int16(player), At: int32(min(max(played, t.From), t.End)), Order: a.Order}
	var e Event
	if a.Pressed {
		try.Option = int8(a.Option + 1)
		e = r.press(t, p, try, now-t.Base)
	} else {
		try.Mark = markOf(a.Verdict)
		if a.Verdict != judge.Correct {
			try.Text = excerpt(a.Text)
		}
		e = r.typed(t, p, try, now-t.Base)
	}
	// What was sent after the moment at which the question closes is kept, as it would have been had it arrived before
	// that moment was known; but it does not count.
	if told && !t.inTime(&try) && e != nil {
		return Late{p, t.N}
	}
	return e
}

// before reports whether a text was sent before the question was asked, and delivered late. Within what the clocks may
// be apart it is taken for that only where it gains the player nothing: nobody types the answer to what is not asked.
func (t *turn) before(played int64, v judge.Verdict) bool {
	return played < t.From-skew.Microseconds() || played < t.From && v != judge.Correct
}

func when(ok bool, e Event) Event {
	if ok {
		return e
	}
	return nil
}

// excerpt is the beginning of a typed text, copied so that it does not hold on to a whole message.
func excerpt(s string) string {
	n := 0
	for i := range s {
		if n++; n > maxText {
			s = s[:i]
			break
		}
	}
	return strings.Clone(strings.ToValidUTF8(s, "?"))
}

// member finds or adds a player, and returns the index, or -1 where the round is full.
func (r *Round) member(p Player) int {
	for i := range r.s.Players {
		if r.s.Players[i].ID == p.ID {
			return i
		}
	}
	if len(r.s.Players) >= maxPlayers {
		return -1
	}
	r.s.Players = append(r.s.Players, member{Player: p.clean()})
	return len(r.s.Players) - 1
}

// press takes a button. Of several presses the last counts, or the first where there is one try: by their timestamps,
// in whatever order they arrive.
func (r *Round) press(t *turn, p Player, x try, played int64) Event {
	before := t.pick(x.P)
	if r.s.Rules.oneTry(false) {
		before = t.only(x.P)
	}
	e := Picked{p, t.N, int(x.Option) - 1, -1, 0}
	if before != nil {
		e.Before = int(before.Option) - 1
	}
	switch {
	case before != nil && r.s.Rules.oneTry(false):
		if x.compare(*before) >= 0 {
			if x.Option != before.Option {
				return Refused{p, RefusedOneTry}
			}
		} else {
			*before = x
		}
	default:
		t.add(x)
	}
	r.reclose(t, played)
	if now := t.pick(x.P); now != nil {
		e.Option = int(now.Option) - 1
	}
	e.Count = t.Count
	return e
}

// typed takes a typed answer. Of several right ones of a player the first counts, or the only try there is; where
// nobody is told, the last of all.
func (r *Round) typed(t *turn, p Player, x try, played int64) Event {
	h := r.history(t, x)
	if h.wait > 0 {
		return TooFast{p, t.N, h.wait}
	}
	secret, oneTry := r.s.Rules.Style == Secret, r.s.Rules.oneTry(true)
	closeCall := x.Mark == isClose && !h.close && !secret
	switch {
	case secret || oneTry && h.spent == nil:
		t.add(x)
	case oneTry && x.compare(*h.spent) >= 0:
		return Refused{p, RefusedOneTry}
	case oneTry && !closeCall:
		*h.spent = x
	case !oneTry && h.right != nil && (x.Mark != isRight || x.compare(*h.right) >= 0):
		return nil // nothing to gain
	case !oneTry && h.right != nil:
		*h.right = x
	default:
		t.add(x)
	}
	r.reclose(t, played)
	switch {
	case closeCall:
		return CloseCall{p, t.N, t.Count}
	case secret:
		return Noted{p, t.N, "", t.Count}
	}
	return Noted{p, t.N, x.Mark.verdict(), t.Count}
}

// history is what a player typed to a question before.
type history struct {
	right *try
	spent *try // what used up the one try: anything but the first close one
	close bool
	wait  time.Duration // until the next is taken
}

func (r *Round) history(t *turn, x try) (h history) {
	secret := r.s.Rules.Style == Secret
	for i := range t.Tries {
		old := &t.Tries[i]
		if old.P != x.P {
			continue
		}
		// A right answer has no successor that counts, so it holds nobody up; but where nobody is told, that would tell.
		if old.Mark != isRight || secret {
			h.wait = max(h.wait, r.s.Rules.Rate-micros(int64(max(x.At-old.At, old.At-x.At))))
		}
		switch {
		case old.Mark == isClose && !h.close:
			h.close = true
			continue
		case old.Mark == isRight:
			h.right = old
		}
		h.spent = old
	}
	return h
}
