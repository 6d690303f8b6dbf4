package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// interview asks questions in a terminal, or takes the answers from the lines of a pipe. With yes it takes the defaults.
type interview struct {
	ctx context.Context //nolint:containedctx // of one command
	e   env
	in  *bufio.Reader
	yes bool
}

var errStopped = errors.New("stopped; no configuration was written")

// ask asks for a line; an empty one is the default.
func (a *interview) ask(question, otherwise string) (string, error) {
	if a.yes {
		return otherwise, nil
	}
	fmt.Fprintf(a.e.stdout, "%s [%s]: ", question, otherwise)
	line, err := a.wait(func() (string, error) { return a.in.ReadString('\n') }, nil)
	return orElse(line, otherwise), err
}

// choose asks until the answer is one of several, the first of which is the default.
func (a *interview) choose(question string, of ...string) (string, error) {
	for {
		answer, err := a.ask(question+" ("+strings.Join(of, ", ")+")", of[0])
		if err != nil {
			return "", err
		}
		for _, word := range of {
			if strings.EqualFold(answer, word) {
				return word, nil
			}
		}
		fmt.Fprintln(a.e.stdout, "  Please answer with one of: "+strings.Join(of, ", "))
	}
}

// agree asks for yes or no, where yes is the default.
func (a *interview) agree(question string) (bool, error) {
	for {
		answer, err := a.ask(question, "yes")
		switch strings.ToLower(answer) {
		case "y", "yes":
			return true, err
		case "n", "no":
			return false, err
		}
		if err != nil {
			return false, err
		}
		fmt.Fprintln(a.e.stdout, "  Please answer with yes or no")
	}
}

// secret asks for what is not to be seen.
func (a *interview) secret(question string) (string, error) {
	fmt.Fprintf(a.e.stdout, "%s (it is not shown): ", question)
	f, ok := a.e.stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return a.wait(func() (string, error) { return a.in.ReadString('\n') }, nil)
	}
	state, err := term.GetState(int(f.Fd()))
	if err != nil {
		return "", err
	}
	defer fmt.Fprintln(a.e.stdout)
	return a.wait(func() (string, error) {
		b, err := term.ReadPassword(int(f.Fd()))
		return string(b) + "\n", err
	}, func() { _ = term.Restore(int(f.Fd()), state) }) // nothing is left to be done about it
}

// wait waits for a line, or for Ctrl-C, after which undo is done.
func (a *interview) wait(read func() (string, error), undo func()) (string, error) {
	type answer struct {
		line string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		line, err := read()
		got <- answer{line, err}
	}()
	select {
	case <-a.ctx.Done():
		if undo != nil {
			undo()
		}
		fmt.Fprintln(a.e.stdout)
		return "", errStopped
	case r := <-got:
		if r.err != nil && (r.line == "" || !errors.Is(r.err, io.EOF)) {
			return "", errors.Join(errors.New("the answers have ended; no configuration was written"), r.err)
		}
		return strings.TrimSpace(r.line), nil
	}
}
