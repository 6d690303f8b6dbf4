package store_test

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestOpenTellsWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("not a database ", 500)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ url, want string }{
		{"", "sqlite: or postgres://"},
		{"mysql://u:secret@h/d", "sqlite: or postgres://"},
		{"sqlite:", "needs the path of a file"},
		{"sqlite::memory:", "needs the path of a file"},
		{"sqlite:" + filepath.Join(dir, "no", "such", "x.db"), "mkdir -p " + filepath.Join(dir, "no", "such")},
		{"sqlite:" + dir, "must be a file"},
		{"sqlite:" + filepath.Join(garbage, "x.db"), "must be a file"},
		{"sqlite:" + garbage, "not a SQLite database"},
		{"postgres://u:secret@h:port/d", "postgres://user:password@host:5432/database"},
		{"postgres://u:secret@127.0.0.1:1/d?connect_timeout=2", "does it run"},
	} {
		db, err := store.Open(t.Context(), tt.url, store.Options{})
		if err == nil {
			db.Close()
			t.Errorf("%s opens", tt.url)
			continue
		}
		if !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v; want %q", tt.url, err, tt.want)
		}
	}
}

func TestOpenTellsOfMigrations(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var told [][2]int
		for range 2 { // the second time there is nothing to migrate
			db, err := store.Open(t.Context(), url, store.Options{Migrating: func(done, total int) {
				told = append(told, [2]int{done, total})
			}})
			if err != nil {
				t.Fatal(err)
			}
			if err := db.Close(); err != nil {
				t.Error(err)
			}
		}
		if len(told) != 2 || told[0][0] != 0 || told[0][1] < 3 || told[1] != [2]int{told[0][1], told[0][1]} {
			t.Errorf("told %v", told)
		}
	})
}

func TestNewFileIsForItsOwner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "odd ?#%20 näme.db")
	db := open(t, "sqlite:"+path)
	commit(t, db, bot.Transition{At: noon, Round: newRound("r1")})
	for _, suffix := range []string{"", "-wal", "-shm"} {
		info, err := os.Stat(path + suffix)
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%q: %v, %v", suffix, info, err)
		}
	}
}

func TestDurabilityOfSQLite(t *testing.T) {
	url := storetest.SQLite(t)
	db := open(t, url)
	for pragma, want := range map[string]string{"journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "busy_timeout": "5000"} {
		if got := store.Pragma(t.Context(), db, pragma); got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

// sqlDB is a plain connection to a test's database.
func sqlDB(t testing.TB, url string) *sql.DB {
	t.Helper()
	driver, name := "pgx", url
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, name = "sqlite", path
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestNewerSchemaIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		open(t, url)
		truth := map[bool]string{true: "true", false: "1"}[strings.HasPrefix(url, "postgres")]
		for _, q := range []string{"INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, " + truth + ")",
			"UPDATE schema_compat SET min_version = 98"} {
			if _, err := sqlDB(t, url).Exec(q); err != nil {
				t.Fatal(err)
			}
		}
		db, err := store.Open(t.Context(), url, store.Options{})
		if err == nil {
			db.Close()
			t.Fatal("opened a database of a newer program")
		}
		if !strings.Contains(err.Error(), "schema version 99, which needs a program that knows at least 98") || !strings.Contains(err.Error(), "run the newer whowon") {
			t.Error(err)
		}
	})
}

func TestManyOpenANewDatabase(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				db, err := store.Open(t.Context(), url, store.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				if err := db.Ping(t.Context()); err != nil {
					t.Error(err)
				}
				if err := db.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
	})
}

func TestStoreIsOpenedAgain(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db, err := store.Open(t.Context(), url, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		commit(t, db, bot.Transition{At: noon, Round: newRound("r1")})
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
			if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the write-ahead log stays: %v", err)
			}
		}
		if r, err := open(t, url).OpenRound(t.Context(), channel); err != nil || r.ID != "r1" {
			t.Errorf("%+v, %v", r, err)
		}
	})
}

func TestContextEnds(t *testing.T) {
	exercise(t, func(t *testing.T, db *store.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := db.Commit(ctx, bot.Transition{At: noon, Round: newRound("r1")}); err == nil || !strings.Contains(err.Error(), "saving round r1 at version 1") {
			t.Errorf("commit: %v", err)
		}
		if _, err := db.OpenRounds(ctx); err == nil {
			t.Error("read after the end of the context")
		}
		if rs, err := db.OpenRounds(t.Context()); err != nil || len(rs) != 0 {
			t.Errorf("written after the end of the context: %v, %v", rs, err)
		}
	})
}

// TestFullDisk fills a SQLite file to its limit: writing is refused, reading goes on, nothing is half written, and with
// room again all is well.
func TestFullDisk(t *testing.T) {
	url := storetest.SQLite(t)
	db := open(t, url)
	commit(t, db, bot.Transition{At: noon, Round: newRound("r1")})
	store.Limit(t.Context(), db, 60) // pages
	var err error
	r := newRound("r1")
	for r.Version = 1; err == nil && r.Version < 500; r.Version++ {
		r.Value = []byte(`"` + strings.Repeat("x", 1000*int(r.Version)) + `"`)
		err = db.Commit(t.Context(), bot.Transition{At: noon, Round: r, Scores: []bot.Score{answer("s", "ada", int(r.Version), noon)}})
	}
	if err == nil || !strings.Contains(err.Error(), "make room on the disk") {
		t.Fatalf("on a full disk: %v", err)
	}
	failed := r.Version - 1
	got, err := db.OpenRound(t.Context(), channel)
	if err != nil || got.Version != failed || len(got.Value) >= 1000*int(failed) {
		t.Fatalf("version %d after a failure at %d, %v", got.Version, failed, err)
	}
	store.Limit(t.Context(), db, 1_000_000)
	got.Value = r.Value
	commit(t, db, bot.Transition{At: noon.Add(time.Second), Round: got})
	if got := store.Pragma(t.Context(), db, "integrity_check"); got != "ok" {
		t.Error(got)
	}
}
