package index

import (
	"fmt"
	"strings"
)

// directedBy is the predicate of the many claims that say no more than who directed what.
const directedBy = "directed by"

func (b *builder) phrases() error {
	var award []uint32
	var to [][]uint32
	for _, p := range b.set.Phrases {
		var list []uint32
		number := uint32(0)
		if p.Award != "*" {
			n, ok := b.award[p.Award]
			if !ok {
				return fmt.Errorf("%v: award %q is not in awards.tsv", p.Pos, p.Award)
			}
			number = uint32(n + 1)
		}
		for _, t := range p.Targets {
			n, ok := b.award[t]
			if p.Award != "*" {
				n, ok = b.category[[2]string{p.Award, t}]
			}
			if !ok {
				return fmt.Errorf("%v: target %q is neither an award nor a category of %q", p.Pos, t, p.Award)
			}
			list = append(list, uint32(n))
		}
		award, to = append(award, number), append(to, list)
	}
	b.w.u32("phrase.award", award)
	b.w.lists("phrase.to", to)
	return nil
}

func (b *builder) happenings() error {
	var day, year []uint32
	byWork := make([][]uint32, len(b.set.Works))
	for i, h := range b.set.Happenings {
		day, year = append(day, uint32(h.Month*100+h.Day)), append(year, uint32(h.Year))
		for _, id := range h.Works {
			if n, ok := b.work[id]; ok {
				byWork[n] = append(byWork[n], uint32(i))
			}
		}
	}
	b.w.lists("work.happenings", byWork)
	b.w.u32("happening.day", day)
	b.w.u32("happening.year", year)
	return nil
}

func (b *builder) firsts() error {
	var of []uint32
	for _, f := range b.set.Firsts {
		n, ok := b.edition[[2]string{f.Award, f.Edition}]
		if !ok {
			n = -1
		}
		of = append(of, uint32(n+1))
	}
	b.w.u32("first.edition", of)
	return nil
}

// claims notes each claim with the work, person or edition that it is about.
func (b *builder) claims() error {
	works, people := make([][]uint32, len(b.set.Works)), make([][]uint32, len(b.set.People))
	editions := make([][]uint32, len(b.set.Editions))
	var told []uint32
	for i, c := range b.set.Claims {
		if c.Predicate != directedBy {
			told = append(told, uint32(i))
		}
		award, edition, _ := strings.Cut(c.SubjectID, "/")
		if n, ok := b.work[c.SubjectID]; ok {
			works[n] = append(works[n], uint32(i))
		} else if n, ok := b.person[c.SubjectID]; ok {
			people[n] = append(people[n], uint32(i))
		} else if n, ok := b.edition[[2]string{award, edition}]; ok {
			editions[n] = append(editions[n], uint32(i))
		} else if c.SubjectID != "" {
			return fmt.Errorf("%v: subject %q is no work, person or <award>/<edition>", c.Pos, c.SubjectID)
		}
	}
	b.w.lists("work.claims", works)
	b.w.lists("person.claims", people)
	b.w.lists("ed.claims", editions)
	b.w.u32("claim.told", told)
	return nil
}
