package bot

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

// Detail is how much of an answer is shown: what chat bears, or everything.
type Detail int

// The amounts.
const (
	Brief Detail = iota // in a channel
	Full                // in a shell, where nobody else has to scroll
)

// limit is n in a channel, and as good as unlimited in full.
func (d Detail) limit(n int) int {
	if d == Full {
		return 1 << 20
	}
	return n
}

// How many of each a channel bears.
const (
	maxPeople     = 8  // of one row
	maxNominees   = 12 // in "Also nominated"
	maxCategories = 10 // of a ceremony
	maxEditions   = 10 // of a person or film
	maxPlaces     = 10 // of a ranking
	maxReadings   = 4
	maxSources    = 3
	maxRaces      = 6  // answered at once
	maxListed     = 25 // of a category through the years
	maxTitles     = 3  // that lead to pages, where several races are answered
)

// recipient says who a row is about, the one who got the prize first and bold:
// "Mikey Madison — Anora (as Ani)", "Anora — Sean Baker", "“El Mal” from Emilia Pérez — Clément Ducol".
func recipient(r facts.Row, about string, d Detail) Line {
	works, people := names(r.Works, d.limit(maxPeople)), names(r.People, d.limit(maxPeople))
	song, artist := detail(r, "song"), detail(r, "artist")
	var l Line
	switch {
	case song != "" && works != "":
		l = L(B("“"+unquote(song)+"” from "+works), dash(people))
	case song != "" && artist != "":
		who := join(", ", people, works)
		if strings.Contains(who, artist) {
			artist = ""
		}
		l = L(B(who), " — “"+unquote(song)+"”"+prefixed(" by ", artist))
	case song != "":
		l = L(B("“"+unquote(song)+"”"), dash(join(", ", people, works)))
	case (about == "person" || about == "team") && people != "":
		l = L(B(people), dash(works))
	case works != "":
		l = L(B(works), dash(people))
	case people != "":
		l = L(B(people))
	case r.Note != "":
		l = L(Clip(r.Note, 160))
	default:
		l = L("not named in our table")
	}
	if extra := details(r); extra != "" {
		l = append(l, T(" ("+extra+")"))
	}
	if r.Unconfirmed {
		l = append(l, T(unconfirmedWords))
	}
	return l
}

// short is a row in as few words as tell it apart: "Anora", "Mikey Madison (Anora)", "“El Mal” (Emilia Pérez)".
func short(r facts.Row, about string) string {
	works, people := names(r.Works, 3), names(r.People, 3)
	s := works
	switch song := detail(r, "song"); {
	case song != "":
		s = "“" + unquote(song) + "”" + parens(join(", ", works, detail(r, "artist")))
		if works == "" && people != "" {
			s = people + parens(s)
		}
	case (about == "person" || about == "team") && people != "":
		s = people + parens(works)
	case works == "":
		s = people
	}
	if s == "" {
		s = "not named in our table"
	}
	if r.Unconfirmed {
		s += unconfirmedWords
	}
	return s
}

// names lists up to n names: "Alex Coco, Samantha Quan and Sean Baker", "A, B and 12 more".
func names(es []facts.Entity, n int) string {
	var parts []string
	for i, e := range es {
		if i == n && len(es) > n+1 {
			return strings.Join(parts, ", ") + " and " + thousands(len(es)-n) + " more"
		}
		if e.Name != "" {
			parts = append(parts, e.Name)
		}
	}
	return listing(parts)
}

// listing is "A", "A and B", "A, B and C".
func listing(parts []string) string {
	if n := len(parts); n > 1 {
		return strings.Join(parts[:n-1], ", ") + " and " + parts[n-1]
	}
	return strings.Join(parts, "")
}

func detail(r facts.Row, key string) string { return value(r.Detail, key) }

func value(kvs []table.KV, key string) string {
	for _, kv := range kvs {
		if strings.EqualFold(kv.Key, key) {
			return kv.Value
		}
	}
	return ""
}

// details words what a row says beyond who and what: role, score, place, votes.
func details(r facts.Row) string {
	var parts []string
	for _, kv := range r.Detail {
		parts = append(parts, detailWords(kv.Key, kv.Value))
	}
	return join("; ", parts...)
}

// detailWords words one key and value of a detail column; "" for what is shown elsewhere or not worth showing.
func detailWords(key, v string) string {
	if v == "" {
		return ""
	}
	v = longDate(v)
	switch strings.ToLower(key) {
	case "song", "artist", "team_size", "tie", "shared", "season":
		return "" // shown elsewhere
	case "share":
		if v == "1/1" || v == "1" {
			return ""
		}
		return "share " + v
	case "role":
		return "as " + v
	case "host", "host_city", "city", "venue":
		return "in " + v
	case "final", "final_city":
		return "final in " + v
	case "mvp", "finals mvp":
		return "MVP " + v
	case "points", "stages":
		return v + " " + strings.ToLower(key)
	case "electoral_votes":
		return v + " electoral votes"
	case "distance_km":
		return v + " km"
	case "engine":
		return v + " engine"
	case "developer":
		return "by " + v
	case "born_country":
		return "born in " + v
	case "party", "country":
		return v
	}
	return strings.ReplaceAll(key, "_", " ") + " " + v
}

func dash(s string) string {
	if s == "" {
		return ""
	}
	return " — " + s
}

func parens(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func unquote(s string) string { return strings.Trim(s, "\"“”") }
