package daily

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
)

func anniversaries(change func(*Options)) *Anniversaries {
	c, g := known()
	o := Options{Facts: func() Facts { return c }, Questions: func() Questions { return g },
		Why: func(row string) (bot.Line, bool) { f, ok := c.ByID(row); return bot.FactLine(f), ok }}
	if change != nil {
		change(&o)
	}
	return NewAnniversaries(o)
}

func postOn(year int, month time.Month, day int, topics ...string) schedule.Post {
	return schedule.Post{Subscription: bot.Subscription{ID: subscription}, Channel: here, Guild: guild, Topics: topics,
		Date: plan.Date{Year: year, Month: month, Day: day}}
}

func posted(t testing.TB, c *Anniversaries, p schedule.Post) schedule.Shown {
	t.Helper()
	shown, err := c.Post(t.Context(), p)
	if err != nil {
		t.Fatal(err)
	}
	return shown
}

// TestEveryDay posts on each day of a leap year (with -short on every ninth), presses what there is to press, and looks
// whether the question is about what leads.
func TestEveryDay(t *testing.T) {
	c, _ := known()
	a := anniversaries(nil)
	asked, days, step := 0, 0, 1
	if testing.Short() {
		step = 9
	}
	for date := (plan.Date{Year: 2028, Month: time.January, Day: 1}); date.Year == 2028; date = date.AddDays(step) {
		days++
		shown := posted(t, a, postOn(date.Year, date.Month, date.Day))
		v := shown.View
		if shown.Nothing != "" || shown.Lead == "" || len(v.Lead) == 0 {
			t.Errorf("%s: nothing is posted: %s", date, shown.Nothing)
			continue
		}
		text := bot.Plain(v)
		if n := utf8.RuneCountInString(text); n > 4000 || len(v.Buttons)+len(bot.Questions(v)) > 25 {
			t.Errorf("%s: %d runes, %d buttons", date, n, len(v.Buttons)+len(bot.Questions(v)))
		}
		wants(t, text, "A moderator changes this with /schedule.\n")
		e := eventNamed(t, a, date, shown.Lead)
		year, words, _ := strings.Cut(shown.Headline.String(), ": ")
		if year != strconv.Itoa(e.Year) || words == "" || !strings.Contains(v.Lead.String(), words) {
			t.Errorf("%s: the headline of %s is %q, and what leads %q", date, e.ID, shown.Headline.String(), v.Lead.String())
		}
		if len(v.Buttons) == 0 {
			continue
		}
		asked++
		q, _ := a.questionOf(e)
		if !slices.ContainsFunc(q.Rows, func(row string) bool { return standsOn(c, row, e) }) {
			t.Errorf("%s: a question about %s is %s %s, which stands on %q", date, e.ID, q.ID, q.Text, q.Rows)
		}
		question := pressed(t, a, v.Buttons[0].State)
		if strings.Contains(" "+folded(v.Lead.String())+" ", " "+folded(q.Answers[0])+" ") {
			t.Errorf("%s: the post tells the answer to %s: %q", date, q.Text, q.Answers)
		}
		answered(t, a, question, q)
	}
	if asked < days*9/10 {
		t.Errorf("%d of %d days have a question", asked, days)
	}
}

// answered presses all options of a question: one is right, and the others tell which.
func answered(t *testing.T, a *Anniversaries, question bot.View, q trivia.Question) {
	t.Helper()
	right, replies := "", map[string]bool{}
	for _, b := range question.Buttons {
		reply := pressed(t, a, b.State).Lead.String()
		if reply == "Right: "+b.Label+"." {
			right = b.Label
		}
		replies[reply] = true
	}
	if len(question.Buttons) != 4 || len(replies) != 2 || !replies["Not quite: it was "+right+"."] ||
		right[1:] != bot.Clip("A  "+q.Answers[0], trivia.MaxLabel)[1:] {
		t.Errorf("the options of %s are answered with %v", q.ID, replies)
	}
}

func eventNamed(t *testing.T, a *Anniversaries, d plan.Date, id string) facts.Event {
	t.Helper()
	for _, e := range a.o.Facts().Day(facts.DayQuery{Year: d.Year, Month: d.Month, Day: d.Day}) {
		if e.ID == id {
			return e
		}
	}
	t.Fatalf("%s: %s led, and is no event of the day", d, id)
	return facts.Event{}
}

// standsOn reports whether a row is about what an event is about, by the facts themselves.
func standsOn(c *facts.Corpus, row string, e facts.Event) bool {
	if row == e.ID {
		return true
	}
	f, ok := c.ByID(row)
	named := func(name string) bool {
		same := func(x facts.Entity) bool { return x.ID == row || x.Name == name }
		return slices.ContainsFunc(e.Works, same) || slices.ContainsFunc(e.People, same)
	}
	switch {
	case !ok:
		return false
	case f.Race != nil:
		if slices.Contains(subjects(e)[0], f.Race.Edition.Award.ID+"/"+f.Race.Edition.ID) {
			return true
		}
		for _, r := range slices.Concat(f.Race.Winners, f.Race.Others, f.Race.Mine) {
			for _, x := range slices.Concat(r.Works, r.People) {
				if named(x.Name) {
					return true
				}
			}
		}
	case f.Claim != nil:
		return named(f.Claim.Subject) || strings.Contains(f.Claim.Subject, e.Subject)
	case f.Event != nil:
		all := slices.Concat(f.Event.Works, f.Event.People)
		return slices.ContainsFunc(all, func(x facts.Entity) bool { return named(x.Name) })
	}
	return named("")
}

