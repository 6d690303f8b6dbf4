package raw

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// categoryID names a category of ours.
type categoryID struct{ award, category string }

func (b *builder) readAwards(sh *sheet) error {
	columns := []string{"award", "display_name", "short_name", "kind", "aliases", "default_category", "year_convention"}
	if err := sh.need(columns...); err != nil {
		return err
	}
	for _, l := range sh.rows {
		name := l.get("award")
		if strings.HasSuffix(name, "gold medal") || name == "Primetime Emmy Awards" {
			continue // not compiled; the same award as emmys-primetime
		}
		s := specOf(name)
		if s == nil {
			return fmt.Errorf("%s: there is no award %q", l.pos(), name)
		}
		years, note, _ := strings.Cut(l.get("year_convention"), ":")
		a := table.Award{ID: s.id, Name: l.get("display_name"), Short: l.get("short_name"), Kind: l.get("kind"),
			Aliases: distinct(list(l.get("aliases"))), Organiser: l.get("organiser"), Country: l.get("country"),
			Years: readYears(years), YearNote: strings.TrimSpace(note), Website: l.get("website"), Source: "editor"}
		a.Name = strings.TrimSuffix(a.Name, " (film)")
		a.YearNote = forReaders.Replace(a.YearNote)
		a.DefaultCategory = b.categoryName(s.id, l.get("default_category"))
		b.set.Awards = append(b.set.Awards, a)
	}
	order := map[string]int{}
	for i, s := range specs {
		order[s.id] = i
	}
	slices.SortStableFunc(b.set.Awards, func(x, y table.Award) int { return order[x.ID] - order[y.ID] })
	return nil
}

func readYears(s string) string {
	if s == "film_year-like" {
		return "film_year"
	}
	return s
}

// categoryName is our name of a category of the tables: corrections rename some, and two tables have names of their own.
func (b *builder) categoryName(award, name string) string {
	switch {
	case award == "super-bowl" && (strings.HasPrefix(name, "NFL season ") || name == "NFL season *"):
		return superBowlCategory
	case award == "emmys-primetime":
		return emmyCategory(name)
	}
	for _, key := range []string{award, specByID(award).raw} {
		if to, ok := b.renamed[categoryID{key, name}]; ok {
			return to
		}
	}
	if award == "eurovision" && name == "Winner (four-way tie)" {
		return "Winner"
	}
	return name
}

func specByID(id string) *spec {
	if s := specOf(id); s != nil {
		return s
	}
	return &spec{id: id}
}

// readCategories reads the categories. Those that a correction renames, and those of one prize in two tables, become one
// with the aliases of all.
func (b *builder) readCategories(sh *sheet) error {
	if err := sh.need("award", "category", "display_name", "aliases", "importance", "about", "trivia_ok"); err != nil {
		return err
	}
	for _, l := range sh.rows {
		award := l.get("award")
		if strings.HasSuffix(award, "gold medal") {
			continue
		}
		s := specOf(award)
		if s == nil {
			return fmt.Errorf("%s: there is no award %q", l.pos(), award)
		}
		importance, err := strconv.Atoi(l.get("importance"))
		if err != nil {
			return fmt.Errorf("%s: importance: %q is not a number", l.pos(), l.get("importance"))
		}
		id := b.categoryName(s.id, l.get("category"))
		first, _ := strconv.Atoi(l.get("first_year"))
		last, _ := strconv.Atoi(l.get("last_year"))
		c := table.Category{Award: s.id, ID: id, Name: l.get("display_name"), Aliases: list(l.get("aliases")),
			Importance: importance, About: l.get("about"), First: first, Last: last, Trivia: l.get("trivia_ok") == "yes",
			Source: "editor"}
		for _, p := range list(l.get("predecessors")) {
			if p = b.categoryName(s.id, p); p != id {
				c.Predecessors = append(c.Predecessors, p)
			}
		}
		b.addCategory(c, id == l.get("category"), l)
	}
	return nil
}

// yearsAside are years in the name of a category: in a question they would be taken for a part of the name.
var yearsAside = form(`\s*\((?:to |before )?\d{4}[^)]*\)$| 1947$`)

func (b *builder) addCategory(c table.Category, named bool, l *line) {
	key := categoryID{c.Award, c.ID}
	if c.Award == "super-bowl" { // what the table says of a season belongs to the edition
		c.Name, c.Aliases, c.Importance, c.Trivia = superBowlCategory, []string{"winner", "champions", "title"}, 1, true
	} else if !named {
		c.Aliases = append(c.Aliases, strings.ToLower(l.get("category")))
	}
	have := b.categories[key]
	if have == nil {
		if !named && c.Award != "super-bowl" {
			c.Name = c.ID
		}
		b.categories[key] = &c
		b.set.Categories = append(b.set.Categories, table.Category{Award: c.Award, ID: c.ID})
		return
	}
	if named {
		have.Name = c.Name
	}
	have.Name = yearsAside().ReplaceAllString(have.Name, "") // the years were those of one of the names
	have.Aliases = append(have.Aliases, c.Aliases...)
	have.Predecessors = append(have.Predecessors, c.Predecessors...)
	have.Importance, have.Trivia = min(have.Importance, c.Importance), have.Trivia || c.Trivia
	if c.First != 0 && (have.First == 0 || c.First < have.First) {
		have.First = c.First
	}
	have.Last = max(have.Last, c.Last)
}

