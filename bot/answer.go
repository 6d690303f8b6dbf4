package bot

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// AnswerView words an answer. The first lines say what was understood and the answer; then come what belongs to it, how
// else the question can be read, and always the source and the date the data reaches.
func AnswerView(a facts.Answer, d Detail) View {
	var v View
	w := wording{a, d, &v}
	switch a.Kind {
	case facts.KindWinner, facts.KindNominees, facts.KindRace:
		w.races()
	case facts.KindCeremony:
		w.ceremony()
	case facts.KindPerson, facts.KindWork:
		w.record()
	case facts.KindRecord, facts.KindOverlap:
		w.ranking()
	case facts.KindFirst:
		w.firsts()
	case facts.KindClaims:
		w.claims()
	case facts.KindEvent:
		w.event()
	case facts.KindNoResult:
		w.noResult()
	case facts.KindAmbiguous:
		w.suggest(L("Not sure what “"+echo(a.Query)+"” means."), L("Did you mean:"))
	default:
		w.notFound()
	}
	w.others()
	w.next()
	v.Footer = append(v.Footer, onPage(sourceLine(a.Sources, a.DataTo, d), restsOn(a)))
	return v
}

// wording is an answer on its way into a view.
type wording struct {
	facts.Answer
	d Detail
	v *View
}

// notes adds the sentences of all remarks but those of the codes given.
func (w wording) notes(but ...facts.NoteCode) {
next:
	for _, n := range w.Notes {
		for _, b := range but {
			if n.Code == b {
				continue next
			}
		}
		if n.Code == facts.NoteAssumedAward && !w.otherAwards() {
			continue // nothing was assumed that the title does not say
		}
		if l := noteLine(n); len(l) > 0 {
			w.v.say(l)
		}
	}
}

// otherAwards reports whether the question can be read as one about another award.
func (w wording) otherAwards() bool {
	return slices.ContainsFunc(w.Others, func(o facts.Reading) bool { return o.Why == "award" })
}

// races answers who won one race, or several of them: the same category over the years, two ceremonies in a year.
func (w wording) races() {
	if len(w.Races) == 0 {
		w.noResult()
		return
	}
	if w.Kind == facts.KindWinner && len(w.Races) > maxRaces/2 {
		w.raceTable()
		w.notes(facts.NoteNotGiven, facts.NoteTie, facts.NoteIncomplete)
		return
	}
	for i, r := range w.Races {
		if i == 1 && w.Kind == facts.KindRace {
			w.lostToo(w.Races[1:])
			break
		}
		if n := w.d.limit(maxRaces); i == n && len(w.Races) > n+1 {
			w.v.say(L("and " + thousands(len(w.Races)-n) + " more."))
			break
		}
		w.race(i, r)
	}
	w.notes()
}

func (w wording) race(i int, r facts.Race) {
	lines := []Line{winnerLine(r, w.d)}
	switch {
	case w.Kind == facts.KindRace && len(r.Mine) > 0 && len(r.Winners) > 0:
		lines = []Line{L(B(winners(r)), " won over ", losers(r))}
	case w.Kind == facts.KindNominees:
		lines = nil
		if len(r.Winners) == 0 {
			lines = append(lines, winnerLine(r, w.d))
		}
	case len(w.Races) <= 2:
		lines = append(lines, raceRemarks(r, w.d)...)
	}
	switch {
	case i == 0:
		w.v.Title = raceTitle(r)
		if len(lines) > 0 {
			w.v.Lead, lines = lines[0], lines[1:]
		}
	case i < maxTitles:
		w.v.say(raceTitle(r))
	default:
		w.v.say(plainTitle(r))
	}
	w.v.say(lines...)
	if w.Kind == facts.KindNominees {
		w.v.add(nomineeList(r, w.d))
		if len(r.Others) == 0 {
			w.v.say(L("Our table names no other nominees."))
		}
	}
}

// ceremony is everything of one edition, the categories everybody knows first.
func (w wording) ceremony() {
	e := w.Event
	if e == nil && w.Edition != nil {
		e = w.Edition
	}
	if e != nil {
		w.v.Title = L(PageB(e.Name, EditionPath(*e)), parens(join(", ", longDate(e.Date), honoured(*e))))
		if held := heldWords(*e); held != "" {
			w.v.say(L(held))
		}
	}
	t := &Table{}
	for _, r := range w.Races {
		if n := w.d.limit(maxCategories); len(t.Rows) == n && len(w.Races) > n+1 {
			t.More = L("and "+thousands(len(w.Races)-n)+" more: ask ", Ask(r.Category.Name+" "+r.Edition.Name))
			break
		}
		t.Rows = append(t.Rows, []Line{L(r.Category.Name), L(B(winners(r)))})
	}
	w.v.add(t)
	w.notes()
}

// heldWords are venue and hosts.
func heldWords(e facts.Edition) string {
	s := e.Venue
	if len(e.Hosts) > 0 {
		s = join(" · ", s, hostWords(e))
	}
	if e.Note != "" {
		s = join(" · ", s, Clip(e.Note, 200))
	}
	return s
}

func hostWords(e facts.Edition) string {
	if e.Award.Kind == "sport" {
		return "held in " + strings.Join(e.Hosts, ", ")
	}
	return "hosted by " + strings.Join(e.Hosts, ", ")
}

