package generate

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/whowon-bot/whowon/trivia/judge"
)

func eachOnDay(e *enum) {
	w := e.w
	editions := make(map[string]int, w.k.Editions())
	for i := range w.k.Editions() {
		editions[w.editionID(i)] = i
	}
	had := map[int]bool{}
	for h := range w.k.Happenings() {
		switch w.k.HappeningKind(h) {
		case "ceremony", "final", "election", "opening":
		default:
			continue
		}
		if !w.k.HappeningSure(h) {
			continue
		}
		edition, ok := editions[w.k.HappeningField(h, "award")+"/"+w.k.HappeningField(h, "edition")]
		if !ok || w.k.EditionDoubtful(edition) || w.k.EditionDate(edition) != w.k.HappeningDate(h) {
			continue
		}
		category := w.k.HappeningField(h, "category")
		from, to := w.k.EditionRows(edition)
		for row := from; row < to; row++ {
			if w.k.CategoryID(w.k.RowCategory(row)) == category {
				r := w.raceOf(row)
				p := &w.prizes[r.cat]
				if r.fit && r.won == 1 && w.hasLabel(p, row) && w.enough(r, p) && !had[row] {
					had[row] = true
					e.add(h, row, p.topic, w.ease(r, row))
				}
				break
			}
		}
	}
}

// buildOnDay asks what was won on a day.
func buildOnDay(b *builder) bool {
	w, row := b.w, int(b.s.b)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.right(p, row)
	b.rows(row)
	b.q.Rows = append(b.q.Rows, w.k.HappeningID(int(b.s.a)))
	day := longDate(w.k.HappeningDate(int(b.s.a)))
	who := "who"
	if p.to != toPerson {
		who = "which " + p.noun
	}
	name := w.prizeOf(r)
	if p.time == superBowl {
		name = p.name
	}
	switch {
	case p.past == "hosted":
		b.ask(spaced("in which city did", name, "open on", day)+"?", spaced("on", day+",", name, "opened in which city?"))
	case p.past != "won" || p.time == inName && p.to != toPerson:
		return false
	case p.time == inName:
		b.ask(spaced("who was elected president of the United States on", day) + "?")
	default:
		b.ask(spaced("on", day+",", who, p.past, name)+"?", spaced("on this day,", day+":", who, p.past, name)+"?")
	}
	b.rivals(r, p)
	b.neighbours(r, p, b.outsideRace(r, p))
	b.q.Note = w.told(r, p, row)
	return b.done()
}

// birth is a dated birth of somebody known.
type birth struct {
	happening, person int32
	year              int32
}

// listBirths lists the births of those known well enough, the oldest first.
func (w *world) listBirths() {
	for h := range w.k.Happenings() {
		if w.k.HappeningKind(h) != "birth" || !w.k.HappeningSure(h) {
			continue
		}
		p := w.k.HappeningPerson(h)
		if p < 0 || w.k.PersonFame(p) < 300 || len(w.people(p)) > 1 || w.k.PersonBorn(p) != w.k.HappeningDate(h) {
			continue
		}
		year, err := strconv.Atoi(first4(w.k.HappeningDate(h)))
		if err == nil {
			w.births = append(w.births, birth{int32(h), int32(p), int32(year)})
		}
	}
	slices.SortStableFunc(w.births, func(x, y birth) int { return cmp.Compare(x.year, y.year) })
}

func (w *world) birthEase(x birth) float64 {
	return 0.05 + 0.55*renown(w.k.PersonFame(int(x.person))) + 0.3*recency(int(x.year)+40)
}

func eachBirthday(e *enum) {
	topic := e.w.topicNo(topicPeople)
	for _, x := range e.w.births {
		e.add(int(x.happening), -1, topic, e.w.birthEase(x)-0.25)
	}
}

// buildBirthday asks who of four was born on a day.
func buildBirthday(b *builder) bool {
	w, h := b.w, int(b.s.a)
	person := w.k.HappeningPerson(h)
	date := w.k.HappeningDate(h)
	b.person(person)
	b.q.ChoiceOnly = true
	b.q.Rows = []string{w.k.HappeningID(h), w.k.PersonID(person)}
	b.q.Source = w.k.Happening(h).Source
	b.ask("which of these people was born on "+longDate(date)+"?", "whose birthday is "+longDate(date)+"?")
	at := slices.IndexFunc(w.births, func(x birth) bool { return int(x.happening) == h })
	for try := 0; !b.full() && try < 400; try++ {
		i := at - 60 + b.r.below(121)
		if i < 0 || i >= len(w.births) {
			continue
		}
		other := w.births[i]
		if born := w.k.HappeningDate(int(other.happening)); born[5:] != date[5:] &&
			abs(int(other.year-w.births[at].year)) <= 15 &&
			w.k.PersonSex(int(other.person)) == w.k.PersonSex(person) {
			b.wrong(w.k.PersonName(int(other.person)))
		}
	}
	return b.done()
}

