package judge

// outcome is what a text is worth beside one form of an answer.
type outcome struct {
	verdict Verdict
	reason  Reason
	form    int
	cost    int
}

func (v Verdict) rank() int {
	switch v {
	case Correct:
		return 2
	case Close:
		return 1
	}
	return 0
}

// better prefers the kinder verdict, then the smaller cost, then any reason over "different".
func (o outcome) better(p outcome) bool {
	if a, b := o.verdict.rank(), p.verdict.rank(); a != b {
		return a > b
	}
	if o.verdict != Wrong {
		return p.form < 0 || o.cost < p.cost
	}
	return p.reason == Different && o.reason != Different
}

// tally counts what an alignment leaves over.
type tally struct {
	matched   int  // content tokens of the answer that were found
	numbers   int  // those among them that are numbers
	telling   int  // those among them that tell the answer from others
	required  int  // content tokens that are missing and needed
	optional  int  // content tokens that are missing and need not be there
	extra     int  // content tokens of the text that belong to nothing
	lacks     bool // a number is missing
	adds      bool // a number too many
	conflict  bool
	negated   bool
	replaced  bool // a missing word has another in its place
	lastExtra int  // the last token that belongs to nothing, -1 for none
}

func (j *Judge) decide(f *form, t *text, a *alignment) outcome {
	c := j.count(f, t, a)
	wrong := func(r Reason) outcome { return outcome{Wrong, r, 0, a.cost} }
	if c.matched == 0 {
		if a.vetoed {
			return wrong(KnownWord)
		}
		if c.lacks && c.adds {
			return wrong(WrongNumber)
		}
		return wrong(Different)
	}
	switch {
	case c.negated:
		return wrong(Negation)
	case c.conflict:
		return wrong(Conflict)
	case c.adds || c.lacks:
		if c.lacks && !c.adds && c.extra == 0 && (j.kind == Date || f.headed(t)) {
			return outcome{Close, Shorter, 0, a.cost}
		}
		return wrong(WrongNumber)
	}
	switch j.kind {
	case Person:
		return f.name(a, c)
	case Work:
		return title(a, c)
	case Number, Date:
		if c.required > 0 && c.extra == 0 && c.numbers > 0 { // "3" for "3 degrees"
			return right(a, Partial)
		}
	}
	return anything(a, c)
}

// count goes through what was found, and what is left over on both sides.
func (j *Judge) count(f *form, t *text, a *alignment) tally {
	c := tally{lastExtra: -1}
	for i := range f.count {
		if a.to[i] >= 0 {
			c.found(f, i)
		} else {
			j.countMissing(f, t, a, i, &c)
		}
	}
	for k := range t.count {
		if a.from[k] < 0 && !t.has(k, isHidden) {
			j.countExtra(f, t, a, k, &c)
		}
	}
	return c
}

func (c *tally) found(f *form, i int) {
	if !f.text.content(i) {
		return
	}
	c.matched++
	if f.has(i, isNumber) {
		c.numbers++
	}
	if !f.has(i, isClass|isGiven|isMarker|isTitle) && !excludes(rival(f.word(i))) {
		c.telling++
	}
}

// countMissing counts a token of the answer that was not found.
func (j *Judge) countMissing(f *form, t *text, a *alignment, i int, c *tally) {
	var spare flags // what need not be there
	switch j.kind {
	case Person:
		spare = isTitle
	case Work:
	default:
		spare = isClass | isGiven | isTitle
	}
	switch {
	case f.has(i, isNumber):
		c.lacks = c.lacks || !f.has(i, inBrackets) && !j.given(&f.text, i)
	case f.has(i, isNegation):
		c.required++
	case f.has(i, inBrackets): // (Franklin) Roosevelt is not Theodore
		c.replaced = c.replaced || f.text.content(i) && j.replaced(f, t, a, i)
	case !f.text.content(i) || f.has(i, isMarker):
	case f.has(i, spare):
		c.optional++
		c.replaced = c.replaced || j.replaced(f, t, a, i)
	case j.class == 0 && f.needless(a, i):
		c.optional++
	default:
		c.required++
	}
}

