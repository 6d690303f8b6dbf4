package table

import (
	"fmt"
	"slices"
)

// merger lays incoming rows over a copy of a set. Faults go to log; the set is of use only while there is none.
type merger struct {
	set        *Set
	look       *lookup
	names      *nameIndex
	races      map[raceKey][]int // indexes of results
	ids        IDs
	log        faultLog
	done       []OverlayFile
	now        OverlayFile         // the file being applied
	said       map[string]bool     // faults that are told once, not at each row
	dated      map[editionKey]bool // editions to which the file gave a date
	customs    map[categoryKey]custom
	christened map[string]string // award, edition as written and year: ID of the edition made for it
	wrote      map[int]Pos       // results that the file wrote, and its line: a second row for one is a repetition
}

func newMerger(base *Set) *merger {
	m := &merger{set: &Set{}, said: map[string]bool{}, christened: map[string]string{}}
	for _, c := range codecs() {
		c.share(m.set, base)
	}
	m.index()
	return m
}

// index makes what finds rows; needed again after rows were replaced.
func (m *merger) index() {
	m.look = newLookup(m.set)
	m.names = newNameIndex(m.set)
	m.races = map[raceKey][]int{}
	m.ids = IDs{}
	m.customs = map[categoryKey]custom{}
	for i := range m.set.Results {
		r := &m.set.Results[i]
		m.races[raceKey{r.Award, r.Edition, r.Category}] = append(m.races[raceKey{r.Award, r.Edition, r.Category}], i)
		m.ids.Take(r.ID)
		m.see(r)
	}
}

func (m *merger) begin(name string, rows int) {
	m.now = OverlayFile{Name: name, Rows: rows}
	m.wrote, m.dated = map[int]Pos{}, map[editionKey]bool{}
}

func (m *merger) end() { m.done = append(m.done, m.now) }

func (m *merger) fault(pos Pos, column, mend, format string, args ...any) {
	m.log.add(Fault{Pos: pos, Column: column, What: fmt.Sprintf(format, args...), Mend: mend})
}

// faultOnce is fault, told at the first of the rows that have it.
func (m *merger) faultOnce(pos Pos, column, mend, format string, args ...any) {
	if what := fmt.Sprintf(format, args...); !m.said[what] {
		m.said[what] = true
		m.fault(pos, column, mend, "%s", what)
	}
}

func (m *merger) created(kind, id string) { m.now.Created = append(m.now.Created, kind+" "+id) }

// apply lays the rows of one file over the set.
func (m *merger) apply(rows []incoming) {
	winners := map[raceKey]int{}
	for i := range rows {
		in := &rows[i]
		if m.log.full() {
			return
		}
		key, ok := m.row(in)
		if !ok || in.outcome != Won || !in.trusted && !in.shareable {
			continue
		}
		if winners[key]++; winners[key] > 1 && in.trusted {
			m.declare(key, DetailTie)
		} else if winners[key] > 1 && m.customs[categoryKey{key.award, key.category}].shared {
			m.declare(key, DetailShared)
		}
	}
}

// row lays one row over the set: it corrects the result that it is about, or becomes one.
func (m *merger) row(in *incoming) (raceKey, bool) {
	award := m.award(in)
	if award == nil {
		return raceKey{}, false
	}
	edition := m.edition(award, in)
	if edition == nil {
		return raceKey{}, false
	}
	category := m.category(award, edition, in)
	if category == nil {
		return raceKey{}, false
	}
	works, ok := m.works(award, edition, category, in)
	if !ok {
		return raceKey{}, false
	}
	in.found = works
	people, ok := m.people(award, edition, category, in)
	if !ok {
		return raceKey{}, false
	}
	r := Result{
		Pos: in.pos, Award: award.ID, Edition: edition.ID, Category: category.ID, AsThen: in.asThen, Works: works,
		People: people, Outcome: in.outcome, Detail: in.detail, Note: in.note, Others: in.others,
		Trivia: category.Trivia, Source: in.source,
	}
	if sameName(r.AsThen, category.ID, []string{category.Name}) {
		r.AsThen = ""
	}
	category.held(edition.Year)
	m.place(&r, category, in.shareable || category.About != "work")
	return raceKey{r.Award, r.Edition, r.Category}, true
}

// held widens the years in which a category was held.
func (k *Category) held(year int) {
	if k.First != 0 {
		k.First = min(k.First, year)
	}
	if k.Last != 0 {
		k.Last = max(k.Last, year)
	}
}

// place puts a result where it belongs: over the one it is about, or at the end with an ID of its own. lean says that
// a known row can name more people than this one: those who share the row (Eurovision: country and artist).
func (m *merger) place(r *Result, category *Category, lean bool) {
	key := raceKey{r.Award, r.Edition, r.Category}
	i, repeated := m.match(key, r, category, lean)
	if repeated {
		m.now.Same++
		if old := &m.set.Results[i]; old.Outcome != r.Outcome {
			m.fault(r.Pos, "", "remove one of the two rows", "the row contradicts %s: %s here, %s there",
				m.wrote[i], r.Outcome, old.Outcome)
		}
		return
	}
	if i < 0 {
		r.ID = m.ids.Result(category, r.Edition, Names(r.Works), Names(r.People))
		i = len(m.set.Results)
		m.set.Results = append(m.set.Results, *r)
		m.races[key] = append(m.races[key], i)
		m.now.Added++
	} else if old := &m.set.Results[i]; correct(r, old, lean) {
		*old = *r
		m.now.Changed++
	} else {
		m.now.Same++
	}
	m.wrote[i] = r.Pos
	m.now.Results = append(m.now.Results, m.set.Results[i].ID)
	m.names.use(r)
	m.see(r)
}

// correct completes r, which corrects old, by what only old says, and reports whether anything changes.
func correct(r, old *Result, lean bool) bool {
	r.ID, r.Trivia = old.ID, old.Trivia
	if len(r.Works) == 0 {
		r.Works = old.Works
	}
	if len(r.People) == 0 || lean && within(r.People, old.People) {
		r.People = old.People
	}
	if r.AsThen == "" || old.AsThen != "" && sameName(r.AsThen, old.AsThen, nil) {
		r.AsThen = old.AsThen
	}
	if r.Note == "" {
		r.Note = old.Note
	}
	if r.Others == "" {
		r.Others = old.Others
	}
	kept := old.Detail
	if r.Outcome != old.Outcome { // what the old outcome declared is void
		kept = slices.DeleteFunc(slices.Clone(kept), func(kv KV) bool {
			return kv.Key == DetailTie || kv.Key == DetailShared || kv.Key == DetailWinner
		})
	}
	r.Detail = mergeDetail(kept, r.Detail)
	if r.Outcome == None {
		r.Works, r.People = nil, nil
	}
	same := r.Outcome == old.Outcome && r.AsThen == old.AsThen && r.Note == old.Note && r.Others == old.Others &&
		slices.Equal(r.Works, old.Works) && slices.Equal(r.People, old.People) && slices.Equal(r.Detail, old.Detail)
	return !same
}

// mergeDetail is old with the values of newer: a key keeps its place.
func mergeDetail(old, newer []KV) []KV {
	if len(newer) == 0 {
		return old
	}
	merged := slices.Clone(old)
	for _, kv := range newer {
		if i := slices.IndexFunc(merged, func(o KV) bool { return o.Key == kv.Key }); i >= 0 {
			merged[i].Value = kv.Value
		} else {
			merged = append(merged, kv)
		}
	}
	return merged
}
