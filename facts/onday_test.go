package facts_test

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// daysOf calls do for every day of a year.
func daysOf(year int, do func(q facts.DayQuery)) {
	for at := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() == year; at = at.AddDate(0, 0, 1) {
		do(facts.DayQuery{Year: year, Month: at.Month(), Day: at.Day()})
	}
}

func TestEveryDayHasEvents(t *testing.T) {
	c := corpus(t)
	now := time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
	tried := map[string]bool{}
	for _, year := range []int{2027, 2028} {
		daysOf(year, func(q facts.DayQuery) {
			events := c.Day(q)
			if len(events) < 3 {
				t.Errorf("%+v: %d events", q, len(events))
			}
			ids := map[string]bool{}
			for _, e := range events {
				if ids[e.ID] || !e.Sure() || e.Source == "" || e.Query == "" {
					t.Errorf("%+v: %+v", q, e)
				}
				moved := e.Month == time.February && e.Day == 29 && q.Day == 28 && year == 2027
				if ids[e.ID] = true; e.Day != q.Day && !moved {
					t.Errorf("%+v: %s is of another day", q, e.ID)
				}
				if !tried[e.Query] && !c.Ask(e.Query, now).Kind.Found() {
					t.Errorf("%s: %q has no answer", e.ID, e.Query)
				}
				tried[e.Query] = true
			}
		})
	}
	if len(tried) < 4000 {
		t.Errorf("only %d questions", len(tried))
	}
}

// TestDaysAreVaried looks at the five events that are shown: two of a kind and award at most, where there are others.
func TestDaysAreVaried(t *testing.T) {
	c := corpus(t)
	kind := func(e facts.Event) string {
		for _, kv := range e.Detail {
			if kv.Key == "award" && e.Kind != "birth" && e.Kind != "death" {
				return e.Kind + "/" + kv.Value
			}
		}
		return e.Kind
	}
	daysOf(2027, func(q facts.DayQuery) {
		all, shown := map[string]int{}, map[string]int{}
		events := c.Day(q)
		for _, e := range events {
			all[kind(e)]++
		}
		for _, e := range events[:min(5, len(events))] {
			shown[kind(e)]++
		}
		for k, n := range shown {
			if n > 2 && len(shown) < min(len(all), 3) {
				t.Errorf("%+v: %d times %s, although there are %v", q, n, k, all)
			}
		}
	})
}

func at(year int, month time.Month, day int) facts.DayQuery {
	return facts.DayQuery{Year: year, Month: month, Day: day}
}

func subjects(events []facts.Event) []string {
	var out []string
	for _, e := range events {
		out = append(out, strconv.Itoa(e.Year)+" "+e.Subject)
	}
	return out
}

func TestRanking(t *testing.T) {
	c := corpus(t)
	for _, tt := range []struct {
		what string
		q    facts.DayQuery
		lead string
	}{
		{"a great final, and nobody's birth", at(2026, time.July, 4), "1954 1954 FIFA World Cup"},
		{"the hundredth birthday of a cinematographer does not beat it", at(1989, time.July, 4), "1954 1954 FIFA World Cup"},
		{"a remarkable first before its ceremony", at(2026, time.February, 9), "2020 Parasite"},
		{"the older of two ceremonies", at(2025, time.March, 27), "2022 Jane Campion"},
	} {
		if got := subjects(c.Day(tt.q)); got[0] != tt.lead {
			t.Errorf("%s: %q", tt.what, got[:min(5, len(got))])
		}
	}
	place := func(q facts.DayQuery, subject string) int { return slices.Index(subjects(c.Day(q)), subject) }
	for _, tt := range []struct {
		subject      string
		month        time.Month
		day          int
		round, plain int // years
	}{
		{"1952 Singin' in the Rain", time.March, 27, 2052, 2027 - 2}, // 100 against 73
		{"1968 Cuba Gooding Jr.", time.January, 2, 2018, 2020},       // 50 against 52
		{"2001 Herbert A. Simon", time.February, 9, 2026, 2027},      // 25 against 26
	} {
		round, plain := place(at(tt.round, tt.month, tt.day), tt.subject), place(at(tt.plain, tt.month, tt.day), tt.subject)
		if round < 0 || round >= plain {
			t.Errorf("%s has place %d at its round anniversary, %d without", tt.subject, round, plain)
		}
	}
}

