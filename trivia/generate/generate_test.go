package generate_test

import (
	"hash/fnv"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

func load(t testing.TB) *facts.Corpus {
	t.Helper()
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestEveryQuestion tries every question there is, by itself and against the facts; with -short one of twenty.
func TestEveryQuestion(t *testing.T) {
	c := load(t)
	g, audit := generate.New(c, 1), generate.NewAuditor(c)
	step := 1
	if testing.Short() {
		step = 20
	}
	n, faults := 0, 0
	texts, categories := map[uint64]string{}, map[string]bool{}
	for q := range g.Sample(step) {
		n++
		categories[q.Category] = true
		h := fnv.New64a()
		h.Write([]byte(q.Text + "\n" + strings.Join(append(slices.Sorted(slices.Values(q.Wrong)), q.Answers[0]), "\n")))
		if other, ok := texts[h.Sum64()]; ok {
			t.Errorf("%s and %s are one question: %s", other, q.ID, q.Text)
		}
		texts[h.Sum64()] = q.ID
		for _, fault := range append(generate.Check(q), audit.Audit(q)...) {
			if faults++; faults <= 20 {
				t.Errorf("%s: %s\n%q %q\n%s", q.ID, q.Text, q.Answers, q.Wrong, fault)
			}
		}
	}
	all := g.Count(generate.Filter{})
	if all < 50_000 || len(categories) < 25 {
		t.Errorf("%d questions in %d categories, want 50,000 in 25 at least", all, len(categories))
	}
	if want := (all + step - 1) / step; n != want {
		t.Errorf("%d questions can be built, of %d", n, want)
	}
	for _, template := range []string{"winner", "year", "prize", "never", "first", "order", "both", "wins", "record",
		"runner-up"} {
		if audit.Tried(template) == 0 {
			t.Errorf("no question of the template %q was computed again", template)
		}
	}
}

// TestCheckFindsFaults spoils a good question in every way the check knows.
func TestCheckFindsFaults(t *testing.T) {
	good := trivia.Question{ID: "winner:a-1-x", Text: "Who won?", Kind: "person", Answers: []string{"Ann"},
		Wrong:    []string{"Bea", "Cid", "Dan"},
		Category: "oscars", Difficulty: trivia.Easy, Rows: []string{"a-1-x"}, Source: "editor"}
	if faults := generate.Check(good); len(faults) > 0 {
		t.Fatalf("a good question has faults: %q", faults)
	}
	for want, spoil := range map[string]func(*trivia.Question){
		"the ID":              func(q *trivia.Question) { q.ID = "" },
		"no category":         func(q *trivia.Question) { q.Category = "" },
		"difficulty":          func(q *trivia.Question) { q.Difficulty = 4 },
		"kind":                func(q *trivia.Question) { q.Kind = "" },
		"which rows":          func(q *trivia.Question) { q.Rows = nil },
		"come from":           func(q *trivia.Question) { q.Source = "" },
		"no text":             func(q *trivia.Question) { q.Text = "" },
		"longer":              func(q *trivia.Question) { q.Text = "Who " + strings.Repeat("very ", 90) + "well won?" },
		"spaces":              func(q *trivia.Question) { q.Text = "Who  won?" },
		"small letter":        func(q *trivia.Question) { q.Text = "who won?" },
		"without a mark":      func(q *trivia.Question) { q.Text = "Who won" },
		"year it was held":    func(q *trivia.Question) { q.Text = "Who won at the 97th Academy Awards?" },
		"stands in the":       func(q *trivia.Question) { q.Text = "Who won when Ann was there?" },
		"no answer":           func(q *trivia.Question) { q.Answers = nil },
		"also an answer":      func(q *trivia.Question) { q.Answers = []string{"Ann", "Bea"} },
		"there twice":         func(q *trivia.Question) { q.Wrong = []string{"Bea", "bea", "Dan"} },
		"2 wrong options":     func(q *trivia.Question) { q.Wrong = q.Wrong[:2] },
		"81 characters":       func(q *trivia.Question) { q.Wrong = []string{strings.Repeat("x", 81), "Cid", "Dan"} },
		"without them":        func(q *trivia.Question) { q.Text = "Which of these people won?" },
		"belongs into tables": func(q *trivia.Question) { q.Text = "Who won ()?" },
	} {
		q := good
		spoil(&q)
		if faults := strings.Join(generate.Check(q), "\n"); !strings.Contains(faults, want) {
			t.Errorf("a question spoilt for %q has the faults %q", want, faults)
		}
	}
}

// TestAuditFindsFaults makes answers wrong and wrong options right, for each template that is computed again.
func TestAuditFindsFaults(t *testing.T) {
	c := load(t)
	g, audit := generate.New(c, 1), generate.NewAuditor(c)
	spoilt := map[string]int{}
	for q := range g.Sample(7) {
		key, _, _ := strings.Cut(q.ID, ":")
		before := audit.Tried(key)
		if spoilt[key] >= 20 || len(audit.Audit(q)) > 0 || audit.Tried(key) == before || len(q.Wrong) < 3 &&
			key != "true" && key != "false" {
			continue
		}
		spoilt[key]++
		bad := q
		bad.Answers, bad.Wrong = []string{q.Wrong[0]}, append([]string{q.Answers[0]}, q.Wrong[1:]...)
		if len(audit.Audit(bad)) == 0 {
			t.Errorf("%s passes with %q as the answer: %s", q.ID, bad.Answers[0], q.Text)
		}
	}
	if len(spoilt) < 20 {
		t.Errorf("only %d templates are computed again: %v", len(spoilt), spoilt)
	}
}

func TestSeeds(t *testing.T) {
	c := load(t)
	one, again, other := generate.New(c, 1), generate.New(c, 1), generate.New(c, 2)
	f := generate.Filter{}
	if x, y := one.Pick(5, f, 30, nil), again.Pick(5, f, 30, nil); !reflect.DeepEqual(x, y) {
		t.Errorf("the same seeds draw different questions:\n%v\n%v", x, y)
	}
	if reflect.DeepEqual(one.Pick(5, f, 30, nil), one.Pick(6, f, 30, nil)) {
		t.Error("another seed draws the same questions")
	}
	differ := 0
	for _, q := range one.Pick(5, f, 50, nil) {
		same, ok := other.ByID(q.ID)
		if !ok || same.Answers[0] != q.Answers[0] && q.Kind != "choice" && q.Kind != "work" && q.Kind != "person" &&
			q.Kind != "other" {
			t.Errorf("%s: with another seed it is %+v", q.ID, same)
		}
		if same.Text != q.Text || !slices.Equal(same.Wrong, q.Wrong) {
			differ++
		}
	}
	if differ < 20 {
		t.Errorf("of 50 questions only %d have other words or options with another seed", differ)
	}
}

func TestByID(t *testing.T) {
	g := generate.New(load(t), 3)
	for q := range g.Sample(211) {
		again, ok := g.ByID(q.ID)
		if !ok || !reflect.DeepEqual(q, again) {
			t.Fatalf("%s is not the same again:\n%+v\n%+v", q.ID, q, again)
		}
		if len(q.ID) > 160 {
			t.Errorf("the ID %s is long", q.ID)
		}
	}
	for _, id := range []string{"", ":", "winner", "winner:", "winner:nothing", "nothing:academy-awards-97-abc",
		"winner:a:b:c", "both:x", "wins:tt0000000",
		"winner:\x00", strings.Repeat("winner:", 1000)} {
		if q, ok := g.ByID(id); ok {
			t.Errorf("ByID(%q) = %+v", id, q)
		}
	}
}

// TestPickUsesUp draws round after round and wants no question twice before all have been asked, and all to be asked.
func TestPickUsesUp(t *testing.T) {
	g := generate.New(load(t), 1)
	for _, f := range []generate.Filter{
		{Categories: []string{"chess"}}, {Categories: []string{"firsts", "stories"}}, {Categories: []string{"cricket"},
			Difficulty: trivia.Easy},
		{Categories: []string{"rugby"}, Typed: true},
	} {
		asked, total := map[string]bool{}, g.Count(f)
		for round := uint64(0); ; round++ {
			qs := g.Pick(round, f, 10, func(id string) bool { return asked[id] })
			for _, q := range qs {
				if asked[q.ID] {
					t.Fatalf("%v: %s was asked before", f, q.ID)
				}
				if f.Typed && q.ChoiceOnly {
					t.Errorf("%s can not be typed", q.ID)
				}
				asked[q.ID] = true
			}
			if len(qs) < 10 {
				break
			}
		}
		if len(asked) != total && !f.Typed || len(asked) == 0 || len(asked) > total {
			t.Errorf("%v: %d of %d questions were asked before the pool was used up", f, len(asked), total)
		}
	}
}

// TestPickVaries draws rounds and wants them mixed: templates, categories, and nothing about one race twice.
func TestPickVaries(t *testing.T) {
	g := generate.New(load(t), 1)
	for seed := range uint64(200) {
		qs := g.Pick(seed, generate.Filter{}, 10, nil)
		if len(qs) != 10 {
			t.Fatalf("a round of %d", len(qs))
		}
		templates, categories, rows, answers := map[string]int{}, map[string]int{}, map[string]string{}, map[string]bool{}
		for _, q := range qs {
			key, _, _ := strings.Cut(q.ID, ":")
			templates[key]++
			categories[q.Category]++
			for _, row := range q.Rows[:1] {
				if rows[row] != "" {
					t.Errorf("round %d: %s and %s stand on the same row", seed, rows[row], q.ID)
				}
				rows[row] = q.ID
			}
			if a := q.Answers[0]; q.Kind == "person" || q.Kind == "work" {
				if answers[a] {
					t.Errorf("round %d: two questions have the answer %s", seed, a)
				}
				answers[a] = true
			}
		}
		if len(templates) < 5 || len(categories) < 4 {
			t.Errorf("round %d has %d templates and %d categories: %v %v", seed, len(templates), len(categories), templates,
				categories)
		}
	}
}

func TestFilter(t *testing.T) {
	g := generate.New(load(t), 1)
	for _, d := range []trivia.Difficulty{trivia.Easy, trivia.Medium, trivia.Hard} {
		for _, q := range g.Pick(9, generate.Filter{Categories: []string{"sport", "cannes"}, Difficulty: d, Typed: true},
			40, nil) {
			if q.Difficulty != d || q.ChoiceOnly {
				t.Errorf("%s: difficulty %d, choice only %v", q.ID, q.Difficulty, q.ChoiceOnly)
			}
			if q.Category == "oscars" || q.Category == "nobel" {
				t.Errorf("%s is of %s", q.ID, q.Category)
			}
		}
	}
	if qs := g.Pick(1, generate.Filter{Categories: []string{"nothing"}}, 5, nil); len(qs) > 0 {
		t.Errorf("a category that there is not has %d questions", len(qs))
	}
	groups := map[string]bool{}
	for _, c := range g.Categories() {
		groups[c.Group] = true
		if c.Count[0] != c.Count[1]+c.Count[2]+c.Count[3] ||
			c.Count[0] != g.Count(generate.Filter{Categories: []string{c.Key}}) {
			t.Errorf("%s counts %v", c.Key, c.Count)
		}
	}
	if len(groups) < 6 {
		t.Errorf("groups %v", groups)
	}
}

// TestConcurrent has many draw at once; the race detector looks on.
func TestConcurrent(t *testing.T) {
	g := generate.New(load(t), 1)
	var wg sync.WaitGroup
	for i := range uint64(8) {
		wg.Go(func() {
			for _, q := range g.Pick(i, generate.Filter{}, 10, nil) {
				if _, ok := g.ByID(q.ID); !ok {
					t.Errorf("%s is not found again", q.ID)
				}
			}
		})
	}
	wg.Wait()
}

// TestCorrected corrects a row, and wants the question of the same ID to be corrected with it.
func TestCorrected(t *testing.T) {
	c := load(t)
	set, err := c.Set()
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(set.Results, func(r table.Result) bool {
		return r.Award == "academy-awards" && r.Edition == "97" && r.Category == "Best Actress" && r.Outcome == "won"
	})
	j := slices.IndexFunc(set.Results, func(r table.Result) bool {
		return r.Award == "academy-awards" && r.Edition == "97" && r.Category == "Best Actress" &&
			r.People[0].Name == "Demi Moore"
	})
	id := "winner:" + set.Results[i].ID
	if q, ok := generate.New(c, 1).ByID(id); !ok || q.Answers[0] != "Mikey Madison" || !slices.Contains(q.Wrong,
		"Demi Moore") && len(q.Wrong) != 3 {
		t.Fatalf("%+v", q)
	}
	set.Results[i].People, set.Results[j].People = set.Results[j].People, set.Results[i].People
	mended, err := facts.FromSet(set)
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := generate.New(mended, 1).ByID(id); !ok || q.Answers[0] != "Demi Moore" || slices.Contains(q.Wrong,
		"Demi Moore") {
		t.Errorf("after the correction: %+v", q)
	}
	set.Results[i].Unconfirmed = true
	doubted, err := facts.FromSet(set)
	if err != nil {
		t.Fatal(err)
	}
	if q, ok := generate.New(doubted, 1).ByID(id); ok {
		t.Errorf("a row that is not confirmed is asked: %+v", q)
	}
}

// sharedFile opens a file of the folder that stands beside the repository, and skips without it.
func sharedFile(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", name))
	if err != nil {
		t.Skipf("there is no shared folder beside the repository: %v", err)
	}
	return string(b)
}
