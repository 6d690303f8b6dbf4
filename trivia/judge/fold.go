package judge

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxRunes is how much of a typed text is read: what stands behind it is not looked at.
const maxRunes = 200

// text is a folded text: lower case, without accents, in tokens.
type text struct {
	n     int // bytes of buf in use
	count int // tokens in use
	buf   []byte
	tok   []token
}

// paper is room for a text, on the stack of whoever judges.
type paper struct {
	buf [560]byte
	tok [64]token
}

func (p *paper) text() text { return text{buf: p.buf[:], tok: p.tok[:]} }

// parse reads s, as much of it as there is room for.
func parse(s string) text {
	t := new(paper).text()
	t.read(s, len(t.buf))
	t.prepare()
	return t
}

// compact is a copy of t with no room to spare: what is kept is read again and again, and should be near together.
func (t *text) compact() text {
	return text{n: t.n, count: t.count, buf: append([]byte(nil), t.buf[:t.n]...), tok: append([]token(nil), t.tok[:t.count]...)}
}

// copyTo is a copy of the tokens of t between from and to, on other paper.
func (t *text) copyTo(p *paper, from, to int) text {
	c := p.text()
	c.n = copy(c.buf, t.buf[:t.n])
	c.count = copy(c.tok, t.tok[from:to])
	return c
}

// token is a word or number of a text.
type token struct {
	from, to uint16
	flags    flags
	num      float64 // where flags has isNumber
}

type flags uint32

const (
	isNumber    flags = 1 << iota
	isSoft            // a number word that may be meant otherwise: "one of them", "the second one"
	isStop            // articles, prepositions, "and"
	isFiller          // "i think", "what is", "please"
	isNegation        // "not"
	isClass           // river, war, film: says what sort of thing a name names
	isMarker          // "part", "volume": announces a number
	isJoin            // "and", "or"
	isGiven           // stands in the question too
	isCapital         // was written with a capital
	isTitle           // mr, dr, sir, king
	inBrackets        // stands between brackets
	afterBreak        // a comma, slash or semicolon stands before it
	afterColon        // a colon or spaced dash stands before it
	afterHyphen       // a hyphen joins it to the token before
	afterDot          // the end of a sentence, or a dot of an abbreviation, stands before it
	afterOr           // "or" stood before it
	isOrdinal         // a number that was written as 3rd, third, III
	isMoney           // a currency sign stands before it
	isShort           // may be abbreviated, or is an abbreviation
	isHidden          // has been taken out of account: hedges, commentary
)

func (t *text) word(i int) []byte { return t.buf[t.tok[i].from:t.tok[i].to] }
func (t *text) has(i int, f flags) bool {
	return i >= 0 && i < t.count && t.tok[i].flags&f != 0
}

// folder writes a text rune by rune.
type folder struct {
	t       *text
	pending flags // of the next token
	open    bool  // a token is being written
	depth   int   // of brackets
	prev    rune
}

// read folds s, up to limit runes of it, and finds its tokens.
func (t *text) read(s string, limit int) {
	t.n, t.count = 0, 0
	f := folder{t: t}
	for i, r := range s {
		if limit--; limit < 0 || t.n > len(t.buf)-24 {
			break
		}
		if r < utf8.RuneSelf {
			f.ascii(byte(r), s, i)
		} else {
			f.rune(r, s[i:])
		}
		f.prev = r
	}
	f.end()
}

func (f *folder) ascii(c byte, s string, i int) {
	switch {
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		f.letter(c, false)
	case 'A' <= c && c <= 'Z':
		f.letter(c|0x20, true)
	case c == '\'' || c == '`' || c == '"':
		if c == '"' {
			f.end()
		}
	case c == '.' || c == ',' || c == '*':
		f.dot(c, s, i)
	case c == '-':
		spaced := f.prev == ' ' || i+1 < len(s) && s[i+1] == ' '
		f.gap(afterHyphen)
		if spaced {
			f.pending = f.pending&^afterHyphen | afterColon
		}
	case c == '$' && f.open && i+1 < len(s) && isLetter(s[i+1]):
		f.letter('s', false)
	case c == '$':
		f.gap(isMoney)
	default:
		f.mark(rune(c))
	}
}

