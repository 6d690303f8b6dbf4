package judge

import "bytes"

// prepare finds out what the tokens are after read.
func (t *text) prepare() {
	t.initials()
	t.splitDigits()
	for i := range t.count {
		w := t.word(i)
		t.tok[i].flags |= lexicon(w)
		if short(w) != "" {
			t.tok[i].flags |= isShort
		}
	}
	t.numbers()
	for i := range t.count {
		k := &t.tok[i]
		if k.flags&isMarker != 0 && !t.has(i+1, isNumber) {
			k.flags &^= isMarker
			if string(t.word(i)) == "no" {
				k.flags |= isNegation
			}
		}
	}
}

// initials joins letters that stand alone: "J R R Tolkien", "u. s. a.".
func (t *text) initials() {
	out := 0
	for i := 0; i < t.count; i++ {
		k := t.tok[i]
		end := i + 1
		for end < t.count && t.initial(i) && t.initial(end) && t.tok[end].flags&(afterBreak|afterColon|inBrackets) == 0 {
			end++
		}
		if end > i+1 {
			to := k.to
			for _, next := range t.tok[i+1 : end] {
				t.buf[to] = t.buf[next.from] // never beyond next.from
				to++
			}
			k.to = to
		}
		t.tok[out] = k
		out++
		i = end - 1
	}
	t.count = out
}

func (t *text) initial(i int) bool {
	w := t.word(i)
	return len(w) == 1 && isLetter(w[0])
}

// splitDigits takes ww2 and apollo11 apart.
func (t *text) splitDigits() {
	for i := 0; i < t.count && t.count < len(t.tok); i++ {
		w := t.word(i)
		n := len(w)
		for n > 0 && isDigit(w[n-1]) {
			n--
		}
		if s := string(w); s == "wwi" || s == "wwii" || s == "wwiii" {
			n = 2
		}
		if n < 2 || n == len(w) || bytes.ContainsAny(w[:n], "0123456789.") {
			continue
		}
		copy(t.tok[i+2:t.count+1], t.tok[i+1:t.count])
		k := &t.tok[i]
		mid := k.from + uint16(n)
		t.tok[i+1] = token{from: mid, to: k.to, flags: k.flags & inBrackets}
		k.to = mid
		t.count++
		i++
		if r := roman(t.word(i)); r > 0 {
			t.setNumber(i, float64(r), isOrdinal)
		}
	}
}

// content reports whether token i says something.
func (t *text) content(i int) bool {
	return t.tok[i].flags&(isStop|isFiller|isHidden) == 0
}

// hedges hides "i don't know" and its like, and what comes behind one where something was said before it.
func (t *text) hedges() {
	t.butThis()
	said := false
	for i := 0; i < t.count; i++ {
		n := t.hedge(i)
		if n == 0 {
			said = said || t.content(i) && !t.has(i, isNegation)
			continue
		}
		end := i + n
		if said {
			end = t.count
			if i > 0 && string(t.word(i-1)) == "i" {
				t.tok[i-1].flags |= isHidden
			}
		}
		for ; i < end; i++ {
			t.tok[i].flags |= isHidden
		}
		i--
	}
}

// butThis hides what stands before "but" where it is denied: "not Rainier but McKinley".
func (t *text) butThis() {
	denied := false
	for i := range t.count {
		denied = denied || t.has(i, isNegation)
		if denied && i+1 < t.count && string(t.word(i)) == "but" {
			for k := range i + 1 {
				t.tok[k].flags |= isHidden
			}
			return
		}
	}
}

// hedge is how many tokens from i on say that the player does not know.
func (t *text) hedge(i int) int {
	next := func(n int) string {
		if i+n < t.count {
			return string(t.word(i + n))
		}
		return ""
	}
	switch next(0) {
	case "dunno", "idk", "unsure", "forgot":
		return 1
	case "dont", "cant", "cannot", "couldnt", "didnt":
		if knows(next(1)) {
			return 2
		}
	case "do", "can", "could":
		if next(1) == "not" && knows(next(2)) {
			return 3
		}
	case "not":
		switch {
		case next(1) == "sure":
			return 2
		case next(2) == "sure":
			return 3
		}
	case "no":
		if s := next(1); s == "idea" || s == "clue" {
			return 2
		}
	}
	return 0
}

func knows(w string) bool {
	switch w {
	case "know", "kno", "knw", "remember", "recall", "think":
		return true
	}
	return false
}

// The hash of keys is FNV-1a of 64 bits.
const (
	hashStart = 14695981039346656037
	hashPrime = 1099511628211
)

func hashByte(h uint64, c byte) uint64 { return (h ^ uint64(c)) * hashPrime }

// key is the same for texts that differ in spaces, marks and a leading article only.
func (t *text) key() uint64 {
	h := uint64(hashStart)
	from := 0
	if t.count > 1 {
		switch string(t.word(0)) {
		case "the", "a", "an", "le", "la", "les", "il", "el", "der", "die", "das", "los", "las", "un", "une":
			from = 1
		}
	}
	for i := from; i < t.count; i++ {
		h = t.hashToken(h, i)
	}
	return h
}

func (t *text) hashToken(h uint64, i int) uint64 {
	if t.tok[i].flags&isHidden != 0 {
		return h
	}
	if t.tok[i].flags&isNumber != 0 {
		var b [32]byte
		for _, c := range appendNumber(b[:0], t.tok[i].num) {
			h = hashByte(h, c)
		}
		return h
	}
	for _, c := range t.word(i) {
		h = hashByte(h, c)
	}
	return h
}

func (t *text) wordHash(i int) uint64 { return t.hashToken(hashStart, i) }
