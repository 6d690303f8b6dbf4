package lookup

// letters has a bit for each letter of text; digits and letters of other scripts share bits. An edit takes away at most one
// and adds at most one.
func letters(text string) uint32 {
	var m uint32
	for _, r := range text {
		m |= bit(r)
	}
	return m
}

// initials has a bit for each letter that starts a word of text.
func initials(text string) uint32 {
	var m uint32
	last := ' '
	for _, r := range text {
		if last == ' ' {
			m |= bit(r)
		}
		last = r
	}
	return m
}

func bit(r rune) uint32 {
	switch {
	case r == ' ':
		return 0
	case 'a' <= r && r <= 'z':
		return 1 << (r - 'a')
	}
	return 1 << (26 + uint32(r)%6)
}
