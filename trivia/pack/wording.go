package pack

import (
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/trivia"
)

// stale finds wording that makes an answer wrong with time, or "".
func stale(text string) string {
	words := strings.Fields(fold(text))
	for i, w := range words {
		before, after := "", ""
		if i > 0 {
			before = words[i-1]
		}
		if i+1 < len(words) {
			after = words[i+1]
		}
		switch w {
		case "currently", "latest", "nowadays", "newest", "reigning", "incumbent":
			return w
		case "current":
			if !flowing(before) {
				return w
			}
		case "now":
			if before == "right" || before == "of" && i > 1 && words[i-2] == "as" {
				return strings.TrimPrefix(strings.Join(words[max(0, i-2):i+1], " "), "is ")
			}
		case "this":
			if after == "year" || after == "season" || after == "month" {
				return "this " + after
			}
		case "most":
			if after == "recent" || after == "recently" {
				return "most " + after
			}
		case "today":
			if i == len(words)-1 {
				return w
			}
		}
	}
	return ""
}

// flowing reports whether the word before "current" makes it one of water, air or electricity.
func flowing(before string) bool {
	switch before {
	case "electric", "electrical", "alternating", "direct", "ocean", "air", "water", "gulf", "marine", "eddy", "rip", "of":
		return true
	}
	return false
}

// given warns of a question that says its own answer.
func (c *checker) given(line int, q trivia.Question) {
	if trueFalse(q) {
		return
	}
	text := fold(q.Text)
	for _, w := range q.Wrong {
		if within(text, fold(w)) {
			return // "Which is longer, A or B?" names its options
		}
	}
	for _, a := range q.Answers {
		if key := fold(a); utf8.RuneCountInString(key) > 2 && within(text, key) {
			c.warn(line, "reword the question", "the answer %q stands in the question", a)
			return
		}
	}
}

// optionKey is what makes two options the same to a reader. Unlike in answers, punctuation and accents count: "1,000" and
// "1.000", or "resume" and "résumé", can be the very point of a question.
func optionKey(s string) string { return strings.ToLower(s) }
