package pack

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// draft is a question as a format gives it. What it does not say is derived from what it does.
type draft struct {
	text                string
	answers, wrong      []string
	category            string // as people write it
	difficulty          string
	kind                string
	note, source        string
	rows                []string
	ordered, choiceOnly *bool
}

// reader collects what a format's parser finds.
type reader struct {
	faultLog
	pack *Pack
	stem string // the file's name without its extension: the pack's name where it has no other
}

// add makes a question of d, which stands at line. A question that cannot be one is a fault and left out.
func (r *reader) add(line int, d draft) {
	if len(r.pack.Questions) >= MaxRows {
		if !r.full() {
			r.fail(line, "split the file", "there are more than %d questions: the rest is not read", MaxRows)
			r.ended = true
		}
		return
	}
	if len(d.text) > 16*maxText { // whatever it is: nothing more is made of it
		r.fail(line, "shorten it", "the question is %d bytes long, at most %d characters are shown", len(d.text), maxText)
		return
	}
	before := r.errors
	q := trivia.Question{
		Text: clean(d.text), Answers: cleanAll(d.answers), Wrong: cleanAll(d.wrong), Note: clean(d.note), Source: clean(d.source),
		Rows: cleanAll(d.rows), Category: categoryKey(d.category), Difficulty: r.difficulty(line, d.difficulty),
	}
	if len(q.Wrong) == 0 {
		q.Wrong = nil
	}
	q.Kind = r.kind(line, d.kind, q)
	q.Ordered, q.ChoiceOnly = boolOr(d.ordered, ordered(q)), boolOr(d.choiceOnly, choiceOnly(q))
	if r.errors > before {
		return
	}
	r.pack.Questions = append(r.pack.Questions, q)
	r.pack.Lines = append(r.pack.Lines, line)
}

// finish gives the questions what depends on the whole pack: categories, sources and IDs.
func (p *Pack) finish() {
	slug := p.Slug()
	for i := range p.Questions {
		q := &p.Questions[i]
		if q.Category == "" {
			q.Category = slug
		}
		if q.Source == "" {
			q.Source = p.origin()
		}
		q.ID = ID(slug, *q)
	}
}

// origin is the source of questions that name none.
func (p *Pack) origin() string {
	if p.Source == "" {
		return p.Author
	}
	return p.Source
}

// ID is the ID of a question of a pack: the same as long as its text and its first answer are, up to case, accents and
// punctuation.
func ID(slug string, q trivia.Question) string {
	first := ""
	if len(q.Answers) > 0 {
		first = q.Answers[0]
	}
	sum := sha256.Sum256([]byte(fold(q.Text) + "\n" + fold(first)))
	return "p/" + slug + "/" + hex.EncodeToString(sum[:8])
}

// categoryKey makes a key of a category: of "Entertainment: Film" and of "Quizzes/Film" it is "film".
func categoryKey(s string) string {
	if i := strings.LastIndexAny(s, ":/"); i >= 0 && clean(s[i+1:]) != "" {
		s = s[i+1:]
	}
	return slugOr(s, "")
}

func (r *reader) difficulty(line int, s string) trivia.Difficulty {
	switch word := fold(s); word {
	case "", "2":
		return trivia.Medium
	case "1":
		return trivia.Easy
	case "3":
		return trivia.Hard
	default:
		if d, ok := trivia.ParseDifficulty(word); ok {
			return d
		}
	}
	r.fail(line, "write easy, medium or hard", "%q is not a difficulty", s)
	return trivia.Medium
}

// kinds lists the kinds of answers.
func kinds() []judge.Kind {
	return []judge.Kind{judge.Person, judge.Place, judge.Work, judge.Number, judge.Date, judge.Choice, judge.Other}
}

func (r *reader) kind(line int, s string, q trivia.Question) judge.Kind {
	if clean(s) == "" {
		return kindOf(q)
	}
	for _, k := range kinds() {
		if fold(s) == string(k) {
			return k
		}
	}
	r.fail(line, "write person, place, work, number, date, choice or other", "%q is not a kind of answer", s)
	return judge.Other
}

// kindOf guesses the kind of answers only where it is plain.
func kindOf(q trivia.Question) judge.Kind {
	if trueFalse(q) {
		return judge.Choice
	}
	numbers := len(q.Answers) > 0
	for _, a := range q.Answers {
		_, err := strconv.ParseFloat(strings.ReplaceAll(a, ",", ""), 64)
		numbers = numbers && err == nil && strings.Trim(a, "0123456789.,-+") == ""
	}
	switch {
	case numbers && len(q.Answers[0]) == 4 && within(fold(q.Text), "year"):
		return judge.Date
	case numbers:
		return judge.Number
	}
	return judge.Other
}

// trueFalse reports whether the options are true and false, or yes and no.
func trueFalse(q trivia.Question) bool {
	if len(q.Answers) == 0 || len(q.Wrong) != 1 {
		return false
	}
	switch fold(q.Answers[0]) + "/" + fold(q.Wrong[0]) {
	case "true/false", "false/true", "yes/no", "no/yes":
		return true
	}
	return false
}

func ordered(q trivia.Question) bool { return trueFalse(q) }

// choiceOnly reports whether a question makes no sense without its options.
func choiceOnly(q trivia.Question) bool {
	if trueFalse(q) {
		return true
	}
	if len(q.Wrong) == 0 {
		return false
	}
	text := fold(q.Text)
	for _, words := range []string{"of these", "of the following", "which one", "of the below", "not one of", "odd one out"} {
		if within(text, words) {
			return true
		}
	}
	return false
}

func boolOr(p *bool, otherwise bool) bool {
	if p == nil {
		return otherwise
	}
	return *p
}
