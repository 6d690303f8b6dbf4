package judge

// Infer guesses the kind of an answer where a question does not tell it. Whatever it is not sure of is Other.
func Infer(question string, answers []string) Kind {
	if len(answers) == 0 {
		return Other
	}
	var t, q text
	t.read(answers[0], len(t.buf))
	t.prepare()
	if t.count == 1 && t.has(0, isNumber) && isDigit(t.word(0)[0]) {
		return Number
	}
	if t.count < 2 || t.count > 4 {
		return Other
	}
	for i := range t.count {
		if t.has(i, isNumber|isClass|isJoin|isMarker|isTitle) || !t.has(i, isCapital) && !particle(t.word(i)) {
			return Other
		}
	}
	q.read(question, len(q.buf))
	for i := range min(q.count, 12) {
		switch string(q.word(i)) {
		case "who", "whom", "whose", "actor", "actress", "author", "singer", "director", "composer", "painter", "he", "she", "man", "woman":
			return Person
		}
	}
	return Other
}