// mark is a punctuation mark between tokens.
func (f *folder) mark(r rune) {
	switch r {
	case '&', '+':
		f.end()
		f.letter('a', false)
		f.letter('n', false)
		f.letter('d', false)
		f.end()
	case ',', ';', '/', '\n', '|', '、', '，':
		if r == '/' && f.open && f.t.n == int(f.t.tok[f.t.count].from)+1 && f.prev == 'w' {
			f.end() // w/ is "with"
			return
		}
		f.gap(afterBreak)
	case ':', '–', '—':
		f.gap(afterColon)
	case '?', '!', '…':
		f.gap(afterDot)
	case '(', '[', '{':
		f.end()
		f.depth++
	case ')', ']', '}':
		f.end()
		f.depth = max(f.depth-1, 0)
	default:
		f.end()
	}
}

// dot handles marks that may stand within a word: "500,000", "U.S.A.", "M*A*S*H", "3.5".
func (f *folder) dot(c byte, s string, i int) {
	if i > 0 && i+1 < len(s) {
		before, after := s[i-1], s[i+1]
		switch {
		case c == ',' && isDigit(before) && isDigit(after) && threeDigits(s[i+1:]):
			return
		case c == '.' && isDigit(before) && isDigit(after):
			f.letter('.', false)
			return
		case c != ',' && isLetter(before) && isLetter(after) && single(s, i-1) && single(s, i+1):
			return
		}
	}
	if c == ',' {
		f.gap(afterBreak)
		return
	}
	f.gap(afterDot)
}

// single reports whether the letter at s[i] stands alone.
func single(s string, i int) bool {
	return (i == 0 || !isWordByte(s[i-1])) && (i+1 >= len(s) || !isWordByte(s[i+1]))
}

// threeDigits reports whether s starts with three digits and no fourth.
func threeDigits(s string) bool {
	return len(s) >= 3 && isDigit(s[0]) && isDigit(s[1]) && isDigit(s[2]) && (len(s) == 3 || !isDigit(s[3]))
}

func (f *folder) gap(fl flags) {
	f.end()
	f.pending |= fl
}

func (f *folder) letter(c byte, capital bool) {
	t := f.t
	if !f.open {
		if t.count == len(t.tok) {
			return
		}
		if f.depth > 0 {
			f.pending |= inBrackets
		}
		if capital {
			f.pending |= isCapital
		}
		t.tok[t.count] = token{from: uint16(t.n), flags: f.pending}
		f.open, f.pending = true, 0
	}
	if t.n < len(t.buf) {
		t.buf[t.n] = c
		t.n++
	}
}

func (f *folder) end() {
	if f.open {
		f.t.tok[f.t.count].to = uint16(f.t.n)
		f.t.count++
		f.open = false
	}
}

// rune folds a rune outside ASCII, with which rest begins.
func (f *folder) rune(r rune, rest string) {
	switch r {
	case '’', '‘', 'ʼ', '´', '′', 'ʻ', '\u00ad', '\u200b', 'ъ', 'ь':
		return
	case '£', '€', '¥':
		f.gap(isMoney)
		return
	case '“', '”', '«', '»', '\u00a0':
		f.end()
		return
	}
	if unicode.IsMark(r) {
		return
	}
	capital := unicode.IsUpper(r)
	r = unicode.ToLower(r)
	if s := transliterate(r); s != "" {
		for i := range len(s) {
			f.letter(s[i], capital)
		}
		return
	}
	if d := norm.NFKD.PropertiesString(rest).Decomposition(); len(d) > 0 {
		for i := 0; i < len(d); {
			p, size := utf8.DecodeRune(d[i:])
			i += size
			f.plain(p, capital)
		}
		return
	}
	f.plain(r, capital)
}

// plain writes a rune that cannot be taken apart.
func (f *folder) plain(r rune, capital bool) {
	r = unicode.ToLower(r)
	if s := transliterate(r); s != "" {
		for i := range len(s) {
			f.letter(s[i], capital)
		}
		return
	}
	switch {
	case r < utf8.RuneSelf && isWordByte(byte(r)):
		f.letter(byte(r), capital)
	case unicode.IsMark(r):
	case unicode.IsLetter(r) || unicode.IsDigit(r):
		var b [utf8.UTFMax]byte
		for _, c := range b[:utf8.EncodeRune(b[:], r)] {
			f.letter(c, capital)
		}
	default:
		f.mark(r)
	}
}

func isDigit(b byte) bool    { return '0' <= b && b <= '9' }
func isLetter(b byte) bool   { return 'a' <= b|0x20 && b|0x20 <= 'z' }
func isWordByte(b byte) bool { return isDigit(b) || isLetter(b) || b >= utf8.RuneSelf }
