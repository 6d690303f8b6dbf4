package slack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// Limits of blocks: https://docs.slack.dev/reference/block-kit/blocks and, of all of them together, which is not
// documented, https://github.com/slackapi/bolt-js/issues/2509: about 13,200 characters of their JSON.
const (
	maxHeader  = 150
	maxContext = 2000 // characters of an element; 3000 are allowed
	maxURL     = 3000
	maxLabel   = 75
	maxRow     = 5 // buttons side by side
	maxButtons = 20
	maxTable   = 60 // rows of a page; 100 are allowed
	maxText    = 3000
	maxEscaped = 4000 // of a text in Slack's markup: https://docs.slack.dev/reference/methods/chat.update
	room       = 7000 // of what a page weighs; its buttons and footer come on top
	lineWeight = 12   // of a line beside its text
	spanWeight = 60   // of a span
)

// How long lines may be, in runes.
const (
	maxTitle = 200
	maxLead  = 400
	maxLine  = 600
	maxFoot  = 300
)

// surface is where blocks are shown.
type surface int

const (
	surfaceMessage surface = iota
	surfaceView            // a modal or an App Home, which have no tables
)

// drawn is a view as Slack shows it: the blocks, and the text for notifications and for readers without blocks.
type drawn struct {
	text   string
	blocks []slack.Block
}

// draw draws a page of a view, which leads to our pages where they are published.
func (p *Platform) draw(v bot.View, page int, on surface) drawn {
	return draw(bot.Paged(v, p.o.Pages), page, on)
}

// draw draws a page of a view, counted from 0. A page that does not exist is the last one.
func draw(v bot.View, page int, on surface) drawn {
	pages := paginate(itemsOf(v), v.Again != "" && len(pageID(v.Again, 99)) <= maxActionID)
	page = max(0, min(page, len(pages)-1))
	d := drawn{text: fallback(v)}
	d.head(v)
	d.body(pages[page], on)
	for _, l := range v.Footer {
		if l = clipped(l, maxFoot); !blank(l) {
			d.blocks = append(d.blocks, small(l))
		}
	}
	d.buttons(v, page, len(pages))
	if len(d.blocks) == 0 {
		d.blocks = []slack.Block{small(bot.L("…"))}
	}
	return d
}

// fallback is the whole view as text.
func fallback(v bot.View) string {
	plain := strings.TrimSpace(bot.Plain(v))
	text := escape(bot.Clip(plain, maxText))
	if utf8.RuneCountInString(text) > maxEscaped {
		text = escape(bot.Clip(plain, maxEscaped/len("&amp;")))
	}
	if text == "" {
		return "…"
	}
	return text
}

// head draws what stands above: the lead is the only large text.
func (d *drawn) head(v bot.View) {
	title, lead := clipped(v.Title, maxTitle), clipped(v.Lead, maxLead)
	switch {
	case blank(lead):
		d.large(title)
	case len(v.Title)+len(v.Blocks) == 0 && !isQuestion(v): // a sentence, nothing to stand out from
		var r rich
		r.line(lead, false)
		d.blocks = append(d.blocks, slack.NewRichTextBlock("", r.section()))
	default:
		if !blank(title) {
			d.blocks = append(d.blocks, small(title))
		}
		d.large(lead)
	}
}

// large draws a line as a header, which is plain; one that is too long for that, or has links, in bold.
func (d *drawn) large(l bot.Line) {
	text := strings.TrimSpace(bot.Clean(l.String()))
	if text == "" {
		return
	}
	if utf8.RuneCountInString(text) <= maxHeader && !hasLink(l) {
		d.blocks = append(d.blocks, slack.NewHeaderBlock(slack.NewTextBlockObject(slack.PlainTextType, text, false, false)))
		return
	}
	var r rich
	r.line(l, true)
	d.blocks = append(d.blocks, slack.NewRichTextBlock("", r.section()))
}

func hasLink(l bot.Line) bool {
	for _, s := range l {
		if s.Kind == bot.SpanLink || s.Kind == bot.SpanTime || s.Kind == bot.SpanAsk {
			return true
		}
	}
	return false
}

// blank reports whether nothing of a line would be seen: Slack refuses a text without any.
func blank(l bot.Line) bool { return strings.TrimSpace(bot.Clean(l.String())) == "" }

// isQuestion reports whether a view asks for an answer.
func isQuestion(v bot.View) bool { return len(v.Buttons) > 0 && len(v.Footer) > 0 }

// clipped is a line of at most n runes.
func clipped(l bot.Line, n int) bot.Line {
	for i, s := range l {
		have := utf8.RuneCountInString(s.Text)
		if have <= n {
			n -= have
			continue
		}
		out := append(bot.Line{}, l[:i+1]...)
		out[i].Text = bot.Clip(s.Text, max(1, n))
		return out
	}
	return l
}

// item is a line of a view's body, of what sort it is, and the block it is of.
type item struct {
	kind  itemKind
	line  bot.Line   // of a text, a title or a list
	cells []bot.Line // of a row
	of    bot.Block
}

type itemKind int

const (
	itemText itemKind = iota
	itemBullet
	itemRow
	itemSmall
)

