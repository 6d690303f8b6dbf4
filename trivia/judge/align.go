package judge

// how a word of an answer was found in a text.
type how uint8

const (
	missing how = iota
	equal
	initial
	stem
	nick
	joined
	acronym
	typo
)

// alignment tells which token of an answer was found in which token of a text.
type alignment struct {
	to     [64]int8 // of each token of the form: the token of the text, or -1
	from   [64]int8 // of each token of the text: the token of the form, or -1
	how    [64]how  // of each token of the form
	cost   int      // of all typos
	worst  how
	sure   int  // distinctive tokens that are equal
	vetoed bool // a near word was refused because it is a word of its own
}

// align finds the words of f in t.
func (a *alignment) align(j *Judge, f *form, t *text) {
	for i := range f.count {
		a.to[i], a.how[i] = -1, missing
	}
	for i := range t.count {
		a.from[i] = -1
	}
	a.cost, a.worst, a.sure, a.vetoed = 0, equal, 0, false
	if a.equals(f, t) == f.count || !a.left(t) {
		return
	}
	a.forms(j, f, t)
	a.joins(f, t, false)
	a.acronyms(f, t)
	a.typos(j, f, t)
	a.joins(f, t, true)
	a.prefixed(f, t)
}

func (a *alignment) set(i, k int, h how) {
	a.to[i], a.from[k], a.how[i] = int8(k), int8(i), h
	a.worst = max(a.worst, h)
}

// left reports whether any token of the text is still free.
func (a *alignment) left(t *text) bool {
	for k := range t.count {
		if a.from[k] < 0 && !t.has(k, isHidden) {
			return true
		}
	}
	return false
}

// equals takes equal words and numbers, and returns how many.
func (a *alignment) equals(f *form, t *text) int {
	n := 0
	for i := range f.count {
		for k := range t.count {
			if a.from[k] < 0 && !t.has(k, isHidden) && sameToken(f, i, t, k) {
				a.set(i, k, equal)
				n++
				if f.distinctive(i) {
					a.sure++
				}
				break
			}
		}
	}
	return n
}

func sameToken(f *form, i int, t *text, k int) bool {
	if (f.tok[i].flags^t.tok[k].flags)&isNumber != 0 {
		return false
	}
	if f.tok[i].flags&isNumber != 0 {
		return f.tok[i].num == t.tok[k].num
	}
	x, y := f.word(i), t.word(k)
	if string(x) == string(y) {
		return true
	}
	return f.tok[i].flags&t.tok[k].flags&isShort != 0 && short(x) == short(y)
}

// distinctive reports whether token i of an answer tells it from others.
func (f *form) distinctive(i int) bool {
	vague := isStop | isFiller | isNumber | isTitle | isMarker | isHidden
	if f.surname < 0 && !f.work {
		vague |= isClass | isGiven
	}
	return f.tok[i].flags&vague == 0 && (len(f.word(i)) >= 3 || f.surname >= 0 && len(f.word(i)) == 2)
}

// fuzzy reports whether token i of t is a word, and not a number or hidden.
func (t *text) fuzzy(i int) bool {
	return t.tok[i].flags&(isNumber|isHidden) == 0
}

// forms takes inflections, nicknames and initials.
func (a *alignment) forms(j *Judge, f *form, t *text) {
	for i := range f.count {
		if a.to[i] >= 0 || !f.fuzzy(i) {
			continue
		}
		x := f.word(i)
		for k := range t.count {
			if a.from[k] >= 0 || !t.fuzzy(k) {
				continue
			}
			if h := j.sameWord(f, x, t.word(k)); h != missing {
				a.set(i, k, h)
				if h == nick {
					a.sure++
				}
				break
			}
		}
	}
}

// sameWord compares the right word x with the typed y, first letters first.
func (j *Judge) sameWord(f *form, x, y []byte) how {
	switch {
	case x[0] == y[0] && j.kind == Person && (len(x) == 1 || len(y) == 1) && f.content > 1:
		return initial
	case x[0] == y[0] && j.kind != Person && !(j.kind == Work && f.content == 1) && inflected(x, y):
		return stem
	case x[0] == y[0] && j.kind != Person && j.kind != Work && derived(x, y):
		return stem
	case j.kind == Person || f.named && f.content > 1 && j.kind != Work && j.kind != Place:
		if n := nickname(x); n != 0 && n == nickname(y) {
			return nick
		}
	}
	return missing
}

// typos takes misspelt words, the nearest first of each.
func (a *alignment) typos(j *Judge, f *form, t *text) {
	for i := range f.count {
		if a.to[i] >= 0 || f.has(i, isHidden) {
			continue
		}
		limit := a.limit(f, i)
		if limit == 0 {
			continue
		}
		best, at := limit+phoneticBonus+1, -1
		for k := range t.count {
			little := t.has(k, isStop) || t.has(k, isFiller) && f.has(i, isStop|isFiller)
			if a.from[k] >= 0 || !t.fuzzy(k) || len(t.word(k)) < 2 || little {
				continue
			}
			x, y := f.word(i), t.word(k)
			d := distance(y, x, min(best-1, limit+phoneticBonus))
			if d >= best || d > limit && (len(x) < 4 || f.has(i, isNumber) || !soundsAlike(x, y)) {
				continue
			}
			if a.veto(j, f, i, t, k, d) {
				a.vetoed = true
				continue
			}
			best, at = d, k
		}
		if at >= 0 {
			a.set(i, at, typo)
			a.cost += best
		}
	}
}

// limit is what a typo in token i may cost. Little words may be misspelt where others are right; numbers may be where they
// are written out.
func (a *alignment) limit(f *form, i int) int {
	n := len(f.word(i))
	switch {
	case f.has(i, isNumber):
		if v, fl := numberWord(f.word(i)); fl != 0 && v == f.tok[i].num && a.sure > 0 {
			return costEdit
		}
		return 0
	case excludes(rival(f.word(i))):
		return costSwap
	case a.sure > 0 && n == 3:
		return budget(4)
	case a.sure > 0 && n == 2 && f.has(i, isStop|isFiller):
		return costEdit
	case a.sure > 0 && n == 2:
		return costDoubled
	}
	return budget(n)
}

// veto reports whether what was typed is a word of its own, or of another answer, and not a misspelling.
func (a *alignment) veto(j *Judge, f *form, i int, t *text, k, d int) bool {
	y := t.word(k)
	if f.has(i, isNumber) {
		return isWord(y)
	}
	if j.kind != Work && inflected(f.word(i), y) {
		return false
	}
	if a.sure > 0 { // Edward Munch
		return f.surname >= 0 && i >= f.surname && d > costEdit && j.pool.token(t.wordHash(k), j.class, j.own)
	}
	if d <= costDoubled && len(y) >= 5 && soundsAlike(f.word(i), y) && j.kind != Work {
		return false
	}
	if isWord(y) {
		return true
	}
	return j.class != 0 && j.pool.token(t.wordHash(k), j.class, j.own)
}
