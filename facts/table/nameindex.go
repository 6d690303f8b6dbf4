package table

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// nameIndex finds people, works and categories by folded name, and knows at which awards they were.
type nameIndex struct {
	set           *Set
	people, works map[string][]string          // folded name: IDs, those of canonical names first
	awards        map[string][]string          // ID of a person or work: IDs of awards
	kinds         map[string]string            // award: kind
	called        map[string]map[string][]call // award: folded category_as_then: which category it was
	categories    map[string]map[string][]int  // award: folded alias: indexes of categories
}

// call is one use of a name for a category.
type call struct {
	edition, category string
	year              int
}

func newNameIndex(s *Set) *nameIndex {
	x := &nameIndex{
		set: s, people: make(map[string][]string, 2*len(s.People)), works: make(map[string][]string, 2*len(s.Works)),
		awards: map[string][]string{}, kinds: map[string]string{}, called: map[string]map[string][]call{},
		categories: map[string]map[string][]int{},
	}
	for i := range s.People {
		add(x.people, s.People[i].Name, s.People[i].ID)
	}
	for i := range s.Works {
		add(x.works, s.Works[i].Title, s.Works[i].ID)
	}
	for i := range s.People {
		x.addPerson(&s.People[i])
	}
	for i := range s.Works {
		x.addWork(&s.Works[i])
	}
	for i := range s.Awards {
		x.kinds[s.Awards[i].ID] = s.Awards[i].Kind
	}
	x.addCategories(s)
	for i := range s.Results {
		x.use(&s.Results[i])
	}
	return x
}

func add(m map[string][]string, name, id string) {
	if f := fold.String(name); f != "" && !slices.Contains(m[f], id) {
		m[f] = append(m[f], id)
	}
}

func (x *nameIndex) addPerson(p *Person) {
	add(x.people, p.Name, p.ID)
	for _, a := range p.Aliases {
		add(x.people, a, p.ID)
	}
}

func (x *nameIndex) addWork(w *Work) {
	add(x.works, w.Title, w.ID)
	for _, a := range w.Aliases {
		add(x.works, a, w.ID)
	}
}

func (x *nameIndex) addCategories(s *Set) {
	years := map[editionKey]int{}
	for i := range s.Editions {
		years[editionKey{s.Editions[i].Award, s.Editions[i].ID}] = s.Editions[i].Year
	}
	for i := range s.Results {
		r := &s.Results[i]
		f := fold.String(r.AsThen)
		if f == "" {
			continue
		}
		if x.called[r.Award] == nil {
			x.called[r.Award] = map[string][]call{}
		}
		c := call{r.Edition, r.Category, years[editionKey{r.Award, r.Edition}]}
		if !slices.Contains(x.called[r.Award][f], c) {
			x.called[r.Award][f] = append(x.called[r.Award][f], c)
		}
	}
	for i := range s.Categories {
		k := &s.Categories[i]
		if x.categories[k.Award] == nil {
			x.categories[k.Award] = map[string][]int{}
		}
		for _, name := range append([]string{k.ID, k.Name}, k.Aliases...) {
			f := fold.String(name)
			if !slices.Contains(x.categories[k.Award][f], i) {
				x.categories[k.Award][f] = append(x.categories[k.Award][f], i)
			}
		}
	}
}

// use notes at which award the people and works of a result were.
func (x *nameIndex) use(r *Result) {
	for _, refs := range [][]Ref{r.People, r.Works} {
		for _, ref := range refs {
			if !slices.Contains(x.awards[ref.ID], r.Award) {
				x.awards[ref.ID] = append(x.awards[ref.ID], r.Award)
			}
		}
	}
}

// at reports whether a person or work was at the award.
func (x *nameIndex) at(id, award string) bool { return slices.Contains(x.awards[id], award) }

// narrow keeps those who were at the award; if none was, those that pass fits.
func (x *nameIndex) narrow(ids []string, award string, fits func(id string) bool) []string {
	var here, there []string
	for _, id := range ids {
		if x.at(id, award) {
			here = append(here, id)
		} else if fits(id) {
			there = append(there, id)
		}
	}
	if len(here) > 0 {
		return here
	}
	return there
}

// kindred reports whether a person is of the trade of the award: film and television are one, and of somebody without any
// result nothing is known. By the name alone, a footballer is no film editor.
func (x *nameIndex) kindred(id string, award *Award) bool {
	screen := func(kind string) string {
		if kind == "tv" {
			return "film"
		}
		return kind
	}
	return len(x.awards[id]) == 0 || slices.ContainsFunc(x.awards[id], func(a string) bool {
		return screen(x.kinds[a]) == screen(award.Kind)
	})
}

// category finds the category that names (the wording of the time first) stand for: as the rows of the edition call it,
// as earlier rows call it, then by ID, name and alias, whole and in parts ("MUSIC (Original Song)" is "original song").
// several are the IDs where a name has more than one meaning.
func (x *nameIndex) category(award string, e *Edition, names ...string) (found *Category, several []string) {
	s := x.set
	byID := func(id string) *Category {
		i := slices.IndexFunc(s.Categories, func(k Category) bool { return k.Award == award && k.ID == id })
		if i < 0 {
			return nil
		}
		return &s.Categories[i]
	}
	for _, name := range names {
		if id := x.calledThen(award, fold.String(name), e); id != "" {
			return byID(id), nil
		}
	}
	for _, name := range names {
		for _, try := range wordings(name) {
			at := x.current(x.categories[award][fold.String(try)], e.Year)
			if len(at) == 1 {
				return &s.Categories[at[0]], nil
			}
			if several == nil {
				for _, i := range at {
					several = append(several, strconv.Quote(s.Categories[i].ID))
				}
			}
		}
	}
	return nil, several
}

// calledThen is the category that a wording stood for in the edition, else in the latest edition not after it.
func (x *nameIndex) calledThen(award, wording string, e *Edition) string {
	best := call{}
	for _, c := range x.called[award][wording] {
		if c.edition == e.ID {
			return c.category
		}
		if c.year <= e.Year && c.year >= best.year {
			best = c
		}
	}
	return best.category
}

// current are those of several categories that are held, or were until lately, in the year.
func (x *nameIndex) current(at []int, year int) []int {
	if len(at) < 2 {
		return at
	}
	const lapse = 2 // years since a category was last held in which it can be held again
	var held []int
	for _, i := range at {
		k := &x.set.Categories[i]
		if k.First <= year && (k.Last == 0 || year <= k.Last+lapse) {
			held = append(held, i)
		}
	}
	return held
}

// wordings are the readings of "MUSIC (Original Song)": whole, what is in brackets, and that with what is before.
func wordings(name string) []string {
	before, rest, ok := strings.Cut(name, "(")
	inside, _, ok2 := strings.Cut(rest, ")")
	if !ok || !ok2 {
		return []string{name}
	}
	return []string{name, inside + " " + before, inside}
}

// digits4 is a year as text.
func digits4(year int) string {
	if year == 0 {
		return ""
	}
	return strconv.Itoa(year)
}

// aboutOf says what the prize of a row goes to, and what its rows so far name. Of a category that is not known yet nothing
// is.
func (m *merger) aboutOf(in *incoming) (about string, rows custom) {
	award := m.findAward(in.award)
	if award == nil {
		return "", custom{}
	}
	k := m.look.category(award.ID, in.category)
	if k == nil {
		if k, _ = m.names.category(award.ID, &Edition{Year: in.year}, in.category); k == nil {
			k = m.onlyCategory(award)
		}
	}
	if k == nil {
		return "", custom{}
	}
	return k.About, m.customs[categoryKey{k.Award, k.ID}]
}
