package bot

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/whowon-bot/whowon/facts"
)

// This file holds the sentences. The other files decide what is said and in which order.

// singular is what one of a named prize is called; other prizes are counted as "wins".
var singular = map[string]string{
	"Oscars": "Oscar", "Golden Globes": "Golden Globe", "BAFTAs": "BAFTA", "Césars": "César", "Emmys": "Emmy",
	"Grammys": "Grammy", "Tonys": "Tony", "Razzies": "Razzie", "Spirit Awards": "Spirit Award", "SAG Awards": "SAG Award",
}

// bare are the awards that take no article: at Cannes, but at the Oscars.
var bare = map[string]bool{
	"Cannes": true, "Venice": true, "Sundance": true, "TIFF": true, "Wimbledon": true, "Eurovision": true,
	"Formula 1": true, "Critics' Choice": true, "The Game Awards": true, "Euro": true,
}

// theAward is an award's short name with the article English gives it.
func theAward(short string) string {
	if short == "" || bare[short] || strings.HasPrefix(short, "The ") {
		return short
	}
	return "the " + short
}

// have is the verb to an award's name.
func have(award string) string {
	if strings.HasSuffix(award, "s") && !bare[award] {
		return " have"
	}
	return " has"
}

// wins counts wins and nominations: "4 Oscars from 4 nominations", "0 wins from 8 nominations at the Oscars".
func wins(c facts.Count) string {
	one, known := singular[c.Award.Short]
	rest := ""
	if c.Category != nil {
		rest = " for " + c.Category.Name
	}
	if c.Category != nil || !known || c.Wins == 0 {
		one, rest = "win", rest+prefixed(" at ", theAward(c.Award.Short))
	}
	return count(c.Wins, one) + fromNoms(c.Wins, c.Noms) + rest + special(c.Special)
}

// fromNoms is " from 8 nominations", or nothing where only wins are known.
func fromNoms(wins, noms int) string {
	if noms == 0 || (noms < wins) {
		return ""
	}
	return " from " + count(noms, "nomination")
}

func special(n int) string {
	if n == 0 {
		return ""
	}
	return ", and " + count(n, "honorary or special award")
}

// count is "1 win", "2 wins", "12,137 rows".
func count(n int, one string) string {
	if one == "person" && n != 1 {
		return thousands(n) + " people"
	}
	if n == 1 {
		return "1 " + one
	}
	if unicode.IsUpper(rune(one[0])) || !strings.HasSuffix(one, "y") {
		return thousands(n) + " " + one + "s"
	}
	return thousands(n) + " " + strings.TrimSuffix(one, "y") + "ies"
}

func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// noteLine is the one sentence of a remark.
func noteLine(n facts.Note) Line {
	return L(noteText(n.Code, func(i int) string {
		if i < len(n.Args) {
			return Clip(strings.TrimSpace(Clean(n.Args[i])), 200)
		}
		return ""
	}))
}

func noteText(code facts.NoteCode, arg func(int) string) string {
	switch code {
	case facts.NoteTie:
		return "The prize was shared: " + arg(0) + " winners."
	case facts.NoteAssumedAward:
		return "No award was named, so this is about " + theAward(arg(0)) + "."
	case facts.NoteNotGiven:
		return stop(join(": ", "Not awarded", arg(2)))
	case facts.NoteNoEdition:
		return stop(join(": ", "No edition of "+theAward(arg(0))+" was held"+prefixed(" in ", arg(1)), arg(2)))
	case facts.NoteTwoEditions:
		return "There were two editions of " + theAward(arg(0)) + " in " + arg(1) + "."
	case facts.NoteBeforeFirst:
		return arg(1) + " is before the first: " + join(", ", arg(2), longDate(arg(3))) + "."
	case facts.NoteAfterLast:
		return "Our data on " + theAward(arg(0)) + " ends at " + longDate(arg(2)) + ", before " + arg(1) + "."
	case facts.NoteNotYet:
		if arg(1) == "" {
			return "Our data has no date for the next edition of " + theAward(arg(0)) + " yet."
		}
		return capital(theAward(arg(0))) + " of " + arg(1) + have(arg(0)) + " not been held yet."
	case facts.NoteNoCategory:
		return noCategory(arg)
	case facts.NoteUnknownWords:
		return "Not understood: “" + arg(0) + "”."
	case facts.NoteReadAs:
		return "Read “" + arg(0) + "” as “" + arg(1) + "”."
	case facts.NotePhrase:
		return stop(capital(arg(0)))
	case facts.NoteTeams:
		return "The " + arg(0) + " is won by teams; our tables do not say who played in them, so not whether " + arg(1) + " did."
	case facts.NoteNeverWon:
		return arg(0) + " has never won at " + theAward(arg(1)) + " (nominations: " + orZero(arg(2)) + ")."
	case facts.NoteNotNominated:
		return "Our tables have no nomination of " + arg(0) + prefixed(" at ", theAward(arg(1))) + " in what was asked."
	case facts.NoteIncomplete:
		return "Our table of " + join(", ", arg(1), arg(2), arg(0)) + " is incomplete."
	case facts.NoteEmpty:
		return "Ask for an award and a year, a film or a person."
	case facts.NoteTooLong:
		return "That is too long: " + arg(0) + " characters, where a question has at most " + arg(1) + "."
	case facts.NoteRenamed:
		return arg(0) + " was called " + arg(1) + " then."
	}
	return ""
}

