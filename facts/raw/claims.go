package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// firsts reads the curated firsts.
func (b *builder) firsts(sh *sheet) {
	for _, l := range sh.rows {
		f := table.First{
			ID: l.get("id"), Award: l.get("award"), Edition: l.get("edition"), Claim: l.get("claim"),
			Subjects: list(l.get("subject")), Works: list(l.get("work")),
			Date: l.get("date"), Detail: l.get("detail"), Source: "editor",
		}
		for _, n := range append(append([]string{}, f.Subjects...), f.Works...) {
			if b.named(n) == "" {
				b.report.note("%s: nobody and nothing is called %q", l.pos(), n)
			}
		}
		b.set.Firsts = append(b.set.Firsts, f)
	}
}

// named is the ID of the work, person or edition of that name, "" where there is none or several.
func (b *builder) named(name string) string {
	if b.nameIndex == nil {
		b.nameIndex = map[string]string{}
		put := func(name, id string, fame int) {
			f := fold.String(name)
			if old, ok := b.nameIndex[f]; !ok || old != id && fame > b.nameFame[f] {
				b.nameIndex[f] = id
				b.nameFame[f] = fame
			}
		}
		b.nameFame = map[string]int{}
		for i := range b.set.Editions {
			ed := &b.set.Editions[i]
			for _, n := range append([]string{ed.Name}, ed.Aliases...) {
				put(n, ed.Award+"/"+ed.ID, 1<<20)
			}
		}
		fame := map[string]int{}
		for i := range b.set.Results {
			for _, ref := range b.set.Results[i].People {
				fame[ref.ID]++
			}
			for _, ref := range b.set.Results[i].Works {
				fame[ref.ID]++
			}
		}
		for i := range b.set.Works {
			w := &b.set.Works[i]
			put(w.Title, w.ID, 1000+fame[w.ID])
			for _, a := range w.Aliases {
				put(a, w.ID, fame[w.ID])
			}
		}
		for i := range b.set.People {
			p := &b.set.People[i]
			put(p.Name, p.ID, 1000+fame[p.ID])
			for _, a := range p.Aliases {
				put(a, p.ID, fame[p.ID])
			}
		}
	}
	return b.nameIndex[fold.String(name)]
}

// claims reads what the founding articles assert, and who presided over the juries.
func (b *builder) claims(sh *sheet) {
	for _, l := range sh.rows {
		c := table.Claim{ID: l.get("id"), Subject: l.get("subject"), SubjectID: b.named(l.get("subject")),
			Predicate: l.get("predicate"), Object: l.get("object"), Date: l.get("date"), Detail: l.get("detail"),
			Source: "article " + strings.ReplaceAll(l.get("article"), ",", ", article ")}
		if c.SubjectID == "" && c.Predicate == "distributed" { // a company that no result names
			c.SubjectID = table.PersonID(c.Subject)
			if b.people[c.SubjectID] == nil {
				b.people[c.SubjectID] = &person{id: c.SubjectID}
				b.insertPerson(table.Person{ID: c.SubjectID, Name: c.Subject, Kind: "group", Source: c.Source})
			}
		}
		b.set.Claims = append(b.set.Claims, c)
	}
	seen := map[string]bool{}
	for _, c := range b.set.Claims {
		seen[c.SubjectID+"/"+c.Predicate] = true
		if c.Predicate == "cast" {
			b.addCast(c)
		}
	}
	for _, j := range b.juries {
		subject := j.edition.spec.id + "/" + j.edition.id
		if seen[subject+"/jury president"] {
			continue
		}
		b.set.Claims = append(b.set.Claims, table.Claim{
			ID: "jury-" + j.edition.spec.id + "-" + j.edition.id, Subject: j.edition.name(), SubjectID: subject,
			Predicate: "jury president", Object: strings.ReplaceAll(j.president, "; ", " and "),
			Source: cleanSource(j.source),
		})
	}
}

