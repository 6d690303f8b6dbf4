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
	return pair(x, y, "y", "ies") || pair(x, y, "f", "ves") || pair(x, y, "fe", "ves") || p >= 5 && pair(x, y, "us", "i") ||
		p >= 3 && pair(x, y, "i", "es") || pair(x, y, "man", "men") || pair(x, y, "an", "en") ||
		p >= 4 && (pair(x, y, "e", "ing") || pair(x, y, "s", "ed") || pair(x, y, "s", "ing") || pair(x, y, "ed", "ing") || pair(x, y, "er", "ing") ||
			pair(x, y, "ers", "ing"))
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
	case "", "s", "e", "y", "an", "n", "ian", "ans", "ed", "er", "ers", "ing", "ly", "ic", "ical", "ics", "ism", "ist", "ists", "istic",
		"ive", "ively", "ure", "ion", "ions", "or", "ors", "al", "ally", "es", "ness", "ity", "ish", "ese", "ous":
		return true
	case "ation", "ment", "men", "man", "able", "ary":
		return p >= 5
	}
	return false
}
