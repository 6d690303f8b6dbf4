package pack

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"

	"github.com/whowon-bot/whowon/trivia"
)

// Writes lists the formats that Write writes.
func Writes() []Format { return []Format{YAML, CSV, GIFT, Aiken, Red} }

// Write writes a pack. What a format cannot hold is left out, and said in the faults by the number of the question: Aiken
// holds choices only, Red no wrong options.
func Write(w io.Writer, p *Pack, to Format) (Faults, error) {
	out := writer{w: bufio.NewWriter(w), faultLog: faultLog{file: p.File}}
	switch to {
	case YAML:
		out.yaml(p)
	case CSV:
		if err := out.csv(p); err != nil {
			return nil, err
		}
	case GIFT:
		out.gift(p)
	case Aiken:
		out.aiken(p)
	case Red:
		out.red(p)
	default:
		return nil, fmt.Errorf("packs are not written as %q; there are %v", to, Writes())
	}
	return out.faults, out.w.Flush()
}

type writer struct {
	faultLog
	w *bufio.Writer
}

func (w *writer) printf(format string, args ...any) { fmt.Fprintf(w.w, format, args...) }

// lineOf is the line of question i in the file that it was read from, or its number.
func (p *Pack) lineOf(i int) int {
	if i < len(p.Lines) {
		return p.Lines[i]
	}
	return i + 1
}

func (w *writer) yaml(p *Pack) {
	w.printf("# A question pack. Every key is described in docs/packs.md.\n")
	for _, about := range p.about() {
		if *about.value != "" {
			w.printf("%s: %s\n", about.key, yamlText(*about.value))
		}
	}
	w.printf("questions:\n")
	slug := p.Slug()
	for _, q := range p.Questions {
		if q.Source == p.origin() {
			q.Source = ""
		}
		w.question(q, slug)
	}
}

// question writes a question in our YAML. What the reader would find out by itself is not written.
func (w *writer) question(q trivia.Question, slug string) {
	w.printf("  - text: %s\n", yamlText(q.Text))
	w.list("answers", q.Answers)
	w.list("wrong", q.Wrong)
	if q.Category != slug && q.Category != "" {
		w.printf("    category: %s\n", yamlText(q.Category))
	}
	if level := q.Difficulty.String(); level != trivia.Medium.String() {
		w.printf("    difficulty: %s\n", level)
	}
	if q.Kind != kindOf(q) {
		w.printf("    kind: %s\n", q.Kind)
	}
	if q.Note != "" {
		w.printf("    note: %s\n", yamlText(q.Note))
	}
	if q.Source != "" {
		w.printf("    source: %s\n", yamlText(q.Source))
	}
	if q.Ordered != ordered(q) {
		w.printf("    ordered: %t\n", q.Ordered)
	}
	if q.ChoiceOnly != choiceOnly(q) {
		w.printf("    choice_only: %t\n", q.ChoiceOnly)
	}
	w.list("rows", q.Rows)
}

func (w *writer) list(key string, list []string) {
	if len(list) == 0 {
		return
	}
	short := 0
	quoted := make([]string, len(list))
	for i, s := range list {
		quoted[i] = yamlText(s)
		if quoted[i] == s && strings.Contains(s, ",") {
			quoted[i] = quote(s) // a comma ends an entry in brackets
		}
		short += len(quoted[i]) + 2
	}
	if short <= 90 {
		w.printf("    %s: [%s]\n", key, strings.Join(quoted, ", "))
		return
	}
	w.printf("    %s:\n", key)
	for _, s := range quoted {
		w.printf("      - %s\n", s)
	}
}

// yamlText writes a text without quotes where no reader of any YAML takes it for anything else.
func yamlText(s string) string {
	if _, special := yaml11(s); special || s == "" || s[len(s)-1] == ' ' {
		return quote(s)
	}
	if strings.Contains(s, ": ") || strings.HasSuffix(s, ":") || strings.ContainsAny(s, "#[]{}\"&*!|>%@`\\<~^=") {
		return quote(s)
	}
	for i, r := range s {
		letter := r < 0x2000 && unicode.IsLetter(r) || r >= '0' && r <= '9'
		inside := i > 0 && (r >= ' ' && r <= '~' || strings.ContainsRune("’‘“”–—…", r))
		if !letter && !inside {
			return quote(s)
		}
	}
	return s
}

// quote writes a text in double quotes, which YAML and JSON read alike.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r < ' ' || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
