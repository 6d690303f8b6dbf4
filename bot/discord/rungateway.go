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
	if r.Total == 0 {
		r = shardRange{0, max(1, g.Shards) - 1, max(1, g.Shards)}
	}
	var shards []*gateway.Shard
	identify := &gateway.Identify{}
	identify.Limit(g.limit(), p.o.Now())
	for n := r.First; n <= r.Last; n++ {
		shards = append(shards, gateway.New(gateway.Options{
			Token: p.o.Config.Token, Intents: p.o.Config.intents(), Shard: n, Shards: r.Total, Identify: identify,
			Sessions: p.o.Sessions, Log: p.log, URL: p.gatewayURL(identify), HTTP: p.upgrades(), Now: p.o.Now,
			Dispatch: func(e gateway.Event) { p.event(e, deliver) },
		}))
	}
	return runShards(ctx, shards)
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
