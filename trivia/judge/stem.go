package judge

// commonPrefix is how many bytes a and b share at the start.
func commonPrefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// inflected reports whether a and b are forms of one word that differ in number, case or tense at most.
func inflected(a, b []byte) bool {
	p := commonPrefix(a, b)
	if p < 2 {
		return false
	}
	x, y := a[p:], b[p:]
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(x) == 0 {
		switch string(y) {
		case "s":
			return p >= 3
		case "es", "n":
			return p >= 3 && string(y) == "es"
		case "ed", "ing", "d":
			return p >= 4
		}
		return false
	}
	for i := range irregular {
		e := &irregular[i]
		if p >= e.from && pair(x, y, e.one, e.other) {
			return true
		}
	}
	return false
}

// irregular are pairs of endings of one word, after so many letters at least.
var irregular = [...]struct {
	one, other string
	from       int
}{
	{"y", "ies", 2}, {"f", "ves", 2}, {"fe", "ves", 2}, {"man", "men", 2}, {"an", "en", 2}, {"i", "es", 3}, {"us", "i", 5},
	{"e", "ing", 4}, {"s", "ed", 4}, {"s", "ing", 4}, {"ed", "ing", 4}, {"er", "ing", 4}, {"ers", "ing", 4},
}

func pair(x, y []byte, one, other string) bool {
	return string(x) == one && string(y) == other || string(x) == other && string(y) == one
}

// derived reports whether a and b are words of one family: legislature and legislative, Uruguay and Uruguayan.
func derived(a, b []byte) bool {
	longest := commonPrefix(a, b)
	for p := longest; p >= 5 && p > longest-3; p-- {
		if family(a, b, p) {
			return true
		}
	}
	return false
}

// family reports whether what follows the first p bytes of a and b are endings.
func family(a, b []byte, p int) bool {
	x, y := a[p:], b[p:]
	if len(x) == 0 && another(y) || len(y) == 0 && another(x) {
		return false // social and socialism, kingfish and kingfisher
	}
	return ending(x, p) && ending(y, p)
}

// another reports whether an ending makes another thing of a noun.
func another(ending []byte) bool {
	switch string(ending) {
	case "ism", "ist", "ists", "istic", "er", "ers", "or", "ors", "y":
		return true
	}
	return false
}

func ending(s []byte, p int) bool {
	switch string(s) {
	case "", "s", "e", "y", "an", "n", "ian", "ans", "ed", "er", "ers", "ing", "ly", "ic", "ical", "ics", "ism",
		"ist", "ists", "istic", "ive", "ively", "ure", "ion", "ions", "or", "ors", "al", "ally", "es", "ness", "ity",
		"ish", "ese", "ous":
		return true
	case "ation", "ment", "men", "man", "able", "ary":
		return p >= 5
	}
	return false
}
