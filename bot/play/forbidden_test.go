package play_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// shut is a channel that the bot may not post in, until it may.
type shut struct {
	parlour
	open bool
}

func (s *shut) Send(ctx context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	if !s.open {
		return bot.MessageRef{}, &bot.Forbidden{Mend: "Invite me.", Err: errors.New("not in channel")}
	}
	return s.parlour.Send(ctx, to, v, key)
}

// TestNobodySeesTheQuestion ends a round whose question cannot be shown, and says how to mend that: once it is mended,
// the next round begins.
func TestNobodySeesTheQuestion(t *testing.T) {
	db, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/shut.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	game := play.New(play.Options{Store: db, Questions: func() play.Questions { return none{} },
		Pool:  func() *judge.Pool { return judge.NewPool(func(func(judge.Known) bool) {}) },
		Packs: []play.Pack{{Slug: "quiz", Name: "Quiz", Questions: quiz("Blade Runner")}}})
	defer game.Close()
	p := &shut{}
	start := func() string {
		t.Helper()
		v, _, err := game.Handle(t.Context(), p, bot.Inbound{From: bot.User{ID: "ada"}, Guild: bot.Guild{Platform: "parlour", ID: "g"},
			Command: &bot.Command{Name: "trivia", Args: "quiz 3"}, To: bot.Target{Channel: bot.Channel{Platform: "parlour", ID: "c"}}})
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(bot.Plain(v))
	}
	if got := start(); got != "Invite me." {
		t.Errorf("who asked is told %q", got)
	}
	p.open = true
	if got := start(); got != "" || len(p.shown) != 1 || !strings.Contains(bot.Plain(p.shown[0]), "1 of 3") {
		t.Errorf("told %q, shown %d", got, len(p.shown))
	}
}
