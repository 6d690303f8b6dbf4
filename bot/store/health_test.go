package store_test

import (
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

func TestHealth(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := open(t, url)
		h, err := db.Health(t.Context())
		if err != nil || h.Schema < 3 || h.Skew.Abs() > time.Minute {
			t.Errorf("%+v, %v", h, err)
		}
		if n := len(contents(t, url)["settings"]); n > 0 {
			t.Errorf("%d settings were written", n)
		}
	})
	url := storetest.Postgres(t)
	db := open(t, url)
	if _, err := sqlDB(t, url).ExecContext(t.Context(), "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database() || ' SET default_transaction_read_only = on'; END $$"); err != nil {
		t.Fatal(err)
	}
	db.Close()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Health(t.Context()); err == nil || !strings.Contains(err.Error(), "read-only") {
		t.Errorf("a server that is only read: %v", err)
	}
}
