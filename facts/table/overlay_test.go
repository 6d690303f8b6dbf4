package table_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/facts/table"
)

const (
	filmHead   = "award^edition^ceremony_date^film_year^category^category_as_then^work^people^person_ids^work_ids^result^note^source\n"
	otherHead  = "award^edition^date^year^category^winner^for_work_or_detail^runner_up_or_others^source\n"
	oscarsHead = "Ceremony^Year^Class^CanonicalCategory^Category^Film^FilmId^Name^Nominees^NomineeIds^Winner^Detail^Note^Citation\n"
)

// spring is after the ceremony that the overlays of these tests bring.
var spring = time.Date(2027, 3, 20, 12, 0, 0, 0, time.UTC)

// overlayBase is the small set with a prize outside film.
func overlayBase(t *testing.T) *table.Set {
	t.Helper()
	s := mustRead(t, small())
	s.Categories[0].Aliases = []string{"actor", "actor in a leading role"}
	s.Awards = append(s.Awards, table.Award{ID: "nobel-prize", Name: "Nobel Prize", Short: "Nobel", Kind: "science", Source: "editor"},
		table.Award{ID: "booker-prize", Name: "Booker Prize", Kind: "literature", Source: "editor"})
	s.Categories = append(s.Categories,
		table.Category{Award: "nobel-prize", ID: "Physics", Name: "Nobel Prize in Physics", About: "person", Shared: true, Source: "editor"},
		table.Category{Award: "booker-prize", ID: "Fiction", Name: "Booker Prize", About: "person", Source: "editor"})
	s.Editions = append(s.Editions,
		table.Edition{Award: "nobel-prize", ID: "2025", Year: 2025, Source: "editor"},
		table.Edition{Award: "booker-prize", ID: "2025", Year: 2025, Source: "editor"})
	s.People = append(s.People, table.Person{ID: "p-john-clarke", Name: "John Clarke", Source: "editor"},
		table.Person{ID: "p-david-szalay", Name: "David Szalay", Source: "editor"})
	s.Works = append(s.Works, table.Work{ID: "w-flesh-2025", Title: "Flesh", Year: "2025", Source: "editor"})
	s.Results = append(s.Results,
		table.Result{ID: "n1", Award: "nobel-prize", Edition: "2025", Category: "Physics", Outcome: table.Won, Source: "editor",
			People: []table.Ref{{ID: "p-john-clarke", Name: "John Clarke"}}},
		table.Result{ID: "b1", Award: "booker-prize", Edition: "2025", Category: "Fiction", Outcome: table.Won, Source: "editor",
			Works:  []table.Ref{{ID: "w-flesh-2025", Name: "Flesh"}},
			People: []table.Ref{{ID: "p-david-szalay", Name: "David Szalay"}}})
	if faults := table.Check(s, spring).Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return s
}

func overlay(t *testing.T, base *table.Set, pairs ...string) (*table.Set, table.OverlayReport) {
	t.Helper()
	s, report, err := table.Overlay(base, folder(pairs...), spring)
	if err != nil {
		t.Fatal(err)
	}
	return s, report
}

// last is the last result of a set, which is what an overlay appended.
func last(s *table.Set) *table.Result { return &s.Results[len(s.Results)-1] }

func TestOverlayAddsACeremony(t *testing.T) {
	base := overlayBase(t)
	before := overlayBase(t)
	s, report := overlay(t, base, "2027-oscars.tsv", filmHead+
		"academy-awards^99^2027-03-14^2026^Best Picture^^Ahoy^Ann Other;Sean Baker^nm9;nm0418761^tt9^won^^academy\n"+
		"academy-awards^99^2027-03-14^2026^Best Actor^ACTOR^Ahoy^Timothée Chalamet^^tt9^won^tie; role: The Cook; his twin^academy\n"+
		"academy-awards^99^2027-03-14^2026^Best Actor^^Ahoy^Adrien Brody^^tt9^won^tie^academy\n")
	f := report.Files[0]
	if f.Format != "film" || f.Rows != 3 || f.Added != 3 || f.Changed != 0 {
		t.Errorf("report %+v", f)
	}
	want := []string{"edition academy-awards/99", "work tt9", "person nm9"}
	if !reflect.DeepEqual(f.Created, want) {
		t.Errorf("created %v, want %v", f.Created, want)
	}
	e := s.Editions[len(s.Editions)-1]
	if e.Name != "99th Academy Awards" || e.Ordinal != 99 || e.Year != 2027 || e.Honoured != "2026" {
		t.Errorf("edition %+v", e)
	}
	chalamet := s.Results[len(s.Results)-2]
	if chalamet.People[0].ID != "nm0004850" || chalamet.DetailOf("role") != "The Cook; his twin" || chalamet.DetailOf("tie") != "yes" {
		t.Errorf("result %+v", chalamet)
	}
	if chalamet.AsThen != "Actor" || chalamet.Pos.String() != "2027-oscars.tsv:3" || !strings.HasPrefix(chalamet.ID, "academy-awards-99-") {
		t.Errorf("result %+v", chalamet)
	}
	if s.Categories[0].Last != 2027 {
		t.Errorf("category last held %d", s.Categories[0].Last)
	}
	if !reflect.DeepEqual(base, before) {
		t.Error("the base was changed")
	}
	again, report := overlay(t, s, "2027-oscars.tsv", filmHead+
		"academy-awards^99^2027-03-14^2026^Best Picture^^AHOY!^Ann Other;Sean Baker^nm9;nm0418761^tt9^won^^academy\n")
	if report.Files[0].Same != 1 || !reflect.DeepEqual(again.Results, s.Results) {
		t.Errorf("laid over again: %+v", report.Files[0])
	}
}

