package bot

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// maxNext is how many questions a view offers to ask next.
const maxNext = 4

// next offers what people ask after this answer: who else was nominated, and the other readings of the question.
func (w wording) next() {
	offer := func(label, query string) {
		if len(w.v.Next) < maxNext && label != "" && query != "" {
			w.v.Next = append(w.v.Next, Suggestion{Clip(Clean(label), suggestionLimit), Clean(query)})
		}
	}
	if w.Kind == facts.KindWinner && len(w.Races) == 1 && len(w.Races[0].Others) > 0 {
		r := w.Races[0]
		offer("All nominees", r.Category.Name+" nominees "+r.Edition.Name)
	}
	for _, o := range w.Others {
		if known, _ := shortAnswer(o); known && o.Why != "award" {
			offer(shortWord(o), o.Query)
		}
	}
	for _, o := range w.Others {
		if known, _ := shortAnswer(o); known && o.Why == "award" {
			offer(o.Races[0].Edition.Award.Short, o.Query)
		}
	}
}

// shortWord names a reading on a button, whose view says the rest.
func shortWord(o facts.Reading) string {
	if o.Why == "film_year" || o.Why == "year_held" {
		word, _, _ := strings.Cut(readingWord(o), ",")
		return word
	}
	return o.Label
}
