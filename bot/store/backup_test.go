package store_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// fillAll writes to every table, by what the store offers.
func fillAll(t *testing.T, db *store.Store) {
	t.Helper()
	ctx := t.Context()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	sc := answer("r1/0/ada", "ada", 100, noon)
	sc.Name = "Zoë \"<&>\u2028\n🏆 \\"
	commit(t, db, bot.Transition{At: noon, Round: newRound("r1"), Scores: []bot.Score{sc}, Asked: []string{"q/1"},
		Effects:  []bot.Effect{{Key: "reveal/r1/0", Kind: "reveal", Payload: []byte(`{"points":100}`)}},
		Attempts: []bot.Attempt{{Question: 3, Player: "ada", Name: "Ada", Text: "Day Lewis", Folded: "day lewis", Option: -1, Verdict: "wrong", At: noon}}})
	if _, err := db.OpenAppeal(ctx, appeal("a1")); err != nil {
		t.Fatal(err)
	}
	must(db.AddAlias(ctx, bot.Alias{Guild: guild, Answer: "daniel day lewis", Folded: "ddl", Alias: "DDL", By: "ada", At: noon}))
	must(db.SetHidden(ctx, "discord", "ben", true))
	must(db.Set(ctx, bot.Setting{Guild: guild, Key: "rules", Value: `{"n":5}`}))
	s := subscribe(t, db, subscription("s1"))
	claim(t, db, 1, bot.Claim{Subscription: s, Next: noon.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{occurrence("s1", "2026-03-02")}})
	must(db.Answer(ctx, pick(openDaily(t, db, daily("s1", 1)), "ada", 2)))
	acquire(t, db, "shard/0", "ada", hour)
	if _, err := db.TakeDelivery(ctx, "delivery"); err != nil {
		t.Fatal(err)
	}
}

// contents are all rows of the tables that a backup holds, as text.
func contents(t *testing.T, url string) map[string][]string {
	t.Helper()
	db, all := sqlDB(t, url), map[string][]string{}
	defer db.Close()
	for _, table := range store.InBackup() {
		all[table] = rowsOf(t, db, table)
	}
	return all
}

func rowsOf(t *testing.T, db *sql.DB, table string) []string {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), "SELECT * FROM "+table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for rows.Next() {
		row, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range row {
			into[i] = &row[i]
		}
		if err := rows.Scan(into...); err != nil {
			t.Fatal(err)
		}
		line := ""
		for i, v := range row {
			line += fmt.Sprintf("%s=%T:%[2]q ", columns[i], v)
		}
		lines = append(lines, line)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	slices.Sort(lines)
	return lines
}

func backup(t *testing.T, url string) ([]byte, store.Summary) {
	t.Helper()
	var b bytes.Buffer
	s, err := store.Backup(t.Context(), url, &b, store.BackupOptions{Program: "v1.2.3", At: noon})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), s
}

// TestBackupIsRestored takes a backup from each engine into each, and goes on there.
func TestBackupIsRestored(t *testing.T) {
	slow(t)
	storetest.Each(t, func(t *testing.T, from string) {
		db := open(t, from)
		fillAll(t, db)
		for i := range 450 { // more than are inserted at once
			commit(t, db, bot.Transition{At: noon, Round: bot.StoredRound{ID: fmt.Sprint("more", i), Guild: guild, Value: []byte("{}"),
				Channel: bot.Channel{Platform: "discord", ID: fmt.Sprint("more", i)}}, Scores: []bot.Score{answer(fmt.Sprint(i), "cyd", i, noon)}})
		}
		want := contents(t, from)
		for table, rows := range want {
			if len(rows) == 0 {
				t.Errorf("nothing is written to %s: it is not tested", table)
			}
		}
		data, s := backup(t, from)
		if s.Rows["scores"] != 451 || s.Schema < 3 {
			t.Errorf("%+v", s)
		}
		storetest.Each(t, func(t *testing.T, to string) {
			told := int64(0)
			got, err := store.Restore(t.Context(), to, bytes.NewReader(data), store.RestoreOptions{Told: func(done, total int64) {
				if told = done; done > total {
					t.Errorf("%d of %d rows", done, total)
				}
			}})
			if err != nil {
				t.Fatal(err)
			}
			if told == 0 || got.Program != "v1.2.3" || !got.At.Equal(noon) || !reflect.DeepEqual(got.Rows, s.Rows) {
				t.Errorf("told %d of %+v", told, got)
			}
			if there := contents(t, to); !reflect.DeepEqual(there, want) {
				for table := range want {
					if !reflect.DeepEqual(there[table], want[table]) {
						t.Errorf("%s is\n%.2000q, want\n%.2000q", table, there[table], want[table])
					}
				}
			}
			goesOn(t, to)
			if _, err := store.Restore(t.Context(), to, bytes.NewReader(data), store.RestoreOptions{}); err == nil ||
				!strings.Contains(err.Error(), "not empty") || !strings.Contains(err.Error(), "store.url") {
				t.Errorf("restored a second time: %v", err)
			}
		})
	})
}

