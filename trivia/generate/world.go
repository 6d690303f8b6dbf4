package generate

import (
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/fold"
)

// race is one category of one edition, as far as questions need it.
type race struct {
	edition, cat int32
	from, to     int32 // rows, winners first
	won          int32 // how many rows won
	fit          bool  // may be asked: a winner, all winners confirmed, marked as fit for a quiz
}

// world is what the templates look things up in: the facts, how prizes are spoken of, and the races in order.
type world struct {
	k         *facts.Catalogue
	topics    []topic
	prizes    []prize
	races     []race
	byCat     [][]int32 // races of a category, oldest first
	variety   []uint8   // how many different winners a category has, 6 at most
	oscar     int       // the award, -1 where there is none
	perTwins  map[string][]int32
	workTwins map[string][]int32

	personByName map[string]int32 // folded
	lastOscars   int              // the last edition of the Oscars with results
	directed     []credit         // films with known directors, by year
	casts        []credit         // films with known casts, by year
	births       []birth          // by year
	releases     []release        // by day
}

func newWorld(k *facts.Catalogue) *world {
	w := &world{k: k, topics: topics(), prizes: prizes(k), byCat: make([][]int32, k.Categories())}
	for r := range k.Races() {
		n := int32(len(w.races))
		w.byCat[r.Category] = append(w.byCat[r.Category], n)
		w.races = append(w.races, w.race(r))
	}
	w.perTwins, w.personByName = twins(k.People(), k.PersonName)
	w.workTwins, _ = twins(k.Works(), k.WorkTitle)
	w.oscar = -1
	for a := range k.Awards() {
		if k.AwardID(a) == "academy-awards" {
			w.oscar = a
		}
	}
	for i := range w.races {
		if r := &w.races[i]; w.prizes[r.cat].award == w.oscar && r.won > 0 {
			w.lastOscars = int(r.edition)
		}
	}
	w.countVariety()
	w.listDirected()
	w.listCasts()
	w.listBirths()
	w.listReleases()
	return w
}

func (w *world) race(r facts.RaceNo) race {
	out := race{edition: int32(r.Edition), cat: int32(r.Category), from: int32(r.From), to: int32(r.To)}
	fit := w.prizes[r.Category].fit && w.k.EditionYear(r.Edition) > 0
	for row := r.From; row < r.To && w.k.Won(row); row++ {
		out.won++
		fit = fit && w.k.Fit(row)
	}
	// The first Cannes of 1939 was judged in 2002: no year of it is without doubt.
	out.fit = fit && out.won > 0 && (w.prizes[r.Category].time != atFestival || w.k.EditionID(r.Edition) != "1939")
	return out
}

// twins lists the numbers of things that share a name with another, and the first number of every name.
func twins(n int, name func(int) string) (out map[string][]int32, seen map[string]int32) {
	seen, out = make(map[string]int32, n), map[string][]int32{}
	for i := range n {
		s := fold.String(name(i))
		first, ok := seen[s]
		if !ok {
			seen[s] = int32(i)
			continue
		}
		if len(out[s]) == 0 {
			out[s] = append(out[s], first)
		}
		out[s] = append(out[s], int32(i))
	}
	return out, seen
}

// people are the numbers of all who bear the name of a person: the tables may hold one person twice, and two of one name
// are not told apart by an option.
func (w *world) people(p int) []int32 {
	if all := w.perTwins[fold.String(w.k.PersonName(p))]; len(all) > 0 {
		return all
	}
	return []int32{int32(p)}
}

// works are the numbers of all works of a title.
func (w *world) works(n int) []int32 {
	if all := w.workTwins[fold.String(w.k.WorkTitle(n))]; len(all) > 0 {
		return all
	}
	return []int32{int32(n)}
}

// raceOf is the race of a row. The races stand in the order of their rows.
func (w *world) raceOf(row int) *race {
	lo, hi := 0, len(w.races)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(w.races[mid].to) <= row {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return &w.races[lo]
}

// titled is a work's title in a question that does not say otherwise which work is meant: namesakes are told apart. False
// where they cannot be.
func (w *world) titled(n int) (string, bool) {
	title := w.k.WorkTitle(n)
	if apart := w.k.WorkApart(n); apart != "" {
		return title + " (" + apart + ")", true
	}
	if len(w.works(n)) > 1 {
		return title, false
	}
	return title, true
}

// topicNo is the number of a topic, -1 where there is none.
func (w *world) topicNo(key string) int { return topicNo(w.topics, key) }