func noCategory(arg func(int) string) string {
	s := arg(1) + " was not given at " + theAward(arg(0))
	if edition := arg(2); strings.Contains(edition, arg(0)) {
		s = arg(1) + " was not given at the " + edition
	} else if edition != "" {
		s += " in " + edition
	}
	if first, last := arg(3), arg(4); first != "" && first != "0" {
		if s += "; it was given from " + first; last != "" && last != "0" {
			s += " to " + last
		}
	}
	return s + "."
}

// readingWord says in which way another reading reads the question: "By film year, for films of 2025 (98th Academy
// Awards, 15 March 2026)".
func readingWord(o facts.Reading) string {
	label := o.Label
	if len(o.Races) > 0 && (o.Why == "film_year" || o.Why == "year_held") {
		e := o.Races[0].Edition
		label = join(", ", e.Name, otherThan(longDate(e.Date), e.Name))
		if h := honoured(e); h != "" && o.Why == "film_year" {
			label = "for " + h + parens(label)
		}
	}
	word := "Also"
	switch o.Why {
	case "film_year":
		word = "By film year"
	case "year_held":
		word = "By year held"
	case "category":
		word = "Another category"
	case "person":
		word = "Another person"
	case "work":
		word = "Another title"
	case "edition":
		word = "Another edition"
	}
	return word + prefixed(", ", label)
}

// rankingTitle names a computed record.
func rankingTitle(r *facts.Ranking) string {
	what := map[string]string{
		"wins": "Most wins", "nominations": "Most nominations", "nominations_without_win": "Most nominations without a win",
		"both": "Won both", "all": "Won all of them",
	}[r.What]
	if what == "" {
		what = "Most " + strings.ReplaceAll(r.What, "_", " ")
	}
	if r.Category != nil {
		what += ", " + r.Category.Name
	}
	if r.Award != nil {
		what += " at " + theAward(r.Award.Short)
	}
	return what + subjectWord(r.Subject)
}

func subjectWord(subject string) string {
	switch subject {
	case "person":
		return " (people)"
	case "work":
		return " (titles)"
	case "team":
		return " (teams)"
	case "country":
		return " (countries)"
	case "place":
		return " (places)"
	}
	return ""
}

func overRows(r *facts.Ranking) string {
	s := "Counted over " + count(r.Over, "row")
	switch {
	case r.From != 0 && r.From == r.To:
		s += ", " + yearWord(r.From)
	case r.From != 0:
		s += fmt.Sprintf(", %d–%d", r.From, r.To)
	}
	return s + "."
}

// overlapping reports whether a ranking lists those who won several prizes, and counts nothing.
func overlapping(r *facts.Ranking) bool { return r.What == "both" || r.What == "all" }

const unconfirmedWords = " (unconfirmed: one source)"

func stop(s string) string {
	if s == "" || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "!") || strings.HasSuffix(s, "?") {
		return s
	}
	return s + "."
}

func orZero(s string) string {
	if s == "" {
		return "0"
	}
	return s
}

// join joins the parts that are not empty.
func join(sep string, parts ...string) string {
	kept := parts[:0:0]
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, sep)
}
