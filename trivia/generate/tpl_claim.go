package generate

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// firstAsk is how a curated first is asked: "Who was the first woman to win Best Director?". False where its wording
// makes no question.
func firstAsk(f facts.First, film bool) (string, bool) {
	who, claim := "who", f.Claim
	if film {
		who = "which film"
	}
	word, rest, _ := strings.Cut(claim, " ")
	if film && strings.Contains(" "+rest+" ", " film ") {
		who = "which"
	}
	switch word {
	case "first", "second", "third", "youngest", "oldest", "only":
		return who + " was the " + claim, true
	case "declined", "tied", "equalled":
		return who + " " + claim, true
	case "wrong":
		return "which film won Best Picture after another had been announced by mistake", true
	case "most":
		return "who holds the record: " + claim, true
	}
	return "", false
}

// firstSubject is who or what a first is about: one of them.
func (w *world) firstSubject(f facts.First) (name string, film, ok bool) {
	if len(f.Subjects) != 1 {
		return "", false, false
	}
	film = len(f.Works) == 1 && f.Works[0] == f.Subjects[0]
	return f.Subjects[0], film, true
}

func eachClaimFirst(e *enum) {
	topic := e.w.topicNo(topicFirsts)
	for i := range e.w.k.Firsts() {
		f := e.w.k.First(i)
		name, film, ok := e.w.firstSubject(f)
		text, said := firstAsk(f, film)
		if !ok || !said || told(text, name) {
			continue
		}
		e.add(i, -1, topic, 0.45+0.45*recency(f.Edition.Year))
	}
}

// buildClaimFirst asks who was the first.
func buildClaimFirst(b *builder) bool {
	w := b.w
	f := w.k.First(int(b.s.a))
	name, film, _ := w.firstSubject(f)
	text, _ := firstAsk(f, film)
	if film {
		b.answer(judge.Work, name)
	} else {
		b.named([]string{name})
	}
	b.q.Rows, b.q.Source = []string{f.ID}, f.Source
	note := append([]string{}, f.Works...)
	if film {
		note = nil
	}
	note = append(note, longDate(f.Date), f.Detail)
	b.q.Note = strings.Join(slices.DeleteFunc(note, func(s string) bool { return s == "" }), ", ")
	p := w.mannered(w.editionNo(f.Edition))
	if p == nil {
		return false
	}
	where := ""
	if p.award == w.oscar && !strings.Contains(text, "Oscar") {
		where = "at the Academy Awards"
	}
	b.ask(spaced(text, where) + "?")
	if word, _, _ := strings.Cut(f.Claim, " "); word == "declined" || word == "tied" || word == "equalled" ||
		word == "wrong" {
		b.ask(spaced(text, w.when(w.editionNo(f.Edition), p)) + "?")
	}
	b.otherFirsts(f, film, 1)
	b.winnersThen(f, w.editionNo(f.Edition), film)
	b.otherFirsts(f, film, wrongOptions)
	return b.done()
}

// winnersThen adds those who won, in years around it, what the subject of a first won at that edition; of the same sex.
func (b *builder) winnersThen(f facts.First, edition int, film bool) {
	w := b.w
	from, to := w.k.EditionRows(edition)
	for row := from; row < to; row++ {
		r := w.raceOf(row)
		p := &w.prizes[r.cat]
		if !w.k.Won(row) || !p.fit || w.label(p, row) != f.Subjects[0] || (p.to == toWork) != film {
			continue
		}
		sex := w.sexOf(f.Subjects[0])
		b.neighbours(r, p, func(other int) bool { return film || w.sexOf(w.label(p, other)) == sex })
		return
	}
}

// editionNo is the number of an edition, -1 where there is none.
func (w *world) editionNo(e facts.Edition) int {
	for i := range w.k.Editions() {
		if w.k.EditionID(i) == e.ID && w.k.AwardID(w.k.Award(i)) == e.Award.ID {
			return i
		}
	}
	return -1
}

// otherFirsts adds those of other firsts as wrong options, of the same award and, for people, of the same sex.
func (b *builder) otherFirsts(f facts.First, film bool, want int) {
	w := b.w
	sex := w.sexOf(f.Subjects[0])
	for _, i := range shuffled(&b.r, 0, w.k.Firsts()) {
		o := w.k.First(i)
		name, isFilm, ok := w.firstSubject(o)
		if !ok || isFilm != film || o.ID == f.ID {
			continue
		}
		if !film && sex != "" && w.sexOf(name) != sex || o.Claim == f.Claim {
			continue
		}
		if len(b.q.Wrong) >= want {
			return
		}
		b.wrong(name)
	}
}

func (w *world) sexOf(name string) string {
	if n, ok := w.personByName[fold.String(name)]; ok {
		return w.k.PersonSex(int(n))
	}
	return ""
}

// A claim asked says how a claim of one predicate is asked. Where the facts hold nothing of the kind, the wrong options
// are those here.
type claimAsk struct {
	kind   judge.Kind
	text   func(c facts.Claim) string
	answer func(c facts.Claim) string
	wrong  []string
}

func object(c facts.Claim) string   { return c.Object }
func subjects(c facts.Claim) string { return c.Subject }

