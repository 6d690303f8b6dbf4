package facts

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
)

// Slug is a category in an address, unique within its award: "best-picture". It is made of the ID, and stays as that does.
func (c Category) Slug() string { return fold.Slug(c.ID) }

// Awards are all awards, in the order of their table.
func (c *Corpus) Awards() []Award {
	awards := make([]Award, c.db.Awards.N)
	for i := range awards {
		awards[i] = c.award(i)
	}
	return awards
}

// AwardPage is an award with all that it was given for, and when.
type AwardPage struct {
	Award      Award
	Categories []CategoryYears // the best known first
	Editions   []Edition       // the oldest first; also those that are still to come
}

// CategoryYears is a category with the years of the first and the last edition that our rows have of it, 0 where there is
// none.
type CategoryYears struct {
	Category
	From, To   int
	Importance int // from 1, everybody knows it, to 5
}

// AwardPage finds an award by its ID.
func (c *Corpus) AwardPage(id string) (AwardPage, bool) {
	a := numberOf(c.text.awardID, c.db.Awards.N, id)
	if a < 0 {
		return AwardPage{}, false
	}
	page := AwardPage{Award: c.award(a)}
	for cat := int(c.db.AwardCats.At(a)); cat < int(c.db.AwardCats.At(a+1)); cat++ {
		one := CategoryYears{Category: c.category(cat), Importance: int(c.db.CatRank.At(cat))}
		for _, y := range c.yearsOf(cat) {
			if one.From == 0 || y < one.From {
				one.From = y
			}
			one.To = max(one.To, y)
		}
		page.Categories = append(page.Categories, one)
	}
	slices.SortStableFunc(page.Categories, func(x, y CategoryYears) int { return x.Importance - y.Importance })
	for e := int(c.db.AwardEds.At(a)); e < int(c.db.AwardEds.At(a+1)); e++ {
		page.Editions = append(page.Editions, c.edition(e))
	}
	return page, true
}

// yearsOf are the years in which a category was given, one for each row.
func (c *Corpus) yearsOf(cat int) []int {
	rows := c.db.CatResults.At(cat)
	years := make([]int, rows.Len())
	for i := range years {
		years[i] = int(c.db.EdYear.At(int(c.db.ResEdition.At(int(rows.At(i))))))
	}
	return years
}

// EditionPage is an edition with everything that was given at it.
type EditionPage struct {
	Edition        Edition
	Races          []Race // the best-known category first
	Claims         []Claim
	Source         string   // of date, venue and hosts
	Previous, Next *Edition // of the same award; nil where there is none
}

// EditionPage finds an edition by the IDs of its award and its own.
func (c *Corpus) EditionPage(award, edition string) (EditionPage, bool) {
	a := numberOf(c.text.awardID, c.db.Awards.N, award)
	if a < 0 {
		return EditionPage{}, false
	}
	from, to := int(c.db.AwardEds.At(a)), int(c.db.AwardEds.At(a+1))
	for e := from; e < to; e++ {
		if c.text.edID.At(e) == edition {
			return c.editionPage(e, from, to), true
		}
	}
	return EditionPage{}, false
}

// editionPage is edition e, one of from ≤ e < to of its award.
func (c *Corpus) editionPage(e, from, to int) EditionPage {
	page := EditionPage{Edition: c.edition(e), Source: c.db.Editions.Column("source").At(e)}
	neighbour := func(n int) *Edition {
		if n < from || n >= to {
			return nil
		}
		found := c.edition(n)
		return &found
	}
	page.Previous, page.Next = neighbour(e-1), neighbour(e+1)
	end := int(c.db.EdResults.At(e + 1))
	var ranks []int
	for r := int(c.db.EdResults.At(e)); r < end; {
		cat := int(c.db.ResCat.At(r))
		race := c.race(e, cat, true)
		rank := int(c.db.CatRank.At(cat))
		at := len(ranks)
		for at > 0 && ranks[at-1] > rank {
			at--
		}
		page.Races, ranks = slices.Insert(page.Races, at, race), slices.Insert(ranks, at, rank)
		for r < end && int(c.db.ResCat.At(r)) == cat {
			r++
		}
	}
	claims := c.db.EdClaims.At(e)
	for i := range claims.Len() {
		page.Claims = append(page.Claims, c.claim(int(claims.At(i))))
	}
	return page
}

