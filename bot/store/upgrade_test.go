package store_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// firstSchema is what a program wrote that knew the first version of the schema only.
var firstSchema = []string{
	`INSERT INTO rounds (id, platform, guild, channel, version, open, due, at, value)
		VALUES ('r1', 'discord', 'g1', 'c1', 7, 1, 1772452860123456, 1772452800123456, '{"q":0}')`,
	`INSERT INTO asked (platform, guild, channel, question, at) VALUES ('discord', 'g1', 'c1', 'q/1', 1772452800123456)`,
	`INSERT INTO scores (key, platform, guild, channel, round, question, question_id, player, name, category, points, correct, reason, at)
		VALUES ('1', 'discord', 'g1', 'c1', 'r1', 0, 'q/1', 'ada', 'Name of ada', 'oscars', 100, 1, 'answer', 1772452800123456)`,
	`INSERT INTO settings (platform, guild, channel, key, value) VALUES ('discord', 'g1', '', 'k', '"v"')`,
}

// TestUpgrade opens a database of the first version: what is in it stays, what is new works, and the way back is open.
func TestUpgrade(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		ctx, plain := t.Context(), sqlDB(t, url)
		dialect := goose.DialectSQLite3
		if strings.HasPrefix(url, "postgres") {
			dialect = goose.DialectPostgres
		}
		if err := store.MigrateTo(ctx, dialect, plain, 1); err != nil {
			t.Fatal(err)
		}
		for _, q := range firstSchema {
			if _, err := plain.ExecContext(ctx, q); err != nil {
				t.Fatal(err)
			}
		}
		unchanged := func(db *store.Store) {
			t.Helper()
			want := newRound("r1")
			want.Version, want.At = 7, noon
			if r, err := db.OpenRound(ctx, channel); err != nil || !reflect.DeepEqual(r, want) {
				t.Errorf("got %+v, %v\nwant %+v", r, err, want)
			}
			if got := standings(t, db, bot.BoardQuery{}); got != "1 ada 100/1, of 1" {
				t.Error(got)
			}
			if of, _, err := db.Settings(ctx, guild, channel); err != nil || of["k"] != `"v"` {
				t.Errorf("settings %v, %v", of, err)
			}
		}
		db := open(t, url)
		unchanged(db)
		s := subscribe(t, db, subscription("s1"))
		claim(t, db, 1, bot.Claim{Subscription: s, Next: noon.AddDate(0, 0, 1), Occurrences: []bot.Occurrence{occurrence("s1", "2026-03-02")}})
		d := openDaily(t, db, daily("s1", 2))
		if err := db.Answer(ctx, pick(d, "ada", 2)); err != nil {
			t.Fatal(err)
		}
		if asked, err := db.Asked(ctx, channel); err != nil || fmt.Sprint(asked) != "[q/1 q/s1/2]" {
			t.Errorf("asked %q, %v", asked, err)
		}

		if err := store.MigrateTo(ctx, dialect, plain, 1); err != nil {
			t.Fatal(err)
		}
		for _, table := range []string{"subscriptions", "occurrences", "dailies", "picks"} {
			if _, err := plain.ExecContext(ctx, "SELECT 1 FROM "+table); err == nil {
				t.Errorf("the table %s is still there", table)
			}
		}
		again := open(t, url)
		unchanged(again)
		if s := subscribe(t, again, subscription("s1")); s.Number != 1 {
			t.Errorf("number %d", s.Number)
		}
	})
}