// event answers when, where and who hosted.
func (w wording) event() {
	e := w.Event
	if e == nil {
		w.noResult()
		return
	}
	w.v.Title = L(PageB(e.Name, EditionPath(*e)), parens(honoured(*e)))
	date := longDate(e.Date)
	if date == "" {
		date = "day not in our table"
	}
	w.v.Lead = L(B(date), prefixed(" · ", heldWords(*e)))
	for _, r := range w.Races {
		w.v.say(placeLines(r)...)
	}
	w.claimLines()
	if missing := missingWords(*e); missing != "" && len(w.Races)+len(w.Claims) == 0 {
		w.v.say(L(missing))
	}
	w.notes()
}

// placeLines say where an edition was held, as far as its rows know: its host city, or where its final was.
func placeLines(r facts.Race) []Line {
	var lines []Line
	for _, win := range r.Winners {
		if strings.Contains(strings.ToLower(r.Category.Name), "host") {
			lines = append(lines, L(capital(r.Category.Name)+": ", B(short(win, r.About)), parens(details(win))))
			continue
		}
		for _, kv := range win.Detail {
			switch key := strings.ToLower(kv.Key); key {
			case "host", "host_city", "city", "stadium", "final", "final_city":
				lines = append(lines, L(capital(strings.ReplaceAll(key, "_", " "))+": ", B(kv.Value)))
			}
		}
	}
	return lines
}

// missingWords says which part of when, where and who is not known, since one of them was asked for.
func missingWords(e facts.Edition) string {
	var parts []string
	if e.Venue == "" {
		parts = append(parts, "the venue")
	}
	if len(e.Hosts) == 0 {
		parts = append(parts, "a host")
	}
	if len(parts) == 0 {
		return ""
	}
	return "No record of " + strings.Join(parts, " or ") + "."
}

// record is what a person or a work won and was nominated for.
func (w wording) record() {
	var name string
	var about []Line
	switch {
	case w.Person != nil:
		name, about = w.Person.Name, personLines(w.Person)
	case w.Work != nil:
		name, about = workName(w.Work), workLines(w.Work, w.d)
	case w.Tally != nil:
		name = w.Tally.Subject.Name
	}
	ask := name
	if w.Tally != nil {
		if ask = w.Tally.Subject.Name; len(w.Tally.ByAward) > 0 {
			ask += " " + w.Tally.ByAward[0].Award.Short
		}
	}
	w.v.Lead = tallyLine(name, w.Query, w.Tally)
	if i := slices.IndexFunc(w.Notes, func(n facts.Note) bool { return n.Code == facts.NoteTeams }); i >= 0 {
		w.v.Lead = noteLine(w.Notes[i]) // neither yes nor no
		w.v.say(tallyLine(name, "", w.Tally))
	}
	w.v.say(awardLines(w.Tally)...)
	if w.Person != nil {
		w.v.say(about...)
	}
	w.v.add(recordList(w.Answer, ask, w.d))
	if w.Work != nil {
		w.v.say(about...)
	}
	w.claimLines()
	w.notes(facts.NoteNeverWon, facts.NoteTeams)
}

// firsts are curated firsts and records.
func (w wording) firsts() {
	for i, f := range w.Firsts {
		l := firstLine(f)
		if i == 0 {
			w.v.Lead = l
			continue
		}
		if i == w.d.limit(maxRaces) {
			w.v.say(L("and " + thousands(len(w.Firsts)-i) + " more."))
			break
		}
		w.v.say(l)
	}
	w.notes()
}

// firstLine is "First woman to win Best Director: Kathryn Bigelow, The Hurt Locker (82nd Academy Awards, 7 March 2010)".
func firstLine(f facts.First) Line {
	who := join(", ", strings.Join(f.Subjects, ", "), otherThan(strings.Join(f.Works, ", "), strings.Join(f.Subjects, ", ")))
	at := parens(join(", ", f.Edition.Name, longDate(f.Date)))
	if who == "" {
		return L(B(capital(f.Claim)), at, prefixed(". ", stop(capital(f.Detail))))
	}
	return L(capital(f.Claim)+": ", B(who), at, prefixed(". ", stop(capital(f.Detail))))
}

// claims are statements that are not results: who directed, who presented.
func (w wording) claims() {
	w.claimLines()
	w.notes()
}

// claimLines says each claim; those with the same subject and predicate in one line.
func (w wording) claimLines() {
	for i := 0; i < len(w.Claims); {
		n := i + 1
		for n < len(w.Claims) && w.Claims[n].Subject == w.Claims[i].Subject && w.Claims[n].Predicate == w.Claims[i].Predicate {
			n++
		}
		line := claimLine(w.Claims[i:n])
		if i == 0 && w.Kind == facts.KindClaims {
			w.v.Lead = line
		} else {
			w.v.say(line)
		}
		i = n
	}
}

// claimLine is "Anora: directed by Sean Baker (American comedy-drama)", or "Anora: cast Mikey Madison, …" for several with
// the same subject and predicate.
func claimLine(cs []facts.Claim) Line {
	if c := cs[0]; len(cs) == 1 {
		date := longDate(c.Date)
		extra := parens(join("; ", otherThan(date, longDate(c.Object)), c.Detail))
		return L(B(c.Subject), ": "+c.Predicate+" ", B(longDate(c.Object)), extra)
	}
	var objects []string
	for _, c := range cs {
		objects = append(objects, longDate(c.Object)+parens(c.Detail))
	}
	return L(B(cs[0].Subject), ": "+cs[0].Predicate+" ", B(listing(objects)))
}

func otherThan(s, than string) string {
	if s == than {
		return ""
	}
	return s
}
