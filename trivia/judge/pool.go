package judge

import "iter"

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
	tokens table // words of names, by kind; the entity is 0
}

// NewPool takes all names there are.
func NewPool(names iter.Seq[Known]) *Pool {
	p := new(Pool)
	var t text
	for k := range names {
		t.read(k.Text, len(t.buf))
		t.prepare()
		if t.count == 0 {
			continue
		}
		class := kindClass(k.Kind)
		p.names.add(t.key(), class, entityHash(k.Entity))
		for i := range t.count {
			if t.content(i) && !t.has(i, isNumber) {
				p.tokens.add(t.wordHash(i), class, 0)
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
	hash []uint64
	tag  []uint32
	n    int
}

func (t *table) add(h uint64, class, entity uint32) {
	if 2*t.n >= len(t.hash) {
		t.grow()
	}
	h |= 1 // 0 is an empty slot
	tag := entity | class
	for i := t.slot(h); ; i = (i + 1) & (len(t.hash) - 1) {
		if t.hash[i] == 0 {
			t.hash[i], t.tag[i] = h, tag
			t.n++
			return
		}
		if t.hash[i] == h && t.tag[i] == tag {
			return
		}
	}
}

func (t *table) slot(h uint64) int { return int(h>>7) & (len(t.hash) - 1) }

func (t *table) grow() {
	old := *t
	size := max(1024, 2*len(old.hash))
	*t = table{hash: make([]uint64, size), tag: make([]uint32, size)}
	for i, h := range old.hash {
		if h != 0 {
			t.add(h, old.tag[i]&7, old.tag[i]&^7)
		}
	}
}

// find calls yield with the tag of every entry under h until it returns false.
func (t *table) find(h uint64, yield func(tag uint32) bool) {
	if t.n == 0 {
		return
	}
	h |= 1
	for i := t.slot(h); t.hash[i] != 0; i = (i + 1) & (len(t.hash) - 1) {
		if t.hash[i] == h && !yield(t.tag[i]) {
			return
		}
	}
}

// other reports whether the name with this key belongs to something of the class (0 is any) and to none of own.
func (p *Pool) other(key uint64, class uint32, own []uint32) bool {
	if p == nil || p.names.n == 0 {
		return false
	}
	found := false
	key |= 1
	t := &p.names
	for i := t.slot(key); t.hash[i] != 0; i = (i + 1) & (len(t.hash) - 1) {
		if t.hash[i] != key || class != 0 && t.tag[i]&7 != class {
			continue
		}
		for _, o := range own {
			if t.tag[i] == o {
				return false
			}
		}
		found = true
	}
	return found
}

// token reports whether a word stands in a name of the class.
func (p *Pool) token(hash uint64, class uint32) bool {
	if p == nil {
		return false
	}
	found := false
	p.tokens.find(hash, func(tag uint32) bool {
		found = tag&7 == class
		return !found
	})
	return found
}
