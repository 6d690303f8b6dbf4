package daily

import (
	"cmp"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// TestUsedUp asks all questions of the smallest category, and goes on: none comes twice before all have come, and none twice
// in a row.
func TestUsedUp(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	small := smallest()
	r.topics = []string{small.Key}
	seen, last := map[string]bool{}, ""
	day := plan.Date{Year: 2026, Month: 1, Day: 1}
	for i := range small.Count[0] + 3 {
		r.post(r.on(day.String()))
		a := r.question(day.String())
		if a.q.Category != small.Key || a.q.ID == last || i < small.Count[0] && seen[a.q.ID] {
			t.Fatalf("question %d of %d is %s of %s, after %s", i+1, small.Count[0], a.q.ID, a.q.Category, last)
		}
		seen[a.q.ID], last = true, a.q.ID
		day = day.AddDays(1)
		for seed := range uint64(100) {
			if i != small.Count[0]-1 {
				break
			}
			if next, err := r.c.choose(t.Context(), r.on(day.String()), seed, ""); err != nil || next.q.ID == last {
				t.Errorf("when all are used up, the last one comes again: %s %v", last, err)
			}
		}
	}
	if len(seen) != small.Count[0] {
		t.Errorf("%d of %d questions were asked", len(seen), small.Count[0])
	}
	r.topics = []string{"no such topic"}
	shown, err := r.c.Post(t.Context(), r.on("2027-01-01"))
	if err != nil || shown.Nothing == "" {
		t.Errorf("a topic without questions has %s %v", bot.Plain(shown.View), err)
	}
	if shown, err = r.c.Preview(t.Context(), r.on("2027-01-01")); err != nil || shown.Nothing == "" {
		t.Errorf("a topic without questions has the example %s %v", bot.Plain(shown.View), err)
	}
}

// smallest is the category with the fewest questions.
func smallest() generate.Category {
	_, g := known()
	return slices.MinFunc(g.Categories(), func(x, y generate.Category) int { return cmp.Compare(x.Count[0], y.Count[0]) })
}

// TestPreview looks before posting: an example of the same topics, which is not what is posted, and nothing is kept.
func TestPreview(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.topics = []string{smallest().Key} // where two draws are often the same
	day := plan.Date{Year: 2026, Month: time.November, Day: 1}
	for range 20 {
		p := r.on(day.String())
		shown, err := r.c.Preview(t.Context(), p)
		if err != nil || shown.Nothing != "" {
			t.Fatalf("%s: %s %v", day, shown.Nothing, err)
		}
		wants(t, bot.Plain(shown.View), "An example · ", "This is an example")
		again, err := r.c.Preview(t.Context(), p)
		if err != nil || !reflect.DeepEqual(again, shown) || len(shown.View.Buttons) > 0 {
			t.Errorf("%s: the example is another one, or has buttons: %v", day, err)
		}
		if _, err := r.db.Daily(t.Context(), subscription+"/"+day.String()); err == nil {
			t.Fatalf("%s: to look has opened the question", day)
		}
		r.post(p)
		a := r.question(day.String())
		if asks(shown.View, a) {
			t.Errorf("%s: the example was the question: %s", day, a.q.Text)
		}
		if shown, err = r.c.Preview(t.Context(), p); err != nil || asks(shown.View, a) {
			t.Errorf("%s: the example is the question that is open: %v", day, err)
		}
		day = day.AddDays(1)
	}
	if d, err := r.db.Dailies(t.Context(), subscription, 100); err != nil || len(d) != 20 {
		t.Errorf("%d questions are kept: %v", len(d), err)
	}
}

// asks reports whether a view asks a question, with its options in any order: some questions differ by those alone.
func asks(v bot.View, a asked) bool {
	text := bot.Plain(v)
	return v.Lead.String() == a.q.Text && !slices.ContainsFunc(a.options, func(o string) bool {
		return !strings.Contains(text, "  "+o+"\n")
	})
}

// TestLevels draws for many days: all are questions with options, few of them hard, of the topics that were chosen.
func TestLevels(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	_, g := known()
	groups := map[string]string{}
	for _, c := range g.Categories() {
		groups[c.Key] = c.Group
	}
	levels := map[trivia.Difficulty]int{}
	for i := range 300 {
		q, ok := r.c.pick([]string{"sport", "oscars"}, seedOf(time.Duration(i).String()), nil)
		if !ok || q.Category != "oscars" && groups[q.Category] != "sport" {
			t.Fatalf("drawn is %s of %s", q.ID, q.Category)
		}
		if n := len(trivia.Options(&q, 1)); n < 2 || n > trivia.MaxOptions {
			t.Errorf("%s has %d options", q.ID, n)
		}
		levels[q.Difficulty]++
	}
	if levels[trivia.Hard] < 30 || levels[trivia.Hard] > 90 || levels[trivia.Easy] < 80 || levels[trivia.Medium] < 80 {
		t.Errorf("of 300 questions are easy, medium and hard: %v", levels)
	}
}

func TestCloses(t *testing.T) {
	now := time.Date(2026, 11, 27, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ next, want time.Duration }{{time.Hour, time.Hour}, {72 * time.Hour, 72 * time.Hour},
		{96 * time.Hour, 96 * time.Hour}, {97 * time.Hour, openFor}, {-time.Hour, openFor}} {
		if got := closes(now.Add(tt.next), now).Sub(now); got != tt.want {
			t.Errorf("with the next one in %s it is open for %s, not %s", tt.next, got, tt.want)
		}
	}
	if got := closes(time.Time{}, now).Sub(now); got != openFor {
		t.Errorf("without a next one it is open for %s", got)
	}
}

func TestTopicOfQuestions(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	for word, want := range map[string]string{"oscars": "oscars", "OSCARS": "oscars", "Césars": "cesars", "sport": "sport",
		"ballon d'or": "ballon-dor", "Formula One": "formula-one", "music": "music", "": "", "nonsense": ""} {
		if got, ok := r.c.Topic(word); got != want || ok != (want != "") {
			t.Errorf("%q is the topic %q, %v, not %q", word, got, ok, want)
		}
	}
	for _, prefix := range []string{"", "o", "spo", "cup"} {
		list := r.c.Topics(prefix, 5)
		if len(list) == 0 || len(list) > 5 {
			t.Errorf("for %q are proposed %v", prefix, list)
		}
		for _, s := range list {
			if _, ok := r.c.Topic(s.Value); !ok || s.Label == "" || len(s.Value) > 100 {
				t.Errorf("for %q is proposed %v, which is no topic", prefix, s)
			}
		}
	}
	if list := r.c.Topics("osc", 9); len(list) != 1 || list[0].Value != "oscars" {
		t.Errorf("for osc are proposed %v", list)
	}
}
