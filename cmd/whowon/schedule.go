package main

import (
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot/daily"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
	"github.com/whowon-bot/whowon/bot/store"
)

type scheduleConfig struct {
	// CatchUp is how late a post may come where the bot was away, as in 60m; "" is schedule.DefaultCatchUp.
	CatchUp   string           `yaml:"catch_up"`
	Wikimedia wikimedia.Config `yaml:"wikimedia"`
}

// Bounds of catch_up: less than a minute would miss posts that are on time, and a day later the next one is there.
const (
	minCatchUp = time.Minute
	maxCatchUp = 23 * time.Hour
)

func (c scheduleConfig) check() error {
	if _, err := c.catchUp(); err != nil {
		return err
	}
	if err := c.Wikimedia.Check(); err != nil {
		return fmt.Errorf("schedule.wikimedia: %w", err)
	}
	return nil
}

func (c scheduleConfig) catchUp() (time.Duration, error) {
	if c.CatchUp == "" {
		return schedule.DefaultCatchUp, nil
	}
	d, err := time.ParseDuration(c.CatchUp)
	if err != nil || d < minCatchUp || d > maxCatchUp {
		return 0, fmt.Errorf("schedule.catch_up is %q; give a time from 1m to 23h, such as 60m or 2h", c.CatchUp)
	}
	return d, nil
}

// schedule makes what posts.
func (g *games) schedule(db *store.Store) (*schedule.Schedule, error) {
	late, err := g.config.Schedule.catchUp()
	if err != nil {
		return nil, err
	}
	var feed daily.Feed
	if c := g.config.Schedule.Wikimedia; c.On {
		client, err := wikimedia.New(c, wikimedia.Options{Version: programVersion(), Log: g.log})
		if err != nil {
			return nil, err
		}
		feed = client
	}
	return schedule.New(schedule.Options{Store: db, Contents: g.contents(db, feed, late), Log: g.log, Shared: g.shared,
		CatchUp: late, Meter: g.meter}), nil
}

// contents are what can be posted. Without a store they say what they are, and no more.
func (g *games) contents(db *store.Store, feed daily.Feed, late time.Duration) []schedule.Content {
	o := daily.Options{CatchUp: late, Feed: feed, Why: g.sources.why, Log: g.log,
		Facts:     func() daily.Facts { return g.corpus() },
		Questions: func() daily.Questions { return g.sources.generator() }}
	if db != nil {
		o.Store = db
	}
	return []schedule.Content{daily.NewAnniversaries(o), daily.NewQuestion(o)}
}
