package judge

import (
	"iter"
	"slices"
)

// Known is a name that may be an answer: of a person, a place, a work. All names of one thing have the same Entity.
type Known struct {
	Kind   Kind
	Entity string
	Text   string
}

// Pool is everything that is known as an answer. A typed text that is another known answer is not a misspelling of this
// one. It is immutable, safe for concurrent use, and may be shared by all judges. A nil Pool knows nothing.
type Pool struct {
	names  table // whole names
	tokens table // words of names
}

// NewPool takes all names there are.
func NewPool(names iter.Seq[Known]) *Pool {
	p := new(Pool)
	t := new(paper).text()
	for k := range names {
		t.read(k.Text, len(t.buf))
		t.prepare()
		if t.count == 0 {
			continue
		}
		class, entity := kindClass(k.Kind), entityHash(k.Entity)
		p.names.add(t.key(), class, entity)
		for i := range t.count {
			if t.content(i) && !t.has(i, isNumber) {
				p.tokens.add(t.wordHash(i), class, entity)
			}
		}
	}
	return p
}

func kindClass(k Kind) uint32 {
	switch k {
	case Person:
		return 1
	case Place:
		return 2
	case Work:
		return 3
	}
	return 4
}

func entityHash(id string) uint32 {
	h := uint64(hashStart)
	for i := range len(id) {
		h = hashByte(h, id[i])
	}
	return uint32(h^h>>32) << 3
}

// table is a hash table with linear probing. An entry's tag is the entity, with the class of its kind in the low bits.
type table struct {
	slots []slot
	n     int
}

// slot is an entry; where the hash is 0 there is none.
type slot struct {
	hash uint64
	tag  uint32
}

func (t *table) add(h uint64, class, entity uint32) {
	if 2*t.n >= len(t.slots) {
		t.grow()
	}
	h |= 1 // 0 is an empty slot
	tag := entity | class
	for i := t.home(h); ; i = (i + 1) & (len(t.slots) - 1) {
		if t.slots[i].hash == 0 {
			t.slots[i] = slot{h, tag}
			t.n++
			return
		}
		if t.slots[i].hash == h && t.slots[i].tag == tag {
			return
		}
	}
}

func (t *table) home(h uint64) int { return int(h>>7) & (len(t.slots) - 1) }

func (t *table) grow() {
	old := t.slots
	*t = table{slots: make([]slot, max(1024, 2*len(old)))}
	for _, s := range old {
		if s.hash != 0 {
			t.add(s.hash, s.tag&7, s.tag&^7)
		}
	}
}

// find calls yield with the tag of every entry under h.
func (t *table) find(h uint64, yield func(tag uint32)) {
	if t.n == 0 {
		return
	}
	h |= 1
	for i := t.home(h); t.slots[i].hash != 0; i = (i + 1) & (len(t.slots) - 1) {
		if t.slots[i].hash == h {
			yield(t.slots[i].tag)
		}
	}
}

// other reports whether something of the class (0 is any) is under h, and none of own is.
func (t *table) other(h uint64, class uint32, own []uint32) bool {
	if t.n == 0 {
		return false
	}
	found := false
	h |= 1
	for i := t.home(h); t.slots[i].hash != 0; i = (i + 1) & (len(t.slots) - 1) {
		if t.slots[i].hash != h || class != 0 && t.slots[i].tag&7 != class {
			continue
		}
		if slices.Contains(own, t.slots[i].tag) {
			return false
		}
		found = true
	}
	return found
}

// other reports whether a name belongs to something else than own.
func (p *Pool) other(key uint64, class uint32, own []uint32) bool {
	return p != nil && p.names.other(key, class, own)
}

// person reports whether the first of the answers is the name of a person, in two words or more, and of nothing else.
func (p *Pool) person(answers []string) bool {
	if p == nil || len(answers) == 0 {
		return false
	}
	t := parse(answers[0])
	found, doubt := false, t.count < 2
	p.names.find(t.key(), func(tag uint32) {
		if tag&7 == kindClass(Person) {
			found = true
		} else {
			doubt = true
		}
	})
	return found && !doubt
}

// token reports whether a word stands in the name of something else than own.
func (p *Pool) token(hash uint64, class uint32, own []uint32) bool {
	return p != nil && p.tokens.other(hash, class, own)
}
