package pack

import (
	"fmt"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// Check finds what is wrong with the questions of a pack, whatever format it came in, in the order of their lines.
func Check(p *Pack) Faults {
	c := checker{faultLog: faultLog{file: p.File}, seen: make(map[string]seen, len(p.Questions))}
	c.pack(p)
	for i, q := range p.Questions {
		if c.full() {
			break
		}
		line := 0
		if i < len(p.Lines) {
			line = p.Lines[i]
		}
		c.number, c.about = i+1, ""
		if shared(p.Lines, i) || line == 0 {
			c.about = fmt.Sprintf("%q: ", clip(q.Text))
		}
		c.question(line, q)
		c.repeated(i, line, q)
	}
	c.faults.sort()
	return c.faults
}

// shared reports whether the line of question i is that of its neighbour too.
func shared(lines []int, i int) bool {
	return i < len(lines) && (i > 0 && lines[i-1] == lines[i] || i+1 < len(lines) && lines[i+1] == lines[i])
}

type seen struct {
	number, line int
	answer       string // folded
}

type checker struct {
	faultLog
	seen map[string]seen // by folded text
}

func (c *checker) pack(p *Pack) {
	if p.Source == "" && p.Author == "" {
		c.warn(0, "say who wrote the questions, or where they come from", "the pack names no source and no author")
	}
	if p.Licence == "" {
		c.warn(0, "name one, as in CC BY-SA 4.0; without it nobody knows whether it may be shared", "the pack has no licence")
	}
	for _, about := range p.about() {
		c.text(0, "the pack's "+about.key, *about.value, maxText)
	}
	if len(p.Questions) == 0 {
		c.fail(0, "write at least one", "there are no questions to play")
	}
}

// question checks one question by itself.
func (c *checker) question(line int, q trivia.Question) {
	before := c.errors
	if q.Text == "" {
		c.fail(line, "write what is asked", "the question has no text")
	}
	c.text(line, "the question", q.Text, maxText)
	c.text(line, "the note", q.Note, maxNote)
	c.text(line, "the source", q.Source, maxText)
	c.text(line, "the category", q.Category, trivia.MaxLabel)
	c.answers(line, q)
	c.options(line, q)
	for _, id := range q.Rows[:min(len(q.Rows), maxAnswers)] {
		c.text(line, "the ID of a row", id, maxAnswer)
	}
	if c.errors > before { // wording is for what can be played
		return
	}
	if words := stale(q.Text); words != "" {
		c.warn(line, "name the year or the date", "%q in the question: the answer goes stale", words)
	}
	c.given(line, q)
}

// text checks what every text must hold to.
func (c *checker) text(line int, what, s string, limit int) {
	if h := hidden(s); h != "" {
		c.fail(line, "delete it", "%s holds an invisible or control character (%s)", what, h)
	}
	for _, r := range s {
		if r == utf8.RuneError {
			c.warn(line, "type the character again, and save the file as UTF-8", "%s holds a character that was lost (U+FFFD)", what)
			break
		}
	}
	if n := utf8.RuneCountInString(s); n > limit {
		c.fail(line, "shorten it", "%s is %d characters long, at most %d are shown", what, n, limit)
	}
}

func (c *checker) answers(line int, q trivia.Question) {
	if len(q.Answers) == 0 {
		c.fail(line, "write at least one", "the question has no answer")
	}
	if len(q.Answers) > maxAnswers {
		c.fail(line, "keep those that people type",
			"the question has %d answers, at most %d are allowed", len(q.Answers), maxAnswers)
		return
	}
	known := make(map[string]bool, len(q.Answers))
	for i, a := range q.Answers {
		what := fmt.Sprintf("answer %d", i+1)
		if a == "" {
			c.fail(line, "write it or remove it", "%s is empty", what)
			continue
		}
		c.text(line, what, a, maxAnswer)
		key := fold(a)
		if known[key] {
			c.warn(line, "remove one; case, accents and punctuation do not matter", "the answer %q is given twice", a)
		}
		known[key] = true
	}
}

// options checks what is shown on buttons: the first answer and the wrong options.
func (c *checker) options(line int, q trivia.Question) {
	if len(q.Wrong) == 0 {
		if q.ChoiceOnly || q.Kind == judge.Choice {
			c.fail(line, "add wrong options", "the question can only be answered by its options, and there is only one")
		}
		return
	}
	if len(q.Wrong) > maxWrong {
		c.fail(line, "keep the best", "the question has %d wrong options, at most %d are allowed", len(q.Wrong), maxWrong)
		return
	}
	right, folded := make(map[string]bool, len(q.Answers)), make(map[string]bool, len(q.Answers))
	for _, a := range q.Answers {
		right[optionKey(a)], folded[fold(a)] = true, true
	}
	if len(q.Answers) > 0 {
		c.label(line, "the answer", q.Answers[0])
	}
	known := make(map[string]bool, len(q.Wrong))
	for i, w := range q.Wrong {
		what, key := fmt.Sprintf("wrong option %d", i+1), optionKey(w)
		switch {
		case w == "":
			c.fail(line, "write it or remove it", "%s is empty", what)
			continue
		case right[key]:
			c.fail(line, "an option is right or wrong, not both", "%s, %q, is also an answer", what, w)
		case folded[fold(w)]:
			c.warn(line, "whoever types it is right", "%s, %q, differs from an answer by accents or punctuation only", what, w)
		case known[key]:
			c.fail(line, "remove one", "the wrong option %q is given twice", w)
		}
		known[key] = true
		c.text(line, what, w, maxAnswer)
		c.label(line, what, w)
	}
}

func (c *checker) label(line int, what, s string) {
	if n := utf8.RuneCountInString(s); n > trivia.MaxLabel && n <= maxAnswer {
		c.fail(line, "shorten it", "%s is %d characters long, a button holds %d", what, n, trivia.MaxLabel)
	}
}

// repeated finds questions that are asked twice.
func (c *checker) repeated(i, line int, q trivia.Question) {
	key := fold(q.Text)
	if key == "" {
		return
	}
	first := ""
	if len(q.Answers) > 0 {
		first = fold(q.Answers[0])
	}
	before, ok := c.seen[key]
	if !ok {
		c.seen[key] = seen{i + 1, line, first}
		return
	}
	where := fmt.Sprintf("question %d", before.number)
	if before.line > 0 {
		where = fmt.Sprintf("line %d", before.line)
	}
	if before.answer == first { // so is its ID
		c.warn(line, "remove one", "the question is the same as in %s", where)
		return
	}
	c.warn(line, "make one question of them, or tell them apart",
		"the question is the same as in %s, with another answer", where)
}
