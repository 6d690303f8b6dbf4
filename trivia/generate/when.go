package generate

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// when tells the time of a race with every reading of its year: "at the 97th Academy Awards (held in 2025, for films of
// 2024)". It may be empty, where the prize's name holds it.
func (w *world) when(edition int, p *prize) string {
	k := w.k
	year := k.EditionYear(edition)
	switch p.time {
	case atFestival:
		return fmt.Sprintf("at the %d %s", year, k.AwardName(p.award))
	case inYear:
		if called := k.EditionCalled(edition); called.Len() > 0 {
			return fmt.Sprintf("in %d (called that of %d)", year, called.At(0))
		}
		return "in " + strconv.Itoa(year) + month(k.EditionName(edition))
	case ofYear:
		return "of " + strconv.Itoa(year)
	case forYear:
		return "for " + strconv.Itoa(year)
	case inSeason:
		return fmt.Sprintf("in the %s season (decided in %d)", k.EditionID(edition), year)
	case inName, superBowl:
		return ""
	}
	return "at " + w.ceremony(edition, p)
}

// ceremony names an edition with the year it was held in and the years it honours.
func (w *world) ceremony(edition int, p *prize) string {
	k := w.k
	name := k.EditionName(edition)
	if !strings.HasPrefix(name, "The ") {
		name = "the " + name
	}
	held := "held in " + strconv.Itoa(k.EditionYear(edition))
	if honoured := k.EditionHonoured(edition); honoured != "" {
		switch {
		case p.tv:
			held += ", for " + honoured
		default:
			held += ", for " + plural(p.works) + " of " + honoured
		}
	} else if called := k.EditionCalled(edition); called.Len() > 0 {
		held += ", called that of " + strconv.Itoa(int(called.At(0)))
	}
	return name + " (" + held + ")"
}

// month is the month that tells apart two editions of one year: "Australian Open 1977 (December)".
func month(name string) string {
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") {
		return name[i:]
	}
	return ""
}

// prizeOf names the prize of a race, with the name of its time where that is quite another.
func (w *world) prizeOf(race *race) string {
	p := &w.prizes[race.cat]
	switch p.time {
	case superBowl:
		k := w.k
		return fmt.Sprintf("%s (played in %d, for the %s season)", k.EditionName(int(race.edition)),
			k.EditionYear(int(race.edition)),
			k.EditionHonoured(int(race.edition)))
	case inName:
		name := "the " + w.k.EditionName(int(race.edition))
		if year := strconv.Itoa(w.k.EditionYear(int(race.edition))); !strings.Contains(name, year) {
			name += " (held in " + year + ")"
		}
		return name
	}
	if then := w.thenCalled(race); then != "" {
		return p.name + " (then called " + then + ")"
	}
	return p.name
}

// won is the race as what its winner did: "won the Oscar for Best Picture at the 97th …".
func (w *world) won(race *race) string { return w.did(race, w.prizes[race.cat].past) }

// win is the same after "did": "win the Oscar …".
func (w *world) win(race *race) string { return w.did(race, w.prizes[race.cat].base) }

func (w *world) did(race *race, verb string) string {
	return spaced(verb, w.prizeOf(race), w.when(int(race.edition), &w.prizes[race.cat]))
}

// nominated is the race as what a nominee was: "was nominated for …".
func (w *world) nominated(race *race) string {
	p := &w.prizes[race.cat]
	verb := "nominated for"
	if p.time == atFestival {
		verb = "in competition for"
	}
	return spaced(verb, w.prizeOf(race), w.when(int(race.edition), p))
}

func spaced(parts ...string) string {
	out := ""
	for _, part := range parts {
		if part != "" && out != "" {
			out += " "
		}
		out += part
	}
	return out
}

// thenCalled is the official name of a race's category at its time, where it shares no telling word with the name of
// today.
func (w *world) thenCalled(race *race) string {
	if p := &w.prizes[race.cat]; p.renown < 0.5 || p.time != atCeremony && p.time != atFestival {
		return "" // what the César was called in French is no other name
	}
	then := ""
	for row := race.from; row < race.to && then == ""; row++ {
		then = w.k.RowAsThen(int(row))
	}
	if then == "" {
		return ""
	}
	now := tellingWords(w.prizes[race.cat].label)
	was := tellingWords(then)
	if len(was) == 0 {
		return ""
	}
	for _, a := range was {
		for _, b := range now {
			if a == b {
				return ""
			}
		}
	}
	return calm(then)
}

// tellingWords are the beginnings of the words of a category's name that tell it from others.
func tellingWords(name string) []string {
	var out []string
	for _, word := range fold.Words(name) {
		switch word {
		case "best", "outstanding", "the", "a", "an", "in", "of", "for", "film", "feature", "picture", "motion", "award",
			"prize", "year", "and",
			"role", "on", "or":
			continue
		}
		out = append(out, word[:min(len(word), 5)])
	}
	return out
}

// calm writes "SHORT SUBJECT (Cartoon)" as "Short Subject (Cartoon)".
func calm(name string) string {
	words := strings.Split(name, " ")
	for i, word := range words {
		if word == strings.ToUpper(word) && len(word) > 2 {
			words[i] = word[:1] + strings.ToLower(word[1:])
		}
	}
	return strings.Join(words, " ")
}

// edition names an edition in a few words, for notes: "97th Academy Awards, 2025-03-02".
func (w *world) editionNote(edition int) string {
	name := w.k.EditionName(edition)
	if date := w.k.EditionDate(edition); len(date) == len("2025-03-02") {
		return name + ", " + longDate(date)
	}
	return name
}

// longDate writes 2025-03-02 as "2 March 2025".
func longDate(date string) string {
	months := [...]string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"}
	if len(date) < 10 {
		return date
	}
	m, err := strconv.Atoi(date[5:7])
	d, errDay := strconv.Atoi(date[8:10])
	if err != nil || errDay != nil || m < 1 || m > 12 {
		return date
	}
	return fmt.Sprintf("%d %s %s", d, months[m-1], date[:4])
}
