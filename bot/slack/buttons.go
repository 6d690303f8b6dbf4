package slack

import (
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// An action ID is the state of a button as it is, "t/a/…", or with what to do with it in front: "p2:" shows the third
// page of a view that the state gives, "i:" asks for a text first, "f:" opens the form of a command. States begin with
// letters and a slash, so they cannot be taken for one of these.

// maxActionID is how long an action ID may be: https://docs.slack.dev/reference/block-kit/block-elements/button-element
const maxActionID = 255

const (
	inputPrefix = "i:"
	formPrefix  = "f:"
)

func pageID(state string, page int) string { return "p" + strconv.Itoa(page) + ":" + state }

// parseActionID reads an action ID, of any version of the program. It reports false for what never was one of a button that
// gives a press.
func parseActionID(id string) (state string, page int, asks, ok bool) {
	if rest, ok := strings.CutPrefix(id, inputPrefix); ok {
		return rest, 0, true, rest != ""
	}
	head, rest, found := strings.Cut(id, ":")
	if digits, paged := strings.CutPrefix(head, "p"); found && paged {
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 {
			return rest, n, false, rest != ""
		}
	}
	return id, 0, false, id != "" && !strings.HasPrefix(id, formPrefix)
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// buttons draws the buttons of a view in rows: its own, those that turn pages, and questions to ask next.
func (d *drawn) buttons(v bot.View, page, pages int) {
	used := map[string]bool{}
	var own, turn, next []slack.BlockElement
	for _, b := range v.Buttons {
		id := b.State
		if b.Asks {
			id = inputPrefix + id
		}
		own = addButton(own, used, id, b.Label, style(b.Style))
	}
	if page > 0 {
		turn = addButton(turn, used, pageID(v.Again, page-1), "Back", slack.StyleDefault)
	}
	if page < pages-1 {
		label := "More (" + strconv.Itoa(page+2) + " of " + strconv.Itoa(pages) + ")"
		turn = addButton(turn, used, pageID(v.Again, page+1), label, slack.StyleDefault)
	}
	for _, q := range bot.Questions(v) {
		next = addButton(next, used, bot.CommandState("whowon", q.Value), q.Label, slack.StyleDefault)
	}
	d.rows(own[:min(len(own), maxButtons)])
	d.rows(turn)
	d.rows(next[:min(len(next), maxRow)])
}

func (d *drawn) rows(buttons []slack.BlockElement) {
	for len(buttons) > 0 {
		n := min(len(buttons), maxRow)
		d.blocks = append(d.blocks, slack.NewActionBlock("", buttons[:n:n]...))
		buttons = buttons[n:]
	}
}

// addButton adds a button unless Slack would refuse the message for it. A state that is cut would be another one.
func addButton(to []slack.BlockElement, used map[string]bool, id, label string, s slack.Style) []slack.BlockElement {
	label = bot.Clip(strings.TrimSpace(bot.Clean(label)), maxLabel)
	if id == "" || len(id) > maxActionID || used[id] || label == "" {
		return to
	}
	used[id] = true
	return append(to, button(id, label, s))
}

func button(id, label string, s slack.Style) *slack.ButtonBlockElement {
	b := slack.NewButtonBlockElement(id, "", slack.NewTextBlockObject(slack.PlainTextType, label, false, false))
	b.Style = s
	return b
}

func style(s bot.Style) slack.Style {
	switch s {
	case bot.StyleMain:
		return slack.StylePrimary
	case bot.StyleDanger:
		return slack.StyleDanger
	}
	return slack.StyleDefault
}
