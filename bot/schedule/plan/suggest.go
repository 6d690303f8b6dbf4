package plan

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Suggest lists at most n zones for what somebody has typed so far: a city, an area, a full name, or one of the words in
// places; case, spaces and accents do not matter. The best is first. For nothing it lists where many people live.
func Suggest(prefix string, n int) []string {
	if n <= 0 {
		return nil
	}
	want := fold(clip(prefix, longestZone))
	if want == "" {
		cities := bigCities()
		return cities[:min(n, len(cities))]
	}
	var out []string
	for _, m := range matches(want) {
		if len(out) < n {
			out = append(out, m.zone)
		}
	}
	return out
}

// match is a zone and how well it fits: a smaller rank is better.
type match struct {
	zone string
	rank int
}

// Ranks of a match. Among equals big cities come first, then the order of the alphabet.
const (
	exact      = iota // the whole name, city or word
	inOrder           // a zone that a word names, in the order it names them
	cityBegins = 20   // above any number of zones of a word
	nameBegins = 21
	wordBegins = 22
	contains   = 23
	nothing    = 99
)

// matches lists the zones that fit a folded text, best first, each once.
func matches(want string) []match {
	best := map[string]int{}
	add := func(zone string, rank int) {
		if old, ok := best[zone]; rank != nothing && (!ok || rank < old) {
			best[zone] = rank
		}
	}
	for _, zone := range Zones() {
		add(zone, rankOf(zone, want))
	}
	for _, p := range places() {
		word := fold(p.word)
		for i, zone := range p.zones {
			switch {
			case word == want:
				add(zone, inOrder+i)
			case len(want) > 2 && strings.HasPrefix(word, want):
				add(zone, wordBegins)
			}
		}
	}
	big := bigCities()
	size := func(zone string) int {
		if i := slices.Index(big, zone); i >= 0 {
			return i
		}
		return len(big)
	}
	out := make([]match, 0, len(best))
	for zone, rank := range best {
		out = append(out, match{zone, rank})
	}
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(size(a.zone), size(b.zone)), cmp.Compare(a.zone, b.zone))
	})
	return out
}

func rankOf(zone, want string) int {
	name := fold(zone)
	city := name[strings.LastIndex(name, "/")+1:]
	switch {
	case name == want || city == want:
		return exact
	case strings.HasPrefix(city, want):
		return cityBegins
	case strings.HasPrefix(name, want):
		return nameBegins
	case strings.Contains(name, want):
		return contains
	}
	return nothing
}

// nearest lists at most n zones for a name that is none: what Suggest finds, else cities that are at most two typing
// mistakes away.
func nearest(name string, n int) []string {
	want := fold(clip(name, longestZone))
	if want == "" {
		return nil
	}
	city := want[strings.LastIndex(want, "/")+1:]
	for _, text := range []string{want, city} {
		if found := matches(text); text != "" && len(found) > 0 {
			return names(found, n)
		}
	}
	var near []match
	add := func(zone, name string) {
		if d := min(distance(name, want), distance(name[strings.LastIndex(name, "/")+1:], city)); d <= 2 && d < len(city)-1 {
			near = append(near, match{zone, d})
		}
	}
	for _, zone := range Zones() {
		add(zone, fold(zone))
	}
	for _, p := range places() {
		add(p.zones[0], fold(p.word))
	}
	slices.SortStableFunc(near, func(a, b match) int { return cmp.Compare(a.rank, b.rank) })
	var out []string
	for _, m := range near {
		if len(out) < n && !slices.Contains(out, m.zone) {
			out = append(out, m.zone)
		}
	}
	return out
}

// names lists the zones of at most n matches, and of those only the exact ones where there are any: who types EST does not
// mean Bucharest.
func names(found []match, n int) []string {
	var out []string
	for _, m := range found {
		if len(out) < n && (m.rank < cityBegins || found[0].rank >= cityBegins) {
			out = append(out, m.zone)
		}
	}
	return out
}

// distance is how many letters must be changed, added or removed to make b of a.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(diagonal+cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// plainLetters are the accents that cities have in their own languages, as pairs: the letter, and what is typed for it.
const plainLetters = "áaàaâaãaäaåaçcčcéeèeêeëeíiîiïiñnóoôoõoöoøošsúuüuýyžz"

// fold makes names comparable: lower case, without spaces and what takes their place, and without accents.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z' || r == '/':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case strings.ContainsRune(" \t_-.,'’", r):
			return -1
		case r < utf8.RuneSelf:
			return r
		}
		r = unicode.ToLower(r)
		if _, after, ok := strings.Cut(plainLetters, string(r)); ok {
			return rune(after[0])
		}
		return r
	}, s)
}
