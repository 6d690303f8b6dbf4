package judge

// sameJoined compares a word with two written together, and tells what a typo in it costs.
func sameJoined(whole, left, right []byte, near bool) (int, bool) {
	n := len(left) + len(right)
	if n == len(whole) && string(whole[:len(left)]) == string(left) && string(whole[len(left):]) == string(right) {
		return 0, true
	}
	if !near {
		return 0, false
	}
	if n > longestFuzzy || n < 5 || len(whole) < 5 {
		return 0, false
	}
	var b [longestFuzzy]byte
	copy(b[copy(b[:], left):], right)
	limit := min(budget(min(n, len(whole))), costEdit+costFirst)
	d := distance(whole, b[:n], limit)
	return d, d <= limit
}

// joins takes words written together or apart: haywain, may flower.
func (a *alignment) joins(f *form, t *text, near bool) {
	for i := 0; i+1 < f.count; i++ {
		if a.to[i] >= 0 && a.to[i+1] >= 0 || !f.fuzzy(i) || !f.fuzzy(i+1) || a.how[i] == joined || a.how[i+1] == joined {
			continue
		}
		for k := range t.count {
			if a.from[k] >= 0 || !t.fuzzy(k) {
				continue
			}
			if d, ok := sameJoined(t.word(k), f.word(i), f.word(i+1), near); ok {
				a.release(i)
				a.release(i + 1)
				a.set(i, k, joined)
				a.set(i+1, k, joined)
				a.cost += d
				break
			}
		}
	}
	for k := 0; k+1 < t.count; k++ {
		if a.from[k] >= 0 || a.from[k+1] >= 0 || !t.fuzzy(k) || !t.fuzzy(k+1) || t.has(k+1, afterBreak|isJoin) {
			continue
		}
		for i := range f.count {
			if a.to[i] >= 0 || !f.fuzzy(i) {
				continue
			}
			if d, ok := sameJoined(f.word(i), t.word(k), t.word(k+1), near); ok {
				a.set(i, k, joined)
				a.from[k+1] = int8(i)
				a.cost += d
				break
			}
		}
	}
}

func (a *alignment) release(i int) {
	if k := a.to[i]; k >= 0 {
		a.from[k], a.to[i], a.how[i] = -1, -1, missing
	}
}

// acronyms takes initials of several words in one, on either side: lotr, fbi.
func (a *alignment) acronyms(f *form, t *text) {
	for k := range t.count {
		if a.from[k] >= 0 || !t.fuzzy(k) {
			continue
		}
		if from, to, ok := initials(t.word(k), &f.text, a.to[:]); ok {
			for i := from; i < to; i++ {
				a.release(i)
				a.set(i, k, acronym)
			}
		}
	}
	for i := range f.count {
		if a.to[i] >= 0 || !f.fuzzy(i) {
			continue
		}
		if from, to, ok := initials(f.word(i), t, a.from[:]); ok {
			for k := from; k < to; k++ {
				if a.from[k] >= 0 {
					a.to[a.from[k]], a.how[a.from[k]] = -1, missing
				}
				a.from[k] = int8(i)
			}
			a.set(i, from, acronym)
		}
	}
}

// initials finds words of t whose first letters w is; little words may be left out, and need not be free.
func initials(w []byte, t *text, taken []int8) (from, to int, ok bool) {
	if len(w) < 2 || len(w) > 5 || t.count < 2 {
		return 0, 0, false
	}
	free := func(i int) bool {
		return !t.has(i, isHidden) && !isDigit(t.word(i)[0]) && (taken[i] < 0 || t.has(i, isStop))
	}
	for from = range t.count {
		if taken[from] >= 0 || t.word(from)[0] != w[0] || !free(from) {
			continue
		}
		n := 0
		for to = from; to < t.count && n < len(w) && free(to); to++ {
			if t.word(to)[0] == w[n] {
				n++
			} else if !t.has(to, isStop) {
				break
			}
		}
		if n == len(w) && to > from+1 && (to == t.count || taken[to] >= 0 || !t.content(to) || t.has(to, afterColon|isNumber)) {
			return from, to, !isWord(w)
		}
	}
	return 0, 0, false
}

// prefixed takes a first name written together with the rest: alcapone.
func (a *alignment) prefixed(f *form, t *text) {
	if f.count != 1 || t.count != 1 || a.to[0] >= 0 {
		return
	}
	x, y := f.word(0), t.word(0)
	if n := len(y) - len(x); n >= 2 && len(x) >= 5 && string(y[n:]) == string(x) && nickname(y[:n]) != 0 {
		a.set(0, 0, joined)
	}
}
