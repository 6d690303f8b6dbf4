package play

import (
	"context"
	"maps"
	"slices"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// draw takes up to n questions that were not asked in the channel. Where too few are left, the pool begins anew, but for
// those of the round itself, not.
func (g *Game) draw(ctx context.Context, ch bot.Channel, w wanted, seed uint64, n int,
	not map[string]bool) ([]trivia.Question, error) {
	ids, err := g.o.Store.Asked(ctx, ch)
	if err != nil {
		return nil, err
	}
	asked := make(map[string]bool, len(ids)+len(not))
	maps.Copy(asked, not)
	for _, id := range ids {
		asked[id] = true
	}
	known := func(id string) bool { return asked[id] }
	out := g.pick(w, seed, n, known)
	if len(out) >= n {
		return out, nil
	}
	used := slices.DeleteFunc(g.ofPool(w, ids), func(id string) bool { return not[id] })
	if len(used) == 0 {
		return out, nil
	}
	if err := g.o.Store.ForgetAsked(ctx, ch, used); err != nil {
		return nil, err
	}
	for _, id := range used {
		delete(asked, id)
	}
	for _, q := range out {
		asked[q.ID] = true
	}
	return append(out, g.pick(w, seed+1, n-len(out), known)...), nil
}

func (g *Game) pick(w wanted, seed uint64, n int, asked func(string) bool) []trivia.Question {
	if w.pack == "" && w.filter.Difficulty == 0 {
		return g.mixed(w.filter, seed, n, asked)
	}
	if w.pack == "" {
		return g.o.Questions().Pick(seed, w.filter, n, asked)
	}
	return pickOfPack(g.packQuestions(w), seed, n, asked)
}

// mixed draws mostly easy and medium questions, and a hard one now and then: a round without a word about difficulty is for
// everybody.
func (g *Game) mixed(f generate.Filter, seed uint64, n int, asked func(string) bool) []trivia.Question {
	drawn := map[string]bool{}
	fresh := func(id string) bool { return asked(id) || drawn[id] }
	var out []trivia.Question
	draw := func(d trivia.Difficulty, n int) {
		f.Difficulty = d
		for _, q := range g.o.Questions().Pick(seed+uint64(d), f, n, fresh) {
			drawn[q.ID] = true
			out = append(out, q)
		}
	}
	hard := n / 5
	draw(trivia.Hard, hard)
	draw(trivia.Medium, (n-hard)/2)
	draw(trivia.Easy, n-len(out))
	draw(0, n-len(out)) // where one of them has too few
	newRand(seed).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	return out
}

func (g *Game) packQuestions(w wanted) []trivia.Question {
	var out []trivia.Question
	for _, p := range g.o.Packs {
		if p.Slug != w.pack {
			continue
		}
		for _, q := range p.Questions {
			if w.filter.Difficulty == 0 || q.Difficulty == w.filter.Difficulty {
				out = append(out, q)
			}
		}
	}
	return out
}

// ofPool are those of the questions asked that belong to the pool a round draws from.
func (g *Game) ofPool(w wanted, asked []string) []string {
	if w.pack != "" {
		pool := map[string]bool{}
		for _, q := range g.packQuestions(w) {
			pool[q.ID] = true
		}
		return slices.DeleteFunc(slices.Clone(asked), func(id string) bool { return !pool[id] })
	}
	groups := map[string]string{}
	for _, c := range g.o.Questions().Categories() {
		groups[c.Key] = c.Group
	}
	return slices.DeleteFunc(slices.Clone(asked), func(id string) bool {
		q, ok := g.o.Questions().ByID(id)
		if !ok {
			return true
		}
		in := len(w.filter.Categories) == 0 || slices.Contains(w.filter.Categories, q.Category) ||
			slices.Contains(w.filter.Categories, groups[q.Category])
		return !in || w.filter.Difficulty != 0 && q.Difficulty != w.filter.Difficulty
	})
}

// pickOfPack draws questions of a pack, the same ones for the same seed.
func pickOfPack(pool []trivia.Question, seed uint64, n int, asked func(string) bool) []trivia.Question {
	rnd := newRand(seed)
	var out []trivia.Question
	for _, i := range rnd.Perm(len(pool)) {
		if len(out) == n {
			break
		}
		if !asked(pool[i].ID) {
			out = append(out, pool[i])
		}
	}
	return out
}
