package facts

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

func (c *Corpus) award(i int) Award {
	t := &c.text
	return Award{ID: t.awardID.At(i), Name: t.awardName.At(i), Short: t.awardShort.At(i), Kind: t.awardKind.At(i)}
}

func (c *Corpus) category(i int) Category {
	return Category{ID: c.text.catID.At(i), Name: c.text.catName.At(i)}
}

func (c *Corpus) edition(i int) Edition {
	return Edition{
		Award: c.award(c.awardOf(i)), ID: c.text.edID.At(i), Name: c.text.edName.At(i), Ordinal: int(c.db.EdOrdinal.At(i)),
		Date: c.text.edDate.At(i), Year: int(c.db.EdYear.At(i)), Honoured: c.text.edHonoured.At(i),
		Venue: c.text.edVenue.At(i), Hosts: list(c.text.edHosts.At(i)), Note: c.text.edNote.At(i),
	}
}

// awardOf is the award of an edition.
func (c *Corpus) awardOf(edition int) int { return int(c.db.EdAward.At(edition)) }

func (c *Corpus) personEntity(i int) Entity {
	return Entity{ID: c.text.perID.At(i), Name: c.text.perName.At(i)}
}

func (c *Corpus) workEntity(i int) Entity {
	return Entity{ID: c.text.workID.At(i), Name: c.text.workTitle.At(i)}
}

func (c *Corpus) person(i int) *Person {
	t := &c.text
	return &Person{
		ID: t.perID.At(i), Name: t.perName.At(i), Kind: t.perKind.At(i), Born: t.perBorn.At(i), Died: t.perDied.At(i),
		Country: t.perCountry.At(i), KnownFor: list(t.perKnown.At(i)), Apart: t.perApart.At(i),
	}
}

func (c *Corpus) work(i int) *Work {
	t := &c.text
	w := &Work{
		ID: t.workID.At(i), Title: t.workTitle.At(i), Year: t.workYear.At(i),
		Directors: c.directors(i), Apart: t.workApart.At(i),
	}
	for _, ref := range list(t.workCast.At(i)) {
		name, id, ok := strings.Cut(ref, "=")
		if ok && strings.HasPrefix(name, "nm") {
			name = id
		}
		w.Cast = append(w.Cast, name)
	}
	w.Premiere, w.PremiereAt = c.premiere(i)
	c.told(w, c.db.WorkClaims.At(i))
	return w
}

// told adds what claims say of a work: its cast, its world premiere.
func (c *Corpus) told(w *Work, claims index.U32) {
	var cast []string
	for i := range claims.Len() {
		n := int(claims.At(i))
		switch c.text.claimPredicate.At(n) {
		case "cast":
			cast = append(cast, c.text.claimObject.At(n))
		case "world premiere":
			w.Premiere, w.PremiereAt = c.text.claimDate.At(n), c.text.claimObject.At(n)
		}
	}
	for _, name := range w.Cast {
		if !slices.Contains(cast, name) {
			cast = append(cast, name)
		}
	}
	w.Cast = cast
}

// premiere is the first dated showing of a work.
func (c *Corpus) premiere(w int) (date, at string) {
	rows := c.db.WorkHappenings.At(w)
	for i := range rows.Len() {
		h := int(rows.At(i))
		kind := c.text.hapKind.At(h)
		if kind != "premiere" && kind != "release" {
			continue
		}
		d := date8(c.db.HapYear.At(h), c.db.HapDay.At(h))
		if date != "" && d >= date {
			continue
		}
		date, at = d, ""
		for _, kv := range details(c.text.hapFields.At(h)) {
			switch kv.Key {
			case "festival", "venue", "place", "event", "territory":
				at = kv.Value
			}
		}
	}
	return date, at
}

// date8 writes a year and month*100+day as YYYY-MM-DD.
func date8(year, monthDay uint32) string {
	b := []byte("0000-00-00")
	for i, v := 3, year; i >= 0; i, v = i-1, v/10 {
		b[i] = byte('0' + v%10)
	}
	m, d := monthDay/100, monthDay%100
	b[5], b[6], b[8], b[9] = byte('0'+m/10), byte('0'+m%10), byte('0'+d/10), byte('0'+d%10)
	return string(b)
}

