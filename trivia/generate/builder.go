package generate

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// wrongOptions is how many wrong options a choice has.
const wrongOptions = 3

// builder makes one question of one seed. Its random numbers come from the question's ID and the generator's seed, so the
// same seed gives the same wording and the same options.
type builder struct {
	w    *world
	t    *template
	s    seed
	r    rng
	q    trivia.Question
	used []string // labels folded: the answers, the options, and what may not be one

	family string // what suffices of the name that is the answer
}

// answer sets what is right: the first is shown.
func (b *builder) answer(kind judge.Kind, answers ...string) {
	b.q.Kind = kind
	for _, a := range answers {
		if a != "" && !slices.Contains(b.q.Answers, a) {
			b.q.Answers = append(b.q.Answers, a)
		}
		b.avoid(a)
	}
}

// avoid keeps a label from being an option.
func (b *builder) avoid(label string) {
	if label != "" {
		b.used = append(b.used, fold.String(label))
	}
}

// wrong adds a wrong option, unless it is not fit to be one or there are enough. It reports whether more are wanted.
func (b *builder) wrong(label string) bool {
	if b.full() {
		return false
	}
	if label == "" || utf8.RuneCountInString(label) > trivia.MaxLabel {
		return true
	}
	f := fold.String(label)
	if f == "" || slices.Contains(b.used, f) {
		return true
	}
	b.used = append(b.used, f)
	b.q.Wrong = append(b.q.Wrong, label)
	return !b.full()
}

func (b *builder) full() bool { return len(b.q.Wrong) >= wrongOptions }

// rows notes the rows a question stands on, and the source of the first.
func (b *builder) rows(rows ...int) {
	for _, row := range rows {
		if id := b.w.k.RowID(row); !slices.Contains(b.q.Rows, id) {
			b.q.Rows = append(b.q.Rows, id)
		}
	}
	if b.q.Source == "" && len(rows) > 0 {
		b.q.Source = b.w.k.RowSource(rows[0])
	}
}

// ask sets one of some wordings.
func (b *builder) ask(wordings ...string) {
	b.q.Text = strings.ReplaceAll(strings.ReplaceAll(capital(b.r.pick(wordings...)), "Jr..", "Jr."), "Sr..", "Sr.")
}

// done finishes a question, and reports whether it is good.
func (b *builder) done() bool {
	q := &b.q
	if len(q.Answers) == 0 || utf8.RuneCountInString(q.Answers[0]) > trivia.MaxLabel || len(q.Wrong) == 0 {
		return false
	}
	if !q.Ordered && len(q.Wrong) < wrongOptions {
		return false
	}
	b.enoughName()
	return q.Ordered || !told(q.Text, q.Answers[0])
}

// enoughName adds the part of the name that suffices as an answer, unless an option has it too.
func (b *builder) enoughName() {
	if b.family == "" || b.q.ChoiceOnly || told(b.q.Text, b.family) || slices.Contains(b.q.Answers, b.family) {
		return
	}
	for _, other := range b.q.Wrong {
		if told(other, b.family) {
			return
		}
	}
	b.q.Answers = append(b.q.Answers, b.family)
}

// years adds wrong years around the right one, none of which is bad. The options stand in their order.
func (b *builder) years(right, first, last int, bad ...int) bool {
	b.q.Ordered = true
	bad = append(bad, right)
	spread := 4 + b.r.below(4)
	for try := 0; !b.full() && try < 60; try++ {
		year := right - spread + b.r.below(2*spread+1)
		if year < first || year > last || slices.Contains(bad, year) {
			if try%12 == 11 {
				spread += 4
			}
			continue
		}
		bad = append(bad, year)
		b.q.Wrong = append(b.q.Wrong, strconv.Itoa(year))
	}
	slices.Sort(b.q.Wrong)
	return b.full()
}

// numbers adds wrong numbers around the right one.
func (b *builder) numbers(right, least int) bool {
	b.q.Ordered = true
	var near []int
	for d := 1; d <= 3; d++ {
		near = append(near, right+d)
		if right-d >= least {
			near = append(near, right-d)
		}
	}
	shuffle(&b.r, near)
	near = near[:wrongOptions]
	slices.Sort(near)
	for _, n := range near {
		b.q.Wrong = append(b.q.Wrong, strconv.Itoa(n))
	}
	return true
}

// told reports whether a text gives an answer away: it holds the answer's words.
func told(text, answer string) bool {
	if run := longestRun(answer); len(run) >= 3 && !hasRun(text, run) {
		return false
	}
	buf := append(fold.Append(append(make([]byte, 0, len(text)+len(answer)+8), ' '), text), ' ')
	n := len(buf)
	buf = append(fold.Append(append(buf, ' '), answer), ' ')
	return bytes.Contains(buf[:n], buf[n:])
}

// longestRun is the longest run of plain letters in a text, "" where the text holds other letters. Folding keeps such runs
// together, so a text without the run does not hold the whole: that is told quickly.
func longestRun(s string) string {
	best, from := "", 0
	for i := 0; i <= len(s); i++ {
		if i < len(s) && s[i] >= 0x80 {
			return ""
		}
		if i < len(s) && 'a' <= s[i]|0x20 && s[i]|0x20 <= 'z' {
			continue
		}
		if i-from > len(best) {
			best = s[from:i]
		}
		from = i + 1
	}
	return best
}

// hasRun reports whether a text has a run of plain letters, whatever their case; true where the text holds other letters,
// which may fold to plain ones.
func hasRun(text, run string) bool {
	first := run[0] | 0x20
	for i := 0; i < len(text); i++ {
		if text[i] >= 0x80 {
			return true
		}
		if text[i]|0x20 == first && i+len(run) <= len(text) && strings.EqualFold(text[i:i+len(run)], run) {
			return true
		}
	}
	return false
}

func capital(s string) string {
	if s == "" || s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return string(s[0]-'a'+'A') + s[1:]
}

// list joins names as English does: "A, B and C".
func list(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
