package pack

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// questionKeys are the keys of a question in our YAML, in the order in which they are written.
func questionKeys() []string {
	return []string{
		"text", "answers", "wrong", "category", "difficulty", "kind", "note", "source", "ordered", "choice_only", "rows",
	}
}

// yamlReader reads our own YAML.
type yamlReader struct {
	*reader
	given map[string]bool // keys at the margin
}

func readYAML(r *reader, text string) {
	y := yamlReader{r, make(map[string]bool)}
	y.scan(text, questionsList, y.piece)
	if !y.full() && y.pack.Name == "" {
		y.warn(0, "add a line, name: …", "the pack has no name; the name of the file is used")
	}
}

// maxBroken is after how many questions that are not YAML reading ends.
const maxBroken = 20

// scan reads YAML and makes a fault of what ends the reading.
func (r *reader) scan(text string, list listKey, each func(piece) bool) {
	broken := 0
	stopped := func(err error) bool {
		var s *yamlStop
		if errors.As(err, &s) {
			r.fail(s.line, s.mend, "%s", s.what)
		}
		broken++
		return broken < maxBroken
	}
	err := scanYAML(text, list, func(p piece) bool {
		for _, line := range p.trims {
			r.warn(line, "put the text into double quotes", "what stands behind # is a comment and not read")
		}
		return each(p) && !r.full()
	}, stopped)
	if err != nil {
		stopped(err)
	}
}

func (y yamlReader) piece(p piece) bool {
	if p.item {
		y.question(p.node)
		return true
	}
	ps, ok := pairs(p.node)
	if !ok {
		y.fail(lineOf(p.node), "begin with name: … and questions:", "a key with a colon is missing")
		return false
	}
	for _, kv := range ps {
		if y.given[kv.key] {
			y.fail(lineOf(kv.node), "keep one", "the key %q is given twice", kv.key)
			continue
		}
		y.given[kv.key] = true
		if !p.opens {
			y.top(kv)
		}
	}
	return true
}

// top reads a key at the margin.
func (y yamlReader) top(kv pair) {
	if kv.key == "$schema" {
		return
	}
	if kv.key == "questions" {
		list, ok := items(kv.value)
		if !ok {
			y.fail(lineOf(kv.node), "write each question below it, on a line with a dash", "questions is not a list")
		}
		for _, n := range list {
			y.question(n)
		}
		return
	}
	var keys []string
	for _, about := range y.pack.about() {
		if about.key == kv.key {
			*about.value = clean(y.text(kv))
			return
		}
		keys = append(keys, about.key)
	}
	y.fail(lineOf(kv.node), meant(kv.key, append(keys, "questions")), "unknown key %q", kv.key)
}

func (y yamlReader) question(n ast.Node) {
	ps, ok := pairs(n)
	if !ok {
		y.fail(lineOf(n), "write text: … and answers: …", "the question is not a mapping of keys")
		return
	}
	var d draft
	before := y.errors
	for _, kv := range ps {
		y.field(&d, kv)
	}
	if y.errors == before {
		y.add(lineOf(n), d)
	}
}

func (y yamlReader) field(d *draft, kv pair) {
	switch kv.key {
	case "text":
		d.text = y.text(kv)
	case "answers":
		d.answers = y.list(kv)
	case "wrong":
		d.wrong = y.list(kv)
	case "category":
		d.category = y.text(kv)
	case "difficulty":
		d.difficulty = y.text(kv)
	case "kind":
		d.kind = y.text(kv)
	case "note":
		d.note = y.text(kv)
	case "source":
		d.source = y.text(kv)
	case "ordered":
		d.ordered = y.flag(kv)
	case "choice_only":
		d.choiceOnly = y.flag(kv)
	case "rows":
		d.rows = y.list(kv)
	default:
		y.fail(lineOf(kv.node), meant(kv.key, questionKeys()), "unknown key %q in a question", kv.key)
	}
}

func (y yamlReader) text(kv pair) string {
	s, ok := scalar(kv.value)
	if !ok {
		y.fail(lineOf(kv.node), "write one text; with : or # in it, put it into double quotes", "%s is not a text", kv.key)
	}
	return s
}

// list reads a list of texts; one text is a list of it.
func (y yamlReader) list(kv pair) []string {
	if s, ok := scalar(kv.value); ok {
		if s == "" {
			return nil
		}
		return []string{s}
	}
	nodes, ok := items(kv.value)
	if !ok {
		y.fail(lineOf(kv.node), "write a list; put texts with a colon into double quotes", "%s is not a list of texts", kv.key)
	}
	var list []string
	for _, n := range nodes {
		s, ok := scalar(n)
		if !ok {
			y.fail(lineOf(n), "put the text into double quotes", "an entry of %s is not a text", kv.key)
		}
		list = append(list, s)
	}
	return list
}

func (y yamlReader) flag(kv pair) *bool {
	s, _ := scalar(kv.value)
	v := s == "true"
	if !v && s != "false" {
		y.fail(lineOf(kv.node), "write true or false", "%s is neither true nor false", kv.key)
	}
	return &v
}

// meant proposes the key that was probably meant, or all keys.
func meant(key string, keys []string) string {
	key = strings.ToLower(key)
	for _, k := range keys {
		if len(key) > 2 && (strings.HasPrefix(k, key) || strings.HasPrefix(key, k) || near(key, k)) {
			return fmt.Sprintf("did you mean %q?", k)
		}
	}
	for _, other := range [][2]string{
		{"license", "licence"}, {"question", "text"}, {"correct_answer", "answers"}, {"incorrect_answers", "wrong"},
	} {
		if key == other[0] && slices.Contains(keys, other[1]) {
			return fmt.Sprintf("did you mean %q?", other[1])
		}
	}
	return "there are " + strings.Join(keys, ", ")
}

// near reports whether one letter is missing, too many, wrong, or swapped with the next.
func near(a, b string) bool {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	ra, rb := a[i:], b[i:]
	switch {
	case len(ra) == len(rb) && len(ra) > 1 && ra[0] == rb[1] && ra[1] == rb[0]:
		return ra[2:] == rb[2:]
	case len(ra) == len(rb) && len(ra) > 0:
		return ra[1:] == rb[1:]
	case len(ra) == len(rb)+1:
		return ra[1:] == rb
	case len(rb) == len(ra)+1:
		return ra == rb[1:]
	}
	return false
}
