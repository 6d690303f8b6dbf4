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

// Questions are those that a view offers to ask next: those it names, then those in its text.
func Questions(v View) []Suggestion {
	qs := v.Next
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case *Text:
			for _, l := range b.Lines {
				qs = appendAsked(qs, l)
			}
		case *List:
			for _, it := range b.Items {
				qs = appendAsked(qs, it.Line)
			}
			qs = appendAsked(qs, b.More)
		case *Table:
			qs = appendAsked(qs, b.More)
		}
	}
	return qs
}

func appendAsked(to []Suggestion, l Line) []Suggestion {
	for _, s := range l {
		if s.Kind == SpanAsk {
			to = append(to[:len(to):len(to)], Suggestion{Label: s.Text, Value: s.Text})
		}
	}
	return to
}
