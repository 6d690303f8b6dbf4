package facts

// explain says why a clear question has no winner: no edition that year, before the first, after the last, category not
// given.
func (p *plan) explain(a *Answer, ch choice) {
	a.Kind, a.Races = KindNoResult, nil
	db := p.c.db
	from, to := int(db.AwardEds.At(ch.award)), int(db.AwardEds.At(ch.award+1))
	name := p.c.text.awardName.At(ch.award)
	eds, given := p.editionsOf(ch.award)
	first, last := p.bounds(from, to)
	year := 0
	if len(p.when.years) > 0 {
		year = p.when.years[0]
	}
	switch {
	case !given && p.when.next:
		a.note(NoteNotYet, name, "")
	case len(eds) > 0 && !p.held(eds[0]):
		a.note(NoteNotYet, name, itoa(int(db.EdYear.At(eds[0]))))
	case len(eds) > 0 && len(ch.cats) > 0 && p.c.hasResults(eds[0]):
		cat, year := ch.cats[0], int(db.EdYear.At(eds[0]))
		if eds[0] == last && int(db.CatLast.At(cat)) == year-1 { // given every year, and this year's is still to come
			a.note(NoteAfterLast, p.c.text.catName.At(cat), itoa(year), itoa(year-1))
			break
		}
		a.note(NoteNoCategory, name, p.c.text.catName.At(cat), p.c.text.edName.At(eds[0]),
			itoa(int(db.CatFirst.At(cat))), itoa(int(db.CatLast.At(cat))))
	case len(eds) > 0:
		e := p.c.edition(eds[0])
		a.Edition, a.Event = &e, &e
		a.note(NoteNoEdition, name, itoa(e.Year), e.Note)
	case first < 0 || !given:
		a.note(NoteNoEdition, name, "", "")
	case year == 0: // an ordinal past the last edition
		a.note(NoteAfterLast, name, ordinal(max(p.when.ordinal, p.when.bare)), p.c.text.edDate.At(last))
	case year < int(db.EdYear.At(first)):
		a.note(NoteBeforeFirst, name, itoa(year), p.c.text.edName.At(first), p.c.text.edDate.At(first))
	case year > p.now.Year():
		a.note(NoteNotYet, name, itoa(year))
	case year > int(db.EdYear.At(last)):
		a.note(NoteAfterLast, name, itoa(year), p.c.text.edDate.At(last))
	default:
		a.note(NoteNoEdition, name, itoa(year), "")
	}
	p.nearby(a, ch, year)
}

// bounds are the first and the last edition that has results and was held.
func (p *plan) bounds(from, to int) (first, last int) {
	first, last = -1, -1
	for e := from; e < to; e++ {
		if !p.c.hasResults(e) || !p.held(e) {
			continue
		}
		if first < 0 {
			first = e
		}
		last = e
	}
	return first, last
}

// nearby offers the editions around a year that has none, and those for the films of it.
func (p *plan) nearby(a *Answer, ch choice, year int) {
	db := p.c.db
	if year == 0 {
		year = p.now.Year()
	}
	before, after := -1, -1
	for e := int(db.AwardEds.At(ch.award)); e < int(db.AwardEds.At(ch.award+1)); e++ {
		if !p.held(e) || len(ch.cats) > 0 && len(p.pick(ch, e)) == 0 || !p.c.hasResults(e) {
			continue
		}
		switch y := int(db.EdYear.At(e)); {
		case y <= year:
			before = e
		case after < 0:
			after = e
		}
		if len(p.when.years) > 0 && has(db.EdHonoured.At(e), year) && len(ch.cats) > 0 {
			reading := Reading{Why: "film_year", Label: p.c.text.edName.At(e)}
			for _, cat := range p.pick(ch, e) {
				reading.Races, reading.Query = append(reading.Races, p.c.race(e, cat, false)), p.ask(cat, e)
			}
			a.Others = append(a.Others, reading)
		}
	}
	for _, e := range []int{before, after} {
		if e < 0 {
			continue
		}
		q := p.c.text.awardShort.At(ch.award) + " " + itoa(int(db.EdYear.At(e)))
		if len(ch.cats) > 0 {
			q = p.ask(p.pick(ch, e)[0], e)
		}
		a.Suggestions = append(a.Suggestions, q)
	}
}
