package play_test

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/trivia/generate"
)

// none is a source of no questions.
type none struct{ play.Questions }

func (none) Categories() []generate.Category { return nil }

// TestLeague lets communities of two platforms share a board: each joins by the code that another one shows.
func TestLeague(t *testing.T) {
	db, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/league.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	game := play.New(play.Options{Store: db, Questions: func() play.Questions { return none{} }})
	defer game.Close()
	oscars, cannes, other := bot.Guild{Platform: "discord", ID: "1"}, bot.Guild{Platform: "slack", ID: "T1"}, bot.Guild{Platform: "slack", ID: "T2"}
	now := time.Now()
	for i, s := range []bot.Score{{Guild: oscars, Player: "ada", Name: "Ada", Points: 300}, {Guild: cannes, Player: "bob", Name: "Bob", Points: 200},
		{Guild: oscars, Player: "cyd", Name: "Cyd", Points: 200}, {Guild: cannes, Player: "ada", Name: "Ada of Slack", Points: 100},
		{Guild: other, Player: "bob", Name: "Bob", Points: 5000}} {
		s.Key, s.At, s.Reason, s.Right, s.Channel = string(rune('a'+i)), now, bot.ReasonAnswer, 1, bot.Channel{Platform: s.Guild.Platform, ID: "c"}
		if err := db.AddScores(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	do := func(g bot.Guild, moderator bool, line string) string {
		t.Helper()
		c := bot.ParseCommand(line)
		v, _, err := game.Handle(t.Context(), &parlour{}, bot.Inbound{From: bot.User{ID: "ada"}, Moderator: moderator, Guild: g, Command: &c,
			To: bot.Target{Channel: bot.Channel{Platform: g.Platform, ID: "c"}}})
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(strings.Fields(bot.Plain(v)), " ")
	}
	if got := do(oscars, false, "/settings league new"); !strings.Contains(got, "moderator") {
		t.Errorf("not a moderator: %s", got)
	}
	code := regexp.MustCompile(`[A-Z2-7]{16}`).FindString(do(oscars, true, "/settings league new"))
	if code == "" {
		t.Fatal("there is no code")
	}
	if got := do(oscars, false, "/settings"); strings.Contains(got, code) {
		t.Errorf("everybody sees the code: %s", got)
	}
	if got := do(cannes, true, "/settings league AAAABBBBCCCCDDDD"); !strings.Contains(got, "no league with that code") {
		t.Errorf("a guessed code: %s", got)
	}
	do(cannes, true, "/settings league "+code)
	for _, g := range []bot.Guild{oscars, cannes} {
		got := do(g, false, "/leaderboard")
		want := "league of 2 communities 1. Ada 300 points 1 right 2. Bob 200 points 1 right 2. Cyd 200 points 1 right " +
			"4. Ada of Slack 100 points 1 right 4 players."
		if !strings.Contains(got, want) {
			t.Errorf("%v sees\n%s\nand not\n%s", g, got, want)
		}
	}
	if got := do(other, false, "/leaderboard"); strings.Contains(got, "Ada") || strings.Contains(got, "league") {
		t.Errorf("another community sees %s", got)
	}
	if _, err := db.DeleteGuild(t.Context(), cannes); err != nil {
		t.Fatal(err)
	}
	if got := do(oscars, false, "/leaderboard"); strings.Contains(got, "Bob") || strings.Contains(got, "league") {
		t.Errorf("who left is still there: %s", got)
	}
	do(oscars, true, "/settings league default")
	if got := do(other, true, "/settings league "+code); !strings.Contains(got, "no league with that code") {
		t.Errorf("a code that was taken back: %s", got)
	}
}
