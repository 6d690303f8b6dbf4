package raw

import (
	"strconv"

	"github.com/whowon-bot/whowon/facts/table"
)

// gap is a year in which a prize was not given, with the reason. No table says these.
type gap struct {
	award    string
	edition  string // "" makes an edition of the year
	from, to int    // years
	category string // "" where only the edition is noted
	why      string
}

var gaps = []gap{
	{"academy-awards", "", 1933, 1933, "Best Picture", "no ceremony was held in 1933; the 6th of March 1934 honours 1932/33"},
	{"cannes", "2", 1947, 1947, "Palme d'Or", "no single grand prize in 1947: five prizes by genre were given"},
	{"cannes", "", 1948, 1948, "Palme d'Or", "no festival in 1948, for lack of money"},
	{"cannes", "", 1950, 1950, "Palme d'Or", "no festival in 1950, for lack of money"},
	{"cannes", "21", 1968, 1968, "Palme d'Or", "the festival was stopped in May 1968 before any prize was given"},
	{"cannes", "73", 2020, 2020, "Palme d'Or", "the festival was not held because of the pandemic"},
	{"venice", "", 1943, 1945, "", "no festival during the war"},
	{"venice", "14", 1953, 1953, "Golden Lion", "the jury gave no Golden Lion in 1953"},
	{"venice", "17", 1956, 1956, "Golden Lion", "the jury gave no Golden Lion in 1956"},
	{"venice", "", 1969, 1979, "Golden Lion", "no competition was held from 1969 to 1979"},
	{"berlin", "20", 1970, 1970, "Golden Bear", "the jury resigned and the competition was broken off"},
	{"fifa-world-cup", "", 1942, 1942, "Men", "not held because of the war"},
	{"fifa-world-cup", "", 1946, 1946, "Men", "not held because of the war"},
	{"summer-olympics", "", 1916, 1916, "", "not held because of the war"},
	{"summer-olympics", "", 1940, 1940, "", "not held because of the war"},
	{"summer-olympics", "", 1944, 1944, "", "not held because of the war"},
	{"winter-olympics", "", 1940, 1940, "", "not held because of the war"},
	{"winter-olympics", "", 1944, 1944, "", "not held because of the war"},
	{"wimbledon", "", 1915, 1918, "", "not held because of the war"},
	{"wimbledon", "", 1940, 1945, "", "not held because of the war"},
	{"wimbledon", "", 2020, 2020, "", "not held because of the pandemic"},
	{"australian-open", "", 1986, 1986, "", "not held in 1986, when it moved from December to January"},
	{"tour-de-france", "", 1915, 1918, "", "not held because of the war"},
	{"tour-de-france", "", 1940, 1946, "", "not held because of the war"},
	{"nobel-prize", "", 1940, 1942, "Peace", "not awarded because of the war"},
	{"nobel-prize", "", 1940, 1942, "Literature", "not awarded because of the war"},
	{"nobel-prize", "", 1940, 1942, "Physics", "not awarded because of the war"},
	{"nobel-prize", "", 1940, 1942, "Chemistry", "not awarded because of the war"},
	{"nobel-prize", "", 1940, 1942, "Medicine", "not awarded because of the war"},
}

// gaps adds rows for prizes that were not given and editions that were not held.
func (b *builder) gaps() {
	held := map[categoryID]map[int]bool{}
	exists := map[string]map[int]bool{}
	for _, e := range b.entries {
		key := categoryID{e.spec.id, e.category}
		if held[key] == nil {
			held[key] = map[int]bool{}
		}
		if exists[e.spec.id] == nil {
			exists[e.spec.id] = map[int]bool{}
		}
		held[key][b.heldIn(e)], exists[e.spec.id][b.heldIn(e)] = true, true
	}
	for _, g := range append(gaps, nobelGaps()...) {
		for year := g.from; year <= g.to; year++ {
			won := g.edition == "" && held[categoryID{g.award, g.category}][year]
			if won || g.category == "" && exists[g.award][year] {
				b.report.note("%s %d: the tables have %q; not taken for a gap", g.award, year, g.category)
				continue
			}
			b.gap(g, year)
		}
	}
}

func (b *builder) gap(g gap, year int) {
	s := specOf(g.award)
	id := g.edition
	if id == "" {
		id = strconv.Itoa(year)
	}
	ed := b.edition(s, id)
	if ed.year == 0 {
		ed.year, ed.date, ed.source = year, strconv.Itoa(year), "editor"
		if g.edition != "" {
			ed.ordinal, _ = strconv.Atoi(g.edition)
		}
		if g.award != "nobel-prize" {
			ed.note = g.why
		}
	}
	if g.category == "" {
		ed.note = g.why
		return
	}
	b.entries = append(b.entries, &entry{at: "gaps", spec: s, edition: id, category: g.category, outcome: table.None,
		filmYear: strconv.Itoa(year), note: g.why, source: "editor"})
}

// nobelGaps are the years in which a Nobel Prize was not awarded, besides those of 1940–42.
func nobelGaps() []gap {
	years := map[string][]int{
		"Physics":    {1916, 1931, 1934},
		"Chemistry":  {1916, 1917, 1919, 1924, 1933},
		"Medicine":   {1915, 1916, 1917, 1918, 1921, 1925},
		"Literature": {1914, 1918, 1935, 1943},
		"Peace":      {1914, 1915, 1916, 1918, 1923, 1924, 1928, 1932, 1939, 1943, 1948, 1955, 1956, 1966, 1967, 1972},
	}
	var out []gap
	for _, category := range sorted(years) {
		for _, y := range years[category] {
			out = append(out, gap{"nobel-prize", "", y, y, category, "none was given that year"})
		}
	}
	return out
}
