package facts

import (
	"slices"
	"strings"
)

// credit is a share in making a work, and words in the names of the categories whose rows name those who had it.
type credit struct {
	predicate string
	names     []string
}

// creditOf is what a word asks for ("who wrote anora").
func creditOf(word string) (credit, bool) {
	switch word {
	case "wrote", "written", "writer", "writers", "screenwriter", "screenwriters", "writes", "penned":
		return credit{"written by", []string{"screenplay", "writing", "writer"}}, true
	case "composed", "composer", "composers", "scored", "composes":
		return credit{"music by", []string{"score", "music"}}, true
	case "shot", "cinematographer", "photographed", "filmed":
		return credit{"photographed by", []string{"cinematograph"}}, true
	case "edited", "editor", "editors", "cut":
		return credit{"edited by", []string{"editing"}}, true
	case "produced", "producer", "producers", "produces":
		return credit{"produced by", []string{"best picture", "outstanding producer"}}, true
	}
	return credit{}, false
}

// credits answers who wrote, scored, shot, edited or produced a work, as far as the rows of the prizes for it name them.
func (p *plan) credits(a *Answer) bool {
	asked, at := credit{}, -1
	for i := range p.tokens {
		if c, ok := creditOf(p.tokens[i].text); ok {
			asked, at = c, i
		}
	}
	others := slices.DeleteFunc(slices.Clone(p.unknown), func(i int) bool { return i == at })
	if at < 0 || len(p.entities) != 1 || len(others) > 0 || p.when.given() || p.cues&(cueWin|cueNominations) != 0 {
		return false
	}
	for _, sub := range p.subjects(p.entities[0], &scope{}) {
		if sub.work < 0 {
			continue
		}
		names, source := p.credited(sub, asked.names)
		if len(names) == 0 {
			continue
		}
		a.Kind, a.Work, p.unknown = KindClaims, p.c.work(sub.work), nil
		for _, name := range names {
			a.Claims = append(a.Claims, Claim{Subject: a.Work.Title, Predicate: asked.predicate, Object: name, Source: source})
		}
		return true
	}
	return false
}

// credited are the people of the first row of a work in a category with such a name.
func (p *plan) credited(sub subject, words []string) (names []string, source string) {
	for i := range sub.rows.Len() {
		r := int(sub.rows.At(i))
		cat := strings.ToLower(p.c.text.catName.At(int(p.c.db.ResCat.At(r))))
		people := p.c.db.ResPeople.At(r)
		if people.Len() == 0 || !slices.ContainsFunc(words, func(w string) bool { return strings.Contains(cat, w) }) {
			continue
		}
		for n := range people.Len() {
			names = append(names, p.c.text.perName.At(int(people.At(n))))
		}
		return names, p.c.text.resSource.At(r)
	}
	return nil, ""
}
