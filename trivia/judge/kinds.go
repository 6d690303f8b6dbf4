package judge

// right is the outcome of a text that has all that is needed.
func right(a *alignment, r Reason) outcome {
	switch {
	case a.cost > 0:
		r = Typo
	case r != Exact:
	case a.worst == nick:
		r = Nickname
	case a.worst == stem:
		r = Inflection
	case a.worst == acronym:
		r = Acronym
	}
	return outcome{Correct, r, 0, a.cost}
}

// name judges a name of a person: a surname suffices, a first name does not, and no word may stand for another.
func (f *form) name(a *alignment, c tally) outcome {
	switch {
	case c.required > 0 && c.extra > 0, c.replaced && c.extra > 0:
		return outcome{Wrong, Different, 0, a.cost}
	case c.required > 0:
		return f.partOfName(a, c)
	case c.extra == 0:
		return right(a, Exact)
	}
	last := 0
	for i := range f.count {
		if a.to[i] >= 0 && f.text.content(i) {
			last = max(last, int(a.to[i]))
		}
	}
	if c.lastExtra < last {
		return right(a, ExtraWords)
	}
	return outcome{Wrong, ExtraWords, 0, a.cost}
}

func (f *form) partOfName(a *alignment, c tally) outcome {
	whole := f.surname >= 0
	for i := max(f.surname, 0); i < f.count; i++ {
		if a.to[i] < 0 && f.text.content(i) && rival(f.word(i)) != 2 {
			whole = false
		}
	}
	if !whole && f.family > 0 && a.to[0] >= 0 && c.matched == 1 {
		whole = true
	}
	switch {
	case whole && a.cost > 0:
		return outcome{Correct, Typo, 0, a.cost}
	case whole && a.to[0] >= 0 && f.family == 0 && a.worst > equal:
		return outcome{Correct, Nickname, 0, 0}
	case whole && a.to[0] >= 0 && f.family == 0:
		return outcome{Correct, Partial, 0, 0}
	case whole:
		return outcome{Correct, Surname, 0, 0}
	case a.to[0] >= 0:
		return outcome{Close, FirstNameOnly, 0, a.cost}
	}
	return outcome{Close, Shorter, 0, a.cost}
}

// title judges the title of a work: all of it, and nothing else.
func title(a *alignment, c tally) outcome {
	switch {
	case c.required == 0 && c.extra == 0:
		return right(a, Exact)
	case c.required > 0 && c.extra > 0:
		return outcome{Wrong, Different, 0, a.cost}
	case c.required > 0 && c.telling > 0:
		return outcome{Close, Shorter, 0, a.cost}
	case c.extra > 0:
		return outcome{Wrong, ExtraWords, 0, a.cost}
	}
	return outcome{Wrong, Different, 0, a.cost}
}

// anything judges all else: class nouns and words of the question need not be there, and more may be said.
func anything(a *alignment, c tally) outcome {
	switch {
	case c.required > 0 && c.extra > 0:
		return outcome{Wrong, Different, 0, a.cost}
	case c.required > 0:
		if c.telling > 0 {
			return outcome{Close, Shorter, 0, a.cost}
		}
		return outcome{Wrong, Different, 0, a.cost}
	case c.optional > 0 && c.telling == 0, c.replaced:
		return outcome{Wrong, Different, 0, a.cost}
	case c.extra > 0:
		return right(a, ExtraWords)
	case c.optional > 0:
		return right(a, Partial)
	}
	return right(a, Exact)
}
