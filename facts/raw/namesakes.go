package raw

import (
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// shared are IDs that the tables give to two people. Of the award named here, the rows are the other person's, who gets
// an ID of ours (see the entries "FAULT" of same_names.tsv).
var shared = []struct{ id, award, own, apart string }{
	{"nm0930024", "golden-globes", "p-andy-williams", "the singer (1927–2012); the visual effects supervisor is another"},
	{"nm0026482", "golden-globes", "p-carl-anderson", "the singer and actor; the art director is another"},
	{"nm0428655", "emmys-primetime", "p-leslie-jones", "the comedian; the film editor is another"},
	{"nm0912599", "golden-globes", "p-steven-warner",
		"the child actor of The Little Prince; the visual effects artist is another"},
}

// splitID is the ID of a name of an entry, the other one where the tables give one ID to two people.
func (b *builder) splitID(e *entry, _, id string) string {
	for _, s := range shared {
		if id == s.id && e.spec.id == s.award {
			b.aparts[s.own] = s.apart
			return s.own
		}
	}
	return id
}

// namesakes is what same_names.tsv says of one name.
type namesakes struct {
	without string // the ID that rows without one mean
}

var (
	withoutID = form(`rows without an id: (nm\d+)`)
	ofID      = form(`^(nm\d+):? (.+)$`)
)

// readNamesakes reads same_names.tsv: how to tell people apart, and whom a row without an ID means.
func (b *builder) readNamesakes(sh *sheet) error {
	if err := sh.need("name", "person_ids", "how_to_tell_apart"); err != nil {
		return err
	}
	for _, l := range sh.rows {
		name, how := l.get("name"), l.get("how_to_tell_apart")
		if m := withoutID().FindStringSubmatch(how); m != nil && !strings.Contains(name, " / ") {
			b.namesakes[fold.String(name)] = namesakes{without: m[1]}
		}
		for _, part := range strings.Split(how, " | ") {
			if m := ofID().FindStringSubmatch(part); m != nil && !strings.Contains(name, " / ") {
				b.aparts[m[1]] = apartText(m[2])
			}
		}
	}
	b.splits[splitKey{"peter taylor", "pulitzer-prize"}] = "p-peter-taylor"
	b.aparts["p-peter-taylor"] = "the writer; the film editor is another"
	b.splits[splitKey{"ed catmull", "turing-award"}] = "nm0146216"
	b.splits[splitKey{"pat hanrahan", "turing-award"}] = "nm0360561"
	b.splits[splitKey{"robert young", "cannes"}] = "p-robert-young-director"
	b.aparts["p-robert-young-director"] = "the British director (born 1933); the American actor is another"
	return nil
}

var apartParts = form(`^(?:\(([^)]*)\))?:? ?(.*?), ceremonies [0-9-]+(?:, (.*))?$`)

// apartText words what same_names.tsv says of one person: "(1930-1980): acting, ceremonies 1964-1974, Bullitt / Papillon"
// is "1930–1980, acting: Bullitt, Papillon".
func apartText(s string) string {
	m := apartParts().FindStringSubmatch(s)
	if m == nil {
		return s
	}
	var out []string
	if born, ok := strings.CutSuffix(m[1], "-"); ok {
		out = append(out, "born "+born)
	} else if m[1] != "" {
		out = append(out, strings.Replace(m[1], "-", "–", 1))
	}
	what := strings.Replace(m[2], ", directing (festival competition)", "", 1)
	if m[3] != "" && m[3] != "no film named" {
		films := strings.Split(m[3], " / ")
		for i := range films {
			films[i] = slot().ReplaceAllString(films[i], "")
		}
		what += ": " + strings.Join(films, ", ")
	}
	return strings.Join(append(out, what), ", ")
}

// namesake decides whom a name without an ID means where several people have it. ok is false where nothing is known.
func (b *builder) namesake(e *entry, folded string) (id string, ok bool) {
	if strings.HasPrefix(e.category, "Scientific") { // engineers share the names of the famous
		for id := range b.nameIDs[folded] {
			if b.engineers[id] {
				return id, true
			}
		}
		return "", true
	}
	if folded == "steve mcqueen" {
		if b.heldIn(e) < 2000 {
			return "nm0000537", true
		}
		return "nm2588606", true
	}
	if n, known := b.namesakes[folded]; known && n.without != "" {
		return n.without, true
	}
	return "", false
}

// heldIn is the year an entry's edition was held in, as far as the tables tell.
func (b *builder) heldIn(e *entry) int {
	if ed := b.editions[editionID{e.spec.id, e.edition}]; ed != nil && ed.year != 0 {
		return ed.year
	}
	y, _ := strconv.Atoi(e.filmYear)
	return y
}
