package index

import (
	"github.com/whowon-bot/whowon/facts/lookup"
)

// Open reads a snapshot that Build made. It checks that the sections are there and of the right size, not what is in them:
// that would cost more than all else that a start does.
func Open(data string) (db *DB, err error) {
	defer func() { // numbers that point outside the block
		if recover() != nil {
			db, err = nil, errDamaged
		}
	}()
	r, err := openSections(data)
	if err != nil {
		return nil, err
	}
	db = &DB{Tables: map[string]*Cells{}}
	db.Str = Strings{off: r.any("str.off"), blob: r.str("str")}
	db.cells(r)
	db.lex(r)
	db.awards(r)
	db.results(r)
	db.rest(r)
	db.lookups(r)
	if r.err != nil {
		return nil, r.err
	}
	return db, nil
}

func (db *DB) lex(r *reader) {
	hash := U64(r.str("lex.hash"))
	db.Lex = Lexicon{slots: r.any("lex.slots"), hash: hash, items: r.lists("lex.items", hash.Len())}
	if n := db.Lex.slots.Len(); r.err == nil && (n == 0 || n&(n-1) != 0 || n <= hash.Len()) {
		r.err = errDamaged
	}
}

func (db *DB) awards(r *reader) {
	db.Awards, db.Categories, db.Editions = db.table(r, "awards"), db.table(r, "categories"), db.table(r, "editions")
	a, c, e := db.Awards.N, db.Categories.N, db.Editions.N
	db.AwardCats, db.AwardEds = r.column("award.cats", a+1), r.column("award.eds", a+1)
	db.AwardYears = r.column("award.years", a)
	db.CatAward, db.CatRank, db.CatAbout = r.column("cat.award", c), r.column("cat.rank", c), r.column("cat.about", c)
	db.CatFirst, db.CatLast, db.CatResults = r.column("cat.first", c), r.column("cat.last", c), r.lists("cat.results", c)
	db.CatRelatives = r.lists("cat.relatives", c)
	db.EdAward, db.EdYear, db.EdOrdinal = r.column("ed.award", e), r.column("ed.year", e), r.column("ed.ordinal", e)
	db.EdDate, db.EdHonoured = r.column("ed.date", e), r.lists("ed.honoured", e)
	db.EdCalled, db.EdResults = r.lists("ed.called", e), r.column("ed.results", e+1)
	db.EdClaims = r.lists("ed.claims", e)
}

func (db *DB) results(r *reader) {
	db.Results, db.People, db.Works = db.table(r, "results"), db.table(r, "people"), db.table(r, "works")
	n, p, w := db.Results.N, db.People.N, db.Works.N
	db.ResEdition, db.ResCat, db.ResOutcome = r.column("res.edition", n), r.column("res.cat", n), r.column("res.outcome", n)
	db.ResWorks, db.ResPeople = r.lists("res.works", n), r.lists("res.people", n)
	db.PerFame, db.PerResults = r.column("person.fame", p), r.lists("person.results", p)
	db.PerClaims = r.lists("person.claims", p)
	db.WorkFame, db.WorkResults, db.WorkClaims = r.column("work.fame", w), r.lists("work.results", w), r.lists("work.claims", w)
	db.WorkYear, db.WorkHappenings = r.column("work.year", w), r.lists("work.happenings", w)
}

func (db *DB) rest(r *reader) {
	db.Phrases, db.Happenings = db.table(r, "phrases"), db.table(r, "happenings")
	db.Firsts, db.Claims = db.table(r, "firsts"), db.table(r, "claims")
	db.PhrAward, db.PhrTo = r.column("phrase.award", db.Phrases.N), r.lists("phrase.to", db.Phrases.N)
	db.PhrTitle = r.column("phrase.title", db.Phrases.N)
	db.HapDay, db.HapYear = r.column("happening.day", db.Happenings.N), r.column("happening.year", db.Happenings.N)
	db.Told = r.any("claim.told")
	db.FirstOf = r.column("first.edition", db.Firsts.N)
}

func (db *DB) lookups(r *reader) {
	open := func(name, column string) (*lookup.Index, U32) {
		x, err := lookup.Open(r.str(name))
		if err != nil && r.err == nil {
			r.err = err
		}
		return x, r.any(column)
	}
	db.Names, db.NameItem = open("names", "names.item")
	db.Words, db.WordText = open("words", "words.text")
	db.Tokens, db.TokenText = open("tokens", "tokens.text")
}

func (db *DB) table(r *reader, name string) *Cells {
	c, ok := db.Tables[name]
	if !ok {
		if r.err == nil {
			r.err = errDamaged
		}
		return &Cells{}
	}
	return c
}
