package table

import (
	"crypto/sha256"
	"encoding/base32"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// idLetters has no i, l, o and u, which people misread or misspell.
var idLetters = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// ResultID is the ID of a result: "<award>-<edition>-<6 letters of a hash of the folded key>". The key is the category and
// the works where the prize goes to a work (pass no people then), else the category, the works and the people. Names are
// folded and sorted, so spelling, accents and order do not change the ID. IDs.Result applies that rule for a Category.
func ResultID(award, edition, category string, works, people []string) string {
	key := strings.Join([]string{award, edition, fold.String(category), foldedKey(works), foldedKey(people)}, "\x00")
	sum := sha256.Sum256([]byte(key))
	return award + "-" + fold.Slug(edition) + "-" + idLetters.EncodeToString(sum[:])[:6]
}

// PersonID is the ID of a person, team or country that no source gives an ID to.
func PersonID(name string) string { return "p-" + slug(name) }

// WorkID is the ID of a work that no source gives an ID to. The year tells works of one title apart; it may be "".
func WorkID(title, year string) string {
	if year == "" {
		return "w-" + slug(title)
	}
	return "w-" + slug(title) + "-" + fold.Slug(year)
}

// slug is fold.Slug, and a hash where the name holds neither letter nor digit ("!!!").
func slug(name string) string {
	if s := fold.Slug(name); s != "" {
		return s
	}
	sum := sha256.Sum256([]byte(name))
	return idLetters.EncodeToString(sum[:])[:6]
}

func foldedKey(names []string) string {
	folded := make([]string, 0, len(names))
	for _, n := range names {
		if f := fold.String(n); f != "" {
			folded = append(folded, f)
		}
	}
	slices.Sort(folded)
	return strings.Join(folded, "\x01")
}

// IDs hands out result IDs and keeps them unique: two songs of one film in one race are one key, and the second gets
// the suffix "-2". The zero value is ready to use.
type IDs struct{ taken map[string]bool }

// Take marks an ID as given out.
func (ids *IDs) Take(id string) {
	if ids.taken == nil {
		ids.taken = map[string]bool{}
	}
	ids.taken[id] = true
}

// Result returns a new ID for a result of the category in the edition: by works alone where the category is about works
// and there are some, else by works and people.
func (ids *IDs) Result(c *Category, edition string, works, people []string) string {
	if c.About == "work" && len(works) > 0 {
		people = nil
	}
	id := ResultID(c.Award, edition, c.ID, works, people)
	unique := id
	for n := 2; ids.taken[unique]; n++ {
		unique = id + "-" + strconv.Itoa(n)
	}
	ids.Take(unique)
	return unique
}

// Names are the names of refs, in their order.
func Names(refs []Ref) []string {
	names := make([]string, len(refs))
	for i, r := range refs {
		names[i] = r.Name
	}
	return names
}

// editionKey names an edition, raceKey a race.
type (
	editionKey struct{ award, edition string }
	raceKey    struct{ award, edition, category string }
)
