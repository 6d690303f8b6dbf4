package play

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
)

// typedRules are of a round of three typed questions.
func typedRules() trivia.Rules {
	r := trivia.Preset(trivia.Classic)
	r.Questions, r.Typed, r.Hints = 3, true, true
	return r
}

// TestRestartInEveryState ends the bot in each state that a round can be in, and starts it again.
func TestRestartInEveryState(t *testing.T) {
	for _, tt := range []struct {
		name  string
		until func(l *life) // the state
	}{
		{"asking", func(*life) {}},
		{"hinted", func(*life) { time.Sleep(16 * time.Second) }},
		{"somebody was wrong", func(l *life) { l.do("bob", bot.Inbound{Text: "Elephant"}) }},
		{"closing", func(l *life) { l.answer("bob") }},
		{"between", func(l *life) { l.answer("bob"); time.Sleep(4 * time.Second) }},
		{"paused", func(l *life) { l.command("ada", "trivia", "pause") }},
		{"paused between", func(l *life) {
			l.answer("bob")
			time.Sleep(4 * time.Second)
			l.command("ada", "trivia", "pause")
		}},
		{"voted", func(l *life) { l.do("bob", bot.Inbound{Text: "Elephant"}); l.command("bob", "trivia", "skip") }},
		{"in the last question", func(l *life) {
			for range 2 {
				l.command("ada", "trivia", "skip")
				time.Sleep(6 * time.Second)
			}
		}},
	} {
		for _, once := range []bool{true, false} {
			for _, after := range []time.Duration{0, time.Second, 20 * time.Second, 3 * time.Minute} {
				t.Run(fmt.Sprintf("%s/once=%v/after %v", tt.name, once, after), func(t *testing.T) {
					synctest.Test(t, func(t *testing.T) {
						l := newLife(t, typedRules(), once)
						l.command("ada", "begin", "")
						tt.until(l)
						l.restart(after)
						l.playOn()
						l.end()
					})
				})
			}
		}
	}
}

// playOn plays the round to its end, and checks what was shown and scored.
func (l *life) playOn() {
	l.t.Helper()
	l.command("ada", "trivia", "resume")
	for range 12 {
		if len(l.p.all("end/")) > 0 {
			break
		}
		l.answer("bob")
		time.Sleep(10 * time.Second)
		synctest.Wait()
	}
	texts := map[string]bool{}
	for _, e := range l.p.all("ask/") {
		if texts[e.Lead] {
			l.t.Errorf("%q was asked twice", e.Lead)
		}
		texts[e.Lead] = true
	}
	keys := map[string]bool{}
	for _, e := range l.p.all("") {
		if keys[e.Key] && e.Key != "" {
			l.t.Errorf("%s was shown twice", e.Key)
		}
		keys[e.Key] = true
	}
	sums := l.sums()
	for _, row := range l.p.last(l.t, "end/").Rows {
		if want := points(sums[row[1]]); row[2] != want {
			l.t.Errorf("%s has %s at the end, and %s in the ledger", row[1], row[2], want)
		}
	}
	if sums["bob"] == 0 {
		l.t.Error("nobody has points")
	}
}

// TestLateQuestionIsVoid: a question that the bot slept through does not count, and that is said; one that ran out a moment
// ago is over like any other.
func TestLateQuestionIsVoid(t *testing.T) {
	for _, tt := range []struct {
		after time.Duration // its deadline
		says  string
	}{
		{time.Minute, "Nobody was right."},
		{119 * time.Second, "Nobody was right."},
		{121 * time.Second, "This question does not count: it was interrupted."},
		{time.Hour, "This question does not count: it was interrupted."},
	} {
		t.Run(tt.after.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLife(t, typedRules(), false)
				defer func() { l.end() }()
				l.command("ada", "begin", "")
				l.do("bob", bot.Inbound{Text: "Elephant"})
				l.restart(typedRules().Time + tt.after)
				if text := l.p.last(t, "reveal/r1/1").Text; !strings.Contains(text, tt.says) {
					t.Errorf("it says\n%s", text)
				}
				time.Sleep(10 * time.Second)
				synctest.Wait()
				if all := l.p.all("ask/"); len(all) != 2 || all[0].Lead == all[1].Lead {
					t.Errorf("then: %+v", all)
				}
			})
		})
	}
}

// TestRightAnswerSurvivesSleep: what was said to be right is scored though the bot sleeps before the question closes,
// unless it sleeps so long that the question is void.
func TestRightAnswerSurvivesSleep(t *testing.T) {
	for after, want := range map[time.Duration]int{3 * time.Second: 100, 2 * time.Minute: 100, 10 * time.Minute: 0} {
		t.Run(after.String(), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				l := newLife(t, typedRules(), false)
				defer func() { l.end() }()
				l.command("ada", "begin", "")
				if said := l.answer("bob"); said != "That is right." {
					t.Fatalf("said %q", said)
				}
				l.restart(after)
				if got := l.sums()["bob"]; got != want {
					t.Errorf("the points are %d: want %d", got, want)
				}
				if void := strings.Contains(l.p.last(t, "reveal/r1/1").Text, "does not count"); void != (want == 0) {
					t.Errorf("it says\n%s", l.p.last(t, "reveal/r1/1").Text)
				}
			})
		})
	}
}

// TestOpenQuestionIsNotDrawnAgain: the pool is used up with the question that is open, which is not written down as
// asked yet.
func TestOpenQuestionIsNotDrawnAgain(t *testing.T) {
	db, pool := OpenStore(t, storetest.SQLite(t)), numbers(64)
	tr := bot.Transition{At: time.Now(), Round: bot.StoredRound{ID: "old", Guild: stageGuild, Channel: stageChannel, Value: []byte("{}")}}
	for _, q := range pool[1:] {
		tr.Asked = append(tr.Asked, q.ID)
	}
	if err := db.Commit(t.Context(), tr); err != nil {
		t.Fatal(err)
	}
	for seed := range uint64(50) {
		got, err := New(options(db, seed)).draw(t.Context(), stageChannel, wanted{pack: packName}, seed, 3, map[string]bool{pool[0].ID: true})
		if err != nil || len(got) != 3 {
			t.Fatalf("%d questions, %v", len(got), err)
		}
		if slices.ContainsFunc(got, func(q trivia.Question) bool { return q.ID == pool[0].ID }) {
			t.Fatalf("seed %d draws the open question", seed)
		}
	}
}
