package table

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/fold"
)

// nearCategory is the ID of a category that the typed one is a slip of the pen away from.
func (m *merger) nearCategory(award *Award, typed string) string {
	f := fold.String(typed)
	for i := range m.set.Categories {
		k := &m.set.Categories[i]
		if k.Award == award.ID && slices.ContainsFunc(append([]string{k.ID, k.Name}, k.Aliases...), func(name string) bool {
			return nearly(f, fold.String(name))
		}) {
			return k.ID
		}
	}
	return ""
}

// nearly reports whether two texts of six letters and more are at most two edits apart.
func nearly(a, b string) bool {
	const edits = 2
	x, y := []rune(a), []rune(b)
	if min(len(x), len(y)) < 6 || len(x)-len(y) > edits || len(y)-len(x) > edits {
		return false
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)] <= edits
}
