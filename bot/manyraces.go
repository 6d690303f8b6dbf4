package bot

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// raceTable is who won many races, one a row: a category through the years, or several categories and awards.
func (w wording) raceTable() {
	w.v.Title = w.tableTitle()
	t := &Table{}
	first := w.Races[0]
	for i, r := range w.Races {
		if n := w.d.limit(maxListed); i == n && len(w.Races) > n+1 {
			t.More = L("and " + thousands(len(w.Races)-n) + " more")
			break
		}
		when := r.Category.Name
		if w.Category != nil {
			when = yearWord(r.Edition.Year)
			if r.Edition.Award.ID != first.Edition.Award.ID {
				when = editionYear(r.Edition)
			}
			if r.Category.Name != w.Category.Name {
				when += " · " + r.Category.Name
			}
		}
		t.Rows = append(t.Rows, []Line{L(when), L(B(winners(r)))})
	}
	w.v.add(t)
}

// tableTitle names what all rows of a table of races have in common.
func (w wording) tableTitle() Line {
	var awards []string
	for _, r := range w.Races {
		if name := r.Edition.Award.Name; !slices.Contains(awards, name) {
			awards = append(awards, name)
		}
	}
	first, last := yearWord(w.Races[0].Edition.Year), yearWord(w.Races[len(w.Races)-1].Edition.Year)
	if first != last {
		first += " to " + last
	}
	if w.Category == nil {
		return L(B(strings.Join(awards, ", ")), parens(first))
	}
	path := ""
	if len(awards) == 1 {
		path = CategoryPath(w.Races[0].Edition.Award, *w.Category)
	}
	return L(B(w.Category.Name), " · ", Page(strings.Join(awards, ", "), path), parens(first))
}

// losers are those whom the winner of a race has beaten: the one asked about, or all, where the winner was asked about.
func losers(r facts.Race) string {
	if r.Mine[0].Outcome == table.Nominated {
		return short(r.Mine[0], r.About)
	}
	var all []string
	for _, o := range r.Others {
		all = append(all, short(o, r.About))
	}
	if len(all) == 0 {
		return "nominees that our table does not name"
	}
	return strings.Join(all, " · ")
}

// lostToo lists the other races that the same one lost, or won.
func (w wording) lostToo(races []facts.Race) {
	l := &List{Title: L("Also lost:")}
	won := races[0].Mine[0].Outcome != table.Nominated
	if won {
		l.Title = L("Also won:")
	}
	for i, r := range races {
		if n := w.d.limit(maxEditions); i == n && len(races) > n+1 {
			l.More = L("and " + thousands(len(races)-n) + " more")
			break
		}
		at := ""
		if first := w.Races[0].Edition; r.Edition.ID != first.ID || r.Edition.Award.ID != first.Award.ID {
			at = parens(r.Edition.Name)
		}
		who := L(B(winners(r)))
		if won {
			who = L("over ", losers(r))
		}
		l.Items = append(l.Items, Item{MarkNone, L(r.Category.Name, at+": ", who)})
	}
	w.v.add(l)
}

// editionYear is the name of an edition with its year.
func editionYear(e facts.Edition) string { return e.Name + parens(thatYear(e)) }