func TestOverlayCorrectsARow(t *testing.T) {
	base := overlayBase(t)
	s, report := overlay(t, base, "fix.tsv", filmHead+
		"academy-awards^97^^^Best Actor^^The Brutalist^^^^nominated^^editor\n"+
		"academy-awards^97^^^Best Actor^^A Complete Unknown^Timothee Chalamet^^^won^^editor\n")
	if report.Files[0].Changed != 2 || len(s.Results) != len(base.Results) {
		t.Fatalf("report %+v", report.Files[0])
	}
	if r := s.Results[0]; r.Outcome != table.Nominated || r.ID != base.Results[0].ID || r.People[0].Name != "Adrien Brody" || r.DetailOf("role") == "" {
		t.Errorf("corrected %+v", r)
	}
	if s.Results[1].Outcome != table.Won || s.Results[1].ID != base.Results[1].ID {
		t.Errorf("corrected %+v", s.Results[1])
	}
}

func TestOverlayLastFileWins(t *testing.T) {
	row := func(role string) string {
		return filmHead + "academy-awards^97^^^Best Actor^^The Brutalist^Adrien Brody^nm0004778^^won^role: " + role + "^x\n"
	}
	s, _ := overlay(t, overlayBase(t), "b.tsv", row("second"), "a.tsv", row("first"))
	if got := s.Results[0].DetailOf("role"); got != "second" {
		t.Errorf("role %q", got)
	}
}

func TestOverlayOtherResults(t *testing.T) {
	s, report := overlay(t, overlayBase(t), "2026.tsv", otherHead+
		"Nobel^2026^2026-10-06^2026^nobel prize in physics^Ada Bee^share=1/2^^nobelprize.org\n"+
		"Nobel Prize^2026^2026-10-06^2026^Physics^Cid Dee^share=1/2^^nobelprize.org\n"+
		"Booker Prize^2026^2026-11-10^2026^Fiction^David Szalay^Bone^Some; Body^booker\n"+
		"Booker Prize^2025^^2025^Fiction^David Szalay^Flesh^Six others^booker\n")
	f := report.Files[0]
	if f.Format != "other" || f.Added != 3 || f.Changed != 1 {
		t.Fatalf("report %+v", f)
	}
	if r := last(s); r.Works[0].ID != "w-bone-2026" || r.People[0].ID != "p-david-szalay" || r.Others != "Some; Body" {
		t.Errorf("booker %+v", r)
	}
	if r := s.Results[len(s.Results)-2]; r.People[0].ID != "p-cid-dee" || r.DetailOf("share") != "1/2" || r.Edition != "2026" {
		t.Errorf("nobel %+v", r)
	}
	s, _ = overlay(t, overlayBase(t), "none.tsv", otherHead+"Booker Prize^2026^2026^2026^Fiction^(not awarded)^the jury could not agree^^booker\n")
	if r := last(s); r.Outcome != table.None || r.Note != "the jury could not agree" || r.People != nil {
		t.Errorf("not awarded: %+v", r)
	}
}

