package play

import (
	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// replyTo is the private reply to whoever gave the input that made these events.
func (g *Game) replyTo(t *table, in bot.Inbound, events []trivia.Event) bot.View {
	tell := t.platform.Info().Private && (!in.Public || in.Direct) // who speaks to the bot is answered, if need be aloud
	for _, e := range events {
		if chatter(in, e, t.round) {
			continue
		}
		if line := privateLine(e, t.round, tell); len(line) > 0 {
			return bot.View{Private: true, Lead: line}
		}
	}
	return bot.View{}
}

// chatter reports whether an event is about what may not have been meant as an answer: in a channel of many people talk
// goes on, and nobody wants to be told that it is wrong. It is told where it was the one try.
func chatter(in bot.Inbound, e trivia.Event, r *trivia.Round) bool {
	if in.Text == "" || in.Direct || r != nil && r.Rules().Style == trivia.OneShot {
		return false
	}
	switch e := e.(type) {
	case trivia.TooFast:
		return true
	case trivia.Noted:
		return e.Verdict == judge.Wrong || e.Verdict == judge.Close
	}
	return false
}

// privateLine words what is told to one player. Where nothing can be told in private, what would only be noise is not told.
func privateLine(e trivia.Event, r *trivia.Round, private bool) bot.Line {
	switch e := e.(type) {
	case trivia.Picked:
		switch {
		case !private:
			return nil
		case e.Before < 0:
			return bot.L("You picked ", bot.B(letter(e.Option)), ".")
		case e.Before != e.Option:
			return bot.L("Changed to ", bot.B(letter(e.Option)), ".")
		}
		return bot.L("Your answer is ", bot.B(letter(e.Option)), ".")
	case trivia.Noted:
		switch {
		case !private:
			return nil
		case e.Verdict == judge.Correct:
			return bot.L("That is right.")
		case e.Verdict != "" && r != nil && r.Rules().Style == trivia.OneShot:
			return bot.L("Not that, and it was your one try.")
		case e.Verdict != "": // also what is close, which is said once
			return bot.L("Not that.")
		}
		return bot.L("Taken.")
	case trivia.CloseCall:
		return bot.L("Close. Be more specific.")
	case trivia.TooFast:
		if !private {
			return nil
		}
		return bot.L("Not so fast: try again in " + tenths(e.Wait) + ".")
	case trivia.Late:
		if !private {
			return nil
		}
		return bot.L("That question is over.")
	case trivia.Refused:
		return bot.L(refusalWords(e.Reason, r))
	}
	return nil
}

func refusalWords(why trivia.Refusal, r *trivia.Round) string {
	switch why {
	case trivia.RefusedPaused:
		return "The round is paused; /trivia resume goes on."
	case trivia.RefusedOneTry:
		return "One try each, and you have had yours."
	case trivia.RefusedRights:
		return "Only who started the round, or a moderator, can do that."
	case trivia.RefusedStranger:
		return "Only who takes part can do that: answer a question first."
	case trivia.RefusedVoted:
		return "You have voted already."
	case trivia.RefusedClosing:
		return "Somebody was right; the question is about to close."
	case trivia.RefusedNoHint:
		return noHintWords(r)
	case trivia.RefusedNoPause:
		if _, paused := phase(r); paused {
			return "The round is paused already; /trivia resume goes on."
		}
		return "The round is not paused."
	case trivia.RefusedCrowd:
		return "The round has as many players as it can count."
	case trivia.RefusedNotBegun:
		return "The round has not begun."
	}
	return "No question is open."
}

func phase(r *trivia.Round) (trivia.Phase, bool) {
	if r == nil {
		return "", false
	}
	return r.Phase()
}

// noHintWords say why there is no hint.
func noHintWords(r *trivia.Round) string {
	if r == nil {
		return "There is no hint."
	}
	now, _ := r.Current()
	switch {
	case len(now.Options) > 0:
		return "A question with options has no hints."
	case !r.Rules().Hints || r.Rules().Style == trivia.OneShot:
		return "This round has no hints."
	}
	return "There are no more hints to this question."
}
