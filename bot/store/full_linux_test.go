package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
)

// smallDisk is a folder on a disk of 16 MB of its own. Without the right to mount one the test is skipped, unless
// WHOWON_TEST_DISK says that it must not be.
func smallDisk(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=16m"); err != nil {
		why := "a disk of 16 MB cannot be mounted, so a full one is NOT TESTED: " + err.Error()
		if os.Getenv("WHOWON_TEST_DISK") != "" {
			t.Fatal(why)
		}
		fmt.Fprintln(os.Stderr, "*** "+why)
		t.Skip(why)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// TestDiskFull fills the disk under a store: what is there is still read, writing is refused in words that name the mend,
// nothing is broken, and it goes on as soon as there is room.
func TestDiskFull(t *testing.T) {
	dir := smallDisk(t)
	url := "sqlite:" + filepath.Join(dir, "whowon.db")
	db := open(t, url)
	var v int64
	for ; v < 50; v++ {
		commit(t, db, step(newRound("r1"), v))
	}
	ballast := fill(t, dir)
	var full error
	for ; full == nil && v < 5000; v++ {
		full = db.Commit(t.Context(), step(newRound("r1"), v))
	}
	v--
	refusal(t, full)
	for range 20 { // again and again, and not only once
		refusal(t, db.Commit(t.Context(), step(newRound("r1"), v)))
	}
	began := time.Now()
	r, err := db.OpenRound(t.Context(), channel)
	board, err2 := db.Board(t.Context(), bot.BoardQuery{Guild: guild})
	if err != nil || err2 != nil || r.Version != v || len(board.Rows) != 2 || time.Since(began) > time.Second {
		t.Errorf("on a full disk version %d of %d is read, %+v: %v, %v", r.Version, v, board.Rows, err, err2)
	}
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	free := time.Now()
	for err = full; err != nil; time.Sleep(10 * time.Millisecond) {
		if err = db.Commit(t.Context(), step(newRound("r1"), v)); err != nil && time.Since(free) > 10*time.Second {
			t.Fatalf("10 s after there is room: %v", err)
		}
	}
	t.Logf("full at version %d; %v after there was room it went on", v, time.Since(free).Round(time.Millisecond))
	sound(t, url)
	whole(t, url, v+1)
}

// fill leaves 512 KiB of a disk.
func fill(t *testing.T, dir string) (ballast string) {
	t.Helper()
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		t.Fatal(err)
	}
	ballast = filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, int64(st.Bavail)*st.Bsize-512<<10), 0o600); err != nil {
		t.Fatal(err)
	}
	return ballast
}

func refusal(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, bot.ErrNotSaved) || !strings.Contains(err.Error(), "make room on the disk") {
		t.Fatalf("on a full disk: %v", err)
	}
}

func sound(t *testing.T, url string) {
	t.Helper()
	var says string
	if err := sqlDB(t, url).QueryRowContext(t.Context(), "PRAGMA integrity_check").Scan(&says); err != nil || says != "ok" {
		t.Errorf("integrity_check: %s, %v", says, err)
	}
}

// TestFullFromTheStart opens a store where there is no room for one.
func TestFullFromTheStart(t *testing.T) {
	dir := smallDisk(t)
	ballast := filepath.Join(dir, "ballast")
	if err := os.WriteFile(ballast, make([]byte, 17<<20), 0o600); err == nil {
		t.Fatal("the disk is larger than it was made")
	}
	_, err := store.Open(t.Context(), "sqlite:"+filepath.Join(dir, "whowon.db"), store.Options{})
	refusal(t, err)
	if err := os.Remove(ballast); err != nil {
		t.Fatal(err)
	}
	commit(t, open(t, "sqlite:"+filepath.Join(dir, "whowon.db")), step(newRound("r1"), 0))
}
