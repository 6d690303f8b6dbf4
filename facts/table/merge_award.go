package table

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// award finds the award of a row by ID or name; it never makes one.
func (m *merger) award(in *incoming) *Award {
	if a := m.findAward(in.award); a != nil {
		return a
	}
	m.faultOnce(in.pos, "award", "write the ID of an award, or add one in a table awards-….tsv",
		"there is no award %q", in.award)
	return nil
}

// findAward knows an award by its ID, its names, its words in any order ("Olympic Games (Summer)"), and by what stands
// behind a colon ("Tennis Grand Slam: Wimbledon").
func (m *merger) findAward(name string) *Award {
	_, behind, _ := strings.Cut(name, ": ")
	for _, try := range []string{name, behind} {
		for _, id := range []string{try, fold.Slug(try)} {
			if a := m.look.award(id); a != nil {
				return a
			}
		}
		var found []*Award
		for i := range m.set.Awards {
			a := &m.set.Awards[i]
			if sameName(try, a.Name, append([]string{a.Short}, a.Aliases...)) || foldedWords(try) == foldedWords(a.Name) {
				found = append(found, a)
			}
		}
		if len(found) == 1 && try != "" {
			return found[0]
		}
	}
	return nil
}

// foldedWords are the words of a name in the order of the alphabet.
func foldedWords(name string) string {
	words := fold.Words(name)
	slices.Sort(words)
	return strings.Join(words, " ")
}

// edition finds the edition of a row, and makes it where the award has none like it.
func (m *merger) edition(award *Award, in *incoming) *Edition {
	year, ok := m.held(in)
	if !ok {
		return nil
	}
	if in.edition == "" && year == 0 {
		m.fault(in.pos, "edition", "name the edition (97)", "the edition is empty, and no date says which it is")
		return nil
	}
	text := strings.Join([]string{award.ID, in.edition, digits4(year)}, "\t")
	if id, ok := m.christened[text]; ok { // so that all rows of a new edition find it
		return m.known(m.look.edition(award.ID, id), in, year)
	}
	if e := m.findEdition(award, in, year); e != nil {
		return m.known(e, in, year)
	}
	if year == 0 {
		m.faultOnce(in.pos, "edition", "give its date, or correct the edition",
			"%s has no edition %q, and the row gives no date for a new one", award.ID, in.edition)
		return nil
	}
	e := m.newEdition(award, in, year)
	if e != nil {
		m.christened[text] = e.ID
	}
	return e
}

// held is the date and year of a row's edition; year is 0 where the row gives neither. A prize can be handed over in
// another year than its own (Nobel Literature 2018, in 2019): a year that is given goes before the date's.
func (m *merger) held(in *incoming) (year int, ok bool) {
	if in.date == "" {
		return in.year, true
	}
	when, err := parseDate(in.date)
	if err != nil {
		m.fault(in.pos, "date", "write YYYY-MM-DD, or YYYY where the day is not known", "%v", err)
		return 0, false
	}
	if in.year != 0 && in.year != when.year {
		in.date = ""
		return in.year, true
	}
	return when.year, true
}

// findEdition finds by ID, by ordinal ("97th"), or, where the edition bears no number, by its year.
func (m *merger) findEdition(award *Award, in *incoming, year int) *Edition {
	// Men and women can each have a 9th World Cup: then the year decides.
	if e := m.look.edition(award.ID, in.edition); e != nil && (in.byNumber || year == 0 || e.Year == year) {
		return e
	}
	n := ordinal(in.edition)
	var byNumber, byYear []*Edition
	for i := range m.set.Editions {
		e := &m.set.Editions[i]
		if e.Award != award.ID {
			continue
		}
		putOff := in.date == "" && e.Year == year+1 // a ceremony of the year after its own
		if n != 0 && e.Ordinal == n && (year == 0 || e.Year == year || putOff) {
			byNumber = append(byNumber, e)
		}
		if year != 0 && e.Year == year && (n == 0 || e.Ordinal == 0) {
			byYear = append(byYear, e)
		}
	}
	if e := m.oneOf(byNumber, in); e != nil {
		return e
	}
	return m.oneOf(byYear, in)
}

