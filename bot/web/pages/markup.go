package pages

import (
	"html/template"
	"net/url"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// HTML draws a view: paragraphs, lists and tables, with classes and no styles. Buttons are left out: a page does not press.
// All text is cleaned and escaped, whoever made the view; a link leads to an https address or to a page of ours, a question
// to its answer.
func HTML(v bot.View) template.HTML {
	var b markup
	b.block("p", "view-title", v.Title)
	b.block("p", "view-lead", v.Lead)
	for _, block := range v.Blocks {
		switch block := block.(type) {
		case *bot.Text:
			for _, l := range block.Lines {
				b.block("p", "", l)
			}
		case *bot.List:
			b.list(block)
		case *bot.Table:
			b.table(block)
		}
	}
	if len(v.Next) > 0 {
		b.WriteString("<ul class=\"next\" aria-label=\"Ask next\">\n")
		for _, q := range v.Next {
			b.WriteString("<li>")
			b.anchor(searchPath(q.Value), q.Label)
			b.WriteString("</li>\n")
		}
		b.WriteString("</ul>\n")
	}
	for _, l := range v.Footer {
		b.block("p", "view-foot", l)
	}
	return template.HTML(b.String()) // everything in it went through text or anchor
}

// LineHTML draws a line of spans.
func LineHTML(l bot.Line) template.HTML {
	var b markup
	b.line(l)
	return template.HTML(b.String()) // everything in it went through text or anchor
}

// searchPath is the page that answers a question.
func searchPath(query string) string { return "/search?q=" + url.QueryEscape(bot.Clean(query)) }

// markup writes HTML. What is not a tag of its own goes through text.
type markup struct{ strings.Builder }

func (b *markup) text(s string) { b.WriteString(template.HTMLEscapeString(bot.Clean(s))) }

// anchor is a link to a page of ours, or to an https address elsewhere; to anything else it is text.
func (b *markup) anchor(to, text string) {
	own := strings.HasPrefix(to, "/") && !strings.HasPrefix(to, "//") && !strings.Contains(to, "\\")
	if !own && !strings.HasPrefix(to, "https://") {
		b.text(text)
		return
	}
	b.WriteString(`<a href="`)
	b.text(to)
	if !own {
		b.WriteString(`" rel="nofollow noopener`)
	}
	b.WriteString(`">`)
	b.text(text)
	b.WriteString(`</a>`)
}

func (b *markup) line(l bot.Line) {
	for _, s := range l {
		switch s.Kind {
		case bot.SpanLink:
			b.anchor(s.URL, s.Text)
		case bot.SpanPage:
			if s.Bold {
				b.WriteString("<b>")
				b.anchor(s.URL, s.Text)
				b.WriteString("</b>")
				continue
			}
			b.anchor(s.URL, s.Text)
		case bot.SpanAsk:
			b.anchor(searchPath(s.Text), "“"+s.Text+"”")
		case bot.SpanBold:
			b.WriteString("<b>")
			b.text(s.Text)
			b.WriteString("</b>")
		case bot.SpanTime:
			b.WriteString(`<time datetime="` + s.Time.UTC().Format(time.RFC3339) + `">`)
			b.text(s.Text)
			b.WriteString("</time>")
		default:
			b.text(s.Text)
		}
	}
}

// block is a line as an element of its own; an empty one is left out.
func (b *markup) block(tag, class string, l bot.Line) {
	if len(l) == 0 {
		return
	}
	b.WriteString("<" + tag)
	if class != "" {
		b.WriteString(` class="` + class + `"`)
	}
	b.WriteString(">")
	b.line(l)
	b.WriteString("</" + tag + ">\n")
}

func (b *markup) list(l *bot.List) {
	b.block("p", "view-heading", l.Title)
	if len(l.Items) > 0 {
		b.WriteString("<ul>\n")
		for _, it := range l.Items {
			line := it.Line
			if mark := it.Mark.Symbol(); mark != "" {
				line = append(bot.Line{bot.T(mark)}, line...)
			}
			b.block("li", "", line)
		}
		b.WriteString("</ul>\n")
	}
	b.block("p", "", l.More)
}

func (b *markup) table(t *bot.Table) {
	b.WriteString("<table>\n")
	if len(t.Head) > 0 {
		b.WriteString("<thead><tr>")
		for _, h := range t.Head {
			b.WriteString(`<th scope="col">`)
			b.text(h)
			b.WriteString("</th>")
		}
		b.WriteString("</tr></thead>\n")
	}
	b.WriteString("<tbody>\n")
	for _, row := range t.Rows {
		b.WriteString("<tr>")
		for i, cell := range row {
			tag := "td"
			if i == 0 && len(row) > 1 {
				tag = `th scope="row"`
			}
			b.WriteString("<" + tag + ">")
			b.line(cell)
			b.WriteString("</" + tag[:2] + ">")
		}
		b.WriteString("</tr>\n")
	}
	b.WriteString("</tbody></table>\n")
	b.block("p", "", t.More)
}
