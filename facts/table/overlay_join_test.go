package table_test

import (
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts/table"
)

// cups is the base with an award whose men and women have editions of one year, and prizes for plays.
func cups(t *testing.T) *table.Set {
	t.Helper()
	s := overlayBase(t)
	s.Awards = append(s.Awards, table.Award{ID: "cup", Name: "Cup (Summer)", Kind: "sport", Source: "x"})
	for _, c := range []string{"Men", "Women", "Play", "Song"} {
		about := "team"
		if c == "Play" {
			about = "work"
		}
		s.Categories = append(s.Categories, table.Category{Award: "cup", ID: c, About: about, Source: "x"})
	}
	edition := func(id string, ordinal, year int, category, winner, play string) {
		s.Editions = append(s.Editions, table.Edition{Award: "cup", ID: id, Ordinal: ordinal, Year: year, Source: "x"})
		r := table.Result{ID: "cup-" + id, Award: "cup", Edition: id, Category: category, Outcome: table.Won, Source: "x"}
		if play != "" {
			r.Works = []table.Ref{{ID: table.WorkID(play, ""), Name: play}}
			s.Works = append(s.Works, table.Work{ID: table.WorkID(play, ""), Title: play, Source: "x"})
		}
		if winner != "" {
			r.People = []table.Ref{{ID: table.PersonID(winner), Name: winner}}
			s.People = append(s.People, table.Person{ID: table.PersonID(winner), Name: winner, Source: "x"})
		}
		s.Results = append(s.Results, r)
	}
	edition("2020", 0, 2020, "Men", "Chile", "")
	edition("2020-women", 0, 2020, "Women", "Peru", "")
	edition("1977-january", 0, 1977, "Men", "Bea", "")
	edition("1977-december", 0, 1977, "Men", "Cee", "")
	edition("75", 75, 2024, "Play", "", "Equus")
	edition("76", 76, 2025, "Song", "Dee", "")
	if faults := table.Check(s, spring).Faults(); len(faults) > 0 {
		t.Fatal(faults)
	}
	return s
}

func TestOverlayFindsTheEditionMeant(t *testing.T) {
	for row, want := range map[string]string{
		"Summer Cup^2020 Women's^2020-05-05^2020^Women^Peru":          "2020-women",
		"cup^2020^2020-05-05^2020^Men^Chile":                          "2020",
		"cup^1977 Cup (January)^1977-01-09^1977^Men^Bea":              "1977-january",
		"cup^1977 Cup (December)^1977-12-31^1977^Men^Cee":             "1977-december",
		"cup^75th^2024-01-15^2023^Play^Equus^(put off to 2024-01-15)": "75",
	} {
		base := cups(t)
		row += strings.Repeat("^", 7-strings.Count(row, "^")) + "^x\n"
		s, report := overlay(t, base, "a.tsv", otherHead+row)
		f := report.Files[0]
		if len(s.Editions) != len(base.Editions) || len(f.Results) != 1 || f.Results[0] != "cup-"+want {
			t.Errorf("%s: %+v", row, f)
		}
	}
	// Both rows of an edition that is new go to one.
	s, _ := overlay(t, cups(t), "a.tsv", otherHead+"cup^1978 Cup (Spring)^1978^1978^Men^Bea^^^x\ncup^1978 Cup (Spring)^1978^1978^Women^Peru^^^x\n")
	if n := len(s.Results); s.Results[n-1].Edition != s.Results[n-2].Edition || len(s.Editions) != len(cups(t).Editions)+1 {
		t.Errorf("rows %+v", s.Results[n-2:])
	}
}

func TestOverlayReadsWinners(t *testing.T) {
	s, _ := overlay(t, cups(t), "a.tsv", otherHead+
		"cup^77^2026-05-05^2026^Song^Bea & Cee^^^x\n"+
		"cup^77^2026-05-05^2026^Men^Simon & Garfunkel^Finals MVP=Ann^^x\n"+
		"cup^77^2026-05-05^2026^Women^(cancelled)^^^x\n"+
		"cup^77^2026-05-05^2026^Play^Amadeus^tie^^x\n"+
		"cup^77^2026-05-05^2026^Play^Equus^tie^^x\n")
	rows := s.Results[len(s.Results)-5:]
	if p := rows[0].People; len(p) != 2 || p[1].ID != "p-cee" {
		t.Errorf("two known: %+v", p)
	}
	if p := rows[1].People; len(p) != 1 || rows[1].Detail[0] != kv("finals_mvp", "Ann") {
		t.Errorf("a band: %+v", rows[1])
	}
	if rows[2].Outcome != table.None || rows[2].Note != "cancelled" {
		t.Errorf("cancelled: %+v", rows[2])
	}
	if rows[3].Works[0].ID != "w-amadeus-2026" || rows[3].DetailOf("tie") != "yes" || rows[3].People != nil {
		t.Errorf("a tie of plays: %+v", rows[3])
	}
}