// askOf is how claims of a predicate are asked; false where they make no question, or another template asks them.
func askOf(predicate string) (claimAsk, bool) {
	switch predicate {
	case "world premiere":
		return claimAsk{judge.Other, func(c facts.Claim) string {
			return "at which festival did " + c.Subject + " have its world premiere, on " + longDate(c.Date) + "?"
		}, object, []string{"2024 Venice Film Festival", "2024 Berlin International Film Festival",
			"2024 Toronto International Film Festival"}}, true
	case "standing ovation at premiere":
		return claimAsk{judge.Other, func(c facts.Claim) string {
			return "how long was the standing ovation at the premiere of " + c.Subject + " in Cannes?"
		}, object, []string{"2 minutes", "5 minutes", "20 minutes"}}, true
	case "age when receiving the Palme d'Or":
		return claimAsk{judge.Number, func(c facts.Claim) string {
			return "how old was " + c.Subject + " on receiving the Palme d'Or on " + longDate(c.Date) + "?"
		}, object, []string{"41", "47", "58"}}, true
	case "setting":
		return claimAsk{judge.Place, func(c facts.Claim) string {
			return "in which part of New York is " + c.Subject +
				" set, the film about a young sex worker who marries the son of a wealthy Russian?"
		}, object, []string{"Harlem", "Staten Island", "The Bronx"}}, true
	case "dedicated the Palme d'Or to":
		return claimAsk{judge.Other, func(c facts.Claim) string {
			return "to whom did " + c.Subject + " dedicate the Palme d'Or received on " + longDate(c.Date) + "?"
		}, func(c facts.Claim) string { return strings.Split(c.Object, ",")[0] }, []string{"immigrants", "film students",
			"cinema owners"}}, true
	}
	return askOfPeople(predicate)
}

func askOfPeople(predicate string) (claimAsk, bool) {
	switch predicate {
	case "on intimacy coordinators":
		return claimAsk{judge.Person, func(c facts.Claim) string {
			return "which winner of the Palme d'Or says that intimacy coordinators should be required across the board?"
		}, subjects, []string{"Ruben Östlund", "Bong Joon Ho", "Jacques Audiard"}}, true
	case "distributed":
		return claimAsk{judge.Other, func(c facts.Claim) string {
			return "which company distributed " + c.Object + ", a winner of the Oscar for Best Picture, in the United States?"
		}, subjects, []string{"A24", "Searchlight Pictures", "Sony Pictures Classics"}}, true
	case "presented in 2025 by":
		return claimAsk{judge.Person, func(c facts.Claim) string {
				return "who presented the Oscar for Best Picture at the 97th Academy Awards (held in 2025, for films of 2024)?"
			}, object, []string{"Warren Beatty and Faye Dunaway", "Lady Gaga and Liza Minnelli", "Al Pacino and Jane Fonda"}},
			true
	case "directed":
		return claimAsk{judge.Person, func(c facts.Claim) string {
			return "who directed " + c.Object + " (" + c.Detail +
				")?"
		}, subjects, nil}, true
	case "cast":
		return claimAsk{judge.Person, func(c facts.Claim) string {
			return "which of these people is in the cast of " +
				c.Subject + "?"
		}, object, nil}, true
	}
	return claimAsk{}, false
}

func eachClaim(e *enum) {
	topic := e.w.topicNo(topicStories)
	for i := range e.w.k.Claims() {
		predicate := e.w.k.ClaimPredicate(i)
		if predicate == directedBy || predicate == juryPresident || predicate == "won" {
			continue
		}
		ask, ok := askOf(predicate)
		if !ok {
			continue
		}
		if c := e.w.k.Claim(i); !told(ask.text(c), ask.answer(c)) && !strings.Contains(c.Source, "likely") {
			e.add(i, -1, topic, 0.66)
		}
	}
}

// buildClaim asks what an article asserts.
func buildClaim(b *builder) bool {
	w := b.w
	c := w.k.Claim(int(b.s.a))
	ask, _ := askOf(c.Predicate)
	if answer := ask.answer(c); ask.kind == judge.Person {
		b.named([]string{answer})
	} else {
		b.answer(ask.kind, answer)
	}
	b.q.Rows, b.q.Source, b.q.Note = []string{c.ID}, c.Source, ""
	b.q.ChoiceOnly = c.Predicate == "cast" || ask.kind == judge.Other
	b.ask(ask.text(c))
	for _, l := range ask.wrong {
		b.wrong(l)
	}
	switch c.Predicate {
	case "cast":
		b.castsNear()
	case "directed":
		b.directorsNear(c)
	}
	if ask.kind == judge.Number {
		b.q.Ordered = true
		slices.Sort(b.q.Wrong)
	}
	return b.done()
}

// castsNear adds the leads of other films of the time as wrong options.
func (b *builder) castsNear() {
	work := b.w.k.FindWork(b.w.k.ClaimSubjectID(int(b.s.a)))
	if work < 0 {
		return
	}
	own := b.w.k.WorkCast(work)
	b.aboutThen(b.w.casts, work, func(other int) bool {
		cast := b.w.k.WorkCast(other)
		if name := cast[b.r.below(len(cast))]; !slices.Contains(own, name) {
			b.wrong(name)
		}
		return !b.full()
	})
}

// directorsNear adds the directors of other films of the time as wrong options.
func (b *builder) directorsNear(c facts.Claim) {
	for _, i := range shuffled(&b.r, 0, len(b.w.directed)) {
		work := b.w.directed[i]
		if names, _, _ := b.w.directors(int(work.work)); itoa(int(work.year)) == c.Detail && len(names) == 1 &&
			!b.wrong(names[0]) {
			return
		}
	}
}
