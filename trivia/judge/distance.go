package judge

// Costs of edits are in tenths of an edit.
const (
	costEdit      = 10
	costAdjacent  = 8
	costVowels    = 6
	costDoubled   = 6
	costSwap      = 5
	costSilentH   = 5
	costSimilar   = 3
	costVowel     = 3 // a vowel too many or too few
	costFirst     = 3 // on top, where the first letter is wrong
	longestFuzzy  = 31
	phoneticBonus = 7
)

// budget is what a typo may cost in a word of n letters.
func budget(n int) int {
	switch {
	case n <= 2:
		return 0
	case n == 3:
		return 6
	case n == 4:
		return 11
	case n == 5:
		return 13
	case n == 6:
		return 14
	case n == 7:
		return 18
	case n == 8:
		return 19
	}
	return 26 + 2*(n-9)
}

// distance is the weighted optimal string alignment of a typed word with the right one, or limit+1 where it is more than
// limit. Both must be shorter than longestFuzzy.
func distance(typed, right []byte, limit int) int {
	if d := len(typed) - len(right); d > limit/costVowel || -d > limit/costVowel || len(typed) > longestFuzzy || len(right) > longestFuzzy {
		return limit + 1
	}
	var rows [3][longestFuzzy + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	var insert [longestFuzzy + 1]int
	for j := 1; j <= len(right); j++ {
		insert[j] = indel(right, j-1)
		last[j] = last[j-1] + insert[j]
	}
	leastBefore := 0
	for i := 1; i <= len(typed); i++ {
		row[0] = last[0] + indel(typed, i-1)
		least := row[0]
		del := indel(typed, i-1)
		for j := 1; j <= len(right); j++ {
			c := min(last[j-1]+substitute(typed[i-1], right[j-1], i == 1 || j == 1), last[j]+del, row[j-1]+insert[j])
			if i > 1 && j > 1 && typed[i-1] == right[j-2] && typed[i-2] == right[j-1] && typed[i-1] != typed[i-2] {
				swap := costSwap
				if i == 2 || j == 2 {
					swap += costFirst
				}
				c = min(c, before[j-2]+swap)
			}
			row[j] = c
			least = min(least, c)
		}
		if min(least, leastBefore+costSwap) > limit { // a swap skips a row
			return limit + 1
		}
		leastBefore = least
		before, last, row = last, row, before
	}
	return min(last[len(right)], limit+1)
}

// indel is what it costs to put in or leave out w[i].
func indel(w []byte, i int) int {
	c := costEdit
	switch {
	case isVowel(w[i]):
		c = costVowel
	case i > 0 && w[i] == w[i-1] || i+1 < len(w) && w[i] == w[i+1]:
		c = costDoubled
	case w[i] == 'h':
		c = costSilentH
	}
	if i == 0 {
		c += costFirst
	}
	return c
}

func substitute(a, b byte, first bool) int {
	if a == b {
		return 0
	}
	c := costEdit
	switch {
	case related(&soundalikes, a, b):
		c = costSimilar
	case isVowel(a) && isVowel(b):
		c = costVowels
	case related(&neighbours, a, b):
		c = costAdjacent
	}
	if first {
		c += costFirst
	}
	return c
}

const vowels = 1<<('a'-'a') | 1<<('e'-'a') | 1<<('i'-'a') | 1<<('o'-'a') | 1<<('u'-'a')

func isVowel(c byte) bool { return 'a' <= c && c <= 'z' && vowels>>(c-'a')&1 != 0 }

// related looks a pair of letters up in a table of letters; it is false of all else.
func related(table *[26]uint32, a, b byte) bool {
	a, b = a-'a', b-'a'
	return a < 26 && b < 26 && table[a]>>b&1 != 0
}

// soundalikes are the consonants that are taken for each other, and i and y.
var soundalikes = [26]uint32{
	'c' - 'a': 1<<('k'-'a') | 1<<('q'-'a') | 1<<('s'-'a'),
	'f' - 'a': 1 << ('v' - 'a'),
	'g' - 'a': 1 << ('j' - 'a'),
	'i' - 'a': 1 << ('y' - 'a'),
	'j' - 'a': 1 << ('g' - 'a'),
	'k' - 'a': 1<<('c'-'a') | 1<<('q'-'a'),
	'q' - 'a': 1<<('c'-'a') | 1<<('k'-'a'),
	's' - 'a': 1<<('c'-'a') | 1<<('z'-'a'),
	'v' - 'a': 1<<('f'-'a') | 1<<('w'-'a'),
	'w' - 'a': 1 << ('v' - 'a'),
	'y' - 'a': 1 << ('i' - 'a'),
	'z' - 'a': 1 << ('s' - 'a'),
}

// neighbours are the keys that touch on a QWERTY keyboard.
var neighbours = [26]uint32{
	'a' - 'a': 1<<('q'-'a') | 1<<('s'-'a') | 1<<('w'-'a') | 1<<('z'-'a'),
	'b' - 'a': 1<<('g'-'a') | 1<<('h'-'a') | 1<<('n'-'a') | 1<<('v'-'a'),
	'c' - 'a': 1<<('d'-'a') | 1<<('f'-'a') | 1<<('v'-'a') | 1<<('x'-'a'),
	'd' - 'a': 1<<('c'-'a') | 1<<('e'-'a') | 1<<('f'-'a') | 1<<('r'-'a') | 1<<('s'-'a') | 1<<('w'-'a') | 1<<('x'-'a'),
	'e' - 'a': 1<<('d'-'a') | 1<<('f'-'a') | 1<<('r'-'a') | 1<<('s'-'a') | 1<<('w'-'a'),
	'f' - 'a': 1<<('c'-'a') | 1<<('d'-'a') | 1<<('e'-'a') | 1<<('g'-'a') | 1<<('r'-'a') | 1<<('t'-'a') | 1<<('v'-'a'),
	'g' - 'a': 1<<('b'-'a') | 1<<('f'-'a') | 1<<('h'-'a') | 1<<('r'-'a') | 1<<('t'-'a') | 1<<('v'-'a') | 1<<('y'-'a'),
	'h' - 'a': 1<<('b'-'a') | 1<<('g'-'a') | 1<<('j'-'a') | 1<<('n'-'a') | 1<<('t'-'a') | 1<<('u'-'a') | 1<<('y'-'a'),
	'i' - 'a': 1<<('j'-'a') | 1<<('k'-'a') | 1<<('l'-'a') | 1<<('o'-'a') | 1<<('u'-'a'),
	'j' - 'a': 1<<('h'-'a') | 1<<('i'-'a') | 1<<('k'-'a') | 1<<('m'-'a') | 1<<('n'-'a') | 1<<('u'-'a') | 1<<('y'-'a'),
	'k' - 'a': 1<<('i'-'a') | 1<<('j'-'a') | 1<<('l'-'a') | 1<<('m'-'a') | 1<<('o'-'a') | 1<<('u'-'a'),
	'l' - 'a': 1<<('i'-'a') | 1<<('k'-'a') | 1<<('o'-'a') | 1<<('p'-'a'),
	'm' - 'a': 1<<('j'-'a') | 1<<('k'-'a') | 1<<('n'-'a'),
	'n' - 'a': 1<<('b'-'a') | 1<<('h'-'a') | 1<<('j'-'a') | 1<<('m'-'a'),
	'o' - 'a': 1<<('i'-'a') | 1<<('k'-'a') | 1<<('l'-'a') | 1<<('p'-'a'),
	'p' - 'a': 1<<('l'-'a') | 1<<('o'-'a'),
	'q' - 'a': 1<<('a'-'a') | 1<<('s'-'a') | 1<<('w'-'a'),
	'r' - 'a': 1<<('d'-'a') | 1<<('e'-'a') | 1<<('f'-'a') | 1<<('g'-'a') | 1<<('t'-'a'),
	's' - 'a': 1<<('a'-'a') | 1<<('d'-'a') | 1<<('e'-'a') | 1<<('q'-'a') | 1<<('w'-'a') | 1<<('x'-'a') | 1<<('z'-'a'),
	't' - 'a': 1<<('f'-'a') | 1<<('g'-'a') | 1<<('h'-'a') | 1<<('r'-'a') | 1<<('y'-'a'),
	'u' - 'a': 1<<('h'-'a') | 1<<('i'-'a') | 1<<('j'-'a') | 1<<('k'-'a') | 1<<('y'-'a'),
	'v' - 'a': 1<<('b'-'a') | 1<<('c'-'a') | 1<<('f'-'a') | 1<<('g'-'a'),
	'w' - 'a': 1<<('a'-'a') | 1<<('d'-'a') | 1<<('e'-'a') | 1<<('q'-'a') | 1<<('s'-'a'),
	'x' - 'a': 1<<('c'-'a') | 1<<('d'-'a') | 1<<('s'-'a') | 1<<('z'-'a'),
	'y' - 'a': 1<<('g'-'a') | 1<<('h'-'a') | 1<<('j'-'a') | 1<<('t'-'a') | 1<<('u'-'a'),
	'z' - 'a': 1<<('a'-'a') | 1<<('s'-'a') | 1<<('x'-'a'),
}

// soundsAlike reports whether two words have the same phonetic key.
func soundsAlike(a, b []byte) bool {
	var x, y [16]byte
	return string(phonetic(x[:0], a)) == string(phonetic(y[:0], b))
}

// phonetic appends a key of how an English speaker may say w: consonants only, those that sound alike by one letter.
func phonetic(dst, w []byte) []byte {
	for i := 0; i < len(w) && len(dst) < 16; i++ {
		c := w[i]
		next := byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		switch c {
		case 'a', 'e', 'i', 'o', 'u', 'y', 'w':
			if i > 0 {
				continue
			}
			c = 'a'
			if w[i] == 'w' || w[i] == 'y' {
				c = w[i]
			}
		case 'h':
			if i > 0 {
				continue
			}
		case 'c':
			switch next {
			case 'h':
				c = 'x'
			case 'e', 'i', 'y':
				c = 's'
			default:
				c = 'k'
			}
		case 'g':
			switch {
			case next == 'h':
				continue
			case next == 'e' || next == 'i' || next == 'y':
				c = 'j'
			case next == 'n' && i == 0:
				continue
			}
		case 'p':
			if next == 'h' {
				c = 'f'
			} else if next == 's' && i == 0 {
				continue
			}
		case 'k':
			if next == 'n' && i == 0 {
				continue
			}
		case 'q':
			c = 'k'
		case 'x':
			if n := len(dst); n > 0 && dst[n-1] != 'k' {
				dst = append(dst, 'k')
			}
			c = 's'
		case 'z':
			c = 's'
		case 'v':
			c = 'f'
		case 'd':
			c = 't'
		case 's':
			if next == 'h' {
				c = 'x'
			}
		}
		if n := len(dst); n > 0 && dst[n-1] == c {
			continue
		}
		if len(dst) < 16 {
			dst = append(dst, c)
		}
	}
	return dst
}
