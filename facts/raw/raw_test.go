package raw_test

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/whowon-bot/whowon/facts/raw"
	"github.com/whowon-bot/whowon/facts/table"
)

// sources is the folder of the tables that we compile: shared/facts beside the repository. It is not part of it.
func sources(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "shared", "facts", "awards.tsv")); err == nil {
			return filepath.Join(dir, "shared", "facts")
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Skip("SKIPPED: there is no shared/facts beside the repository, so the compiled tables cannot be compared with it")
		}
		dir = up
	}
}

var built struct {
	sync.Once
	set    *table.Set
	report raw.Report
	err    error
	told   [][2]int
}

func build(t *testing.T) (*table.Set, raw.Report) {
	t.Helper()
	dir := sources(t)
	built.Do(func() {
		built.set, built.report, built.err = raw.Build(os.DirFS(dir), func(done, total int) {
			built.told = append(built.told, [2]int{done, total})
		})
	})
	if built.err != nil {
		t.Fatal(built.err)
	}
	return built.set, built.report
}

// slow leaves a test to the run without the race detector: with it, it takes ten times as long, and has one goroutine.
func slow(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without the race detector, as make test does too")
	}
}

func TestBuildTellsItsSteps(t *testing.T) {
	slow(t)
	build(t)
	for i, got := range built.told {
		if want := [2]int{i, len(built.told) - 1}; got != want || len(built.told) < 10 {
			t.Errorf("told %v, want %v", got, want)
		}
	}
	if len(built.told) == 0 {
		t.Error("nothing is told")
	}
}