func TestOverlayOscarsCSV(t *testing.T) {
	base := overlayBase(t)
	s, report := overlay(t, base, "oscars.csv", oscarsHead+
		// Known rows: one says what we have, one has another ID of nobody.
		"97^2024^Acting^ACTOR IN A LEADING ROLE^ACTOR IN A LEADING ROLE^The Brutalist^tt8999762^Adrien Brody^Adrien Brody^nm0004778^True^László Tóth\n"+
		"97^2024^Title^BEST PICTURE^BEST PICTURE^Anora^tt28607951^Sean Baker^Sean Baker^nm0418761^True\n"+
		// New rows: trailing cells cut, an unknown ID, two winners, two films of one nominee.
		"99^2026^Acting^ACTOR IN A LEADING ROLE^ACTOR^Ahoy|Bounty^tt9|tt10^Ann Other^Ann Other^?^True^The \\\"Cook\\\"|The Mate\n"+
		"99^2026^Acting^ACTOR IN A LEADING ROLE^ACTOR^Ahoy^tt9^Bob^Bob Some|Cy Body^nm8|co7^True\n"+
		"99^2026^Acting^ACTOR IN A LEADING ROLE^ACTOR^Ahoy^tt9^Adrien Brody^Adrien Brody^nm0004778\n")
	f := report.Files[0]
	if f.Format != "oscars" || f.Added != 3 || f.Changed != 1 || f.Same != 1 {
		t.Fatalf("report %+v", f)
	}
	first := s.Results[len(s.Results)-3]
	if len(first.Works) != 2 || first.People[0].ID != "p-ann-other" || first.DetailOf("role") != `The "Cook"; The Mate` ||
		first.DetailOf("tie") != "yes" || first.AsThen != "Actor" {
		t.Errorf("row %+v", first)
	}
	if last(s).Outcome != table.Nominated || last(s).DetailOf("tie") != "" {
		t.Errorf("nominee %+v", last(s))
	}
	if e := s.Editions[len(s.Editions)-1]; e.ID != "99" || e.Year != 2027 || e.Honoured != "2026" {
		t.Errorf("edition %+v", e)
	}
	cy := s.People[len(s.People)-1]
	if cy.ID != "co7" || cy.Kind != "group" {
		t.Errorf("company %+v", cy)
	}
}

func TestOverlayWritesNamesOfThenInSmallLetters(t *testing.T) {
	for category, want := range map[string]string{
		"ACTOR IN A LEADING ROLE":       "Actor in a Leading Role",
		"MUSIC (Original Song)":         "Music (Original Song)",
		"DIRECTING (COMEDY PICTURE)":    "Directing (Comedy Picture)",
		"WRITING (Screenplay--Adapted)": "Writing (Screenplay--Adapted)",
	} {
		base := overlayBase(t)
		base.Categories[0].Aliases = []string{category}
		s, _ := overlay(t, base, "oscars.csv", oscarsHead+"99^2026^Acting^X^"+category+"^Ahoy^tt9^N^Ann Other^nm9^True\n")
		if got := last(s).AsThen; got != want {
			t.Errorf("%q is %q, want %q", category, got, want)
		}
	}
}

func TestOverlayOscarsCSVOfOldLayout(t *testing.T) {
	s, report := overlay(t, overlayBase(t), "oscars.csv",
		"Ceremony^Year^Class^Canonical Category^Category^NomId^Film^FilmId^Name^Nominee(s)^NomineeIds^Winner^Detail^Placement^Note^Citation^MultifilmNomination\n"+
			"99^2026^Acting^ACTOR^ACTOR^an1a^Ahoy^tt9^Ann^Ann Other, Bob Some^nm9,nm8^True^Cook^^^^True\n"+
			"99^2026^Acting^ACTOR^ACTOR^an1b^Bounty^tt10^Ann^Ann Other, Bob Some^nm9,nm8^True^Mate^^^^True\n")
	if f := report.Files[0]; f.Added != 1 {
		t.Fatalf("report %+v", f)
	}
	if r := last(s); len(r.Works) != 2 || len(r.People) != 2 || r.People[1].ID != "nm8" {
		t.Errorf("row %+v", r)
	}
}

func TestOverlayOwnTables(t *testing.T) {
	s, report := overlay(t, overlayBase(t),
		"people-1.tsv", "id^name^died^source\nnm0004778^Adrien Brody^2027-01-01^editor\n",
		"z.tsv", "id^award^edition^category^works^people^outcome^source\n"+
			"^booker-prize^2025^Fiction^Flesh^David Szalay^won^booker\n"+
			"mine^academy-awards^97^Best Picture^The Brutalist^Ann Other^nominated^editor\n")
	p := s.People[0]
	if p.Died != "2027-01-01" || p.Born != "1973-04-14" {
		t.Errorf("person %+v", p)
	}
	if f := report.Files[1]; f.Format != "results" || f.Same != 1 || f.Added != 1 {
		t.Errorf("report %+v", f)
	}
	i := slices.IndexFunc(s.Results, func(r table.Result) bool { return r.ID == "mine" })
	if i < 0 || s.Results[i].Works[0].ID != "tt8999762" || s.Results[i].People[0].ID != "p-ann-other" {
		t.Errorf("results %+v", s.Results)
	}
}