func pressed(t testing.TB, a *Anniversaries, state string) bot.View {
	t.Helper()
	if len(state) > 90 {
		t.Errorf("the state %q is longer than 90 bytes", state)
	}
	v, own, err := a.Handle(t.Context(), nil, bot.Inbound{Press: &bot.Press{State: state}})
	if err != nil || !own || !v.Private || v.Empty() {
		t.Fatalf("pressing %s: own %v, private %v, %v", state, own, v.Private, err)
	}
	return v
}

// TestOldButtons presses buttons after a restart, with other facts, and forged ones.
func TestOldButtons(t *testing.T) {
	_, g := known()
	a := anniversaries(nil)
	shown := posted(t, a, postOn(2026, time.March, 2))
	state := stateOf(t, shown.View, "A question about this")
	question := pressed(t, a, state)
	if again := pressed(t, anniversaries(nil), state); !reflect.DeepEqual(again, question) {
		t.Errorf("after a restart it is asked\n%s\nand was\n%s", bot.Plain(again), bot.Plain(question))
	}
	answer := question.Buttons[0].State
	parts := strings.Split(answer, "/")
	parts[3] = "00000000"
	wants(t, bot.Plain(pressed(t, a, strings.Join(parts, "/"))), "The facts were corrected since.", question.Lead.String())
	none := anniversaries(func(o *Options) { o.Questions = func() Questions { return noQuestions{g} } })
	wants(t, bot.Plain(pressed(t, none, state)), "There is no question about that any more.")
	if v := posted(t, none, postOn(2026, time.March, 2)).View; len(v.Buttons) > 0 {
		t.Errorf("a question is offered where there is none: %v", v.Buttons)
	}
	upTo4 := strings.Join(parts[:4], "/")
	for _, forged := range []string{"o/", "o/20260302", "o/20260302/x", "o/2026/" + parts[2], "o/20261302/" + parts[2],
		answer + "/1", upTo4, upTo4 + "/9", upTo4 + "/-1"} {
		text := bot.Plain(pressed(t, a, forged))
		if text != "That button is too old.\n" && text != "That is not in our tables any more.\n" {
			t.Errorf("%s is answered with %q", forged, text)
		}
	}
	if _, own, err := a.Handle(t.Context(), nil, bot.Inbound{Press: &bot.Press{State: "d/a/x"}}); own || err != nil {
		t.Errorf("another's button is its own: %v", err)
	}
}

// noQuestions are questions of which none is about anything.
type noQuestions struct{ Questions }

func (noQuestions) About([]string, uint64, int) []trivia.Question { return nil }

// TestNot posts what led a year ago not as the lead again.
func TestNot(t *testing.T) {
	a := anniversaries(nil)
	first := posted(t, a, postOn(2026, time.March, 2))
	p := postOn(2026, time.March, 2)
	p.Not = []string{first.Lead}
	if second := posted(t, a, p); second.Lead == first.Lead || second.Lead == "" {
		t.Errorf("%s leads, and led last year", second.Lead)
	}
	shown := posted(t, a, postOn(2026, time.March, 2, "no such topic"))
	if shown.Nothing != nothingWords || !shown.View.Empty() {
		t.Errorf("of a topic that is none is posted:\n%s", bot.Plain(shown.View))
	}
	for _, s := range a.Topics("", 30) {
		if _, ok := a.Topic(s.Value); !ok {
			t.Errorf("%v is proposed, and is no topic", s)
		}
	}
}

// TestReplacedFacts replaces the facts while the bot runs.
func TestReplacedFacts(t *testing.T) {
	c, _ := known()
	other, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	counted := &countedFacts{Facts: c}
	now := Facts(counted)
	a := anniversaries(func(o *Options) { o.Facts = func() Facts { return now } })
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if shown, err := a.Post(t.Context(), postOn(2026, time.March, 2)); err != nil || shown.Lead == "" {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if counted.days != 1 {
		t.Errorf("the same post was put together %d times", counted.days)
	}
	fresh := &countedFacts{Facts: other}
	now = fresh
	posted(t, a, postOn(2026, time.March, 2))
	if fresh.days != 1 {
		t.Errorf("new facts were asked %d times", fresh.days)
	}
	for i := range 3 * cached {
		posted(t, a, postOn(1000+i, time.March, 2))
	}
	if n := len(a.made.now) + len(a.made.old); n > 2*cached {
		t.Errorf("%d posts are kept", n)
	}
}

// countedFacts counts how often they are asked for a day.
type countedFacts struct {
	Facts
	mu   sync.Mutex
	days int
}

func (f *countedFacts) Day(q facts.DayQuery) []facts.Event {
	f.mu.Lock()
	f.days++
	f.mu.Unlock()
	return f.Facts.Day(q)
}
