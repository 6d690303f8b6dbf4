package generate

import (
	"cmp"
	"slices"

	"github.com/whowon-bot/whowon/trivia"
)

// About makes up to n questions about things, the same ones for the same seed: those about a result, work, person, edition
// ("academy-awards/97"), claim, first or dated event of these IDs, or about a result that one of them has. The better
// known are preferred. An ID that is not known is passed over. It looks the questions up: it does not go through them all.
func (g *Generator) About(ids []string, seed uint64, n int) []trivia.Question {
	p := g.pool()
	var out []trivia.Question
	for _, s := range p.preferred(p.about(ids), seed) {
		if len(out) >= n {
			break
		}
		if q, ok := p.build(s); ok {
			out = append(out, q)
		}
	}
	return out
}

// preferred are seeds in a mixed order, the better known before the others. The place of each comes from its own ID, so that
// a change of the facts leaves the others where they were.
func (p *pool) preferred(seeds map[seed]bool, mixed uint64) []seed {
	rank := make(map[seed]int, len(seeds))
	out := make([]seed, 0, len(seeds))
	for s := range seeds {
		noise := rng{hash(p.w.id(&p.templates[s.tpl], s)) ^ mixed}
		rank[s] = int(s.ease) + noise.below(aboutNoise)
		out = append(out, s)
	}
	slices.SortFunc(out, func(x, y seed) int { return cmp.Or(cmp.Compare(rank[y], rank[x]), x.order(y)) })
	return out
}

// aboutNoise is how much chance mixes into how well known something is, of 256.
const aboutNoise = 128

// about are the possible questions about things.
func (p *pool) about(ids []string) map[seed]bool {
	t := p.things(ids)
	out := map[seed]bool{}
	for tpl := range p.templates {
		for n := range t[p.templates[tpl].a] {
			first := seed{tpl: uint8(tpl), a: n, b: -1}
			i, _ := slices.BinarySearchFunc(p.seeds, first, seed.order)
			for ; i < len(p.seeds) && p.seeds[i].tpl == first.tpl && p.seeds[i].a == n; i++ {
				out[p.seeds[i]] = true
			}
		}
	}
	return out
}

// things are numbers of what questions are about, by sort.
type things [ofHappening + 1]map[int32]bool

// things are the numbers of what the IDs name, and of the results and claims that belong to it.
func (p *pool) things(ids []string) things {
	var t things
	for of := range t {
		t[of] = map[int32]bool{}
	}
	k, numbers := p.w.k, p.numbers()
	for _, id := range ids {
		for of := range t {
			n := p.w.find(numbers, about(of), id)
			if n < 0 {
				continue
			}
			t[of][n] = true
			switch about(of) {
			case ofWork:
				each(k.WorkRows(int(n)), t[ofRow])
				each(k.WorkClaims(int(n)), t[ofClaim])
			case ofPerson:
				each(k.PersonRows(int(n)), t[ofRow])
				each(k.PersonClaims(int(n)), t[ofClaim])
			case ofEdition:
				from, to := k.EditionRows(int(n))
				for row := from; row < to; row++ {
					t[ofRow][int32(row)] = true
				}
				each(k.EditionClaims(int(n)), t[ofClaim])
			}
		}
	}
	return t
}

// each adds numbers of the tables to a set.
func each(list interface {
	Len() int
	At(i int) uint32
}, to map[int32]bool) {
	for i := range list.Len() {
		to[int32(list.At(i))] = true
	}
}
