package generate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// TestKnown asks for questions of which everybody knows the answer. The row of a question is found by its award, edition,
// category and receiver.
func TestKnown(t *testing.T) {
	c := load(t)
	g := generate.New(c, 1)
	for _, tt := range []struct {
		template, award, edition, category, receiver string
		says                                         string // what the text must say, parts joined by |
		answer                                       string
		among                                        string // where the wrong options must come from, joined by |; "" is anywhere
	}{
		{"winner", "academy-awards", "97", "Best Picture", "Anora", "held in 2025|for films of 2024", "Anora",
			"The Brutalist|A Complete Unknown|Conclave|Dune: Part Two|Emilia Pérez|I'm Still Here|Nickel Boys|The Substance|Wicked"},
		{"winner", "academy-awards", "92", "Best Picture", "Parasite", "held in 2020|for films of 2019", "Parasite",
			"1917|Ford v Ferrari|The Irishman|Jojo Rabbit|Joker|Little Women|Marriage Story|Once Upon a Time in Hollywood"},
		{"winner", "academy-awards", "97", "Best Actress", "Mikey Madison", "97th Academy Awards", "Mikey Madison",
			"Cynthia Erivo|Karla Sofía Gascón|Demi Moore|Fernanda Torres"},
		{"for", "academy-awards", "85", "Best Actor", "Daniel Day-Lewis", "Daniel Day-Lewis|held in 2013", "Lincoln", ""},
		{"year", "academy-awards", "97", "Best Picture", "Anora", "ceremony held in which year", "2025", ""},
		{"year", "cannes", "77", "Palme d'Or", "Anora", "Palme d'Or", "2024", ""},
		{"winner", "cannes", "77", "Palme d'Or", "Anora", "2024 Cannes Film Festival", "Anora", ""},
		{"winner", "academy-awards", "41", "Best Actress", "Barbra Streisand", "Which of these people won or shared",
			"Barbra Streisand", ""},
		{"winner", "fifa-world-cup", "2022", "Men", "Argentina", "in 2022", "Argentina", ""},
		{"runner-up", "fifa-world-cup", "2022", "Men", "Argentina", "Argentina|2022", "France", ""},
		{"winner", "super-bowl", "LX", "Champion", "Seattle Seahawks", "played in 2026|2025 season", "Seattle Seahawks", ""},
		{"mvp", "super-bowl", "LI", "Champion", "New England Patriots", "Super Bowl LI", "Tom Brady", ""},
		{"winner", "us-presidential-election", "60", "President", "Donald Trump", "2024 US presidential election",
			"Donald Trump", ""},
		{"winner", "nobel-prize", "2016", "Literature", "Bob Dylan", "Nobel Prize in Literature|for 2016", "Bob Dylan", ""},
		{"winner", "summer-olympics", "XXXII", "Host city", "Tokyo", "2020 Summer Olympics|held in 2021", "Tokyo", ""},
		{"winner", "uefa-euro", "2021", "Men", "Italy", "in 2021|called that of 2020", "Italy", ""},
		{"winner", "eurovision", "19", "Winner", "Sweden", "1974", "Sweden", ""},
		{"with-song", "eurovision", "19", "Winner", "Sweden", "ABBA", "Waterloo", ""},
		{"for", "booker-prize", "2009", "Fiction", "Hilary Mantel", "Booker Prize", "Wolf Hall", ""},
		{"winner", "formula-one", "2008", "Drivers", "Lewis Hamilton", "Formula One drivers' championship|2008",
			"Lewis Hamilton", ""},
		{"winner", "tour-de-france", "1986", "Men, general classification", "Greg LeMond", "Tour de France|1986",
			"Greg LeMond", ""},
		{"artist", "grammy-awards", "68", "Album of the Year", "Bad Bunny", "68th Grammy Awards", "Bad Bunny", ""},
		{"role", "academy-awards", "97", "Best Actress", "Mikey Madison", "Ani|Anora", "Mikey Madison", ""},
		{"song", "academy-awards", "97", "Best Original Song", "Emilia Pérez", "El Mal", "Emilia Pérez", ""},
	} {
		id := rowID(t, c, tt.award, tt.edition, tt.category, tt.receiver)
		q, ok := g.ByID(tt.template + ":" + id)
		if !ok {
			t.Errorf("%s:%s is not asked", tt.template, id)
			continue
		}
		if q.Answers[0] != tt.answer {
			t.Errorf("%s: the answer is %q, want %q", q.Text, q.Answers[0], tt.answer)
		}
		for part := range strings.SplitSeq(tt.says, "|") {
			if !strings.Contains(q.Text, part) {
				t.Errorf("%q does not say %q", q.Text, part)
			}
		}
		for _, w := range q.Wrong {
			if tt.among != "" && !slices.Contains(strings.Split(tt.among, "|"), w) {
				t.Errorf("%s: the wrong option %q was not in the race", q.Text, w)
			}
		}
	}
}