// finishCategories makes rows of the categories: those that results have, with the years that results have.
func (b *builder) finishCategories() {
	used := map[categoryID]bool{}
	for _, e := range b.entries {
		key := categoryID{e.spec.id, e.category}
		used[key] = true
		c := b.categories[key]
		if c == nil {
			c = b.newCategory(e)
		}
		year := b.heldIn(e)
		if e.outcome != table.None {
			if c.First == 0 || year < c.First {
				c.First = year
			}
			c.Last = max(c.Last, year)
		} else if c.First == 0 {
			c.First = year
		}
		c.First = min(c.First, year)
	}
	for i := range b.set.Categories {
		key := categoryID{b.set.Categories[i].Award, b.set.Categories[i].ID}
		c := b.categories[key]
		for j, a := range c.Aliases {
			c.Aliases[j] = yearsAside().ReplaceAllString(a, "")
		}
		c.Aliases = without(distinct(c.Aliases), c.Name)
		c.Predecessors = slices.DeleteFunc(distinct(c.Predecessors), func(p string) bool {
			return p == c.ID || !used[categoryID{c.Award, p}]
		})
		c.Shared = b.sharedCategories[key]
		b.set.Categories[i] = *c
	}
	b.set.Categories = slices.DeleteFunc(b.set.Categories, func(c table.Category) bool {
		if used[categoryID{c.Award, c.ID}] {
			return false
		}
		b.report.note("no result has the category %q of %s; left out", c.ID, c.Award)
		return true
	})
	order := map[string]int{}
	for i, s := range specs {
		order[s.id] = i
	}
	slices.SortStableFunc(b.set.Categories, func(x, y table.Category) int { return order[x.Award] - order[y.Award] })
}

// newCategory makes a category that is in no table of categories.
func (b *builder) newCategory(e *entry) *table.Category {
	b.report.note("%s: the category %q of %s is in no table of categories", e.at, e.category, e.spec.id)
	c := &table.Category{Award: e.spec.id, ID: e.category, Name: e.category, Aliases: []string{strings.ToLower(e.category)},
		Importance: 4, About: "person", Source: e.source}
	if len(e.names) == 0 {
		c.About = "work"
	}
	b.categories[categoryID{c.Award, c.ID}] = c
	b.set.Categories = append(b.set.Categories, table.Category{Award: c.Award, ID: c.ID})
	return c
}

// distinct drops what is the same but for accents, case and punctuation, except that scripts fold cannot tell stay.
func distinct(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		key := fold.String(n)
		if key == "" {
			key = n
		}
		if n = strings.ReplaceAll(n, "|", "/"); n != "" && !seen[key] {
			seen[key] = true
			out = append(out, n)
		}
	}
	return out
}

// without drops the names that fold to one of others.
func without(names []string, others ...string) []string {
	return slices.DeleteFunc(names, func(n string) bool {
		return slices.ContainsFunc(others, func(o string) bool { return fold.String(o) == fold.String(n) && fold.String(n) != "" })
	})
}

// forReaders takes from notes what speaks of the tables they were written for.
var forReaders = strings.NewReplacer(
	"one body in two tables: use emmys-primetime, fall back to the other (the column holds awards here, not categories)", "",
	"the table holds the film prizes only: say so", "our data holds the film prizes only",
	"is missing from the table: say so", "is not in our data", "are mostly shorts: say so", "are mostly shorts",
	"not in the tables", "not in our data", "; with a sport or event go to the gold medal table", "",
	" in the table", "", ", not in the table)", ")", // a correction adds it
	"table from 1925", "our data begins in 1925",
)

// phrases reads the ambiguous wordings.
func (b *builder) phrases(sh *sheet) {
	seen := map[[2]string]bool{}
	for _, l := range sh.rows {
		award, phrase := l.get("award"), l.get("phrase")
		if strings.HasSuffix(award, "gold medal") {
			continue
		}
		p := table.Phrase{Award: "*", Phrase: phrase, Source: "editor"}
		mode, note, _ := strings.Cut(l.get("how_to_answer"), ":")
		p.Mode, p.Note = strings.TrimSpace(mode), forReaders.Replace(strings.TrimSpace(note))
		if award != "*" {
			p.Award = specOf(award).id
		}
		for _, t := range list(l.get("categories")) {
			if p.Award == "*" {
				if s := specOf(t); s != nil {
					t = s.id
				} else if strings.HasSuffix(t, "gold medal") {
					continue
				}
			} else if t = b.categoryName(p.Award, t); !slices.ContainsFunc(b.set.Categories, func(c table.Category) bool {
				return c.Award == p.Award && c.ID == t
			}) {
				b.report.note("%s: %s has no category %q; left out of %q", l.pos(), p.Award, t, phrase)
				continue
			}
			if !slices.Contains(p.Targets, t) {
				p.Targets = append(p.Targets, t)
			}
		}
		key := [2]string{p.Award, p.Phrase}
		if len(p.Targets) == 0 || seen[key] {
			continue
		}
		seen[key] = true
		b.set.Phrases = append(b.set.Phrases, p)
	}
}
