package judge

import (
	"bytes"
	"strconv"
	"strings"
)

// numbers turns what says a number into number tokens: digits, words, ordinals, scales, roman numerals.
func (t *text) numbers() {
	for i := range t.count {
		t.digits(i)
	}
	t.romans()
	t.numberWords()
}

func (t *text) setNumber(i int, v float64, fl flags) {
	t.tok[i].num = v
	t.tok[i].flags = t.tok[i].flags&^(isStop|isFiller|isClass) | isNumber | fl
}

// digits reads 1980, 1980s, 14th, 3.5, and mends se7en.
func (t *text) digits(i int) {
	w := t.word(i)
	if len(w) == 0 || !isDigit(w[0]) {
		leet(w)
		return
	}
	end := 0
	for end < len(w) && (isDigit(w[end]) || w[end] == '.') {
		end++
	}
	if end > 15 {
		return
	}
	v, ok := parseDigits(w[:end])
	if !ok {
		return
	}
	switch string(w[end:]) {
	case "", "s":
		t.setNumber(i, v, 0)
	case "st", "nd", "rd", "th":
		t.setNumber(i, v, isOrdinal)
	case "m": // 16m may be metres
		if t.has(i, isMoney) {
			t.setNumber(i, v*1e6, 0)
		}
	case "mn", "mio":
		t.setNumber(i, v*1e6, 0)
	case "bn":
		t.setNumber(i, v*1e9, 0)
	}
}

// parseDigits reads digits with at most one dot in them.
func parseDigits(w []byte) (float64, bool) {
	v, scale := 0.0, 0.0
	for _, c := range w {
		if c == '.' {
			if scale != 0 {
				return 0, false
			}
			scale = 1
			continue
		}
		v = v*10 + float64(c-'0')
		scale *= 10
	}
	if scale > 1 {
		v /= scale
	}
	return v, true
}

// leet replaces digits between letters by the letters they look like.
func leet(w []byte) {
	for i := 1; i+1 < len(w); i++ {
		if !isDigit(w[i]) || !isLetter(w[i-1]) || !isLetter(w[i+1]) {
			continue
		}
		if j := bytes.IndexByte([]byte("013457"), w[i]); j >= 0 {
			w[i] = "oieasv"[j]
		}
	}
}

// romans reads II, XIV and the like, but not in the first place, where "Xi" or "Vi" is a name.
func (t *text) romans() {
	for i := 1; i < t.count; i++ {
		w := t.word(i)
		if len(w) == 0 || len(w) > 7 || t.has(i, isNumber|isHidden) {
			continue
		}
		if len(w) == 1 {
			last := i+1 == t.count || t.tok[i+1].flags&(afterBreak|afterColon|inBrackets|afterDot) != 0
			ok := w[0] == 'i' && last && t.has(i-1, isMarker|isClass|isCapital) ||
				w[0] == 'i' && last && !t.has(i-1, isStop|isFiller|isHidden) || w[0] == 'v' && last ||
				w[0] == 'x' && t.has(i-1, isMarker)
			if !ok {
				continue
			}
		}
		if v := roman(w); v > 0 && string(w) != "li" && string(w) != "xi" || v > 0 && t.has(i-1, isMarker) {
			t.setNumber(i, float64(v), isOrdinal)
		}
	}
}

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

// roman is the value of a canonical numeral below 90, and 0 of anything else.
func roman(w []byte) int {
	v := 0
	for i := range w {
		d := romanDigit(w[i])
		if d == 0 {
			return 0
		}
		if i+1 < len(w) && d < romanDigit(w[i+1]) {
			d = -d
		}
		v += d
	}
	if v <= 0 || v >= 90 || !canonical(w, v) {
		return 0
	}
	return v
}

func romanDigit(c byte) int {
	switch c {
	case 'i':
		return 1
	case 'v':
		return 5
	case 'x':
		return 10
	case 'l':
		return 50
	}
	return 0
}

// canonical reports whether w is how v is written.
func canonical(w []byte, v int) bool {
	n := 0
	for n < 16 && v > 0 {
		var s string
		switch {
		case v >= 50:
			s, v = "l", v-50
		case v >= 40:
			s, v = "xl", v-40
		case v >= 10:
			s, v = "x", v-10
		case v >= 9:
			s, v = "ix", v-9
		case v >= 5:
			s, v = "v", v-5
		case v >= 4:
			s, v = "iv", v-4
		default:
			s, v = "i", v-1
		}
		if !bytes.HasPrefix(w[min(n, len(w)):], []byte(s)) {
			return false
		}
		n += len(s)
	}
	return n == len(w)
}

