package trivia

import "unicode"

// HiddenLetter stands in a hint for a letter or digit that is not shown.
const HiddenLetter = '_'

// minHintLetters is how many letters an answer needs for a hint: of three, one would say too much.
const minHintLetters = 4

// maxHints is how many hints a question has.
const maxHints = 2

// hint is the answer with some letters shown: a quarter on level 1, half on level 2. The letters of level 1 are among
// those of level 2. Digits are never shown; spaces and punctuation always are. It is "" where no hint is given.
func hint(answer string, seed uint64, question, level int) string {
	if letters(answer) < minHintLetters || level < 1 {
		return ""
	}
	text := []rune(answer)
	var at []int
	for i, c := range text {
		if unicode.IsLetter(c) {
			at = append(at, i)
		}
	}
	rng := sequence(seed ^ uint64(question)*0xd6e8feb86659fd93)
	shuffle(&rng, at)
	show := make([]bool, len(text))
	for _, i := range at[:len(at)*min(level, maxHints)/4] {
		show[i] = true
	}
	out := text[:0]
	shown := true // whether the letter that a combining mark belongs to is shown
	for i, c := range text {
		switch {
		case unicode.IsMark(c):
			if shown {
				out = append(out, c)
			}
			continue
		case unicode.IsLetter(c), unicode.IsNumber(c):
			shown = show[i]
		default:
			shown = true
		}
		if !shown {
			c = HiddenLetter
		}
		out = append(out, c)
	}
	return string(out)
}

func letters(s string) (n int) {
	for _, c := range s {
		if unicode.IsLetter(c) {
			n++
		}
	}
	return n
}
