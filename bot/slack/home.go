package slack

import (
	"context"
	"slices"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// publishHome shows a user their App Home: a fact, what happened today, how they stand, the board, and for moderators
// what is posted by itself and the settings. https://docs.slack.dev/surfaces/app-home
func (p *Platform) publishHome(ctx context.Context, at place, user string) {
	if p.o.Bot == nil || user == "" {
		return
	}
	ws, err := p.workspaces.of(ctx, at)
	if err != nil {
		p.log.Debug("no App Home", "team", at.team, "err", scrub(err))
		return
	}
	home := slack.HomeTabViewRequest{Type: slack.VTHomeTab, Blocks: slack.Blocks{BlockSet: p.home(ctx, at, user)}}
	l := limit{key: "views.publish/" + ws.team, every: everyTier4, repeatable: true}
	err = p.call(ctx, l, func(ctx context.Context) error {
		_, err := ws.client.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: home})
		return err
	})
	if err != nil {
		p.log.Warn("an App Home was not shown", "team", at.team, "err", scrub(err))
	}
}

// section is a part of the App Home: a command, the heading above what it shows, and the forms that are opened below.
type section struct {
	heading    string
	command    bot.Command
	moderators bool
	forms      []slack.BlockElement
}

func (p *Platform) sections() []section {
	all := []section{
		{heading: "Did you know?", command: bot.Command{Name: "fact"}},
		{heading: "On this day", command: bot.Command{Name: "onthisday"}},
		{heading: "You", command: bot.Command{Name: "trivia", Args: "stats"}},
		{heading: "Leaderboard", command: bot.Command{Name: "leaderboard"}},
	}
	if forms := p.scheduleForms(); len(forms) > 0 {
		all = append(all, section{"Scheduled posts", bot.Command{Name: "schedule", Args: "list"}, true, forms})
	}
	change := []slack.BlockElement{button(formPrefix+"settings", "Change a setting", slack.StyleDefault)}
	return append(all, section{"Settings", bot.Command{Name: "settings"}, true, change})
}

// scheduleForms are buttons for what can be scheduled: a sub of /schedule each that takes the channel it is for.
func (p *Platform) scheduleForms() []slack.BlockElement {
	var buttons []slack.BlockElement
	info, _ := p.find("schedule")
	for _, sub := range info.Subs {
		if takesChannel(sub) && len(buttons) < maxRow {
			words := "schedule " + sub.Name
			buttons = append(buttons, button(formPrefix+words, bot.Clip(title(words), maxLabel), slack.StyleDefault))
		}
	}
	return buttons
}

// home draws the sections. One that fails is left out.
func (p *Platform) home(ctx context.Context, at place, user string) []slack.Block {
	r := &reply{p: p, user: user, at: at.in("")}
	in := p.inbound(r, bot.User{ID: bot.UserID(user)}, true)
	in.ID = ""
	in = in.Known(ctx)
	blocks := []slack.Block{slack.NewActionBlock("", button(formPrefix+"whowon", "Ask who won", slack.StylePrimary),
		button(formPrefix+"trivia start", "Play a round", slack.StyleDefault))}
	sections := slices.DeleteFunc(p.sections(), func(s section) bool { return s.moderators && !in.Moderator })
	for i, s := range sections {
		room := (maxViewBlocks - len(blocks)) / (len(sections) - i) // what one does not use is there for those below
		blocks = append(blocks, p.homeSection(ctx, in, s, room)...)
	}
	return blocks
}

// homeSection draws a section in as many blocks as there is room for. What does not fit is cut off above the buttons.
func (p *Platform) homeSection(ctx context.Context, in bot.Inbound, s section, room int) []slack.Block {
	in.Command = &s.command
	v, err := p.o.Bot.Look(ctx, p, in)
	if err != nil || v.Empty() {
		p.log.Debug("a part of an App Home is left out", "command", s.command.Name, "err", err)
		return nil
	}
	blocks := []slack.Block{slack.NewDividerBlock(), small(bot.L(bot.B(s.heading)))}
	blocks = append(blocks, p.draw(v, 0, surfaceView).blocks...)
	if len(s.forms) == 0 {
		return blocks[:min(len(blocks), room)]
	}
	return append(blocks[:min(len(blocks), room-1)], slack.NewActionBlock("", s.forms...))
}

// maxViewBlocks is how many blocks a view may have: https://docs.slack.dev/reference/views
const maxViewBlocks = 100
