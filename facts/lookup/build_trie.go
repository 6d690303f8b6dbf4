package lookup

import (
	"slices"
	"unicode/utf8"
)

// Ranges of places up to leafSize are not divided further: walking through them is as quick. Ranges above listSize get a
// list of their best strings. Beyond maxDepth bytes there are no divisions: only a family of long titles gets there.
const (
	leafSize = 12
	listSize = 96
	maxDepth = 64
)

// trie divides the sorted places by their letters, level by level.
func (b *builder) trie() {
	type node struct{ lo, hi, depth int }
	queue := []node{{0, len(b.place), 0}}
	b.label, b.from = []uint32{0}, []uint32{0}
	for i := 0; i < len(queue); i++ {
		n := queue[i]
		b.child = append(b.child, uint32(len(queue)))
		b.best = append(b.best, b.list(n.lo, n.hi))
		if n.hi-n.lo <= leafSize || n.depth >= maxDepth {
			continue
		}
		at := n.lo
		for at < n.hi && len(b.rest(at)) == n.depth {
			at++
		}
		for at < n.hi {
			r, w := utf8.DecodeRuneInString(b.rest(at)[n.depth:])
			lo := at
			for at < n.hi && same(b.rest(at)[n.depth:], r) {
				at++
			}
			queue = append(queue, node{lo, at, n.depth + w})
			b.label, b.from = append(b.label, uint32(r)), append(b.from, uint32(lo))
		}
	}
	b.child = append(b.child, uint32(len(queue)))
}

func same(text string, r rune) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return first == r
}

// list stores the best strings of a large range and returns 1 + the number of their list, or 0.
func (b *builder) list(lo, hi int) uint32 {
	if hi-lo <= listSize {
		return 0
	}
	all := slices.Clone(b.place[lo:hi])
	slices.Sort(all) // best first: the flag of later words is above the rank
	seen := map[uint32]bool{}
	out := make([]uint32, 0, topSize)
	for _, p := range all {
		if len(out) == topSize {
			break
		}
		if !seen[p&rankMask] {
			seen[p&rankMask] = true
			out = append(out, p)
		}
	}
	for len(out) < topSize {
		out = append(out, none)
	}
	b.top = append(b.top, out...)
	return uint32(len(b.top) / topSize)
}
