package store_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/whowon-bot/whowon/bot/store"
)

// TestNoPermission opens files that belong to somebody else. Root may open everything, so it looks at files as nobody
// does, on this thread.
func TestNoPermission(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{filepath.Dir(dir), dir} {
		if err := os.Chmod(d, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "whowon.db")
	if err := os.WriteFile(path, nil, 0o400); err != nil {
		t.Fatal(err)
	}
	if os.Getuid() == 0 {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer syscall.Setfsuid(0)
		if err := syscall.Setfsuid(65534); err != nil {
			t.Fatal(err)
		}
	}
	db, err := store.Open(t.Context(), "sqlite:"+path, store.Options{})
	if err == nil {
		db.Close()
		t.Fatal("opened what is not ours")
	}
	if !strings.Contains(err.Error(), "must own the file and its folder") {
		t.Error(err)
	}
}
