package bot_test

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// counter is a feature that notes what it is handed. What is called an answer may come twice.
type counter struct {
	mu   sync.Mutex
	came []string
}

func (*counter) Commands() []bot.CommandInfo {
	return []bot.CommandInfo{{Name: "skip"}, {Name: "answer"}}
}
func (*counter) Start(context.Context, bot.Host) error { return nil }
func (*counter) Close()                                {}

func (*counter) Repeatable(in bot.Inbound) bool {
	return in.Command != nil && in.Command.Name == "answer" || in.Press != nil && in.Press.State == "answer"
}

func (c *counter) Handle(_ context.Context, _ bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.came = append(c.came, in.ID)
	return bot.View{}, true, nil
}

// mute is a platform that delivers what it is given, and shows nothing.
type mute struct{ in []bot.Inbound }

func (mute) Info() bot.Info { return bot.Info{Name: "mute"} }
func (m mute) Run(_ context.Context, deliver bot.Deliver) error {
	for _, in := range m.in {
		if err := deliver(in); err != nil {
			return err
		}
	}
	return nil
}
func (mute) Send(_ context.Context, to bot.Target, _ bot.View, _ string) (bot.MessageRef, error) {
	return bot.MessageRef{Channel: to.Channel}, nil
}
func (mute) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

// TestTwoProcessesAreHandedTheSame: what changes something has one effect, and what counts once by itself reaches both.
func TestTwoProcessesAreHandedTheSame(t *testing.T) {
	url := storetest.SQLite(t)
	all := []bot.Inbound{
		{ID: "skip", Command: &bot.Command{Name: "skip"}},
		{ID: "answer", Command: &bot.Command{Name: "answer", Args: "x"}},
		{ID: "press", Press: &bot.Press{State: "s/1"}},
		{ID: "press of a command", Press: &bot.Press{State: "c/skip"}},
		{ID: "press of a question", Press: &bot.Press{State: "c/help"}},
		{ID: "press of an answer", Press: &bot.Press{State: "answer"}},
		{ID: "question", Text: "best picture", Direct: true},
		{ID: "talk", Text: "hello"},
		{ID: "help", Command: &bot.Command{Name: "help"}},
	}
	seen := &counter{}
	var wg sync.WaitGroup
	for range 2 {
		db, err := store.Open(t.Context(), url, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close() })
		b := bot.New(bot.Options{Features: []bot.Feature{seen}, Deliveries: db})
		wg.Go(func() {
			if err := b.Run(t.Context(), mute{all}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	slices.Sort(seen.came)
	want := []string{"answer", "answer", "help", "help", "press", "press of a command", "press of a question",
		"press of a question", "press of an answer", "press of an answer", "question", "skip", "talk", "talk"}
	slices.Sort(want)
	if fmt.Sprint(seen.came) != fmt.Sprint(want) {
		t.Errorf("handled\n%q, want\n%q", seen.came, want)
	}
}