// addCast adds somebody whom a claim names to the cast of the work.
func (b *builder) addCast(c table.Claim) {
	for i := range b.set.Works {
		w := &b.set.Works[i]
		in := func(r table.Ref) bool { return fold.String(r.Name) == fold.String(c.Object) }
		if w.ID != c.SubjectID || slices.ContainsFunc(w.Cast, in) {
			continue
		}
		ref := table.Ref{Name: c.Object}
		if id := b.named(c.Object); b.people[id] != nil {
			ref.ID = id
		}
		w.Cast = append(w.Cast, ref)
	}
}

func (b *builder) insertPerson(p table.Person) {
	at := 0
	for at < len(b.set.People) && b.set.People[at].ID < p.ID {
		at++
	}
	b.set.People = append(b.set.People[:at], append([]table.Person{p}, b.set.People[at:]...)...)
}

// directing are the categories that name the directors of their works.
var directing = form(`(?i)\bdirect(or|ing|ion)\b|Non-English Language$|^Palme d'Or$|^Golden Lion$|` +
	`^Golden Bear$|^People's Choice Award|^Best European Film$`)

// notDirecting are those of the above that are about something else.
var notDirecting = form(`(?i)art direct|dance direct|casting direct|assistant|debut|short|series|television|` +
	`variety|special|first`)

// directors makes a claim of each film and director that a prize for directing, or of a festival, names together.
func (b *builder) directors() {
	type pair struct{ work, person string }
	seen := map[pair]bool{}
	for i := range b.set.Claims {
		if c := &b.set.Claims[i]; c.Predicate == "directed by" {
			seen[pair{c.SubjectID, b.named(c.Object)}] = true
		}
	}
	titles := map[string]string{}
	for i := range b.set.Works {
		titles[b.set.Works[i].ID] = b.set.Works[i].Title
	}
	found := map[string][]table.Claim{}
	for i := range b.set.Results {
		r := &b.set.Results[i]
		if !namesDirectors(r) {
			continue
		}
		for _, w := range r.Works {
			for _, p := range r.People {
				actress := w.ID == "tt2278871" && notDirectors[fold.String(p.Name)]
				if seen[pair{w.ID, p.ID}] || b.people[p.ID].row.Kind != "person" || actress {
					continue
				}
				seen[pair{w.ID, p.ID}] = true
				c := table.Claim{ID: "d-" + w.ID + "-" + p.ID, Subject: titles[w.ID], SubjectID: w.ID, Predicate: "directed by",
					Object: p.Name, Source: r.Source}
				found[w.ID] = append(found[w.ID], c)
			}
		}
	}
	b.premieres(found)
	for _, id := range sorted(found) {
		b.set.Claims = append(b.set.Claims, found[id]...)
	}
}

// namesDirectors reports whether the people of a result are the directors of its works.
func namesDirectors(r *table.Result) bool {
	if r.Award == "cesar" && r.Outcome == table.Won {
		switch r.Category {
		case "Best Film", "Best Foreign Film", "Best First Film":
			return true
		}
	}
	return specOf(r.Award).group == "screen" && r.Outcome != table.None && directing().MatchString(r.Category) &&
		!notDirecting().MatchString(r.Category)
}

// premieres adds the directors that onthisday-film.tsv names, to films of which no result names one.
func (b *builder) premieres(found map[string][]table.Claim) {
	seen := map[string]bool{}
	for _, l := range b.tables["onthisday/onthisday-film.tsv"].rows {
		director := fieldValue(fields(l.get("text_facts")), "director")
		if kind := l.get("kind"); director == "" || kind != "premiere" && kind != "release" {
			continue
		}
		id, title := b.someWork(l.get("subject"), l)
		if id == "" || len(found[id]) > 0 || seen[id] {
			continue
		}
		seen[id] = true
		b.set.Claims = append(b.set.Claims, table.Claim{ID: "d-" + id, Subject: title, SubjectID: id, Predicate: "directed by",
			Object: director, Source: cleanSource(l.get("source"))})
	}
}

// notDirectors are the two actresses to whom the Palme d'Or of 2013 went together with the director.
var notDirectors = map[string]bool{"lea seydoux": true, "adele exarchopoulos": true}
