package table

import (
	"regexp"
	"strconv"
	"strings"
)

// newEdition adds an edition, after looking whether its number fits between those of its neighbours.
func (m *merger) newEdition(award *Award, in *incoming, year int) *Edition {
	if in.edition == "" {
		in.edition = strconv.Itoa(year)
	}
	n := ordinal(in.edition)
	for i := range m.set.Editions {
		e := &m.set.Editions[i]
		if !in.byNumber || n == 0 || e.Award != award.ID || e.Ordinal == 0 {
			continue
		}
		if e.Ordinal < n && e.Year > year || e.Ordinal > n && e.Year < year {
			m.faultOnce(in.pos, "edition", "correct the edition or the date",
				"edition %q of %s in %d does not fit: the %s was held in %d", in.edition, award.ID, year, ordinalName(e.Ordinal), e.Year)
			return nil
		}
	}
	e := Edition{Pos: in.pos, Award: award.ID, Ordinal: n, Date: in.date, Year: year, Source: in.source}
	e.ID, e.Name = m.christen(award, in, n, year)
	for m.look.edition(award.ID, e.ID) != nil { // the other 9th World Cup
		e.ID += "-" + strconv.Itoa(year)
	}
	if in.honoured != "" && in.honoured != strconv.Itoa(year) {
		e.Honoured = in.honoured
	}
	m.dated[editionKey{award.ID, e.ID}] = true
	m.look.editions[editionKey{award.ID, e.ID}] = len(m.set.Editions)
	m.set.Editions = append(m.set.Editions, e)
	m.created("edition", award.ID+"/"+e.ID)
	return &m.set.Editions[len(m.set.Editions)-1]
}

// season is the form of an edition that two years share: 2025-26.
var season = regexp.MustCompile(`^\d{4}-\d{2}$`)

// christen gives a new edition its ID and name, after the model of the award's latest.
func (m *merger) christen(award *Award, in *incoming, n, year int) (id, name string) {
	model := m.latest(award, in)
	switch {
	case model == nil:
		if n != 0 {
			return strconv.Itoa(n), ordinalName(n) + " " + award.Name
		}
		return in.edition, award.Name + " " + in.edition
	case model.Ordinal != 0 && n != 0 && model.ID == strconv.Itoa(model.Ordinal):
		id = strconv.Itoa(n)
	case season.MatchString(model.ID) || model.Ordinal != 0 && model.ID == roman(model.Ordinal):
		id = in.edition
	default:
		id = swap(model.ID, strconv.Itoa(model.Year), strconv.Itoa(year), in.edition)
	}
	name = award.Name + " " + id
	if model.Ordinal != 0 && n != 0 && strings.Contains(model.Name, ordinalName(model.Ordinal)) {
		return id, strings.Replace(model.Name, ordinalName(model.Ordinal), ordinalName(n), 1)
	}
	if len(model.ID) > 3 || roman(model.Ordinal) == model.ID {
		name = swap(model.Name, model.ID, id, name)
	}
	return id, swap(model.Name, strconv.Itoa(model.Year), strconv.Itoa(year), name)
}

// swap replaces old in text, and is otherwise where there is no old.
func swap(text, old, by, otherwise string) string {
	if !strings.Contains(text, old) {
		return otherwise
	}
	return strings.Replace(text, old, by, 1)
}

// latest is the latest edition of an award, of those with the category of the row where there are such: men and women can
// have tournaments of their own.
func (m *merger) latest(award *Award, in *incoming) *Edition {
	with := m.editionsWith(award.ID, in.category)
	var latest *Edition
	for i := range m.set.Editions {
		e := &m.set.Editions[i]
		if e.Award != award.ID || len(with) > 0 && !with[e.ID] {
			continue
		}
		if latest == nil || e.Year >= latest.Year {
			latest = e
		}
	}
	return latest
}

// editionsWith are the editions of an award that gave the category.
func (m *merger) editionsWith(award, category string) map[string]bool {
	with := map[string]bool{}
	for i := range m.set.Results {
		if r := &m.set.Results[i]; r.Award == award && sameName(category, r.Category, nil) {
			with[r.Edition] = true
		}
	}
	return with
}

// ordinal reads "97", "97th" and "XCVII"; 0 is no ordinal. A year is none.
func ordinal(s string) int {
	for _, suffix := range []string{"st", "nd", "rd", "th"} {
		if t, ok := strings.CutSuffix(s, suffix); ok {
			s = t
			break
		}
	}
	if n, err := strconv.Atoi(s); err == nil && n >= 1 && n <= 999 {
		return n
	}
	for n := 1; n <= 200 && strings.Trim(s, "IVXLC") == "" && s != ""; n++ {
		if roman(n) == s {
			return n
		}
	}
	return 0
}

// roman writes a number up to 399 in Roman numerals; "" is 0.
func roman(n int) string {
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

func ordinalName(n int) string {
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
