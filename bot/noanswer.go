package bot

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// noResult says why nobody won: the first remark that is a reason is the answer.
func (w wording) noResult() {
	w.v.Title = w.understood()
	lead := -1
	for i, n := range w.Notes {
		switch n.Code {
		case facts.NoteNotGiven, facts.NoteNoEdition, facts.NoteBeforeFirst, facts.NoteAfterLast, facts.NoteNotYet,
			facts.NoteNoCategory, facts.NoteIncomplete, facts.NoteNotNominated, facts.NoteNeverWon:
			if lead < 0 {
				lead = i
			}
		}
	}
	switch {
	case lead >= 0:
		w.v.Lead = noteLine(w.Notes[lead])
	case len(w.Races) > 0:
		w.v.Lead = winnerLine(w.Races[0], w.d)
	default:
		w.v.Lead = L("Our tables have no answer to that.")
	}
	if lead >= 0 {
		w.Notes = slices.Delete(slices.Clone(w.Notes), lead, lead+1)
	}
	w.notes()
	if len(w.Suggestions) > 0 {
		w.v.add(w.suggestions(L("You can ask:")))
	}
}

// notFound says what was understood and what was not, and offers what exists.
func (w wording) notFound() {
	if w.Kind == facts.KindInvalid || echo(w.Query) == "" {
		w.v.Private = true
		w.v.Lead = L("There is no question in that.")
		if len(w.Notes) > 0 {
			w.v.Lead = noteLine(w.Notes[0])
			w.Notes = w.Notes[1:]
		}
		w.notes()
		if len(w.Suggestions) == 0 {
			w.Suggestions = exampleQuestions[:3]
		}
		w.v.add(w.suggestions(L("You can ask:")))
		return
	}
	w.suggest(L("No answer to “"+echo(w.Query)+"”."), L("Did you mean:"))
}

// suggest says what was understood and offers up to five questions that have an answer.
func (w wording) suggest(lead, heading Line) {
	w.v.Lead = lead
	if u := w.understood(); len(u) > 0 {
		w.v.say(L("Understood: ", u))
	}
	w.notes()
	if len(w.Suggestions) == 0 && w.Kind != facts.KindAmbiguous {
		w.Suggestions, heading = exampleQuestions[:3], L("You can ask:")
	}
	w.v.add(w.suggestions(heading))
}

func (w wording) suggestions(heading Line) *List {
	l := &List{Title: heading}
	for i, s := range w.Suggestions {
		if i == 5 {
			break
		}
		l.Items = append(l.Items, Item{MarkNone, L(Ask(Clip(s, 100)))})
	}
	return l
}

// understood names the award, category, edition or year that was read from the question.
func (w wording) understood() Line {
	var parts []string
	if w.Category != nil {
		parts = append(parts, w.Category.Name)
	}
	switch {
	case w.Edition != nil:
		parts = append(parts, editionWords(*w.Edition))
	case w.Award != nil:
		parts = append(parts, w.Award.Name)
	}
	if w.Edition == nil && w.Year != 0 {
		parts = append(parts, yearWord(w.Year))
	}
	if w.Person != nil {
		parts = append(parts, w.Person.Name)
	}
	if w.Work != nil {
		parts = append(parts, workName(w.Work))
	}
	if len(parts) == 0 {
		return nil
	}
	return L(strings.Join(parts, " · "))
}

// others are the other readings of the question, each with its short answer or the question that gives it; those at
// other awards share a line.
func (w wording) others() {
	var lines []Line
	var awards []string
	for _, o := range w.Others {
		known, short := shortAnswer(o)
		switch {
		case len(o.Races) > 0 && !known:
			continue // no better than none
		case o.Why == "award" && known:
			awards = append(awards, o.Races[0].Edition.Award.Short+": "+short)
		case known:
			lines = append(lines, L(readingWord(o)+": ", B(short)))
		default:
			lines = append(lines, L(readingWord(o)+": ask ", Ask(o.Query)))
		}
	}
	if n := w.d.limit(maxReadings); len(lines) > n+1 {
		lines = append(lines[:n:n], L("It can be read in "+thousands(len(lines)-n)+" more ways."))
	}
	if len(awards) > 0 {
		lines = append(lines, L("At other awards: "+strings.Join(awards, " · ")))
	}
	w.v.say(lines...)
}

// shortAnswer names the winners of a reading, and whether there are any.
func shortAnswer(o facts.Reading) (bool, string) {
	var short []string
	known := false
	for _, r := range o.Races {
		known = known || len(r.Winners) > 0 || r.NotGiven != ""
		short = append(short, winners(r))
	}
	return known, strings.Join(short, "; ")
}

// sourceLine credits the sources and says how far the data reaches.
func sourceLine(sources []string, dataTo string, d Detail) Line {
	var kept []string
	known := map[string]bool{}
	for _, s := range sources {
		for _, one := range strings.FieldsFunc(strings.ReplaceAll(s, " + ", ";"), func(r rune) bool { return r == ';' }) {
			one = sourceName(one)
			if one != "" && !known[one] {
				known[one] = true
				kept = append(kept, one)
			}
		}
	}
	if n := d.limit(maxSources); len(kept) > n+1 {
		kept = append(kept[:n:n], "and "+thousands(len(kept)-n)+" more")
	}
	s := "Source: " + strings.Join(kept, ", ")
	if len(kept) == 0 {
		s = "Source: whowon's tables"
	}
	if dataTo != "" {
		s += " · data to " + longDate(dataTo)
	}
	return L(s)
}

// sourceName is a source without the revision that was used: the JSON answer has that.
func sourceName(s string) string {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "editor"); ok && (rest == "" || rest[0] == ' ') {
		return "whowon's editors" + rest
	}
	if name, revision, ok := strings.Cut(s, "@"); ok {
		_, rest, _ := strings.Cut(revision, " ")
		return strings.TrimSpace(name + " " + rest)
	}
	return s
}

func yearWord(y int) string { return strconv.Itoa(y) }
