package generate

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
	"github.com/whowon-bot/whowon/trivia"
)

// auditPrize tries that no wrong option names a prize of that edition which the same work, or laureate, won.
func (a *Auditor) auditPrize(q trivia.Question, fault complain) {
	r, row := a.race(q, fault)
	if r == nil {
		return
	}
	if tidy(r.Category.Name) != q.Answers[0] {
		fault("row %s is of %q", row.ID, r.Category.Name)
	}
	for _, n := range a.byEd[edKey(r)] {
		other := &a.races[n]
		if !slices.Contains(q.Wrong, tidy(other.Category.Name)) {
			continue
		}
		for i := range other.Winners {
			won := &other.Winners[i]
			if same(&facts.Race{About: "work"}, won, row) || len(row.Works) == 0 && sharePeople(won, row) {
				fault("%q is right too", other.Category.Name)
			}
		}
	}
}

// auditNominees tries who was in a race.
func (a *Auditor) auditNominees(q trivia.Question, fault complain) {
	r, row := a.race(q, fault)
	if r == nil {
		return
	}
	in := a.everybody(a.of[row.ID])
	odd := strings.HasPrefix(q.ID, "not-")
	if in[fold.String(q.Answers[0])] == odd {
		fault("%q: nominated is %v", q.Answers[0], !odd)
	}
	for _, label := range q.Wrong {
		if in[fold.String(label)] != odd {
			fault("the wrong option %q: nominated is %v", label, !odd)
		}
	}
}

// auditEver tries who ever won one prize, or two.
func (a *Auditor) auditEver(q trivia.Question, fault complain) {
	r, _ := a.race(q, fault)
	if r == nil {
		return
	}
	won := a.first[catKey(r)]
	if strings.HasPrefix(q.ID, "never") {
		if won[fold.String(q.Answers[0])] > 0 {
			fault("%q did win it", q.Answers[0])
		}
		for _, label := range q.Wrong {
			if won[fold.String(label)] == 0 {
				fault("%q never won it either", label)
			}
		}
		return
	}
	also := a.first[catKey(&a.races[a.of[q.Rows[1]]])]
	if f := fold.String(q.Answers[0]); won[f] == 0 || also[f] == 0 {
		fault("%q did not win both", q.Answers[0])
	}
	for _, label := range q.Wrong {
		if f := fold.String(label); won[f] > 0 && also[f] > 0 {
			fault("the wrong option %q won both", label)
		}
	}
}

// firstYear is the first year in which somebody won a category, 0 where that is never.
func (a *Auditor) firstYear(r *facts.Race, label string) int {
	return a.first[catKey(r)][fold.String(label)]
}

// auditOrder tries who won first, and whether an order is that of the years.
func (a *Auditor) auditOrder(q trivia.Question, fault complain) {
	r, _ := a.race(q, fault)
	if r == nil {
		return
	}
	if strings.HasPrefix(q.ID, "first") {
		year := a.firstYear(r, q.Answers[0])
		for _, label := range q.Wrong {
			if other := a.firstYear(r, label); year == 0 || other <= year {
				fault("%q won in %d, and %q in %d", q.Answers[0], year, label, other)
			}
		}
		return
	}
	for i, option := range append([]string{q.Answers[0]}, q.Wrong...) {
		last, rising := 0, true
		for part := range strings.SplitSeq(option, arrow) {
			year := a.firstYear(r, part)
			rising, last = rising && year > last, year
		}
		if rising != (i == 0) {
			fault("the order %q: rising is %v", option, rising)
		}
	}
}

func (a *Auditor) auditTrue(q trivia.Question, fault complain) {
	_, row := a.race(trivia.Question{Rows: q.Rows[len(q.Rows)-1:]}, fault)
	if row != nil && (row.Outcome == table.Won) != (q.Answers[0] == "True") {
		fault("row %s is %s", row.ID, row.Outcome)
	}
}

func (a *Auditor) auditRunnerUp(q trivia.Question, fault complain) {
	_, row := a.race(q, fault)
	if row == nil {
		return
	}
	if !strings.HasPrefix(row.Others, q.Answers[0]) {
		fault("the runners-up of row %s are %q", row.ID, row.Others)
	}
	first, _, _ := strings.Cut(row.Others, ";")
	for _, label := range q.Wrong {
		if strings.Contains(first, label) && !strings.Contains(q.Answers[0], label) ||
			names([]facts.Row{*row})[fold.String(label)] {
			fault("the wrong option %q is right too, or won", label)
		}
	}
}

// auditCount counts the Oscars of a work or a person again, over all races.
func (a *Auditor) auditCount(q trivia.Question, fault complain) {
	key, id, _ := strings.Cut(q.ID, ":")
	t := a.oscars[id]
	if t == nil {
		fault("%s has no row of the Oscars", id)
		return
	}
	want := t.wins
	if key == "nominations" {
		want = t.noms
	}
	if q.Answers[0] != strconv.Itoa(want) {
		fault("the rows say %d", want)
	}
}

// auditRecord counts the wins of all options again.
func (a *Auditor) auditRecord(q trivia.Question, fault complain) {
	r, _ := a.race(q, fault)
	if r == nil {
		return
	}
	count := func(label string) (n int) {
		for _, i := range a.byCat[catKey(r)] {
			for j := range a.races[i].Winners {
				row := &a.races[i].Winners[j]
				of := row.People
				if r.About == "team" || r.About == "other" {
					of = of[:min(1, len(of))]
				}
				if slices.ContainsFunc(of, func(e facts.Entity) bool { return e.Name == label }) {
					n++
				}
			}
		}
		return n
	}
	most := count(q.Answers[0])
	for _, label := range q.Wrong {
		if n := count(label); n >= most {
			fault("%q won %d times, and %q %d times", q.Answers[0], most, label, n)
		}
	}
}

// same reports whether two rows went to the same: by the category's kind, people or work.
func same(r *facts.Race, x, y *facts.Row) bool {
	if r.About != "work" {
		if r.About != "person" { // a country with its singer: the first counts
			return len(x.People) > 0 && len(y.People) > 0 && x.People[0].ID == y.People[0].ID
		}
		return sharePeople(x, y)
	}
	return slices.ContainsFunc(x.Works, func(w facts.Entity) bool {
		return slices.ContainsFunc(y.Works, func(o facts.Entity) bool { return o.ID == w.ID })
	})
}
