package facts

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/index"
)

// Topic is something that a day's events can be narrowed to: a field, a kind of event, or an award.
type Topic struct {
	Key   string // never changes: it is kept in settings
	Name  string // as shown
	Group string // the key of the topic that it belongs to, "" of the topics at the top
}

// groupSet is a set of topics that are not awards, a bit for each in the order of topicGroups.
type groupSet uint32

// topicGroup is a topic that is not an award.
type topicGroup struct {
	key, name, in string
	kinds         []string // of events
	award         string   // kind of its awards, as the tables have it
	words         []string // what people call it besides
}

// topicGroups are the topics that are not awards, in the order in which they are proposed.
func topicGroups() []topicGroup {
	return []topicGroup{
		{key: "film", name: "Film", award: "film", words: []string{"movie", "cinema"}},
		{key: "awards", name: "Awards", kinds: []string{"ceremony"}, words: []string{"prize"}},
		{key: "people", name: "People", kinds: []string{"birth", "death"}, words: []string{"person", "lives"}},
		{key: "sport", name: "Sport", award: "sport"},
		{key: "television", name: "Television", award: "television", words: []string{"tv", "series"}},
		{key: "music", name: "Music", award: "music", words: []string{"song"}},
		{key: "stage", name: "Stage", award: "stage", words: []string{"theatre", "theater", "musical"}},
		{key: "books", name: "Books", award: "literature", words: []string{"literature"}},
		{key: "science", name: "Science", award: "science"},
		{key: "politics", name: "Politics", award: "politics", kinds: []string{"election"}, words: []string{"election"}},
		{key: "games", name: "Games", award: "games", words: []string{"video game"}},
		{key: "births", name: "Births", in: "people", kinds: []string{"birth"}, words: []string{"birthday", "born"}},
		{key: "deaths", name: "Deaths", in: "people", kinds: []string{"death"}, words: []string{"died"}},
		{key: "premieres", name: "Premieres", in: "film", kinds: []string{"premiere", "release"}, words: []string{"release"}},
		{key: "ceremonies", name: "Ceremonies", in: "awards", kinds: []string{"ceremony", "opening"}, words: []string{"ceremony"}},
		{key: "finals", name: "Finals", in: "sport", kinds: []string{"final"}, words: []string{"championship", "champion"}},
		{key: "records", name: "Firsts and records", in: "awards", kinds: []string{"first"}, words: []string{"first", "record"}},
	}
}

// Topics lists what a day's events can be narrowed to: fields and kinds of event, then awards by their IDs.
func (c *Corpus) Topics() []Topic {
	var out []Topic
	groups := topicGroups()
	for _, g := range groups {
		out = append(out, Topic{g.key, g.name, g.in})
	}
	for a := range c.db.Awards.N {
		t := Topic{Key: c.text.awardID.At(a), Name: c.text.awardShort.At(a)}
		if i := slices.IndexFunc(groups, func(g topicGroup) bool { return g.award == c.text.awardKind.At(a) }); i >= 0 {
			t.Group = groups[i].key
		}
		if t.Name == "" {
			t.Name = c.text.awardName.At(a)
		}
		out = append(out, t)
	}
	return out
}

// Topic is the key of the topic that a word stands for: its key, its name, or another name of it ("movies", "academy
// awards", "оскар"), in the singular or plural.
func (c *Corpus) Topic(word string) (key string, ok bool) {
	word = one(fold.String(clean(word)))
	if word == "" {
		return "", false
	}
	for _, g := range topicGroups() {
		if one(g.key) == word || one(fold.String(g.name)) == word ||
			slices.ContainsFunc(g.words, func(w string) bool { return one(w) == word }) {
			return g.key, true
		}
	}
	aliases := c.db.Awards.Column("aliases")
	for a := range c.db.Awards.N {
		id := c.text.awardID.At(a)
		for _, name := range append(list(aliases.At(a)), c.text.awardName.At(a), c.text.awardShort.At(a), id) {
			if one(fold.String(name)) == word {
				return id, true
			}
		}
	}
	return "", false
}

// one is a folded word in the singular, roughly: it is compared with others made alike.
func one(s string) string { return strings.TrimSuffix(strings.TrimPrefix(s, "the "), "s") }

// wanted are topics to narrow a day to.
type wanted struct {
	all    bool
	groups groupSet
	awards []string
}

func (c *Corpus) wanted(keys []string) wanted {
	w := wanted{all: len(keys) == 0}
	if w.all {
		return w
	}
	groups := topicGroups()
	for _, key := range keys {
		if i := slices.IndexFunc(groups, func(g topicGroup) bool { return g.key == key }); i >= 0 {
			w.groups |= 1 << i
		} else {
			w.awards = append(w.awards, key)
		}
	}
	return w
}

func (w *wanted) has(d *dated) bool {
	return w.all || w.groups&d.groups != 0 ||
		len(w.awards) > 0 && slices.ContainsFunc(d.awards, func(id string) bool { return slices.Contains(w.awards, id) })
}

// topicsOf are the topics of an event. Beside the occasions of an award, the lives of those who won it and the openings of
// films that did belong to it: on most days of the year it was not given. Who was nominated only belongs to the field alone.
func (c *Corpus) topicsOf(e *Event, o occasion) (groupSet, []string) {
	fields := map[string]bool{}
	var awards []string
	note := func(award int) {
		if id := c.text.awardID.At(award); !slices.Contains(awards, id) {
			awards = append(awards, id)
		}
	}
	if o.award >= 0 {
		fields[c.field(o.award, o.cat)] = true
		note(o.award)
	} else {
		for _, rows := range c.rowsOf(e) {
			for i := range rows.Len() {
				r := int(rows.At(i))
				fields[c.field(c.awardOf(int(c.db.ResEdition.At(r))), int(c.db.ResCat.At(r)))] = true
			}
			for _, a := range c.wonBy(rows) {
				note(a)
			}
		}
	}
	kind := e.kind()
	if kind == "premiere" || kind == "release" {
		fields["film"] = true
	}
	var set groupSet
	for i, g := range topicGroups() {
		if slices.Contains(g.kinds, kind) || g.award != "" && fields[g.award] {
			set |= 1 << i
		}
	}
	return set, awards
}

// field is the kind of an award; the Nobel Prize is given in several fields.
func (c *Corpus) field(award, cat int) string {
	if cat >= 0 && c.text.awardID.At(award) == "nobel-prize" {
		switch c.text.catID.At(cat) {
		case "Literature":
			return "literature"
		case "Peace":
			return "politics"
		}
	}
	return c.text.awardKind.At(award)
}

// rowsOf are the results of each work and person of an event.
func (c *Corpus) rowsOf(e *Event) []index.U32 {
	var out []index.U32
	for _, w := range e.Works {
		if n := c.find(w.ID, index.IsWork); n >= 0 {
			out = append(out, c.db.WorkResults.At(n))
		}
	}
	for _, p := range e.People {
		if n := c.find(p.ID, index.IsPerson); n >= 0 {
			out = append(out, c.db.PerResults.At(n))
		}
	}
	return out
}
