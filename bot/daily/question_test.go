package daily

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// TestWeekend follows a question from Friday over Monday to Tuesday.
func TestWeekend(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		r := newRig(t, url)
		r.next = 72 * time.Hour
		friday := bot.Plain(r.show("2026-11-27"))
		wants(t, friday, "Question 1 · ", "Answer by a button, in private. You can change it until the next question.", "[A] [B]")
		first := r.question("2026-11-27")
		wants(t, friday, first.q.Text, first.options[0], first.options[1])
		if strings.Contains(friday, "right") || strings.Contains(friday, "[Share my result]") {
			t.Errorf("the first question tells an answer:\n%s", friday)
		}
		right, wrong := letter(first.right), letter((first.right+1)%len(first.options))
		for _, step := range []struct {
			user, letter string
			wrong        int
		}{{"Ann", right, 0}, {"Bob", wrong, 1}, {"Cid", wrong, 1}} {
			want := "You picked " + step.letter + ". It can be changed until the next question."
			if got := r.answers(step.user, "2026-11-27", step.wrong); got != want {
				t.Errorf("%s is told %q, not %q", step.user, got, want)
			}
		}
		r.now = r.now.Add(30 * time.Hour) // Saturday
		if got, want := r.answers("Bob", "2026-11-27", 0), "Changed to "+right+"."; got != want {
			t.Errorf("a change is answered with %q, not %q", got, want)
		}
		if got, want := r.answers("Bob", "2026-11-27", 0), "Your answer is "+right+"."; got != want {
			t.Errorf("the same answer is answered with %q, not %q", got, want)
		}
		if got := r.press("Ann", shareState+first.d.ID); got != "Your answer is in. Share it once the answer is out." {
			t.Errorf("sharing before the reveal gives %q", got)
		}
		if list, err := r.c.Beside(t.Context(), []string{"test"}); err != nil || len(list) > 0 {
			t.Errorf("a question is told at the weekend: %v %v", list, err)
		}

		r.next = 0
		v := r.show("2026-11-30")
		monday := bot.Plain(v)
		wants(t, monday, "Question 2 · ", "Friday's question: "+first.q.Text,
			"Answer: "+right+"  "+first.q.Answers[0]+" — 67 % of 3", "Right: Ann, Bob\n", "[Share my result]",
			"★ "+right+"  "+first.q.Answers[0]+" — 2, 67 % — right", " — 1, 33 %")
		wants(t, r.answers("Cid", "2026-11-27", 0), "That question is over. It was "+right+"  "+first.q.Answers[0])
		share := stateOf(t, v, "Share my result")
		if got, want := r.press("Bob", share), "whowon daily #1 · right ✓ · streak 1 · 67 % got it"; got != want {
			t.Errorf("Bob shares %q, not %q", got, want)
		}
		if got, want := r.press("Cid", share), "whowon daily #1 · not this time ✗ · 67 % got it"; got != want {
			t.Errorf("Cid shares %q, not %q", got, want)
		}
		wants(t, r.press("Eve", share), "You did not answer question 1")
		r.answers("Ann", "2026-11-30", 0)
		r.answers("Dee", "2026-11-30", 0)
		r.answers("Cid", "2026-11-30", 1)

		tuesday := r.show("2026-12-01")
		wants(t, bot.Plain(tuesday), "Yesterday's question: ", "Right: Ann (2 in a row), Dee\n")
		got := r.press("Ann", stateOf(t, tuesday, "Share my result"))
		if want := "whowon daily #2 · right ✓ · streak 2 · 67 % got it"; got != want {
			t.Errorf("Ann shares %q, not %q", got, want)
		}
		r.answers("Bob", "2026-12-01", 0) // was right on Friday, and left Monday out
		r.answers("Ann", "2026-12-01", 0)
		r.answers("Dee", "2026-12-01", 2)
		wants(t, bot.Plain(r.show("2026-12-02")), "Right: Ann (3 in a row), Bob\n")
	})
}

// TestPostAgain posts one question twice, as after a crash: the same is shown, and one is kept.
func TestPostAgain(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.show("2026-11-25")
	r.answers("Ann", "2026-11-25", 0)
	p := r.on("2026-11-26")
	first := r.post(p)
	r.now = r.now.Add(time.Minute)
	r.answers("Ann", "2026-11-26", 1)
	if again := r.post(p); !reflect.DeepEqual(again, first) {
		t.Errorf("posted again it is\n%s\nand was\n%s", bot.Plain(again), bot.Plain(first))
	}
	r.done("2026-11-26", "", bot.OccurrenceUnknown)
	if again := r.post(p); !reflect.DeepEqual(again, first) {
		t.Errorf("after it was posted it is\n%s\nand was\n%s", bot.Plain(again), bot.Plain(first))
	}
	all, err := r.db.Dailies(t.Context(), subscription, 10)
	if err != nil || len(all) != 2 || all[0].Revealed || !all[1].Revealed || all[1].Open {
		t.Errorf("kept are %+v %v", all, err)
	}
	shown, err := r.c.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	if a := r.question("2026-11-26"); shown.Headline.String() != "a question about "+r.c.category(a.q.Category) {
		t.Errorf("moderators are shown %q", shown.Headline)
	}
}

