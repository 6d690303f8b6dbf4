package lookup

// class orders the ways in which a string can meet a prefix, the best first.
type class uint32

const (
	whole     class = iota // it is the prefix
	wholeBare              // it is the prefix behind an article
	atFirst                // it starts with the prefix, an article aside
	atLater                // a later word starts the prefix
	joinFirst              // as atFirst, with one space of the prefix left out ("spider man": spiderman)
	joinLater
	apartFirst // the words of the prefix start some of its words, in order, from the first one on
	apartLater
)

// top keeps the n best hits, in order, behind the first base of hits. While it fills, Hit.Entry holds class and rank.
type top struct {
	hits    []Hit
	base, n int
}

func newTop(dst []Hit, n int) top { return top{hits: dst, base: len(dst), n: n} }

func (t *top) full() bool { return len(t.hits)-t.base >= t.n }

// worst is the last hit of a full top.
func (t *top) worst() Hit { return t.hits[len(t.hits)-1] }

// has reports whether a string is among the hits before end.
func (t *top) has(end int, rank uint32) bool {
	for _, h := range t.hits[t.base:end] {
		if uint32(h.Entry)&rankMask == rank {
			return true
		}
	}
	return false
}

func before(a, b Hit) bool {
	return a.Distance < b.Distance || a.Distance == b.Distance && a.Entry < b.Entry
}

// add keeps a string if it is among the n best. A string added twice stays where it is better.
func (t *top) add(distance uint8, c class, rank uint32) {
	h := Hit{Entry: int32(uint32(c)<<rankBits | rank), Distance: distance}
	if t.full() && !before(h, t.worst()) {
		return
	}
	list := t.hits[t.base:]
	end := -1 // the hit that goes
	for i := range list {
		if uint32(list[i].Entry)&rankMask == rank {
			if !before(h, list[i]) {
				return
			}
			end = i
			break
		}
	}
	if end < 0 {
		if !t.full() {
			t.hits = append(t.hits, h)
			list = t.hits[t.base:]
		}
		end = len(list) - 1
	}
	for ; end > 0 && before(h, list[end-1]); end-- {
		list[end] = list[end-1]
	}
	list[end] = h
}
