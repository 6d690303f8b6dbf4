package bot

import (
	"slices"
	"strings"
	"unicode"

	"github.com/whowon-bot/whowon/facts"
)

// editionWords is an edition with its date and what it honours: "97th Academy Awards (2 March 2025, films of 2024)".
func editionWords(e facts.Edition) string {
	date := longDate(e.Date)
	if strings.Contains(e.Name, date) {
		date = ""
	}
	return e.Name + parens(join(", ", date, honoured(e)))
}

func honoured(e facts.Edition) string {
	if e.Honoured == "" || e.Honoured == longDate(e.Date) || yearOf(e.Honoured) == e.Year && len(e.Honoured) == 4 {
		return ""
	}
	switch e.Award.Kind {
	case "film":
		return "films of " + e.Honoured
	case "sport":
		return "season " + e.Honoured
	}
	return "for " + e.Honoured
}

// raceTitle names a race; its edition leads to the page of the ceremony.
func raceTitle(r facts.Race) Line {
	e := r.Edition
	return L(B(r.Category.Name), " · ", Page(e.Name, EditionPath(e)), strings.TrimPrefix(editionWords(e), e.Name))
}

// plainTitle names a race without leading anywhere.
func plainTitle(r facts.Race) Line { return L(B(r.Category.Name), " · "+editionWords(r.Edition)) }

// winnerLine is "Winner: …", or why there is none.
func winnerLine(r facts.Race, d Detail) Line {
	switch {
	case len(r.Winners) == 0 && r.NotGiven != "":
		return L(B("Not awarded"), ": "+Clip(r.NotGiven, 200))
	case len(r.Winners) == 0:
		return L("Winner: not in our table")
	case len(r.Winners) == 1:
		return L("Winner: ", recipient(r.Winners[0], r.About, d))
	}
	l := L("Winners: ")
	for i, w := range r.Winners {
		if i > 0 {
			l = append(l, T("; "))
		}
		l = append(l, recipient(w, r.About, d)...)
	}
	return l
}

// winners is the shortest form of who won a race.
func winners(r facts.Race) string {
	if len(r.Winners) == 0 {
		if r.NotGiven != "" {
			return "not awarded"
		}
		return "not in our table"
	}
	var parts []string
	for _, w := range r.Winners {
		parts = append(parts, short(w, r.About))
	}
	return strings.Join(parts, "; ")
}

// raceRemarks are the lines below a winner: other nominees, runners-up, notes, a category's name of the time.
func raceRemarks(r facts.Race, d Detail) []Line {
	var lines []Line
	if len(r.Others) > 0 {
		var parts []string
		for i, o := range r.Others {
			if n := d.limit(maxNominees); i == n && len(r.Others) > n+1 {
				parts = append(parts, "and "+thousands(len(r.Others)-n)+" more")
				break
			}
			parts = append(parts, short(o, r.About))
		}
		lines = append(lines, L("Also nominated: "+strings.Join(parts, " · ")))
	}
	for _, w := range r.Winners {
		if w.Others != "" {
			lines = append(lines, L("Runner-up: "+Clip(w.Others, 200)))
		}
		if w.Note != "" && (len(w.Works) > 0 || len(w.People) > 0) {
			note := L("Note: " + stop(Clip(w.Note, 200)))
			if !slices.ContainsFunc(lines, func(l Line) bool { return l.String() == note.String() }) {
				lines = append(lines, note)
			}
		}
	}
	if renamed(r.Category.Name, r.AsThen) {
		lines = append(lines, L("The category was called “"+unshout(r.AsThen)+"” then."))
	}
	return lines
}

// nomineeList lists everybody in the race, the winner first.
func nomineeList(r facts.Race, d Detail) *List {
	l := &List{}
	for _, w := range r.Winners {
		l.Items = append(l.Items, Item{MarkWon, L(recipient(w, r.About, d), " (winner)")})
	}
	for _, o := range r.Others {
		l.Items = append(l.Items, Item{MarkNone, recipient(o, r.About, d)})
	}
	return l
}

// renamed reports whether the name of the time says something else than today's: "Actor in a Leading Role" for Best
// Actor does not.
func renamed(now, then string) bool {
	then = strings.ToLower(then)
	if then == "" {
		return false
	}
	between := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for _, w := range strings.FieldsFunc(strings.ToLower(now), between) {
		if w != "best" && !strings.Contains(then, w) {
			return true
		}
	}
	return false
}

// unshout writes a name that is all capitals as a title.
func unshout(s string) string {
	if strings.ToUpper(s) != s {
		return s
	}
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		switch w {
		case "a", "an", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with":
			if i > 0 {
				continue
			}
		}
		if strings.HasPrefix(w, "(") {
			words[i] = "(" + capital(w[1:])
		} else {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}
