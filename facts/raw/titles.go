package raw

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	tvAside = form(`(?i)\s*\((tv|tv[ -]+(?:mini-?series|movie|series|\d{4})|mini-?series|\d{4} tv)` +
		`\s*-?\s*(?:\d{4})?\)\s*$`)
	partAside = form(`\s*\(Parts? [^)]*\)\s*$`)
	hostAside = form(`\s*[\[(](?:Hallmark|Masterpiece|Oprah|General Foods)[^)\]]*[\])]?\s*$`)
	akaAside  = form(`\s*\(a\.k\.a\.\s*(.+?)\)\s*$`)
	laterArt  = form(`^(.+), (The|A|An|Le|La|Les|Der|Die|Das|Il|El|L')$`)
	wholeMark = form(`^"([^"]+)"$`)
)

// cleanTitle takes from a title what the tables carry inside it. also are other titles that stood there.
func cleanTitle(s string) (title string, also []string) {
	s = strings.TrimSpace(strings.ReplaceAll(s, `\"`, `"`))
	for {
		if m := akaAside().FindStringSubmatch(s); m != nil {
			other, _ := cleanTitle(m[1])
			also = append(also, other)
			s = strings.TrimSpace(strings.TrimSuffix(s, m[0]))
			continue
		}
		aside := tvAside().FindString(s)
		for _, form := range []*regexp.Regexp{partAside(), hostAside()} {
			if aside == "" {
				aside = form.FindString(s)
			}
		}
		if aside == "" {
			break
		}
		s = strings.TrimSpace(strings.TrimSuffix(s, aside))
	}
	if m := wholeMark().FindStringSubmatch(s); m != nil {
		s = m[1]
	}
	if m := laterArt().FindStringSubmatch(s); m != nil {
		if strings.HasSuffix(m[2], "'") {
			s = m[2] + m[1]
		} else {
			s = m[2] + " " + m[1]
		}
	}
	return strings.TrimSpace(strings.ReplaceAll(s, "|", "/")), also
}

// slot is what the Emmys of the 1970s and 80s write after a title: where it was shown.
var slot = form(`\s+(?:(?:NBC|CBS|ABC) (?:Wed|Mon|Sun|Wor|Mov|Mys|Nov|The|Pla|T\b).*|` +
	`[Tt]he Big E(?:vent)?|GE Theater|Hollywood Television Thea(?:tre)?|` +
	`Hallmark Hall.*|General Foods.*|Great Performances?|Masterpiece Theatre|The Magi)$`)

// title is a title of the entry without what the tables carry inside it.
func (e *entry) title(i int) (title string, also []string) { return e.clean(e.titles[i]) }

func (e *entry) clean(s string) (title string, also []string) {
	title, also = cleanTitle(s)
	if e.spec.id == "emmys-primetime" {
		for slot().MatchString(title) {
			title = strings.TrimSpace(slot().ReplaceAllString(title, ""))
		}
	}
	return title, also
}

// small are the words that English titles write small, except at the beginning and the end and after a colon or dash.
var small = map[string]bool{"a": true, "an": true, "and": true, "as": true, "at": true, "but": true, "by": true, "for": true,
	"in": true, "nor": true, "of": true, "on": true, "or": true, "per": true, "the": true, "to": true, "vs.": true}

// titleCase writes a title in the English manner. It takes capitals away only where all of s is capitals.
func titleCase(s string) string {
	if s == strings.ToUpper(s) && s != strings.ToLower(s) {
		s = strings.ToLower(s)
	}
	words := strings.Fields(s)
	for i, w := range words {
		lower := strings.ToLower(w)
		edge := i == 0 || i == len(words)-1 || endsClause(words[i-1])
		if small[lower] && !edge {
			words[i] = lower
			continue
		}
		words[i] = capital(w)
	}
	return strings.Join(words, " ")
}

// smallWords takes the capital from the small words within a title and leaves the rest.
func smallWords(s string) string {
	words := strings.Split(s, " ")
	for i := 1; i < len(words)-1; i++ {
		lower := strings.ToLower(words[i])
		if small[lower] && words[i] == capital(lower) && !endsClause(words[i-1]) && lower != "a" {
			words[i] = lower
		}
	}
	return strings.Join(words, " ")
}

func endsClause(w string) bool {
	last, _ := utf8.DecodeLastRuneInString(w)
	return strings.ContainsRune(":-–—.!?/\"(", last) || strings.HasSuffix(w, "'s") || strings.HasSuffix(w, "s'")
}

func capital(w string) string {
	for i, r := range w {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return w[:i] + string(unicode.ToUpper(r)) + w[i+utf8.RuneLen(r):]
		}
	}
	return w
}

// noCapitals reports whether a title is written in small letters only.
func noCapitals(s string) bool {
	return s == strings.ToLower(s) && s != strings.ToUpper(s)
}
