package facts

import (
	"iter"
	"strings"
)

// Name is one of the names of something that an answer can be.
type Name struct {
	Kind string // person, group, team, country, place, or work
	ID   string // of the person or work: names with the same ID are aliases of each other
	Text string // as it is written
}

// Names yields the names, titles and aliases of all people, groups and works, each thing's own name before its aliases.
func (c *Corpus) Names() iter.Seq[Name] {
	return func(yield func(Name) bool) {
		aliases := c.db.People.Column("aliases")
		for i := range c.db.People.N {
			if !each(yield, c.text.perKind.At(i), c.text.perID.At(i), c.text.perName.At(i), aliases.At(i)) {
				return
			}
		}
		aliases = c.db.Works.Column("aliases")
		for i := range c.db.Works.N {
			if !each(yield, "work", c.text.workID.At(i), c.text.workTitle.At(i), aliases.At(i)) {
				return
			}
		}
	}
}

// each yields a name and its aliases; it is false when no more are wanted.
func each(yield func(Name) bool, kind, id, name, aliases string) bool {
	if kind == "" {
		kind = "person"
	}
	if !yield(Name{kind, id, name}) {
		return false
	}
	for alias := range strings.SplitSeq(aliases, "|") {
		if alias != "" && !yield(Name{kind, id, alias}) {
			return false
		}
	}
	return true
}
