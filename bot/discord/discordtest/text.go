package discordtest

import (
	"encoding/json"
	"regexp"
	"strings"
)

// Button is one on a message.
type Button struct {
	Label    string
	CustomID string // "" of a link
	Disabled bool
}

// part is a component of a message, as far as somebody sees it.
type part struct {
	Type       int    `json:"type"`
	Content    string `json:"content"`
	Label      string `json:"label"`
	CustomID   string `json:"custom_id"`
	Disabled   bool   `json:"disabled"`
	Components []part `json:"components"`
	Accessory  *part  `json:"accessory"`
	Items      []struct {
		Description string `json:"description"`
	} `json:"items"`
	Placeholder string `json:"placeholder"`
}

// Types of components. https://docs.discord.com/developers/components/reference
const (
	partRow     = 1
	partButton  = 2
	partText    = 10
	partGallery = 12
)

func parts(m Message) []part {
	var list []part
	_ = json.Unmarshal(m.Components, &list) // what cannot be read was refused
	return list
}

// Buttons are the buttons of a message, in order.
func Buttons(m Message) []Button {
	var list []Button
	var walk func(ps []part)
	walk = func(ps []part) {
		for _, p := range ps {
			if p.Type == partButton {
				list = append(list, Button{p.Label, p.CustomID, p.Disabled})
			}
			walk(p.Components)
			if p.Accessory != nil {
				walk([]part{*p.Accessory})
			}
		}
	}
	walk(parts(m))
	return list
}

// Text is a message as somebody reads it, without its formatting: its content, then its components from top to bottom, a
// row of buttons as "[label] [label]". A link is "text (address)", a time "<time>", a mention "@name", a picture the text
// that describes it. Embeds are left out.
func Text(m Message) string {
	var lines []string
	add := func(text string) {
		for line := range strings.SplitSeq(text, "\n") {
			lines = append(lines, plainLine(line, m.names))
		}
	}
	if m.Content != "" {
		add(m.Content)
	}
	var walk func(ps []part)
	walk = func(ps []part) {
		for _, p := range ps {
			switch p.Type {
			case partText:
				add(p.Content)
			case partRow:
				lines = append(lines, row(p.Components))
			case partGallery:
				for _, it := range p.Items {
					lines = append(lines, it.Description)
				}
			default:
				walk(p.Components)
			}
			if a := p.Accessory; a != nil && a.Type == partButton {
				lines = append(lines, row([]part{*a}))
			}
		}
	}
	walk(parts(m))
	return strings.Join(lines, "\n")
}

func row(ps []part) string {
	var labels []string
	for _, p := range ps {
		label := p.Label
		if p.Type != partButton {
			label = p.Placeholder
		}
		labels = append(labels, "["+label+"]")
	}
	return strings.Join(labels, " ")
}

// plainLine is a line of markdown without its marks, but for those of lists.
// https://support.discord.com/hc/en-us/articles/210298617
func plainLine(line string, names map[string]string) string {
	for _, mark := range []string{"### ", "## ", "# ", "-# ", "> "} {
		if rest, ok := strings.CutPrefix(line, mark); ok {
			return plain(rest, names)
		}
	}
	return plain(line, names)
}

// token is what stands in angle brackets: a time, a mention, an emoji.
var (
	timeToken    = regexp.MustCompile(`^<t:-?\d+(:[tTdDfFRsS])?>`)
	mentionToken = regexp.MustCompile(`^<@!?(\d+)>`)
	emojiToken   = regexp.MustCompile(`^<a?(:\w+:)\d+>`)
)

// marks surround what they format; the longer come first.
var marks = []string{"***", "**", "__", "~~", "||", "`", "*", "_"}

// plain reads a line as a person sees it.
func plain(s string, names map[string]string) string {
	var b strings.Builder
	for s != "" {
		shown, n := special(s, names)
		if n == 0 {
			shown, n = s[:1], 1
		}
		b.WriteString(shown)
		s = s[n:]
	}
	return b.String()
}

// special is what the markup at the start of s shows, and how long it is; 0 where there is none.
func special(s string, names map[string]string) (shown string, n int) {
	switch s[0] {
	case '\\':
		if len(s) > 1 && punctuation(s[1]) {
			return s[1:2], 2
		}
	case '<':
		return bracketed(s, names)
	case '[':
		if text, url, n := link(s); n > 0 {
			return plain(text, names) + " (" + url + ")", n
		}
	case '*', '_', '~', '|', '`':
		for _, mark := range marks {
			rest, ok := strings.CutPrefix(s, mark)
			if !ok {
				continue
			}
			if end := unescaped(rest, mark); end > 0 {
				return plain(rest[:end], names), end + 2*len(mark)
			}
		}
	}
	return "", 0
}

func bracketed(s string, names map[string]string) (shown string, n int) {
	if t := timeToken.FindString(s); t != "" {
		return "<time>", len(t)
	}
	if m := mentionToken.FindStringSubmatch(s); m != nil {
		name := names[m[1]]
		if name == "" {
			name = "unknown-user"
		}
		return "@" + name, len(m[0])
	}
	if m := emojiToken.FindStringSubmatch(s); m != nil {
		return m[1], len(m[0])
	}
	return "", 0
}

// link takes "[text](address)" apart.
func link(s string) (text, url string, n int) {
	end := unescaped(s[1:], "](")
	if end < 0 {
		return "", "", 0
	}
	text = s[1 : 1+end]
	rest := s[1+end+2:]
	closing := strings.IndexAny(rest, ") ")
	if closing < 0 || rest[closing] != ')' || !strings.Contains(rest[:closing], "://") {
		return "", "", 0
	}
	return text, rest[:closing], 1 + end + 2 + closing + 1
}

// unescaped is where mark next stands in s without a backslash before it, or -1.
func unescaped(s, mark string) int {
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if strings.HasPrefix(s[i:], mark) {
			return i
		}
	}
	return -1
}

func punctuation(c byte) bool {
	return c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c < 'A' || c > 'Z') && (c < 'a' || c > 'z')
}
