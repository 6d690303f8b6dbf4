package judge

// nearOther reports whether another known answer is one slip away from t: with a letter too many, or two swapped. It is
// asked only where t is more than one edit away from this answer.
func (j *Judge) nearOther(t *text) bool {
	if j.pool == nil || t.count > 4 {
		return false
	}
	var room paper
	for i := range t.count {
		if t.has(i, isNumber|isHidden) || len(t.word(i)) < 4 {
			continue
		}
		p := t.copyTo(&room, 0, t.count)
		w := p.word(i)
		for k := range w {
			if k+1 < len(w) && w[k] != w[k+1] {
				w[k], w[k+1] = w[k+1], w[k]
				if j.pool.other(p.key(), j.class, j.own) {
					return true
				}
				w[k], w[k+1] = w[k+1], w[k]
			}
		}
		for k := range w {
			copy(w, t.word(i)[:k])
			copy(w[k:], t.word(i)[k+1:])
			p.tok[i].to = t.tok[i].to - 1
			if j.pool.other(p.key(), j.class, j.own) {
				return true
			}
		}
	}
	return false
}
