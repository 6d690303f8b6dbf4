package daily

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// topic is something a moderator can choose.
type topic struct{ key, name, group string }

// Topic implements schedule.Content.
func (c *Anniversaries) Topic(word string) (string, bool) { return c.o.Facts().Topic(word) }

// TopicName implements schedule.Content.
func (c *Anniversaries) TopicName(key string) string { return c.names([]string{key})[0] }

// Topics implements schedule.Content.
func (c *Anniversaries) Topics(prefix string, n int) []bot.Suggestion {
	return bot.SuggestTopics(c.o.Facts(), prefix, n)
}

// names are what topics are called.
func (c *Anniversaries) names(keys []string) []string {
	if len(keys) == 0 {
		return nil
	}
	called := map[string]string{}
	for _, t := range c.o.Facts().Topics() {
		called[t.Key] = t.Name
	}
	names := slices.Clone(keys)
	for i, key := range keys {
		if name := called[key]; name != "" {
			names[i] = name
		}
	}
	return names
}

// topics lists the categories of questions.
func (c *Question) topics() []topic {
	var out []topic
	for _, x := range c.o.Questions().Categories() {
		out = append(out, topic{x.Key, x.Name, x.Group})
	}
	return out
}

// Topic implements schedule.Content: a category by its key or name, or a group of them.
func (c *Question) Topic(word string) (string, bool) {
	want, all := folded(word), c.topics()
	if want == "" {
		return "", false
	}
	for _, t := range all {
		if folded(t.key) == want || folded(t.name) == want {
			return t.key, true
		}
	}
	for _, t := range all {
		if folded(t.group) == want {
			return t.group, true
		}
	}
	return "", false
}

// TopicName implements schedule.Content: a group is called by its key.
func (c *Question) TopicName(key string) string { return categoryOf(c.o, key) }

// Topics implements schedule.Content.
func (c *Question) Topics(prefix string, n int) []bot.Suggestion {
	return suggest(c.topics(), prefix, n)
}

// suggest proposes groups and topics, one of whose words begins with prefix.
func suggest(all []topic, prefix string, n int) []bot.Suggestion {
	prefix = folded(prefix)
	var out []bot.Suggestion
	add := func(label, value string) {
		fits := strings.HasPrefix(folded(value), prefix) || strings.Contains(" "+folded(label), " "+prefix)
		if s := (bot.Suggestion{Label: label, Value: value}); fits && len(out) < n && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, t := range all {
		if t.group != "" {
			add("All of "+t.group, t.group)
		}
	}
	for _, t := range all {
		add(t.name, t.key)
	}
	return out
}
