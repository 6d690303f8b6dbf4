package main

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
)

func TestLearnedIsJoined(t *testing.T) {
	one, two := bot.Guild{Platform: "discord", ID: "1"}, bot.Guild{Platform: "slack", ID: "T2"}
	got := learnedOf([]bot.Appeal{
		{Guild: two, Answer: "Amélie", Text: "the  girl|from\nMontmartre\x1b[2J", QuestionID: "q/2"},
		{Guild: one, Answer: "Amélie", Text: "The girl from Montmartre[2J", QuestionID: "q/1"},
	}, []bot.Alias{
		{Guild: one, Answer: "amélie", Alias: "the girl from montmartre [2j"},
		{Guild: one, Answer: "anora", Alias: "annora"}, // its appeal is not kept any more
	})
	want := []*learned{
		{Answer: "Amélie", Alias: "the girl from Montmartre[2J", Servers: []string{"discord:1", "slack:T2"}, Questions: []string{"q/1", "q/2"}},
		{Answer: "anora", Alias: "annora", Servers: []string{"discord:1"}, Questions: []string{}},
	}
	if !reflect.DeepEqual(got, want) {
		for _, l := range got {
			t.Errorf("got %+v", *l)
		}
	}
}

func TestRegisterFindsWhatAnAnswerIs(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := newRegister(corpus)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ answer, alias, table, fault string }{
		{"Mikey Madison", "zuleika", "people", ""},
		{"aliens", "Aliens Two", "works", ""},
		{"Aliens", "Alien", "works", "it is the name of another"},
		{"Mikey Madison", "MIKEY MADISON", "people", "know it already"},
		{"1972", "1973", "", "no one person or work"},
		{"Mikey Madison", "!?", "", "no letter"},
	} {
		l := &learned{Answer: tt.answer, Alias: tt.alias}
		r.find(l)
		if l.Table != tt.table || (tt.fault == "") != (l.Fault == "") || !strings.Contains(l.Fault, tt.fault) {
			t.Errorf("%q for %q: %+v", tt.alias, tt.answer, *l)
		}
	}

	// Of several with the same name it is the one that the question is about.
	refs := map[string][]string{}
	for _, res := range r.set.Results {
		for _, ref := range slices.Concat(res.Works, res.People) {
			refs[res.ID] = append(refs[res.ID], ref.ID)
		}
	}
	told := 0
	for _, q := range r.gen.Pick(1, generate.Filter{Categories: []string{"oscars"}, Typed: true}, 600, nil) {
		if _, alone := r.entity(&learned{Answer: q.Answers[0]}); alone {
			continue
		}
		it, ok := r.entity(&learned{Answer: q.Answers[0], Questions: []string{q.ID}})
		if !ok {
			continue
		}
		told++
		if !slices.ContainsFunc(q.Rows, func(row string) bool { return slices.Contains(refs[row], it.id) }) {
			t.Errorf("%s: %q is taken for %s, which is not in its rows", q.ID, q.Answers[0], it.id)
		}
	}
	if told == 0 {
		t.Error("no namesake was told apart")
	}
	t.Logf("%d namesakes told apart", told)
}
