package scheduletest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
	"github.com/whowon-bot/whowon/bot/store"
)

const (
	// childLimit is how long a child may take for what is due.
	childLimit = 10 * time.Minute
	// glance is how often it looks whether anything is left.
	glance = 20 * time.Millisecond
	// catchUp is how late a post may be shown here: later than any clock is put, so that none is missed.
	catchUp = 20 * time.Hour
)

// Child is the main function of a child process, and returns the code to exit with. job is what Env holds.
func Child(job string, connect Connect) int {
	var j Job
	err := json.Unmarshal([]byte(job), &j)
	if err == nil {
		err = j.run(connect)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// clock is a wall clock that goes on from a time.
type clock struct {
	begin, since time.Time
	speed        time.Duration // a number
}

func (c *clock) now() time.Time {
	return c.begin.Add(c.speed * time.Since(c.since))
}

// still is a platform on which nobody says anything.
type still struct{ bot.Platform }

func (still) Run(ctx context.Context, _ bot.Deliver) error {
	<-ctx.Done()
	return nil
}

// run runs a bot until everything that is due was posted.
func (j Job) run(connect Connect) error {
	ctx, cancel := context.WithTimeout(context.Background(), childLimit)
	defer cancel()
	c := &clock{begin: j.Now, since: time.Now(), speed: time.Duration(j.Speed)}
	db, err := store.Open(ctx, j.URL, store.Options{})
	if err != nil {
		return err
	}
	f := newFate(j)
	log := slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
	p, err := connect(Process{j, wire{&http.Transport{MaxIdleConnsPerHost: 64}, j.Name, f}, c.now, log})
	if err != nil {
		return err
	}
	if j.Naive {
		p = forgetful{p}
	}
	s := schedule.New(schedule.Options{Store: mortal{db, f}, Contents: []schedule.Content{content{}}, Log: log, Now: c.now,
		Shared: j.Shared, CatchUp: catchUp})
	b := bot.New(bot.Options{Features: []bot.Feature{s}, Log: log, Now: c.now})
	done := make(chan error, 1)
	go func() {
		defer cancel()
		done <- j.finished(ctx, db, p.Info().Name, c)
	}()
	if err := errors.Join(b.Run(ctx, still{p}), <-done); err != nil {
		return err
	}
	return db.Close()
}

// finished waits until nothing is due and nothing is under way.
func (j Job) finished(ctx context.Context, db *store.Store, platform string, c *clock) error {
	for {
		// In this order: what is due becomes what is pending, at once.
		due, err1 := db.SubscriptionsDue(ctx, []string{platform}, c.now(), 1)
		far := c.now().AddDate(1, 0, 0)
		left, err2 := db.PendingOccurrences(ctx, platform, far, far, 5)
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if len(due)+len(left) == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("it does not come to an end; left are %v", left)
		case <-time.After(glance):
		}
	}
}
