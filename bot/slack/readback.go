package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// A message carries its key as metadata, by which it is found in the channel's history. That is the only way to tell
// whether it was shown: Slack documents nothing that makes it take a message once.

// metadataType names the bot's metadata: https://docs.slack.dev/messaging/message-metadata
const metadataType = "whowon_effect"

const (
	// askew is by how much the bot's clock may be ahead of Slack's.
	askew = time.Minute
	// pageSize is how many messages are asked for at once, and maxPages how often: as many as Slack recommends.
	// https://docs.slack.dev/reference/methods/conversations.history
	pageSize = 200
	maxPages = 5
)

// posted finds a message by its key that may have been posted since a time, and returns its timestamp; "" where it is not
// there. Where that cannot be told, the error is a bot.ErrUnsure.
func (p *Platform) posted(ctx context.Context, ws *workspace, m posting, since time.Time) (string, error) {
	ts, err := p.search(ctx, ws, m, since)
	if m.thread != "" && isGone(err) { // then it was posted to the channel
		m.thread = ""
		ts, err = p.search(ctx, ws, m, since)
	}
	if err != nil {
		return "", fmt.Errorf("%w: the channel cannot be read: %w", bot.ErrUnsure, scrub(err))
	}
	return ts, nil
}

// search looks through what was written in a channel, or in a thread of it.
func (p *Platform) search(ctx context.Context, ws *workspace, m posting, since time.Time) (string, error) {
	l := limit{key: "conversations.history/" + ws.team, every: everyTier3, reads: true, patient: m.patient}
	cursor, oldest := "", itoa(since.Add(-askew).Unix())
	for range maxPages {
		var messages []slack.Message
		err := p.call(ctx, l, func(ctx context.Context) (err error) {
			messages, cursor, err = history(ctx, ws.client, m, oldest, cursor)
			return err
		})
		if err != nil {
			return "", err
		}
		for _, found := range messages {
			if found.Metadata.EventType == metadataType && found.Metadata.EventPayload["key"] == m.key {
				return found.Timestamp, nil
			}
		}
		if cursor == "" {
			return "", nil
		}
	}
	return "", errTooMuch
}

var errTooMuch = errors.New("more was written there than is looked through")

// history is a page of what was written since in a channel, or in a thread of it, and the cursor of the next.
func history(ctx context.Context, c *slack.Client, m posting, oldest, cursor string) ([]slack.Message, string, error) {
	if m.thread != "" {
		messages, _, next, err := c.GetConversationRepliesContext(ctx, &slack.GetConversationRepliesParameters{
			ChannelID: m.channel,
			Timestamp: m.thread, Oldest: oldest, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true})
		return messages, next, err
	}
	resp, err := c.GetConversationHistoryContext(ctx, &slack.GetConversationHistoryParameters{ChannelID: m.channel,
		Oldest: oldest, Cursor: cursor, Limit: pageSize, IncludeAllMetadata: true})
	if err != nil {
		return nil, cursor, err
	}
	return resp.Messages, resp.ResponseMetaData.NextCursor, nil
}