func eachBirthYear(e *enum) {
	topic := e.w.topicNo(topicPeople)
	for _, x := range e.w.births {
		if e.w.k.PersonFame(int(x.person)) >= 500 {
			e.add(int(x.person), -1, topic, e.w.birthEase(x)-0.18)
		}
	}
}

// buildBirthYear asks in which year somebody was born.
func buildBirthYear(b *builder) bool {
	w, person := b.w, int(b.s.a)
	born := w.k.PersonBorn(person)
	year, err := strconv.Atoi(first4(born))
	if err != nil {
		return false
	}
	b.answer(judge.Date, itoa(year))
	b.q.Rows, b.q.Source = []string{w.k.PersonID(person)}, "people"
	name := w.k.PersonName(person)
	if known := w.k.PersonKnownFor(person); len(known) > 0 {
		name += " (" + known[0] + ")"
	}
	b.ask("in which year was "+name+" born?", name+" was born in which year?")
	b.q.Note = "Born on " + longDate(born)
	return b.years(year, 1850, 2020) && b.done()
}

// release is a dated release or premiere of a film.
type release struct{ happening, work, day int32 } // day is yyyymmdd

// listReleases lists the films whose opening in US cinemas or premiere is known, the oldest first.
func (w *world) listReleases() {
	for h := range w.k.Happenings() {
		kind := w.k.HappeningKind(h)
		if kind != "release" && kind != "premiere" || !w.k.HappeningSure(h) {
			continue
		}
		if kind == "release" && w.k.HappeningField(h, "territory") != "US" {
			continue
		}
		work := w.k.HappeningWork(h)
		if work < 0 {
			continue
		}
		date := w.k.HappeningDate(h)
		day, err := strconv.Atoi(first4(date) + date[5:7] + date[8:10])
		if err != nil || abs(day/10000-w.k.WorkYear(work)) > 1 {
			continue
		}
		w.releases = append(w.releases, release{int32(h), int32(work), int32(day)})
	}
	slices.SortStableFunc(w.releases, func(x, y release) int { return cmp.Compare(x.day, y.day) })
}

func eachRelease(e *enum) {
	topic := e.w.topicNo(topicReleases)
	for _, x := range e.w.releases {
		fame := e.w.k.WorkFame(int(x.work))
		if fame < 100 {
			continue
		}
		e.add(int(x.happening), -1, topic, 0.3*recency(int(x.day)/10000)+0.45*renown(fame))
	}
}

// buildRelease asks which of four films opened on a day. The wrong ones opened within four years, on other days.
func buildRelease(b *builder) bool {
	w, h := b.w, int(b.s.a)
	at := slices.IndexFunc(w.releases, func(x release) bool { return int(x.happening) == h })
	own := w.releases[at]
	title := w.k.WorkTitle(int(own.work))
	b.answer(judge.Work, title)
	b.q.ChoiceOnly = true
	b.q.Rows, b.q.Source = []string{w.k.HappeningID(h)}, w.k.Happening(h).Source
	day := longDate(w.k.HappeningDate(h))
	if w.k.HappeningKind(h) == "premiere" {
		place := w.k.HappeningField(h, "place")
		if place != "" {
			place = "in " + place
		}
		b.ask(spaced("which of these films had its premiere", place, "on", day) + "?")
	} else {
		b.ask("which of these films opened in US cinemas on "+day+"?",
			"on "+day+", one of these films opened in US cinemas. Which?")
	}
	for try := 0; !b.full() && try < 400; try++ {
		i := at - 80 + b.r.below(161)
		if i < 0 || i >= len(w.releases) {
			continue
		}
		x := w.releases[i]
		if x.work != own.work && abs(int(x.day-own.day)) > 100 && abs(int(x.day-own.day)) < 50000 &&
			w.k.WorkFame(int(x.work)) >= 60 {
			b.wrong(w.k.WorkTitle(int(x.work)))
		}
	}
	return b.done()
}
