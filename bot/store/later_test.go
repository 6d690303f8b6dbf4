package store_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/pressly/goose/v3"

	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// laterSchema is the variable that lets every store of the tests be of a later version than the program's.
const laterSchema = "WHOWON_TEST_LATER_SCHEMA"

// later adds as a migration may: to every kind of table, in a way that the programs before it need not know of.
const later = `-- +goose Up
ALTER TABLE rounds ADD COLUMN later TEXT NOT NULL DEFAULT 'x';
ALTER TABLE scores ADD COLUMN later BIGINT NOT NULL DEFAULT 7;
ALTER TABLE attempts ADD COLUMN later TEXT;
ALTER TABLE effects ADD COLUMN later BIGINT NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN later TEXT NOT NULL DEFAULT '';
ALTER TABLE subscriptions ADD COLUMN later TEXT NOT NULL DEFAULT '';
ALTER TABLE occurrences ADD COLUMN later TEXT NOT NULL DEFAULT '';
ALTER TABLE dailies ADD COLUMN later TEXT NOT NULL DEFAULT '';
ALTER TABLE picks ADD COLUMN later BIGINT;
ALTER TABLE leases ADD COLUMN later TEXT NOT NULL DEFAULT '';
CREATE TABLE later (id TEXT NOT NULL PRIMARY KEY, what TEXT NOT NULL);
CREATE INDEX later_scores ON scores (later);
-- +goose Down
DROP INDEX later_scores;
DROP TABLE later;
`

// breaking drops what the program writes.
const breaking = `-- +goose Up
ALTER TABLE settings DROP COLUMN value;
UPDATE schema_compat SET min_version = 99;
-- +goose Down
SELECT 1;
`

func dialectOf(url string) goose.Dialect {
	if strings.HasPrefix(url, "postgres") {
		return goose.DialectPostgres
	}
	return goose.DialectSQLite3
}

// upgrade does to a database what a program does that knows one migration more.
func upgrade(t testing.TB, url, migration string) {
	t.Helper()
	db := sqlDB(t, url)
	if err := store.MigrateLater(t.Context(), dialectOf(url), db, migration); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestNeighbourShares a database that a program of the next version has upgraded, also under one that is running.
func TestNeighbourShares(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		running := open(t, url)
		upgrade(t, url, later)
		acquire(t, running, "a", "ada", hour)
		acquire(t, open(t, url), "b", "ben", hour)
		if got := held(t, running, ""); got != "a=ada b=ben" {
			t.Error(got)
		}
	})
}

func TestBreakingSchemaIsRefused(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		open(t, url)
		upgrade(t, url, breaking)
		db, err := store.Open(t.Context(), url, store.Options{})
		if err == nil {
			db.Close()
			t.Fatal("opened a database that the program cannot work with")
		}
		for _, words := range []string{"schema version 99", "knows at least 99", "run the newer whowon"} {
			if !strings.Contains(err.Error(), words) {
				t.Errorf("%v; want %q", err, words)
			}
		}
	})
}

// TestAllOnALaterSchema runs the tests of the store on databases that a later program has added to: one of each kind, and with
// WHOWON_REPLICAS=whole all but those that look at the schema itself, or take long without looking at more of it.
func TestAllOnALaterSchema(t *testing.T) {
	if os.Getenv(laterSchema) != "" {
		return
	}
	engine := "sqlite" // or the one that neighbours share, where it is there
	if os.Getenv(storetest.Env) != "" {
		engine = "postgres"
	}
	which, atLeast := "^Test(RoundIs|Effects|Answer|Board|AppealIs|Attempts|Aliases|Settings|SubscriptionIs|OccurrenceIs|DailyIs|"+
		"DeleteUser|Leases|DeliveryIs)", 14
	if os.Getenv("WHOWON_REPLICAS") == "whole" {
		which, atLeast = "^Test", 60
	}
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.short", "-test.v", "-test.failfast", //nolint:gosec // the tests themselves
		"-test.run", which+"/^"+engine, "-test.skip",
		"Schema|Neighbour|TestUpgrade|Backup|Restore|Kill|Full|Lost|Plans|ManyOpen|NewFile|EveryTable|WaitsFor|Claim")
	cmd.Env = append(os.Environ(), laterSchema+"=1")
	out, err := cmd.CombinedOutput()
	if passed := strings.Count(string(out), "--- PASS"); err != nil || passed < atLeast {
		t.Errorf("%v, %d passed\n%s", err, passed, out)
	}
}
