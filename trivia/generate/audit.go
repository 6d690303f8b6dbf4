package generate

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
	"github.com/whowon-bot/whowon/trivia"
)

// Auditor tries questions against the facts. It works from whole races as answers show them, not from what the generator
// works with, so that a mistake of the one is not a mistake of the other.
type Auditor struct {
	k      *facts.Catalogue
	races  []facts.Race
	of     map[string]int            // race by row ID
	byCat  map[string][]int          // races by award and category
	byEd   map[string][]int          // races by award and edition
	tried  map[string]int            // questions tried, by template
	unsure map[string]bool           // rows that are not confirmed
	first  map[string]map[string]int // the first year in which a name won a category, by award and category
	oscars map[string]*tally         // by work and person ID
	won    []map[string]bool         // the folded names of the winners of a race, once they are wanted
	in     []map[string]bool         // those of all in it
}

// NewAuditor reads all races.
func NewAuditor(c *facts.Corpus) *Auditor {
	a := &Auditor{k: c.Catalogue(), of: map[string]int{}, byCat: map[string][]int{}, byEd: map[string][]int{},
		tried:  map[string]int{},
		unsure: map[string]bool{}, first: map[string]map[string]int{}, oscars: map[string]*tally{}}
	for race := range c.EachRace() {
		n := len(a.races)
		a.races = append(a.races, race)
		a.byCat[catKey(&race)] = append(a.byCat[catKey(&race)], n)
		a.byEd[edKey(&race)] = append(a.byEd[edKey(&race)], n)
		a.years(&race)
		for _, rows := range [][]facts.Row{race.Winners, race.Others} {
			for i := range rows {
				a.of[rows[i].ID] = n
				if race.Edition.Award.ID == "academy-awards" {
					a.count(&rows[i])
				}
				if rows[i].Unconfirmed {
					a.unsure[rows[i].ID] = true
				}
			}
		}
	}
	a.won, a.in = make([]map[string]bool, len(a.races)), make([]map[string]bool, len(a.races))
	return a
}

// years notes when the winners of a race won its category first. Races come oldest first.
func (a *Auditor) years(r *facts.Race) {
	key := catKey(r)
	if a.first[key] == nil {
		a.first[key] = map[string]int{}
	}
	for name := range names(r.Winners) {
		if _, ok := a.first[key][name]; !ok {
			a.first[key][name] = r.Edition.Year
		}
	}
}

// count counts a row of the Oscars for its works and people.
func (a *Auditor) count(row *facts.Row) {
	if row.Outcome != table.Won && row.Outcome != table.Nominated {
		return
	}
	for _, e := range append(slices.Clone(row.Works), row.People...) {
		t := a.oscars[e.ID]
		if t == nil {
			t = &tally{}
			a.oscars[e.ID] = t
		}
		if t.noms++; row.Outcome == table.Won {
			t.wins++
		}
	}
}

func catKey(r *facts.Race) string { return r.Edition.Award.ID + "/" + r.Category.ID }
func edKey(r *facts.Race) string  { return r.Edition.Award.ID + "/" + r.Edition.ID }

// Tried is how many questions of a template were computed again from the rows.
func (a *Auditor) Tried(template string) int { return a.tried[template] }

// Audit says what is wrong with a question by the facts: a right answer that is not, a wrong option that is right, a row
// that is not confirmed.
func (a *Auditor) Audit(q trivia.Question) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	for _, id := range q.Rows {
		if a.unsure[id] {
			fault("row %s is not confirmed", id)
		}
	}
	key, _, _ := strings.Cut(q.ID, ":")
	if try := a.auditOf(key); try != nil {
		a.tried[key]++
		try(q, fault)
	}
	return faults
}

// winners are the folded names of the winners of a race.
func (a *Auditor) winners(n int) map[string]bool {
	if a.won[n] == nil {
		a.won[n] = names(a.races[n].Winners)
	}
	return a.won[n]
}

// everybody are the folded names of all in a race.
func (a *Auditor) everybody(n int) map[string]bool {
	if a.in[n] == nil {
		a.in[n] = names(append(slices.Clone(a.races[n].Winners), a.races[n].Others...))
	}
	return a.in[n]
}

type complain func(format string, args ...any)

func (a *Auditor) auditOf(template string) func(trivia.Question, complain) {
	switch template {
	case "winner", "on-day", "beaten-by", "credit", "artist":
		return a.auditWinner
	case "for", "nominated-for", "song":
		return a.auditFor
	case "year":
		return a.auditYear
	case "prize":
		return a.auditPrize
	case "not-nominated", "also-nominated":
		return a.auditNominees
	case "never", "both":
		return a.auditEver
	case "first", "order":
		return a.auditOrder
	case "true", "false":
		return a.auditTrue
	case "runner-up":
		return a.auditRunnerUp
	case "wins", "nominations", "person-wins":
		return a.auditCount
	case "record":
		return a.auditRecord
	}
	return nil
}

