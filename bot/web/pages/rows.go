package pages

import (
	"html/template"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// rowLine says who a row is about, the one who got the prize first, each leading to its page:
// "Mikey Madison — Anora (as Ani)", "“El Mal” from Emilia Pérez — Clément Ducol".
func rowLine(r facts.Row, about string) bot.Line {
	works, people := entities(r.Works, bot.WorkPath), entities(r.People, bot.PersonPath)
	song, artist := strings.Trim(bot.RowDetail(r, "song"), "\"“”"), bot.RowDetail(r, "artist")
	first, rest := works, people
	if (about == "person" || about == "team") && len(people) > 0 || len(works) == 0 {
		first, rest = people, works
	}
	var l bot.Line
	switch {
	case song != "" && len(works) > 0:
		l = dashed(bot.L(bot.B("“"+song+"”"), " from ", works), people)
	case song != "":
		l = dashed(bot.L(bot.B("“"+song+"”")), first)
		if artist != "" && !strings.Contains(l.String(), artist) {
			l = append(l, bot.T(" by "+artist))
		}
	case len(first) > 0:
		l = dashed(strong(first), rest)
	case r.Note != "":
		l = bot.L(bot.Clip(r.Note, 160))
	default:
		l = bot.L("not named in our table")
	}
	if words := bot.RowWords(r); words != "" {
		l = append(l, bot.T(" ("+words+")"))
	}
	if r.Unconfirmed {
		l = append(l, bot.T(bot.Unconfirmed))
	}
	return l
}

func rowHTML(r facts.Row, about string) template.HTML { return LineHTML(rowLine(r, about)) }

// rowsHTML lists rows, each with a link to its own page. A template would take as long again for the many rows of a
// festival.
func rowsHTML(rows []facts.Row, about string) template.HTML {
	var b markup
	b.WriteString("<ul>\n")
	for _, r := range rows {
		b.WriteString("<li>")
		b.line(rowLine(r, about))
		b.WriteString(` <a class="tag" href="`)
		b.text(bot.FactPath(r.ID))
		b.WriteString("\">source</a></li>\n")
	}
	b.WriteString("</ul>")
	return template.HTML(b.String()) // everything in it went through text or anchor
}

// entities lists names that lead to their pages.
func entities(es []facts.Entity, path func(string) string) bot.Line {
	if len(es) == 0 {
		return nil
	}
	l := make(bot.Line, 0, 2*len(es))
	for _, e := range es {
		if e.Name == "" {
			continue
		}
		if len(l) > 0 {
			l = append(l, bot.T(", "))
		}
		l = append(l, bot.Page(e.Name, path(e.ID)))
	}
	return l
}

// strong makes the pages of a line bold.
func strong(l bot.Line) bot.Line {
	for i := range l {
		l[i].Bold = l[i].Kind == bot.SpanPage
	}
	return l
}

func dashed(l, rest bot.Line) bot.Line {
	if len(rest) == 0 {
		return l
	}
	out := make(bot.Line, 0, len(l)+len(rest)+3) // room for what rowLine adds
	return append(append(append(out, l...), bot.T(" — ")), rest...)
}

// rowOf finds a row of a race by its ID.
func rowOf(r *facts.Race, id string) (facts.Row, bool) {
	for _, rows := range [][]facts.Row{r.Winners, r.Others} {
		for _, row := range rows {
			if row.ID == id {
				return row, true
			}
		}
	}
	return facts.Row{}, false
}

// outcomeWord says in a word what became of a row, with the sign of the timeline.
func outcomeWord(o table.Outcome) string {
	switch o {
	case table.Won:
		return "★ Won"
	case table.Special:
		return "★ Honoured"
	case table.Nominated:
		return "○ Nominated"
	}
	return "Not given"
}

// honouredRow reports whether a row won something.
func honouredRow(o table.Outcome) bool { return o == table.Won || o == table.Special }
