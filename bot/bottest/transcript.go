// Package bottest plays transcripts against the bot: text files of what users type and what the bot answers, through the
// same lanes and commands as on a platform, with the clock and the dice fixed.
//
// It is for tests only, and knows no platform but its own.
package bottest

import (
	"context"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/whowon-bot/whowon/bot"
)

// input is a line a user typed: "ada> /whowon palme d'or 2024", or in a channel other than the first "ada#films> …".
var input = regexp.MustCompile(`^([a-z]+)(#[a-z]+)?> (.*)$`)

// Play runs the section "transcript" of a txtar file against facts and returns the file as it should read: the same
// inputs, each followed by what the bot answered as plain text and an empty line. A comment line "at 2026-11-22" sets the
// date, else it is that day. A backslash sequence such as \u202e or \x00 in an input stands for that character.
func Play(ctx context.Context, data []byte, facts bot.Facts) ([]byte, error) {
	a := txtar.Parse(data)
	if len(a.Files) != 1 || a.Files[0].Name != "transcript" {
		return nil, fmt.Errorf("want one section, transcript")
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for line := range strings.Lines(string(a.Comment)) {
		if date, ok := strings.CutPrefix(strings.TrimSpace(line), "at "); ok {
			t, err := time.Parse("2006-01-02", date)
			if err != nil {
				return nil, err
			}
			now = t.Add(12 * time.Hour)
		}
	}
	p := &Platform{}
	for line := range strings.Lines(string(a.Files[0].Data)) {
		if m := input.FindStringSubmatch(strings.TrimRight(line, "\n")); m != nil {
			p.Inputs = append(p.Inputs, Input{User: m[1], Channel: m[2], Text: m[3]})
		}
	}
	b := bot.New(bot.Options{
		Facts: func() bot.Facts { return facts },
		Now:   func() time.Time { return now },
		Seed:  func() uint64 { return 7 },
	})
	if err := b.Run(ctx, p); err != nil {
		return nil, err
	}
	var out strings.Builder
	for i, in := range p.Inputs {
		if i > 0 {
			out.WriteByte('\n')
		}
		fmt.Fprintf(&out, "%s%s> %s\n%s", in.User, in.Channel, in.Text, p.Answers[i])
	}
	a.Files[0].Data = []byte(out.String())
	return txtar.Format(a), nil
}

// Input is one line of one user.
type Input struct{ User, Channel, Text string }

// Platform delivers its inputs one after the other and keeps what is answered, as plain text.
type Platform struct {
	Inputs  []Input
	Answers []string // parallel to Inputs

	mu sync.Mutex
}

// Info says that the platform can do everything that text can.
func (*Platform) Info() bot.Info { return bot.Info{Name: "bottest", ReadsText: true, Private: true} }

// Run delivers the inputs and ends.
func (p *Platform) Run(ctx context.Context, deliver bot.Deliver) error {
	p.Answers = make([]string, len(p.Inputs))
	for i, in := range p.Inputs {
		c := bot.ParseCommand(unescape(in.Text))
		done := make(chan struct{})
		err := deliver(bot.Inbound{
			ID: fmt.Sprint(i), From: bot.User{ID: bot.UserID(in.User), Name: in.User},
			To: bot.Target{Channel: bot.Channel{Platform: "bottest", ID: in.Channel}, Reply: fmt.Sprint(i)}, Command: &c,
			Done: func() { close(done) },
		})
		if err != nil {
			return err
		}
		select {
		case <-done:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return nil
}

// Send keeps the view as plain text below the input it answers.
func (p *Platform) Send(_ context.Context, to bot.Target, v bot.View, _ string) (bot.MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	var i int
	if _, err := fmt.Sscan(to.Reply, &i); err != nil || i < 0 || i >= len(p.Answers) {
		return bot.MessageRef{}, fmt.Errorf("an answer to nothing: %q", to.Reply)
	}
	p.Answers[i] += bot.Plain(v)
	return bot.MessageRef{Channel: to.Channel}, nil
}

// Edit is not possible.
func (*Platform) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

var escape = regexp.MustCompile(`\\(x[0-9a-f]{2}|u[0-9a-f]{4})`)

func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(m string) string {
		r, err := strconv.ParseUint(m[2:], 16, 32)
		if err != nil {
			return m
		}
		return string(rune(r))
	})
}
