package generate

import (
	"iter"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// Known are the names the facts know, as judge.NewPool wants them. Groups, teams and characters are judged as people are.
func Known(c *facts.Corpus) iter.Seq[judge.Known] {
	return func(yield func(judge.Known) bool) {
		for n := range c.Names() {
			kind := judge.Person
			switch n.Kind {
			case "work":
				kind = judge.Work
			case "country", "place":
				kind = judge.Place
			}
			if !yield(judge.Known{Kind: kind, Entity: n.ID, Text: n.Text}) {
				return
			}
		}
	}
}
