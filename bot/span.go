package bot

import (
	"strings"
	"time"
)

// SpanKind says how a Span is meant. An adapter that cannot draw a kind shows its Text.
type SpanKind int

// The kinds of span.
const (
	SpanText SpanKind = iota
	SpanBold
	SpanLink // Text, leading to URL
	SpanUser // a mention of User, or Text where the platform has no mentions
	SpanTime // the moment Time in the reader's own time zone, or Text
	SpanAsk  // Text is a question that has an answer: a suggestion, which an adapter may make a button
	SpanPage // Text, leading to a page of ours at the path URL; Paged makes it a SpanLink where the pages are published
)

// Span is a run of text of one kind. Make spans with T, B, Ask, Link, Page and Mention, which clean their text.
type Span struct {
	Kind SpanKind
	Text string
	URL  string
	User UserID
	Time time.Time
	Bold bool // of a SpanPage: where the pages are not published, its text is a SpanBold
}

// Line is one line of spans. It holds no line break.
type Line []Span

// T is plain text.
func T(s string) Span { return Span{Kind: SpanText, Text: Clean(s)} }

// B is bold text.
func B(s string) Span { return Span{Kind: SpanBold, Text: Clean(s)} }

// Ask is a question worth asking next.
func Ask(query string) Span { return Span{Kind: SpanAsk, Text: Clean(query)} }

// Link is text that leads to an https address; any other address is dropped and the text remains.
func Link(text, url string) Span {
	if !strings.HasPrefix(url, "https://") || Clean(url) != url || strings.ContainsAny(url, " <>|\"`") {
		return T(text)
	}
	return Span{Kind: SpanLink, Text: Clean(text), URL: url}
}

// Page is text that leads to one of our own pages, by its path: "/f/05699b42324afa13". Where the pages are is not known
// here.
func Page(text, path string) Span {
	own := strings.HasPrefix(path, "/") && !strings.HasPrefix(path, "//")
	if !own || Clean(path) != path || strings.ContainsAny(path, " <>|\"`\\") {
		return T(text)
	}
	return Span{Kind: SpanPage, Text: Clean(text), URL: path}
}

// PageB is bold text that leads to one of our own pages; where those are published it is a link like any other.
func PageB(text, path string) Span {
	s := Page(text, path)
	if s.Kind != SpanPage {
		return B(text)
	}
	s.Bold = true
	return s
}

// Mention names a user and lets the platform notify them where it can.
func Mention(u User) Span { return Span{Kind: SpanUser, Text: Clean(u.Name), User: u.ID} }

// L joins spans and strings to a line; strings are plain text.
func L(parts ...any) Line {
	l := make(Line, 0, len(parts))
	for _, p := range parts {
		switch p := p.(type) {
		case string:
			if p != "" {
				l = append(l, T(p))
			}
		case Span:
			l = append(l, p)
		case Line:
			l = append(l, p...)
		}
	}
	return l
}

// String is the line's text without any marking.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l {
		b.WriteString(s.Text)
	}
	return b.String()
}
