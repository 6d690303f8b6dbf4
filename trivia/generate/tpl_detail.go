package generate

import (
	"strings"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// Templates in this file ask for what stands in the details of a result.

// plain is a detail that names one thing, "" where it names several or explains itself in brackets.
func (w *world) plain(row int, key string) string {
	v := w.k.RowDetail(row, key)
	if strings.ContainsAny(v, ";/()&,") {
		return ""
	}
	return v
}

// detailed adds the details of the same name of races around a race as wrong options.
func (b *builder) detailed(r *race, key string) {
	b.near(r, func(other *race) bool {
		for row := int(other.from); row < int(other.to); row++ {
			if !b.wrong(b.w.plain(row, key)) {
				return false
			}
		}
		return true
	})
}

func eachSong(e *enum) {
	w := e.w
	for i := range w.races {
		r := &w.races[i]
		p := &w.prizes[r.cat]
		if !r.fit || p.to != toSong || r.to-r.from < 3 {
			continue
		}
		for row := int(r.from); row < int(r.to); row++ {
			song := w.k.RowDetail(row, "song")
			if song == "" || !w.k.Fit(row) || w.k.RowWorks(row).Len() != 1 {
				continue
			}
			if title := w.k.WorkTitle(int(w.k.RowWorks(row).At(0))); !told(title, song) && !told(song, title) {
				e.race(r, row)
			}
		}
	}
}

// buildSong asks from which film a song is.
func buildSong(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.work(int(w.k.RowWorks(row).At(0)))
	b.rows(row)
	song := "“" + w.k.RowDetail(row, "song") + "”"
	did := w.won(r)
	if !w.k.Won(row) {
		did = "was " + w.nominated(r)
	}
	b.ask(spaced("from which film is", song+", which", did)+"?", spaced(song, did+".", "Which film is it from?"))
	for other := int(r.from); other < int(r.to); other++ {
		if w.k.RowDetail(other, "song") == w.k.RowDetail(row, "song") {
			b.avoidWorks(other)
		}
	}
	for _, other := range shuffled(&b.r, int(r.from), int(r.to)) {
		if works := w.k.RowWorks(other); works.Len() == 1 {
			b.wrong(w.k.WorkTitle(int(works.At(0))))
		}
	}
	b.near(r, func(other *race) bool { b.worksOf(other, row); return !b.full() })
	return b.done()
}

func eachCountry(e *enum) {
	w := e.w
	for i := range w.races {
		r := &w.races[i]
		p := &w.prizes[r.cat]
		if !r.fit || p.award != w.oscar || p.label != "Best International Feature Film" {
			continue
		}
		for row := int(r.from); row < int(r.to); row++ {
			if w.k.Fit(row) && w.plain(row, "country") != "" && w.hasLabel(p, row) {
				e.race(r, row)
			}
		}
	}
}

// buildCountry asks for which country a film won or was nominated.
func buildCountry(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.answer(judge.Place, w.plain(row, "country"))
	b.rows(row)
	title := w.label(p, row)
	did := w.won(r)
	if !w.k.Won(row) {
		did = "was " + w.nominated(r)
	}
	b.ask(spaced("which country did", title, "represent when it", did)+"?", spaced(title, did+".",
		"Which country had entered it?"))
	for _, other := range shuffled(&b.r, int(r.from), int(r.to)) {
		b.wrong(w.plain(other, "country"))
	}
	b.detailed(r, "country")
	return b.done()
}

func eachArtist(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		switch p.manner.topic {
		case "grammys":
			if people := e.w.k.RowPeople(row).Len(); p.to != toWork || people == 0 || people > 3 ||
				e.w.k.RowWorks(row).Len() != 1 || r.won > 1 ||
				told(e.w.k.WorkTitle(int(e.w.k.RowWorks(row).At(0))), e.w.persons(row)) {
				return
			}
		case "eurovision":
			if e.w.plain(row, "artist") == "" || r.won > 1 {
				return
			}
		default:
			return
		}
		e.race(r, row)
	})
}

