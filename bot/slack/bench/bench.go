// Package bench measures what whowon costs on Slack beside bots of slack-go alone: processor time for an event, as a
// ratio, and how long acknowledgements take. All bots are processes of their own, each on a server of its own, and take
// turns in the same run. See cmd/compare.
package bench

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// Channel is where everything happens.
const Channel = "C0000000001"

// Bot is a program, connected to a server.
type Bot struct {
	Name   string
	Server *slacktest.Server
	cmd    *exec.Cmd
	stderr *strings.Builder
	shown  atomic.Int64 // messages
	last   atomic.Pointer[slacktest.Message]
	wake   chan struct{}
}

// Program is what to start: Command makes its arguments, Env is added to the environment. Where it Hears what is said in
// channels, that is also what it says itself.
type Program struct {
	Name    string
	Hears   bool
	Env     []string
	Command func(*slacktest.Server) []string
}

// Start starts a program on a new server.
func Start(ctx context.Context, dir string, p Program) (*Bot, error) {
	scopes := []string{"commands", "chat:write", "app_mentions:read", "users:read"}
	if p.Hears {
		scopes = append(scopes, "channels:history")
	}
	s := slacktest.New(slacktest.Options{App: slacktest.AppOptions{Scopes: scopes}, Web: slacktest.WebOptions{Limits: slacktest.RateLimits{Off: true}},
		Socket: slacktest.SocketOptions{Forget: true}})
	s.KeepRequests(100)
	s.KeepDeliveries(10_000)
	s.AddChannel(slacktest.Channel{ID: Channel, Name: "general", Member: true})
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	go func() { _ = s.Serve(l, "http://"+l.Addr().String()) }() // it ends with the program
	b := &Bot{Name: p.Name, Server: s, stderr: &strings.Builder{}, wake: make(chan struct{}, 1)}
	s.OnMessage(func(m slacktest.Message, _ bool) {
		b.last.Store(&m)
		b.shown.Add(1)
		select {
		case b.wake <- struct{}{}:
		default:
		}
	})
	for s.API() == "/api/" { // until it serves
		time.Sleep(time.Millisecond)
	}
	args := p.Command(s)
	b.cmd = exec.CommandContext(ctx, args[0], args[1:]...)
	b.cmd.Dir, b.cmd.Env, b.cmd.Stderr, b.cmd.SysProcAttr = dir, append(environment(dir), p.Env...), b.stderr, apart()
	if err := b.cmd.Start(); err != nil {
		return nil, err
	}
	for range 1000 {
		if s.Connections() > 0 {
			return b, nil
		}
		time.Sleep(10 * time.Millisecond)
	}
	b.Stop()
	return nil, fmt.Errorf("%s did not connect: %s", p.Name, b.stderr)
}

// environment is ours, without what Go's runtime would take as settings.
func environment(dir string) []string {
	env := slices.DeleteFunc(os.Environ(), func(v string) bool {
		name, _, _ := strings.Cut(v, "=")
		return slices.Contains([]string{"GOMAXPROCS", "GOGC", "GOMEMLIMIT", "GODEBUG"}, name)
	})
	return append(env, "XDG_STATE_HOME="+dir)
}

// Stop ends the program.
func (b *Bot) Stop() {
	_ = b.cmd.Process.Kill() // unless it has ended
	_ = b.cmd.Wait()         // killed
	b.Server.Close()
}

// inFlight is how many commands are under way at a time.
const inFlight = 8

// Ask asks n questions in turn and waits for the answers.
func (b *Bot) Ask(ctx context.Context, n int, questions []string) error {
	ada, where := b.Server.User("ada"), slacktest.Where{Channel: Channel}
	start := b.shown.Load()
	for i := range n {
		for int64(i)-(b.shown.Load()-start) >= inFlight {
			if err := b.wait(ctx); err != nil {
				return err
			}
		}
		b.Server.Slash(where, ada, "/whowon", questions[i%len(questions)])
	}
	for b.shown.Load()-start < int64(n) {
		if err := b.wait(ctx); err != nil {
			return err
		}
	}
	return nil
}

// Answer asks a question, and returns what was shown.
func (b *Bot) Answer(ctx context.Context, question string) (slacktest.Message, error) {
	if err := b.Ask(ctx, 1, []string{question}); err != nil {
		return slacktest.Message{}, err
	}
	return *b.last.Load(), nil
}

