package play

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// twoReplicas are two bots on one store and one platform. Both know the round that the first has begun.
func twoReplicas(t *testing.T, rules trivia.Rules) (a, b *life) {
	t.Helper()
	a = newLife(t, rules, true)
	a.end()
	a.shared = true
	a.start()
	b = &life{t: t, db: a.db, p: a.p, rules: rules, ids: 100, did: 100, shared: true}
	b.start()
	a.command("ada", "begin", "")
	if said := b.do("bob", bot.Inbound{Text: "Elephant", Direct: true}); said != "Not that." {
		t.Fatalf("the other replica says %q", said)
	}
	return a, b
}

func (l *life) press(player, label string) string {
	l.t.Helper()
	for _, b := range l.p.last(l.t, "ask/").Buttons {
		if strings.HasPrefix(b.Label, label) {
			return l.do(player, bot.Inbound{Press: &bot.Press{State: b.State}})
		}
	}
	l.t.Fatalf("there is no button %s", label)
	return ""
}

// TestOtherReplicaAsked: a replica that was not there when a question was asked takes answers to it.
func TestOtherReplicaAsked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := twoReplicas(t, typedRules())
		a.command("ada", "trivia", "skip")
		a.command("ada", "trivia", "skip") // the pause
		if said := b.answer("bob"); said != "That is right." {
			t.Errorf("it says %q", said)
		}
		b.end()
		a.end()
	})
	synctest.Test(t, func(t *testing.T) {
		rules := typedRules()
		rules.Typed = false
		a := newLife(t, rules, true)
		a.end()
		a.shared = true
		a.start()
		b := &life{t: t, db: a.db, p: a.p, rules: rules, did: 100, shared: true}
		b.start()
		a.command("ada", "begin", "")
		b.press("bob", "A")
		a.command("ada", "trivia", "skip")
		a.command("ada", "trivia", "skip")
		if said := b.press("bob", "B"); said != "You picked B." {
			t.Errorf("it says %q", said)
		}
		b.end()
		a.end()
	})
}

// TestOtherReplicaStopped: a replica that was not there when the round ended begins another.
func TestOtherReplicaStopped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := twoReplicas(t, typedRules())
		a.command("ada", "trivia", "stop")
		if said := b.command("bob", "trivia", "start "+packName); said != "" {
			t.Errorf("it says %q", said)
		}
		if got := len(b.p.all("ask/r101/")); got != 1 {
			t.Errorf("%d questions of the new round were asked", got)
		}
		b.end()
		a.end()
	})
}

// TestOtherReplicaDied: the round of a replica that has gone is taken over.
func TestOtherReplicaDied(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := twoReplicas(t, typedRules())
		a.end()
		time.Sleep(3 * time.Minute)
		synctest.Wait()
		asks, ends := b.p.all("ask/"), b.p.all("end/")
		if len(asks) != 3 || len(ends) != 1 {
			t.Errorf("%d questions and %d ends were shown", len(asks), len(ends))
		}
		b.end()
	})
}