// directors lists who directed a work, from the rows that show it: prizes for directing, top prizes of festivals that name
// the director, and claims.
func (c *Corpus) directors(w int) []string {
	var out []string
	add := func(name string) {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	claims := c.db.WorkClaims.At(w)
	for i := range claims.Len() {
		if n := int(claims.At(i)); c.text.claimPredicate.At(n) == "directed by" {
			add(c.text.claimObject.At(n))
		}
	}
	if len(out) > 0 {
		return out
	}
	rows := c.db.WorkResults.At(w)
	for i := range rows.Len() {
		r := int(rows.At(i))
		if !c.namesDirector(int(c.db.ResCat.At(r))) || c.db.ResWorks.At(r).Len() != 1 {
			continue
		}
		people := c.db.ResPeople.At(r)
		for p := range people.Len() {
			add(c.text.perName.At(int(people.At(p))))
		}
		if len(out) > 0 {
			return out
		}
	}
	return out
}

// namesDirector reports whether the people of a category's rows are the directors of its works.
func (c *Corpus) namesDirector(cat int) bool {
	name := strings.ToLower(c.text.catName.At(cat))
	if strings.Contains(name, "assistant") || strings.Contains(name, "dance") || strings.Contains(name, "art direct") {
		return false
	}
	if strings.Contains(name, "director") || strings.Contains(name, "directing") || strings.Contains(name, "direction") {
		return c.db.CatAbout.At(cat) == index.AboutPerson
	}
	return name == "palme d'or" || name == "golden lion" || name == "golden bear"
}

func (c *Corpus) row(r int) Row {
	t := &c.text
	row := Row{
		ID: t.resID.At(r), Outcome: outcomeOf(c.db.ResOutcome.At(r)), Detail: details(t.resDetail.At(r)),
		Note: t.resNote.At(r), Others: t.resOthers.At(r), Source: t.resSource.At(r),
		Unconfirmed: t.resUnsure.At(r) != "",
	}
	works, people := c.db.ResWorks.At(r), c.db.ResPeople.At(r)
	w, n := works.Len(), people.Len()
	if w+n == 0 {
		return row
	}
	all := make([]Entity, w+n)
	for i := range w {
		all[i] = c.workEntity(int(works.At(i)))
	}
	for i := range n {
		all[w+i] = c.personEntity(int(people.At(i)))
	}
	if w > 0 {
		row.Works = all[:w:w]
	}
	if n > 0 {
		row.People = all[w:]
	}
	return row
}

func outcomeOf(n uint32) table.Outcome {
	return [...]table.Outcome{
		index.Won: table.Won, index.Special: table.Special, index.None: table.None, index.Nominated: table.Nominated,
	}[n&3]
}

func aboutOf(n uint32) string {
	return [...]string{
		index.AboutWork: "work", index.AboutPerson: "person", index.AboutTeam: "team", index.AboutOther: "other",
	}[n&3]
}

// span is the range of results of a category in an edition.
func (c *Corpus) span(edition, cat int) (from, to int) {
	from, to = int(c.db.EdResults.At(edition)), int(c.db.EdResults.At(edition+1))
	for from < to && int(c.db.ResCat.At(from)) < cat {
		from++
	}
	end := from
	for end < to && int(c.db.ResCat.At(end)) == cat {
		end++
	}
	return from, end
}

// won reports whether a category has a winner in an edition.
func (c *Corpus) won(edition, cat int) bool {
	from, to := c.span(edition, cat)
	return from < to && c.db.ResOutcome.At(from) <= index.Special
}

// race is one category of one edition, with the losers too when they are wanted.
func (c *Corpus) race(edition, cat int, losers bool) Race {
	race := c.emptyRace(edition, cat)
	from, to := c.span(edition, cat)
	if losers && to-from > 1 {
		race.Others = make([]Row, 0, to-from-1)
	}
	for r := from; r < to; r++ {
		switch c.db.ResOutcome.At(r) {
		case index.Won, index.Special:
			race.Winners = append(race.Winners, c.row(r))
		case index.None:
			race.NotGiven = c.reason(r)
		default:
			if losers {
				race.Others = append(race.Others, c.row(r))
			}
		}
		if then := c.text.resAsThen.At(r); then != "" && race.AsThen == "" {
			race.AsThen = then
		}
	}
	if len(race.Others) == 0 {
		race.Others = nil
	}
	return race
}

func (c *Corpus) emptyRace(edition, cat int) Race {
	return Race{Edition: c.edition(edition), Category: c.category(cat), About: aboutOf(c.db.CatAbout.At(cat))}
}

// reason says why a prize was not given, as far as the row knows.
func (c *Corpus) reason(r int) string {
	if note := c.text.resNote.At(r); note != "" {
		return note
	}
	for _, kv := range details(c.text.resDetail.At(r)) {
		if kv.Key == "reason" {
			return kv.Value
		}
	}
	return "not awarded"
}
