package facts

import (
	"slices"
	"strconv"
	"strings"
)

func itoa(n int) string { return strconv.Itoa(n) }

// maxOthers bounds the other readings of an answer.
const maxOthers = 4

// maxEditions bounds the editions that one answer lists; maxFull those that it lists with the losers.
const (
	maxEditions = 120
	maxFull     = 4
)

// races answers "who won": a category, or everything, of an edition.
func (p *plan) races(a *Answer) bool {
	choices := p.choices()
	if len(choices) == 0 || p.doubtful(choices) {
		return false
	}
	if len(p.awards) == 0 {
		choices = p.withWinner(choices)
	}
	main := choices[0]
	p.understood(a, main)
	if !p.answerChoice(a, main) {
		p.explain(a, main)
	}
	all := main.mode
	if len(p.cats) > 0 {
		all = p.awardMode
	}
	if len(a.Races) > maxFull {
		choices = choices[:1] // a list of years is long enough
	}
	for _, ch := range choices[1:] {
		p.alsoAt(a, ch, all)
	}
	p.asYear(a, main)
	if len(p.awards) == 0 {
		a.note(NoteAssumedAward, a.Award.Name)
	}
	if p.awardMode != "" && p.awardNote != "" && len(choices) > 1 {
		a.note(NotePhrase, p.awardNote)
	}
	return true
}

// asYear offers the year, where a number was read as counting editions: "oscars 94" are the 94th, or those of 1994.
func (p *plan) asYear(a *Answer, ch choice) {
	if p.when.bare == 0 || p.when.bare > 99 || len(p.when.years) > 0 || len(ch.cats) == 0 {
		return
	}
	year := 1900 + p.when.bare
	if year <= 1926 {
		year += 100
	}
	for _, e := range p.inYear(ch.award, year, false) {
		if !p.held(e) {
			continue
		}
		reading := Reading{Why: "year", Label: p.c.text.edName.At(e)}
		for _, cat := range p.pick(ch, e) {
			reading.Races, reading.Query = append(reading.Races, p.c.race(e, cat, false)), p.ask(cat, e)
		}
		if len(reading.Races) > 0 {
			a.Others = append(a.Others, reading)
		}
	}
}

// doubtful reports whether words that nothing explains make it likely that the question is about something else.
func (p *plan) doubtful(choices []choice) bool {
	if len(p.awards) > 0 && choices[0].whole {
		p.unknown = nil
	}
	p.unknown = append(p.unknown, choices[0].left...)
	if len(p.unknown) == 0 {
		return false
	}
	if ids := p.editionNamed(choices[0].award); ids >= 0 {
		p.editions, p.unknown = append(p.editions, ids), nil
		return false
	}
	for _, i := range p.unknown {
		if p.tokens[i].number >= 0 {
			return true // no year, and no edition
		}
	}
	named := len(p.awards) > 0 && p.awardMode == ""
	return !named || len(p.unknown) > 1 || len(p.cats) == 0
}

// editionNamed finds the edition whose own number is an unknown word ("super bowl lviii").
func (p *plan) editionNamed(a int) int {
	if len(p.unknown) != 1 {
		return -1
	}
	word := p.tokens[p.unknown[0]].text
	db := p.c.db
	for e := int(db.AwardEds.At(a)); e < int(db.AwardEds.At(a+1)); e++ {
		if id := p.c.text.edID.At(e); len(id) == len(word) && equalFold(id, word) {
			return e
		}
	}
	return -1
}

