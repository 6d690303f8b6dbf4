package discord_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// herd is what posts are sent under: so many of them due at once, while rounds go on.
type herd struct {
	posts  int
	global int // requests a second that Discord takes of this process
}

const (
	herdWorkers   = 64                     // posts under way at a time, as the sender of schedules has it
	herdRounds    = 100                    // channels with rounds
	herdLive      = 200 * time.Millisecond // between two live requests, on average
	firstOfRounds = 90_000                 // numbers of their channels
)

// herdSize is how many posts are due: WHOWON_HERD=whole takes all of what is planned for, which takes minutes.
func herdSize() int {
	if os.Getenv("WHOWON_HERD") == "whole" {
		return 50_000
	}
	return 2_000
}

// mayWait is how much longer one in a hundred live requests may wait in a herd: the background leaves room for two at once,
// and those behind wait for a 46th of a second each.
const mayWait = 50 * time.Millisecond

// TestHerd posts thousands of messages that are due at once: as fast as Discord's limit lets them, a tenth less at most, each
// once, without trying the limit, and rounds do not notice.
func TestHerd(t *testing.T) {
	alone := runHerd(t, herd{global: 50})
	h := herd{posts: herdSize(), global: 50}
	r := runHerd(t, h)
	floor := r.floor(h)
	t.Logf("%d posts and %d live requests: floor %.1f s, took %.1f s, ratio %.3f; %d refused; live p50 %v, p99 %v, most %v; "+
		"without the herd %v, %v, %v", h.posts, r.live, floor.Seconds(), r.took.Seconds(), r.took.Seconds()/floor.Seconds(), r.refused,
		r.percentile(50), r.percentile(99), r.percentile(100), alone.percentile(50), alone.percentile(99), alone.percentile(100))
	if r.took > floor*11/10 {
		t.Errorf("it took %v, and the limit allows for %v", r.took, floor)
	}
	if r.refused*1000 > h.posts {
		t.Errorf("%d requests were too many", r.refused)
	}
	if r.percentile(99) > alone.percentile(99)+mayWait {
		t.Errorf("one in a hundred live requests waits for %v, without the herd for %v", r.percentile(99), alone.percentile(99))
	}
}

// TestHerdBesideOthers has 30 of 50 requests a second, since other processes of the bot use the rest, and does not know: it
// finds out, by few refusals, and all is posted.
func TestHerdBesideOthers(t *testing.T) {
	h := herd{posts: herdSize(), global: 30}
	r := runHerd(t, h)
	floor := r.floor(h)
	t.Logf("%d posts and %d live requests: floor %.1f s, took %.1f s, ratio %.3f; %d refused, at most %d in 10 minutes; live p50 %v, "+
		"p99 %v, most %v", h.posts, r.live, floor.Seconds(), r.took.Seconds(), r.took.Seconds()/floor.Seconds(), r.refused, r.storm,
		r.percentile(50), r.percentile(99), r.percentile(100))
	if r.refused == 0 || r.storm > 100 {
		t.Errorf("%d requests were too many, %d of them in 10 minutes", r.refused, r.storm)
	}
	if r.took > floor*5/4 {
		t.Errorf("it took %v, and the limit allows for %v", r.took, floor)
	}
}

// outcome is what came of a herd.
type outcome struct {
	took    time.Duration // until the last post was shown
	waits   []time.Duration
	live    int // requests meanwhile
	refused int // requests, with a 429
	storm   int // the most of them in 10 minutes
}

func (o *outcome) floor(h herd) time.Duration {
	return time.Duration(float64(h.posts+o.live) / float64(h.global) * float64(time.Second))
}

// percentile is how long live requests wait before they leave.
func (o *outcome) percentile(n int) time.Duration {
	slices.Sort(o.waits)
	return o.waits[min(len(o.waits)*n/100, len(o.waits)-1)].Round(100 * time.Microsecond)
}

func herdChannel(n int) string { return fmt.Sprint(210000000000000001 + n) }

