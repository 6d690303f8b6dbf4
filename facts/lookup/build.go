package lookup

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"
)

// Build writes an index of entries; their numbers are their places in the slice. The same entries give the same bytes.
// Texts may repeat; an empty one is never found.
func Build(entries []Entry) []byte {
	b := &builder{}
	b.rank(entries)
	b.words()
	b.trie()
	bucket, ranks := b.cut()
	return container(len(b.text), [sections][]byte{
		[]byte(strings.Join(b.text, "")), u32bytes(b.start), u32bytes(b.entry), u32bytes(b.mask),
		u32bytes(b.place), u16bytes(b.offset),
		u32bytes(b.label), u32bytes(b.from), u32bytes(b.child), u32bytes(b.best), u32bytes(b.top),
		u32bytes(bucket), u32bytes(ranks), u32bytes(b.short()), u32bytes(b.initial),
	})
}

// builder holds the sections of an Index while they grow; the fields are named as there.
type builder struct {
	text                          []string // by rank
	runes                         []int    // length of each text
	start, entry, mask, initial   []uint32
	place                         []uint32
	offset                        []uint16
	label, from, child, best, top []uint32
}

// rank numbers the strings: best known first, then the shorter, then by text.
func (b *builder) rank(entries []Entry) {
	entries = slices.Clone(entries[:min(len(entries), rankMask)])
	order := make([]uint32, len(entries))
	runes := make([]int, len(entries))
	for i := range entries {
		order[i] = uint32(i)
		entries[i].Text = strings.ToValidUTF8(entries[i].Text, "")
		runes[i] = utf8.RuneCountInString(entries[i].Text)
	}
	slices.SortFunc(order, func(x, y uint32) int {
		return cmp.Or(cmp.Compare(entries[y].Weight, entries[x].Weight), cmp.Compare(runes[x], runes[y]),
			cmp.Compare(entries[x].Text, entries[y].Text), cmp.Compare(x, y))
	})
	b.entry, b.start = order, make([]uint32, 1, len(order)+1)
	for _, i := range order {
		text := entries[i].Text
		b.text, b.runes = append(b.text, text), append(b.runes, runes[i])
		b.start = append(b.start, b.start[len(b.start)-1]+uint32(len(text)))
		b.mask, b.initial = append(b.mask, letters(text)), append(b.initial, initials(text))
	}
}

// words sorts the places where words start.
func (b *builder) words() {
	type word struct {
		rest         string
		rank, offset uint32
		order        uint32 // among equal rests: the whole string, the string without its article, others
	}
	var all []word
	for rank, text := range b.text {
		bare := article(text)
		for at := 0; at < min(len(text), maxOffset); at++ {
			if text[at] == ' ' || at > 0 && text[at-1] != ' ' {
				continue
			}
			w := word{rest: text[at:], rank: uint32(rank), offset: uint32(at), order: 2}
			switch at {
			case 0:
				w.order = 0
			case bare:
				w.order = 1
			}
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(x, y word) int {
		return cmp.Or(cmp.Compare(x.rest, y.rest), cmp.Compare(x.order, y.order), cmp.Compare(x.rank, y.rank),
			cmp.Compare(x.offset, y.offset))
	})
	for _, w := range all {
		if w.order == 2 {
			w.rank |= later
		}
		b.place, b.offset = append(b.place, w.rank), append(b.offset, uint16(w.offset))
	}
}

// article is the length of the article, with its space, that text starts with, or 0.
func article(text string) int {
	for _, a := range [...]string{"the ", "a ", "an "} {
		if strings.HasPrefix(text, a) {
			return len(a)
		}
	}
	return 0
}

// rest is the text from the i-th place on.
func (b *builder) rest(i int) string { return b.text[b.place[i]&rankMask][b.offset[i]:] }

// container puts the sections behind a header that tells where they are.
func container(count int, parts [sections][]byte) []byte {
	size := header
	for _, p := range parts {
		size += len(p)
	}
	out := make([]byte, 0, size)
	out = append(out, magic...)
	out = binary.LittleEndian.AppendUint32(out, uint32(count))
	at := header
	for _, p := range parts {
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
		at += len(p)
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
	}
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func u32bytes(list []uint32) []byte {
	out := make([]byte, 0, 4*len(list))
	for _, v := range list {
		out = binary.LittleEndian.AppendUint32(out, v)
	}
	return out
}

func u16bytes(list []uint16) []byte {
	out := make([]byte, 0, 2*len(list))
	for _, v := range list {
		out = binary.LittleEndian.AppendUint16(out, v)
	}
	return out
}
