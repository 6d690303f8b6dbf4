package table

import (
	"slices"
	"strings"
)

// match finds the result that r is about: the same works, and the same people or none named on one side; or the same people
// where one side names no work. A prize for a work is the work's whoever is credited, but for songs, of which a film can
// have two. -1 is none; repeated says that the file wrote that result already.
func (m *merger) match(key raceKey, r *Result, category *Category, lean bool) (best int, repeated bool) {
	best, score := -1, 0
	for _, i := range m.races[key] {
		old := &m.set.Results[i]
		s := likeness(r, old, category.About == "work")
		if s == 0 && lean && r.Outcome == old.Outcome && sameRefs(r.Works, old.Works) && within(r.People, old.People) {
			s = 1
		}
		if _, again := m.wrote[i]; again && s > 0 && !slices.Equal(mergeDetail(old.Detail, r.Detail), old.Detail) {
			continue // another song or role of the same people
		}
		if s > score {
			best, score = i, s
		}
	}
	_, repeated = m.wrote[best]
	return best, repeated
}

func likeness(a, b *Result, aboutWork bool) int {
	if a.Outcome == None || b.Outcome == None {
		if a.Outcome == b.Outcome {
			return 9
		}
		return 0
	}
	songA, songB := a.DetailOf("song"), b.DetailOf("song")
	if songA != "" && songB != "" && !sameName(songA, songB, nil) {
		return 0
	}
	works, people := sameRefs(a.Works, b.Works), sameRefs(a.People, b.People)
	noWork, nobody := len(a.Works)*len(b.Works) == 0, len(a.People)*len(b.People) == 0
	switch {
	case works && people:
		return 5
	case works && len(a.Works) > 0 && nobody:
		return 4
	case works && len(a.Works) > 0 && aboutWork && songA+songB == "":
		return 3
	case people && len(a.People) > 0 && noWork:
		return 2
	}
	return 0
}

// within reports whether all of some refs, and at least one, are among others.
func within(some, others []Ref) bool {
	return len(some) > 0 && !slices.ContainsFunc(some, func(r Ref) bool {
		return !slices.ContainsFunc(others, func(o Ref) bool { return o.ID == r.ID })
	})
}

func sameRefs(a, b []Ref) bool {
	ids := func(refs []Ref) string {
		out := make([]string, len(refs))
		for i, r := range refs {
			out[i] = r.ID
		}
		slices.Sort(out)
		return strings.Join(out, "|")
	}
	return len(a) == len(b) && ids(a) == ids(b)
}

// declare marks the winners of a race as tied, or as sharing it, where nothing declares that yet. Only for a format that
// cannot.
func (m *merger) declare(key raceKey, how string) {
	if k := m.look.category(key.award, key.category); k != nil && k.Shared {
		return
	}
	for _, i := range m.races[key] {
		r := &m.set.Results[i]
		if r.Outcome == Won && r.DetailOf(DetailShared) == "" && r.DetailOf(DetailTie) == "" {
			r.Detail = mergeDetail(r.Detail, []KV{{how, "yes"}})
		}
	}
}

// custom is what the rows of a category show of how its prize is given.
type custom struct {
	works  bool // rows name works
	people bool // rows name people
	shared bool // rows say that the prize was shared, or name the share (Nobel, "1/3")
}

func (m *merger) see(r *Result) {
	key, share := categoryKey{r.Award, r.Category}, r.DetailOf("share")
	c := m.customs[key]
	c.works, c.people = c.works || len(r.Works) > 0, c.people || len(r.People) > 0
	c.shared = c.shared || r.DetailOf(DetailShared) != "" || share != "" && share != "1/1"
	m.customs[key] = c
}
