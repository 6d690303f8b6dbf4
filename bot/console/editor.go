package console

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/whowon-bot/whowon/bot"
)

const prompt = "whowon> "

// runEditor lets the user edit lines. The terminal is in raw mode meanwhile and is restored however this ends.
func (c *Console) runEditor(ctx context.Context, in, out *os.File, deliver bot.Deliver) error {
	fd := int(in.Fd())
	state, err := term.MakeRaw(fd)
	if err != nil {
		return fmt.Errorf("terminal: %w", err)
	}
	t := term.NewTerminal(struct {
		io.Reader
		io.Writer
	}{&cleanInput{r: in}, out}, c.prompt())
	restore := sync.OnceFunc(func() {
		t.SetBracketedPasteMode(false)
		_ = term.Restore(fd, state) // nothing is left to be done about it
	})
	defer restore()
	t.SetBracketedPasteMode(true)
	t.History = openHistory(c.historyFile(), c.o.Log)
	if c.o.Complete != nil {
		t.AutoCompleteCallback = (&completion{complete: c.o.Complete, show: t}).key
	}
	c.mu.Lock()
	c.out = t
	c.mu.Unlock()
	if c.o.Greeting != "" {
		fmt.Fprintln(t, bot.Clean(c.o.Greeting))
	}
	return c.editLines(ctx, t, out, deliver)
}

func (c *Console) prompt() string {
	if c.color {
		return codeBold + prompt + codeReset
	}
	return prompt
}

// typed is a line that was read, or why none was.
type typed struct {
	line string
	err  error
}

// editLines hands line after line on. Lines are read in a goroutine of their own, which the end of ctx leaves behind in
// its read: the program ends then.
func (c *Console) editLines(ctx context.Context, t *term.Terminal, out *os.File, deliver bot.Deliver) error {
	lines, next := make(chan typed), make(chan struct{})
	defer close(next)
	go readLines(ctx, t, out, next, lines)
	for {
		select {
		case next <- struct{}{}:
		case <-ctx.Done():
			return nil
		}
		select {
		case <-ctx.Done():
			fmt.Fprintln(t)
			return nil
		case l := <-lines:
			if l.err == nil || errors.Is(l.err, term.ErrPasteIndicator) {
				if !c.do(ctx, l.line, deliver) {
					return nil
				}
				continue
			}
			fmt.Fprintln(t)
			if errors.Is(l.err, io.EOF) { // Ctrl-C, Ctrl-D, or the terminal is gone
				return nil
			}
			return fmt.Errorf("terminal: %w", l.err)
		}
	}
}

// readLines reads a line for each next, at the width the terminal has then.
func readLines(ctx context.Context, t *term.Terminal, out *os.File, next <-chan struct{}, lines chan<- typed) {
	for range next {
		if w, h, err := term.GetSize(int(out.Fd())); err == nil && w > 0 && h > 0 {
			_ = t.SetSize(w, h) // what fails here fails in ReadLine too
		}
		line, err := t.ReadLine()
		select {
		case lines <- typed{line, err}:
		case <-ctx.Done():
			return
		}
	}
}
