// Package console is the terminal as a platform of the bot: one channel, lines in and coloured text out. On a terminal it
// edits lines with history and completion; from a pipe it reads line by line and answers plainly.
//
// Several people can share it: "ada> best picture 2025" is a line of ada's, and "/as ada" makes her the one who types from
// then on. Whoever sits at the terminal is a moderator. The label of a button that was shown last, or its first word,
// presses it: a bare "B" is the answer B.
//
// It does not know what a line means beyond that, nor how it is answered.
package console

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"golang.org/x/term"

	"github.com/whowon-bot/whowon/bot"
)

// Config is the console section of the configuration file.
type Config struct {
	// History is the file that keeps what was typed; "" is whowon/history in the user's state folder, "off" is none.
	History string `yaml:"history"`
	// Color is auto (only on a terminal, and only when NO_COLOR is not set), always or never.
	Color string `yaml:"color"`
}

// Check reports a setting that does not exist.
func (c Config) Check() error {
	switch c.Color {
	case "", "auto", "always", "never":
		return nil
	}
	return fmt.Errorf("console.color is %q; use auto, always or never", c.Color)
}

// Completer proposes whole lines for the beginning of one; *bot.Bot is one.
type Completer interface {
	Complete(line string, n int) []string
}

// Options are what a Console is made of. In and Out are looked at: files that are terminals are used as such.
type Options struct {
	Config   Config
	In       io.Reader
	Out      io.Writer
	Getenv   func(string) string
	Complete Completer // no completion when nil
	Greeting string    // shown first on a terminal
	Pages    string    // where our pages are published, as in https://whowon.example.org; "" is nowhere
	Log      *slog.Logger
}

// Console is a bot.Platform.
type Console struct {
	o     Options
	color bool
	seq   int

	user string // who types; you, unless somebody else said so

	mu      sync.Mutex // guards what is below
	out     io.Writer
	width   func() int   // columns to wrap at; 0 is no wrapping
	buttons []bot.Button // shown last
}

var _ bot.Platform = (*Console)(nil)

// channel is the only one there is, in the only guild.
var (
	channel = bot.Channel{Platform: "console", ID: "terminal"}
	guild   = bot.Guild{Platform: "console", ID: "terminal"}
)

// owner is who sits at the terminal.
const owner = "you"

// New makes a console. It touches neither terminal nor files before Run.
func New(o Options) *Console {
	if o.Getenv == nil {
		o.Getenv = os.Getenv
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c := &Console{o: o, user: owner, out: o.Out, width: func() int { return 0 }}
	switch o.Config.Color {
	case "always":
		c.color = true
	case "never":
	default:
		c.color = isTerminal(o.Out) && o.Getenv("NO_COLOR") == "" && o.Getenv("TERM") != "dumb"
	}
	if f, ok := terminal(o.Out); ok {
		c.width = func() int {
			w, _, err := term.GetSize(int(f.Fd()))
			if err != nil {
				return 0
			}
			return w
		}
	}
	return c
}

// Info says what a terminal can do.
func (c *Console) Info() bot.Info {
	return bot.Info{Name: channel.Platform, ReadsText: true, Private: true, Buttons: true}
}

// Run reads lines until the input ends, the user presses Ctrl-C or Ctrl-D, or ctx is done. A read that the system cannot
// interrupt may outlive it.
func (c *Console) Run(ctx context.Context, deliver bot.Deliver) error {
	in, isTTY := terminal(c.o.In)
	if out, ok := terminal(c.o.Out); isTTY && ok && c.o.Getenv("TERM") != "dumb" {
		return c.runEditor(ctx, in, out, deliver)
	}
	return c.runPiped(ctx, deliver)
}

// Send shows a view.
func (c *Console) Send(_ context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if v.Private && to.Reply != "" && to.Reply != owner { // who else sits here should know whom it is for
		first := &v.Lead
		if len(v.Title) > 0 {
			first = &v.Title
		}
		*first = append(bot.L(bot.B(to.Reply), ": "), *first...)
	}
	if len(v.Buttons) > 0 {
		c.buttons = v.Buttons
	}
	_, err := io.WriteString(c.out, render(bot.Paged(v, c.o.Pages), c.width(), c.color)+"\n")
	return bot.MessageRef{Channel: to.Channel, ID: key}, err
}

// Edit is not possible: what is printed stays.
func (c *Console) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

// quit are the lines that end it.
func quit(line string) bool { return line == "/quit" || line == "/exit" }

// do delivers one line and waits until it has been handled, so that answers stand below their questions. It reports
// whether to go on.
func (c *Console) do(ctx context.Context, line string, deliver bot.Deliver) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return true
	}
	if quit(line) {
		return false
	}
	in, ok := c.inbound(line)
	if !ok {
		return true
	}
	done := make(chan struct{})
	in.Done = func() { close(done) }
	err := deliver(in)
	if err != nil {
		return false // only when the bot is closing: one line at a time cannot fill a lane
	}
	select {
	case <-done:
		return true
	case <-ctx.Done():
		return false
	}
}

// historyFile is where lines are kept; "" is nowhere.
func (c *Console) historyFile() string {
	switch c.o.Config.History {
	case "off":
		return ""
	case "":
	default:
		return c.o.Config.History
	}
	if dir := c.o.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "whowon", "history")
	}
	if home := c.o.Getenv("HOME"); home != "" {
		return filepath.Join(home, ".local", "state", "whowon", "history")
	}
	return ""
}

// terminal returns v as a file if it is one that leads to a terminal.
func terminal(v any) (*os.File, bool) {
	f, ok := v.(*os.File)
	return f, ok && f != nil && term.IsTerminal(int(f.Fd()))
}

func isTerminal(v any) bool { _, ok := terminal(v); return ok }
