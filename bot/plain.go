package bot

import "strings"

// Plain draws a view as plain text: UTF-8, lines ended by "\n", nothing but spaces and a symbol for a winner to mark
// structure. It is the oracle of the tests and the text of `whowon ask`.
func Plain(v View) string {
	var b strings.Builder
	for _, l := range Layout(v) {
		var line strings.Builder
		line.WriteString(strings.Repeat(" ", l.Indent))
		for _, s := range l.Line {
			line.WriteString(PlainSpan(s))
		}
		b.WriteString(strings.TrimRight(line.String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}

// PlainSpan is a span as plain text, cleaned once more, whoever made the span: a question to ask next stands in
// quotation marks, a link shows where it leads.
func PlainSpan(s Span) string {
	text := Clean(s.Text)
	switch s.Kind {
	case SpanAsk:
		return "“" + text + "”"
	case SpanLink:
		if s.URL != text {
			return text + " (" + Clean(s.URL) + ")"
		}
	}
	return text
}
