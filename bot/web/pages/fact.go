package pages

import (
	"net/http"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// factBody is a result: a row and the race it is of.
type factBody struct {
	ID    string
	Row   facts.Row
	Race  facts.Race
	Dated string // the path of its day
	Won   bool
}

// toldBody is a row that is no result: an event, a curated first, a claim.
type toldBody struct {
	ID      string
	What    bot.Line
	Date    string
	Dated   string
	Edition *facts.Edition
	About   bot.Line // works and people, leading to their pages
	Source  string
	Doubt   bool
	Query   string
}

// factPage is a row by its ID. The ID of a person, a work or an edition leads to their pages.
func factPage(c *facts.Corpus, r *http.Request) made {
	id := r.PathValue("id")
	if e, ok := c.EventByID(id); ok {
		return eventPage(e)
	}
	f, ok := c.ByID(id)
	switch {
	case !ok:
	case f.Race != nil:
		return resultPage(id, f.Race)
	case f.First != nil:
		return firstPage(f.First)
	case f.Claim != nil:
		return claimPage(f.Claim)
	case f.Person != nil:
		return made{to: bot.PersonPath(f.Person.ID)}
	case f.Work != nil:
		return made{to: bot.WorkPath(f.Work.ID)}
	case f.Edition != nil:
		return made{to: bot.EditionPath(*f.Edition)}
	}
	return made{}
}

// resultPage is a result. A row that says that a prize was not given is in no list of its race.
func resultPage(id string, race *facts.Race) made {
	row, listed := rowOf(race, id)
	if !listed {
		row = facts.Row{ID: id, Outcome: table.None, Note: race.NotGiven}
	}
	e := race.Edition
	category := bot.Clean(race.Category.Name)
	who := leading(row, race.About)
	title := who + " was nominated for " + category
	switch row.Outcome {
	case table.Won:
		title = who + " won " + category
	case table.Special:
		title = who + " was honoured with " + category
	case table.None:
		title = category + " was not given"
	}
	about := title + ", " + bot.Clean(e.Name)
	if date := bot.LongDate(e.Date); date != "" {
		about += ", " + date
	}
	body := factBody{ID: id, Row: row, Race: *race, Dated: dayOf(e.Date), Won: honouredRow(row.Outcome)}
	return made{page: &page{show: "fact", Title: title, Description: about + ".", Path: bot.FactPath(id),
		Crumbs: editionCrumbs(e), Body: body}}
}

// leading names who a row is about, in few words.
func leading(r facts.Row, about string) string {
	es := r.Works
	if (about == "person" || about == "team") && len(r.People) > 0 || len(es) == 0 {
		es = r.People
	}
	name := entities(es, func(string) string { return "" }).String()
	if song := bot.RowDetail(r, "song"); song != "" {
		name = "“" + song + "”"
	}
	if name == "" {
		name = bot.Clean(r.Note)
	}
	if name == "" {
		name = "Somebody whom our table does not name"
	}
	return bot.Clip(name, 120)
}

func eventPage(e facts.Event) made {
	date := bot.DayPath(e.Month, e.Day)
	body := toldBody{ID: e.ID, What: bot.EventLine(e), Date: eventDate(e), Dated: date, Source: e.Source, Doubt: !e.Sure(),
		Query: e.Query}
	body.About = joined(entities(e.Works, bot.WorkPath), entities(e.People, bot.PersonPath))
	return made{page: told(body, bot.Clean(e.Subject))}
}

func firstPage(f *facts.First) made {
	body := toldBody{ID: f.ID, What: bot.FirstLine(*f), Date: f.Date, Dated: dayOf(f.Date), Source: f.Source, Query: f.Claim}
	if f.Edition.ID != "" {
		body.Edition = &f.Edition
	}
	return made{page: told(body, bot.Clean(f.Claim))}
}

func claimPage(c *facts.Claim) made {
	body := toldBody{ID: c.ID, What: bot.ClaimLine(*c), Date: c.Date, Dated: dayOf(c.Date), Source: c.Source, Query: c.Subject}
	return made{page: told(body, bot.Clean(c.Subject))}
}

func told(b toldBody, title string) *page {
	return &page{show: "told", Title: bot.Clip(capital(title), 120), Description: b.What.String() + ".",
		Path: bot.FactPath(b.ID), Crumbs: []crumb{{"All awards", "/browse"}}, Body: b}
}

func joined(a, b bot.Line) bot.Line {
	if len(a) > 0 && len(b) > 0 {
		return bot.L(a, ", ", b)
	}
	return bot.L(a, b)
}
