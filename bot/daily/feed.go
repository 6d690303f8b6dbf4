package daily

import (
	"context"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
	"github.com/whowon-bot/whowon/facts"
)

const (
	// fromFeed is how many items of the feed are shown.
	fromFeed = 2
	// feedLimit is how long is waited for the feed. All that post the same wait for it once.
	feedLimit = 8 * time.Second
	// feedAgain is how long a post is shown without the feed before the feed is asked again.
	feedAgain = 10 * time.Minute
	// feedGood is how long what the feed said is shown: people correct it.
	feedGood = 12 * time.Hour
	// maxItem is the longest item of the feed, in runes.
	maxItem = 280
)

// fromFeed is a block of items of the feed, beside what we know ourselves; nil where there are none. A feed that does not
// answer is no fault of the post. The feed knows no topics, so it has no part where some were chosen.
func (c *Anniversaries) fromFeed(ctx context.Context, p schedule.Post, known []facts.Event) (bot.Block, expiry) {
	if c.o.Feed == nil || len(p.Topics) > 0 {
		return nil, expiry{}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), feedLimit) // others wait for it too
	defer cancel()
	said, err := c.o.Feed.OnDay(ctx, p.Date.Month, p.Date.Day)
	if err != nil {
		c.o.Log.Warn("anniversaries are posted without the feed", "day", p.Date.String(), "again_in", feedAgain, "err", err)
		return nil, expiry{c.o.Now().Add(feedAgain)}
	}
	l := &bot.List{Title: bot.L("From ", bot.Link(wikimedia.Credit, wikimedia.CreditURL), ", ",
		bot.Link(wikimedia.License, wikimedia.LicenseURL), ":")}
	for _, e := range said {
		if len(l.Items) < fromFeed && e.Year <= p.Date.Year && !knownAlready(e, known) {
			l.Items = append(l.Items, bot.Item{Line: itemLine(e)})
		}
	}
	if len(l.Items) == 0 {
		return nil, expiry{c.o.Now().Add(feedGood)}
	}
	return l, expiry{c.o.Now().Add(feedGood)}
}

// itemLine is an item with its year and where it leads.
func itemLine(e wikimedia.Event) bot.Line {
	year := strconv.Itoa(e.Year)
	if e.Year < 0 {
		year = strconv.Itoa(-e.Year) + " BC"
	}
	l := bot.L(bot.B(year), ": "+bot.Clip(bot.Clean(e.Text), maxItem))
	if e.Title != "" && e.URL != "" {
		l = append(l, bot.T(" · "), bot.Link(bot.Clip(bot.Clean(e.Title), 80), e.URL))
	}
	return l
}

// knownAlready reports whether one of our events is the same: of the same year, and about something of the same name.
func knownAlready(e wikimedia.Event, known []facts.Event) bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(folded(e.Text + " " + e.Title)) {
		words[word] = true
	}
	for _, k := range known {
		if k.Year != e.Year {
			continue
		}
		for word := range strings.FieldsSeq(folded(k.Subject)) {
			if utf8.RuneCountInString(word) >= 4 && words[word] {
				return true
			}
		}
	}
	return false
}