// buildArtist asks whose recording, song or entry won.
func buildArtist(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.rows(row)
	if p.manner.topic == "eurovision" {
		b.answer(judge.Person, w.plain(row, "artist"))
		country := w.inText(p, row)
		b.ask(spaced("who won the Eurovision Song Contest for", country, w.when(int(r.edition), p))+"?",
			spaced("which act won the Eurovision Song Contest", w.when(int(r.edition), p), "for", country)+"?")
		b.detailed(r, "artist")
		return b.done()
	}
	people := w.k.RowPeople(row)
	if people.Len() == 1 {
		b.person(int(people.At(0)))
	} else {
		b.answer(judge.Person, w.persons(row))
	}
	title := "“" + w.k.WorkTitle(int(w.k.RowWorks(row).At(0))) + "”"
	who := "who recorded"
	if p.noun == "song" {
		who = "who wrote"
	}
	b.ask(spaced(who, title+", which", w.won(r))+"?", spaced(title, w.won(r)+".", capital(who), "it?"))
	b.near(r, func(other *race) bool {
		for o := int(other.from); o < int(other.from+other.won); o++ {
			if !w.shares(&prize{to: toPerson}, o, row) && !b.wrong(w.persons(o)) {
				return false
			}
		}
		return true
	})
	return b.done()
}

func eachWithSong(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if p.manner.topic == "eurovision" && e.w.k.RowDetail(row, "song") != "" && e.w.plain(row, "artist") != "" &&
			!told(e.w.plain(row, "artist"), e.w.k.RowDetail(row, "song")) {
			e.race(r, row)
		}
	})
}

// buildWithSong asks with which song somebody won.
func buildWithSong(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	b.answer(judge.Work, w.k.RowDetail(row, "song"))
	b.rows(row)
	b.ask(spaced("with which song did", w.plain(row, "artist"), w.win(r), "for", w.inText(p, row))+"?",
		spaced(w.plain(row, "artist"), w.won(r), "for", w.inText(p, row)+".", "With which song?"))
	b.detailed(r, "song")
	return b.done()
}

// eachDetail goes through the rows of a topic that tell a detail.
func eachDetail(topic, column string) func(*enum) {
	return func(e *enum) {
		e.eachRow(func(r *race, p *prize, row int) {
			if p.manner.topic == topic && e.w.plain(row, column) != "" {
				e.race(r, row)
			}
		})
	}
}

// buildMVP asks who was the most valuable player of a Super Bowl.
func buildMVP(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.answer(judge.Person, w.plain(row, "mvp"))
	b.rows(row)
	b.ask(spaced("who was the most valuable player (MVP) of", w.prizeOf(r))+"?", spaced("which player was MVP of",
		w.prizeOf(r))+"?")
	b.q.Note = w.label(&w.prizes[r.cat], row) + " won"
	b.detailed(r, "mvp")
	return b.done()
}

// buildParty asks for which party a president ran.
func buildParty(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	b.answer(judge.Other, w.plain(row, "party"))
	b.rows(row)
	b.ask(spaced("for which party did", w.label(&w.prizes[r.cat], row), w.win(r))+"?",
		spaced("to which party did", w.label(&w.prizes[r.cat], row), "belong on winning", w.prizeOf(r))+"?")
	b.detailed(r, "party")
	return b.done()
}

// place is where a final or contest of a row was, and the key of the detail that says it.
func (w *world) place(p *prize, row int) (key, place string) {
	key = ""
	switch p.manner.topic {
	case "world-cup":
		key = "host"
	case "eurovision":
		key = "host_city"
	case "euro":
		key = "final_city"
	}
	if key == "" {
		return "", ""
	}
	return key, w.plain(row, key)
}

func eachPlace(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if _, place := e.w.place(p, row); place != "" && row == int(r.from) {
			e.race(r, row)
		}
	})
}

// buildPlace asks where a tournament, a final or a contest was held.
func buildPlace(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	key, place := w.place(p, row)
	b.answer(judge.Place, place)
	b.rows(row)
	name, when := w.prizeOf(r), w.when(int(r.edition), p)
	switch key {
	case "host":
		b.ask(spaced("which country hosted", name, when)+"?", spaced("where was", name, "held", when)+"?")
	case "host_city":
		b.ask(spaced("which city hosted", name, when)+"?", spaced("in which city was", name, "held", when)+"?")
	default:
		b.ask(spaced("in which city was the final of", name, "played", when) + "?")
	}
	b.detailed(r, key)
	return b.done()
}