func equalFold(id, lower string) bool {
	for i := 0; i < len(id); i++ {
		c := id[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// withWinner moves the first award that has an answer to the front, where the question named none.
func (p *plan) withWinner(choices []choice) []choice {
	for i, ch := range choices {
		if len(p.winnersAt(ch, 1)) > 0 {
			return slices.Concat(choices[i:i+1], choices[:i], choices[i+1:])
		}
	}
	return choices
}

func (p *plan) understood(a *Answer, ch choice) {
	award := p.c.award(ch.award)
	a.Award = &award
	if len(ch.cats) > 0 {
		cat := p.c.category(ch.cats[0])
		a.Category = &cat
	}
	if len(p.when.years) == 1 {
		a.Year = p.when.years[0]
	}
}

// answerChoice fills the races of one reading; false where there are none.
func (p *plan) answerChoice(a *Answer, ch choice) bool {
	eds, given := p.editionsOf(ch.award)
	if !given {
		if p.when.next {
			return false
		}
		if eds = p.newest(ch); p.cues&cueAll != 0 && len(ch.cats) > 0 {
			eds = p.every(ch)
		}
	}
	if len(eds) > maxEditions {
		eds = eds[:maxEditions]
	}
	a.Kind = KindWinner
	if p.cues&(cueNominees|cueNominations) != 0 {
		a.Kind = KindNominees
	}
	p.racesOf(a, ch, eds)
	if len(a.Races) == 0 && len(p.editions) > 0 && len(ch.cats) > 0 {
		eds = p.inYear(ch.award, int(p.c.db.EdYear.At(p.editions[0])), false) // the women's of the same year
		p.racesOf(a, ch, eds)
	}
	p.settle(a, eds)
	return len(a.Races) > 0
}

// newest is the latest edition for a choice. An award that gives its prizes in different years (the men's and the women's
// world cup) has one for its main category, and a newer one for another.
func (p *plan) newest(ch choice) []int {
	e := p.latest(ch.award, ch.cats, p.when.back)
	if e < 0 {
		if all := p.every(ch); len(ch.cats) > 0 && len(all) > 0 { // one that has only nominees
			return all[:1]
		}
		return nil
	}
	if main := p.c.defaultCategory(ch.award); len(ch.cats) == 0 && main >= 0 && !p.c.won(e, main) {
		if m := p.latest(ch.award, []int{main}, p.when.back); m >= 0 {
			return []int{m, e}
		}
	}
	return []int{e}
}

// every is all editions of a choice that have been held, the newest first.
func (p *plan) every(ch choice) (eds []int) {
	db := p.c.db
	for e := int(db.AwardEds.At(ch.award+1)) - 1; e >= int(db.AwardEds.At(ch.award)); e-- {
		if p.held(e) && len(p.pick(ch, e)) > 0 {
			eds = append(eds, e)
		}
	}
	return eds
}

func (p *plan) racesOf(a *Answer, ch choice, eds []int) {
	for _, e := range eds {
		if p.held(e) {
			p.addRaces(a, ch, e, len(eds) <= maxFull)
		}
	}
}

// addRaces adds the races of one edition, with those who lost them or without.
func (p *plan) addRaces(a *Answer, ch choice, e int, losers bool) {
	if len(ch.cats) > 0 {
		for _, cat := range p.pick(ch, e) {
			a.Races = append(a.Races, p.c.race(e, cat, losers))
		}
		for _, also := range ch.more {
			p.addRaces(a, also, e, losers)
		}
		return
	}
	var cats []int
	for r := int(p.c.db.EdResults.At(e)); r < int(p.c.db.EdResults.At(e+1)); r++ {
		if cat := int(p.c.db.ResCat.At(r)); len(cats) == 0 || cat != cats[len(cats)-1] {
			cats = append(cats, cat)
		}
	}
	few := len(cats) <= 2 // a final, a season: with those who lost it
	if !few {
		a.Kind = KindCeremony
	}
	for _, cat := range cats {
		a.Races = append(a.Races, p.c.race(e, cat, few))
	}
}

// settle turns races without a winner into the answer that nobody won, and adds the edition and its notes.
func (p *plan) settle(a *Answer, eds []int) {
	if len(a.Races) == 0 {
		return
	}
	if len(eds) == 1 {
		e := p.c.edition(eds[0])
		a.Edition, a.Event = &e, &e
	}
	if len(eds) > 1 && len(p.when.years) == 1 {
		a.note(NoteTwoEditions, p.c.award(p.c.awardOf(eds[0])).Name, itoa(p.when.years[0]))
	}
	if a.Kind == KindCeremony {
		return
	}
	winners := 0
	for i := range a.Races {
		r := &a.Races[i]
		winners += len(r.Winners)
		switch {
		case len(r.Winners) > 1:
			a.note(NoteTie, itoa(len(r.Winners)))
		case len(r.Winners) == 0 && r.NotGiven != "":
			a.note(NoteNotGiven, r.Category.Name, r.Edition.Name, r.NotGiven)
		case len(r.Winners) == 0:
			a.note(NoteIncomplete, r.Edition.Award.Name, r.Category.Name, r.Edition.Name)
		}
	}
	if winners == 0 && a.Kind == KindWinner {
		a.Kind = KindNoResult
	}
	p.filmYear(a, eds)
}

// filmYear offers the answer for the films of the year, where the year was read as the year held, and the other way round.
func (p *plan) filmYear(a *Answer, eds []int) {
	if len(p.when.years) != 1 || len(eds) == 0 || len(a.Races) == 0 || len(p.cats) == 0 {
		return
	}
	award := p.c.awardOf(eds[0])
	y := p.when.years[0]
	why := "film_year"
	if p.when.film {
		why = "year_held"
	}
	db := p.c.db
	for e := int(db.AwardEds.At(award)); e < int(db.AwardEds.At(award+1)); e++ {
		match := has(db.EdHonoured.At(e), y)
		if p.when.film {
			match = int(db.EdYear.At(e)) == y
		}
		if !match || slices.Contains(eds, e) || !p.held(e) {
			continue
		}
		reading := Reading{Why: why, Label: p.c.text.edName.At(e)}
		for _, ch := range p.choices() {
			if ch.award != award {
				continue
			}
			for _, cat := range p.pick(ch, e) {
				reading.Races = append(reading.Races, p.c.race(e, cat, false))
				reading.Query = p.ask(cat, e)
			}
		}
		if len(reading.Races) > 0 {
			a.Others = append(a.Others, reading)
		}
	}
}

// ask is a question that has the winner of a category in an edition as its answer.
func (p *plan) ask(cat, e int) string {
	db := p.c.db
	award := int(db.CatAward.At(cat))
	name, _, _ := strings.Cut(p.c.text.catName.At(cat), " (")
	q := name + " " + p.c.text.awardShort.At(award)
	if n := int(db.EdOrdinal.At(e)); n > 0 && len(p.inYear(award, int(db.EdYear.At(e)), false)) > 1 {
		return q + " " + ordinal(n)
	}
	return q + " " + itoa(int(db.EdYear.At(e)))
}

func ordinal(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return itoa(n) + suffix
}

// alsoAt adds what a question means at another award: to the answer itself where the phrase means all of them, else as
// another reading.
func (p *plan) alsoAt(a *Answer, ch choice, mode string) {
	if mode == modeAll || mode == modeByYear {
		var other Answer
		if p.answerChoice(&other, ch) {
			a.Races = append(a.Races, other.Races...)
		}
		return
	}
	if len(a.Others) >= maxOthers {
		return
	}
	races := p.winnersAt(ch, 2)
	if len(races) == 0 {
		return
	}
	r := &races[0]
	a.Others = append(a.Others, Reading{Why: "award", Label: p.c.text.awardName.At(ch.award), Races: races,
		Query: r.Category.Name + " " + r.Edition.Award.Short + " " + itoa(r.Edition.Year)})
}

// winnersAt is the short answer of one reading: up to n races that have a winner or were expressly not given.
func (p *plan) winnersAt(ch choice, n int) []Race {
	eds, given := p.editionsOf(ch.award)
	if !given {
		if p.when.next {
			return nil
		}
		eds = p.newest(ch)
	}
	var out []Race
	for _, e := range eds {
		if !p.held(e) {
			continue
		}
		cats := p.pick(ch, e)
		if len(ch.cats) == 0 {
			if main := p.c.defaultCategory(ch.award); main >= 0 && p.c.won(e, main) {
				cats = []int{main}
			}
		}
		for _, cat := range cats {
			if len(out) < n {
				out = append(out, p.c.race(e, cat, false))
			}
		}
	}
	return out
}