func TestYears(t *testing.T) {
	c := corpus(t)
	for _, e := range c.Day(at(2020, time.February, 9)) {
		if e.Year > 2020 {
			t.Errorf("%s had not happened in 2020", e.ID)
		}
	}
	list := subjects(c.Day(at(2020, time.February, 9)))
	now := slices.IndexFunc(list, func(s string) bool { return strings.HasPrefix(s, "2020 ") })
	if now < 1 || slices.ContainsFunc(list[now:], func(s string) bool { return !strings.HasPrefix(s, "2020 ") }) {
		t.Errorf("what is of the year itself is not last: %q", list)
	}
	for _, q := range []facts.DayQuery{{}, at(2026, 13, 1), at(2026, 2, 30), at(2026, 3, 32), at(2026, 3, -1), at(-5, 3, 2)} {
		if got := c.Day(q); len(got) != 0 {
			t.Errorf("%+v: %q", q, subjects(got))
		}
	}
	hattie := "1940 Hattie McDaniel"
	for q, want := range map[[3]int]bool{{2026, 2, 28}: true, {2028, 2, 28}: false, {2028, 2, 29}: true, {2026, 2, 29}: true,
		{2100, 2, 28}: true, {2000, 2, 28}: false} {
		if got := slices.Contains(subjects(c.Day(at(q[0], time.Month(q[1]), q[2]))), hattie); got != want {
			t.Errorf("%v has %s: %v", q, hattie, got)
		}
	}
}

func TestAnotherLeads(t *testing.T) {
	c := corpus(t)
	q := at(2026, time.July, 4)
	first := c.Day(q)
	q.Not = []string{first[0].ID}
	second := c.Day(q)
	if second[0].ID != first[1].ID || second[1].ID != first[0].ID || len(second) != len(first) {
		t.Errorf("%q after %q", subjects(second), subjects(first))
	}
	for _, e := range first {
		q.Not = append(q.Not, e.ID)
	}
	if got := c.Day(q); got[0].ID != first[0].ID {
		t.Errorf("where nothing else may lead, %q does", got[0].ID)
	}
	if e, ok := c.EventByID(first[0].ID); !ok || e.Subject != first[0].Subject || e.Query != first[0].Query {
		t.Errorf("%q is %+v, %v", first[0].ID, e, ok)
	}
	if _, ok := c.EventByID("07-04-nothing"); ok {
		t.Error("an event that there is not was found")
	}
}

func TestTopics(t *testing.T) {
	c := corpus(t)
	for word, want := range map[string]string{
		"oscars": "academy-awards", "Oscar": "academy-awards", "academy awards": "academy-awards",
		"Academy Award": "academy-awards", "the oscars": "academy-awards", "оскар": "academy-awards",
		"academy-awards": "academy-awards",
		"cannes":         "cannes", "Film": "film",
		"films": "film", "movies": "film", "birthdays": "births", "birth": "births", "deaths": "deaths", "premiere": "premieres",
		"ceremony": "ceremonies", "finals": "finals", "championship": "finals", "Firsts and records": "records", "games": "games",
		"book": "books", "formula 1": "formula-one", "nobel": "nobel-prize", "sports": "sport", "TV": "television",
		"": "", "s": "", "the": "", "hockey": "", "\x00\u202e": "", strings.Repeat("oscars ", 1000): "",
	} {
		if got, ok := c.Topic(word); got != want || ok != (want != "") {
			t.Errorf("%.40q is %q, %v; want %q", word, got, ok, want)
		}
	}
	keys := map[string]bool{}
	for _, topic := range c.Topics() {
		for _, word := range []string{topic.Key, topic.Name} {
			if key, ok := c.Topic(word); !ok || key != topic.Key {
				t.Errorf("%+v: %q is %q, %v", topic, word, key, ok)
			}
		}
		if keys[topic.Key] || topic.Name == "" {
			t.Errorf("%+v", topic)
		}
		keys[topic.Key] = true
		if n := countYear(c, topic.Key); n == 0 && !slices.Contains(noEvents, topic.Key) {
			t.Errorf("nothing happened all year about %+v", topic)
		}
	}
	if n := countYear(c, "no-such-topic"); n != 0 {
		t.Errorf("%d events are about no topic", n)
	}
	both := at(2026, time.November, 22)
	both.Topics = []string{"births", "summer-olympics"}
	for _, e := range c.Day(both) {
		if e.Kind != "birth" && e.Kind != "opening" {
			t.Errorf("%s is neither", e.ID)
		}
	}
	if got := subjects(c.Day(both)); got[0] != "1956 1956 Summer Olympics" || len(got) < 3 {
		t.Errorf("%q", got)
	}
}

