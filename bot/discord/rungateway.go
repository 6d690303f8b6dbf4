package discord

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// Intents: https://discord.com/developers/docs/events/gateway#gateway-intents. Messages of guilds come without their
// content, but for those that mention the bot or reply to it; the content of all is a privileged intent.
const (
	intentGuilds         = 1 << 0
	intentGuildMessages  = 1 << 9
	intentDirectMessages = 1 << 12
	intentMessageContent = 1 << 15
)

func (c Config) intents() int {
	n := intentGuilds | intentGuildMessages | intentDirectMessages
	if c.MessageContent {
		n |= intentMessageContent
	}
	return n
}

// gatewayBot is the answer of GET /gateway/bot.
type gatewayBot struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"`
	Limit  struct {
		Total          int `json:"total"`
		Remaining      int `json:"remaining"`
		ResetAfter     int `json:"reset_after"` // milliseconds
		MaxConcurrency int `json:"max_concurrency"`
	} `json:"session_start_limit"`
}

// runGateway connects the shards of this process, and returns when one of them has ended for good.
func (p *Platform) runGateway(ctx context.Context, deliver bot.Deliver) error {
	var g gatewayBot
	if err := p.patiently(ctx, "/gateway/bot", &g); err != nil {
		return err
	}
	r, err := p.o.Config.shards()
	if err != nil {
		return err
	}
	identify := &gateway.Identify{}
	identify.Limit(g.limit(), p.o.Now())
	defer p.opened()()
	if p.o.Shared != nil && p.o.Config.sharesShards() {
		return p.runShared(ctx, r.Total, g.Shards, identify, deliver)
	}
	if r.Total == 0 {
		r = shardRange{0, max(1, g.Shards) - 1, max(1, g.Shards)}
	}
	return p.beside(ctx, func(ctx context.Context, rep *replica) error {
		if rep != nil {
			identify.Turns = turns{rep, p.gatewayURL(identify)}
		}
		var shards []*gateway.Shard
		for n := r.First; n <= r.Last; n++ {
			o := p.shardOptions(n, r.Total, identify, p.o.Sessions)
			o.Dispatch = func(e gateway.Event) { p.event(e, deliver) }
			shards = append(shards, p.track(n, identify, gateway.New(o)))
		}
		return runShards(ctx, shards)
	})
}

// shardOptions are what a shard is made of, but for where its events go.
func (p *Platform) shardOptions(n, total int, identify *gateway.Identify, sessions gateway.Sessions) gateway.Options {
	return gateway.Options{Token: p.o.Config.Token, Intents: p.o.Config.intents(), Shard: n, Shards: total, Identify: identify,
		Sessions: sessions, Log: p.log, URL: p.gatewayURL(identify), HTTP: p.upgrades(), Now: p.o.Now}
}

// runShared runs this replica's part of the shards.
func (p *Platform) runShared(
	ctx context.Context, configured, advised int, identify *gateway.Identify, deliver bot.Deliver,
) error {
	rep := newReplica(p)
	if err := rep.agree(ctx, configured, advised); err != nil {
		return err
	}
	identify.Turns = turns{rep, p.gatewayURL(identify)}
	rep.open = func(n int, sessions gateway.Sessions, dead func() bool) *gateway.Shard {
		o := p.shardOptions(n, rep.shards, identify, sessions)
		o.Dispatch = func(e gateway.Event) {
			if !dead() { // else whoever has the shard by now is handed it
				p.event(e, deliver)
			}
		}
		return p.track(n, identify, gateway.New(o))
	}
	p.takePart(rep)
	return rep.run(ctx)
}

// beside does what needs no share of the shards. Where there are other replicas, they know of this one meanwhile, which
// keeps to its part of the requests; rep is nil where there are none.
func (p *Platform) beside(ctx context.Context, do func(ctx context.Context, rep *replica) error) error {
	if p.o.Shared == nil {
		return do(ctx, nil)
	}
	rep := newReplica(p)
	p.takePart(rep)
	ctx, cancel := context.WithCancel(ctx)
	var beating sync.WaitGroup
	beating.Go(func() { _ = rep.run(ctx) }) // without shards there is nothing that ends it
	defer beating.Wait()
	defer cancel()
	return do(ctx, rep)
}

// runShards runs them until ctx is done or one has ended with an error, which ends the others.
func runShards(ctx context.Context, shards []*gateway.Shard) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var wg sync.WaitGroup
	errs := make([]error, len(shards))
	for i, s := range shards {
		wg.Go(func() {
			defer cancel()
			errs[i] = s.Run(ctx)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			return err
		}
	}
	return nil
}

// upgrades is the client that asks for the connection, by the way that requests go.
func (p *Platform) upgrades() *http.Client {
	if p.o.Transport == nil {
		return nil
	}
	return &http.Client{Transport: p.o.Transport}
}

// gatewayURL asks where to connect, and how many times that may still be done today.
func (p *Platform) gatewayURL(identify *gateway.Identify) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		var g gatewayBot
		err := p.rest.Do(ctx, rest.Request{Method: "GET", Path: "/gateway/bot", Into: &g, Repeatable: true})
		if err != nil {
			return "", err
		}
		identify.Limit(g.limit(), p.o.Now())
		return g.URL, nil
	}
}

func (g gatewayBot) limit() gateway.StartLimit {
	return gateway.StartLimit{Total: g.Limit.Total, Remaining: g.Limit.Remaining, MaxConcurrency: g.Limit.MaxConcurrency,
		ResetAfter: time.Duration(g.Limit.ResetAfter) * time.Millisecond}
}
