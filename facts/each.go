package facts

import (
	"iter"

	"github.com/whowon-bot/whowon/facts/index"
)

// Catalogue reads the facts one after the other, for those who go through all of them rather than ask. Things are named
// by their number (0, 1, …) in their table; a number is good for this corpus only, an ID for ever. Texts are read where
// they lie: nothing is copied but what a method returns as a slice of strings. It is safe for concurrent use.
type Catalogue struct {
	c     *Corpus
	extra extraColumns
}

// extraColumns are the text columns that answers do not show.
type extraColumns struct {
	resTrivia, catTrivia, catShared               index.Column
	perAliases, perFamily, perConfidence          index.Column
	workAliases, workCast, edSure, claimSubjectID index.Column
}

// Catalogue opens the facts for reading by number.
func (c *Corpus) Catalogue() *Catalogue {
	db := c.db
	return &Catalogue{c: c, extra: extraColumns{
		resTrivia:     db.Results.Column("trivia"),
		catTrivia:     db.Categories.Column("trivia"),
		catShared:     db.Categories.Column("shared"),
		perAliases:    db.People.Column("aliases"),
		perFamily:     db.People.Column("family"),
		perConfidence: db.People.Column("confidence"),
		workAliases:   db.Works.Column("aliases"),
		workCast:      db.Works.Column("cast"),
		edSure:        db.Editions.Column("confidence"),

		claimSubjectID: db.Claims.Column("subject_id"),
	}}
}

// RaceNo names a race by numbers: its edition, its category, and its rows From ≤ row < To, winners first.
type RaceNo struct{ Edition, Category, From, To int }

// Races goes through all races, award by award, the oldest edition first, the best-known category first.
func (k *Catalogue) Races() iter.Seq[RaceNo] {
	return func(yield func(RaceNo) bool) {
		db := k.c.db
		for from, n := 0, db.Results.N; from < n; {
			r := RaceNo{Edition: int(db.ResEdition.At(from)), Category: int(db.ResCat.At(from)), From: from}
			for r.To = from + 1; r.To < n; r.To++ {
				if int(db.ResEdition.At(r.To)) != r.Edition || int(db.ResCat.At(r.To)) != r.Category {
					break
				}
			}
			if !yield(r) {
				return
			}
			from = r.To
		}
	}
}

// RaceOf is the race that a row belongs to.
func (k *Catalogue) RaceOf(row int) RaceNo {
	e, cat := int(k.c.db.ResEdition.At(row)), int(k.c.db.ResCat.At(row))
	from, to := k.c.span(e, cat)
	return RaceNo{Edition: e, Category: cat, From: from, To: to}
}

// Race is a race whole, as answers show it.
func (k *Catalogue) Race(r RaceNo) Race { return k.c.race(r.Edition, r.Category, true) }

// EachRace goes through all races whole, in the order of Catalogue.Races. It builds every row: where only some races
// are wanted, a Catalogue is cheaper.
func (c *Corpus) EachRace() iter.Seq[Race] {
	return func(yield func(Race) bool) {
		k := c.Catalogue()
		for r := range k.Races() {
			if !yield(k.Race(r)) {
				return
			}
		}
	}
}

// Results counts the results of all awards.
func (k *Catalogue) Results() int { return k.c.db.Results.N }

// Editions counts the editions of all awards.
func (k *Catalogue) Editions() int { return k.c.db.Editions.N }

// Categories counts the categories of all awards.
func (k *Catalogue) Categories() int { return k.c.db.Categories.N }

// People counts the people, teams, countries, places and groups.
func (k *Catalogue) People() int { return k.c.db.People.N }

// Works counts the works.
func (k *Catalogue) Works() int { return k.c.db.Works.N }

// Happenings counts the dated events.
func (k *Catalogue) Happenings() int { return k.c.db.Happenings.N }

// Firsts counts the curated firsts.
func (k *Catalogue) Firsts() int { return k.c.db.Firsts.N }

// Claims counts the claims.
func (k *Catalogue) Claims() int { return k.c.db.Claims.N }
