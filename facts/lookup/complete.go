package lookup

import "unicode/utf8"

// maxSteps bounds the search for a mistyped prefix, so that damaged data cannot make it endless. Sound data of 100,000
// strings takes some 10,000 steps.
const maxSteps = 200_000

// PrefixFuzzy appends to dst up to n strings in which some word starts the prefix, or something that differs from it by few
// edits: one from 3 runes on, two from 6 on where nothing is found with fewer. Fewest edits first, then as for Prefix. It is
// meant for prefixes to which Prefix finds too little; of 64 runes or more it finds nothing.
func (x *Index) PrefixFuzzy(dst []Hit, prefix string, n int) []Hit {
	w := walk{x: x, t: newTop(dst, n)}
	for _, r := range clean(prefix) {
		if w.runes == maxTyped-1 {
			return dst
		}
		w.typed[w.runes] = r
		w.runes++
	}
	if n <= 0 || w.runes == 0 {
		return dst
	}
	for limit := 0; limit <= completes(w.runes) && !w.t.full(); limit++ {
		if limit == 2 && len(w.t.hits) > w.t.base {
			break
		}
		w.limit, w.steps = uint8(limit), 0
		w.rows[0] = row{over, over, 0, 1, 2}
		w.node(span{0, x.place.len(), 0}, 0, 0, 0)
	}
	return x.finish(&w.t)
}

// completes is the number of edits that a prefix of so many runes may have.
func completes(runes int) int {
	switch {
	case runes < 3:
		return 0
	case runes < 6:
		return 1
	}
	return 2
}

// row is the part that matters of a row of the table of distances: behind d runes of the text, cell k is the distance from
// them to the first d-2+k runes of the prefix. Distances of 3 and more are all over.
type row [5]uint8

const over = 3

// walk goes down the trie as long as the way can still lead to the prefix within limit edits.
type walk struct {
	x     *Index
	t     top
	typed [maxTyped]rune
	runes int
	limit uint8
	steps int
	rows  [maxTyped + 4]row
}

// node goes down from the node of s, which is depth runes deep, these being size bytes; last is the rune that led to it.
func (w *walk) node(s span, depth, size int, last rune) {
	first, end := w.x.children(s.node)
	if first == end {
		for i := s.lo; i < s.hi; i++ {
			rest := w.x.suffix(i)
			w.text(w.x.place.at(i), rest[min(size, len(rest)):], depth, last)
		}
		return
	}
	for k := first; k < end && w.steps < maxSteps; k++ {
		r := rune(w.x.label.at(k))
		if !w.step(depth+1, r, last) {
			continue
		}
		c := w.x.down(s, k, end)
		if d := w.met(depth + 1); d <= w.limit {
			// What is nearer farther down was found with a lower limit.
			w.x.spanned(&w.t, d, c, atFirst)
		} else if depth+1 < w.runes+over-1 {
			w.node(c, depth+1, size+max(utf8.RuneLen(r), 0), r)
		}
	}
}

// text follows the text of a place, from depth runes on.
func (w *walk) text(place uint32, rest string, depth int, last rune) {
	for _, r := range rest {
		depth++
		if depth >= w.runes+over || !w.step(depth, r, last) {
			return
		}
		if d := w.met(depth); d <= w.limit {
			w.x.placed(&w.t, d, place, atFirst)
			return
		}
		last = r
	}
}

// step fills the row of depth, to which r leads from last. It reports whether a cell is within the limit.
func (w *walk) step(depth int, r, last rune) bool {
	w.steps++
	prev, cur := &w.rows[depth-1], &w.rows[depth]
	*cur = row{over, over, over, over, over}
	left, least := uint8(over), uint8(over)
	for k := 2 - int(w.limit); k <= 2+int(w.limit); k++ {
		j := depth - 2 + k
		d := uint8(over)
		switch {
		case j < 0 || j > w.runes:
		case j == 0:
			d = uint8(min(depth, over))
		default:
			d = prev[k]
			if w.typed[j-1] != r {
				d = min(d, left, 2) + 1
				if k < 4 {
					d = min(d, prev[k+1]+1)
				}
				if depth > 1 && j > 1 && w.typed[j-1] == last && w.typed[j-2] == r {
					d = min(d, w.rows[depth-2][k]+1)
				}
			}
		}
		cur[k], left = d, d
		least = min(least, d)
	}
	return least <= w.limit
}

// met is the distance from the way to the whole prefix.
func (w *walk) met(depth int) uint8 {
	k := w.runes - depth + 2
	if k < 0 || k > 4 {
		return over
	}
	return w.rows[depth][k]
}
