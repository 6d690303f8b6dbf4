// Package generate makes trivia questions from the facts: who won, for which film, which of these was not nominated. A
// question is rebuilt from its ID, the same each time with the same seed, so that a corrected row corrects the question;
// nothing is built before it is asked for.
//
// It does not know rounds, channels, or who has been asked what: whoever draws questions says which are used up. It does
// not judge answers, nor show them.
package generate

import (
	"iter"
	"slices"
	"sync"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
)

// Generator makes questions from a corpus. It is safe for concurrent use. The list of possible questions is made when
// one is first wanted.
type Generator struct {
	seed uint64
	pool func() *pool
}

// New makes a generator. The seed decides wording and wrong options: the same corpus, seed and ID give the same question.
func New(c *facts.Corpus, seed uint64) *Generator {
	return &Generator{pool: sync.OnceValue(func() *pool { return newPool(c, seed) }), seed: seed}
}

// pool is the list of possible questions.
type pool struct {
	seed      uint64
	w         *world
	templates []template
	topics    []topic
	seeds     []seed // by template and subject
	buckets   []bucket
	numbers   func() *numbers
}

// bucket is the possible questions of one topic, template and difficulty.
type bucket struct {
	topic, tpl, level uint8
	seeds             []int32 // numbers in the pool
}

func newPool(c *facts.Corpus, seedOf uint64) *pool {
	w := newWorld(c.Catalogue())
	p := &pool{seed: seedOf, w: w, templates: templates(), topics: w.topics}
	p.numbers = sync.OnceValue(p.w.number)
	lists := make([][]seed, len(p.templates))
	var wg sync.WaitGroup
	for i := range p.templates {
		wg.Go(func() { lists[i] = p.list(i) })
	}
	wg.Wait()
	p.seeds = slices.Concat(lists...)
	p.fill()
	return p
}

// list lists the seeds of one template, in their order, each once.
func (p *pool) list(template int) []seed {
	e := enum{w: p.w, t: &p.templates[template], tpl: uint8(template)}
	e.t.each(&e)
	if e.t.probe {
		e.seeds = slices.DeleteFunc(e.seeds, func(s seed) bool { _, ok := p.build(s); return !ok })
	}
	slices.SortFunc(e.seeds, seed.order)
	return slices.CompactFunc(e.seeds, func(x, y seed) bool { return x.order(y) == 0 })
}

// fill sorts the seeds into buckets.
func (p *pool) fill() {
	const levels = 4
	at := make([]int32, len(p.topics)*len(p.templates)*levels)
	count := make([]int32, len(at))
	key := func(s seed) int { return (int(s.topic)*len(p.templates)+int(s.tpl))*levels + int(s.level) }
	for _, s := range p.seeds {
		count[key(s)]++
	}
	for i, n := range count {
		if n > 0 {
			p.buckets = append(p.buckets, bucket{topic: uint8(i / levels / len(p.templates)),
				tpl:   uint8(i / levels % len(p.templates)),
				level: uint8(i % levels), seeds: make([]int32, 0, n)})
			at[i] = int32(len(p.buckets) - 1)
		}
	}
	for i, s := range p.seeds {
		b := &p.buckets[at[key(s)]]
		b.seeds = append(b.seeds, int32(i))
	}
}

// build makes the question of a seed; false where it would not be a good one.
func (p *pool) build(s seed) (trivia.Question, bool) {
	t := &p.templates[s.tpl]
	id := p.w.id(t, s)
	b := builder{w: p.w, t: t, s: s, r: rng{hash(id) ^ p.seed*0x9e3779b97f4a7c15}}
	b.q = trivia.Question{ID: id, Category: p.topics[s.topic].key, Difficulty: trivia.Difficulty(s.level)}
	if !t.build(&b) {
		return trivia.Question{}, false
	}
	return b.q, true
}

// All goes through all questions there are, template by template.
func (g *Generator) All() iter.Seq[trivia.Question] { return g.Sample(1) }

// Sample goes through one of every step questions.
func (g *Generator) Sample(step int) iter.Seq[trivia.Question] {
	return func(yield func(trivia.Question) bool) {
		p := g.pool()
		for i := 0; i < len(p.seeds); i += max(1, step) {
			if q, ok := p.build(p.seeds[i]); ok && !yield(q) {
				return
			}
		}
	}
}

// ByID makes a question again from its ID; false where the facts no longer hold it. The rows as they are now decide what
// it says.
func (g *Generator) ByID(id string) (trivia.Question, bool) {
	p := g.pool()
	s, ok := p.w.parse(p.numbers(), p.templates, id)
	if !ok {
		return trivia.Question{}, false
	}
	i, ok := slices.BinarySearchFunc(p.seeds, s, seed.order)
	if !ok {
		return trivia.Question{}, false
	}
	return p.build(p.seeds[i])
}

// Category is what a player can choose: an award, or a sort of question.
type Category struct {
	Key, Name string
	Group     string // film, sport, …: choosing it chooses all of its categories
	Count     [4]int // questions by difficulty; Count[0] is all
}

// Categories lists the categories with questions, with how many there are of each difficulty.
func (g *Generator) Categories() []Category {
	p := g.pool()
	out := make([]Category, len(p.topics))
	for i, t := range p.topics {
		out[i] = Category{Key: t.key, Name: t.name, Group: t.group}
	}
	for i := range p.buckets {
		b := &p.buckets[i]
		out[b.topic].Count[b.level] += len(b.seeds)
		out[b.topic].Count[0] += len(b.seeds)
	}
	return slices.DeleteFunc(out, func(c Category) bool { return c.Count[0] == 0 })
}

// Template is one way of asking, with how many questions it makes.
type Template struct {
	Key, Name string
	Count     [4]int // by difficulty; Count[0] is all
}

// Templates lists the templates: a question's ID begins with the key of its own and a colon.
func (g *Generator) Templates() []Template {
	p := g.pool()
	out := make([]Template, len(p.templates))
	for i := range p.templates {
		out[i] = Template{Key: p.templates[i].key, Name: p.templates[i].name}
	}
	for _, s := range p.seeds {
		out[s.tpl].Count[s.level]++
		out[s.tpl].Count[0]++
	}
	return out
}
