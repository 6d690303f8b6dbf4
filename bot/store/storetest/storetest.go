// Package storetest gives tests databases of their own: a new SQLite file, or a new database on a PostgreSQL server.
// The server is the one that WHOWON_TEST_POSTGRES names, a URL of a user who may create databases. Where it is not set,
// Main starts a private server from the installed programs, which ends with the tests.
//
// A package that uses Postgres has
//
//	func TestMain(m *testing.M) { os.Exit(storetest.Main(m)) }
//
// The package does not know the store, and is for tests only.
package storetest

import (
	"context"
	"crypto/rand"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env is the variable that holds the URL of the server.
const Env = "WHOWON_TEST_POSTGRES"

// SQLite is the URL of a file that does not exist yet, in a folder of the test's own.
func SQLite(t testing.TB) string {
	t.Helper()
	return "sqlite:" + filepath.Join(t.TempDir(), "whowon.db")
}

// Postgres is the URL of a new, empty database, which is dropped at the end of the test. Without a server the test is
// skipped, which Main has announced.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv(Env)
	if server == "" {
		t.Skip("no PostgreSQL: set " + Env + ", or install its server (initdb and postgres)")
	}
	u, err := url.Parse(server)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		t.Fatalf("%s must be a URL: postgres://user@host/database", Env)
	}
	name := "whowon_test_" + strings.ToLower(rand.Text()[:16])
	run(t, server, "CREATE DATABASE "+name)
	t.Cleanup(func() { run(t, server, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)") })
	u.Path = "/" + name
	return u.String()
}

// Each runs a test on a new database of every engine.
func Each(t *testing.T, test func(t *testing.T, url string)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { test(t, SQLite(t)) })
	t.Run("postgres", func(t *testing.T) { test(t, Postgres(t)) })
}

func run(t testing.TB, server, statement string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	conn, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatalf("PostgreSQL does not answer: %v", err)
	}
	if _, err := conn.Exec(ctx, statement); err != nil {
		t.Errorf("%s: %v", statement, err)
	}
	if err := conn.Close(ctx); err != nil {
		t.Error(err)
	}
}

// Main runs the tests of a package with a PostgreSQL server where there is one, and returns the code to exit with.
func Main(m *testing.M) int {
	if os.Getenv(Env) != "" {
		return m.Run()
	}
	s, err := Start()
	if err != nil {
		fmt.Fprintf(os.Stderr, "\n*** No PostgreSQL: its tests are SKIPPED (%v).\n*** Set %s, or install its server.\n\n",
			err, Env)
		return m.Run()
	}
	defer s.Stop()
	if err := os.Setenv(Env, s.URL); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}
