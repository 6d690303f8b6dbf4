package slack

import (
	"context"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// publishHome shows a user their App Home: a fact, what happened today, how they stand, the board, and for moderators the
// settings. https://docs.slack.dev/surfaces/app-home
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
	err = p.call(ctx, limit{"views.publish/" + ws.team, everyTier4, true}, func(ctx context.Context) error {
		_, err := ws.client.PublishViewContext(ctx, slack.PublishViewContextRequest{UserID: user, View: home})
		return err
	})
	if err != nil {
		p.log.Warn("an App Home was not shown", "team", at.team, "err", scrub(err))
	}
}

// section is a part of the App Home: a command, and the heading above what it shows.
type section struct {
	heading    string
	command    bot.Command
	moderators bool
}

func sections() []section {
	return []section{
		{"Did you know?", bot.Command{Name: "fact"}, false},
		{"On this day", bot.Command{Name: "onthisday"}, false},
		{"You", bot.Command{Name: "trivia", Args: "stats"}, false},
		{"Leaderboard", bot.Command{Name: "leaderboard"}, false},
		{"Settings", bot.Command{Name: "settings"}, true},
	}
}

// home draws the sections. One that fails is left out.
func (p *Platform) home(ctx context.Context, at place, user string) []slack.Block {
	r := &reply{p: p, user: user, at: place{at.org, at.team, ""}}
	in := p.inbound(r, bot.User{ID: bot.UserID(user)}, true)
	in.ID = ""
	in = in.Known(ctx)
	blocks := []slack.Block{slack.NewActionBlock("", button(formPrefix+"whowon", "Ask who won", slack.StylePrimary),
		button(formPrefix+"trivia start", "Play a round", slack.StyleDefault))}
	for _, s := range sections() {
		if s.moderators && !in.Moderator {
			continue
		}
		in.Command = &s.command
		v, err := p.o.Bot.Look(ctx, p, in)
		if err != nil || v.Empty() {
			p.log.Debug("a part of an App Home is left out", "command", s.command.Name, "err", err)
			continue
		}
		blocks = append(blocks, slack.NewDividerBlock(), small(bot.L(bot.B(s.heading))))
		blocks = append(blocks, draw(v, 0, surfaceView).blocks...)
		if s.moderators {
			blocks = append(blocks, slack.NewActionBlock("", button(formPrefix+"settings", "Change a setting", slack.StyleDefault)))
		}
	}
	return blocks[:min(len(blocks), maxViewBlocks)]
}

// maxViewBlocks is how many blocks a view may have: https://docs.slack.dev/reference/views
const maxViewBlocks = 100