// TestNotShown lets a post fail for good: its question has never been, and the one before is told with the next.
func TestNotShown(t *testing.T) {
	for _, state := range []bot.OccurrenceState{bot.OccurrenceRefused, bot.OccurrenceMissed, bot.OccurrenceDropped} {
		r := newRig(t, storetest.SQLite(t))
		r.show("2026-11-25")
		r.answers("Ann", "2026-11-25", 0)
		r.post(r.on("2026-11-26"))
		dropped := r.question("2026-11-26")
		r.done("2026-11-26", "", state)
		wants(t, r.press("Ann", answerState+dropped.d.ID+"/0"), "not kept any more")
		r.on("2026-11-28")
		r.now = r.now.Add(schedule.DefaultCatchUp + toSend)
		list, err := r.c.Beside(t.Context(), []string{"test"})
		if err != nil || len(list) != 1 || list[0].Day != "2026-11-25" {
			t.Errorf("%s: what waits to be told is %v %v", state, list, err)
		}
		v := r.show("2026-11-28")
		wants(t, bot.Plain(v), "Question 2 · ", "Wednesday's question: ", "Right: Ann\n")
		r.answers("Ann", "2026-11-28", 0)
		wants(t, bot.Plain(r.show("2026-11-29")), "Right: Ann (2 in a row)\n")
	}
	r := newRig(t, storetest.SQLite(t))
	r.done("2026-11-26", "", bot.OccurrenceMissed) // never opened
}

// TestRevealAlone tells the answer to a question without a next one, once.
func TestRevealAlone(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.next = 31 * 24 * time.Hour // a month is too long to wait
	r.show("2026-11-20")
	a := r.question("2026-11-20")
	r.answers("Ann", "2026-11-20", 0)
	r.now = r.now.Add(24*time.Hour + schedule.DefaultCatchUp + toSend - time.Second)
	if list, err := r.c.Beside(t.Context(), []string{"test"}); err != nil || len(list) != 0 {
		t.Errorf("too early: %v %v", list, err)
	}
	r.now = r.now.Add(time.Second)
	if list, err := r.c.Beside(t.Context(), []string{"other"}); err != nil || len(list) != 0 {
		t.Errorf("on another platform: %v %v", list, err)
	}
	list, err := r.c.Beside(t.Context(), []string{"test"})
	want := bot.Occurrence{Subscription: subscription, Day: "2026-11-20", What: revealing, Guild: guild, Channel: here,
		Due: r.now, State: bot.OccurrenceNew}
	if err != nil || len(list) != 1 || list[0] != want {
		t.Fatalf("to be told is %+v %v", list, err)
	}
	p := r.on("2026-11-20")
	p.What, p.Subscription = revealing, bot.Subscription{ID: subscription} // it was deleted
	v := r.post(p)
	wants(t, bot.Plain(v), "The question of 20 November\n", a.q.Text, "Right: Ann\n",
		"Answer: "+labelOf(a.options, a.right)+" — 100 % of 1")
	if strings.Contains(bot.Plain(v), "Question 1") || len(v.Buttons) != 1 {
		t.Errorf("a question is asked:\n%s", bot.Plain(v))
	}
	wants(t, r.answers("Bob", "2026-11-20", 0), "That question is over.")
	if again := r.post(p); !reflect.DeepEqual(v, again) {
		t.Errorf("told again it is\n%s", bot.Plain(again))
	}
	r.done("2026-11-20", revealing, bot.OccurrencePosted)
	r.on("2026-12-24")
	if list, err := r.c.Beside(t.Context(), []string{"test"}); err != nil || len(list) != 0 {
		t.Errorf("told twice: %v %v", list, err)
	}
	if shown, err := r.c.Post(t.Context(), p); err != nil || shown.Nothing == "" {
		t.Errorf("told twice: %v %v", shown, err)
	}
	if next := bot.Plain(r.show("2026-12-24")); strings.Contains(next, "Answer:") {
		t.Errorf("told twice:\n%s", next)
	}
}

// TestRevealOvertaken opens the next question while the answer to the last waits to be told alone.
func TestRevealOvertaken(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.show("2026-11-20")
	r.now = r.now.Add(48 * time.Hour)
	r.post(r.on("2026-11-22"))
	p := r.on("2026-11-20")
	p.What = revealing
	if shown, err := r.c.Post(t.Context(), p); err != nil || shown.Nothing == "" {
		t.Errorf("it is told twice: %s %v", bot.Plain(shown.View), err)
	}
}

// TestNobody posts the question after one that nobody answered.
func TestNobody(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.show("2026-11-20")
	a := r.question("2026-11-20")
	v := r.show("2026-11-30")
	wants(t, bot.Plain(v), "The question of 20 November: ", "Answer: "+labelOf(a.options, a.right)+". Nobody answered.")
	if strings.Contains(bot.Plain(v), "%") || strings.Contains(bot.Plain(v), "[Share my result]") {
		t.Errorf("there is something to share:\n%s", bot.Plain(v))
	}
	r.answers("Ann", "2026-11-30", 1)
	wants(t, bot.Plain(r.show("2026-12-01")), "0 % of 1", "Nobody was right.")
}

// TestForged presses buttons that nobody was shown.
func TestForged(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.show("2026-11-20")
	id := subscription + "/2026-11-20"
	for _, state := range []string{"d/", "d/a", "d/a/" + id, "d/a/" + id + "/", "d/a/" + id + "/4", "d/a/" + id + "/-1",
		"d/a/" + id + "/0/0", "d/x/" + id, "d/s/" + id + "/1", "d/a//2026-11-20/0", "d/a/" + subscription + "/2026-13-20/0",
		"d/a/" + id + "/99999999999999999999"} {
		if got := r.press("Eve", state); got != "That button is too old." && got != "That question is not kept any more." {
			t.Errorf("%s is answered with %q", state, got)
		}
	}
	if picks, err := r.db.Picks(t.Context(), id); err != nil || len(picks) > 0 {
		t.Errorf("kept are %v %v", picks, err)
	}
	if _, own, err := r.c.Handle(t.Context(), nil, bot.Inbound{Press: &bot.Press{State: "t/a/x/1/1"}}); own || err != nil {
		t.Errorf("the button of a game is its own: %v %v", own, err)
	}
	var _ schedule.Content = r.c
}
