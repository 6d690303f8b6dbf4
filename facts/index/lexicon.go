package index

import "slices"

// Sort tells what a phrase of the lexicon stands for.
type Sort uint32

// The sorts of things that a phrase can name.
const (
	IsAward    Sort = iota // index of an award
	IsCategory             // index of a category: the phrase is one of its names
	IsBag                  // index of a category: the phrase is the sorted telling words of one of its names
	IsPhrase               // index of an ambiguous phrase
	IsEdition              // index of an edition
	IsPerson               // index of a person: a full name
	IsFamily               // index of a person: the family name alone
	IsWork                 // index of a work: a full title
	IsShort                // index of a work: a title without its article or subtitle
	IsToken                // a word that occurs in some phrase; index is a set of Token flags
)

// Flags of a word that occurs in the lexicon.
const (
	TokenPlain = 1 << iota // a word of an award, category, edition or ambiguous phrase
	TokenName              // a word of a person or work
	TokenTold              // a word of a claim or a curated first
)

// Item is one meaning of a phrase.
type Item uint32

// Sort is what the item names.
func (i Item) Sort() Sort { return Sort(i >> 28) }

// Index is the number of the thing named, in the table of its sort.
func (i Item) Index() int { return int(i & (1<<28 - 1)) }

func item(s Sort, index int) Item { return Item(uint32(s)<<28 | uint32(index)) }

// Hash is the key of a folded phrase (64-bit FNV-1a). It can be continued: Hash(Hash(seed, "best "), "picture").
func Hash(h uint64, phrase string) uint64 {
	for i := 0; i < len(phrase); i++ {
		h = (h ^ uint64(phrase[i])) * 1099511628211
	}
	return h
}

// HashSeed starts a Hash.
const HashSeed uint64 = 14695981039346656037

// Lexicon finds what a folded phrase can mean.
type Lexicon struct {
	slots U32 // open addressing: 1 + the phrase's number, or 0
	hash  U64
	items Lists
}

// Find returns the meanings of the phrase with the hash h, best known first within a sort.
func (l Lexicon) Find(h uint64) U32 {
	mask := uint64(l.slots.Len() - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		n := l.slots.At(int(at))
		if n == 0 {
			return ""
		}
		if l.hash.At(int(n-1)) == h {
			return l.items.At(int(n - 1))
		}
	}
}

// lexicon collects phrases while a snapshot is built.
type lexicon struct {
	items map[string][]Item
	token map[string]uint32
}

func newLexicon() *lexicon { return &lexicon{items: map[string][]Item{}, token: map[string]uint32{}} }

// add gives phrase, already folded, one more meaning. Meanings are kept in the order in which they come.
func (l *lexicon) add(phrase string, s Sort, index int, flag uint32) {
	if phrase == "" {
		return
	}
	it := item(s, index)
	if !slices.Contains(l.items[phrase], it) {
		l.items[phrase] = append(l.items[phrase], it)
	}
	if s == IsBag {
		return
	}
	for w := range words(phrase) {
		l.token[w] |= flag
	}
}

// words yields the words of a folded phrase.
func words(phrase string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for from := 0; from < len(phrase); {
			to := from
			for to < len(phrase) && phrase[to] != ' ' {
				to++
			}
			if !yield(phrase[from:to]) {
				return
			}
			from = to + 1
		}
	}
}

func (l *lexicon) write(w *writer) {
	for word, flags := range l.token {
		l.items[word] = append(l.items[word], item(IsToken, int(flags)))
	}
	phrases := make([]string, 0, len(l.items))
	for p := range l.items {
		phrases = append(phrases, p)
	}
	slices.Sort(phrases)
	size := 1
	for size < len(phrases)*4/3 {
		size *= 2
	}
	slots := make([]uint32, size)
	hashes := make([]uint64, len(phrases))
	lists := make([][]uint32, len(phrases))
	for i, p := range phrases {
		h := Hash(HashSeed, p)
		hashes[i] = h
		for _, it := range l.items[p] {
			lists[i] = append(lists[i], uint32(it))
		}
		at := h & uint64(size-1)
		for slots[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		slots[at] = uint32(i + 1)
	}
	w.u32("lex.slots", slots)
	w.u64("lex.hash", hashes)
	w.lists("lex.items", lists)
}
