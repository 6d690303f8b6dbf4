package pages

import (
	"fmt"
	"net/http"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

// leapYear is a year that has every day of the year.
const leapYear = 2024

// dayBody is a day of the year.
type dayBody struct {
	Name          string
	Events        []facts.Event
	Before, After time.Time // in leapYear
	Year          int       // that the years are counted to
}

// Ago is how long ago an event was.
func (b dayBody) Ago(e facts.Event) string {
	if n := b.Year - e.Year; n > 0 {
		return countOf(n, "year ago", "years ago")
	}
	return "this year"
}

// What is what happened.
func (dayBody) What(e facts.Event) bot.Line {
	l := bot.EventLine(e)
	if !e.Sure() {
		l = append(l, bot.T(bot.Unconfirmed))
	}
	return l
}

// More is a question that tells more, and the sources.
func (dayBody) More(e facts.Event) bot.Line {
	var l bot.Line
	if e.Query != "" {
		l = bot.L(bot.Ask(e.Query), " · ")
	}
	return append(l, bot.Origins(e.Source, 2)...)
}

func (s *site) dayPage(c *facts.Corpus, r *http.Request) made {
	at, err := time.Parse(time.DateOnly, fmt.Sprintf("%d-%s", leapYear, r.PathValue("day")))
	if err != nil {
		return made{}
	}
	name := at.Format("2 January")
	body := dayBody{Name: name, Year: s.o.Now().Year(), Before: at.AddDate(0, 0, -1), After: at.AddDate(0, 0, 1)}
	for _, e := range c.Day(facts.DayQuery{Year: body.Year, Month: at.Month(), Day: at.Day()}) {
		if e.Day == at.Day() || e.Day == 0 { // 29 February has a page of its own
			body.Events = append(body.Events, e)
		}
	}
	about := "What happened on " + name + ": awards, births, premieres and finals"
	if len(body.Events) > 0 {
		first := body.Events[0]
		about = fmt.Sprintf("On %s %d: %s", name, first.Year, bot.EventLine(first).String())
	}
	return made{page: &page{show: "day", Title: "On " + name, Description: about + ".", Path: bot.DayPath(at.Month(), at.Day()),
		Crumbs: []crumb{{"All awards", "/browse"}}, Body: body}}
}

// dayOf is the path of the day of a date, "" where the day is not known.
func dayOf(date string) string {
	at, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return ""
	}
	return bot.DayPath(at.Month(), at.Day())
}

// eventDate is the date of an event, as far as it is known.
func eventDate(e facts.Event) string {
	if e.Year == 0 {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", e.Year, e.Month, e.Day)
}
