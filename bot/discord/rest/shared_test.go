package rest_test

import (
	"context"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// TestSharedLimit lets three clients send all they may to one Discord, each its part: it refuses nothing, also after one of
// them has gone and the others have taken its part.
func TestSharedLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC))) // a bubble begins before Discord
		server, client := discordtest.StartPiped(t, discordtest.Options{Token: canary, REST: discordtest.RESTOptions{
			Limits: discordtest.RateLimits{Messages: discordtest.Limit{N: 1000, Per: time.Second}}}})
		var clients []*rest.Client
		var channels []discordtest.Channel
		for n := range 60 {
			channels = append(channels, discordtest.Channel{ID: channel(n)})
		}
		server.AddGuild(guild, "guild", channels...)
		for range 3 {
			clients = append(clients, newClient(t, rest.Options{Base: server.API(), Transport: client.Transport}))
		}
		run := func(seconds int) (sent int) {
			var wg sync.WaitGroup
			var n atomic.Int64
			ctx, cancel := context.WithTimeout(t.Context(), time.Duration(seconds)*time.Second)
			defer cancel()
			for i, c := range clients {
				c.SetRate(rest.DefaultPerSecond / len(clients))
				for w := range 20 {
					wg.Go(func() {
						for ctx.Err() == nil {
							if c.Do(ctx, post(20*i+w, rest.Urgency(w%3))) == nil {
								n.Add(1)
							}
						}
					})
				}
			}
			wg.Wait()
			return int(n.Load())
		}
		if n := run(20); n < 20*43 {
			t.Errorf("three sent %d in 20 s", n)
		}
		clients = clients[:2]
		if n := run(20); n < 20*44 {
			t.Errorf("two sent %d in 20 s", n)
		}
		all, refused := server.Requests(), 0
		for _, req := range all {
			if req.Status == http.StatusTooManyRequests {
				refused++
			}
		}
		if 1000*refused > len(all) {
			t.Errorf("%d of %d were refused", refused, len(all))
		}
	})
}
