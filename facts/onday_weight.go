package facts

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/whowon-bot/whowon/facts/index"
)

// What an event weighs is a number from 0 to about 100: what kind of event it is, how great its award is, and how well known
// those in it are.
//
//	first           60 + renown/2           the tables call these remarkable themselves; a claim of a record weighs 10 less
//	occasion        25 + greatness + renown/3, less 5 for each step that its category is below the award's best known
//	premiere        26 + renown             the first showing anywhere
//	birth, death    16 + renown
//	release         12 + renown
//	other claims    24 + renown/3           what is said of an occasion that has an event of its own
//
// renown and greatness are from 0 to 35. So the best picture of the Oscars (about 70) is above the birth of somebody
// everybody knows (about 50), which is above the minor award of a night (40), the birth of a nominee (25), and the opening
// of a film that won little (20). A round anniversary adds less than lies between those steps: 16 for 100 years, 12 for 50,
// 8 for 25, 4 for 10. So it decides among comparable events, and the hundredth birthday of a nominee does not beat a best
// picture.

// maxRenown is the renown of the best known.
const maxRenown = 35

// renown is how well known somebody with so much fame is. Fame counts nominations, so it is far from even: one who has ten
// times as much is known somewhat better.
func renown(fame uint32) int {
	const some, most = 60, 5000
	r := maxRenown * math.Log1p(float64(fame)/some) / math.Log1p(float64(most)/some)
	return min(maxRenown, int(r))
}

// greatness is how much an occasion of an award weighs, from 0 to 35. The tables rank the categories of an award, but not
// awards of different fields against each other; one that is not known here is a small one.
func greatness(award string) int {
	switch award {
	case "academy-awards", "fifa-world-cup":
		return 35
	case "summer-olympics", "us-presidential-election", "nobel-prize":
		return 32
	case "cannes", "winter-olympics", "super-bowl":
		return 27
	case "grammy-awards", "emmys-primetime", "golden-globes", "bafta-film", "venice", "eurovision", "uefa-euro",
		"uefa-champions-league", "wimbledon":
		return 22
	case "berlin", "cesar", "tony-awards", "booker-prize", "pulitzer-prize", "turing-award", "fields-medal", "the-game-awards",
		"ballon-dor", "rugby-world-cup", "cricket-world-cup", "tour-de-france", "formula-one", "world-chess-championship",
		"nba-championship", "world-series", "stanley-cup", "us-open", "australian-open", "french-open":
		return 17
	}
	return 10
}

// weigh is what an event weighs, in any year.
func (c *Corpus) weigh(e *Event, o occasion) int {
	known := c.renownOf(e)
	switch e.kind() {
	case "first":
		if e.Kind == "claim" {
			return 50 + known/2
		}
		return 60 + known/2
	case "claim":
		return 24 + known/3
	case "premiere":
		return 26 + known
	case "release":
		return 12 + known
	case "birth", "death":
		return 16 + known
	}
	w := 25 + greatness(o.awardID(c)) + known/3
	switch {
	case o.award < 0:
		w -= 10
	case e.field("category") == "": // an evening of honorary prizes
		w -= 20
	case o.cat >= 0:
		w -= 5 * max(0, int(c.db.CatRank.At(o.cat))-1)
	}
	return w
}

// renownOf is the renown of the best known in an event. Who won one of the greatest prizes outside film is known by it: fame
// counts nominations, of which there are most in film.
func (c *Corpus) renownOf(e *Event) int {
	best := 0
	for _, w := range e.Works {
		if n := c.find(w.ID, index.IsWork); n >= 0 {
			best = max(best, renown(c.db.WorkFame.At(n)))
		}
	}
	for _, p := range e.People {
		n := c.find(p.ID, index.IsPerson)
		if n < 0 {
			continue
		}
		best = max(best, renown(c.db.PerFame.At(n)))
		for _, award := range c.wonBy(c.db.PerResults.At(n)) {
			best = max(best, greatness(c.text.awardID.At(award))/2)
		}
	}
	return best
}

// wonBy are the awards that somebody or something won, honorary prizes included.
func (c *Corpus) wonBy(rows index.U32) []int {
	var out []int
	for i := range rows.Len() {
		r := int(rows.At(i))
		if c.db.ResOutcome.At(r) > index.Special {
			continue
		}
		if a := c.awardOf(int(c.db.ResEdition.At(r))); !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	return out
}

// roundness is what a round anniversary adds.
func roundness(years int) int {
	switch {
	case years <= 0:
		return 0
	case years%100 == 0:
		return 16
	case years%50 == 0:
		return 12
	case years%25 == 0:
		return 8
	case years%10 == 0:
		return 4
	}
	return 0
}

// ranked is an event with what it weighs in a year.
type ranked struct {
	*dated
	score int
	now   bool // it is of the year itself: no anniversary
}

// rank adds the events of a day up to a year, of the topics wanted.
func (cal *calendar) rank(to []ranked, month time.Month, dayOfMonth, year int, t wanted) []ranked {
	for _, d := range cal.day(month, dayOfMonth) {
		if d.Year <= year && t.has(d) {
			to = append(to, ranked{d, d.weight + roundness(year-d.Year), d.Year == year})
		}
	}
	return to
}

const (
	maxAlike = 2  // events of one kind and award among the first
	varied   = 12 // events that are looked through for what is alike: more than are ever shown
)

// arrange puts events in order: by what they weigh, but those that are like others before them after the rest.
func arrange(list []ranked) {
	slices.SortStableFunc(list, func(x, y ranked) int {
		return cmp.Or(nowLast(x, y), cmp.Compare(y.score, x.score), cmp.Compare(x.Year, y.Year), cmp.Compare(x.ID, y.ID))
	})
	var late []ranked
	n := 0
	for _, r := range list {
		if r.now || n < varied && alike(list[:n], r) {
			late = append(late, r)
			continue
		}
		list[n] = r
		n++
	}
	slices.SortStableFunc(late, nowLast)
	copy(list[n:], late)
}

func nowLast(x, y ranked) int {
	switch {
	case x.now == y.now:
		return 0
	case x.now:
		return 1
	}
	return -1
}

// alike reports whether enough is told already of what an event is: of its kind and award, or of what happened to the same
// in the same year.
func alike(before []ranked, r ranked) bool {
	n := 0
	for _, b := range before {
		if b.sort == r.sort {
			n++
		}
		if b.Year == r.Year && slices.ContainsFunc(b.about, func(name uint64) bool { return slices.Contains(r.about, name) }) {
			return true
		}
	}
	return n >= maxAlike
}

// leadOther lets the first event lead that may.
func leadOther(list []ranked, not []string) {
	for i, r := range list {
		if !slices.Contains(not, r.ID) {
			copy(list[1:i+1], list[:i])
			list[0] = r
			return
		}
	}
}
