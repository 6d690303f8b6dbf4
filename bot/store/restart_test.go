package store_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// load is channels that play on a database that is restarted.
type load struct {
	t  *testing.T
	db *store.Store

	acknowledged [restartChannels]atomic.Int64 // the last version of each round that was saved
	saved        atomic.Int64                  // transitions
	refused      atomic.Int64
	slowest      atomic.Int64 // of those refused, from the answer to the word that it does not count
	resumed      [restartChannels]atomic.Int64
	up           atomic.Int64 // since when the database is back, in nanoseconds; 0 while it was never away
}

const restartChannels = 20

// play moves a round on, five times a second, whatever comes of it.
func (l *load) play(i int, stop <-chan struct{}) {
	pace := time.NewTicker(200 * time.Millisecond)
	defer pace.Stop()
	var v int64
	for {
		select {
		case <-stop:
			return
		case <-pace.C:
		}
		began := time.Now()
		err := l.db.Commit(l.t.Context(), onward(i, v))
		switch {
		case err == nil:
			v++
			l.acknowledged[i].Store(v)
			l.saved.Add(1)
			if up := l.up.Load(); up != 0 {
				l.resumed[i].CompareAndSwap(0, time.Now().UnixNano()-up)
			}
		case errors.Is(err, bot.ErrConflict): // what was given up was saved in the end
			if r, err := l.db.OpenRound(l.t.Context(), onward(i, v).Round.Channel); err == nil {
				v = r.Version
			}
		case errors.Is(err, bot.ErrNotSaved):
			l.refused.Add(1)
			l.slowest.Store(max(l.slowest.Load(), int64(time.Since(began))))
		default:
			l.t.Errorf("channel %d: %v", i, err)
			return
		}
	}
}

// onward is the transition to version v+1 of a channel's round, with points by which it can be counted.
func onward(i int, v int64) bot.Transition {
	tr := step(newRound(fmt.Sprint("load", i)), v)
	tr.Round.Channel.ID = fmt.Sprint("load", i)
	tr.Scores = []bot.Score{answer(fmt.Sprintf("load%d/%d", i, v+1), fmt.Sprint("player", i), 1, noon)}
	tr.Effects = nil
	return tr
}

// TestDatabaseRestart takes PostgreSQL away under a hundred transitions a second, for longer than anybody waits, and starts
// it again: who plays is told within three seconds, all go on within five, and nothing that was acknowledged is lost.
func TestDatabaseRestart(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip("no PostgreSQL")
	}
	server, err := storetest.Start()
	if err != nil {
		t.Skip("needs a server of its own, and the programs are not installed: ", err)
	}
	defer server.Stop()
	l := &load{t: t, db: open(t, server.URL)}
	stop := make(chan struct{})
	var playing sync.WaitGroup
	for i := range restartChannels {
		playing.Go(func() { l.play(i, stop) })
	}
	time.Sleep(2 * time.Second)
	before := l.saved.Load()
	if err := server.Kill(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(4 * time.Second)
	if err := server.Launch(); err != nil {
		t.Fatal(err)
	}
	l.up.Store(time.Now().UnixNano())
	time.Sleep(2 * time.Second)
	for end := time.Now().Add(3 * time.Second); time.Now().Before(end) && l.healthy() == 0; {
		time.Sleep(20 * time.Millisecond)
	}
	close(stop)
	playing.Wait()
	t.Logf("%d transitions were saved in the 2 s before; %d were refused, the slowest after %v; all channels went on %v after the "+
		"database was back", before, l.refused.Load(), time.Duration(l.slowest.Load()).Round(time.Millisecond), l.healthy().Round(time.Millisecond))
	if l.healthy() == 0 || l.refused.Load() == 0 || time.Duration(l.slowest.Load()) > 3*time.Second || before < 100 {
		t.Error("not all went on, or who played was not told, or late")
	}
	l.check()
}

// healthy is when the last channel went on, after the database was back; 0 while one has not.
func (l *load) healthy() (last time.Duration) {
	for i := range l.resumed {
		d := time.Duration(l.resumed[i].Load())
		if d == 0 {
			return 0
		}
		last = max(last, d)
	}
	return last
}

// check: all that was acknowledged is there, and no half of a transition.
func (l *load) check() {
	board, err := l.db.Board(l.t.Context(), bot.BoardQuery{Guild: guild, Limit: 2 * restartChannels})
	if err != nil {
		l.t.Fatal(err)
	}
	points := map[bot.UserID]int{}
	for _, row := range board.Rows {
		points[row.Player] = row.Points
	}
	for i := range restartChannels {
		r, err := l.db.OpenRound(l.t.Context(), onward(i, 0).Round.Channel)
		if err != nil {
			l.t.Fatal(err)
		}
		if acknowledged := l.acknowledged[i].Load(); r.Version < acknowledged || points[bot.UserID(fmt.Sprint("player", i))] != int(r.Version) {
			l.t.Errorf("channel %d: version %d was acknowledged, %d is there, with %d points", i, acknowledged, r.Version,
				points[bot.UserID(fmt.Sprint("player", i))])
		}
	}
}
