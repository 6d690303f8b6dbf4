package judge

// Infer guesses the kind of an answer where a question does not tell it. Whatever it is not sure of is Other.
func Infer(question string, answers []string) Kind {
	if len(answers) == 0 {
		return Other
	}
	t := parse(answers[0])
	if t.count == 1 && t.has(0, isNumber) && isDigit(t.word(0)[0]) {
		return Number
	}
	if t.date() {
		return Date
	}
	if t.count < 2 || t.count > 4 {
		return Other
	}
	who := asksWho(question)
	for i := range t.count {
		named := t.has(i, isCapital) || particle(t.word(i))
		if !named || t.has(i, isNumber|isJoin|isMarker) || t.has(i, isClass|isTitle) && !who {
			return Other
		}
	}
	if who {
		return Person
	}
	q := parse(question)
	for i := 1; i < min(q.count, 12); i++ {
		switch string(q.word(i)) {
		case "actor", "actress", "author", "singer", "director", "composer", "painter", "comedian", "footballer", "poet",
			"writer":
			switch string(q.word(i - 1)) {
			case "which", "what", "this":
				return Person
			}
		case "who":
			return Person
		}
	}
	return Other
}

// date reports whether t is nothing but numbers and one month.
func (t *text) date() bool {
	named, numbers := 0, 0
	for i := range t.count {
		switch {
		case t.has(i, isNumber):
			numbers++
		case monthNumber(t.word(i)) > 0:
			named++
		default:
			return false
		}
	}
	return named == 1 && numbers > 0
}

func asksWho(question string) bool {
	return len(question) > 4 && (question[:4] == "Who " || question[:4] == "who ")
}