// goesOn writes to a restored database what follows from what is in it.
func goesOn(t *testing.T, url string) {
	t.Helper()
	db := open(t, url)
	r, err := db.OpenRound(t.Context(), channel)
	if err != nil {
		t.Fatal(err)
	}
	commit(t, db, bot.Transition{At: noon, Round: r, Scores: []bot.Score{answer("later", "ada", 50, noon)}})
	if s := subscribe(t, db, subscription("s2")); s.Number != 2 {
		t.Errorf("the next subscription has number %d", s.Number)
	}
	if _, err := db.OpenAppeal(t.Context(), appeal("a9")); err != nil {
		t.Error(err)
	}
	if l := held(t, db, ""); l != "" {
		t.Errorf("leases are restored: %s", l)
	}
	acquire(t, db, "shard/0", "ben", hour)
}

// TestEveryTableIsInABackup, or is said to be left out.
func TestEveryTableIsInABackup(t *testing.T) {
	url := storetest.SQLite(t)
	open(t, url)
	rows, err := sqlDB(t, url).QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for ; rows.Next(); n++ {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		in, why := slices.Contains(store.InBackup(), table), store.NotInBackup()[table]
		if in == (why != "") && table != "later" {
			t.Errorf("is %s in a backup, or why not? Put it into inBackup or notInBackup", table)
		}
	}
	if want := len(store.InBackup()) + len(store.NotInBackup()); rows.Err() != nil || n < want {
		t.Errorf("%d tables, %d expected, %v", n, want, rows.Err())
	}
}

// TestBackupOfAnOlderSchema is restored, and migrated then.
func TestBackupOfAnOlderSchema(t *testing.T) {
	slow(t)
	storetest.Each(t, func(t *testing.T, from string) {
		plain := sqlDB(t, from)
		if err := store.MigrateTo(t.Context(), dialectOf(from), plain, 1); err != nil {
			t.Fatal(err)
		}
		for _, q := range firstSchema {
			if _, err := plain.ExecContext(t.Context(), q); err != nil {
				t.Fatal(err)
			}
		}
		data, s := backup(t, from)
		if s.Schema != 1 || s.Total() != int64(len(firstSchema)) {
			t.Errorf("%+v", s)
		}
		storetest.Each(t, func(t *testing.T, to string) {
			open(t, to) // one that has been opened before: it is of the newest version, and empty
			if _, err := store.Restore(t.Context(), to, bytes.NewReader(data), store.RestoreOptions{}); err != nil {
				t.Fatal(err)
			}
			db := open(t, to)
			if got := standings(t, db, bot.BoardQuery{}); got != "1 ada 100/1, of 1" {
				t.Error(got)
			}
			fresh := newRound("r2")
			fresh.Channel.ID = "c2"
			commit(t, db, bot.Transition{At: noon, Round: fresh})
			acquire(t, db, "shard/0", "ben", hour)
		})
	})
}

// TestBackupIsOneMoment takes backups while rounds and points are written together: a backup has both or neither.
func TestBackupIsOneMoment(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		ctx, stop := context.WithCancel(t.Context())
		first, ended := make(chan struct{}), make(chan struct{})
		go func() {
			defer close(ended)
			for i := 0; ctx.Err() == nil; i++ {
				id := fmt.Sprint("r", i)
				r := newRound(id)
				r.Channel.ID = id
				err := db.Commit(t.Context(), bot.Transition{At: noon, Round: r, Scores: []bot.Score{answer(id, "ada", 1, noon)}})
				if err != nil {
					t.Error(err)
					break
				}
				if i == 20 {
					close(first)
				}
			}
		}()
		<-first
		seen := map[int64]bool{}
		for range 8 {
			_, s := backup(t, url)
			seen[s.Rows["rounds"]] = true
			if s.Rows["rounds"] != s.Rows["scores"] {
				t.Errorf("%d rounds and %d points are not of one moment", s.Rows["rounds"], s.Rows["scores"])
			}
			time.Sleep(5 * time.Millisecond)
		}
		stop()
		<-ended
		if len(seen) < 2 {
			t.Error("nothing was written meanwhile")
		}
	})
}

func TestBackupOfANewerSchemaIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		open(t, url)
		upgrade(t, url, later)
		if _, err := store.Backup(t.Context(), url, io.Discard, store.BackupOptions{}); err == nil || !strings.Contains(err.Error(), "newer whowon") {
			t.Errorf("%v", err)
		}
	})
	missing := filepath.Join(t.TempDir(), "no.db")
	if _, err := store.Backup(t.Context(), "sqlite:"+missing, io.Discard, store.BackupOptions{}); err == nil || !strings.Contains(err.Error(), "there is no database") {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(missing); err == nil {
		t.Error("a backup has made the database")
	}
}

// slow leaves a test to the run without the race detector: with it, it takes ten times as long, and has one goroutine.
func slow(t *testing.T) {
	t.Helper()
	if raced {
		t.Skip("run without the race detector, as make test does too")
	}
}