// CategoryPage is a category through the years.
type CategoryPage struct {
	Award     Award
	Category  Category
	Races     []Race     // the newest edition first
	Relatives []Category // the same prize under the names of other times
}

// CategoryPage finds a category by the ID of its award and its Slug.
func (c *Corpus) CategoryPage(award, slug string) (CategoryPage, bool) {
	a := numberOf(c.text.awardID, c.db.Awards.N, award)
	if a < 0 || slug == "" {
		return CategoryPage{}, false
	}
	for cat := int(c.db.AwardCats.At(a)); cat < int(c.db.AwardCats.At(a+1)); cat++ {
		if fold.Slug(c.text.catID.At(cat)) == slug {
			return c.categoryPage(a, cat), true
		}
	}
	return CategoryPage{}, false
}

func (c *Corpus) categoryPage(a, cat int) CategoryPage {
	page := CategoryPage{Award: c.award(a), Category: c.category(cat)}
	rows := c.db.CatResults.At(cat)
	last := -1
	for i := rows.Len() - 1; i >= 0; i-- {
		if e := int(c.db.ResEdition.At(int(rows.At(i)))); e != last {
			page.Races = append(page.Races, c.race(e, cat, true))
			last = e
		}
	}
	relatives := c.db.CatRelatives.At(cat)
	for i := range relatives.Len() {
		if other := int(relatives.At(i)); other != cat {
			page.Relatives = append(page.Relatives, c.category(other))
		}
	}
	return page
}

// EntityPage is a person or a work with everything it won and was nominated for.
type EntityPage struct {
	Person *Person // this or Work
	Work   *Work
	Tally  Tally  // over all rows
	Races  []Race // award by award, the oldest first; Mine are the rows of this person or work, the winners are left out
	Claims []Claim
}

// PersonPage finds a person, team, country, place or group by its ID.
func (c *Corpus) PersonPage(id string) (EntityPage, bool) {
	i := c.find(id, index.IsPerson)
	if i < 0 {
		return EntityPage{}, false
	}
	page := EntityPage{Person: c.person(i)}
	c.fill(&page, c.personSubject(i), c.db.PerClaims.At(i))
	return page, true
}

// WorkPage finds a film, series, book, song or game by its ID.
func (c *Corpus) WorkPage(id string) (EntityPage, bool) {
	i := c.find(id, index.IsWork)
	if i < 0 {
		return EntityPage{}, false
	}
	page := EntityPage{Work: c.work(i)}
	c.fill(&page, c.workSubject(i), c.db.WorkClaims.At(i))
	return page, true
}

// fill counts and lists the rows of a subject.
func (c *Corpus) fill(page *EntityPage, sub subject, claims index.U32) {
	t := &page.Tally
	t.Subject = sub.entity(c)
	counts := map[int]*Count{}
	var awards []int
	lastEdition, lastCat := -1, -1
	for _, r := range sortedRows(sub.rows) {
		e, cat := int(c.db.ResEdition.At(r)), int(c.db.ResCat.At(r))
		award := c.awardOf(e)
		if counts[award] == nil {
			counts[award] = &Count{Award: c.award(award)}
			awards = append(awards, award)
		}
		counts[award].add(c.db.ResOutcome.At(r))
		if year := int(c.db.EdYear.At(e)); year > 0 {
			if t.FirstYear == 0 || year < t.FirstYear {
				t.FirstYear = year
			}
			t.LastYear = max(t.LastYear, year)
		}
		if e != lastEdition || cat != lastCat {
			page.Races = append(page.Races, c.emptyRace(e, cat))
			lastEdition, lastCat = e, cat
		}
		race := &page.Races[len(page.Races)-1]
		race.Mine = append(race.Mine, c.row(r))
	}
	c.sum(t, counts, awards)
	for i := range claims.Len() {
		page.Claims = append(page.Claims, c.claim(int(claims.At(i))))
	}
}

// sortedRows are rows in the order of their table: award by award, edition by edition, category by category.
func sortedRows(rows index.U32) []int {
	sorted := make([]int, rows.Len())
	for i := range sorted {
		sorted[i] = int(rows.At(i))
	}
	slices.Sort(sorted)
	return slices.Compact(sorted)
}
