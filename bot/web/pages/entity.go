package pages

import (
	"fmt"
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

// entityBody is a person or a work.
type entityBody struct {
	facts.EntityPage
	Facts    []string // what it is, in a few lines: "Born 22 June 1949, United States."
	Told     []bot.Line
	Timeline timeline
	Awards   []awardRows
}

// awardRows are the rows of one award.
type awardRows struct {
	Count facts.Count
	Words string
	Rows  []entityRow
}

// entityRow is a row of the table.
type entityRow struct {
	ID       string
	Year     int
	Edition  facts.Edition
	Category facts.Category
	For      bot.Line // what a person's prize was for, or who got a work's
	Outcome  string
	Won      bool
	Doubt    bool
}

func personPage(c *facts.Corpus, r *http.Request) made {
	found, ok := c.PersonPage(r.PathValue("id"))
	if !ok {
		return made{}
	}
	p := found.Person
	b := newEntityBody(found)
	life := spaced(", ", prefixed("born ", bot.LongDate(p.Born)), prefixed("died ", bot.LongDate(p.Died)), bot.Clean(p.Country))
	b.is(spaced("; ", bot.Clean(p.Apart), life))
	if len(p.KnownFor) > 0 {
		b.Facts = append(b.Facts, "Known for "+bot.Clean(strings.Join(p.KnownFor, ", ")))
	}
	return b.made(bot.Clean(p.Name), bot.PersonPath(p.ID))
}

func workPage(c *facts.Corpus, r *http.Request) made {
	found, ok := c.WorkPage(r.PathValue("id"))
	if !ok {
		return made{}
	}
	w := found.Work
	b := newEntityBody(found)
	b.is(bot.Clean(w.Apart))
	if len(w.Directors) > 0 {
		b.Facts = append(b.Facts, "Directed by "+bot.Clean(strings.Join(w.Directors, ", ")))
	}
	if len(w.Cast) > 0 {
		b.Facts = append(b.Facts, "With "+bot.Clean(strings.Join(w.Cast, ", ")))
	}
	if w.Premiere != "" {
		b.Facts = append(b.Facts, "First shown "+spaced(", ", bot.LongDate(w.Premiere), bot.Clean(w.PremiereAt)))
	}
	return b.made(bot.WorkName(w), bot.WorkPath(w.ID))
}

// newEntityBody lists the rows award by award, the award with most wins first, the newest row first.
func newEntityBody(found facts.EntityPage) *entityBody {
	b := &entityBody{EntityPage: found}
	at := map[string]int{}
	for _, count := range found.Tally.ByAward {
		at[count.Award.ID] = len(b.Awards)
		b.Awards = append(b.Awards, awardRows{Count: count, Words: bot.CountWords(count)})
	}
	for _, race := range newestFirst(found.Races) {
		rows := &b.Awards[at[race.Edition.Award.ID]].Rows
		for _, m := range race.Mine {
			row := entityRow{ID: m.ID, Year: race.Edition.Year, Edition: race.Edition, Category: race.Category,
				Outcome: outcomeWord(m.Outcome), Won: honouredRow(m.Outcome), Doubt: m.Unconfirmed}
			if row.For = entities(m.Works, bot.WorkPath); found.Work != nil {
				row.For = entities(m.People, bot.PersonPath)
			}
			if words := bot.RowWords(m); words != "" {
				row.For = bot.L(row.For, " ("+words+")")
			}
			*rows = append(*rows, row)
		}
	}
	b.Timeline = newTimeline(b.Awards)
	for _, claim := range found.Claims {
		b.Told = append(b.Told, bot.L(bot.ClaimLine(claim), " · ", bot.Page("source", bot.FactPath(claim.ID))))
	}
	return b
}

// is adds a line about a person or work, as a sentence.
func (b *entityBody) is(words string) {
	if words != "" {
		b.Facts = append(b.Facts, capital(words)+".")
	}
}

// capital makes the first letter a capital.
func capital(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	if n == 0 || first == utf8.RuneError {
		return s
	}
	return string(unicode.ToUpper(first)) + s[n:]
}

// newestFirst turns the order of editions around, and leaves that of the races of each.
func newestFirst(races []facts.Race) []facts.Race {
	out := make([]facts.Race, 0, len(races))
	for to := len(races); to > 0; {
		from := to - 1
		for from > 0 && bot.EditionPath(races[from-1].Edition) == bot.EditionPath(races[to-1].Edition) {
			from--
		}
		out = append(out, races[from:to]...)
		to = from
	}
	return out
}

func (b *entityBody) made(name, path string) made {
	var parts []string
	for _, a := range b.Awards {
		parts = append(parts, a.Words)
	}
	about := name + ": " + fmt.Sprintf("%s in our tables", countOf(b.Tally.Wins, "win", "wins"))
	if len(parts) > 0 {
		about = name + ": " + strings.Join(parts[:min(4, len(parts))], "; ")
	}
	return made{page: &page{show: "entity", Title: name, Description: about + ".", Path: path,
		Crumbs: []crumb{{"All awards", "/browse"}}, Body: b}}
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// spaced joins the parts that are not empty.
func spaced(sep string, parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
