package table

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// references: awards, categories, editions, people, works and subjects that rows name are in their tables.
func (c *checker) references() {
	s := c.set
	c.awardReferences()
	for i := range s.Results {
		r := &s.Results[i]
		c.row()
		c.needAward(r.Pos, r.Award)
		if c.look.edition(r.Award, r.Edition) == nil {
			c.fault(r.Pos, "edition", "add it to editions.tsv or correct it", "%s has no edition %q", r.Award, r.Edition)
		}
		c.needCategory(r.Pos, "category", r.Award, r.Category)
		for _, ref := range r.Works {
			c.needWork(r.Pos, "work_ids", ref.ID, ref.Name)
		}
		for _, ref := range r.People {
			c.needPerson(r.Pos, "person_ids", ref.ID, ref.Name)
		}
	}
	for i := range s.Works {
		c.row()
		for _, ref := range s.Works[i].Cast {
			if ref.ID != "" { // of a cast the name suffices
				c.needPerson(s.Works[i].Pos, "cast_ids", ref.ID, ref.Name)
			}
		}
	}
	for i := range s.Happenings {
		c.row()
		for _, id := range s.Happenings[i].Works {
			c.needWork(s.Happenings[i].Pos, "works", id, "")
		}
		for _, id := range s.Happenings[i].People {
			c.needPerson(s.Happenings[i].Pos, "people", id, "")
		}
	}
	c.subjectReferences()
}

// awardReferences are those within the tables that describe awards.
func (c *checker) awardReferences() {
	s := c.set
	for i := range s.Awards {
		c.row()
		if d := s.Awards[i].DefaultCategory; d != "" {
			c.needCategory(s.Awards[i].Pos, "default_category", s.Awards[i].ID, d)
		}
	}
	for i := range s.Categories {
		c.row()
		c.needAward(s.Categories[i].Pos, s.Categories[i].Award)
		for _, p := range s.Categories[i].Predecessors {
			c.needCategory(s.Categories[i].Pos, "predecessors", s.Categories[i].Award, p)
		}
	}
	for i := range s.Editions {
		c.row()
		c.needAward(s.Editions[i].Pos, s.Editions[i].Award)
	}
	for i := range s.Phrases {
		p := &s.Phrases[i]
		c.row()
		if !slices.Contains([]string{"first", "first_available", "by_year", "all"}, p.Mode) {
			c.fault(p.Pos, "mode", "write first, first_available, by_year or all", "%q is no mode", p.Mode)
		}
		if p.Award != "*" {
			c.needAward(p.Pos, p.Award)
		}
		for _, t := range p.Targets {
			if p.Award != "*" {
				c.needCategory(p.Pos, "targets", p.Award, t)
			} else if c.look.award(t) == nil {
				c.fault(p.Pos, "targets", "correct it", "there is no award %q", t)
			}
		}
		if len(p.Targets) == 0 {
			c.fault(p.Pos, "targets", "name what the phrase can mean", "the phrase has no target")
		}
	}
}

// subjectReferences are those of firsts and claims, which are written by hand: names as well as IDs.
func (c *checker) subjectReferences() {
	known := c.knownNames()
	for i := range c.set.Firsts {
		f := &c.set.Firsts[i]
		c.row()
		if f.Award != "" {
			c.needAward(f.Pos, f.Award)
		}
		if f.Edition != "" && c.look.edition(f.Award, f.Edition) == nil {
			c.fault(f.Pos, "edition", "add it to editions.tsv or correct it", "%s has no edition %q", f.Award, f.Edition)
		}
		for _, name := range f.Subjects {
			if !known[fold.String(name)] {
				c.fault(f.Pos, "subjects", "correct it, or add an alias", "nobody and nothing is called %q", name)
			}
		}
		for _, title := range f.Works {
			if !known[fold.String(title)] {
				c.fault(f.Pos, "works", "correct it, or add an alias", "no work is called %q", title)
			}
		}
	}
	for i := range c.set.Claims {
		cl := &c.set.Claims[i]
		c.row()
		switch {
		case cl.SubjectID != "" && !c.look.subject(cl.SubjectID):
			c.fault(cl.Pos, "subject_id", "correct it", "there is no work, person or edition %q", cl.SubjectID)
		case cl.SubjectID == "" && !known[fold.String(cl.Subject)]:
			c.fault(cl.Pos, "subject", "give the subject_id, or correct the subject", "nobody and nothing is called %q", cl.Subject)
		}
	}
}

// knownNames are the folded names of everything a first or a claim can be about.
func (c *checker) knownNames() map[string]bool {
	s, known := c.set, map[string]bool{}
	add := func(names ...string) {
		for _, n := range names {
			known[fold.String(n)] = true
		}
	}
	for i := range s.People {
		add(s.People[i].Name)
		add(s.People[i].Aliases...)
	}
	for i := range s.Works {
		add(s.Works[i].Title)
		add(s.Works[i].Aliases...)
	}
	for i := range s.Awards {
		add(s.Awards[i].Name, s.Awards[i].Short)
	}
	for i := range s.Editions {
		add(s.Editions[i].Name)
	}
	for i := range s.Categories {
		if a := c.look.award(s.Categories[i].Award); a != nil {
			add(strings.Join([]string{a.Name, s.Categories[i].Name}, " "))
		}
	}
	delete(known, "")
	return known
}

