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
	"github.com/whowon-bot/whowon/trivia/judge"
)

// wanted is the round that somebody asks for.
type wanted struct {
	rules  trivia.Rules
	filter generate.Filter
	pack   string // slug; "" is the facts
	words  string // of the command
}

// choice is what is kept of it: for the questions that a round asks for later, and to play the same again.
type choice struct {
	Categories []string          `json:"categories,omitempty"`
	Difficulty trivia.Difficulty `json:"difficulty,omitempty"`
	Typed      bool              `json:"typed,omitempty"`
	Pack       string            `json:"pack,omitempty"`
	Words      string            `json:"words,omitempty"` // of the command
}

// first is how many questions a round begins with.
func (w wanted) first() int {
	if w.rules.Questions > 0 {
		return w.rules.Questions
	}
	return 10
}

// maxWords is how much of a command is read, in runes.
const maxWords = 300

// wanted reads the words behind "/trivia start": what a word is, is plain from the word. They can also be named, as in
// "category=oscars". The second result says what is wrong with them.
func (g *Game) wanted(ctx context.Context, in bot.Inbound, args string) (wanted, bot.Line, error) {
	settings, err := g.settingsOf(ctx, in)
	if err != nil {
		return wanted{}, nil, err
	}
	r := &reader{g: g, settings: settings, mode: trivia.Mode(settings.text("mode"))}
	words := strings.Fields(strings.ReplaceAll(strings.ToLower(bot.Clip(args, maxWords)), ",", " "))
	for len(words) > 0 {
		n := r.read(words)
		if n == 0 {
			return wanted{}, unknownWordLine(words[0], g.meant(words)), nil
		}
		words = words[n:]
	}
	if len(r.problem) > 0 {
		return wanted{}, r.problem, nil
	}
	w := r.finish()
	if err := w.rules.Check(); err != nil {
		return wanted{}, bot.L("That cannot be played: " + err.Error() + "."), nil //nolint:nilerr // it is told
	}
	return w, nil, nil
}

// meant is what was probably meant by words that nobody knows, or "": what they are a slip of the pen for.
func (g *Game) meant(words []string) string {
	known := strings.Fields("quick classic race first-to endless everybody hardcore relaxed easy medium hard typed buttons " +
		"stop skip pause resume hint answer why appeal categories packs leaderboard stats hide unhide settings help")
	for _, c := range g.o.Questions().Categories() {
		known = append(known, folded(c.Name), c.Group)
	}
	for _, p := range g.o.Packs {
		known = append(known, folded(p.Name))
	}
	for n := min(4, len(words)); n > 0; n-- {
		typed := strings.Join(words[:n], " ")
		for _, k := range known {
			j := judge.Compile(judge.Spec{Answers: []string{k}, Kind: judge.Other}, nil)
			if j.Judge(typed).Verdict == judge.Correct {
				return k
			}
		}
	}
	return ""
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
	problem  bot.Line // with what was understood
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
	most, least := trivia.MaxQuestions, 1
	if seconds {
		most, least = int(trivia.MaxTime/time.Second), int(trivia.MinTime/time.Second)
	}
	if n < least || n > most {
		r.problem = outOfLimits(n, least, most, seconds)
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
	if word == "mixed" || word == "any" {
		r.filter.Difficulty = 0
		return true
	}
	d, ok := trivia.ParseDifficulty(word)
	if ok {
		r.filter.Difficulty = d
	}
	return ok
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

// remember keeps what a round is made of, for when it needs more questions, and for the next one like it.
func (g *Game) remember(ctx context.Context, t *table, w wanted) error {
	f := w.filter
	c, err := json.Marshal(choice{f.Categories, f.Difficulty, f.Typed, w.pack, bot.Clip(w.words, maxWords)})
	if err != nil {
		return err
	}
	return g.o.Store.Set(ctx, bot.Setting{Guild: t.guild, Channel: t.ch.ID, Key: choiceKey, Value: string(c)})
}

// lastChoice is what the last round of a channel is made of.
func (g *Game) lastChoice(ctx context.Context, guild bot.Guild, ch bot.Channel) (c choice, err error) {
	_, channel, err := g.o.Store.Settings(ctx, guild, ch)
	if err != nil {
		return c, err
	}
	if kept, ok := channel[choiceKey]; ok {
		if err := json.Unmarshal([]byte(kept), &c); err != nil {
			return c, fmt.Errorf("setting %s of channel %s: %w", choiceKey, ch.ID, err)
		}
	}
	return c, nil
}

// moreQuestions are further questions for a round, of the sort it began with.
func (g *Game) moreQuestions(ctx context.Context, t *table, n int) ([]trivia.Question, error) {
	c, err := g.lastChoice(ctx, t.guild, t.ch)
	if err != nil {
		return nil, err
	}
	w := wanted{filter: generate.Filter{Categories: c.Categories, Difficulty: c.Difficulty, Typed: c.Typed}, pack: c.Pack}
	return g.draw(ctx, t.ch, w, g.o.Seed(), n, ofRound(t.round))
}

// ofRound are the questions of a round, as far as it remembers them. What it asks right now is not in the store yet.
func ofRound(r *trivia.Round) map[string]bool {
	ids := map[string]bool{}
	last := r.LastClosed()
	if now, open := r.Current(); open {
		last = now.Question
	}
	for n := 1; n <= last; n++ {
		if q, ok := r.Question(n); ok {
			ids[q.ID] = true
		}
	}
	return ids
}