// rowID finds the row of a receiver, by the name of a person or the title of a work, in a race.
func rowID(t *testing.T, c *facts.Corpus, award, edition, category, receiver string) string {
	t.Helper()
	for race := range c.EachRace() {
		if race.Edition.Award.ID != award || race.Edition.ID != edition || race.Category.ID != category {
			continue
		}
		for _, row := range append(race.Winners, race.Others...) {
			for _, e := range append(row.People, row.Works...) {
				if e.Name == receiver {
					return row.ID
				}
			}
		}
	}
	t.Fatalf("%s %s %s: there is no row of %s", award, edition, category, receiver)
	return ""
}

// TestCounts tries counts that are well known.
func TestCounts(t *testing.T) {
	g := generate.New(load(t), 1)
	for id, want := range map[string]string{
		"wins:tt28607951":        "5",  // Anora
		"wins:tt0120338":         "11", // Titanic
		"wins:tt0052618":         "11", // Ben-Hur
		"wins:tt15398776":        "7",  // Oppenheimer
		"nominations:tt0120338":  "14",
		"nominations:tt3783958":  "14", // La La Land
		"person-wins:nm0000658":  "3",  // Meryl Streep
		"person-wins:nm0000031":  "4",  // Katharine Hepburn
		"person-wins:nm0048918":  "4",  // Sean Baker
		"director:tt28607951":    "Sean Baker",
		"birth-year:nm0000138":   "1974", // Leonardo DiCaprio
		"host:academy-awards/97": "Conan O'Brien",
	} {
		if q, ok := g.ByID(id); !ok || q.Answers[0] != want {
			t.Errorf("%s: %v %q %q, want %s", id, ok, q.Text, q.Answers, want)
		}
	}
}

// TestTies wants no question that asks for the one winner of a race that had two.
func TestTies(t *testing.T) {
	c := load(t)
	g := generate.New(c, 1)
	asked := 0
	for race := range c.EachRace() {
		if len(race.Winners) < 2 {
			continue
		}
		for _, row := range race.Winners {
			q, ok := g.ByID("winner:" + row.ID)
			if !ok {
				continue
			}
			if asked++; !q.ChoiceOnly || !strings.HasPrefix(q.Text, "Which of these") {
				t.Errorf("%s asks for one of several: %s", q.ID, q.Text)
			}
		}
	}
	if asked < 100 {
		t.Errorf("%d shared prizes are asked", asked)
	}
}

// TestArticles wants the facts of the founding articles to be asked, where they make a question: a question whose text
// and answers hold the subject and the object.
func TestArticles(t *testing.T) {
	lines := strings.Split(sharedFile(t, "facts/articles.tsv"), "\n")
	g := generate.New(load(t), 1)
	// What a question must hold for each fact, where that is not the subject and object as they are written.
	says := map[string]string{
		"a03": "standing ovation|Anora", "a04": "Palme d'Or|Anora|2024", "a05": "Greta Gerwig|2024 Cannes",
		"a06": "Sean Baker|53",
		"a16": "Best Actress|2024 Cannes", "a17": "dedicate|sex workers", "a20": "intimacy coordinators|Sean Baker",
		"a21": "97th Academy Awards|2 March 2025", "a27": "Demi Moore|Golden Globe|The Substance",
		"a35": "Dune: Part Two|2", "a36": "four Oscars|Sean Baker",
		"a40": "Meg Ryan and Billy Crystal|Best Picture",
	}
	var all []trivia.Question
	for q := range g.All() {
		if strings.Contains(q.Text+strings.Join(q.Answers, " "), "Anora") || strings.Contains(q.Text, "2025") ||
			strings.Contains(q.Text, "2024") ||
			strings.Contains(q.Text, "Sean Baker") || strings.Contains(q.Answers[0], "Sean Baker") || strings.Contains(q.Text,
			"Parasite") {
			all = append(all, q)
		}
	}
	tried := 0
	for _, line := range lines {
		f := strings.Split(line, "\t")
		if len(f) < 6 || strings.HasPrefix(line, "#") {
			continue
		}
		want := says[f[0]]
		if want == "" {
			object, _, _ := strings.Cut(f[3], ",")
			want = f[1] + "|" + object
		}
		tried++
		if !slices.ContainsFunc(all, func(q trivia.Question) bool { return holds(q, want) }) {
			t.Errorf("%s is not asked: %s", f[0], want)
		}
	}
	if tried < 35 {
		t.Errorf("only %d facts were tried", tried)
	}
}

// holds reports whether a question's text, answer and note hold all parts.
func holds(q trivia.Question, parts string) bool {
	for part := range strings.SplitSeq(parts, "|") {
		if !strings.Contains(q.Text+"\n"+strings.Join(q.Answers, "\n")+"\n"+q.Note, part) {
			return false
		}
	}
	return true
}

func BenchmarkFirstPick(b *testing.B) {
	c := load(b)
	for b.Loop() {
		generate.New(c, 1).Pick(1, generate.Filter{}, 10, nil)
	}
}

func BenchmarkPick(b *testing.B) {
	g := generate.New(load(b), 1)
	g.Categories()
	b.ReportAllocs()
	for i := uint64(0); b.Loop(); i++ {
		g.Pick(i, generate.Filter{}, 10, nil)
	}
}
