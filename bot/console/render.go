package console

import (
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// The only escape sequences ever written: data is cleaned of its own.
const (
	codeReset  = "\x1b[0m"
	codeBold   = "\x1b[1m"
	codeDim    = "\x1b[2m"
	codeCyan   = "\x1b[36m"
	codeYellow = "\x1b[33m"
)

// minWidth is the width below which wrapping does more harm than good.
const minWidth = 24

// render draws a view as text, wrapped at width columns (0: not at all), coloured or not.
func render(v bot.View, width int, color bool) string {
	if width < minWidth {
		width = 0
	}
	var b strings.Builder
	for _, l := range bot.Layout(v) {
		drawLine(&b, l, width, color)
	}
	return b.String()
}

// piece is a word or the space before it, with its colour.
type piece struct{ text, code string }

func drawLine(b *strings.Builder, l bot.LaidLine, width int, color bool) {
	b.WriteString(strings.Repeat(" ", l.Indent))
	ps := wrap(pieces(l), l, width)
	if color {
		paint(b, ps)
	} else {
		for _, p := range ps {
			b.WriteString(p.text)
		}
	}
	b.WriteByte('\n')
}

// wrap breaks a line where it is too wide; what follows hangs below its beginning.
func wrap(ps []piece, l bot.LaidLine, width int) []piece {
	hang := l.Hang
	if width > 0 && hang > width/2 {
		hang = l.Indent + 2
	}
	var out []piece
	col := l.Indent
	for _, p := range ps {
		w := bot.Width(p.text)
		if width > 0 && col+w > width && col > hang && p.text != " " {
			out = append(trimRight(out), piece{"\n" + strings.Repeat(" ", hang), ""})
			col = hang
		}
		out = append(out, p)
		col += w
	}
	return trimRight(out)
}

func trimRight(ps []piece) []piece {
	for len(ps) > 0 && strings.Trim(ps[len(ps)-1].text, " ") == "" {
		ps = ps[:len(ps)-1]
	}
	return ps
}

// paint writes pieces in their colours, changing colour only where letters do.
func paint(b *strings.Builder, ps []piece) {
	code := ""
	for _, p := range ps {
		if p.code != code && strings.TrimSpace(p.text) != "" {
			if code != "" {
				b.WriteString(codeReset)
			}
			b.WriteString(p.code)
			code = p.code
		}
		b.WriteString(p.text)
	}
	if code != "" {
		b.WriteString(codeReset)
	}
}

// pieces cuts a line at its spaces.
func pieces(l bot.LaidLine) []piece {
	var ps []piece
	for _, s := range l.Line {
		code := codeOf(l.Part, s.Kind)
		for i, word := range strings.Split(bot.PlainSpan(s), " ") {
			if i > 0 {
				ps = append(ps, piece{" ", code})
			}
			if word != "" {
				ps = append(ps, piece{word, code})
			}
		}
	}
	return ps
}

func codeOf(p bot.Part, k bot.SpanKind) string {
	switch {
	case k == bot.SpanAsk:
		return codeCyan
	case p == bot.PartFooter:
		return codeDim
	case p == bot.PartLead && k == bot.SpanBold:
		return codeBold + codeYellow
	case k == bot.SpanBold:
		return codeBold
	}
	return ""
}