// itemsOf are the lines of a view that are shared out among pages.
func itemsOf(v bot.View) []item {
	var items []item
	add := func(kind itemKind, l bot.Line, of bot.Block) {
		if l = clipped(l, maxLine); !blank(l) {
			items = append(items, item{kind: kind, line: l, of: of})
		}
	}
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case *bot.Text:
			for _, l := range b.Lines {
				add(itemText, l, b)
			}
		case *bot.List:
			kind := itemText
			if len(b.Title) > 0 {
				add(itemText, b.Title, b)
				kind = itemBullet
			}
			for _, it := range b.Items {
				l := it.Line
				if mark := it.Mark.Symbol(); mark != "" {
					l = append(bot.Line{bot.T(mark)}, l...)
				}
				add(kind, l, b)
			}
			add(kind, b.More, b)
		case *bot.Table:
			for _, row := range b.Rows {
				items = append(items, item{kind: itemRow, cells: row, of: b})
			}
			add(itemText, b.More, b)
		}
	}
	return items
}

// weight is about how many characters an item takes in JSON.
func (it item) weight() int {
	n := lineWeight
	for _, l := range append([]bot.Line{it.line}, it.cells...) {
		for i, s := range l {
			n += utf8.RuneCountInString(s.Text) + len(s.URL)
			if i > 0 || it.kind != itemText || s.Kind != bot.SpanText {
				n += spanWeight
			}
		}
	}
	return n
}

// paginate shares items out among pages. Where pages cannot be turned there is one, which says how much it lacks.
func paginate(items []item, turns bool) [][]item {
	var pages [][]item
	var page []item
	left, rows := room, 0
	for i, it := range items {
		n := it.weight()
		if it.kind == itemRow {
			rows++
		}
		if (n > left || rows > maxTable) && len(page) > 0 {
			pages = append(pages, page)
			if !turns {
				more := bot.L("and " + strconv.Itoa(len(items)-i) + " lines more; ask for less at a time")
				pages[0] = append(page, item{kind: itemSmall, line: more})
				return pages
			}
			page, left, rows = nil, room, 0
		}
		page, left = append(page, it), left-n
	}
	return append(pages, page)
}

// body draws the items of a page: lines that follow each other as one block, bullets as a list, the first table as a table.
func (d *drawn) body(items []item, on surface) {
	var elements []slack.RichTextElement
	flush := func() {
		if len(elements) > 0 {
			d.blocks = append(d.blocks, slack.NewRichTextBlock("", elements...))
			elements = nil
		}
	}
	tabled := on != surfaceMessage // Slack takes one table a message
	for len(items) > 0 {
		n := 1
		for n < len(items) && items[n].kind == items[0].kind && (items[0].kind != itemRow || items[n].of == items[0].of) {
			n++
		}
		run := items[:n]
		items = items[n:]
		switch {
		case run[0].kind == itemBullet:
			elements = append(elements, bullets(run))
		case run[0].kind == itemRow && !tabled:
			flush()
			d.blocks = append(d.blocks, table(run))
			tabled = true
		case run[0].kind == itemSmall:
			flush()
			d.blocks = append(d.blocks, small(run[0].line))
		default:
			elements = append(elements, lines(run))
		}
	}
	flush()
}

func bullets(run []item) slack.RichTextElement {
	sections := make([]slack.RichTextElement, 0, len(run))
	for _, it := range run {
		var r rich
		r.line(it.line, false)
		sections = append(sections, r.section())
	}
	return richList{slack.RTEList, slack.RTEListBullet, sections}
}

// richList is a list in rich text. slack-go's always has an offset, which the published types of blocks do not know.
type richList struct {
	Type     slack.RichTextElementType     `json:"type"`
	Style    slack.RichTextListElementType `json:"style"`
	Elements []slack.RichTextElement       `json:"elements"`
}

// RichTextElementType implements slack.RichTextElement.
func (l richList) RichTextElementType() slack.RichTextElementType { return l.Type }

func lines(run []item) slack.RichTextElement {
	var r rich
	for i, it := range run {
		if i > 0 {
			r.write("\n", r.bold)
		}
		if it.kind == itemRow {
			it.line = joined(it.cells)
		}
		r.line(it.line, false)
	}
	return r.section()
}

// joined is a row as a line, where there is no table.
func joined(cells []bot.Line) bot.Line {
	between := " · "
	if len(cells) == 2 {
		between = " — "
	}
	var l bot.Line
	for _, c := range cells {
		if blank(c) {
			continue
		}
		if len(l) > 0 {
			l = append(l, bot.T(between))
		}
		l = append(l, c...)
	}
	return l
}

// maxColumns and maxCell keep a table in bounds, whoever made it.
const (
	maxColumns = 20
	maxCell    = 200
)

// table draws rows below their heading.
func table(run []item) slack.Block {
	t := slack.NewTableBlock("")
	if of, ok := run[0].of.(*bot.Table); ok && len(of.Head) > 0 {
		head := of.Head
		var cells []slack.TableCell
		for _, h := range head[:min(len(head), maxColumns)] {
			cells = append(cells, cell(bot.Line{bot.B(h)}))
		}
		t.AddRow(cells...)
	}
	for _, it := range run {
		var cells []slack.TableCell
		for _, c := range it.cells[:min(len(it.cells), maxColumns)] {
			cells = append(cells, cell(c))
		}
		t.AddRow(cells...)
	}
	return t
}

// cell draws a cell. One without text is a space: Slack refuses an empty one.
func cell(l bot.Line) slack.TableCell {
	var r rich
	r.line(clipped(l, maxCell), false)
	r.flush()
	if len(r.elements) == 0 {
		return slack.NewTableRawTextCell(" ")
	}
	if text, ok := r.elements[0].(*slack.RichTextSectionTextElement); ok && len(r.elements) == 1 && text.Style == nil {
		return slack.NewTableRawTextCell(text.Text)
	}
	return slack.NewTableRichTextCell(r.section())
}