// committed is the set of facts/data/tables.
func committed(t *testing.T) *table.Set {
	t.Helper()
	s, err := table.Read(os.DirFS("../data/tables"))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestBuildIsWhatIsCommitted(t *testing.T) {
	slow(t)
	set, report := build(t)
	if report.Corrections < 1961 {
		t.Errorf("%d corrections were applied, want 1961 and our own", report.Corrections)
	}
	if report.Days != 366 {
		t.Errorf("%d days have a happening, want 366", report.Days)
	}
	dir := t.TempDir()
	if err := table.Write(dir, set); err != nil {
		t.Fatal(err)
	}
	got, want := files(t, dir), files(t, "../data/tables")
	for name, text := range want {
		if !bytes.Equal(got[name], text) {
			t.Errorf("%s differs from what is committed, first in %s: run \"whowon facts build --from\" on it", name, firstDifference(got[name], text))
		}
		delete(got, name)
	}
	for name := range got {
		t.Errorf("%s is not committed: run \"whowon facts build --from\" on it", name)
	}
}

func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = text
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func firstDifference(a, b []byte) string {
	x, y := strings.Split(string(a), "\n"), strings.Split(string(b), "\n")
	for i := range min(len(x), len(y)) {
		if x[i] != y[i] {
			return "\n\t" + x[i] + "\n\t" + y[i]
		}
	}
	return "the number of lines"
}

func TestCommittedTablesHaveNoFault(t *testing.T) {
	slow(t)
	report := table.Check(committed(t), time.Now())
	for i, f := range report.Faults() {
		t.Error(f.Error())
		if i == 20 {
			t.Fatalf("… %d faults", len(report.Faults()))
		}
	}
}

// want is a race and its winners: works, or people where they are named.
type want struct {
	award, edition, category string
	works, people            []string
	declared                 string // tie, shared or ""
}

func TestCommittedWinners(t *testing.T) {
	slow(t)
	s := committed(t)
	for _, w := range []want{
		{"academy-awards", "97", "Best Picture", []string{"Anora"}, nil, ""},
		{"academy-awards", "41", "Best Actress", nil, []string{"Barbra Streisand", "Katharine Hepburn"}, "tie"},
		{"academy-awards", "1", "Best Actor", []string{"The Last Command", "The Way of All Flesh"}, []string{"Emil Jannings"}, ""},
		{"cannes", "32", "Palme d'Or", []string{"Apocalypse Now", "The Tin Drum"}, nil, "shared"},
		{"cannes", "66", "Palme d'Or", []string{"Blue Is the Warmest Colour"},
			[]string{"Abdellatif Kechiche", "Adèle Exarchopoulos", "Léa Seydoux"}, ""},
		{"sag-awards", "26", "Outstanding Cast in a Motion Picture", []string{"Parasite"}, nil, ""},
		{"bafta-film", "23", "Best Leading Actor", []string{"John and Mary", "Midnight Cowboy"}, []string{"Dustin Hoffman"}, ""},
		{"bafta-film", "61", "Best Production Design", []string{"Atonement"}, nil, ""},
		{"emmys-primetime", "78", "Outstanding Drama Series", []string{"The Pitt"}, nil, ""},
		{"emmys-primetime", "68", "Outstanding Limited Series", []string{"The People v. O.J. Simpson: American Crime Story"}, nil, ""},
		{"golden-globes", "39", "Best Actress - Television Series Drama", nil, []string{"Barbara Bel Geddes", "Linda Evans"}, "tie"},
		{"super-bowl", "LVIII", "Champion", nil, []string{"Kansas City Chiefs"}, ""},
		{"fifa-world-cup", "1998", "Men", nil, []string{"France"}, ""},
		{"nobel-prize", "2017", "Literature", nil, []string{"Kazuo Ishiguro"}, ""},
		{"eurovision", "1974", "Winner", nil, []string{"ABBA", "Sweden"}, ""},
		{"eurovision", "14", "Winner", nil, []string{"France", "Frida Boccara", "Lenny Kuhr", "Lulu", "Netherlands", "Salomé",
			"Spain", "United Kingdom"}, "tie"},
		{"booker-prize", "1969", "Fiction", []string{"Something to Answer For"}, []string{"P. H. Newby"}, ""},
	} {
		t.Run(strings.Join([]string{w.award, w.edition, w.category}, " "), func(t *testing.T) { w.check(t, s) })
	}
}

func (w want) check(t *testing.T, s *table.Set) {
	var works, people []string
	winners, declared := 0, 0
	for i := range s.Results {
		r := &s.Results[i]
		if r.Award != w.award || w.edition != "" && editionOf(s, w.award, w.edition) != r.Edition || r.Category != w.category || r.Outcome != table.Won {
			continue
		}
		winners++
		works, people = append(works, table.Names(r.Works)...), append(people, table.Names(r.People)...)
		if w.declared != "" && r.DetailOf(w.declared) == "yes" {
			declared++
		}
	}
	slices.Sort(works)
	slices.Sort(people)
	if w.works != nil && !slices.Equal(works, w.works) {
		t.Errorf("works %q, want %q", works, w.works)
	}
	if w.people != nil && !slices.Equal(people, w.people) {
		t.Errorf("people %q, want %q", people, w.people)
	}
	if w.declared != "" && declared != winners {
		t.Errorf("%d of %d winners declare %s", declared, winners, w.declared)
	}
}

// editionOf is the ID of an edition by its ID, or by its year.
func editionOf(s *table.Set, award, name string) string {
	for i := range s.Editions {
		if s.Editions[i].Award == award && s.Editions[i].ID == name {
			return name
		}
	}
	for i := range s.Editions {
		if e := &s.Editions[i]; e.Award == award && len(name) == 4 && strings.HasPrefix(e.Date, name) {
			return e.ID
		}
	}
	return name
}

func TestCommittedPeople(t *testing.T) {
	slow(t)
	s := committed(t)
	wins := map[string]int{}
	for i := range s.Results {
		r := &s.Results[i]
		for _, p := range r.People {
			if r.Outcome == table.Won {
				wins[p.ID+" "+r.Award+" "+r.Edition]++
			}
		}
	}
	if n := wins["nm0048918 academy-awards 97"]; n != 4 {
		t.Errorf("Sean Baker has %d Oscars of the 97th, want 4", n)
	}
	var queens []string
	for i := range s.People {
		if s.People[i].Name == "Steve McQueen" {
			queens = append(queens, s.People[i].ID)
			if s.People[i].Apart == "" {
				t.Errorf("nothing tells %s apart", s.People[i].ID)
			}
		}
	}
	if !slices.Equal(queens, []string{"nm0000537", "nm2588606"}) {
		t.Errorf("Steve McQueens: %q", queens)
	}
}

func TestCommittedGapsAndYears(t *testing.T) {
	slow(t)
	s := committed(t)
	none := map[string]bool{}
	for i := range s.Results {
		if r := &s.Results[i]; r.Outcome == table.None {
			if r.Note == "" {
				t.Errorf("%s: no reason is given", r.ID)
			}
			none[r.Award+" "+r.Edition+" "+r.Category] = true
		}
	}
	for _, gap := range []string{"cannes 21 Palme d'Or", "cannes 1948 Palme d'Or", "cannes 73 Palme d'Or", "venice 14 Golden Lion",
		"venice 1972 Golden Lion", "berlin 20 Golden Bear", "academy-awards 1933 Best Picture", "eurovision 2020 Winner",
		"nobel-prize 1948 Peace", "pulitzer-prize 2012 Fiction", "stanley-cup 2004-05 NHL", "tour-de-france 2003 Men, general classification"} {
		if !none[gap] {
			t.Errorf("%s is not known as not given", gap)
		}
	}
	called := map[string][]int{}
	for i := range s.Editions {
		e := &s.Editions[i]
		called[e.Award+" "+e.ID] = append([]int{e.Year}, e.Called...)
	}
	for edition, years := range map[string][]int{"emmys-primetime 75": {2024, 2023}, "critics-choice 22": {2016, 2017},
		"summer-olympics XXXII": {2021, 2020}, "uefa-euro 2021": {2021, 2020}, "european-film-awards 38": {2026, 2025},
		"academy-awards 2": {1930}, "academy-awards 3": {1930}} {
		if !slices.Equal(called[edition], years) {
			t.Errorf("%s is of %v, want %v", edition, called[edition], years)
		}
	}
}

func TestCommittedSourcesAreCredited(t *testing.T) {
	slow(t)
	s := committed(t)
	credits, err := os.ReadFile("../data/SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for i := range s.Results {
		for _, part := range strings.FieldsFunc(s.Results[i].Source, func(r rune) bool { return r == ';' || r == '+' }) {
			name, _, _ := strings.Cut(strings.TrimSpace(part), " (")
			if name, _, _ = strings.Cut(name, "@"); name != "" && !seen[name] && !bytes.Contains(credits, []byte(name)) {
				t.Errorf("SOURCES.md does not credit %q (%s)", name, s.Results[i].ID)
			}
			seen[name] = true
		}
	}
}

func TestArticlesAreClaims(t *testing.T) {
	slow(t)
	s := committed(t)
	n := 0
	for i := range s.Claims {
		if strings.HasPrefix(s.Claims[i].Source, "article") {
			n++
		}
	}
	if n != 40 {
		t.Errorf("%d claims of the articles, want 40", n)
	}
}

func TestBuildNamesFaults(t *testing.T) {
	slow(t)
	for want, tables := range map[string]fstest.MapFS{
		"is this the folder":            {},
		`film/a.tsv: no column "work"`:  {"film/a.tsv": {Data: []byte("award\tedition\tceremony_date\tfilm_year\tcategory\tcategory_as_then\n")}},
		"film/a.tsv:2: 3 cells under 2": {"film/a.tsv": {Data: []byte("award\tedition\nx\ty\tz\n")}},
	} {
		_, _, err := raw.Build(tables, nil)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("the error is %v, want %q in it", err, want)
		}
	}
}
