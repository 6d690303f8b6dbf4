package daily

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// errNoQuestion is returned where the topics have no question at all.
var errNoQuestion = errors.New("there is no such question")

// opened is the question of a post, which is drawn and opened where it was not.
func (c *Question) opened(ctx context.Context, p schedule.Post) (bot.Daily, error) {
	id := idOf(p)
	d, err := c.o.Store.Daily(ctx, id)
	if err == nil || !errors.Is(err, bot.ErrNotFound) {
		return d, err
	}
	q, err := c.draw(ctx, p, seedOf(id))
	if err != nil {
		return d, err
	}
	value, err := json.Marshal(q)
	if err != nil {
		return d, err
	}
	now := c.o.Now()
	return c.o.Store.OpenDaily(ctx, bot.Daily{ID: id, Guild: p.Guild, Channel: p.Channel, Subscription: p.Subscription.ID,
		Day: p.Date.String(), Question: value, QuestionID: q.ID, Open: true, Closes: closes(p.Next, now)}, now)
}

// closes is when a question's time is over: when the next one comes, if that is soon.
func closes(next, now time.Time) time.Time {
	if left := next.Sub(now); next.IsZero() || left <= 0 || left > longest {
		return now.Add(openFor)
	}
	return next
}

// draw draws a question that was not asked in the channel. Where all were, they are asked anew.
func (c *Question) draw(ctx context.Context, p schedule.Post, seed uint64) (trivia.Question, error) {
	ch, err := c.choose(ctx, p, seed, "")
	if err != nil {
		return trivia.Question{}, err
	}
	if len(ch.forget) > 0 {
		err = c.o.Store.ForgetAsked(ctx, p.Channel, ch.forget)
	}
	return ch.q, err
}

// choice is a question, and those that count as asked no longer with it.
type choice struct {
	q      trivia.Question
	forget []string
}

// choose chooses a question for a post, but for one. It changes nothing.
func (c *Question) choose(ctx context.Context, p schedule.Post, seed uint64, not string) (choice, error) {
	ids, err := c.o.Store.Asked(ctx, p.Channel)
	if err != nil {
		return choice{}, err
	}
	asked := setOf(append(slices.Clip(ids), not))
	if q, ok := c.pick(p.Topics, seed, asked); ok {
		return choice{q: q}, nil
	}
	used := c.ofTopics(p.Topics, ids)
	if len(used) == 0 {
		return choice{}, errNoQuestion
	}
	last, err := c.o.Store.Dailies(ctx, p.Subscription.ID, 1)
	if err != nil {
		return choice{}, err
	}
	for _, id := range used {
		delete(asked, id)
	}
	asked[not] = true
	for _, d := range last { // not the same as the day before, where there is another
		again := maps.Clone(asked)
		again[d.QuestionID] = true
		if q, ok := c.pick(p.Topics, seed, again); ok {
			return choice{q, used}, nil
		}
	}
	if q, ok := c.pick(p.Topics, seed, asked); ok {
		return choice{q, used}, nil
	}
	return choice{}, errNoQuestion
}

// pick draws a question with options that is not among those asked, the same for the same seed: mostly an easy or medium
// one, since it is for everybody.
func (c *Question) pick(topics []string, seed uint64, asked map[string]bool) (trivia.Question, bool) {
	levels := [...]trivia.Difficulty{trivia.Easy, trivia.Easy, trivia.Medium, trivia.Medium, trivia.Hard}
	for _, level := range []trivia.Difficulty{levels[seed%uint64(len(levels))], 0} {
		f := generate.Filter{Categories: topics, Difficulty: level}
		for _, q := range c.o.Questions().Pick(seed, f, 1, func(id string) bool { return asked[id] }) {
			if len(trivia.Options(&q, 0)) > 1 {
				return q, true
			}
		}
	}
	return trivia.Question{}, false
}

// ofTopics are those of the questions asked that are about the topics.
func (c *Question) ofTopics(topics, asked []string) []string {
	groups := map[string]string{}
	for _, x := range c.o.Questions().Categories() {
		groups[x.Key] = x.Group
	}
	var out []string
	for _, id := range asked {
		q, ok := c.o.Questions().ByID(id)
		if ok && (len(topics) == 0 || slices.Contains(topics, q.Category) || slices.Contains(topics, groups[q.Category])) {
			out = append(out, id)
		}
	}
	return out
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// Preview implements schedule.Content: an example, since who looks may be a player. It is not the question that comes.
func (c *Question) Preview(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	id := idOf(p)
	next, err := c.coming(ctx, p)
	if err == nil {
		var example choice
		if example, err = c.choose(ctx, p, seedOf("example/"+id), next); err == nil {
			shown := c.exampleOf(example.q, seedOf(id))
			shown.Headline = bot.L("a question about " + c.aboutWords(p.Topics))
			return shown, nil
		}
	}
	if errors.Is(err, errNoQuestion) {
		return schedule.Shown{Nothing: noQuestionWords}, nil
	}
	return schedule.Shown{}, err
}

// aboutWords names topics in a sentence.
func (c *Question) aboutWords(keys []string) string {
	if len(keys) == 0 {
		return "anything"
	}
	var names []string
	for _, key := range keys {
		names = append(names, c.TopicName(key))
	}
	return strings.Join(names, " or ")
}

// coming is the ID of the question of a post, also where that is not drawn yet.
func (c *Question) coming(ctx context.Context, p schedule.Post) (string, error) {
	d, err := c.o.Store.Daily(ctx, idOf(p))
	if err == nil || !errors.Is(err, bot.ErrNotFound) {
		return d.QuestionID, err
	}
	ch, err := c.choose(ctx, p, seedOf(idOf(p)), "")
	return ch.q.ID, err
}

func (c *Question) exampleOf(q trivia.Question, seed uint64) schedule.Shown {
	a := asked{q: q, options: trivia.Options(&q, seed)}
	v := bot.View{Title: bot.L("An example · " + c.about(q)), Lead: bot.L(bot.B(q.Text)), Blocks: []bot.Block{a.list()},
		Footer: []bot.Line{bot.L("This is an example: the question that comes is another one.")}}
	return schedule.Shown{View: v}
}
