package pack

import "html"

// readLakeYS reads the questions of LakeYS' TriviaBot: a list with the names that OpenTDB uses.
func readLakeYS(r *reader, text string) {
	y := yamlReader{r, make(map[string]bool)}
	r.scan(text, questionsList, func(p piece) bool {
		if p.item {
			y.lakeys(p)
			return true
		}
		ps, ok := pairs(p.node)
		if !ok {
			y.fail(lineOf(p.node), "begin with questions:", "a key with a colon is missing")
			return false
		}
		for _, kv := range ps {
			list, ok := items(kv.value)
			if p.opens {
				continue
			}
			if kv.key != "questions" || !ok {
				y.fail(lineOf(kv.node), "the file holds one list, questions", "unknown key %q", kv.key)
				continue
			}
			for _, n := range list {
				y.lakeys(piece{node: n})
			}
		}
		return true
	})
}

func (y yamlReader) lakeys(p piece) {
	ps, ok := pairs(p.node)
	if !ok {
		y.fail(lineOf(p.node), "write question: … and correct_answer: …", "the question is not a mapping of keys")
		return
	}
	var d draft
	before := y.errors
	for _, kv := range ps {
		switch kv.key {
		case "question":
			d.text = y.text(kv)
		case "correct_answer":
			d.answers = y.list(kv)
		case "incorrect_answers":
			d.wrong = y.list(kv)
		case "difficulty":
			d.difficulty = y.text(kv)
		case "category":
			d.category = y.text(kv)
		case "type":
		default:
			keys := []string{"question", "correct_answer", "incorrect_answers", "difficulty", "category", "type"}
			y.fail(lineOf(kv.node), meant(kv.key, keys), "unknown key %q in a question", kv.key)
		}
	}
	if y.errors == before {
		y.add(lineOf(p.node), d.each(html.UnescapeString))
	}
}
