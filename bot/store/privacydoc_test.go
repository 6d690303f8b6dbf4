package store_test

import (
	"database/sql"
	"os"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// TestEveryTableIsTold: docs/privacy.md says of every table of the schema what is in it and for how long.
func TestEveryTableIsTold(t *testing.T) {
	page, err := os.ReadFile("../../docs/privacy.md")
	if err != nil {
		t.Fatal(err)
	}
	url := storetest.SQLite(t)
	open(t, url)
	db, err := sql.Open("sqlite", strings.TrimPrefix(url, "sqlite:"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	n := 0
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		n++
		told := false
		for line := range strings.Lines(string(page)) {
			told = told || strings.HasPrefix(line, "|") && strings.Contains(line, "`"+table+"`")
		}
		if !told {
			t.Errorf("docs/privacy.md does not tell what is in the table %s: add a row", table)
		}
	}
	if err := rows.Err(); err != nil || n < 14 {
		t.Errorf("%d tables, %v", n, err)
	}
}
