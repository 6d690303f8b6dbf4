package console

import (
	"io"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// cleanInput passes keys on to the line editor, which echoes whatever is not an ASCII control character. It drops what
// must not be echoed: pasted text can hold C1 control characters, which some terminals obey, and bidirectional overrides.
type cleanInput struct {
	r    io.Reader
	part []byte // the beginning of a letter, whose rest has not been read
}

func (c *cleanInput) Read(p []byte) (int, error) {
	if len(p) <= utf8.UTFMax {
		return 0, io.ErrShortBuffer
	}
	for {
		n := copy(p, c.part)
		m, err := c.r.Read(p[n:])
		in := p[:n+m]
		c.part = c.part[:0]
		out := p[:0]
		for len(in) > 0 {
			if err == nil && !utf8.FullRune(in) {
				c.part = append(c.part, in...)
				break
			}
			r, size := utf8.DecodeRune(in)
			if r < utf8.RuneSelf || r != utf8.RuneError && bot.Clean(string(r)) == string(r) {
				out = append(out, in[:size]...)
			}
			in = in[size:]
		}
		if len(out) > 0 || err != nil || m == 0 {
			return len(out), err
		}
	}
}