// A name alone joins within one race, then within the ceremony, then to the one whose own name it is.
func TestOverlayTellsNamesakesByTheRace(t *testing.T) {
	add := func(s *table.Set, id, name string, aliases ...string) {
		s.People = append(s.People, table.Person{ID: id, Name: name, Aliases: aliases, Source: "x"})
	}
	row := "oscars^97^^^Best Actor^^A Complete Unknown^Timothée Chalamet^^^nominated^^x\n"
	base := overlayBase(t)
	add(base, "nm9", "Timothée Chalamet")
	base.Results[2].People = append(base.Results[2].People, table.Ref{ID: "nm9", Name: "Timothée Chalamet"})
	s, _ := overlay(t, base, "a.tsv", filmHead+row)
	if s.Results[1].People[0].ID != "nm0004850" || len(s.Results) != len(base.Results) {
		t.Errorf("in the race: %+v", s.Results[1])
	}
	base = overlayBase(t)
	add(base, "nm8", "Mo")
	add(base, "nm9", "Maurice", "mo")
	s, _ = overlay(t, base, "a.tsv", filmHead+"oscars^97^^^Best Actor^^Wicked^Mo^^^nominated^^x\n")
	if got := last(s).People[0].ID; got != "nm8" {
		t.Errorf("by the own name: %s", got)
	}
}

func TestOverlayNamesNobodyTwice(t *testing.T) {
	s, _ := overlay(t, overlayBase(t), "a.tsv", filmHead+"oscars^97^^^Best Actor^^Wicked^Bob;Bob^^^nominated^^x\n")
	if len(last(s).People) != 1 {
		t.Errorf("people %+v", last(s).People)
	}
}

// One of two who share a row is that row, not a second winner.
func TestOverlayFindsTheSharedRow(t *testing.T) {
	base := overlayBase(t)
	base.Results[0].People = append(base.Results[0].People, table.Ref{ID: "nm0418761", Name: "Sean Baker"})
	s, report := overlay(t, base, "a.tsv", filmHead+"oscars^97^^^Best Actor^^The Brutalist^Adrien Brody^^^won^^x\n")
	if report.Files[0].Same != 1 || len(s.Results[0].People) != 2 {
		t.Errorf("report %+v", report.Files[0])
	}
}

func TestOverlayChristensEditionsAfterTheLatest(t *testing.T) {
	type model struct{ id, name string }
	for _, tc := range []struct {
		was     model
		ordinal int
		edition string
		want    model
	}{
		{model{"LX", "Super Bowl LX"}, 60, "LXI", model{"LXI", "Super Bowl LXI"}},
		{model{"2025-26", "UEFA Champions League 2025-26"}, 0, "2026-27", model{"2026-27", "UEFA Champions League 2026-27"}},
		{model{"2026", "2026 FIFA World Cup"}, 23, "24th", model{"2027", "2027 FIFA World Cup"}},
		{model{"2026-women", "2026 Women's World Cup"}, 9, "10th", model{"2027-women", "2027 Women's World Cup"}},
		{model{"68", "68th Grammy Awards"}, 68, "69th", model{"69", "69th Grammy Awards"}},
		{model{"2026", "Booker"}, 0, "2027 Booker", model{"2027", "Cup 2027"}},
	} {
		base := overlayBase(t)
		base.Awards = append(base.Awards, table.Award{ID: "cup", Name: "Cup", Kind: "sport", Source: "x"})
		base.Categories = append(base.Categories, table.Category{Award: "cup", ID: "Winner", Source: "x"})
		base.Editions = append(base.Editions, table.Edition{Award: "cup", ID: tc.was.id, Name: tc.was.name, Ordinal: tc.ordinal, Year: 2026, Source: "x"})
		s, _ := overlay(t, base, "a.tsv", otherHead+"Grand Slam: Cup^"+tc.edition+"^2027-01-01^2027^Winner^Ann Other^^^x\n")
		if e := s.Editions[len(s.Editions)-1]; e.ID != tc.want.id || e.Name != tc.want.name {
			t.Errorf("after %v, %q is %q, %q, want %v", tc.was, tc.edition, e.ID, e.Name, tc.want)
		}
	}
}

// A row that names the country corrects the one that names country and artist.
func TestOverlayKeepsTheArtist(t *testing.T) {
	base := overlayBase(t)
	r := &base.Results[len(base.Results)-2]
	r.People = append(r.People, table.Ref{ID: "nm0004778", Name: "Adrien Brody"})
	s, report := overlay(t, base, "a.tsv", otherHead+"Nobel^2025^^2025^Physics^John Clarke^place=2^Others^x\n")
	if got := s.Results[len(s.Results)-2]; report.Files[0].Changed != 1 || len(got.People) != 2 || got.Others != "Others" {
		t.Errorf("row %+v", got)
	}
}
