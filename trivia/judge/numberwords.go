package judge

import "bytes"

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

// cardinals are the words from zero to twenty, tens are those from thirty.
var (
	cardinals = [...]string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
	}
	tens = [...]string{"thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
)

func cardinal(w []byte) (float64, flags) {
	if len(w) < 3 || len(w) > 9 {
		return 0, 0
	}
	for v, s := range cardinals {
		if s == string(w) {
			if v == 1 {
				return 1, isNumber | isSoft
			}
			return float64(v), isNumber
		}
	}
	for i, s := range tens {
		if s == string(w) {
			return float64(10*i + 30), isNumber
		}
	}
	if string(w) == "nil" {
		return 0, isNumber
	}
	return 0, 0
}

func ordinal(w []byte) (float64, flags) {
	var v float64
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
			if n, fl := cardinal(w[:len(w)-2]); fl != 0 && n > 3 {
				return n, fl | isOrdinal
			}
		}
		return 0, 0
	}
	return v, isNumber | isOrdinal
}
