package lookup

import "strings"

const (
	maxWords = 8   // of a prefix, for its words to be looked for apart
	maxScan  = 512 // strings looked at for them
)

// joined adds the strings that have prefix without one of its first spaces.
func (x *Index) joined(t *top, prefix string) {
	for at, spaces := 1, 1; at < len(prefix)-1 && spaces < maxWords; at++ {
		if prefix[at] == ' ' {
			spaces++
			x.spanned(t, 0, x.follow(x.find(prefix[:at]), at, prefix[at+1:]), joinFirst)
		}
	}
}

// apart adds the strings in which the words of prefix start words, in order. It looks at those that have the word which
// starts the fewest, or, if these are too many, at the best known.
func (x *Index) apart(t *top, prefix string) {
	var buf [maxWords]string
	words := buf[:0]
	rare, mask := span{0, x.place.len(), 0}, initials(prefix)
	for word := range strings.SplitSeq(prefix, " ") {
		if word == "" {
			continue
		}
		if len(words) == maxWords {
			return
		}
		words = append(words, word)
		if s := x.find(word); s.hi-s.lo < rare.hi-rare.lo {
			rare = s
		}
	}
	if rare.hi-rare.lo <= maxScan {
		for i := rare.lo; i < rare.hi; i++ {
			x.inOrder(t, x.place.at(i)&rankMask, mask, words)
		}
		return
	}
	for rank := 0; rank < min(x.count, maxScan); rank++ {
		if t.full() && uint32(t.worst().Entry) < uint32(apartLater)<<rankBits {
			return
		}
		x.inOrder(t, uint32(rank), mask, words)
	}
}

// inOrder adds the string of a rank if words, which start with the letters of mask, start words of it, in order.
func (x *Index) inOrder(t *top, rank, mask uint32, words []string) {
	if mask&^x.initial.at(int(rank)) != 0 {
		return
	}
	text := x.string(int(rank))
	first, at := -1, 0
	for _, word := range words {
		for at < len(text) && text[at] != word[0] || !strings.HasPrefix(text[at:], word) {
			if at = nextWord(text, at); at == len(text) {
				return
			}
		}
		if first < 0 {
			first = at
		}
		at = nextWord(text, at)
	}
	if first == 0 || first == article(text) {
		t.add(0, apartFirst, rank)
	} else {
		t.add(0, apartLater, rank)
	}
}

// nextWord is the place behind the next space, or the end of text.
func nextWord(text string, at int) int {
	for at < len(text) {
		at++
		if text[at-1] == ' ' {
			break
		}
	}
	return at
}
