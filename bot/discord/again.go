package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

const (
	// nonceLife is for how long Discord is counted on to remember a nonce. Its documentation says "the past few minutes".
	nonceLife = 2 * time.Minute
	// skew is how far Discord's clock and ours may be apart.
	skew = time.Minute
	// Messages that are looked through: pages of the most that Discord gives.
	historyPages = 5
	historyPage  = 100
)

// sendAgain sends a message that may have been shown before. While Discord remembers the nonce, it is sent with the same
// one; after that the channel is read first. What leaves open whether the message was shown before is a bot.ErrUnsure, also
// where it certainly was not shown now.
func (p *Platform) sendAgain(ctx context.Context, to bot.Target, o outgoing) (string, error) {
	age := p.o.Now().Sub(to.Tried)
	if age < -skew {
		return "", unsure(fmt.Errorf("it was tried first at %s, which is yet to come: the clock was changed", to.Tried))
	}
	if age < nonceLife {
		inTime, cancel := context.WithTimeout(ctx, nonceLife-max(age, 0))
		defer cancel()
		id, err := p.post(inTime, to, o)
		switch {
		case err == nil:
			return id, nil
		case inTime.Err() == nil || ctx.Err() != nil || errors.Is(err, bot.ErrUnsure):
			return "", unsure(err)
		}
		// It waited for its turn until the nonce may be forgotten.
	}
	id, err := p.find(ctx, to, o.Components[0].ID)
	if err != nil {
		return "", unsure(refused(err))
	}
	if id != "" {
		return id, nil
	}
	return p.post(ctx, to, o)
}

// said is a message of a channel's history. The components of the bot's own messages are in it without the Message Content
// intent: https://docs.discord.com/developers/gateway/you-might-not-need-a-privileged-intent
type said struct {
	ID         string
	Author     struct{ ID string }
	Components []struct{ ID int32 }
}

// find finds the message of the bot's whose first component has an ID, among those of the channel since it was tried first,
// and returns the message's ID, or "" where there is none. The error is why that is not known.
func (p *Platform) find(ctx context.Context, to bot.Target, mark int32) (string, error) {
	self, err := p.user(ctx, to)
	if err != nil {
		return "", err
	}
	since := snowflakeAt(to.Tried.Add(-skew))
	after := since
	for range historyPages {
		var page []said
		path := fmt.Sprintf("/channels/%s/messages?limit=%d&after=%d", to.Channel.ID, historyPage, after)
		if err := p.read(ctx, to, path, &page); err != nil {
			return "", err
		}
		for _, m := range page {
			if m.Author.ID == self && len(m.Components) > 0 && m.Components[0].ID == mark {
				return m.ID, nil
			}
			_, n := created(m.ID)
			after = max(after, n)
		}
		switch {
		case len(page) == 0 && after == since:
			return "", p.nothingSaid(ctx, to, since)
		case len(page) < historyPage:
			return "", nil
		}
	}
	return "", fmt.Errorf("more than %d messages have come into channel %s since %s", historyPages*historyPage, to.Channel.ID,
		to.Tried)
}

// nothingSaid reports an error unless it is certain that nothing was said in a channel since an ID. Without the permission
// Read Message History Discord shows no message and says no word about it; the channel tells its last one all the same.
// https://docs.discord.com/developers/resources/message#get-channel-messages
func (p *Platform) nothingSaid(ctx context.Context, to bot.Target, since uint64) error {
	var ch struct {
		Last string `json:"last_message_id"`
	}
	if err := p.read(ctx, to, "/channels/"+to.Channel.ID, &ch); err != nil {
		return err
	}
	if _, last := created(ch.Last); last > since {
		return fmt.Errorf("the messages of channel %s cannot be read: the bot lacks Read Message History there, "+
			"or they were deleted", to.Channel.ID)
	}
	return nil
}

// user is the ID of the bot user, asked of Discord where it is not known.
func (p *Platform) user(ctx context.Context, to bot.Target) (string, error) {
	if _, self := p.ids(); self != "" {
		return self, nil
	}
	var me struct{ ID string }
	if err := p.read(ctx, to, "/users/@me", &me); err != nil {
		return "", err
	}
	p.known("", me.ID)
	return me.ID, nil
}

func (p *Platform) read(ctx context.Context, to bot.Target, path string, into any) error {
	return p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: path, Into: into, Urgency: urgency(to), Repeatable: true})
}

// snowflakeAt is the smallest ID of a time: https://docs.discord.com/developers/reference#snowflakes. There are none before
// 2015.
func snowflakeAt(t time.Time) uint64 {
	return uint64(max(t.UnixMilli()-epoch, 0)) << 22
}
