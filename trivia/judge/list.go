package judge

// list judges a text of several parts: all must be right; of a mixed list the player is asked for one answer.
func (j *Judge) list(t *text, best outcome) outcome {
	if best.verdict == Correct && (best.reason != ExtraWords || t.monthsNamed() > 0) { // the comma of a date
		return best
	}
	if !t.breaks() || t.prose() || j.explained(t) {
		return best
	}
	var room paper
	good, bad, regions, form := 0, 0, 0, best.form
	for from := 0; from < t.count; {
		to := from + 1
		for to < t.count && !t.has(to, afterBreak|isJoin) {
			to++
		}
		if n := t.saying(from, to); n > 0 && n <= 3 {
			part := t.copyTo(&room, from, to)
			switch o := j.whole(&part); {
			case o.verdict == Correct:
				good++
				form = o.form
			case o.verdict == Wrong && (good == 0 || !part.region()):
				bad++
			case o.verdict == Wrong:
				regions++
			}
		} else if n > 3 {
			return best // prose
		}
		from = to
	}
	switch {
	case good == 1 && bad == 0 && regions == 1 && !j.forms[form].region(): // St. Augustine, Florida
		return outcome{Correct, ExtraWords, form, best.cost}
	case good == 0 || good+bad+regions < 2:
		return best
	case bad+regions > 0:
		return outcome{Close, List, form, best.cost}
	}
	return outcome{Correct, List, form, best.cost}
}

// explained reports whether what stands before a colon or dash is right by itself: what follows explains it.
func (j *Judge) explained(t *text) bool {
	for k := 1; k < t.count; k++ {
		if t.has(k, afterColon) {
			var room paper
			head := t.copyTo(&room, 0, k)
			return !head.breaks() && j.whole(&head).verdict == Correct
		}
	}
	return false
}

// breaks reports whether t has more than one part.
func (t *text) breaks() bool {
	for i := 1; i < t.count; i++ {
		if t.has(i, afterBreak|isJoin) {
			return true
		}
	}
	return false
}

// saying counts the tokens between from and to that say something.
func (t *text) saying(from, to int) int {
	n := 0
	for i := from; i < to; i++ {
		if t.content(i) {
			n++
		}
	}
	return n
}

// prose reports whether t is a sentence rather than a list.
func (t *text) prose() bool {
	for i := range t.count {
		if t.has(i, isHidden) {
			continue
		}
		switch string(t.word(i)) {
		case "is", "are", "was", "were", "be", "which", "who", "that", "with", "w", "by", "to", "in", "as", "for",
			"from", "on", "at", "but", "though", "while", "then", "it", "them", "they", "can", "if", "unless", "composed",
			"consisting", "including", "made", "called", "known", "such", "like", "because", "when", "where":
			return true
		}
		if t.has(i, inBrackets) {
			return true
		}
	}
	return false
}
