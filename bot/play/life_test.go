package play

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
)

// showing is a platform that keeps what it shows, over the lives of the bot.
type showing struct {
	info bot.Info

	mu   sync.Mutex
	fail error // of the next messages
	sent []entry
}

func (s *showing) Info() bot.Info { return s.info }

func (s *showing) Send(_ context.Context, _ bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	known := func(e entry) bool { return key != "" && e.Key == key }
	if s.fail != nil {
		return bot.MessageRef{}, s.fail
	}
	if s.info.Once == 0 || !slices.ContainsFunc(s.sent, known) {
		s.sent = append(s.sent, seen("send", key, v))
	}
	return bot.MessageRef{Channel: stageChannel, ID: key}, nil
}

func (s *showing) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

func (s *showing) Run(ctx context.Context, _ bot.Deliver) error {
	<-ctx.Done()
	return nil
}

func (s *showing) failWith(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail = err
}

// all are the messages shown whose keys begin so.
func (s *showing) all(prefix string) []entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.sent), func(e entry) bool { return !strings.HasPrefix(e.Key, prefix) })
}

func (s *showing) last(t *testing.T, prefix string) entry {
	t.Helper()
	all := s.all(prefix)
	if len(all) == 0 {
		t.Fatalf("nothing like %s was shown: %+v", prefix, s.sent)
	}
	return all[len(all)-1]
}

// life is a bot from its start to its end, on a store and a platform that live longer.
type life struct {
	t       *testing.T
	db      *store.Store
	p       *showing
	rules   trivia.Rules
	ids     int  // of rounds
	did     int  // deliveries
	shared  bool // there are other replicas
	deliver bot.Deliver
	end     func()
}

func newLife(t *testing.T, rules trivia.Rules, once bool) *life {
	t.Helper()
	info := bot.Info{Name: stageChannel.Platform, ReadsText: true, Private: true, Buttons: true, Once: onceFor(once)}
	l := &life{t: t, db: OpenStore(t, storetest.SQLite(t)), p: &showing{info: info}, rules: rules}
	l.start()
	return l
}

func (l *life) start() {
	o := options(l.db, 5)
	o.Shared = l.shared
	o.NewID = func() string {
		l.ids++
		return fmt.Sprint("r", l.ids)
	}
	b := bot.New(bot.Options{Features: []bot.Feature{beginner{New(o), l.rules}}})
	ctx, cancel := context.WithCancel(l.t.Context())
	done := make(chan error)
	go func() { done <- b.Run(ctx, l.p) }()
	l.deliver = b.Deliver(ctx, l.p)
	l.end = func() {
		cancel()
		if err := <-done; err != nil {
			l.t.Error(err)
		}
	}
	synctest.Wait()
}

// restart ends the bot, and starts it again after a while.
func (l *life) restart(after time.Duration) {
	l.end()
	time.Sleep(after)
	l.start()
}

func (l *life) do(player string, in bot.Inbound) string {
	l.t.Helper()
	l.did++
	in.ID = fmt.Sprint(player, "/", l.did)
	in.At, in.From = time.Now(), bot.User{ID: bot.UserID(player), Name: player}
	in.Guild, in.To.Channel = stageGuild, stageChannel
	if err := l.deliver(in); err != nil {
		l.t.Fatal(err)
	}
	synctest.Wait()
	if all := l.p.all("reply/" + in.ID); len(all) > 0 {
		return all[0].Lead
	}
	return ""
}

func (l *life) command(player, name, args string) string {
	l.t.Helper()
	return l.do(player, bot.Inbound{Command: &bot.Command{Name: name, Args: args}})
}

// answer types the right answer to the question that was asked last.
func (l *life) answer(player string) string {
	l.t.Helper()
	lead := l.p.last(l.t, "ask/").Lead
	i := slices.IndexFunc(numbers(64), func(q trivia.Question) bool { return q.Text == lead })
	return l.do(player, bot.Inbound{Text: numbers(64)[i].Answers[0]})
}

// sums are the points of the ledger, by player.
func (l *life) sums() map[string]int {
	l.t.Helper()
	b, err := l.db.Board(l.t.Context(), bot.BoardQuery{Guild: stageGuild, Limit: 100})
	if err != nil {
		l.t.Fatal(err)
	}
	out := map[string]int{}
	for _, r := range b.Rows {
		out[r.Name] = r.Points
	}
	return out
}
