package scheduletest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// Tally is what has come of posts.
type Tally struct {
	Seed               uint64
	Boots, Kills, Days int
	Points             map[string]int // where processes were killed

	Due     int // posts
	Lost    int // those that no channel shows
	Doubled int // messages beyond the first of a post
	Unknown int // posts of which the bot says that it does not know
	Gone    int // those of them that no channel shows
}

func (c Tally) String() string {
	var points []string
	for p, n := range c.Points {
		points = append(points, fmt.Sprintf("%s %d", p, n))
	}
	slices.Sort(points)
	return fmt.Sprintf("%d kills, %d boots, %d days: %d posts, %d lost, %d doubled, %d unknown (%d of them not shown); "+
		"seed %d; %v", c.Kills, c.Boots, c.Days, c.Due, c.Lost, c.Doubled, c.Unknown, c.Gone, c.Seed, points)
}

// count compares what was due of n subscriptions with what the channels show, and with what the database says of it.
func (c *Tally) count(t *testing.T, db *store.Store, p Place, n int, begin time.Time) {
	t.Helper()
	shown := map[string][]string{} // IDs, by words
	for _, channel := range p.Channels {
		for _, m := range p.Messages(channel) {
			found := wording.FindStringSubmatch(m.Text)
			if found == nil {
				t.Errorf("channel %s shows a message that nobody meant: %.300s", channel, m.Text)
				continue
			}
			post := channel + " " + words(found[1], found[2]+found[3]+found[4])
			shown[post] = append(shown[post], m.ID)
		}
	}
	for i := range n {
		for day := range c.Days {
			date := begin.AddDate(0, 0, day).Format(time.DateOnly)
			post := p.Channels[i%len(p.Channels)] + " " + words(subscription(i), date)
			o, err := db.Occurrence(t.Context(), subscription(i), date, "")
			if err != nil {
				t.Errorf("%s: %v", post, err)
			}
			c.add(t, post, o, shown[post])
			delete(shown, post)
		}
	}
	for post := range shown {
		t.Errorf("%s was not due", post)
	}
}

// add counts a post, of which there are messages.
func (c *Tally) add(t *testing.T, post string, o bot.Occurrence, ids []string) {
	t.Helper()
	c.Due++
	c.Doubled += max(0, len(ids)-1)
	switch {
	case o.State == bot.OccurrencePosted:
		if len(ids) > 0 && !slices.Contains(ids, o.Ref) {
			t.Errorf("%s: it is to be message %q, and there are %q", post, o.Ref, ids)
		}
	case o.State == bot.OccurrenceUnknown:
		c.Unknown++
		if len(ids) == 0 {
			c.Gone++
		}
	default:
		t.Errorf("%s is %s (%s), and there are %q", post, o.State, o.Why, ids)
	}
	if len(ids) == 0 {
		c.Lost++
	}
}

// Once fails the test unless each post came once. Where the platform cannot always tell, one that is unknown may be lost.
func (c Tally) Once(t *testing.T, unsure bool) {
	t.Helper()
	if c.Doubled > 0 {
		t.Errorf("%d posts were doubled", c.Doubled)
	}
	if c.Lost > c.Gone || !unsure && c.Unknown > 0 {
		t.Errorf("%d posts were lost, of which %d are known to be open; %d are not known", c.Lost, c.Gone, c.Unknown)
	}
	if c.Kills > 150 { // there is hardly a chance to miss one
		c.Points["at a claim"] = c.Points["before a claim"] + c.Points["after a claim"] // of which there is one on a day
		for _, point := range []string{"at a claim", "before taking", "after taking", "before a request", "during a request",
			"after a request", "before saving", "after saving"} {
			if c.Points[point] == 0 {
				t.Errorf("nothing was killed %s", point)
			}
		}
	}
}
