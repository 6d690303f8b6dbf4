package judge_test

import (
	"testing"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// checks are what players type, by what it costs to judge.
var checks = []struct {
	name, answer, typed string
	kind                judge.Kind
}{
	{"exact", "The Godfather Part II", "the godfather part ii", judge.Work},
	{"number", "The Godfather Part II", "godfather 2", judge.Work},
	{"typo", "Mississippi River", "mississipp", judge.Place},
	{"surname", "Daniel Day-Lewis", "day lewis", judge.Person},
	{"wrong", "Charlemagne", "augustine", judge.Person},
	{"sentence", "Civil War", "one of the wars fought by the united states was the civil war", judge.Other},
}

func BenchmarkJudge(b *testing.B) {
	core := corePool(b)
	for _, c := range checks {
		j := judge.Compile(judge.Spec{Question: "Who or what was it?", Answers: []string{c.answer}, Kind: c.kind}, core)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				j.Judge(c.typed)
			}
		})
	}
}

// BenchmarkSets judges what people typed, in the order of the sets.
func BenchmarkSets(b *testing.B) {
	core := corePool(b)
	type check struct {
		j     *judge.Judge
		typed string
	}
	var all []check
	for _, name := range []string{"tot", "jarch", "syn", "facts"} {
		for _, d := range readSet(b, name) {
			all = append(all, check{judge.Compile(judge.Spec{Question: d.Question, Answers: []string{d.Answer}, Kind: d.Kind}, core), d.Given})
		}
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		c := all[i%len(all)]
		c.j.Judge(c.typed)
	}
}

func BenchmarkNewPool(b *testing.B) {
	names := coreNames(b)
	b.ReportAllocs()
	for b.Loop() {
		judge.NewPool(names)
	}
}

func BenchmarkCompile(b *testing.B) {
	core := corePool(b)
	spec := judge.Spec{Question: "Who won the Oscar for best actor in 2025?", Answers: []string{"Adrien Brody"}, Kind: judge.Person}
	b.ReportAllocs()
	for b.Loop() {
		judge.Compile(spec, core)
	}
}
