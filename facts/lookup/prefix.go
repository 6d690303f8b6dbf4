package lookup

import (
	"strings"
	"unicode/utf8"
)

// Prefix appends to dst up to n strings that somebody who has typed prefix can be after: those in which some word starts
// the prefix ("fath" and "father of the b" find "father of the bride"; "bride" finds it too), then those that have it
// without one of its spaces ("god fath": the godfather), then those in which its words start words, in order, with others
// between ("lord king").
//
// Within each way, strings that start with the prefix (articles aside) come before those where a later word does; a string
// that is the prefix comes before all. Then the better known, the shorter, the first by alphabet.
//
// For a prefix of very common beginnings ("s m") words with others between are looked for among the best known strings only.
func (x *Index) Prefix(dst []Hit, prefix string, n int) []Hit {
	if n <= 0 {
		return dst
	}
	prefix = clean(prefix)
	t := newTop(dst, n)
	s := x.find(prefix)
	x.exact(&t, s, len(prefix))
	x.spanned(&t, 0, s, atFirst)
	if !t.full() && strings.IndexByte(prefix, ' ') > 0 {
		x.joined(&t, prefix)
		x.apart(&t, prefix)
	}
	return x.finish(&t)
}

// span is a range of places, and the node of the trie that has this range, or -1.
type span struct{ lo, hi, node int }

// find returns the places where the text goes on with prefix.
func (x *Index) find(prefix string) span { return x.follow(span{0, x.place.len(), 0}, 0, prefix) }

// follow returns those places of s, which share their first depth bytes, that go on with rest behind these.
func (x *Index) follow(s span, depth int, rest string) span {
	for at := 0; at < len(rest); {
		first, last := x.children(s.node)
		if first == last {
			return x.narrow(s, depth+at, rest[at:])
		}
		r, w := utf8.DecodeRuneInString(rest[at:])
		k := x.labelled(first, last, uint32(r))
		if k < 0 {
			return span{node: -1}
		}
		s = x.down(s, k, last)
		at += w
	}
	return s
}

// children are the nodes first to last-1.
func (x *Index) children(node int) (first, last int) {
	first, last = int(x.child.at(node)), int(x.child.at(node+1))
	last = min(last, x.label.len())
	if node < 0 || first <= node || first >= last {
		return 0, 0
	}
	return first, last
}

// labelled finds the node with a label among first to last-1, or -1.
func (x *Index) labelled(first, last int, label uint32) int {
	for first < last {
		mid := int(uint(first+last) / 2)
		switch l := x.label.at(mid); {
		case l == label:
			return mid
		case l < label:
			first = mid + 1
		default:
			last = mid
		}
	}
	return -1
}

// down is the range of the child k of the node of s; last is the end of its siblings.
func (x *Index) down(s span, k, last int) span {
	hi := s.hi
	if k+1 < last {
		hi = min(int(x.from.at(k+1)), hi)
	}
	return span{min(int(x.from.at(k)), hi), hi, k}
}

// narrow cuts the range of a leaf down to the places that go on with rest behind depth bytes.
func (x *Index) narrow(s span, depth int, rest string) span {
	for s.lo < s.hi && !fits(x.suffix(s.lo), depth, rest) {
		s.lo++
	}
	for s.lo < s.hi && !fits(x.suffix(s.hi-1), depth, rest) {
		s.hi--
	}
	s.node = -1
	return s
}

func fits(text string, depth int, rest string) bool {
	return len(text) >= depth && strings.HasPrefix(text[depth:], rest)
}

// spanned adds the strings of s. first is the class of those that begin there; the next class is for the others.
func (x *Index) spanned(t *top, distance uint8, s span, first class) {
	if s.node >= 0 && t.n <= topSize {
		if best := int(x.best.at(s.node)); best > 0 {
			x.listed(t, distance, best, first)
			return
		}
	}
	for i := s.lo; i < s.hi; i++ {
		x.placed(t, distance, x.place.at(i), first)
	}
}

// exact adds the strings that are the prefix, of length bytes. They are at the start of its range.
func (x *Index) exact(t *top, s span, length int) {
	for i := s.lo; i < s.hi && i < s.lo+t.n; i++ {
		p := x.place.at(i)
		if p&later != 0 || len(x.suffix(i)) != length {
			return
		}
		if x.offset.at(i) == 0 {
			t.add(0, whole, p&rankMask)
		} else {
			t.add(0, wholeBare, p&rankMask)
		}
	}
}

// listed adds the best strings of a node, from its list. Where all of them come behind what there is, as they mostly do,
// they need no sorting in.
func (x *Index) listed(t *top, distance uint8, best int, first class) {
	best = (best - 1) * topSize
	had := len(t.hits)
	behind := had == t.base || before(t.worst(), key(distance, x.top.at(best), first))
	for i := best; i < best+topSize; i++ {
		p := x.top.at(i)
		if p == none || t.full() && !before(key(distance, p, first), t.worst()) {
			return
		}
		if !behind {
			x.placed(t, distance, p, first)
		} else if !t.has(had, p&rankMask) {
			t.hits = append(t.hits, key(distance, p, first))
		}
	}
}

func (x *Index) placed(t *top, distance uint8, place uint32, first class) {
	t.add(distance, first+class(place>>rankBits&1), place&rankMask)
}

func key(distance uint8, place uint32, first class) Hit {
	return Hit{Entry: int32(uint32(first)<<rankBits + place&(later|rankMask)), Distance: distance}
}
