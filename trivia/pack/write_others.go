package pack

import (
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/trivia"
)

// csv writes our table, with as many columns as the questions need.
func (w *writer) csv(p *Pack) error {
	answers, wrong := 1, 0
	for _, q := range p.Questions {
		answers, wrong = max(answers, len(q.Answers)), max(wrong, len(q.Wrong))
	}
	if most := maxColumns - 6; answers+wrong > most { // question, category, difficulty, kind, note, source
		answers = max(1, most-wrong)
	}
	head := []string{"question"}
	for i := range answers {
		head = append(head, numberedColumn("answer", i))
	}
	for i := range wrong {
		head = append(head, fmt.Sprintf("wrong %d", i+1))
	}
	out := csv.NewWriter(w.w)
	if err := out.Write(append(head, "category", "difficulty", "kind", "note", "source")); err != nil {
		return err
	}
	for i, q := range p.Questions {
		if len(q.Answers) > answers {
			w.warn(p.lineOf(i), "write YAML", "%d answers do not fit into the table", len(q.Answers)-answers)
		}
		cells := append([]string{q.Text}, fill(q.Answers, answers)...)
		cells = append(cells, fill(q.Wrong, wrong)...)
		cells = append(cells, q.Category, q.Difficulty.String(), string(q.Kind), q.Note, q.Source)
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func numberedColumn(name string, i int) string {
	if i == 0 {
		return name
	}
	return name + " " + strconv.Itoa(i+1)
}

// fill makes a list n long.
func fill(list []string, n int) []string {
	cells := make([]string, n)
	copy(cells, list)
	return cells
}

// gift writes Moodle's GIFT.
func (w *writer) gift(p *Pack) {
	w.printf("// %s\n", p.Name)
	category := ""
	for _, q := range p.Questions {
		if q.Category != category {
			category = q.Category
			w.printf("\n$CATEGORY: %s\n", category)
		}
		w.printf("\n%s {", giftText(q.Text))
		switch {
		case trueFalse(q) && strings.EqualFold(q.Answers[0], "true"):
			w.printf("TRUE\n")
		case trueFalse(q) && strings.EqualFold(q.Answers[0], "false"):
			w.printf("FALSE\n")
		default:
			w.giftAnswers(q)
		}
		if q.Note != "" {
			w.printf("####%s\n", giftText(q.Note))
		}
		w.printf("}\n")
	}
}

// giftAnswers writes answers. Moodle takes only one right answer of a choice.
func (w *writer) giftAnswers(q trivia.Question) {
	w.printf("\n")
	for i, a := range q.Answers {
		if i == 0 || len(q.Wrong) == 0 {
			w.printf("=%s\n", giftText(a))
		}
	}
	for _, o := range q.Wrong {
		w.printf("~%s\n", giftText(o))
	}
}

func giftText(s string) string {
	s = strings.NewReplacer(`\`, `\\`, "~", `\~`, "=", `\=`, "#", `\#`, "{", `\{`, "}", `\}`, ":", `\:`, "->", `-\>`).Replace(s)
	if strings.HasPrefix(s, "//") || strings.HasPrefix(s, "[") || strings.HasPrefix(s, "$") {
		s = "[plain]" + s
	}
	if strings.HasPrefix(s, "%") {
		s = `\` + s
	}
	return s
}

// aiken writes choices.
func (w *writer) aiken(p *Pack) {
	for i, q := range p.Questions {
		if len(q.Wrong) == 0 || len(q.Wrong) > 25 {
			w.warn(p.lineOf(i), "write YAML or GIFT", "the question is left out: Aiken holds questions with 2 to 26 options")
			continue
		}
		options := append([]string{q.Answers[0]}, q.Wrong...)
		right := i % len(options) // not always the first
		options[0], options[right] = options[right], options[0]
		w.printf("%s\n", q.Text)
		for j, o := range options {
			w.printf("%c. %s\n", 'A'+j, o)
		}
		w.printf("ANSWER: %c\n\n", 'A'+right)
	}
}

// red writes a list for Red-DiscordBot: its answers are typed, so questions that need their options are left out.
func (w *writer) red(p *Pack) {
	if p.Author != "" {
		w.printf("AUTHOR: %s\n", quote(p.Author))
	}
	if p.Description != "" {
		w.printf("DESCRIPTION: %s\n", quote(p.Description))
	}
	known := map[string]bool{"AUTHOR": true, "DESCRIPTION": true, "CONFIG": true, "$schema": true}
	for i, q := range p.Questions {
		if q.ChoiceOnly || known[q.Text] {
			w.warn(p.lineOf(i), "",
				"the question is left out: a list of Red's holds each question once, and only those that are typed")
			continue
		}
		known[q.Text] = true
		w.printf("%s:\n", quote(q.Text))
		for _, a := range q.Answers {
			w.printf("  - %s\n", quote(a))
		}
	}
}