var errSilent = errors.New("no answer came for 10 seconds")

func (b *Bot) wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-b.wake:
		return nil
	case <-time.After(10 * time.Second):
		return fmt.Errorf("%s: %w: %s%v", b.Name, errSilent, b.stderr, b.Server.Faults())
	}
}

// Say says n things in the channel, and waits until all are acknowledged.
func (b *Bot) Say(ctx context.Context, n int) error {
	ada, where := b.Server.User("ada"), slacktest.Where{Channel: Channel}
	for i := range n {
		b.Server.Say(where, ada, "I think that they never should have given it to that film, honestly")
		for i%inFlight == 0 && b.Server.Unacked() > inFlight {
			if err := pause(ctx); err != nil {
				return err
			}
		}
	}
	for b.Server.Unacked() > 0 {
		if err := pause(ctx); err != nil {
			return err
		}
	}
	return nil
}

func pause(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(time.Millisecond):
		return nil
	}
}

// Candidate is a bot and what it is given to do.
type Candidate struct {
	Name string
	Bot  *Bot
	Each int // events a round
	Do   func(ctx context.Context, n int) error

	took []time.Duration // processor time for an event, by round
}

// Round lets a candidate take its turn; a round that does not count warms it up.
func (c *Candidate) Round(ctx context.Context, counts bool) error {
	before, err := CPU(c.Bot.cmd.Process.Pid)
	if err != nil {
		return err
	}
	if err := c.Do(ctx, c.Each); err != nil {
		return err
	}
	after, err := CPU(c.Bot.cmd.Process.Pid)
	if counts {
		c.took = append(c.took, (after-before)/time.Duration(c.Each))
	}
	return err
}

// Took is the processor time for an event: a quarter, half and three quarters of the rounds took less.
func (c *Candidate) Took() (low, mid, high time.Duration) { return quartiles(c.took) }

// To is the ratio to a peer, within each round.
func (c *Candidate) To(peer *Candidate) (low, mid, high float64) {
	var ratios []float64
	for i := range c.took {
		ratios = append(ratios, float64(c.took[i])/float64(max(1, peer.took[i])))
	}
	return quartiles(ratios)
}

func quartiles[T cmp.Ordered](list []T) (low, mid, high T) {
	if len(list) == 0 {
		return low, mid, high
	}
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/4], list[len(list)/2], list[len(list)*3/4]
}

// Acks keeps a rate of events a second up for a while, commands and messages by turns, and returns how long their
// acknowledgements took.
func (b *Bot) Acks(ctx context.Context, rate int, during time.Duration) ([]time.Duration, error) {
	b.Server.KeepDeliveries(rate * int(during/time.Second) * 2)
	ada, where := b.Server.User("ada"), slacktest.Where{Channel: Channel}
	before := len(b.Server.AckLatencies())
	tick := time.NewTicker(time.Second / time.Duration(rate))
	defer tick.Stop()
	for i := range rate * int(during/time.Second) {
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
		}
		if i%2 == 0 {
			b.Server.Slash(where, ada, "/whowon", "best picture 2025")
		} else {
			b.Server.Say(where, ada, "I think that they never should have given it to that film, honestly")
		}
	}
	for range 5000 {
		if b.Server.Unacked() == 0 {
			break
		}
		time.Sleep(time.Millisecond)
	}
	return b.Server.AckLatencies()[before:], nil
}

// Percentile is the latency that p percent do not exceed.
func Percentile(list []time.Duration, p float64) time.Duration {
	if len(list) == 0 {
		return 0
	}
	list = slices.Sorted(slices.Values(list))
	return list[min(len(list)-1, int(float64(len(list))*p/100))]
}

// Build builds a program of a module.
func Build(ctx context.Context, root, pkg, dir string) (string, error) {
	file := filepath.Join(dir, filepath.Base(pkg))
	cmd := exec.CommandContext(ctx, "go", "build", "-trimpath", "-ldflags=-s -w", "-o", file, pkg)
	cmd.Dir, cmd.Env = root, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("building %s, for which this must run in bot/slack/bench: %w\n%s", pkg, err, out)
	}
	return file, nil
}
