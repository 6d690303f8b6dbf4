package play

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// wanted is the round that somebody asks for.
type wanted struct {
	rules  trivia.Rules
	filter generate.Filter
	pack   string // slug; "" is the facts
}

// choice is what is kept of it, for the questions of a round without an end.
type choice struct {
	Categories []string          `json:"categories,omitempty"`
	Difficulty trivia.Difficulty `json:"difficulty,omitempty"`
	Typed      bool              `json:"typed,omitempty"`
	Pack       string            `json:"pack,omitempty"`
}

// first is how many questions a round begins with.
func (w wanted) first() int {
	if w.rules.Questions > 0 {
		return w.rules.Questions
	}
	return 10
}

// wanted reads the words behind "/trivia start": what a word is, is plain from the word. They can also be named, as in
// "category=oscars". The second result says what is wrong with them.
func (g *Game) wanted(ctx context.Context, in bot.Inbound, args string) (wanted, bot.Line, error) {
	settings, err := g.settingsOf(ctx, in)
	if err != nil {
		return wanted{}, nil, err
	}
	r := &reader{g: g, settings: settings, mode: trivia.Mode(settings.text("mode"))}
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(bot.Clip(args, 300)), ",", " "))
	for len(words) > 0 {
		n := r.read(words)
		if n == 0 {
			return wanted{}, unknownWordLine(words[0]), nil
		}
		words = words[n:]
	}
	w := r.finish()
	if err := w.rules.Check(); err != nil {
		return wanted{}, bot.L("That cannot be played: " + err.Error() + "."), nil
	}
	return w, nil, nil
}

// reader collects what the words of a command say.
type reader struct {
	g        *Game
	settings values
	mode     trivia.Mode
	set      []func(*trivia.Rules)
	filter   generate.Filter
	pack     string
	typed    *bool
}

// read reads what the first words say, and returns how many these are; 0 when nobody knows.
func (r *reader) read(words []string) int {
	word := words[0]
	if key, value, ok := strings.Cut(word, "="); ok {
		switch key {
		case "category", "pack", "mode", "difficulty", "questions", "seconds", "answers":
			if value == "" {
				return 1
			}
			return r.read(append([]string{strings.ReplaceAll(value, "+", " ")}, words[1:]...))
		}
		return 0
	}
	switch {
	case r.readMode(word), r.readNumber(word), r.readDifficulty(word), r.readAnswers(word):
		return 1
	case len(words) > 1 && word == "first" && words[1] == "to":
		r.mode = trivia.FirstTo
		return 2
	}
	for n := min(4, len(words)); n > 0; n-- {
		if r.readCategory(strings.Join(words[:n], " ")) {
			return n
		}
	}
	return 0
}

func (r *reader) readMode(word string) bool {
	switch m := trivia.Mode(word); m {
	case trivia.Quick, trivia.Classic, trivia.Race, trivia.FirstTo, trivia.Endless, trivia.Everybody, trivia.Hardcore:
		r.mode = m
		return true
	}
	if word == "relaxed" {
		r.set = append(r.set, func(x *trivia.Rules) { *x = x.Relaxed() })
		return true
	}
	return false
}

// readNumber reads "5" as questions (or the target of first-to) and "20s" as seconds.
func (r *reader) readNumber(word string) bool {
	digits, seconds := strings.CutSuffix(word, "s")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return false
	}
	r.set = append(r.set, func(x *trivia.Rules) {
		switch {
		case seconds:
			x.Time = time.Duration(n) * time.Second
		case x.Mode == trivia.FirstTo:
			x.TargetRight = n
		default:
			x.Questions = n
		}
	})
	return true
}

func (r *reader) readDifficulty(word string) bool {
	switch word {
	case "easy":
		r.filter.Difficulty = trivia.Easy
	case "medium":
		r.filter.Difficulty = trivia.Medium
	case "hard":
		r.filter.Difficulty = trivia.Hard
	case "mixed", "any":
		r.filter.Difficulty = 0
	default:
		return false
	}
	return true
}

