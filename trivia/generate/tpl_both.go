package generate

func eachBoth(e *enum) {
	w := e.w
	topic := e.w.topicNo(topicOverlaps)
	type pair struct {
		a, b int32
		name string
	}
	had := map[pair]bool{} // who won both twice makes one question
	e.eachRow(func(r *race, p *prize, row int) {
		if !w.pairs(p) || !w.hasLabel(p, row) {
			return
		}
		for _, other := range w.alsoWon(p, row) {
			q := w.raceOf(other)
			key := pair{r.cat, q.cat, w.label(p, row)}
			if had[key] {
				continue
			}
			had[key] = true
			ease := (w.ease(r, row) + w.ease(q, other)) / 2
			e.add(row, other, topic, ease)
		}
	})
}

// pairs reports whether a prize is known well enough to be one of a pair.
func (w *world) pairs(p *prize) bool {
	return p.fit && p.cinema() && !p.tv && p.importance == 1 && (p.to == toWork || p.to == toPerson)
}

// alsoWon lists the later awards' rows with which the same receiver won a prize at about the same time, for the same
// work.
func (w *world) alsoWon(p *prize, row int) []int {
	var out []int
	rows := w.k.RowWorks(row)
	if rows.Len() != 1 {
		return nil
	}
	all := w.k.WorkRows(int(rows.At(0)))
	for i := range all.Len() {
		other := int(all.At(i))
		q := &w.prizes[w.k.RowCategory(other)]
		if q.award <= p.award || q.to != p.to || !w.k.Won(other) || !w.k.Fit(other) || !w.pairs(q) || !w.hasLabel(q, other) {
			continue
		}
		if p.renown < 0.5 || !w.shares(p, row, other) || !w.raceOf(other).fit ||
			abs(w.yearOf(row)-w.k.EditionYear(w.k.RowEdition(other))) > 2 || w.label(p, row) != w.label(q, other) {
			continue
		}
		out = append(out, other)
	}
	return out
}

// buildBoth asks who of four won two prizes. The wrong ones won one of them.
func buildBoth(b *builder) bool {
	w, row, other := b.w, int(b.s.a), int(b.s.b)
	r, q := w.raceOf(row), w.raceOf(other)
	p, s := &w.prizes[r.cat], &w.prizes[q.cat]
	b.q.ChoiceOnly = true
	b.right(p, row)
	b.rows(row, other)
	wonA, wonB := w.winners(int(r.cat)), w.winners(int(q.cat))
	one := func(won map[string]bool, of *prize) func(int) bool {
		return func(row int) bool { return !won[w.label(of, row)] && !w.anyOf(of, row, won) }
	}
	want := 1 + b.r.below(2)
	b.neighbours(r, p, func(row int) bool { return len(b.q.Wrong) < want && one(wonB, p)(row) })
	b.neighbours(q, s, one(wonA, s))
	b.neighbours(r, p, one(wonB, p))
	b.ask(spaced("which of these", b.nouns(p), "won both", p.single, "and", s.single)+"?",
		spaced("who of these won", p.single, "and", s.single, "too")+"?")
	if p.to != toPerson {
		b.ask(spaced("which of these", b.nouns(p), "won both", p.single, "and", s.single)+"?",
			spaced("only one of these", b.nouns(p), "won", p.single, "and", s.single, "too. Which?"))
	}
	b.q.Note = spaced(w.k.EditionName(int(r.edition)), "and", w.k.EditionName(int(q.edition)))
	return b.done()
}

// anyOf reports whether one of the people or works of a row is in a set of names.
func (w *world) anyOf(p *prize, row int, names map[string]bool) bool {
	own := map[string]bool{}
	w.names(p, row, own)
	for name := range own {
		if names[name] {
			return true
		}
	}
	return false
}
