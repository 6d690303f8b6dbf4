package store_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// writerURL makes this test's binary a writer that is to be killed.
const writerURL = "WHOWON_TEST_WRITER"

// step is the transition to version v+1. Each part of it can be counted.
func step(r bot.StoredRound, v int64) bot.Transition {
	r.Version = v
	r.Value = fmt.Appendf(nil, `{"v":%d,"pad":%q}`, v+1, strings.Repeat("x", int(v*997%5000)))
	n := fmt.Sprint(v + 1)
	return bot.Transition{At: noon.Add(time.Duration(v) * time.Millisecond), Round: r, Asked: []string{n},
		Scores:   []bot.Score{answer("1/"+n, "ada", 1, noon), answer("2/"+n, "bob", 1, noon)},
		Attempts: []bot.Attempt{{Player: "ada", Folded: "x", At: noon}}, Effects: []bot.Effect{{Key: n}}}
}

// writeUntilKilled moves a round on, and says each version that was acknowledged.
func writeUntilKilled(url string) int {
	ctx := context.Background()
	db, err := store.Open(ctx, url, store.Options{})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	r, err := db.OpenRound(ctx, channel)
	if errors.Is(err, bot.ErrNotFound) {
		r, err = newRound("r1"), nil
	}
	for v := r.Version; err == nil; v++ {
		if err = db.Commit(ctx, step(r, v)); err == nil {
			fmt.Println("saved", v+1)
		}
	}
	fmt.Println(err)
	return 1
}

// TestKilledWriterLosesNothing kills a writer again and again: what it has acknowledged is there, and no half of a
// transition.
func TestKilledWriterLosesNothing(t *testing.T) {
	kills := 12
	if testing.Short() {
		kills = 3
	}
	storetest.Each(t, func(t *testing.T, url string) {
		seed := uint64(time.Now().UnixNano())
		rng := rand.New(rand.NewPCG(seed, 0))
		var total int64
		for range kills {
			acknowledged := runAndKill(t, url, time.Duration(rng.IntN(120_000))*time.Microsecond)
			total = whole(t, url, max(acknowledged, total))
		}
		t.Logf("%d transitions, seed %d", total, seed)
		if total == 0 {
			t.Error("nothing was ever written")
		}
	})
}

// runAndKill starts a writer, kills it a while after its first acknowledged commit, and returns the last one.
func runAndKill(t *testing.T, url string, after time.Duration) int64 {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), writerURL+"="+url)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	var last int64
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if _, err := fmt.Sscanf(lines.Text(), "saved %d", &last); err != nil {
			t.Errorf("the writer says %q", lines.Text())
		}
		if after > 0 {
			time.AfterFunc(after, func() { cmd.Process.Kill() })
			after = 0
		}
	}
	cmd.Wait()
	return last
}

// whole checks that the database holds all of every transition up to the round's version, and returns that.
func whole(t *testing.T, url string, acknowledged int64) int64 {
	t.Helper()
	db := open(t, url)
	r, err := db.OpenRound(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	if r.Version < acknowledged {
		t.Errorf("version %d was acknowledged, and %d is there", acknowledged, r.Version)
	}
	if want := fmt.Sprintf(`{"v":%d,`, r.Version); !strings.HasPrefix(string(r.Value), want) {
		t.Errorf("version %d has the value %.40s", r.Version, r.Value)
	}
	asked, err1 := db.Asked(t.Context(), channel)
	effects, err2 := db.PendingEffects(t.Context(), "discord")
	attempts, err3 := db.AttemptsWith(t.Context(), "r1", 0, "x")
	board, err4 := db.Board(t.Context(), bot.BoardQuery{Guild: guild})
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		t.Fatal(err)
	}
	n := int(r.Version)
	if len(asked) != n || len(effects) != n || len(attempts) != n || len(board.Rows) != 2 || board.Rows[0].Points != n || board.Rows[1].Points != n {
		t.Errorf("version %d: %d asked, %d effects, %d attempts, board %+v", n, len(asked), len(effects), len(attempts), board.Rows)
	}
	return r.Version
}

// TestServerCrash kills PostgreSQL under writers and starts it again: what was acknowledged is there, and the writers
// go on.
func TestServerCrash(t *testing.T) {
	if os.Getenv(storetest.Env) == "" {
		t.Skip("no PostgreSQL")
	}
	server, err := storetest.Start()
	if err != nil {
		t.Skip("needs a server of its own, and the programs are not installed: ", err)
	}
	defer server.Stop()
	db := open(t, server.URL)
	const crashes = 3
	progress, stop, end := make(chan int64), make(chan struct{}), make(chan error)
	go func() {
		var v int64
		unsure := false
		for {
			select {
			case <-stop:
				end <- nil
				return
			case progress <- v:
			default:
			}
			err := db.Commit(t.Context(), step(newRound("r1"), v))
			switch {
			case errors.Is(err, bot.ErrNotSaved): // the server took longer to start than anybody is kept waiting
				unsure = true
				continue
			case err != nil && (!unsure || !errors.Is(err, bot.ErrConflict)): // else it had been written
				end <- fmt.Errorf("version %d: %w", v+1, err)
				return
			}
			v, unsure = v+1, false
		}
	}()
	var saved int64
	wait := func() {
		for deadline, at := time.After(30*time.Second), saved; saved < at+20; {
			select {
			case saved = <-progress:
			case err := <-end:
				t.Fatal(err)
			case <-deadline:
				t.Fatal("the writer does not go on")
			}
		}
	}
	for range crashes {
		wait()
		if err := server.Kill(); err != nil {
			t.Fatal(err)
		}
		if err := server.Launch(); err != nil {
			t.Fatal(err)
		}
	}
	wait()
	close(stop)
	if err := <-end; err != nil {
		t.Fatal(err)
	}
	whole(t, server.URL, saved)
}
