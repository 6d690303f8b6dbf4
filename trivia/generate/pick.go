package generate

import (
	"math"
	"slices"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia"
)

// Filter says which questions are wanted. The zero Filter wants all.
type Filter struct {
	Categories []string          // keys or groups of categories; none is all
	Difficulty trivia.Difficulty // 0 is any
	Typed      bool              // only questions that can be answered without seeing options
}

func (f *Filter) allows(p *pool, b *bucket) bool {
	if f.Difficulty != 0 && b.level != uint8(f.Difficulty) || f.Typed && p.templates[b.tpl].choice {
		return false
	}
	t := &p.topics[b.topic]
	return len(f.Categories) == 0 || slices.Contains(f.Categories, t.key) || slices.Contains(f.Categories, t.group)
}

// Count is how many questions a filter allows. With Typed it is the most there can be: some are found to need their
// options only when they are built.
func (g *Generator) Count(f Filter) int {
	p, n := g.pool(), 0
	for i := range p.buckets {
		if f.allows(p, &p.buckets[i]) {
			n += len(p.buckets[i].seeds)
		}
	}
	return n
}

// Pick draws up to n questions that asked does not know, the same ones for the same seed. It mixes templates and
// categories, prefers what is well known where easy questions are wanted, and puts no two questions about one race, film
// or person into a draw unless nothing else is left. Fewer than n mean that the pool is used up.
func (g *Generator) Pick(seed uint64, f Filter, n int, asked func(id string) bool) []trivia.Question {
	p := g.pool()
	d := draw{p: p, f: f, n: n, asked: asked, r: rng{seed ^ g.seed}, taken: map[int32]bool{}, keys: map[string]bool{},
		byTpl: map[uint8]int{}, byTopic: map[uint8]int{}}
	topics := map[uint8]bool{}
	for i := range p.buckets {
		if b := &p.buckets[i]; f.allows(p, b) {
			d.buckets = append(d.buckets, b)
			d.total += float64(p.templates[b.tpl].weight) * math.Sqrt(float64(len(b.seeds)))
			d.sums = append(d.sums, d.total)
			topics[b.topic] = true
		}
	}
	d.maxTpl, d.maxTopic = 1+n/5, n
	if len(topics) >= 4 {
		d.maxTopic = 1 + n/4
	}
	if len(d.buckets) == 0 {
		return nil
	}
	for try := 0; len(d.out) < n && try < 30*n+30; try++ {
		d.try()
	}
	for _, strict := range []bool{true, false} {
		d.sweep(strict)
	}
	return d.out
}

// draw is one Pick under way.
type draw struct {
	p        *pool
	f        Filter
	n        int
	asked    func(string) bool
	r        rng
	buckets  []*bucket
	sums     []float64 // running sums of the buckets' weights
	total    float64
	out      []trivia.Question
	taken    map[int32]bool  // seeds used or found unfit
	keys     map[string]bool // races, works, people in the draw
	byTpl    map[uint8]int
	byTopic  map[uint8]int
	maxTpl   int
	maxTopic int
}

// try draws one seed and takes it if it fits.
func (d *draw) try() {
	x := float64(d.r.next()>>11) / (1 << 53) * d.total
	i, _ := slices.BinarySearch(d.sums, x)
	b := d.buckets[min(i, len(d.buckets)-1)]
	if d.byTpl[b.tpl] >= d.maxTpl || d.byTopic[b.topic] >= d.maxTopic {
		return
	}
	at := b.seeds[d.r.below(len(b.seeds))]
	if d.f.Difficulty == trivia.Easy || d.f.Difficulty == 0 { // the better known of two
		if other := b.seeds[d.r.below(len(b.seeds))]; d.p.seeds[other].ease > d.p.seeds[at].ease {
			at = other
		}
	}
	d.take(at, true)
}

// sweep goes through all that is left in a mixed order.
func (d *draw) sweep(strict bool) {
	if len(d.out) >= d.n {
		return
	}
	var left []int32
	for _, b := range d.buckets {
		for _, at := range b.seeds {
			if !d.taken[at] {
				left = append(left, at)
			}
		}
	}
	shuffle(&d.r, left)
	for _, at := range left {
		if len(d.out) >= d.n {
			return
		}
		d.take(at, strict)
	}
}

// take builds a seed and adds the question, unless it was asked, is unfit, or is about what another in the draw is about.
func (d *draw) take(at int32, strict bool) {
	if d.taken[at] {
		return
	}
	s := d.p.seeds[at]
	if d.asked != nil && d.asked(d.p.w.id(&d.p.templates[s.tpl], s)) {
		d.taken[at] = true
		return
	}
	keys := d.p.w.keys(&d.p.templates[s.tpl], s)
	if strict && slices.ContainsFunc(keys, func(k string) bool { return d.keys[k] }) {
		return
	}
	q, ok := d.p.build(s)
	if !ok || d.f.Typed && q.ChoiceOnly {
		d.taken[at] = true
		return
	}
	answer := "answer " + fold.String(q.Answers[0])
	if q.Kind != "date" && q.Kind != "number" && q.Answers[0] != "True" && q.Answers[0] != "False" {
		if strict && d.keys[answer] {
			return
		}
		keys = append(keys, answer)
	}
	for _, k := range keys {
		d.keys[k] = true
	}
	d.taken[at] = true
	d.byTpl[s.tpl]++
	d.byTopic[s.topic]++
	d.out = append(d.out, q)
}

// keys name what a seed is about: its races, works and people.
func (w *world) keys(t *template, s seed) []string {
	var out []string
	add := func(of about, n int) {
		switch of {
		case ofRow:
			r := w.raceOf(n)
			out = append(out, "race "+itoa(int(r.from)))
			works := w.k.RowWorks(n)
			for i := range works.Len() {
				out = append(out, "work "+itoa(int(works.At(i))))
			}
			people := w.k.RowPeople(n)
			for i := range min(3, people.Len()) {
				out = append(out, "person "+itoa(int(people.At(i))))
			}
		case ofWork:
			out = append(out, "work "+itoa(n))
		case ofPerson:
			out = append(out, "person "+itoa(n))
		case ofEdition:
			out = append(out, "edition "+itoa(n))
		case ofHappening:
			if work := w.k.HappeningWork(n); work >= 0 {
				out = append(out, "work "+itoa(work))
			}
			if person := w.k.HappeningPerson(n); person >= 0 {
				out = append(out, "person "+itoa(person))
			}
		}
	}
	add(t.a, int(s.a))
	if s.b >= 0 {
		add(t.b, int(s.b))
	}
	return out
}