func (r *reader) readAnswers(word string) bool {
	switch word {
	case "typed", "text", "typing", "buttons", "choice":
		typed := word[0] == 't'
		r.typed = &typed
		return true
	}
	return false
}

func (r *reader) readCategory(words string) bool {
	want := folded(words)
	if want == "all" || want == "everything" {
		return true
	}
	for _, p := range r.g.o.Packs {
		if folded(p.Slug) == want || folded(p.Name) == want {
			r.pack = p.Slug
			return true
		}
	}
	for _, c := range r.g.o.Questions().Categories() {
		if folded(c.Key) == want || folded(c.Name) == want || folded(c.Group) == want {
			key := c.Key
			if folded(c.Group) == want && folded(c.Key) != want && folded(c.Name) != want {
				key = c.Group
			}
			if !slices.Contains(r.filter.Categories, key) {
				r.filter.Categories = append(r.filter.Categories, key)
			}
			return true
		}
	}
	return false
}

// finish makes the rules: those of the mode, the community's settings, what the command said.
func (r *reader) finish() wanted {
	rules := trivia.Preset(r.mode)
	r.settings.apply(&rules)
	for _, set := range r.set {
		set(&rules)
	}
	if r.typed != nil {
		rules.Typed = *r.typed
	}
	r.filter.Typed = rules.Typed
	return wanted{rules: rules, filter: r.filter, pack: r.pack}
}

const choiceKey = "round/choice" // a channel's setting that the bot keeps for itself

// remember keeps what questions a round is made of, for when it needs more: it has no end, or one of them was void.
func (g *Game) remember(ctx context.Context, t *table, w wanted) error {
	c, err := json.Marshal(choice{w.filter.Categories, w.filter.Difficulty, w.filter.Typed, w.pack})
	if err != nil {
		return err
	}
	return g.o.Store.Set(ctx, bot.Setting{Guild: t.guild, Channel: t.ch.ID, Key: choiceKey, Value: string(c)})
}

// moreQuestions are further questions for a round, of the sort it began with.
func (g *Game) moreQuestions(ctx context.Context, t *table, n int) ([]trivia.Question, error) {
	_, channel, err := g.o.Store.Settings(ctx, t.guild, t.ch)
	if err != nil {
		return nil, err
	}
	var c choice
	if kept, ok := channel[choiceKey]; ok {
		if err := json.Unmarshal([]byte(kept), &c); err != nil {
			return nil, fmt.Errorf("setting %s of channel %s: %w", choiceKey, t.ch.ID, err)
		}
	}
	w := wanted{filter: generate.Filter{Categories: c.Categories, Difficulty: c.Difficulty, Typed: c.Typed}, pack: c.Pack}
	open, _ := t.round.Current() // is not written down as asked yet
	return g.draw(ctx, t.ch, w, g.o.Seed(), n, open.Q.ID)
}

// draw takes n questions that were not asked in the channel, and not the open one. Where too few are left, the pool begins
// anew.
func (g *Game) draw(
	ctx context.Context, ch bot.Channel, w wanted, seed uint64, n int, open string,
) ([]trivia.Question, error) {
	ids, err := g.o.Store.Asked(ctx, ch)
	if err != nil {
		return nil, err
	}
	asked := make(map[string]bool, len(ids))
	for _, id := range ids {
		asked[id] = true
	}
	asked[open] = true
	known := func(id string) bool { return asked[id] }
	out := g.pick(w, seed, n, known)
	if len(out) >= n {
		return out, nil
	}
	used := g.ofPool(w, ids)
	if len(used) == 0 {
		return out, nil
	}
	if err := g.o.Store.ForgetAsked(ctx, ch, used); err != nil {
		return nil, err
	}
	for _, id := range used {
		delete(asked, id)
	}
	asked[open] = true
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
