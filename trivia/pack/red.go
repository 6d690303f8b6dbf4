package pack

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
)

// readRed reads a trivia list of Red-DiscordBot: every key at the margin is a question and its value the list of answers,
// except the reserved keys.
func readRed(r *reader, text string) {
	red := redReader{r}
	r.scan(text, wholeKeys, red.piece)
}

type redReader struct{ *reader }

func (r redReader) piece(p piece) bool {
	ps, ok := pairs(p.node)
	if !ok {
		r.fail(lineOf(p.node), "write each question as a key: the question, a colon, and its answers below",
			"a key with a colon is missing")
		return false
	}
	for _, kv := range ps {
		r.key(kv)
	}
	return true
}

func (r redReader) key(kv pair) {
	line := lineOf(kv.node)
	switch kv.key {
	case "$schema":
	case "AUTHOR":
		r.pack.Author = r.about(kv, 1000)
	case "DESCRIPTION":
		r.pack.Description = r.about(kv, 200)
	case "CONFIG":
		r.config(kv)
	default:
		if _, yes := yaml11(kv.key); plain(kv.node) && yes {
			r.fail(line, "put it into double quotes", "the question %q is not a text in YAML", kv.key)
			return
		}
		if answers, ok := r.answers(kv); ok {
			r.add(line, draft{text: kv.key, answers: answers})
		}
	}
}

func (r redReader) about(kv pair, limit int) string {
	s, ok := scalar(kv.value)
	n := utf8.RuneCountInString(s)
	if !ok || n == 0 || n > limit {
		r.fail(lineOf(kv.node), "mend or remove it", "%s must be a text of 1 to %d characters", kv.key, limit)
	}
	return clean(s)
}

// config checks the settings of the list. They are Red's, and nothing here depends on them.
func (r redReader) config(kv pair) {
	ps, ok := pairs(kv.value)
	if !ok {
		r.fail(lineOf(kv.node), "write max_score, timeout, delay … below it", "CONFIG is not a mapping")
		return
	}
	known := []string{"max_score", "timeout", "delay", "bot_plays", "reveal_answer", "use_spoilers", "payout_multiplier"}
	for _, c := range ps {
		if !slices.Contains(known, c.key) {
			r.fail(lineOf(c.node), meant(c.key, known), "unknown key %q in CONFIG", c.key)
			continue
		}
		s, _ := scalar(c.value)
		if what := redSetting(c.key, s); what != "" {
			r.warn(lineOf(c.node), "mend it; it is not used here", "%s must be %s", c.key, what)
		}
	}
}

// redSetting says what a setting must be, or "" when value is that.
func redSetting(key, value string) string {
	switch key {
	case "bot_plays", "reveal_answer", "use_spoilers":
		if v, ok := yaml11(value); !ok || len(v) != 3 {
			return "true or false"
		}
		return ""
	}
	n, err := parseNumber(value)
	switch {
	case key == "max_score" && (err != nil || n < 1 || strings.Contains(value, ".")):
		return "a whole number of at least 1"
	case key == "timeout" && (err != nil || n <= 0):
		return "a number above 0"
	case key == "delay" && (err != nil || n < 4):
		return "a number of at least 4"
	case key == "payout_multiplier" && (err != nil || n < 0):
		return "a number of at least 0"
	}
	return ""
}

// answers reads the accepted answers: as they are written, and then what Red makes of them where that is something else.
func (r redReader) answers(kv pair) ([]string, bool) {
	list, ok := items(kv.value)
	if !ok {
		r.fail(lineOf(kv.node), "write each answer below it, on a line with a dash", "the answers of %q are not a list", kv.key)
		return nil, false
	}
	var answers []string
	for _, n := range list {
		s, ok := scalar(n)
		if !ok {
			r.fail(lineOf(n), "put the answer into double quotes", "an answer is not a text")
			return nil, false
		}
		answers = append(answers, r.answer(n, s)...)
	}
	if len(answers) == 0 {
		r.fail(lineOf(kv.node), "write at least one", "the question has no answer")
		return nil, false
	}
	return unique(answers), true
}

func (r redReader) answer(n ast.Node, s string) []string {
	if !plain(n) {
		return []string{s}
	}
	if v, ok := yaml11(s); ok {
		if len(v) == 0 {
			r.warn(lineOf(n), "put it into double quotes",
				"Red refuses the answer %q: it is no text, number or truth value in YAML", s)
			return []string{s}
		}
		return v
	}
	return []string{s}
}

// unique removes what stands in the list before.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
