package play

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// said is a line of a replica's standard input: what a player does.
type said struct {
	ID, Player string
	At         time.Time
	Order      uint64
	State      string // of a button
	Begin      string // the ID of the round that it begins
}

// booth is the platform of a replica: it reads what players do, and writes what it shows.
type booth struct {
	in  io.Reader
	out *bufio.Writer
	mu  sync.Mutex
}

// replicate plays what standard input says until it ends, as one of several.
func (j job) replicate() error {
	ctx := context.Background()
	db, err := store.Open(ctx, j.URL, store.Options{})
	if err != nil {
		return err
	}
	rules := shortRules("race")
	rules.Questions, rules.Settle = replicaQuestions, 150*time.Millisecond
	tally := &tallied{Store: db}
	o := options(tally, j.Seed)
	id := ""
	o.NewID = func() string { return id }
	o.Shared, o.Log = true, slog.New(slog.NewTextHandler(os.Stderr, nil))
	b := bot.New(bot.Options{Features: []bot.Feature{named{beginner{New(o), rules}, &id}}, Log: slog.New(quiet{o.Log.Handler()})})
	place := &booth{in: os.Stdin, out: bufio.NewWriter(os.Stdout)}
	if err := b.Run(ctx, place); err != nil {
		return err
	}
	if err := place.say(entry{Op: "ended", Commits: tally.commits, Conflicts: tally.conflicts}); err != nil {
		return err
	}
	return db.Close()
}

// tallied counts commits, which are all made in one lane.
type tallied struct {
	Store
	commits, conflicts int
}

func (s *tallied) Commit(ctx context.Context, tr bot.Transition) error {
	err := s.Store.Commit(ctx, tr)
	if s.commits++; errors.Is(err, bot.ErrConflict) {
		s.conflicts++
	}
	return err
}

// named gives the rounds that are begun the IDs that the command says.
type named struct {
	beginner
	id *string
}

func (n named) Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	if in.Command != nil {
		*n.id = in.Command.Args
	}
	return n.beginner.Handle(ctx, p, in)
}

// quiet drops what a full lane says: the booth tries again.
type quiet struct{ slog.Handler }

func (q quiet) Handle(ctx context.Context, r slog.Record) error {
	if r.Message == "not taken" {
		return nil
	}
	return q.Handler.Handle(ctx, r)
}

func (*booth) Info() bot.Info {
	return bot.Info{Name: stageChannel.Platform, Private: true, Buttons: true, Once: time.Hour}
}

func (b *booth) Send(_ context.Context, _ bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	return bot.MessageRef{Channel: stageChannel, ID: key}, b.say(seen("send", key, v))
}

func (b *booth) say(e entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.out.Write(append(line, '\n'))
	return b.out.Flush()
}

func (*booth) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

func (b *booth) Run(_ context.Context, deliver bot.Deliver) error {
	for lines := json.NewDecoder(b.in); ; {
		var s said
		if err := lines.Decode(&s); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		in := bot.Inbound{ID: s.ID, At: s.At, Order: s.Order, From: bot.User{ID: bot.UserID(s.Player), Name: s.Player},
			Guild: stageGuild, To: bot.Target{Channel: stageChannel}}
		if s.Begin != "" {
			in.Command = &bot.Command{Name: "begin", Args: s.Begin}
		} else {
			in.Press = &bot.Press{State: s.State}
		}
		for err := deliver(in); err != nil; err = deliver(in) {
			time.Sleep(time.Millisecond) // the lane is full
		}
	}
}

// rightButton is the state of the right button of a question, and of one that is wrong.
func rightButton(e entry) (right, wrong string) {
	for _, q := range numbers(64) {
		if q.Text != e.Lead {
			continue
		}
		for _, b := range e.Buttons {
			if strings.HasSuffix(b.Label, q.Answers[0]) {
				right = b.State
			} else {
				wrong = b.State
			}
		}
	}
	return right, wrong
}
