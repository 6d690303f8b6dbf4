package pack

import (
	"fmt"
	"strconv"
	"strings"
)

// giftAnswers reads what stands in the braces of a GIFT question.
type giftAnswers struct {
	g     *giftReader
	html  bool
	begin int // offset of body in the question
	body  string
}

// giftItem is an answer behind "=" or "~".
type giftItem struct {
	right    bool    // "="
	weight   float64 // percent; 100 for "=" and 0 for "~" where none is given
	text     string
	feedback string
	line     int
}

func (a *giftAnswers) plain(s string) string {
	s = unescapeGIFT(s)
	if a.html {
		s = plainHTML(s)
	}
	return clean(s)
}

// feedback is what is said after an answer.
func (a *giftAnswers) feedback(s string) string {
	s, _ = giftFormat(s)
	return a.plain(s)
}

func (a *giftAnswers) read(d *draft) bool {
	body := a.body
	if i := next(body, 0, "####"); i >= 0 {
		d.note = a.feedback(body[i+4:])
		body = body[:i]
	}
	trimmed := strings.TrimSpace(body)
	switch {
	case trimmed == "":
		a.g.fail(a.g.at(a.begin-1), "add {=answer}, or remove the question", "an essay question ({}) has no answer to check")
		return false
	case trimmed[0] == '#':
		return a.numbers(d, strings.TrimSpace(trimmed[1:]))
	case trimmed[0] != '=' && trimmed[0] != '~':
		return a.trueFalse(d, trimmed)
	}
	list, ok := a.items(body)
	if !ok {
		return false
	}
	return a.choices(d, list)
}

func (a *giftAnswers) trueFalse(d *draft, s string) bool {
	parts := strings.Split(s, "#") // behind the first # what to say when wrong, behind the second when right
	for _, p := range parts[1:] {
		if d.note == "" {
			d.note = a.feedback(p)
		}
	}
	switch strings.ToUpper(strings.TrimSpace(parts[0])) {
	case "T", "TRUE":
		d.answers, d.wrong = []string{"True"}, []string{"False"}
	case "F", "FALSE":
		d.answers, d.wrong = []string{"False"}, []string{"True"}
	default:
		a.g.fail(a.g.at(a.begin), "put = before right and ~ before wrong answers", "%q in braces is no answer", clip(a.plain(s)))
		return false
	}
	return true
}

// items splits answers at each "=" and "~" that is not escaped.
func (a *giftAnswers) items(body string) ([]giftItem, bool) {
	var list []giftItem
	for at := nextOf(body, 0, "=~"); at < len(body); {
		if len(list) == maxAnswers+maxWrong {
			a.g.fail(a.g.line, "keep the best", "the question has more than %d answers", len(list))
			return nil, false
		}
		end := nextOf(body, at+1, "=~")
		item := giftItem{right: body[at] == '=', line: a.g.at(a.begin + at)}
		text, feedback := body[at+1:end], ""
		if i := next(text, 0, "#"); i >= 0 {
			text, feedback = text[:i], text[i+1:]
		}
		if item.right && next(text, 0, "->") >= 0 {
			a.g.fail(item.line, "make a question of each pair", "a matching question (->) is not supported")
			return nil, false
		}
		var err error
		if item.weight, text, err = giftWeight(text); err != nil {
			a.g.fail(item.line, "write it as %50%", "%v", err)
			return nil, false
		}
		if item.right && item.weight == 0 {
			item.weight = 100
		}
		text, _ = giftFormat(text)
		item.text, item.feedback = a.plain(text), a.feedback(feedback)
		list = append(list, item)
		at = end
	}
	return list, true
}

// nextOf finds the first of marks that is not escaped, or the end.
func nextOf(s string, from int, marks string) int {
	for i := from; i < len(s); i++ {
		if s[i] == '\\' {
			i++
		} else if strings.IndexByte(marks, s[i]) >= 0 {
			return i
		}
	}
	return len(s)
}

// giftWeight cuts "%50%" off an answer.
func giftWeight(s string) (float64, string, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "%")
	if !ok {
		return 0, s, nil
	}
	number, text, ok := strings.Cut(rest, "%")
	w, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
	if !ok || err != nil || w < -100 || w > 100 {
		return 0, s, fmt.Errorf("%%%s is not a weight", clip(number))
	}
	return w, text, nil
}

// choices sorts right answers from wrong ones. Only "=" is a typed answer; with "~" it is a choice; with weights on "~"
// and no "=" several answers are right.
func (a *giftAnswers) choices(d *draft, list []giftItem) bool {
	equals := 0
	for _, it := range list {
		if it.right {
			equals++
		}
	}
	for _, it := range list {
		switch {
		case it.right && it.weight >= 100, !it.right && equals == 0 && it.weight > 0:
			d.answers = append(d.answers, it.text)
			if d.note == "" {
				d.note = it.feedback
			}
		case it.right:
			a.g.warn(it.line, "write it without a weight to accept it",
				"the answer %q, worth %v%%, is not taken", clip(it.text), it.weight)
		default:
			d.wrong = append(d.wrong, it.text)
		}
	}
	if len(d.answers) == 0 {
		a.g.fail(list[0].line, "put = before the right one", "none of the answers is right")
		return false
	}
	if equals == 0 && len(d.answers) > 1 {
		a.g.warn(a.g.line, "", "%d answers are to be ticked in Moodle; here one of them is enough", len(d.answers))
	}
	return true
}

// clip shortens what a message quotes.
func clip(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:39]) + "…"
	}
	return s
}