// runHerd lets a herd go, or for its absence the rounds alone for some minutes.
func runHerd(t *testing.T, h herd) (o outcome) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)))
		server, client := discordtest.StartPiped(t, discordtest.Options{REST: discordtest.RESTOptions{
			Limits: discordtest.RateLimits{Global: h.global}}})
		var channels []discordtest.Channel
		for n := range h.posts {
			channels = append(channels, discordtest.Channel{ID: herdChannel(n)})
		}
		for n := range herdRounds {
			channels = append(channels, discordtest.Channel{ID: herdChannel(firstOfRounds + n)})
		}
		server.AddGuild(guildID, "guild", channels...)
		p, err := discord.New(discord.Options{Config: config(server), Transport: farAway{client.Transport}})
		if err != nil {
			t.Fatal(err)
		}
		rounds := playRounds(t, p)
		begun := time.Now()
		if h.posts > 0 {
			postAll(t, p, h.posts)
		} else {
			time.Sleep(5 * time.Minute)
		}
		o.took = time.Since(begun)
		o.waits, o.live = rounds()
		for n := range h.posts {
			if shown := len(server.ChannelMessages(herdChannel(n))); shown != 1 {
				t.Errorf("post %d was shown %d times", n, shown)
			}
		}
		o.count(server.Requests())
		for _, fault := range server.Faults() {
			t.Errorf("Discord refuses: %.300s", fault)
		}
		if server.Banned() {
			t.Error("Discord bans the address")
		}
	})
	return o
}

func (o *outcome) count(requests []discordtest.Recorded) {
	var at []time.Time
	for _, req := range requests {
		if req.Status == http.StatusTooManyRequests {
			at = append(at, req.At)
		}
	}
	first := 0
	for i := range at {
		for at[i].Sub(at[first]) >= 10*time.Minute {
			first++
		}
		o.storm = max(o.storm, i-first+1)
	}
	o.refused = len(at)
}

// postAll sends posts that are all due, from a pool of workers.
func postAll(t *testing.T, p *discord.Platform, posts int) {
	t.Helper()
	due := make(chan int, posts)
	for n := range posts {
		due <- n
	}
	close(due)
	var workers sync.WaitGroup
	for range herdWorkers {
		workers.Go(func() {
			for n := range due {
				to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: herdChannel(n)}, Patient: true}
				if _, err := p.Send(t.Context(), to, say("what happened on this day"), fmt.Sprint("daily/", n)); err != nil {
					t.Errorf("post %d: %v", n, err)
				}
			}
		})
	}
	workers.Wait()
}

// playRounds asks questions in channels and replaces them, whenever somebody somewhere is done, until the function that it
// returns is called. That gives how long requests waited, and how many there were.
func playRounds(t *testing.T, p *discord.Platform) func() ([]time.Duration, int) {
	t.Helper()
	var mu sync.Mutex
	var waits []time.Duration
	refs := map[int]bot.MessageRef{}
	request := func(n int) {
		called := time.Now()
		ctx := context.WithValue(t.Context(), leftKey{}, sync.OnceFunc(func() {
			mu.Lock()
			defer mu.Unlock()
			waits = append(waits, time.Since(called))
		}))
		round := n % herdRounds
		mu.Lock()
		ref := refs[round]
		mu.Unlock()
		to := bot.Target{Channel: bot.Channel{Platform: "discord", ID: herdChannel(firstOfRounds + round)}}
		var err error
		if n/herdRounds%2 == 0 {
			ref, err = p.Send(ctx, to, say("Who?"), fmt.Sprint("ask/", n))
		} else {
			err = p.Edit(ctx, ref, say("It was Anora."))
		}
		if err != nil {
			t.Errorf("live request %d: %v", n, err)
		}
		mu.Lock()
		defer mu.Unlock()
		refs[round] = ref
	}
	random, done := rand.New(rand.NewPCG(9, 0)), make(chan struct{})
	var requests sync.WaitGroup
	requests.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-done:
				return
			case <-time.After(time.Duration(random.ExpFloat64() * float64(herdLive))):
				requests.Go(func() { request(n) })
			}
		}
	})
	return func() ([]time.Duration, int) {
		close(done)
		requests.Wait()
		return waits, len(waits)
	}
}

// leftKey is the key of what is called when the request of a context leaves for the first time.
type leftKey struct{}

// farAway is a network to a Discord that answers after 40 to 250 ms, of which up to 20 are the way there.
type farAway struct{ base http.RoundTripper }

func (f farAway) RoundTrip(req *http.Request) (*http.Response, error) {
	if left, ok := req.Context().Value(leftKey{}).(func()); ok {
		left()
	}
	there, all := rand.N(20*time.Millisecond), 40*time.Millisecond+rand.N(210*time.Millisecond)
	time.Sleep(there)
	resp, err := f.base.RoundTrip(req)
	time.Sleep(all - there)
	return resp, err
}