// noEvents are awards whose editions have no dates, and whose winners no lives: there is nothing to tell of them yet.
var noEvents = []string{"spike-video-game-awards", "dice-awards", "formula-one"}

func countYear(c *facts.Corpus, topic string) (n int) {
	daysOf(2028, func(q facts.DayQuery) {
		q.Topics = []string{topic}
		n += len(c.Day(q))
	})
	return n
}

// TestArticles looks for what the founding articles assert, on its day.
func TestArticles(t *testing.T) {
	c := corpus(t)
	text, err := os.ReadFile(filepath.Join("..", "..", "shared", "facts", "articles.tsv"))
	if err != nil {
		t.Skip("SKIPPED: there is no shared/facts beside the repository, so the articles cannot be compared with the days")
	}
	dated := 0
	for line := range strings.Lines(string(text)) {
		cells := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(cells) < 5 || cells[4] == "" {
			continue
		}
		dated++
		on, err := time.Parse(time.DateOnly, cells[4])
		if err != nil {
			t.Fatal(err)
		}
		for later := range 3 {
			events := c.Day(at(on.Year()+1+later, on.Month(), on.Day()))
			if !slices.ContainsFunc(events, func(e facts.Event) bool {
				has := func(key, value string) bool {
					for _, kv := range e.Detail {
						if kv.Key == key && kv.Value == value {
							return true
						}
					}
					return false
				}
				return e.Subject == cells[1] && e.Year == on.Year() && has("predicate", cells[2]) && has("object", cells[3])
			}) {
				t.Errorf("%s is not on its day in %d: %s", cells[0], on.Year()+1+later, line)
			}
		}
	}
	if dated < 20 {
		t.Errorf("only %d rows are dated", dated)
	}
}

// TestOverlaysAreOnTheirDay adds a ceremony, a first, a claim and a life, which no happening tells.
func TestOverlaysAreOnTheirDay(t *testing.T) {
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	c, err := facts.Load(fstest.MapFS{
		"1-results.tsv": file("award\tedition\tceremony_date\tfilm_year\tcategory\twork\tpeople\tresult\tsource\n" +
			"academy-awards\t99\t2026-11-20\t2026\tBest Director\tTest Lamp\tAnn Testlamp\twon\thttps://example.org/99\n" +
			"academy-awards\t99\t2026-11-20\t2026\tBest Picture\tTest Lamp\tAnn Testlamp\twon\thttps://example.org/99\n"),
		"2-claims.tsv": file("id\tsubject\tsubject_id\tpredicate\tobject\tdate\tdetail\tsource\n" +
			"x1\tAnora\ttt28607951\tshown again at\tTestville\t2026-11-21\t\teditor\n"),
		"3-firsts.tsv": file("id\taward\tedition\tclaim\tsubjects\tworks\tdate\tdetail\tsource\n" +
			"x2\tacademy-awards\t97\tfirst lamp to be tested\tSean Baker\tAnora\t2026-11-23\t\teditor\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[int]string{20: "2026 99th Academy Awards", 21: "2026 Anora", 23: "2026 Sean Baker"} {
		events := c.Day(at(2027, time.November, day))
		i := slices.Index(subjects(events), want)
		if i < 0 {
			t.Errorf("%q is not on %d November: %q", want, day, subjects(events))
			continue
		}
		if e, ok := c.EventByID(events[i].ID); !ok || e.Query != events[i].Query {
			t.Errorf("%q by ID is %+v, %v", events[i].ID, e, ok)
		}
	}
	if lead := c.Day(at(2027, time.November, 20))[0]; lead.Subject != "99th Academy Awards" || len(lead.Works) != 1 ||
		lead.Works[0].Name != "Test Lamp" || lead.Source != "https://example.org/99" {
		t.Errorf("%+v", lead)
	}
}

func BenchmarkDay(b *testing.B) {
	c := corpus(b)
	narrow := at(2026, time.March, 2)
	narrow.Topics, narrow.Not = []string{"academy-awards", "births"}, []string{"x"}
	for name, q := range map[string]facts.DayQuery{"all": at(2026, time.March, 2), "topic": narrow} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if len(c.Day(q)) == 0 {
					b.Fatal("nothing happened")
				}
			}
		})
	}
}

// BenchmarkFirstDay is a day of a corpus that was never asked for one.
func BenchmarkFirstDay(b *testing.B) {
	for b.Loop() {
		c, err := facts.Load()
		if err != nil {
			b.Fatal(err)
		}
		if len(c.Day(at(2026, time.March, 2))) == 0 {
			b.Fatal("nothing happened")
		}
	}
}
