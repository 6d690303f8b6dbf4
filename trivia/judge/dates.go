package judge

import "strings"

// months makes numbers of the names of months, so that 14 July 1976 is 1976-07-14.
func (t *text) months() {
	for i := range t.count {
		if t.has(i, isShort) || string(t.word(i)) == "may" {
			if v := monthNumber(t.word(i)); v > 0 {
				t.setNumber(i, v, 0)
			}
		}
	}
}

func monthNumber(w []byte) float64 {
	s := month(w)
	if string(w) == "may" {
		s = "may"
	}
	if s == "" {
		return 0
	}
	return float64(strings.Index("janfebmaraprmayjunjulaugsepoctnovdec", s)/3 + 1)
}

// monthsNamed counts the names of months.
func (t *text) monthsNamed() int {
	n := 0
	for i := range t.count {
		if monthNumber(t.word(i)) > 0 {
			n++
		}
	}
	return n
}

// month is a month in three letters, except may, which is a word too often.
func month(w []byte) string {
	switch string(w) {
	case "january", "jan":
		return "jan"
	case "february", "feb":
		return "feb"
	case "march", "mar":
		return "mar"
	case "april", "apr":
		return "apr"
	case "june", "jun":
		return "jun"
	case "july", "jul":
		return "jul"
	case "august", "aug":
		return "aug"
	case "september", "sept", "sep":
		return "sep"
	case "october", "oct":
		return "oct"
	case "november", "nov":
		return "nov"
	case "december", "dec":
		return "dec"
	}
	return ""
}

// dayOfYear reports whether number k is part of a day of the very year that the answer is: "17 January 1981" is right for
// 1981.
func (f *form) dayOfYear(t *text, k int) bool {
	if t.tok[k].num > 31 || f.content != 1 || f.count > 2 {
		return false
	}
	year := f.count - 1
	if !f.has(year, isNumber) || f.tok[year].num < 1000 {
		return false
	}
	same := false
	for i := range t.count {
		same = same || t.has(i, isNumber) && t.tok[i].num == f.tok[year].num
	}
	return same && t.monthsNamed() == 1
}
