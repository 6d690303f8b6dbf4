// Package lookup is a prebuilt index over many short folded strings (titles, names, "oscars best picture") that completes
// what somebody types and finds what somebody mistyped. It is built once, stored as bytes, and read in place: Open neither
// parses nor copies.
//
// It does not know what a string stands for, what a word means, or how text is folded: strings and queries come folded
// already (fold.String), and a hit is the number of a string in the order in which Build got them.
//
// Three structures share one numbering of the strings, by rank: best known first. So the better of two strings is the one
// with the smaller number, and no weight is ever read.
//
//   - words in order: every place where a word starts, sorted by the text from there on. The strings with a word that
//     starts with a prefix are one range of it (prefix.go).
//   - a trie over the top of that list, which finds the range in one step a letter and keeps the best strings of the
//     large ranges, where picking them would take long. It also carries the search for a mistyped prefix (complete.go).
//   - parts: each string cut in three. Two edits spoil at most two parts, so the third one leads to the string (fuzzy.go).
package lookup

import (
	"errors"
	"fmt"
)

// Entry is a string to be found.
type Entry struct {
	Text   string // folded: lower-case words with single spaces between them
	Weight uint8  // higher is better known
}

// Hit is a string that was found.
type Hit struct {
	Entry    int32 // its place in the slice given to Build
	Distance uint8 // edits between it and the query; 0 where the query is met as typed
}

// Limits of what is indexed. Nothing fails beyond them; it is just not found.
const (
	maxRunes  = 255     // longest string that Fuzzy finds
	maxTyped  = 64      // longest prefix, in runes, that PrefixFuzzy mends
	maxOffset = 1 << 12 // words that start at this byte of a string or later are not completed
	rankBits  = 28      // strings beyond 1<<28 are left out
	rankMask  = 1<<rankBits - 1
	later     = 1 << rankBits // in Index.place: the word is not the first of its string
)

// Index answers queries. Its methods may be called by several goroutines at once.
type Index struct {
	count int // strings

	// By rank.
	text    string
	start   u32s // count+1 places in text
	entry   u32s // number in the slice given to Build
	mask    u32s // letters that occur, see letters
	initial u32s // letters that start words

	// Places where words start, sorted by the text from there to the end of the string; equal ones best first.
	place  u32s // rank of the string; later is set unless it starts there, an article aside
	offset u16s // byte of the string

	// Trie over place, level by level, the root first. The children of node i are nodes child[i] to child[i+1], sorted by
	// label. Its range starts at from[i] and ends where the range of its next sibling starts, or its parent's ends.
	label u32s // rune that leads to the node
	from  u32s
	child u32s
	best  u32s // 1 + number of the node's list in top, or 0
	top   u32s // lists of topSize values of place, best first, filled up with none

	parts partIndex
}

const (
	topSize = 32
	none    = 1<<32 - 1
)

const (
	magic    = "wholook1"
	sections = 15
	header   = len(magic) + 4 + 8*sections // magic, count, and start and end of each section
)

// errDamaged is wrapped by what Open returns for data that Build did not write.
var errDamaged = errors.New("damaged lookup index; build it again")

// Open reads an index that Build wrote. It looks at the header only, so it takes no time; data that is damaged behind an
// intact header gives wrong hits, but no panic, and never a hit outside the slice given to Build.
func Open(data string) (*Index, error) {
	if len(data) < header || data[:len(magic)] != magic {
		return nil, fmt.Errorf("%w: it starts with %.8q, not %q", errDamaged, data, magic)
	}
	head := u32s(data[len(magic):header])
	var section [sections]string
	for i := range section {
		from, to := uint64(head.at(1+2*i)), uint64(head.at(2+2*i))
		if from < uint64(header) || from > to || to > uint64(len(data)) {
			return nil, fmt.Errorf("%w: section %d is bytes %d to %d of %d", errDamaged, i, from, to, len(data))
		}
		section[i] = data[from:to]
	}
	x := &Index{
		count: int(head.at(0)),
		text:  section[0], start: u32s(section[1]), entry: u32s(section[2]), mask: u32s(section[3]),
		place: u32s(section[4]), offset: u16s(section[5]),
		label: u32s(section[6]), from: u32s(section[7]), child: u32s(section[8]), best: u32s(section[9]),
		top: u32s(section[10]), initial: u32s(section[14]),
		parts: partIndex{
			bucket: u32s(section[11]), ranks: u32s(section[12]), short: u32s(section[13]),
		},
	}
	return x, x.check()
}

// check compares the lengths of the sections.
func (x *Index) check() error {
	nodes, buckets := x.label.len(), x.parts.bucket.len()-1
	switch {
	case x.count > rankMask, x.start.len() != x.count+1, x.entry.len() != x.count,
		x.mask.len() != x.count, x.initial.len() != x.count:
		return fmt.Errorf("%w: it does not hold %d strings", errDamaged, x.count)
	case x.place.len() != x.offset.len():
		return fmt.Errorf("%w: %d words have %d places", errDamaged, x.place.len(), x.offset.len())
	case nodes == 0, x.from.len() != nodes, x.child.len() != nodes+1, x.best.len() != nodes, x.top.len()%topSize != 0:
		return fmt.Errorf("%w: its trie does not have %d nodes", errDamaged, nodes)
	case buckets < 1, buckets&(buckets-1) != 0, x.parts.short.len() < shortRunes+2:
		return fmt.Errorf("%w: its parts have %d buckets", errDamaged, buckets)
	}
	return nil
}

// Len is the number of strings given to Build.
func (x *Index) Len() int { return x.count }

// string is the text of the string of a rank.
func (x *Index) string(rank int) string {
	from, to := int(x.start.at(rank)), int(x.start.at(rank+1))
	if from > to || to > len(x.text) {
		return ""
	}
	return x.text[from:to]
}

// suffix is the text from the i-th place on.
func (x *Index) suffix(i int) string {
	s := x.string(int(x.place.at(i) & rankMask))
	return s[min(int(x.offset.at(i)), len(s)):]
}

// finish turns the keys of t into entry numbers.
func (x *Index) finish(t *top) []Hit {
	out := t.hits[:t.base]
	for _, h := range t.hits[t.base:] {
		h.Entry = int32(x.entry.at(int(h.Entry & rankMask)))
		if h.Entry >= 0 && int(h.Entry) < x.count {
			out = append(out, h)
		}
	}
	return out
}
