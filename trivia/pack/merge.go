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

// Merge makes one pack of several. Its questions keep their categories and get the IDs of the new pack; what is known
// about the packs is joined where they differ.
func Merge(name string, packs []*Pack) *Pack {
	m := &Pack{Name: clean(name)}
	joined := make([][]string, len(m.about()))
	for _, p := range packs {
		for i, about := range p.about() {
			if s := *about.value; s != "" && !slices.Contains(joined[i], s) {
				joined[i] = append(joined[i], s)
			}
		}
		m.Questions = append(m.Questions, p.Questions...)
	}
	for i, about := range m.about() {
		switch {
		case about.key == "name" && m.Name != "":
		case about.key == "language" && len(joined[i]) > 1:
			*about.value = "mul"
		default:
			*about.value = strings.Join(joined[i], "; ")
		}
	}
	m.finish()
	m.Questions = distinct(m.Questions)
	return m
}