// oneOf is the edition of several in a year that a row means: the one whose ID is in its words ("1977 Australian Open
// (January)" and 1977-january), or else the only one with its category (men and women).
func (m *merger) oneOf(editions []*Edition, in *incoming) *Edition {
	if len(editions) < 2 {
		return append(editions, nil)[0]
	}
	words := fold.Words(in.edition)
	named := slices.DeleteFunc(slices.Clone(editions), func(e *Edition) bool {
		return slices.ContainsFunc(fold.Words(e.ID), func(w string) bool { return !slices.Contains(words, w) })
	})
	if len(named) == 1 && len(fold.Words(named[0].ID)) > 1 {
		return named[0]
	}
	with := m.editionsWith(editions[0].Award, in.category)
	having := slices.DeleteFunc(slices.Clone(editions), func(e *Edition) bool { return !with[e.ID] })
	if len(having) == 1 {
		return having[0]
	}
	return nil
}

// known takes the date of a row over to its edition, unless the two contradict each other.
func (m *merger) known(e *Edition, in *incoming, year int) *Edition {
	if year != 0 && e.Year != 0 && year != e.Year {
		if in.date == "" || in.outcome == Special {
			return e // a year reckoned from the film year, or a prize handed over at an occasion of its own
		}
		m.faultOnce(in.pos, "date", "correct the edition or the date, or correct the edition in a table editions-….tsv",
			"%s %s was held in %d, and the row says %s", e.Award, e.ID, e.Year, in.date)
		return nil
	}
	if in.honoured != "" && e.Honoured != "" && in.honoured != e.Honoured {
		a1, a2, ok1 := parseYears(in.honoured)
		b1, b2, ok2 := parseYears(e.Honoured)
		if ok1 && ok2 && (a2 < b1 || b2 < a1) {
			m.faultOnce(in.pos, "film_year", "correct the edition or the film year",
				"%s %s honours %s, and the row says %s", e.Award, e.ID, e.Honoured, in.honoured)
			return nil
		}
	}
	m.redate(e, in)
	return e
}

// redate corrects the date of an edition by the first row of a file that tells it, and refines it by any.
func (m *merger) redate(e *Edition, in *incoming) {
	key := editionKey{e.Award, e.ID}
	finer := len(in.date) > len(e.Date)
	first := in.byNumber && in.outcome != Special && !m.dated[key] && len(in.date) == len(e.Date)
	if in.date == "" || !finer && !first {
		return
	}
	m.dated[key] = true
	if in.date != e.Date {
		e.Date, e.Pos = in.date, in.pos
	}
}

// category finds the category of a row by what it was called then, its ID, name and aliases, and makes it where the format
// allows that and no category is nearly called so.
func (m *merger) category(award *Award, e *Edition, in *incoming) *Category {
	if k := m.look.category(award.ID, in.category); k != nil {
		return k
	}
	found, several := m.names.category(award.ID, e, in.asThen, in.category)
	if found != nil {
		return found
	}
	if len(several) > 1 {
		m.faultOnce(in.pos, "category", "write the ID of one of them",
			"%q of %s can be %s", in.category, award.ID, strings.Join(several, " or "))
		return nil
	}
	if only := m.onlyCategory(award); only != nil {
		return only // a table with one prize calls it as it likes ("NFL season 2026")
	}
	const declare = "correct it, or add the category in a table categories-….tsv"
	if in.category == "" {
		m.fault(in.pos, "category", declare, "the category is empty")
		return nil
	}
	if near := m.nearCategory(award, in.category); near != "" {
		m.faultOnce(in.pos, "category", declare, "%s has no category %q; did you mean %q?", award.ID, in.category, near)
		return nil
	}
	if in.trusted {
		m.faultOnce(in.pos, "category", declare, "%s has no category %q (%q)", award.ID, in.category, in.asThen)
		return nil
	}
	return m.newCategory(award, e, in)
}

func (m *merger) newCategory(award *Award, e *Edition, in *incoming) *Category {
	k := Category{
		Pos: in.pos, Award: award.ID, ID: in.category, Name: in.category, Importance: 4, About: "person",
		First: e.Year, Last: e.Year, Source: in.source,
	}
	if len(in.works) > 0 {
		k.About = "work"
	}
	m.look.categories[categoryKey{award.ID, k.ID}] = len(m.set.Categories)
	m.set.Categories = append(m.set.Categories, k)
	m.created("category", award.ID+"/"+k.ID)
	return &m.set.Categories[len(m.set.Categories)-1]
}

func (m *merger) onlyCategory(award *Award) *Category {
	var only *Category
	for i := range m.set.Categories {
		if m.set.Categories[i].Award == award.ID {
			if only != nil {
				return nil
			}
			only = &m.set.Categories[i]
		}
	}
	return only
}
