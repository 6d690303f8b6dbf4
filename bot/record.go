package bot

import (
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// tallyLine is the record in one line: "Sean Baker: 4 Oscars from 4 nominations". A question for yes or no is answered so.
func tallyLine(name, query string, t *facts.Tally) Line {
	if t == nil {
		return L(B(name))
	}
	won := t.Wins > 0
	var line Line
	switch {
	case t.Asked != nil:
		won = t.Asked.Wins > 0
		line = L(B(name), ": "+wins(*t.Asked))
	case len(t.ByAward) == 1:
		line = L(B(name), ": "+wins(t.ByAward[0]))
	default:
		s := count(t.Wins, "win") + fromNoms(t.Wins, t.Noms)
		if len(t.ByAward) > 1 {
			s += " at " + thousands(len(t.ByAward)) + " awards"
		}
		line = L(B(name), ": "+s)
	}
	switch {
	case !asksWhether(query):
		return line
	case won && notThere(t):
		return append(L("Not at "+theAward(t.ByAward[0].Award.Short)+": "+wins(t.ByAward[0])+". In all, "), line...)
	case won:
		return L("Yes. ", line)
	}
	return L("No. ", line)
}

// notThere reports whether somebody who has won, but was asked about without an award, has not won the one that comes first
// to mind.
func notThere(t *facts.Tally) bool {
	return t.Asked == nil && len(t.ByAward) > 1 && t.ByAward[0].Wins == 0 && t.ByAward[0].Noms > 0
}

// asksWhether reports whether a question asks for yes or no: "did glenn close ever win an oscar".
func asksWhether(query string) bool {
	words := strings.Fields(strings.ToLower(echo(query)))
	if len(words) == 0 {
		return false
	}
	wins := false
	for _, w := range words[1:] {
		switch strings.Trim(w, "?!.,") {
		case "win", "won", "winner", "ever", "winning":
			wins = true
		case "how", "many", "what", "which", "nominated", "nomination", "nominations":
			return false
		}
	}
	switch words[0] {
	case "did", "has", "have", "had", "was", "is", "were":
		return wins
	}
	return false
}

// awardLines count award by award, where the record spans several: all, or those beside the one asked about.
func awardLines(t *facts.Tally) []Line {
	if t == nil || t.Asked != nil && t.Asked.Category != nil {
		return nil
	}
	title := "Wins and nominations: "
	var parts []string
	for _, c := range t.ByAward {
		if t.Asked != nil && (t.Asked.Award.ID == "" || t.Asked.Award.ID == c.Award.ID) {
			title = "Elsewhere: "
			continue
		}
		part := c.Award.Short + " " + thousands(c.Wins)
		if c.Noms > 0 || c.Wins == 0 {
			part += " of " + thousands(max(c.Wins, c.Noms))
		}
		parts = append(parts, part)
	}
	if len(parts) == 0 || t.Asked == nil && len(parts) == 1 {
		return nil
	}
	if all := strings.Join(parts, ""); title != "Elsewhere: " && !strings.Contains(all, " of ") {
		title = "Wins: "
	}
	return []Line{L(title + strings.Join(parts, " · "))}
}

// recordList lists wins and nominations, one edition an entry. Where there are too many, those with a win stay.
func recordList(a facts.Answer, ask string, d Detail) *List {
	groups := groupRaces(a.Races)
	l := &List{}
	left := len(groups) - d.limit(maxEditions)
	dropped := 0
	for pass := 0; pass < 2 && dropped < left; pass++ { // from the end, those without a win first
		for i := len(groups) - 1; i >= 0 && dropped < left; i-- {
			if groups[i] != nil && (pass == 1 || !groups[i].won) {
				groups[i] = nil
				dropped++
			}
		}
	}
	for _, g := range groups {
		if g == nil {
			continue
		}
		mark := MarkNone
		if g.won {
			mark = MarkWon
		}
		l.Items = append(l.Items, Item{mark, g.line(a.Kind == facts.KindWork)})
	}
	if dropped > 0 {
		l.More = L("and "+thousands(dropped)+" more; ask for one award or category, such as ", Ask(ask))
	}
	return l
}

// editionGroup is what one subject won and was nominated for at one edition.
type editionGroup struct {
	edition facts.Edition
	won     bool
	races   []facts.Race
}

// groupRaces gathers races by edition, keeping the order.
func groupRaces(races []facts.Race) []*editionGroup {
	type key struct{ award, edition string }
	at := map[key]*editionGroup{}
	var groups []*editionGroup
	for _, r := range races {
		k := key{r.Edition.Award.ID, r.Edition.ID}
		g := at[k]
		if g == nil {
			g = &editionGroup{edition: r.Edition}
			at[k] = g
			groups = append(groups, g)
		}
		g.races = append(g.races, r)
		for _, m := range r.Mine {
			g.won = g.won || m.Outcome == table.Won
		}
	}
	return groups
}

// line is "97th Academy Awards (2025): won Best Picture, Best Director for Anora; nominated for Best Film Editing".
func (g *editionGroup) line(work bool) Line {
	var parts []string
	for _, o := range []struct {
		outcome table.Outcome
		word    string
	}{{table.Won, "won "}, {table.Special, "honoured with "}, {table.Nominated, "nominated for "}} {
		if s := g.outcome(o.outcome, work); s != "" {
			parts = append(parts, o.word+s)
		}
	}
	return L(editionYear(g.edition) + ": " + strings.Join(parts, "; "))
}

func thatYear(e facts.Edition) string {
	y := ""
	if e.Year != 0 {
		y = strconv.Itoa(e.Year)
	}
	if strings.Contains(e.Name, y) {
		return ""
	}
	return y
}

// outcome lists the categories of one outcome, grouped by what they were for.
func (g *editionGroup) outcome(o table.Outcome, work bool) string {
	var order []string
	cats := map[string][]string{}
	for _, r := range g.races {
		for _, m := range r.Mine {
			if m.Outcome != o {
				continue
			}
			name, whom := r.Category.Name, forWhat(r, m, work)
			if work && whom != "" {
				name, whom = name+" ("+whom+")", ""
			}
			if m.Unconfirmed {
				name += unconfirmedWords
			}
			if _, ok := cats[whom]; !ok {
				order = append(order, whom)
			}
			cats[whom] = append(cats[whom], name)
		}
	}
	var parts []string
	for _, whom := range order {
		s := strings.Join(cats[whom], ", ")
		if whom != "" {
			s += " for " + whom
		}
		parts = append(parts, s)
	}
	return strings.Join(parts, "; ")
}

// forWhat is what a person's row was for (the work), or who a work's row went to (the people of a personal prize).
func forWhat(r facts.Race, m facts.Row, work bool) string {
	song := detail(m, "song")
	if song != "" {
		song = "“" + unquote(song) + "”"
	}
	if !work {
		return join(" from ", song, names(m.Works, 3))
	}
	if r.About == "person" {
		return join(", ", song, names(m.People, 3))
	}
	return song
}

// personLines say who the person is.
func personLines(p *facts.Person) []Line {
	if p == nil {
		return nil
	}
	life := join(", ", prefixed("born ", longDate(p.Born)), prefixed("died ", longDate(p.Died)), p.Country)
	var lines []Line
	if s := join("; ", p.Apart, life); s != "" {
		lines = append(lines, L(stop(capital(s))))
	}
	return lines
}

// workLines say what the work is.
func workLines(w *facts.Work, d Detail) []Line {
	if w == nil {
		return nil
	}
	var lines []Line
	if len(w.Directors) > 0 {
		lines = append(lines, L("Directed by "+listing(w.Directors)))
	}
	if len(w.Cast) > 0 {
		cast := w.Cast
		more := ""
		if n := d.limit(maxPeople); len(cast) > n+1 {
			cast, more = cast[:n], " and "+thousands(len(cast)-n)+" more"
		}
		with := listing(cast)
		if more != "" {
			with = strings.Join(cast, ", ") + more
		}
		lines = append(lines, L("With "+with))
	}
	if w.Premiere != "" {
		lines = append(lines, L("First shown "+join(", ", longDate(w.Premiere), w.PremiereAt)))
	}
	return lines
}

func workName(w *facts.Work) string {
	if w.Year == "" {
		return w.Title
	}
	return w.Title + " (" + w.Year + ")"
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}
