// Package facts knows who won. A Corpus answers questions as people type them, completes them, and lists what happened on
// a day, always as data: rows with their sources, other readings, and what exists nearby.
//
// It does not know who asks, on which platform, or how an answer is worded: that is package bot.
package facts

import (
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// Corpus is everything whowon knows. It is immutable and safe for concurrent use.
type Corpus struct {
	db     *index.DB
	text   columns
	firsts func() []tellingWords // of each curated first; made when a question first needs them
	claims func() []tellingWords // of each claim in db.Told
	days   func() *calendar      // of dated events; made when a day is first asked for
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
	c.text.occasions(db)
	c.text.entries(db)
	c.text.told(db)
	c.firsts = sync.OnceValue(c.wordsOfFirsts)
	c.claims = sync.OnceValue(c.wordsOfClaims)
	c.days = sync.OnceValue(c.newCalendar)
	return c, nil
}

// occasions opens the columns of awards, their categories and editions.
func (t *columns) occasions(db *index.DB) {
	t.awardID = db.Awards.Column("id")
	t.awardName = db.Awards.Column("name")
	t.awardShort = db.Awards.Column("short")
	t.awardKind = db.Awards.Column("kind")
	t.awardDefault = db.Awards.Column("default_category")
	t.catID = db.Categories.Column("id")
	t.catName = db.Categories.Column("name")
	t.edID = db.Editions.Column("id")
	t.edName = db.Editions.Column("name")
	t.edDate = db.Editions.Column("date")
	t.edHonoured = db.Editions.Column("honoured")
	t.edVenue = db.Editions.Column("venue")
	t.edHosts = db.Editions.Column("hosts")
	t.edNote = db.Editions.Column("note")
}

// entries opens the columns of results, people and works.
func (t *columns) entries(db *index.DB) {
	t.resID = db.Results.Column("id")
	t.resAsThen = db.Results.Column("as_then")
	t.resDetail = db.Results.Column("detail")
	t.resNote = db.Results.Column("note")
	t.resOthers = db.Results.Column("others")
	t.resUnsure = db.Results.Column("unconfirmed")
	t.resSource = db.Results.Column("source")
	t.perID = db.People.Column("id")
	t.perName = db.People.Column("name")
	t.perKind = db.People.Column("kind")
	t.perBorn = db.People.Column("born")
	t.perDied = db.People.Column("died")
	t.perCountry = db.People.Column("country")
	t.perKnown = db.People.Column("known_for")
	t.perApart = db.People.Column("apart")
	t.perSex = db.People.Column("sex")
	t.workID = db.Works.Column("id")
	t.workTitle = db.Works.Column("title")
	t.workYear = db.Works.Column("year")
	t.workCast = db.Works.Column("cast")
	t.workApart = db.Works.Column("apart")
}

// told opens the columns of what is told beside the results.
func (t *columns) told(db *index.DB) {
	t.phrase = db.Phrases.Column("phrase")
	t.phraseMode = db.Phrases.Column("mode")
	t.phraseNote = db.Phrases.Column("note")
	t.hapID = db.Happenings.Column("id")
	t.hapKind = db.Happenings.Column("kind")
	t.hapSubject = db.Happenings.Column("subject")
	t.hapFields = db.Happenings.Column("fields")
	t.hapWorks = db.Happenings.Column("works")
	t.hapPeople = db.Happenings.Column("people")
	t.hapConfidence = db.Happenings.Column("confidence")
	t.hapSource = db.Happenings.Column("source")
	t.firstID = db.Firsts.Column("id")
	t.firstClaim = db.Firsts.Column("claim")
	t.firstSubjects = db.Firsts.Column("subjects")
	t.firstWorks = db.Firsts.Column("works")
	t.firstDate = db.Firsts.Column("date")
	t.firstDetail = db.Firsts.Column("detail")
	t.firstSource = db.Firsts.Column("source")
	t.claimID = db.Claims.Column("id")
	t.claimSubject = db.Claims.Column("subject")
	t.claimPredicate = db.Claims.Column("predicate")
	t.claimObject = db.Claims.Column("object")
	t.claimDate = db.Claims.Column("date")
	t.claimDetail = db.Claims.Column("detail")
	t.claimSource = db.Claims.Column("source")
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
