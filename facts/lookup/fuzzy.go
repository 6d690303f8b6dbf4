package lookup

import "math/bits"

// partIndex leads from a third of a string to the string. Keys are not stored, only hashed: what a bucket holds by accident
// is thrown out when it is compared.
type partIndex struct {
	bucket u32s // by hash: where the bucket starts in ranks; one more than there are buckets
	ranks  u32s
	short  u32s // for each length up to shortRunes, where its strings start; then the ranks of the short strings
}

// shortRunes is the length of the longest string that a query with one edit allowed can mean. These are looked for one by
// one: their parts are too short to lead anywhere.
const shortRunes = 5

// Fuzzy appends to dst up to n strings that differ from text by few edits, one for texts of up to 4 runes and two for longer
// ones: fewest edits first, then best known. An edit puts in, leaves out or replaces a rune, or swaps two neighbours. It
// finds all there are.
func (x *Index) Fuzzy(dst []Hit, text string, n int) []Hit {
	text = clean(text)
	q := query{text: text, mask: letters(text)}
	if n <= 0 || !q.split() || q.runes == 0 {
		return dst
	}
	t := newTop(dst, n)
	if q.limit = allowed(q.runes); q.limit == 1 {
		x.fuzzyShort(&t, &q)
	} else {
		for runes := q.runes - 2; runes <= min(q.runes+2, maxRunes); runes++ {
			x.fuzzyParts(&t, &q, runes)
		}
	}
	return x.finish(&t)
}

// query is a text to be found with typos.
type query struct {
	text  string
	mask  uint32
	limit int
	runes int
	at    [maxRunes + 4]uint16 // where each rune starts; the end of text behind the last
}

// split finds where the runes start. It reports false if there are too many.
func (q *query) split() bool {
	for i := range q.text {
		if q.runes > maxRunes+2 {
			return false
		}
		q.at[q.runes] = uint16(i)
		q.runes++
	}
	if q.runes > maxRunes+2 {
		return false
	}
	q.at[q.runes] = uint16(len(q.text))
	return true
}

// cut is the runes from to to-1.
func (q *query) cut(from, to int) string { return q.text[q.at[from]:q.at[to]] }

// third returns where the parts of a string begin and end.
func third(runes int) [4]int {
	return [4]int{0, runes / 3, runes/3 + (runes+1)/3, runes}
}

// fuzzyParts looks for strings of a length. Of the two edits, either none is in the first part, which is then where it
// should be; or none is in the last, which is then where it should be from the end; or there is one in each, and the middle
// part is at most one place off. A swap across a border spoils two parts, but the outer one is known: it ends (or begins)
// with the rune next to it.
func (x *Index) fuzzyParts(t *top, q *query, runes int) {
	p, more := third(runes), q.runes-runes
	seed := seedOf(runes)
	x.bucket(t, q, hash(seed, q.cut(0, p[1])))
	x.bucket(t, q, hash(hash(seed, q.cut(0, p[1]-1)), q.cut(p[1], p[1]+1)))
	for shift := max(-1, more-1); shift <= min(1, more+1); shift++ {
		from, to := p[1]+shift, p[2]+shift
		if from >= 0 && to <= q.runes {
			x.bucket(t, q, hash(seed+1, q.cut(from, to)))
		}
	}
	from := p[2] + more
	x.bucket(t, q, hash(seed+2, q.cut(from, q.runes)))
	x.bucket(t, q, hash(hash(seed+2, q.cut(from-1, from)), q.cut(from+1, q.runes)))
}

// bucket adds the strings of a bucket that are near enough.
func (x *Index) bucket(t *top, q *query, h uint64) {
	b := int(h & uint64(x.parts.bucket.len()-2))
	from, to := int(x.parts.bucket.at(b)), min(int(x.parts.bucket.at(b+1)), x.parts.ranks.len())
	x.compare(t, q, x.parts.ranks, from, to)
}

// fuzzyShort looks at all strings of about the same length.
func (x *Index) fuzzyShort(t *top, q *query) {
	list := x.parts.short
	from, to := list.at(max(q.runes-1, 0)), list.at(min(q.runes+2, shortRunes+1))
	x.compare(t, q, list, int(from), min(int(to), list.len()))
}

// compare adds those of the ranks from to to-1 of list that are near enough.
func (x *Index) compare(t *top, q *query, list u32s, from, to int) {
	for i := from; i < to; i++ {
		rank := list.at(i) & rankMask
		m := x.mask.at(int(rank))
		if bits.OnesCount32(m&^q.mask) > q.limit || bits.OnesCount32(q.mask&^m) > q.limit {
			continue
		}
		if t.full() {
			q.limit = min(q.limit, int(t.worst().Distance))
		}
		if d := distance(x.string(int(rank)), q.text, q.limit); d <= q.limit {
			t.add(uint8(d), 0, rank)
		}
	}
}

// cut sorts the parts of the strings into buckets.
func (b *builder) cut() (bucket, ranks []uint32) {
	var keys []uint64
	var owners []uint32
	for rank, text := range b.text {
		q := query{text: text}
		if b.runes[rank] < 3 || b.runes[rank] > maxRunes || !q.split() {
			continue
		}
		p, seed := third(q.runes), seedOf(q.runes)
		for i := range 3 {
			keys = append(keys, hash(seed+uint64(i), q.cut(p[i], p[i+1])))
			owners = append(owners, uint32(rank))
		}
	}
	size := 1
	for 2*size < len(keys) {
		size *= 2
	}
	bucket, ranks = make([]uint32, size+1), make([]uint32, len(keys))
	for i := range keys {
		keys[i] &= uint64(size - 1)
		bucket[keys[i]+1]++
	}
	for i := range size {
		bucket[i+1] += bucket[i]
	}
	next := append([]uint32{}, bucket...)
	for i, k := range keys {
		ranks[next[k]] = owners[i]
		next[k]++
	}
	return bucket, ranks
}

// short lists the short strings by length.
func (b *builder) short() []uint32 {
	out := make([]uint32, shortRunes+2)
	for runes := range shortRunes + 1 {
		out[runes] = uint32(len(out))
		for rank, text := range b.text {
			if b.runes[rank] == runes && text != "" {
				out = append(out, uint32(rank))
			}
		}
	}
	out[shortRunes+1] = uint32(len(out))
	return out
}

// seedOf starts the hash of the first part of a string; the next ones follow it.
func seedOf(runes int) uint64 { return uint64(runes) << 2 }

// hash continues the hash h with text. Its low bits are good ones.
func hash(h uint64, text string) uint64 {
	for i := 0; i < len(text); i++ {
		h = (h ^ uint64(text[i])) * 0x9e3779b97f4a7c15
		h ^= h >> 32
	}
	return h
}
