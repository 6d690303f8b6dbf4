package discord

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// special are the characters that may begin markup wherever they stand. A backslash before any sign that is no letter,
// digit or space shows the sign itself.
const special = "\\*_~`|<>[]@#"

// writeText writes text so that it shows as it is: no markup, mention, emoji, link or invite comes of it.
func writeText(b *strings.Builder, s string) {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if strings.IndexByte(special, c) >= 0 || c == ':' && joins(s, i) || c == '.' && strings.HasPrefix(s[i:], ".gg/") {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
}

// joins reports whether the colon at i may be one of "https://" or of ":smile:": something may stand right behind it.
func joins(s string, i int) bool { return i+1 == len(s) || s[i+1] != ' ' }

// writeSpan writes a span in Discord's markdown, cleaned once more, whoever made it.
func writeSpan(b *strings.Builder, s bot.Span) {
	text := bot.Clean(s.Text)
	switch s.Kind {
	case bot.SpanLink:
		if strings.HasPrefix(s.URL, "https://") {
			b.WriteByte('[')
			writeText(b, text)
			b.WriteString("](")
			b.WriteString(closedURL(s.URL))
			b.WriteByte(')')
			return
		}
	case bot.SpanUser:
		if isSnowflake(string(s.User)) {
			b.WriteString("<@" + string(s.User) + ">")
			return
		}
	case bot.SpanTime:
		if !s.Time.IsZero() {
			b.WriteString("<t:" + itoa(s.Time.Unix()) + ":R>")
			return
		}
	case bot.SpanAsk:
		b.WriteString("“")
		writeText(b, text)
		b.WriteString("”")
		return
	}
	writeText(b, text)
}

// closedURL is an address that does not end before its end: a masked link does at a parenthesis.
func closedURL(url string) string {
	if !strings.ContainsAny(url, "()<> ") {
		return url
	}
	return strings.NewReplacer("(", "%28", ")", "%29", "<", "%3C", ">", "%3E", " ", "%20").Replace(url)
}

// markdown is a line in Discord's markdown, behind a prefix that says what sort of line it is: "### ", "-# ", "- " or "".
func markdown(prefix string, l bot.Line) string {
	room := len(prefix) + 16
	for _, s := range l {
		room += len(s.Text)
	}
	var b strings.Builder
	b.Grow(room)
	b.WriteString(prefix)
	bold, first := false, true
	for _, s := range l {
		if s.Text == "" {
			continue
		}
		if is := s.Kind == bot.SpanBold; is != bold { // bold spans side by side are one: **a****b** is not
			b.WriteString("**")
			bold = is
		}
		if first && s.Kind == bot.SpanText {
			s.Text = strings.TrimLeft(s.Text, " ")
			n := listMark(s.Text)
			b.WriteString(s.Text[:n])
			if n < len(s.Text) && strings.IndexByte("-+.", s.Text[n]) >= 0 {
				b.WriteByte('\\')
			}
			s.Text = s.Text[n:]
		}
		first = false
		writeSpan(&b, s)
	}
	if bold {
		b.WriteString("**")
	}
	return b.String()
}

// listMark is where the sign stands that would make a list of a line: a "-" or "+" at its start, or the full stop behind a
// number; 0 where none does.
func listMark(s string) int {
	n := len(s) - len(strings.TrimLeft(s, "0123456789"))
	if n > 0 && !strings.HasPrefix(s[n:], ". ") {
		return 0
	}
	return n
}

// clip is s in at most n characters, as Discord counts them, the last "…" where something was cut.
func clip(s string, n int) string {
	if len(s) <= n || units(s) <= n {
		return s
	}
	left := n - 1
	for i, r := range s {
		if left -= max(1, utf16.RuneLen(r)); left < 0 {
			return strings.TrimRight(s[:i], " ") + "…"
		}
	}
	return s
}

// units is the length of a text as Discord counts it at most: in UTF-16.
func units(s string) int {
	n := 0
	for n < len(s) && s[n] < utf8.RuneSelf {
		n++
	}
	s = s[n:]
	for _, r := range s {
		n += max(1, utf16.RuneLen(r))
	}
	return n
}