// numberWords reads words and puts together what belongs together: twenty-one, nineteen eighty-four, 18 million.
func (t *text) numberWords() {
	out := 0
	for i := 0; i < t.count; i++ {
		k := t.tok[i]
		v, fl := numberWord(t.word(i))
		if k.flags&isNumber == 0 && fl != 0 {
			k.num, k.flags = v, k.flags&^(isStop|isFiller|isClass)|fl
		}
		if out > 0 && t.joins(out-1, &k) {
			continue
		}
		if out > 1 && string(t.word(out-1)) == "and" && t.tok[out-2].num >= 100 && t.joins(out-2, &k) { // and one
			out--
			continue
		}
		t.tok[out] = k
		out++
	}
	t.count = out
}

// joins puts k into the number before it where the two are one, and reports whether it did.
func (t *text) joins(prev int, k *token) bool {
	p := &t.tok[prev]
	if p.flags&isNumber == 0 || k.flags&(afterBreak|afterColon|afterDot|inBrackets) != 0 {
		return false
	}
	scale := scaleWord(t.buf[k.from:k.to])
	words := !isDigit(t.buf[p.from]) && p.flags&isOrdinal == 0
	switch {
	case scale > 0:
		p.num *= scale
	case k.flags&isNumber == 0 || !words || isDigit(t.buf[k.from]):
		return false
	case k.num < p.num && k.num < tail(p.num): // twenty one, two thousand five
		p.num += k.num
	case p.num >= 10 && p.num < 100 && k.num >= 10 && k.num < 100: // nineteen eighty
		p.num = p.num*100 + k.num
	default:
		return false
	}
	p.to = k.to
	p.flags = p.flags&^isSoft | k.flags&isOrdinal
	return true
}

// tail is below which a number may follow v in words: 10 after 20, 1000 after 2000.
func tail(v float64) float64 {
	for unit := 1e9; unit >= 10; unit /= 10 {
		if v >= unit && v == unit*float64(int64(v/unit)) {
			return unit
		}
	}
	return 0
}

func scaleWord(w []byte) float64 {
	switch string(w) {
	case "hundred":
		return 1e2
	case "thousand":
		return 1e3
	case "million", "mio", "mn":
		return 1e6
	case "billion", "bn":
		return 1e9
	case "trillion":
		return 1e12
	}
	return 0
}

// numberWord reads a number in words below a hundred; the flags are 0 where w is none.
func numberWord(w []byte) (float64, flags) {
	v, fl := cardinal(w)
	if fl != 0 {
		return v, fl
	}
	return ordinal(w)
}

func cardinal(w []byte) (float64, flags) {
	v := -1
	switch string(w) {
	case "one":
		return 1, isNumber | isSoft
	case "zero", "nil":
		v = 0
	case "two":
		v = 2
	case "three":
		v = 3
	case "four":
		v = 4
	case "five":
		v = 5
	case "six":
		v = 6
	case "seven":
		v = 7
	case "eight":
		v = 8
	case "nine":
		v = 9
	case "ten":
		v = 10
	case "eleven":
		v = 11
	case "twelve":
		v = 12
	case "thirteen":
		v = 13
	case "fourteen":
		v = 14
	case "fifteen":
		v = 15
	case "sixteen":
		v = 16
	case "seventeen":
		v = 17
	case "eighteen":
		v = 18
	case "nineteen":
		v = 19
	case "twenty":
		v = 20
	case "thirty":
		v = 30
	case "forty":
		v = 40
	case "fifty":
		v = 50
	case "sixty":
		v = 60
	case "seventy":
		v = 70
	case "eighty":
		v = 80
	case "ninety":
		v = 90
	}
	if v < 0 {
		return 0, 0
	}
	return float64(v), isNumber
}

func ordinal(w []byte) (float64, flags) {
	v := 0.0
	switch string(w) {
	case "first":
		return 1, isNumber | isSoft | isOrdinal
	case "second":
		return 2, isNumber | isOrdinal
	case "third":
		v = 3
	case "fifth":
		v = 5
	case "eighth":
		v = 8
	case "ninth":
		v = 9
	case "twelfth":
		v = 12
	case "twentieth":
		v = 20
	case "thirtieth":
		v = 30
	case "fortieth":
		v = 40
	case "fiftieth":
		v = 50
	default:
		if bytes.HasSuffix(w, []byte("th")) {
			if v, fl := cardinal(w[:len(w)-2]); fl != 0 && v > 3 {
				return v, fl | isOrdinal
			}
		}
		return 0, 0
	}
	return v, isNumber | isOrdinal
}

// key writes a number the way digits do, for keys.
func appendNumber(dst []byte, v float64) []byte { return strconv.AppendFloat(dst, v, 'f', -1, 64) }
