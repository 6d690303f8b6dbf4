package play

import (
	"context"
	"strconv"

	"github.com/whowon-bot/whowon/bot"
)

// welcomeView is what a community sees first: one press asks the first question.
func welcomeView() bot.View {
	return bot.View{
		Lead: bot.L("Hello! I know who won."),
		Blocks: []bot.Block{&bot.Text{Lines: []bot.Line{
			bot.L("Ask me with ", bot.B("/whowon"), ": best picture 2025, palme d'or 2019, sean baker."),
			bot.L("Play with ", bot.B("/trivia"), ", alone or together."),
		}}},
		Footer:  []bot.Line{bot.L("/help tells the rest, /privacy what is kept.")},
		Buttons: []bot.Button{{State: statePrefix + "start/quick", Label: "Ask us a question", Style: bot.StyleMain}},
	}
}

// privacyView says what is kept about somebody, and offers to delete it.
func privacyView(buttons bool) bot.View {
	v := private("Kept about you: what you do in rounds and daily questions, and nothing else.")
	v.Blocks = []bot.Block{
		&bot.List{Items: []bot.Item{
			{Line: bot.L("Your points, with your ID and the name you had: until they are deleted.")},
			{Line: bot.L("Your answers in a round: a day. Typed ones that were contested: with the appeal.")},
			{Line: bot.L("Your answers to daily questions, with your name and your streak: 400 days.")},
			{Line: bot.L("What you ask with /whowon and what is written in the channel: not at all.")},
		}},
		&bot.Text{Lines: []bot.Line{bot.L(bot.B("/trivia hide"), " keeps you off other people's view of the leaderboard.")}},
	}
	if buttons {
		v.Buttons = []bot.Button{{State: statePrefix + "forget", Label: "Delete what is kept about me", Style: bot.StyleDanger}}
	}
	return v
}

// forget removes who asks for it from everything that is kept, once they have said it twice.
func (g *Game) forget(ctx context.Context, in bot.Inbound, sure bool) (bot.View, error) {
	if !sure {
		v := private("Delete your points, your answers and your name, in all communities here? There is no way back.")
		v.Buttons = []bot.Button{{State: statePrefix + "forget/yes", Label: "Delete them", Style: bot.StyleDanger}}
		return v, nil
	}
	counts, err := Forget(ctx, g.o.Store, in.To.Channel.Platform, in.From.ID, g.o.Now())
	if err != nil {
		return bot.View{}, err
	}
	n := int64(0)
	for _, rows := range counts {
		n += rows
	}
	if n == 0 {
		return private("Nothing was kept about you."), nil
	}
	return private("Deleted: " + strconv.FormatInt(n, 10) + " entries. Messages in the chat stay; your own you can delete."),
		nil
}
