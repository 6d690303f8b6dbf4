package generate

import (
	"cmp"
	"strings"
)

// seed is one possible question: a template and what it is about. 12 bytes stand for a question that is not built yet.
type seed struct {
	a, b  int32 // numbers of what it is about; b is -1 where the template needs one only
	tpl   uint8
	topic uint8
	level uint8 // difficulty, 1 to 3
	ease  uint8 // 0 to 255; what difficulty is read from
}

// order sorts seeds by template and subject, so that a seed is found by its ID.
func (s seed) order(t seed) int {
	return cmp.Or(cmp.Compare(s.tpl, t.tpl), cmp.Compare(s.a, t.a), cmp.Compare(s.b, t.b))
}

// about is the sort of thing that a template's questions are about; it says whose ID stands in a question's ID.
type about uint8

const (
	ofRow about = iota
	ofWork
	ofPerson
	ofEdition
	ofClaim
	ofFirst
	ofHappening
)

// A question's ID is the template's key and the IDs of what it is about, joined by colons. The IDs of the facts never
// change, so neither does the question's, and a corrected row corrects the question that stands on it.

// id is the ID of a seed.
func (w *world) id(t *template, s seed) string {
	var b strings.Builder
	b.Grow(64)
	b.WriteString(t.key)
	b.WriteByte(':')
	w.writeID(&b, t.a, int(s.a))
	if s.b >= 0 {
		b.WriteByte(':')
		w.writeID(&b, t.b, int(s.b))
	}
	return b.String()
}

func (w *world) writeID(b *strings.Builder, of about, n int) {
	k := w.k
	switch of {
	case ofRow:
		b.WriteString(k.RowID(n))
	case ofWork:
		b.WriteString(k.WorkID(n))
	case ofPerson:
		b.WriteString(k.PersonID(n))
	case ofEdition:
		b.WriteString(w.editionID(n))
	case ofClaim:
		b.WriteString(k.ClaimID(n))
	case ofFirst:
		b.WriteString(k.First(n).ID)
	case ofHappening:
		b.WriteString(k.HappeningID(n))
	}
}

// editionID names an edition among those of all awards: "academy-awards/97".
func (w *world) editionID(n int) string { return w.k.AwardID(w.k.Award(n)) + "/" + w.k.EditionID(n) }

// numbers finds rows, editions, claims, firsts and happenings by ID. It is made when a question is first asked for by ID.
type numbers [ofHappening + 1]map[string]int32

func (w *world) number() *numbers {
	k := w.k
	var n numbers
	fill := func(of about, count int, id func(int) string) {
		n[of] = make(map[string]int32, count)
		for i := range count {
			n[of][id(i)] = int32(i)
		}
	}
	fill(ofRow, k.Results(), k.RowID)
	fill(ofEdition, k.Editions(), w.editionID)
	fill(ofClaim, k.Claims(), k.ClaimID)
	fill(ofFirst, k.Firsts(), func(i int) string { return k.First(i).ID })
	fill(ofHappening, k.Happenings(), k.HappeningID)
	return &n
}

// find is the number of a thing by its ID, -1 where there is none.
func (w *world) find(n *numbers, of about, id string) int32 {
	switch of {
	case ofWork:
		return int32(w.k.FindWork(id))
	case ofPerson:
		return int32(w.k.FindPerson(id))
	}
	if i, ok := n[of][id]; ok {
		return i
	}
	return -1
}

// parse reads an ID; false where it is none of ours.
func (w *world) parse(n *numbers, all []template, id string) (seed, bool) {
	key, rest, ok := strings.Cut(id, ":")
	if !ok {
		return seed{}, false
	}
	for i := range all {
		if all[i].key != key {
			continue
		}
		first, second, two := strings.Cut(rest, ":")
		s := seed{tpl: uint8(i), a: w.find(n, all[i].a, first), b: -1}
		if two {
			s.b = w.find(n, all[i].b, second)
		}
		return s, s.a >= 0 && two == (s.b >= 0)
	}
	return seed{}, false
}
