// Package bottest plays transcripts against the bot: text files of what users type and press and what the bot shows, through
// the same lanes, commands, games and database as on a platform, with the clock, the dice and the identifiers fixed.
//
// It is for tests only, and knows no platform but its own.
package bottest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// World is what transcripts are played against. It is made once, since the pool of known answers takes a while.
type World struct {
	facts     *facts.Corpus
	questions *generate.Generator
	pool      *judge.Pool
}

// NewWorld makes the world of these facts.
func NewWorld(c *facts.Corpus) *World {
	return &World{facts: c, questions: generate.New(c, 1), pool: judge.NewPool(generate.Known(c))}
}

// Play runs the section "transcript" of a txtar file and returns the file as it should read: the same steps, each followed
// by what the bot showed as plain text and an empty line. Sections whose names have an ending are question packs. Steps are
//
//	ada> /whowon palme d'or 2024   somebody types; in another channel than the first: ada#films> …
//	bob> [B]                       presses the button shown last whose label, or its first word, is B; [=t/a/x] its state
//	bob@-1.5s> anora               what the platform says was sent 1.5 s before it arrived
//	wait 20s                       time passes
//	restart 3m                     the program ends, and is started again after 3 minutes; without a time at once
//
// What is shown later than its step stands below "(after 5.0 s)". The comment of the file may hold the lines of a setup.
// A backslash sequence such as \u202e or \x00 in what is typed stands for that character, \rep(ab,100) for a hundred ab.
//
// It runs in a bubble of testing/synctest: time is fake, the database is not.
func (w *World) Play(t *testing.T, data []byte) ([]byte, error) {
	return w.PlayOn(t, data, NewMedium)
}

// Medium is what the inputs of a transcript come over, and what is shown goes to. It lives as long as the transcript, and
// runs in the bubble.
type Medium interface {
	// Boot makes the platform of a program that is about to start.
	Boot() (bot.Platform, error)
	// Input does what somebody types or presses. It returns when it has been delivered, or once it was handled.
	Input(ctx context.Context, s Step) error
	// Begin begins a step.
	Begin(now time.Time)
	// Shown returns what was shown since it was called last, a message each.
	Shown() []string
	// Logged shows a line of the program's log.
	Logged(line string)
}

// NewMedium makes the medium of this package: plain text, and a platform that can do what the setup says.
func NewMedium(_ testing.TB, s Setup) Medium { return newPlatform(s) }

// PlayOn is Play over a medium of somebody else's.
func (w *World) PlayOn(t *testing.T, data []byte, medium func(testing.TB, Setup) Medium) ([]byte, error) {
	a := txtar.Parse(data)
	s, err := readSetup(string(a.Comment))
	if err != nil {
		return nil, err
	}
	script := -1
	for i, f := range a.Files {
		if f.Name == "transcript" {
			script = i
		} else {
			s.packs = append(s.packs, f)
		}
	}
	if script < 0 {
		return nil, fmt.Errorf("want a section, transcript")
	}
	steps, err := readSteps(string(a.Files[script].Data))
	if err != nil {
		return nil, err
	}
	dir := t.TempDir()
	var out strings.Builder
	synctest.Test(t, func(t *testing.T) { // what the medium cleans up with t ends in the bubble
		time.Sleep(time.Until(s.At))
		err = w.play(t.Context(), s, medium(t, s), dir, steps, &out)
	})
	if err != nil {
		return nil, fmt.Errorf("%w; so far:\n%s", err, out.String())
	}
	a.Files[script].Data = []byte(out.String())
	return txtar.Format(a), nil
}

// Commands are those of the program that transcripts are played against.
func Commands() []bot.CommandInfo {
	posts := schedule.New(schedule.Options{Contents: (&World{}).contents(nil, nil)})
	return bot.New(bot.Options{Features: []bot.Feature{play.New(play.Options{}), posts}}).Commands()
}
