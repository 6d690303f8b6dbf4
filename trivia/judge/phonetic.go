package judge

// soundsAlike reports whether two words have the same phonetic key.
func soundsAlike(a, b []byte) bool {
	var x, y phoneticKey
	x.write(a)
	y.write(b)
	return x == y
}

// phoneticKey is how an English speaker may say a word: consonants only, those that sound alike by one letter.
type phoneticKey struct {
	n       int
	letters [16]byte
}

func (p *phoneticKey) write(w []byte) {
	for i := range w {
		next := byte(0)
		if i+1 < len(w) {
			next = w[i+1]
		}
		if w[i] == 'x' {
			p.add('k')
			p.add('s')
		} else if c := sound(w[i], next, i == 0); c != 0 {
			p.add(c)
		}
	}
}

// add writes a letter, but not twice in a row.
func (p *phoneticKey) add(c byte) {
	if p.n < len(p.letters) && (p.n == 0 || p.letters[p.n-1] != c) {
		p.letters[p.n] = c
		p.n++
	}
}

// sound is the letter for the sound of c, and 0 where it is silent or a vowel inside a word.
func sound(c, next byte, first bool) byte {
	front := next == 'e' || next == 'i' || next == 'y'
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return only(first, 'a')
	case 'y', 'w', 'h':
		return only(first, c)
	case 'c', 'g':
		return velar(c, next, first, front)
	case 'p':
		if next == 'h' {
			return 'f'
		}
		return only(!first || next != 's', c)
	case 'k':
		return only(!first || next != 'n', c)
	case 'q':
		return 'k'
	case 'z':
		return 's'
	case 'v':
		return 'f'
	case 'd':
		return 't'
	case 's':
		if next == 'h' {
			return 'x'
		}
	}
	return c
}

// velar is the sound of c and g.
func velar(c, next byte, first, front bool) byte {
	switch {
	case c == 'c' && next == 'h':
		return 'x'
	case c == 'c' && front:
		return 's'
	case c == 'c':
		return 'k'
	case next == 'h' || next == 'n' && first:
		return 0
	case front:
		return 'j'
	}
	return c
}

func only(when bool, c byte) byte {
	if when {
		return c
	}
	return 0
}
