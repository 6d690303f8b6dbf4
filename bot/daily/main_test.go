package daily

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// known are the facts and the questions, which take a second to list.
var known = sync.OnceValues(func() (*facts.Corpus, *generate.Generator) {
	c, err := facts.Load()
	if err != nil {
		panic(err)
	}
	return c, generate.New(c, 1)
})

var (
	here  = bot.Channel{Platform: "test", ID: "c1"}
	guild = bot.Guild{Platform: "test", ID: "g1"}
)

const subscription = "abcdefghijklm" // as long as they are

// rig is the daily question of a channel, with a clock.
type rig struct {
	t   testing.TB
	db  *store.Store
	c   *Question
	now time.Time
	// next is for how long a question is open; 0 is a day.
	next   time.Duration
	topics []string
}

func newRig(t testing.TB, url string) *rig {
	t.Helper()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	r := &rig{t: t, db: db}
	r.c = NewQuestion(r.options())
	return r
}

func (r *rig) options() Options {
	c, g := known()
	return Options{Store: r.db, Facts: func() Facts { return c }, Questions: func() Questions { return g },
		Now: func() time.Time { return r.now }, Why: func(row string) (bot.Line, bool) {
			f, ok := c.ByID(row)
			return bot.FactLine(f), ok
		}}
}

// on is the post of a date, as in 2026-11-27, at nine o'clock.
func (r *rig) on(day string) schedule.Post {
	r.t.Helper()
	d, err := plan.ParseDate(day)
	if err != nil {
		r.t.Fatal(err)
	}
	r.now = time.Date(d.Year, d.Month, d.Day, 9, 0, 0, 0, time.UTC)
	return schedule.Post{Subscription: bot.Subscription{ID: subscription, Guild: guild, Channel: here}, Channel: here,
		Guild: guild, Topics: r.topics, Date: d, Next: r.now.Add(max(r.next, 24*time.Hour))}
}

// show posts the question of a date, and records that.
func (r *rig) show(day string) bot.View {
	r.t.Helper()
	v := r.post(r.on(day))
	r.done(day, "", bot.OccurrencePosted)
	return v
}

func (r *rig) post(p schedule.Post) bot.View {
	r.t.Helper()
	shown, err := r.c.Post(r.t.Context(), p)
	if err != nil || shown.Nothing != "" {
		r.t.Fatalf("nothing was posted on %s: %s %v", p.Date, shown.Nothing, err)
	}
	return shown.View
}

func (r *rig) done(day, what string, s bot.OccurrenceState) {
	r.t.Helper()
	o := bot.Occurrence{Subscription: subscription, Day: day, What: what, State: s, Guild: guild, Channel: here}
	for range 2 { // it may be told again
		if err := r.c.Done(r.t.Context(), o); err != nil {
			r.t.Fatal(err)
		}
	}
}

// question is the question of a date as it is kept.
func (r *rig) question(day string) asked {
	r.t.Helper()
	d, err := r.db.Daily(r.t.Context(), subscription+"/"+day)
	if err != nil {
		r.t.Fatal(err)
	}
	a, err := askedOf(d)
	if err != nil {
		r.t.Fatal(err)
	}
	return a
}

// answers presses the right option of a date, or the first or second wrong one, and returns what is replied.
func (r *rig) answers(user, day string, wrong int) string {
	r.t.Helper()
	a := r.question(day)
	option := a.right
	if wrong > 0 {
		option = (a.right + wrong) % len(a.options)
	}
	return r.press(user, answerState+a.d.ID+"/"+strconv.Itoa(option))
}

func (r *rig) press(user, state string) string {
	r.t.Helper()
	in := bot.Inbound{From: bot.User{ID: bot.UserID(user), Name: user}, Guild: guild, To: bot.Target{Channel: here},
		Press: &bot.Press{State: state}}
	v, own, err := r.c.Handle(r.t.Context(), nil, in)
	if err != nil || !own || !v.Private || v.Empty() {
		r.t.Fatalf("pressing %s: %v, own %v, private %v, error %v", state, v, own, v.Private, err)
	}
	return strings.TrimSuffix(bot.Plain(v), "\n")
}

func stateOf(t testing.TB, v bot.View, label string) string {
	t.Helper()
	for _, b := range v.Buttons {
		if b.Label == label {
			return b.State
		}
	}
	t.Fatalf("there is no button %q in %v", label, v.Buttons)
	return ""
}

func wants(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("want %q in:\n%s", part, text)
		}
	}
}