// race is the race of the first row of a question that is a row of a race.
func (a *Auditor) race(q trivia.Question, fault complain) (*facts.Race, *facts.Row) {
	for _, id := range q.Rows {
		n, ok := a.of[id]
		if !ok {
			continue
		}
		r := &a.races[n]
		for _, rows := range [][]facts.Row{r.Winners, r.Others} {
			for i := range rows {
				if rows[i].ID == id {
					return r, &rows[i]
				}
			}
		}
	}
	fault("none of its rows %v is a row of a race", q.Rows)
	return nil, nil
}

// called are the folded names that a row could go by in an option: people one by one and together, works, the song.
func called(row *facts.Row) map[string]bool {
	out := map[string]bool{}
	var people []string
	for _, p := range row.People {
		people = append(people, p.Name)
		out[fold.String(p.Name)] = true
	}
	out[fold.String(list(people))] = true
	for _, w := range row.Works {
		out[fold.String(w.Name)] = true
	}
	for _, kv := range row.Detail {
		if kv.Key == "song" || kv.Key == "artist" {
			out[fold.String(kv.Value)] = true
		}
	}
	return out
}

func names(rows []facts.Row) map[string]bool {
	out := map[string]bool{}
	for i := range rows {
		for name := range called(&rows[i]) {
			out[name] = true
		}
	}
	return out
}

func (a *Auditor) auditWinner(q trivia.Question, fault complain) {
	r, row := a.race(q, fault)
	if r == nil {
		return
	}
	won := a.winners(a.of[row.ID])
	if !won[fold.String(q.Answers[0])] {
		fault("%q did not win %s of %s", q.Answers[0], r.Category.ID, r.Edition.Name)
	}
	for _, label := range q.Wrong {
		if won[fold.String(label)] {
			fault("the wrong option %q won too", label)
		}
	}
	if len(r.Winners) > 1 && !q.ChoiceOnly {
		fault("%d won, and the question asks for one", len(r.Winners))
	}
}

// auditFor tries that the answer is a work of the row, and no wrong option is one of any row of the race with the same
// people.
func (a *Auditor) auditFor(q trivia.Question, fault complain) {
	r, row := a.race(q, fault)
	if r == nil {
		return
	}
	right := map[string]bool{}
	for _, rows := range [][]facts.Row{r.Winners, r.Others} {
		for i := range rows {
			if !sharePeople(&rows[i], row) && !strings.HasPrefix(q.ID, "song:") {
				continue
			}
			if strings.HasPrefix(q.ID, "song:") && rows[i].ID != row.ID {
				continue
			}
			for _, w := range rows[i].Works {
				right[fold.String(w.Name)] = true
			}
		}
	}
	if !right[fold.String(q.Answers[0])] {
		fault("%q is no work of row %s", q.Answers[0], row.ID)
	}
	for _, label := range q.Wrong {
		if right[fold.String(label)] {
			fault("the wrong option %q is right too", label)
		}
	}
}

func sharePeople(x, y *facts.Row) bool {
	return slices.ContainsFunc(x.People, func(p facts.Entity) bool {
		return slices.ContainsFunc(y.People, func(o facts.Entity) bool {
			return o.ID == p.ID || strings.EqualFold(o.Name,
				p.Name)
		})
	})
}

// auditYear tries that the answer is the year held, and that no wrong year is one in which the same people or work won
// the same prize, or one that the edition is called by.
func (a *Auditor) auditYear(q trivia.Question, fault complain) {
	r, row := a.race(q, fault)
	if r == nil {
		return
	}
	if q.Answers[0] != strconv.Itoa(r.Edition.Year) {
		fault("%s was held in %d", r.Edition.Name, r.Edition.Year)
	}
	for _, label := range q.Wrong {
		if label == r.Edition.Honoured {
			fault("%s honours %s: a wrong option is right by another reading", r.Edition.Name, label)
		}
	}
	for _, n := range a.byCat[catKey(r)] {
		other := &a.races[n]
		if other.Edition.Year == r.Edition.Year || !slices.Contains(q.Wrong, strconv.Itoa(other.Edition.Year)) {
			continue
		}
		for i := range other.Winners {
			if same(r, &other.Winners[i], row) {
				fault("the wrong option %d is right too", other.Edition.Year)
			}
		}
	}
}
