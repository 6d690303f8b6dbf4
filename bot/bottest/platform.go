package bottest

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

const platformName = "bottest"

// platform delivers what users do, and keeps what is shown as plain text.
type platform struct {
	setup   Setup
	inputs  int
	deliver chan bot.Deliver // of the program that runs

	mu       sync.Mutex
	began    time.Time         // the step
	messages []string          // of the step
	sent     int               // messages so far
	texts    map[string]string // of messages, by ID
	buttons  []button
}

// button is one that was shown, wherever it is: what was shown can be pressed for ever.
type button struct {
	bot.Button
	message bot.MessageRef
}

func newPlatform(s Setup) *platform {
	return &platform{setup: s, texts: map[string]string{}, deliver: make(chan bot.Deliver, 1)}
}

// Info implements bot.Platform.
func (p *platform) Info() bot.Info { return p.setup.Info }

// Run implements bot.Platform: it lets the steps deliver until the program ends.
func (p *platform) Run(ctx context.Context, deliver bot.Deliver) error {
	p.deliver <- deliver
	<-ctx.Done()
	<-p.deliver
	return nil
}

// Boot implements Medium.
func (p *platform) Boot() (bot.Platform, error) { return p, nil }

// Input implements Medium.
func (p *platform) Input(ctx context.Context, s Step) error {
	p.inputs++
	ch := bot.Channel{Platform: platformName, ID: "general" + s.Channel}
	done := make(chan struct{})
	in := bot.Inbound{
		ID: strconv.Itoa(p.inputs), At: time.Now().Add(-s.Ago), Order: uint64(p.inputs), From: p.setup.User(s.User),
		Moderator: p.setup.Moderator(s.User), Guild: bot.Guild{Platform: platformName, ID: "guild"},
		To: bot.Target{Channel: ch, Reply: s.User}, Direct: !p.setup.Public, Done: func() { close(done) },
	}
	text := p.setup.Named(strings.TrimSpace(s.Text))
	if label, ok := strings.CutPrefix(text, "["); ok && strings.HasSuffix(label, "]") {
		press, err := p.press(ch, strings.TrimSuffix(label, "]"))
		if err != nil {
			return err
		}
		in.Press = &press
	} else if c := bot.ParseCommand(text); text == "" || strings.HasPrefix(text, "/") {
		in.Command = &c
	} else {
		in.Text = text
		if p.setup.Spoken {
			in.Moderator, in.Public = false, true
		}
	}
	deliver := <-p.deliver
	p.deliver <- deliver
	if err := deliver(in); err != nil {
		return err
	}
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// press finds the button shown last in the channel that has a label, or whose label begins with that word.
func (p *platform) press(ch bot.Channel, label string) (bot.Press, error) {
	if state, ok := strings.CutPrefix(label, "="); ok { // forged
		return bot.Press{State: state, Message: bot.MessageRef{Channel: ch}}, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.buttons) - 1; i >= 0; i-- {
		b := p.buttons[i]
		first, _, _ := strings.Cut(b.Label, "  ")
		if b.message.Channel == ch && (b.Label == label || first == label) {
			return bot.Press{State: b.State, Message: b.message}, nil
		}
	}
	return bot.Press{}, fmt.Errorf("there is no button [%s]", label)
}

// Send implements bot.Platform.
func (p *platform) Send(_ context.Context, to bot.Target, v bot.View, _ string) (bot.MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent++
	ref := bot.MessageRef{Channel: to.Channel, ID: strconv.Itoa(p.sent)}
	mark := ""
	if v.Private && p.setup.Public && p.setup.Info.Private {
		mark = "to " + to.Reply
	}
	p.show(ref, v, mark)
	return ref, nil
}

// Edit implements bot.Platform.
func (p *platform) Edit(_ context.Context, ref bot.MessageRef, v bot.View) error {
	if !p.setup.Info.Edits {
		return bot.ErrUnsupported
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.show(ref, v, "edited")
	return nil
}

// show keeps a message, with the time where it is not that of the step. Of one that is edited in one line it is that line.
func (p *platform) show(ref bot.MessageRef, v bot.View, mark string) {
	whole := bot.Plain(v)
	text := oneLine(p.texts[ref.ID], whole)
	p.texts[ref.ID] = whole
	if at := time.Since(p.began); at > 0 {
		mark = strings.TrimPrefix(mark+fmt.Sprintf(", after %.1f s", at.Seconds()), ", ")
	}
	if mark != "" {
		mark = "(" + mark + ")"
		if strings.Count(text, "\n") == 1 {
			mark += " "
		} else {
			mark += "\n"
		}
	}
	p.messages = append(p.messages, mark+text)
	for _, b := range v.Buttons {
		p.buttons = append(p.buttons, button{b, ref})
	}
}

// oneLine is the line in which a text differs from what it was, or all of it.
func oneLine(was, text string) string {
	a, b := strings.SplitAfter(was, "\n"), strings.SplitAfter(text, "\n")
	if len(a) != len(b) {
		return text
	}
	changed := ""
	for i := range a {
		switch {
		case a[i] == b[i]:
		case changed != "":
			return text
		default:
			changed = b[i]
		}
	}
	if changed == "" {
		return text
	}
	return changed
}

// Begin implements Medium.
func (p *platform) Begin(now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.began = now
}

// Shown implements Medium.
func (p *platform) Shown() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	m := p.messages
	p.messages = nil
	return m
}

// Logged implements Medium.
func (p *platform) Logged(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.messages = append(p.messages, "(logged) "+line)
}