// needless reports whether token i may be left out as others are there: "of Representatives" of the Senate and House of
// Representatives, the middle one of three names.
func (f *form) needless(a *alignment, i int) bool {
	if i > 0 && f.has(i-1, isStop) && string(f.word(i-1)) == "of" && i+1 == f.count {
		n := 0
		for k := range i {
			if a.to[k] >= 0 && f.distinctive(k) {
				n++
			}
		}
		return n >= 2
	}
	return f.named && i > 0 && i+1 < f.count && f.distinctive(i) && f.distinctive(i-1) && a.to[i-1] >= 0 &&
		a.to[i+1] >= 0 && f.text.content(i+1)
}

// countExtra counts a token of the text that belongs to nothing in the answer.
func (j *Judge) countExtra(f *form, t *text, a *alignment, k int, c *tally) {
	switch {
	case t.has(k, isNumber):
		c.adds = c.adds || !j.idleNumber(t, k) && !f.dayOfYear(t, k)
	case t.has(k, isNegation):
		c.negated = true
	case t.has(k, isStop|isFiller) && a.swapped(f, t, k):
		c.conflict = true
	case !t.content(k) || t.has(k, isMarker):
	case j.kind == Person && t.has(k, isTitle) && !a.before(k):
	case j.given(t, k):
	default:
		r := rival(t.word(k))
		c.conflict = c.conflict || excludes(r) && (r == 2 || k+1 < t.count && a.from[k+1] >= 0) || r != 0 && a.opposed(f, r)
		if j.kind != Person && t.has(k, isClass) && !t.has(k, isTitle) && j.kind != Work {
			return
		}
		c.extra++
		c.lastExtra = k
	}
}

// idleNumber reports whether a number that the answer does not have says nothing: "one of them", "(1898)", "in 1898", or a
// number of the question.
func (j *Judge) idleNumber(t *text, k int) bool {
	if j.given(t, k) {
		return true
	}
	if t.has(k, isSoft) && !t.has(k-1, isMarker) && j.class == 0 {
		return true
	}
	if t.has(k, inBrackets) {
		return true
	}
	if j.kind != Work && k > 0 && t.tok[k].num >= 1000 {
		switch string(t.word(k - 1)) {
		case "in", "since", "from":
			return true
		}
	}
	return false
}

// opposed reports whether the form has an unmatched word of the class r.
func (a *alignment) opposed(f *form, r uint8) bool {
	for i := range f.count {
		if a.to[i] < 0 && rival(f.word(i)) == r {
			return true
		}
	}
	return false
}

// before reports whether a word of the answer was found before token k.
func (a *alignment) before(k int) bool {
	for _, i := range a.from[:k] {
		if i >= 0 {
			return true
		}
	}
	return false
}

// swapped reports whether a little word of the text stands for another of the answer: "his" for "her", and at the start "in"
// for "on".
func (a *alignment) swapped(f *form, t *text, k int) bool {
	switch r := rival(t.word(k)); r {
	case 11:
		return a.opposed(f, r)
	case 12:
		return k == 0 && a.to[0] < 0 && rival(f.word(0)) == r
	}
	return false
}

// replaced reports whether another word stands where token i of the answer should.
func (j *Judge) replaced(f *form, t *text, a *alignment, i int) bool {
	before, after := -1, t.count
	for n := i - 1; n >= 0; n-- {
		if a.to[n] >= 0 {
			before = int(a.to[n])
			break
		}
	}
	for n := i + 1; n < f.count; n++ {
		if a.to[n] >= 0 {
			after = int(a.to[n])
			break
		}
	}
	for k := before + 1; k < after; k++ {
		if t.has(k, isStop) {
			return false
		}
		if a.from[k] < 0 && t.content(k) && !t.has(k, isNumber|isTitle|inBrackets) && !j.given(t, k) {
			return true
		}
	}
	return false
}
