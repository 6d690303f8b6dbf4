package play

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// childJob makes this test's binary a bot that plays, and may be killed.
const childJob = "WHOWON_TEST_PLAY"

func TestMain(m *testing.M) {
	if job := os.Getenv(childJob); job != "" {
		os.Exit(child(job))
	}
	os.Exit(storetest.Main(m))
}

var (
	stageChannel = bot.Channel{Platform: "stage", ID: "c1"}
	stageGuild   = bot.Guild{Platform: "stage", ID: "g1"}
)

// packName is the pack that the tests play.
const packName = "numbers"

// numbers are questions whose text and answer say which of them it is.
func numbers(n int) []trivia.Question {
	words := []string{"Mercury", "Venus", "Saturn", "Jupiter", "Neptune", "Uranus", "Pluto", "Ceres"}
	var out []trivia.Question
	for i := range n {
		answer := fmt.Sprintf("%s %s", words[i%8], words[i/8%8])
		out = append(out, trivia.Question{
			ID: fmt.Sprintf("numbers/%03d", i), Text: fmt.Sprintf("What is number %03d?", i), Kind: judge.Other, Difficulty: trivia.Easy,
			Answers: []string{answer}, Wrong: []string{"Elephant", "Giraffe", "Rhinoceros"}, Category: packName, Source: "the tests",
		})
	}
	return out
}

// noFacts are the questions of a bot that has packs only.
type noFacts struct{}

func (noFacts) Pick(uint64, generate.Filter, int, func(string) bool) []trivia.Question { return nil }
func (noFacts) ByID(string) (trivia.Question, bool)                                    { return trivia.Question{}, false }
func (noFacts) Categories() []generate.Category                                        { return nil }

func options(db Store, seed uint64) Options {
	pool := judge.NewPool(func(func(judge.Known) bool) {})
	return Options{
		Store: db, Questions: func() Questions { return noFacts{} }, Pool: func() *judge.Pool { return pool },
		Packs: []Pack{{Slug: packName, Name: "Numbers", Source: "the tests", Questions: numbers(64)}}, Seed: func() uint64 { return seed },
	}
}

// beginner is a game that begins rounds with rules that no command gives: so short that hundreds can be played.
type beginner struct {
	*Game
	rules trivia.Rules
}

func (b beginner) Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	if in.Command == nil || in.Command.Name != "begin" {
		return b.Game.Handle(ctx, p, in)
	}
	v, err := b.begin(ctx, p, in, wanted{rules: b.rules, pack: packName})
	return v, true, err
}

// shortRules are those of a mode, with two questions that close as soon as somebody is right.
func shortRules(mode string) trivia.Rules {
	var r trivia.Rules
	switch mode {
	case "race":
		r = trivia.Preset(trivia.Race)
	case "typed":
		r = trivia.Preset(trivia.Classic)
		r.Typed, r.Penalty, r.Window = true, 20, 50*time.Millisecond
	case "alone":
		r = trivia.Preset(trivia.Everybody)
		r.Alone, r.Window = true, 0
	}
	r.Questions, r.Time, r.Pause, r.Settle, r.Rate, r.SpeedBonus = 2, trivia.MinTime, 0, 15*time.Millisecond, 0, 20
	return r
}

// OpenStore is the store at a URL, which is closed at the end of the test. It has a capital
// for the tests outside the package.
func OpenStore(t testing.TB, url string) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}
