package judge

import (
	"bytes"
	"strconv"
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
				w[0] == 'i' && last && !t.has(i-1, isStop|isFiller|isHidden) || w[0] == 'v' && i+1 == t.count ||
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

// appendNumber writes a number the way digits do, for keys.
func appendNumber(dst []byte, v float64) []byte { return strconv.AppendFloat(dst, v, 'f', -1, 64) }
