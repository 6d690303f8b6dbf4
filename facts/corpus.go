// Package facts knows who won. A Corpus answers questions as people type them, completes them, and lists what happened on
// a day, always as data: rows with their sources, other readings, and what exists nearby.
//
// It does not know who asks, on which platform, or how an answer is worded: that is package bot.
package facts

import (
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// Corpus is everything whowon knows. It is immutable and safe for concurrent use.
type Corpus struct {
	db   *index.DB
	text columns
}

// columns are the text columns that answers show.
type columns struct {
	awardID, awardName, awardShort, awardKind, awardDefault       index.Column
	catID, catName                                                index.Column
	edID, edName, edDate, edHonoured, edVenue, edHosts, edNote    index.Column
	resID, resAsThen, resDetail, resNote, resOthers, resUnsure    index.Column
	resSource                                                     index.Column
	perID, perName, perKind, perBorn, perDied, perCountry         index.Column
	perKnown, perApart, perSex                                    index.Column
	workID, workTitle, workYear, workCast, workApart              index.Column
	phrase, phraseMode, phraseNote                                index.Column
	hapID, hapKind, hapSubject, hapFields, hapWorks, hapPeople    index.Column
	hapConfidence, hapSource                                      index.Column
	firstID, firstClaim, firstSubjects, firstWorks, firstDate     index.Column
	firstDetail, firstSource                                      index.Column
	claimID, claimSubject, claimPredicate, claimObject, claimDate index.Column
	claimDetail, claimSource                                      index.Column
}

func open(snapshot string) (*Corpus, error) {
	db, err := index.Open(snapshot)
	if err != nil {
		return nil, err
	}
	c := &Corpus{db: db}
	t := &c.text
	bind(db.Awards, map[string]*index.Column{"id": &t.awardID, "name": &t.awardName, "short": &t.awardShort,
		"kind": &t.awardKind, "default_category": &t.awardDefault})
	bind(db.Categories, map[string]*index.Column{"id": &t.catID, "name": &t.catName})
	bind(db.Editions, map[string]*index.Column{"id": &t.edID, "name": &t.edName, "date": &t.edDate,
		"honoured": &t.edHonoured, "venue": &t.edVenue, "hosts": &t.edHosts, "note": &t.edNote})
	bind(db.Results, map[string]*index.Column{"id": &t.resID, "as_then": &t.resAsThen, "detail": &t.resDetail,
		"note": &t.resNote, "others": &t.resOthers, "unconfirmed": &t.resUnsure, "source": &t.resSource})
	bind(db.People, map[string]*index.Column{"id": &t.perID, "name": &t.perName, "kind": &t.perKind, "born": &t.perBorn,
		"died": &t.perDied, "country": &t.perCountry, "known_for": &t.perKnown, "apart": &t.perApart, "sex": &t.perSex})
	bind(db.Works, map[string]*index.Column{"id": &t.workID, "title": &t.workTitle, "year": &t.workYear,
		"cast": &t.workCast, "apart": &t.workApart})
	bind(db.Phrases, map[string]*index.Column{"phrase": &t.phrase, "mode": &t.phraseMode, "note": &t.phraseNote})
	bind(db.Happenings, map[string]*index.Column{"id": &t.hapID, "kind": &t.hapKind, "subject": &t.hapSubject,
		"fields": &t.hapFields, "works": &t.hapWorks, "people": &t.hapPeople, "confidence": &t.hapConfidence, "source": &t.hapSource})
	bind(db.Firsts, map[string]*index.Column{"id": &t.firstID, "claim": &t.firstClaim, "subjects": &t.firstSubjects,
		"works": &t.firstWorks, "date": &t.firstDate, "detail": &t.firstDetail, "source": &t.firstSource})
	bind(db.Claims, map[string]*index.Column{"id": &t.claimID, "subject": &t.claimSubject, "predicate": &t.claimPredicate,
		"object": &t.claimObject, "date": &t.claimDate, "detail": &t.claimDetail, "source": &t.claimSource})
	return c, nil
}

func bind(cells *index.Cells, to map[string]*index.Column) {
	for name, column := range to {
		*column = cells.Column(name)
	}
}

// list splits a cell that holds a list.
func list(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// details splits a cell of keys and values.
func details(cell string) []table.KV {
	var out []table.KV
	for _, part := range list(cell) {
		key, value, _ := strings.Cut(part, "=")
		out = append(out, table.KV{Key: key, Value: value})
	}
	return out
}

// day is yyyymmdd of a moment, in its own zone.
func day(t time.Time) uint32 { return uint32(t.Year()*10000 + int(t.Month())*100 + t.Day()) }

// DataTo is the date of the newest edition with results (YYYY-MM-DD).
func (c *Corpus) DataTo() string {
	newest, at := uint32(0), -1
	for e := range c.db.EdDate.Len() {
		if d := c.db.EdDate.At(e); d > newest && c.hasResults(e) {
			newest, at = d, e
		}
	}
	if at < 0 {
		return ""
	}
	return c.text.edDate.At(at)
}

func (c *Corpus) hasResults(e int) bool { return c.db.EdResults.At(e) < c.db.EdResults.At(e+1) }
