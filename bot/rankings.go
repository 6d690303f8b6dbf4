package bot

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// ranking is a computed record, with ties sharing a place.
func (w wording) ranking() {
	r := w.Ranking
	if r == nil {
		w.noResult()
		return
	}
	w.v.Title = L(B(rankingTitle(r)))
	if len(r.Entries) == 0 {
		w.v.Lead = L("None in our tables.")
		w.eachSide()
		w.notes()
		return
	}
	w.v.Lead = rankingLead(r)
	l := &List{}
	for i, e := range r.Entries {
		if n := w.d.limit(maxPlaces); i == n && len(r.Entries) > n+1 {
			l.More = L("and " + thousands(len(r.Entries)-n) + " more")
			break
		}
		l.Items = append(l.Items, Item{MarkNone, rankLine(r, e, w.d)})
	}
	w.v.add(l)
	w.v.say(L(overRows(r)))
	if also := w.AlsoRanking; also != nil && len(also.Entries) > 0 {
		w.v.say(L(rankingTitle(also)+": ", rankingLead(also)))
	}
	w.notes()
}

// eachSide says who won each of several prizes that nobody won all of.
func (w wording) eachSide() {
	for _, r := range w.Races {
		w.v.say(L(plainTitle(r), ": ", B(winners(r))))
	}
}

// rankingLead names who is first, or how many won both: "Ben-Hur, Titanic: 11 each".
func rankingLead(r *facts.Ranking) Line {
	if overlapping(r) {
		one := "title"
		if r.Subject == "person" {
			one = "person"
		}
		return L(B(count(len(r.Entries), one)), ": "+strings.Join(entityNames(r.Entries, 5), ", "))
	}
	tied := 0
	for tied < len(r.Entries) && r.Entries[tied].Place == r.Entries[0].Place {
		tied++
	}
	names, each := strings.Join(entityNames(r.Entries[:tied], 5), ", "), ""
	if tied > 1 {
		each = " each"
	}
	return L(B(names), ": "+thousands(r.Entries[0].Count)+each)
}

func entityNames(es []facts.Rank, n int) []string {
	var names []string
	for i, e := range es {
		if i == n && len(es) > n+1 {
			return append(names, "and "+thousands(len(es)-n)+" more")
		}
		names = append(names, e.Entity.Name)
	}
	return names
}

// rankLine is "1. Ben-Hur: 11 (1960) — Best Picture, Best Director, …".
func rankLine(r *facts.Ranking, e facts.Rank, d Detail) Line {
	most := 4
	if d == Full {
		most = 20
	}
	ds, more := e.Detail, ""
	if len(ds) > most+1 {
		ds, more = ds[:most], ", …"
	}
	why := dash(strings.Join(ds, ", ") + more)
	if overlapping(r) {
		return L(B(e.Entity.Name), why)
	}
	var years []string
	for _, y := range e.Years {
		years = append(years, yearWord(y))
	}
	if len(years) > 6 {
		years = []string{years[0] + "–" + years[len(years)-1]}
	}
	return L(thousands(e.Place)+". ", B(e.Entity.Name), ": "+thousands(e.Count)+parens(strings.Join(years, ", "))+why)
}
