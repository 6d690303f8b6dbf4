package slack

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// Text goes out in two ways. Rich text says what is bold and what is a link beside the text, which is taken literally: no
// markup, mention or emoji comes of what a user wrote. Small print has no rich text; it is mrkdwn where nothing in the text
// could be taken for markup, and rich text otherwise. Nobody is ever mentioned: on Slack that notifies them.

var boldStyle = &slack.RichTextSectionTextStyle{Bold: true}

// rich collects the elements of a rich text section. Neighbours of the same style become one.
type rich struct {
	elements []slack.RichTextSectionElement
	text     strings.Builder // of the run that is being collected
	bold     bool
}

func (r *rich) write(text string, bold bool) {
	if text == "" {
		return
	}
	if bold != r.bold {
		r.flush()
		r.bold = bold
	}
	r.text.WriteString(text)
}

func (r *rich) flush() {
	if r.text.Len() == 0 {
		return
	}
	e := slack.NewRichTextSectionTextElement(r.text.String(), nil)
	if r.bold {
		e.Style = boldStyle
	}
	r.elements = append(r.elements, e)
	r.text.Reset()
}

// line writes a line, cleaned once more, whoever made it.
func (r *rich) line(l bot.Line, bold bool) {
	for _, s := range l {
		text := bot.Clean(s.Text)
		switch {
		case s.Kind == bot.SpanLink && isAddress(s.URL) && text != "":
			r.flush()
			e := slack.NewRichTextSectionLinkElement(s.URL, text, nil)
			if bold {
				e.Style = boldStyle
			}
			r.elements = append(r.elements, e)
		case s.Kind == bot.SpanTime && !s.Time.IsZero():
			r.flush()
			r.elements = append(r.elements, slack.NewRichTextSectionDateElement(s.Time.Unix(), timeFormat, nil, &text))
		case s.Kind == bot.SpanAsk:
			r.write("“"+text+"”", bold)
		default:
			r.write(text, bold || s.Kind == bot.SpanBold)
		}
	}
}

// timeFormat shows a moment to the second in the reader's own time:
// https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const timeFormat = "{time_secs}"

// section is what was written. It is never empty, which Slack refuses.
func (r *rich) section() *slack.RichTextSection {
	if r.flush(); len(r.elements) == 0 {
		r.write("…", false)
		r.flush()
	}
	return slack.NewRichTextSection(r.elements...)
}

// isAddress reports whether a link may lead there.
func isAddress(url string) bool {
	return strings.HasPrefix(url, "https://") && len(url) <= maxURL && !strings.ContainsAny(url, " <>|\"`")
}

// small is a line as small print.
func small(l bot.Line) slack.Block {
	if text, ok := mrkdwn(l); ok {
		return slack.NewContextBlock("", slack.NewTextBlockObject(slack.MarkdownType, text, false, true))
	}
	var r rich
	r.line(l, false)
	return slack.NewRichTextBlock("", r.section())
}

// mrkdwn is a line in Slack's markup, and whether it can be: Slack has no way to escape anything but three characters.
func mrkdwn(l bot.Line) (string, bool) {
	var b strings.Builder
	bold := false
	for _, s := range l {
		text := bot.Clean(s.Text)
		if text == "" {
			continue
		}
		if risky(text) {
			return "", false
		}
		if is := s.Kind == bot.SpanBold; is != bold {
			b.WriteByte('*')
			bold = is
		}
		switch {
		case s.Kind == bot.SpanLink && isAddress(s.URL):
			b.WriteString("<" + escape(s.URL) + "|" + escape(text) + ">")
		case s.Kind == bot.SpanTime && !s.Time.IsZero():
			b.WriteString("<!date^" + itoa(s.Time.Unix()) + "^" + timeFormat + "|" + escape(text) + ">")
		case s.Kind == bot.SpanAsk:
			b.WriteString("“" + escape(text) + "”")
		default:
			b.WriteString(escape(text))
		}
	}
	if bold {
		b.WriteByte('*')
	}
	return b.String(), b.Len() <= maxContext && boldStands(l)
}

// boldStands reports whether asterisks around the bold spans would be taken for bold: not where a letter or a space is
// on the wrong side of one.
func boldStands(l bot.Line) bool {
	for i, s := range l {
		if s.Kind != bot.SpanBold || s.Text == "" {
			continue
		}
		if strings.TrimSpace(s.Text) != s.Text {
			return false
		}
		if i > 0 && l[i-1].Kind != bot.SpanBold && endsInWord(l[i-1].Text) {
			return false
		}
		if i+1 < len(l) && l[i+1].Kind != bot.SpanBold && beginsInWord(l[i+1].Text) {
			return false
		}
	}
	return true
}

func endsInWord(s string) bool {
	r, _ := utf8.DecodeLastRuneInString(s)
	return s != "" && isWord(r)
}

func beginsInWord(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return s != "" && isWord(r)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// risky reports whether Slack might take something in a text for markup: formatting, a quote, a list, an emoji, an address.
// An underscore inside a word is none.
func risky(text string) bool {
	if strings.ContainsAny(text, "*~`>") || strings.Contains(text, "://") {
		return true
	}
	for i := range len(text) {
		switch text[i] {
		case '_':
			if i == 0 || i == len(text)-1 || !isWord(rune(text[i-1])) || !isWord(rune(text[i+1])) {
				return true
			}
		case ':':
			if i == len(text)-1 || text[i+1] != ' ' {
				return true
			}
		}
	}
	return false
}

var escaper = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// escape makes the three characters harmless that may begin or end a mention, a link or a date:
// https://docs.slack.dev/messaging/formatting-message-text#escaping
func escape(s string) string {
	if !strings.ContainsAny(s, "&<>") {
		return s
	}
	return escaper.Replace(s)
}

var unescaper = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&")

// commandText is what a user typed behind a command, of a text in Slack's markup. A mention becomes the user's ID. So does a
// channel, as channelID makes it; where that is nil it becomes what it shows.
// https://docs.slack.dev/interactivity/implementing-slash-commands#escaping
func commandText(s string, channelID func(id string) string) string {
	return unmarked(s, func(inner string) string {
		id, _, _ := strings.Cut(inner, "|")
		switch {
		case strings.HasPrefix(id, "@"):
			return id
		case strings.HasPrefix(id, "#") && channelID != nil:
			return channelID(id[1:])
		}
		return shownAs(inner, "")
	})
}

// plainText is what a user wrote, of a text in Slack's markup: mentions of the bot are left out, other mentions, links and
// channels become what they show.
func plainText(s, self string) string {
	return unmarked(s, func(inner string) string { return shownAs(inner, self) })
}

// unmarked is a text in which what stands between angle brackets has become something else.
func unmarked(s string, as func(inner string) string) string {
	if !strings.ContainsAny(s, "<&") {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(s, "<")
		b.WriteString(before)
		if !found {
			break
		}
		inner, after, closed := strings.Cut(rest, ">")
		if !closed {
			b.WriteString("<" + rest)
			break
		}
		b.WriteString(as(inner))
		s = after
	}
	return strings.TrimSpace(unescaper.Replace(b.String()))
}

// shownAs is what stands between angle brackets, as a reader sees it.
func shownAs(inner, self string) string {
	what, label, labelled := strings.Cut(inner, "|")
	switch {
	case what == "@"+self:
		return ""
	case labelled && (strings.HasPrefix(what, "@") || strings.HasPrefix(what, "#")):
		return what[:1] + label
	case labelled:
		return label
	}
	return strings.TrimPrefix(what, "!")
}
