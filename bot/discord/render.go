package discord

import (
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

// Limits of a message of components: https://docs.discord.com/developers/components/reference.
const (
	maxText       = 4000 // characters of all text displays together
	maxComponents = 40   // nested ones too
	maxRow        = 5    // buttons
	maxLabel      = 80   // characters
)

// textRoom is what is used of maxText: the rest is for a line that says what was left out.
const textRoom = maxText - 100

// component is any component of a message. discordgo's own are an interface of types that each encode themselves, which
// costs several times as much on the way to every answer.
type component struct {
	Type       discordgo.ComponentType `json:"type"`
	ID         int32                   `json:"id,omitempty"` // Discord gives one to those without
	Content    string                  `json:"content,omitempty"`
	Components []component             `json:"components,omitempty"`
	Style      discordgo.ButtonStyle   `json:"style,omitempty"`
	Label      string                  `json:"label,omitempty"`
	CustomID   string                  `json:"custom_id,omitempty"`
}

// render draws a page of a view, counted from 0, and says how many there are. A page that does not exist is the last one.
func render(v bot.View, page int) (components []component, pages int) {
	head, body, foot := linesOf(v)
	parts := [][]string{body}
	if size(head)+size(body)+size(foot) > textRoom { // in bytes, which are never fewer than characters
		for len(foot) > 0 && textRoom-length(head)-length(foot) < 2*maxLine+len("### ") {
			foot = foot[:len(foot)-1] // no page without room for a line
		}
		parts = paginate(body, textRoom-length(head)-length(foot), v.Again != "" && len(pageID(v.Again, 99)) <= maxCustomID)
	}
	page = max(0, min(page, len(parts)-1))
	inner := make([]component, 0, 4)
	for _, text := range []string{strings.Join(append(head, parts[page]...), "\n"), strings.Join(foot, "\n")} {
		if text != "" {
			inner = append(inner, component{Type: discordgo.TextDisplayComponent, Content: text})
		}
	}
	inner = append(inner, rows(v, page, len(parts), maxComponents-1-len(inner))...)
	if len(inner) == 0 { // a view of buttons that could not be drawn, or of nothing
		inner = []component{{Type: discordgo.TextDisplayComponent, Content: "…"}}
	}
	return []component{{Type: discordgo.ContainerComponent, Components: inner}}, len(parts)
}

// size is how many bytes lines take together, length how many characters; each has an end.
func size(lines []string) int {
	n := len(lines)
	for _, l := range lines {
		n += len(l)
	}
	return n
}

func length(lines []string) int {
	n := len(lines)
	for _, l := range lines {
		n += units(l)
	}
	return n
}

// linesOf are the lines of a view: those on every page, those to be shared out, and those below.
func linesOf(v bot.View) (head, body, foot []string) {
	title, lead := "-# ", "### "
	switch {
	case len(v.Lead) == 0:
		title = "### "
	case len(v.Title)+len(v.Blocks) == 0 && !isQuestion(v):
		lead = "" // a sentence, nothing to stand out from
	}
	head, body, foot = make([]string, 0, 8), make([]string, 0, 16), make([]string, 0, 2)
	head = addShort(head, title, v.Title, maxTitle)
	head = addShort(head, lead, v.Lead, maxLead)
	for _, b := range v.Blocks {
		switch b := b.(type) {
		case *bot.Text:
			for _, l := range b.Lines {
				body = addLine(body, "", l)
			}
		case *bot.List:
			body = addList(body, b)
		case *bot.Table:
			body = addTable(body, b)
		}
	}
	for _, l := range v.Footer {
		foot = addShort(foot, "-# ", l, maxFoot)
	}
	return head, body, foot
}

// isQuestion reports whether a view asks for an answer.
func isQuestion(v bot.View) bool { return len(v.Buttons) > 0 && len(v.Footer) > 0 }

// How long lines may be, in characters before they are escaped, which at most doubles them.
const (
	maxTitle = 200
	maxLead  = 400
	maxLine  = 600
	maxFoot  = 300
)

func addLine(to []string, prefix string, l bot.Line) []string {
	return addShort(to, prefix, l, maxLine)
}

// addShort adds a line of at most n characters, twice as many when escaped. One that is longer for its links loses them.
func addShort(to []string, prefix string, l bot.Line, n int) []string {
	s := markdown(prefix, clipped(l, n))
	if len(s) > 2*n && units(s) > 2*n+len(prefix) {
		s = markdown(prefix, bot.L(clip(l.String(), n)))
	}
	if len(s) <= len(prefix) {
		return to
	}
	return append(to, s)
}

// clipped is a line of at most n characters.
func clipped(l bot.Line, n int) bot.Line {
	for i, s := range l {
		have := len(s.Text)
		if have > n {
			have = units(s.Text)
		}
		if have <= n {
			n -= have
			continue
		}
		out := append(bot.Line{}, l[:i+1]...)
		out[i].Text = clip(s.Text, max(1, n))
		return out
	}
	return l
}

func addList(to []string, l *bot.List) []string {
	prefix := ""
	if len(l.Title) > 0 {
		to = addLine(to, "", l.Title)
		prefix = "- "
	}
	for _, it := range l.Items {
		line := it.Line
		if mark := it.Mark.Symbol(); mark != "" {
			line = append(bot.Line{bot.T(mark)}, line...)
		}
		to = addLine(to, prefix, line)
	}
	return addLine(to, prefix, l.More)
}

// addTable writes a row as a line: Discord has no tables, and columns do not stay columns on a phone.
func addTable(to []string, t *bot.Table) []string {
	between := " · "
	if len(t.Rows) > 0 && len(t.Rows[0]) == 2 {
		between = " — "
	}
	if len(t.Head) > 0 {
		to = addLine(to, "-# ", bot.L(strings.Join(t.Head, between)))
	}
	for _, row := range t.Rows {
		var line bot.Line
		for _, cell := range row {
			if cell.String() == "" {
				continue
			}
			if len(line) > 0 {
				line = append(line, bot.T(between))
			}
			line = append(line, cell...)
		}
		to = addLine(to, "", line)
	}
	return addLine(to, "", t.More)
}

// paginate shares lines out among pages of so many characters. Where pages cannot be turned there is one, which says how
// much it lacks.
func paginate(body []string, room int, turns bool) [][]string {
	var pages [][]string
	var page []string
	left := room
	for i, line := range body {
		n := units(line) + 1
		if n > left && len(page) > 0 {
			pages = append(pages, page)
			if !turns {
				pages[0] = append(page, "-# and "+strconv.Itoa(len(body)-i)+" lines more; ask for less at a time")
				return pages
			}
			page, left = nil, room
		}
		page, left = append(page, line), left-n
	}
	return append(pages, page)
}

// rows are the buttons of a view, in rows of five, as many as there is room for: its own, those that turn pages, and
// questions to ask next.
func rows(v bot.View, page, pages, room int) []component {
	var out []component
	add := func(buttons []component) {
		for len(buttons) > 0 && room >= 2 {
			n := min(len(buttons), maxRow, room-1)
			out = append(out, component{Type: discordgo.ActionsRowComponent, Components: buttons[:n:n]})
			buttons, room = buttons[n:], room-n-1
		}
	}
	used := map[string]bool{}
	var own, turn, next []component
	for _, b := range v.Buttons {
		own = addButton(own, used, stateOf(b), b.Label, style(b.Style))
	}
	if page > 0 {
		turn = addButton(turn, used, pageID(v.Again, page-1), "Back", discordgo.SecondaryButton)
	}
	if page < pages-1 {
		turn = addButton(turn, used, pageID(v.Again, page+1), "More ("+strconv.Itoa(page+2)+" of "+strconv.Itoa(pages)+")",
			discordgo.SecondaryButton)
	}
	for _, q := range bot.Questions(v) {
		next = addButton(next, used, bot.CommandState("whowon", q.Value), q.Label, discordgo.SecondaryButton)
	}
	add(own)
	add(turn)
	add(next[:min(len(next), maxRow)])
	return out
}

func stateOf(b bot.Button) string {
	if b.Asks {
		return inputID(b.State)
	}
	return b.State
}

// addButton adds a button unless Discord would refuse the message for it. A state that is cut would be another one.
func addButton(to []component, used map[string]bool, id, label string, s discordgo.ButtonStyle) []component {
	label = clip(strings.TrimSpace(bot.Clean(label)), maxLabel)
	if id == "" || len(id) > maxCustomID || used[id] || label == "" {
		return to
	}
	used[id] = true
	return append(to, component{Type: discordgo.ButtonComponent, Style: s, Label: label, CustomID: id})
}

func style(s bot.Style) discordgo.ButtonStyle {
	switch s {
	case bot.StyleMain:
		return discordgo.PrimaryButton
	case bot.StyleDanger:
		return discordgo.DangerButton
	}
	return discordgo.SecondaryButton
}
