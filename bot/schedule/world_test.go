package schedule_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }

// place is a platform that remembers what was sent to it. It fails as it is told to.
type place struct {
	once time.Duration
	mu   sync.Mutex
	sent []sent
	fail func(to bot.Target, key string) error // asked for each attempt; nil is no failure
	n    int                                   // attempts
}

// sent is a message, or an attempt at one.
type sent struct {
	key, text string
	channel   string
	at        time.Time
	to        bot.Target
}

func (p *place) Info() bot.Info {
	return bot.Info{Name: "place", Private: true, Buttons: true, Once: p.once}
}

func (p *place) Run(ctx context.Context, _ bot.Deliver) error {
	<-ctx.Done()
	return nil
}

func (p *place) Send(_ context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.n++
	if p.fail != nil {
		if err := p.fail(to, key); err != nil {
			return bot.MessageRef{}, err
		}
	}
	p.sent = append(p.sent, sent{key, v.Lead.String(), to.Channel.ID, time.Now(), to})
	return bot.MessageRef{Channel: to.Channel, ID: fmt.Sprint(len(p.sent))}, nil
}

func (p *place) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

// fails has attempts fail from now on.
func (p *place) fails(how func(to bot.Target, key string) error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail = how
}

// keys are those of what was shown, in the order of time.
func (p *place) keys() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []string
	for _, s := range p.sent {
		list = append(list, s.key)
	}
	return strings.Join(list, " ")
}

// anything is a content that posts its date.
type anything struct {
	mu      sync.Mutex
	done    []string
	nothing string
	panics  int // so often
	posts   []schedule.Post
	beside  []bot.Occurrence
}

func (*anything) Kind() string  { return "anniversaries" }
func (*anything) Help() string  { return "What happened on the day." }
func (*anything) Title() string { return "the day's anniversaries" }

func (*anything) Topic(word string) (string, bool) {
	word = strings.ToLower(word)
	return word, slices.Contains([]string{"oscars", "births", "academy awards"}, word)
}

func (*anything) TopicName(key string) string { return strings.ToUpper(key[:1]) + key[1:] }

func (*anything) Topics(prefix string, _ int) []bot.Suggestion {
	var list []bot.Suggestion
	for _, t := range []string{"oscars", "births"} {
		if strings.HasPrefix(t, prefix) {
			list = append(list, bot.Suggestion{Label: t, Value: t})
		}
	}
	return list
}

func (a *anything) Post(_ context.Context, p schedule.Post) (schedule.Shown, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.posts = append(a.posts, p)
	if a.panics > 0 {
		a.panics--
		panic("a fault of the content")
	}
	return schedule.Shown{View: bot.View{Lead: bot.L(p.Date.String() + p.What)}, Lead: "lead of " + p.Date.String(),
		Headline: bot.L("what leads on " + p.Date.String()), Nothing: a.nothing}, nil
}

func (a *anything) Preview(ctx context.Context, p schedule.Post) (schedule.Shown, error) {
	return a.Post(ctx, p)
}

func (a *anything) Done(_ context.Context, o bot.Occurrence) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done = append(a.done, o.Day+" "+o.What+string(o.State))
	return nil
}

func (a *anything) Beside(context.Context, []string) ([]bot.Occurrence, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.Clone(a.beside), nil
}

func (*anything) Handle(context.Context, bot.Platform, bot.Inbound) (bot.View, bool, error) {
	return bot.View{}, false, nil
}

// world is a program with a schedule, a place and a database, in a bubble of fake time. Its wall clock can be set.
type world struct {
	t       *testing.T
	db      *store.Store
	place   *place
	content *anything
	clock   atomic.Int64 // how much the wall clock is ahead of time.Now
	deliver bot.Deliver
	stop    func()
	said    []string
	options schedule.Options
}

var guild = bot.Guild{Platform: "place", ID: "guild"}

func here() bot.Channel { return bot.Channel{Platform: "place", ID: "here"} }

