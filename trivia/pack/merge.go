package pack

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/trivia"
)

// distinct leaves out questions that stand in the list before.
func distinct(list []trivia.Question) []trivia.Question {
	known := make(map[string]bool, len(list))
	return slices.DeleteFunc(list, func(q trivia.Question) bool {
		again := known[q.ID]
		known[q.ID] = true
		return again
	})
}

// Merge makes one pack of several. Its questions get the IDs of the new pack. They keep their categories, which are the
// names of their packs where they had no other; the category of a single pack's questions follows its name. What about says
// of the new pack holds; what it leaves open is joined from the packs.
func Merge(about Pack, packs []*Pack) *Pack {
	m := &Pack{}
	joined := make([][]string, len(m.about()))
	for _, p := range packs {
		for i, key := range p.about() {
			if s := *key.value; s != "" && !slices.Contains(joined[i], s) {
				joined[i] = append(joined[i], s)
			}
		}
		for _, q := range p.Questions {
			if about.Source != "" && q.Source == p.origin() {
				q.Source = ""
			}
			if len(packs) == 1 && q.Category == p.Slug() {
				q.Category = "" // it follows the name
			}
			m.Questions = append(m.Questions, q)
		}
	}
	for i, key := range m.about() {
		switch given := clean(*about.about()[i].value); {
		case given != "":
			*key.value = given
		case key.key == "language" && len(joined[i]) > 1:
			*key.value = "mul" // the tag of several languages
		default:
			*key.value = strings.Join(joined[i], "; ")
		}
	}
	m.finish()
	m.Questions = distinct(m.Questions)
	return m
}
