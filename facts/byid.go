package facts

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/index"
)

// ByID is what a row says, by its ID: a result as its race, a curated first, a claim, an event, a person, a work, or an
// edition as "<award>/<edition>". False where there is no such row. It goes through the rows.
func (c *Corpus) ByID(id string) (Fact, bool) {
	t := &c.text
	if i := numberOf(t.resID, c.db.Results.N, id); i >= 0 {
		race := c.race(int(c.db.ResEdition.At(i)), int(c.db.ResCat.At(i)), true)
		return Fact{Race: &race}, true
	}
	if i := numberOf(t.firstID, c.db.Firsts.N, id); i >= 0 {
		f := c.first(i)
		return Fact{First: &f}, true
	}
	if i := numberOf(t.claimID, c.db.Claims.N, id); i >= 0 {
		claim := c.claim(i)
		return Fact{Claim: &claim}, true
	}
	if i := numberOf(t.hapID, c.db.Happenings.N, id); i >= 0 {
		e := c.happening(i)
		return Fact{Event: &e}, true
	}
	if i := c.find(id, index.IsPerson); i >= 0 {
		return Fact{Person: c.person(i)}, true
	}
	if i := c.find(id, index.IsWork); i >= 0 {
		return Fact{Work: c.work(i)}, true
	}
	return c.editionByID(id)
}

// editionByID finds "<award>/<edition>".
func (c *Corpus) editionByID(id string) (Fact, bool) {
	award, edition, _ := strings.Cut(id, "/")
	for e := range c.db.Editions.N {
		if c.text.edID.At(e) == edition && c.text.awardID.At(c.awardOf(e)) == award {
			found := c.edition(e)
			return Fact{Edition: &found}, true
		}
	}
	return Fact{}, false
}

// numberOf is the row of a column that holds an ID, or -1.
func numberOf(ids index.Column, n int, id string) int {
	for i := range n {
		if ids.At(i) == id {
			return i
		}
	}
	return -1
}