func TestOverlaySharedPrizes(t *testing.T) {
	base := overlayBase(t)
	base.Categories[2].Shared = false
	rows := func(a, b string) string {
		return otherHead + "Nobel Prize^2026^2026-10-06^2026^Physics^Ada Bee^" + a + "^^x\n" +
			"Nobel Prize^2026^2026-10-06^2026^Physics^Cid Dee^" + b + "^^x\n"
	}
	s, _ := overlay(t, base, "a.tsv", rows("share=1/2", "share=1/2"))
	if last(s).DetailOf("shared") != "yes" {
		t.Errorf("row %+v", last(s))
	}
	if _, _, err := table.Overlay(base, folder("a.tsv", rows("", "")), spring); err == nil {
		t.Error("two winners of a prize that was never shared went through")
	}
	s, _ = overlay(t, overlayBase(t), "a.tsv", filmHead+"oscars^97^^^Best Picture^^Wicked^Marc Platt^^^won^ex aequo^x\n"+
		"oscars^97^^^Best Picture^^Anora^^^^won^shared; hurrah^x\n")
	if last(s).DetailOf("shared") != "yes" || s.Results[2].DetailOf("shared") != "yes" || s.Results[2].Note != "hurrah" {
		t.Errorf("rows %+v, %+v", last(s), s.Results[2])
	}
}

// A prize handed over in another year, men and women with editions of one number, honorary prizes of the autumn before.
func TestOverlayEditionsAndTheirYears(t *testing.T) {
	base := overlayBase(t)
	s, _ := overlay(t, base, "a.tsv", otherHead+
		"Nobel Prize^2025^2026-10-10^2025^Physics^Ada Bee^^^x\n"+
		"Booker Prize^2025^2026-06-01^2026^Fiction^Cid Dee^Bone^^x\n")
	if len(s.Editions) != len(base.Editions)+1 {
		t.Fatalf("editions %+v", s.Editions)
	}
	if r := s.Results[len(s.Results)-2]; r.Edition != "2025" {
		t.Errorf("nobel %+v", r)
	}
	if e := s.Editions[len(s.Editions)-1]; e.ID != "2026" || e.Year != 2026 || e.Date != "2026-06-01" {
		t.Errorf("edition %+v", e)
	}
	base.Editions[2].ID, base.Editions[2].Ordinal, base.Results[len(base.Results)-1].Edition = "9", 9, "9"
	s, _ = overlay(t, base, "a.tsv", otherHead+"Booker Prize^9th^2026-06-01^2026^Fiction^Cid Dee^Bone^^x\n")
	if e := s.Editions[len(s.Editions)-1]; e.ID != "9-2026" || last(s).Edition != e.ID {
		t.Errorf("second edition of one number: %+v", e)
	}
	s, _ = overlay(t, base, "a.tsv", filmHead+
		"oscars^97^2024-11-17^2024^Honorary Prize^^^Ann Other^^^special^^x\n"+
		"oscars^97^2025-03-03^2024^Best Picture^^Anora^^^^won^^x\n"+
		"oscars^97^2025-03-04^2024^Best Picture^^Wicked^^^^nominated^^x\n")
	if e := s.Editions[0]; e.Date != "2025-03-03" || e.Pos.Line != 3 {
		t.Errorf("edition %+v", e)
	}
}

func TestOverlayTrustsTheIDsOfOscarsCSV(t *testing.T) {
	row := func(name string) string {
		return oscarsHead + "97^2024^Title^BEST PICTURE^BEST PICTURE^Anorak^tt28607951^X^" + name + "^nm0418761^True\n"
	}
	s, _ := overlay(t, overlayBase(t), "oscars.csv", row("Shih-Ching"))
	if r := s.Results[2]; r.People[0].ID != "nm0418761" || r.Works[0].Name != "Anora" {
		t.Errorf("row %+v", r)
	}
	s, _ = overlay(t, overlayBase(t), "oscars.csv", row("Adrien Brody"))
	if r := s.Results[2]; r.People[0].ID != "nm0004778" {
		t.Errorf("the ID of one and the name of another: %+v", r)
	}
}
