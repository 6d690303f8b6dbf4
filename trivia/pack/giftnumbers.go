package pack

import (
	"strconv"
	"strings"
)

// maxRange is how many whole numbers a range may hold to be written out.
const maxRange = 21

// numbers reads a numerical question: 3, 3:2 (by at most 2 off), 1..5, or several of them behind "=".
func (a *giftAnswers) numbers(d *draft, s string) bool {
	line := a.g.at(a.begin)
	if strings.HasPrefix(s, "=") || strings.HasPrefix(s, "~") {
		mark := strings.Index(a.body, "#") + 1
		list, ok := a.items(strings.Repeat(" ", mark) + a.body[mark:]) // offsets stay
		if !ok {
			return false
		}
		for _, it := range list {
			if it.right && it.weight >= 100 && !a.number(d, line, it.text) {
				return false
			}
		}
	} else {
		text, feedback, _ := strings.Cut(s, "#")
		if d.note == "" {
			d.note = a.feedback(feedback)
		}
		if !a.number(d, line, a.plain(text)) {
			return false
		}
	}
	d.answers = unique(d.answers)
	return true
}

// number adds a number, and those that are as good.
func (a *giftAnswers) number(d *draft, line int, s string) bool {
	if lo, hi, ok := strings.Cut(s, ".."); ok {
		l, err := giftNumber(lo)
		h, err2 := giftNumber(hi)
		if err != nil || err2 != nil || h < l {
			a.g.fail(line, "write it as 1..5", "%q is not a range of numbers", clip(s))
			return false
		}
		if wholes, ok := between(l, h); ok {
			d.answers = append(d.answers, wholes...)
			return true
		}
		a.g.fail(line, "name one number", "the range %s holds too many numbers to list", clip(s))
		return false
	}
	number, tolerance, with := strings.Cut(s, ":")
	number = strings.TrimSpace(number)
	n, err := giftNumber(number)
	t, err2 := 0.0, error(nil)
	if with {
		t, err2 = giftNumber(tolerance)
	}
	if err != nil || err2 != nil || t < 0 {
		a.g.fail(line, "write it as 3 or 3:2", "%q is not a number", clip(s))
		return false
	}
	d.answers = append(d.answers, number)
	if t == 0 {
		return true
	}
	if wholes, ok := between(n-t, n+t); ok && n == float64(int64(n)) {
		d.answers = append(d.answers, wholes...)
		return true
	}
	a.g.warn(line, "list the numbers that are right", "only %s is taken, not what is off by up to %v", number, t)
	return true
}

// giftNumber reads a number written in digits.
func giftNumber(s string) (float64, error) {
	s = strings.TrimSpace(s)
	if strings.Trim(s, "0123456789.eE+-") != "" {
		return 0, strconv.ErrSyntax
	}
	return strconv.ParseFloat(s, 64)
}

// between lists the whole numbers of a range, when they are few.
func between(lo, hi float64) ([]string, bool) {
	if lo < -1<<52 || hi > 1<<52 || hi-lo >= maxRange {
		return nil, false
	}
	var list []string
	for n := int64(lo) - 1; float64(n) <= hi; n++ {
		if float64(n) >= lo {
			list = append(list, strconv.FormatInt(n, 10))
		}
	}
	return list, len(list) > 0
}
