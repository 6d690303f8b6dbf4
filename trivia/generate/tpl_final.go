package generate

import "github.com/whowon-bot/whowon/trivia/judge"

// finals reports whether the runner-up of a row lost a final, a match or an election, and was not merely second.
func (w *world) finals(r *race, row int) (how string, ok bool) {
	p := &w.prizes[r.cat]
	switch p.manner.topic {
	case "world-cup", "euro", "champions-league", "rugby", "cricket", "super-bowl", "nba", "stanley-cup", "world-series",
		"tennis":
		note := w.k.RowNote(row)
		if containsWord(note, "robin") || containsWord(note, "group") || containsWord(note, "league") {
			return "", false
		}
		return "final", true
	case "chess":
		return "match", containsWord(w.k.RowNote(row), "match") && !containsWord(w.k.RowNote(row), "tournament")
	case "us-elections":
		return "election", true
	case "formula-one", "tour-de-france":
		return "second", true
	}
	return "", false
}

func eachRunnerUp(e *enum) {
	e.eachRow(func(r *race, p *prize, row int) {
		if _, ok := e.w.finals(r, row); ok && r.won == 1 && e.w.variety[r.cat] >= 4 &&
			len(runnersUp(e.w.k.RowOthers(row))) > 0 {
			e.race(r, row)
		}
	})
}

// buildRunnerUp asks whom the winner beat.
func buildRunnerUp(b *builder) bool {
	w, row := b.w, int(b.s.a)
	r := w.raceOf(row)
	p := &w.prizes[r.cat]
	winner := w.inText(p, row)
	second := runnersUp(w.k.RowOthers(row))
	b.answer(b.runnerKind(p), second[0])
	b.avoid(w.label(p, row))
	b.rows(row)
	name, when := w.prizeOf(r), w.when(int(r.edition), p)
	how, _ := w.finals(r, row)
	whom := "whom"
	if p.to == toTeam {
		whom = "which " + p.noun
	}
	switch how {
	case "final":
		b.ask(spaced(whom, "did", winner, "beat in the final to win", name, when)+"?",
			spaced(winner, "won", name, when+", beating", whom)+"?")
		if p.time == inSeason && p.manner.topic != "champions-league" || p.manner.topic == "world-series" ||
			p.time == superBowl {
			b.ask(spaced(whom, "did", winner, "beat to win", name, when) + "?")
		}
	case "match":
		b.ask(spaced("whom did", winner, "beat in the match for", name, when) + "?")
	case "election":
		b.ask(spaced("who was the runner-up when", winner, "won", name, when)+"?", spaced("whom did", winner,
			"beat into second place in", name, when)+"?")
	default:
		b.ask(spaced("who was runner-up when", winner, "won", name, when)+"?", spaced("who finished second to", winner,
			"in", name, when)+"?")
		if p.to == toTeam {
			b.ask(spaced("which", p.noun, "finished second to", winner, "in", name, when) + "?")
		}
	}
	for _, other := range second[1:] {
		b.wrong(other)
	}
	b.near(r, func(other *race) bool {
		for o := int(other.from); o < int(other.from+other.won); o++ {
			if names := runnersUp(w.k.RowOthers(o)); len(names) > 0 && !b.wrong(names[0]) {
				return false
			}
			b.wrong(w.label(p, o))
		}
		return !b.full()
	})
	return b.done()
}

func (b *builder) runnerKind(p *prize) judge.Kind {
	switch {
	case p.to == toPerson:
		return judge.Person
	case p.noun == "country":
		return judge.Place
	}
	return judge.Other
}
