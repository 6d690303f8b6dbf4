package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// sameWorks are works that tables name otherwise than those that carry the ID.
var sameWorks = map[string]string{
	"serving in silence/golden-globes": "tt0114395", "serving in silence/sag-awards": "tt0114395",
	"raid on entebbe/emmys-primetime": "tt0076594", "sybil/emmys-primetime": "tt0075296",
	"roots the next generations/golden-globes": "tt0078678", "roots the next generations/emmys-primetime": "tt0078678",
}

// alsoCalled are spellings of titles that the tables of names lack.
var alsoCalled = map[string][]string{"tt0114369": {"Se7en"}}

// releasedIn are years that the tables have wrong: Dune: Part Two was put off from 2023 to 2024.
var releasedIn = map[string]string{"tt15239678": "2024"}

// knownWork is the one work that a title without an ID means: of the same award and about the same year, or with the same
// people, or when the tables know only one work of that name. Another work of the name in another year is another work.
func (b *builder) knownWork(e *entry, i int, canon string) *work {
	year := b.workYear(e)
	var sure, likely []*work
	for _, w := range b.byTitle[fold.String(canon)] {
		if fieldOf(w.group) != fieldOf(e.spec.group) || !w.near(year, e) {
			continue
		}
		switch {
		case w.awards[e.spec.id], w.sharesPeople(e), strings.HasPrefix(w.id, "w-"):
			sure = append(sure, w)
		case b.sameTitles[fold.String(canon)] == "":
			likely = append(likely, w)
		}
	}
	if len(sure) > 0 {
		return b.nearest(sure, e, year)
	}
	if len(likely) == 1 {
		return likely[0]
	}
	if len(likely) > 1 {
		b.report.note("%s: %q can be %d works; given an ID of our own", e.at, e.titles[i], len(sure)+len(likely))
	}
	return nil
}

// nearest is the work nearest in years; of two as near, the one of the same award, and the one with an ID of a source.
func (b *builder) nearest(works []*work, e *entry, year int) *work {
	worth := func(w *work) int {
		best := 1 << 20
		for y := range w.years {
			best = min(best, max(y-year, year-y)*4)
		}
		if !w.awards[e.spec.id] {
			best += 2
		}
		if strings.HasPrefix(w.id, "w-") {
			best++
		}
		return best
	}
	return slices.MinFunc(works, func(x, y *work) int { return cmpAll(worth(x)-worth(y), strings.Compare(x.id, y.id)) })
}

// fieldOf keeps films apart from books and songs of the same name.
func fieldOf(group string) string { return group }

// near reports whether the work was of about that year. A series comes back year after year.
func (w *work) near(year int, e *entry) bool {
	reach := 1
	if e.spec.id == "emmys-primetime" || strings.Contains(e.category, "Television") || strings.Contains(e.category, "Series") {
		reach = 3
	} else if w.group == "culture" { // a play comes to Broadway after its prize
		reach = 2
	}
	for y := range w.years {
		if y-reach <= year && year <= y+reach {
			return true
		}
	}
	return false
}

func (w *work) sharesPeople(e *entry) bool {
	for j, name := range e.names {
		if w.people[fold.String(name)] || e.nameIDs[j] != "" && w.people[e.nameIDs[j]] {
			return true
		}
	}
	return false
}

// cutLength is where the table of the Emmys cuts titles (and the space at the end away).
const cutLength = 49

// cutShort is the whole of a title of the Emmys that was cut, where another row has it.
func (b *builder) cutShort(e *entry, title string) string {
	if e.spec.id != "emmys-primetime" || len([]rune(e.titles[0])) < cutLength || title != e.titles[0] {
		return ""
	}
	f, found := fold.String(title), ""
	for _, t := range sorted(b.byTitle) {
		if !strings.HasPrefix(t, f) || t == f {
			continue
		}
		for _, w := range b.byTitle[t] {
			if w.near(b.workYear(e), e) {
				found = w.canon
			}
		}
	}
	return found
}