// inWorld runs a test in a bubble, beginning at a time.
func inWorld(t *testing.T, at string, test func(w *world)) {
	t.Helper()
	url := storetest.SQLite(t)
	synctest.Test(t, func(t *testing.T) {
		begin, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Until(begin))
		db, err := store.Open(t.Context(), url, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		w := &world{t: t, db: db, place: &place{once: time.Hour}, content: &anything{}}
		w.up()
		test(w)
		w.down()
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (w *world) now() time.Time { return time.Now().Add(time.Duration(w.clock.Load())) }

// up starts the program.
func (w *world) up() {
	w.t.Helper()
	ctx, cancel := context.WithCancel(w.t.Context())
	o := w.options
	o.Store, o.Contents, o.Now = w.db, []schedule.Content{w.content}, w.now
	b := bot.New(bot.Options{Features: []bot.Feature{schedule.New(o)}, Now: w.now})
	over := make(chan error, 1)
	go func() { over <- b.Run(ctx, w.place) }()
	w.deliver = b.Deliver(ctx, listener{w.place, w})
	w.stop = func() {
		cancel()
		if err := <-over; err != nil {
			w.t.Error(err)
		}
	}
	synctest.Wait()
}

func (w *world) down() { w.stop() }

// listener keeps the replies to commands apart from what is posted.
type listener struct {
	*place
	w *world
}

func (l listener) Send(_ context.Context, _ bot.Target, v bot.View, _ string) (bot.MessageRef, error) {
	l.w.said = append(l.w.said, bot.Plain(v))
	return bot.MessageRef{}, nil
}

// says gives a command as a moderator, and returns the reply.
func (w *world) says(command string) string {
	w.t.Helper()
	return w.saysAs(command, true)
}

func (w *world) saysAs(command string, moderator bool) string {
	w.t.Helper()
	w.said = nil
	c := bot.ParseCommand(command)
	done := make(chan struct{})
	in := bot.Inbound{From: bot.User{ID: "ada"}, Moderator: moderator, Guild: guild, To: bot.Target{Channel: here()}, Command: &c,
		Done: func() { close(done) }}
	if err := w.deliver(in); err != nil {
		w.t.Fatal(err)
	}
	<-done
	return strings.Join(w.said, "\n")
}

// until lets time pass until the wall clock shows a time.
func (w *world) until(at string) {
	w.t.Helper()
	to, err := time.Parse(time.RFC3339, at)
	if err != nil {
		w.t.Fatal(err)
	}
	time.Sleep(to.Sub(w.now()))
	synctest.Wait()
}

// leap lets time pass while the program does not run.
func (w *world) leap(to string) {
	w.t.Helper()
	w.down()
	w.until(to)
	w.up()
}

// sub is the only schedule there is.
func (w *world) sub() bot.Subscription {
	w.t.Helper()
	all, err := w.db.Subscriptions(w.t.Context(), guild)
	if err != nil || len(all) != 1 {
		w.t.Fatalf("%d schedules, %v", len(all), err)
	}
	return all[0]
}

// story is what has come of the schedule, the oldest first: "2026-11-26 posted".
func (w *world) story() string {
	w.t.Helper()
	list, err := w.db.Occurrences(w.t.Context(), w.sub().ID, 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	slices.Reverse(list)
	var s []string
	for _, o := range list {
		s = append(s, o.Day+" "+string(o.State))
	}
	return strings.Join(s, ", ")
}

func (w *world) want(story string, posts int) {
	w.t.Helper()
	if got := w.story(); got != story {
		w.t.Errorf("%v: the story is\n%s, want\n%s", w.now(), got, story)
	}
	w.place.mu.Lock()
	defer w.place.mu.Unlock()
	if len(w.place.sent) != posts {
		w.t.Errorf("%v: %d posts, want %d: %v", w.now(), len(w.place.sent), posts, w.place.sent)
	}
}

var errNetwork = errors.New("the network is down")
