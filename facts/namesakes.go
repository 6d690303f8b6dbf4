package facts

import (
	"strings"
)

// others offers the namesakes of a subject.
func (p *plan) others(a *Answer, sub subject, candidates []subject) {
	for _, other := range candidates {
		if other.person == sub.person && other.work == sub.work || other.rows.Len() == 0 || len(a.Others) >= maxOthers {
			continue
		}
		e := other.entity(p.c)
		why, query := "person", e.Name
		if other.person >= 0 && e.Name == sub.entity(p.c).Name {
			query, e.Name = p.c.toldApart(other.person)
		}
		if other.work >= 0 {
			why = "work"
			if y := p.c.text.workYear.At(other.work); y != "" {
				query += " " + y
				e.Name += " (" + y + ")"
			}
		}
		a.Others = append(a.Others, Reading{Query: query, Why: why, Label: e.Name})
	}
}

// toldApart is how to ask for a person who shares a name, and how to tell the two apart: by the year of birth, where it is
// known.
func (c *Corpus) toldApart(person int) (query, label string) {
	query, label = c.text.perName.At(person), c.text.perName.At(person)
	if apart := c.text.perApart.At(person); apart != "" {
		label += " (" + apart + ")"
	}
	if born := c.text.perBorn.At(person); len(born) >= 4 {
		query += " " + born[:4]
	}
	return query, label
}

// ofTheYear reads a name with a year, and nothing else, as what bears the name and is of that year: the one who was born in
// it ("steve mcqueen 1930"), the film that came out in it ("dune 1984").
func (p *plan) ofTheYear(candidates []subject) (subject, bool) {
	if len(p.when.years) != 1 || len(p.awards)+len(p.cats)+len(p.editions) > 0 || len(p.entities) > 1 {
		return subject{}, false
	}
	for _, sub := range candidates {
		dated, n := p.c.text.workYear, sub.work
		if sub.person >= 0 {
			dated, n = p.c.text.perBorn, sub.person
		}
		if strings.HasPrefix(dated.At(n), itoa(p.when.years[0])) {
			return sub, true
		}
	}
	return subject{}, false
}
