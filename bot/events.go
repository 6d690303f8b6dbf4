package bot

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// eventWords composes the sentence of an event from its fields.
func eventWords(e facts.Event) Line {
	get := func(k string) string { return value(e.Detail, k) }
	director := prefixed("directed by ", get("director"))
	won := strings.Replace(get("award"), "Academy Award ", "the Academy Award for ", 1)
	who := join(", ", get("role"), get("prize"), prefixed("won ", won), prefixed("known for ", get("known_for")))
	if claim := get("claim"); claim != "" {
		subject, work := otherThan(e.Subject, claim), otherThan(get("work"), e.Subject)
		return L(B(capital(claim)), prefixed(": ", join(", ", subject, work)), parens(get("detail")))
	}
	if p := get("predicate"); p != "" {
		return L(B(e.Subject), ": "+p+" ", B(longDate(get("object"))), parens(get("detail")))
	}
	switch e.Kind {
	case "birth":
		return L(B(e.Subject), " was born", parens(who))
	case "death":
		return L(B(e.Subject), " died", parens(who))
	case "premiere":
		place := join(", ", get("venue"), get("place"))
		return L(B(e.Subject), " was first shown", parens(join("; ", prefixed("in ", place), director)))
	case "release":
		return L(B(e.Subject), " came to "+join(" ", get("territory"), "cinemas"), parens(director))
	case "election":
		return L(B(e.Subject), ": ", B(get("winner")), " was elected", parens(eventRest(e, "winner", "category")))
	case "opening":
		return L(B(e.Subject), " opened"+prefixed(" in ", get("winner")), parens(eventRest(e, "winner", "category")))
	}
	if w := get("winner"); w != "" {
		rest := parens(eventRest(e, "winner", "category", "work"))
		work := dash(otherThan(workField(get("work")), w))
		return L(B(e.Subject), prefixed(", ", get("category"))+": ", B(w), " won", work, rest)
	}
	return L(B(e.Subject), parens(eventRest(e)))
}

// workField is the "work" field of an event, which for finals holds a score: "score=32-14".
func workField(s string) string {
	if k, v, ok := strings.Cut(s, "="); ok && !strings.Contains(k, " ") {
		return detailWords(k, v)
	}
	return s
}

// eventRest words the fields of an event that are not shown elsewhere.
func eventRest(e facts.Event, but ...string) string {
	var parts []string
next:
	for _, kv := range e.Detail {
		for _, b := range but {
			if kv.Key == b {
				continue next
			}
		}
		switch kv.Key {
		case "confidence", "film_year", "edition", "award":
			continue
		case "host":
			if e.Kind == "ceremony" {
				parts = append(parts, "hosted by "+kv.Value)
				continue
			}
			parts = append(parts, detailWords(kv.Key, kv.Value))
		case "runner_up":
			parts = append(parts, "runner-up "+kv.Value)
		default:
			parts = append(parts, detailWords(kv.Key, kv.Value))
		}
	}
	return join("; ", parts...)
}

// FactLine is a fact in one line, with its source: what the answer to a question stands on.
func FactLine(f facts.Fact) Line {
	switch {
	case f.Race != nil:
		source, id := "", ""
		if len(f.Race.Winners) > 0 {
			source, id = f.Race.Winners[0].Source, f.Race.Winners[0].ID
		}
		return append(L(plainTitle(*f.Race), ": "), withSource(L(B(winners(*f.Race))), source, id)...)
	case f.First != nil:
		return withSource(firstLine(*f.First), f.First.Source, f.First.ID)
	case f.Claim != nil:
		return withSource(claimLine([]facts.Claim{*f.Claim}), f.Claim.Source, f.Claim.ID)
	case f.Event != nil:
		return withSource(append(L(yearWord(f.Event.Year)+": "), eventWords(*f.Event)...), f.Event.Source, f.Event.ID)
	case f.Person != nil:
		p := f.Person
		life := join(", ", prefixed("born ", longDate(p.Born)), prefixed("died ", longDate(p.Died)), p.Country)
		return L(B(p.Name), prefixed(": ", life))
	case f.Work != nil:
		return L(B(workName(f.Work)), prefixed(", directed by ", listing(f.Work.Directors)))
	case f.Edition != nil:
		return L(B(editionWords(*f.Edition)), prefixed(": ", heldWords(*f.Edition)))
	}
	return nil
}

// withSource ends a line with its source, which leads to the row itself.
func withSource(l Line, source, id string) Line {
	if source == "" {
		return l
	}
	return append(l[:len(l):len(l)], L(" · ", onPage(sourceLine([]string{source}, "", Brief), FactPath(id)))...)
}

// factView is the answer to /fact.
func factView(f facts.Fact) View {
	var v View
	switch {
	case f.First != nil:
		v.Lead = firstLine(*f.First)
		v.Footer = append(v.Footer, onPage(sourceLine([]string{f.First.Source}, "", Brief), FactPath(f.First.ID)))
	case f.Claim != nil:
		v.Lead = claimLine([]facts.Claim{*f.Claim})
		v.Footer = append(v.Footer, onPage(sourceLine([]string{f.Claim.Source}, "", Brief), FactPath(f.Claim.ID)))
	case f.Race != nil:
		v.Title = raceTitle(*f.Race)
		v.Lead = winnerLine(*f.Race, Brief)
		v.say(raceRemarks(*f.Race, Brief)...)
		var sources []string
		for _, w := range f.Race.Winners {
			sources = append(sources, w.Source)
		}
		v.Footer = append(v.Footer, onPage(sourceLine(sources, "", Brief), racePath([]facts.Race{*f.Race})))
	}
	return v
}