func (c *checker) needAward(pos Pos, id string) {
	if c.look.award(id) == nil {
		c.fault(pos, "award", "add it to awards.tsv or correct it", "there is no award %q", id)
	}
}

func (c *checker) needCategory(pos Pos, column, award, id string) {
	if c.look.category(award, id) == nil {
		c.fault(pos, column, "add it to categories.tsv or correct it", "%s has no category %q", award, id)
	}
}

func (c *checker) needWork(pos Pos, column, id, name string) {
	if c.look.work(id) == nil {
		c.fault(pos, column, "add it to works.tsv or correct it", "there is no work %q%s", id, named(name))
	}
}

func (c *checker) needPerson(pos Pos, column, id, name string) {
	if c.look.person(id) == nil {
		c.fault(pos, column, "add them to people.tsv or correct it", "there is no person %q%s", id, named(name))
	}
}

func named(name string) string {
	if name == "" {
		return ""
	}
	return " (" + name + ")"
}

// orphans: nothing is left that no other row needs.
func (c *checker) orphans() {
	s, u := c.set, c.uses()
	for i := range s.Awards {
		c.row()
		if !u.awards[s.Awards[i].ID] {
			c.fault(s.Awards[i].Pos, "id", "add its editions, or remove the row", "award %q has no edition", s.Awards[i].ID)
		}
	}
	for i := range s.Editions {
		e := &s.Editions[i]
		c.row()
		if !u.editions[editionKey{e.Award, e.ID}] && e.Note == "" && e.Date == "" {
			c.fault(e.Pos, "id", "give it a date or a note, or remove the row", "%s %s has no result, date or note", e.Award, e.ID)
		}
	}
	for i := range s.Categories {
		k := &s.Categories[i]
		c.row()
		if !u.categories[categoryKey{k.Award, k.ID}] {
			c.fault(k.Pos, "id", "remove the row", "nothing refers to the category %q of %s", k.ID, k.Award)
		}
	}
	for i := range s.People {
		p := &s.People[i]
		c.row()
		if !u.people[p.ID] && !u.named(p.Name, p.Aliases) {
			c.fault(p.Pos, "id", "remove the row", "nothing refers to %s (%s)", p.ID, p.Name)
		}
	}
	for i := range s.Works {
		w := &s.Works[i]
		c.row()
		if !u.works[w.ID] && !u.named(w.Title, w.Aliases) {
			c.fault(w.Pos, "id", "remove the row", "nothing refers to %s (%s)", w.ID, w.Title)
		}
	}
}

// uses are the IDs, and the folded names where a table holds names, that other rows refer to.
type uses struct {
	awards, people, works, names map[string]bool
	editions                     map[editionKey]bool
	categories                   map[categoryKey]bool
}

func (u *uses) named(name string, aliases []string) bool {
	if u.names[fold.String(name)] {
		return true
	}
	return slices.ContainsFunc(aliases, func(a string) bool { return u.names[fold.String(a)] })
}

func (c *checker) uses() *uses {
	s := c.set
	u := &uses{
		awards: map[string]bool{}, people: map[string]bool{}, works: map[string]bool{}, names: map[string]bool{},
		editions: map[editionKey]bool{}, categories: map[categoryKey]bool{},
	}
	for i := range s.Results {
		r := &s.Results[i]
		u.editions[editionKey{r.Award, r.Edition}] = true
		u.categories[categoryKey{r.Award, r.Category}] = true
		for _, ref := range r.Works {
			u.works[ref.ID] = true
		}
		for _, ref := range r.People {
			u.people[ref.ID] = true
		}
	}
	for i := range s.Categories {
		for _, p := range s.Categories[i].Predecessors {
			u.categories[categoryKey{s.Categories[i].Award, p}] = true
		}
	}
	for i := range s.Works {
		for _, ref := range s.Works[i].Cast {
			u.people[ref.ID] = true
		}
	}
	for i := range s.Happenings {
		for _, id := range s.Happenings[i].Works {
			u.works[id] = true
		}
		for _, id := range s.Happenings[i].People {
			u.people[id] = true
		}
	}
	u.byHand(s)
	return u
}

// byHand adds what the tables written by hand refer to.
func (u *uses) byHand(s *Set) {
	for i := range s.Editions {
		u.awards[s.Editions[i].Award] = true
		for _, h := range s.Editions[i].Hosts {
			u.names[fold.String(h)] = true
		}
	}
	for i := range s.Firsts {
		for _, name := range slices.Concat(s.Firsts[i].Subjects, s.Firsts[i].Works) {
			u.names[fold.String(name)] = true
		}
	}
	for i := range s.Claims {
		u.people[s.Claims[i].SubjectID] = true
		u.works[s.Claims[i].SubjectID] = true
		u.names[fold.String(s.Claims[i].Subject)] = true
		u.names[fold.String(s.Claims[i].Object)] = true
	}
	delete(u.names, "")
}
