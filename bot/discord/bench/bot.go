package bench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Constant is what the bots say that know nothing.
const Constant = "Anora won Best Picture."

// Bot is a program, connected to a server of its own.
type Bot struct {
	Name   string
	Server *Server
	cmd    *exec.Cmd
	ended  chan struct{}
	stderr tail
}

// Programs are the files of the programs that are compared.
type Programs struct {
	Whowon, Bare string
	// GOGC is how often all of them collect their garbage (https://go.dev/doc/gc-guide#GOGC). When empty it is as each has
	// it: whowon chooses its own, a bot that does not think of it has 100.
	GOGC string
}

// Build builds the programs as they are shipped, whowon from the module at root, into dir. A program that is named is not
// built.
func Build(ctx context.Context, root, dir string, p *Programs) error {
	for _, b := range []struct {
		file       *string
		name, from string
	}{{&p.Whowon, "whowon", root}, {&p.Bare, "bare", "."}} {
		if *b.file != "" {
			continue
		}
		*b.file = filepath.Join(dir, b.name)
		cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", *b.file, "./cmd/"+b.name)
		cmd.Dir, cmd.Env = b.from, append(os.Environ(), "CGO_ENABLED=0")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("building %s, for which this must run in bot/discord/bench: %w\n%s", b.name, err, out)
		}
	}
	return nil
}

// StartWhowon starts whowon with a configuration and a database in dir.
func (p Programs) StartWhowon(ctx context.Context, dir, name string, content bool) (*Bot, error) {
	return p.start(ctx, name, dir, func(url string) ([]string, error) {
		config, err := os.CreateTemp(dir, "*.yaml")
		if err != nil {
			return nil, err
		}
		secret := config.Name() + ".token"
		if err := os.WriteFile(secret, []byte(Token), 0o600); err != nil {
			return nil, err
		}
		_, err = fmt.Fprintf(config, "discord:\n  token: ${file:%s}\n  application_id: %q\n  api_url: %s/api/v10\n  message_content: %t\n"+
			"store:\n  url: sqlite:%s.db\n", secret, Application, url, content, config.Name())
		if closed := config.Close(); err == nil {
			err = closed
		}
		return []string{p.Whowon, "--config", config.Name()}, err
	})
}

// StartBare starts a bot of discordgo alone, with flags of cmd/bare.
func (p Programs) StartBare(ctx context.Context, dir, name string, flags ...string) (*Bot, error) {
	return p.start(ctx, name, dir, func(url string) ([]string, error) {
		return append([]string{p.Bare, "-api", url}, flags...), nil
	})
}

// start starts a command that is made for the URL of a server, and returns when it has connected.
func (p Programs) start(ctx context.Context, name, dir string, command func(url string) ([]string, error)) (*Bot, error) {
	s, err := NewServer(ctx)
	if err != nil {
		return nil, err
	}
	b := &Bot{Name: name, Server: s, ended: make(chan struct{})}
	args, err := command(s.URL)
	if err != nil {
		s.Close()
		return nil, err
	}
	b.cmd = exec.CommandContext(ctx, args[0], args[1:]...)
	b.cmd.Dir, b.cmd.Env, b.cmd.Stderr, b.cmd.SysProcAttr = dir, p.environment(dir), &b.stderr, apart()
	if err := b.cmd.Start(); err != nil {
		s.Close()
		return nil, err
	}
	go func() {
		_ = b.cmd.Wait() // its state tells
		s.fail(fmt.Errorf("the program has ended: %v", b.cmd.ProcessState))
		close(b.ended)
	}()
	if err := s.Connected(ctx); err != nil {
		b.Stop()
		return nil, b.fault(err)
	}
	return b, nil
}

// environment is ours, without what the runtime of Go would take as settings, and without anything kept at home.
func (p Programs) environment(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GOMAXPROCS", "GOGC", "GOMEMLIMIT", "GODEBUG", "GOTRACEBACK"}, name)
	})
	if p.GOGC != "" {
		env = append(env, "GOGC="+p.GOGC)
	}
	return append(env, "XDG_STATE_HOME="+dir)
}

// Stop ends the program and its server.
func (b *Bot) Stop() {
	b.Server.fail(errClosed)
	_ = b.cmd.Process.Kill() // unless it has ended
	<-b.ended
	b.Server.Close()
}

// Use is the processor time that the program takes for what do makes it do.
func (b *Bot) Use(do func() error) (time.Duration, error) {
	before, err := CPU(b.cmd.Process.Pid)
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, b.fault(err)
	}
	after, err := CPU(b.cmd.Process.Pid)
	return after - before, err
}

// fault is an error with whose it is, and what the program said, where it is about to end to the last word.
func (b *Bot) fault(err error) error {
	select {
	case <-b.ended:
	case <-time.After(time.Second):
	}
	if said := b.Said(); said != "" {
		return fmt.Errorf("%s: %w; it said:\n%s", b.Name, err, said)
	}
	return fmt.Errorf("%s: %w", b.Name, err)
}

// Said is the end of what the program wrote to its standard error.
func (b *Bot) Said() string { return b.stderr.String() }

// tail keeps the end of what is written to it.
type tail struct {
	mu  sync.Mutex
	end []byte
}

// Write implements io.Writer.
func (t *tail) Write(p []byte) (int, error) {
	const kept = 4 << 10
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = append(t.end, p...)
	t.end = t.end[max(0, len(t.end)-kept):]
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.end))
}
