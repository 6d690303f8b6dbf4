package main

import (
	"context"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/web"
	"github.com/whowon-bot/whowon/facts"
)

// TestPageWithoutItsAddress: an address that somebody else has is told in a line, with the mend, and the terminal goes on;
// where the page is off nothing is said.
func TestPageWithoutItsAddress(t *testing.T) {
	l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	corpus := func() *facts.Corpus { return nil }
	for _, tt := range []struct {
		c    web.Config
		want string
	}{
		{web.Config{Listen: l.Addr().String()}, "whowon: no page in a browser: " + l.Addr().String() +
			" is taken; choose another address with web.listen, or off.\n"},
		{web.Config{Listen: "off"}, ""},
	} {
		var told strings.Builder
		log, err := logConfig{}.logger(env{stderr: &told})
		if err != nil {
			t.Fatal(err)
		}
		r := &running{config: config{Web: tt.c}, bot: bot.New(bot.Options{}), corpus: corpus, log: log}
		also, greeting := r.webBeside(t.Context(), env{stderr: &told})
		if len(also) != 0 || greeting != "" || told.String() != tt.want {
			t.Errorf("%+v: %d served, %q, told %q", tt.c, len(also), greeting, told.String())
		}
	}
}

// TestPipeWithoutPage: where the page is off, what is piped in is answered.
func TestPipeWithoutPage(t *testing.T) {
	file := filepath.Join(t.TempDir(), "whowon.yaml")
	if err := os.WriteFile(file, []byte("web:\n  listen: off\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	var out, errs strings.Builder
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	nothing := func(string) (string, bool) { return "", false }
	code := run(ctx, []string{"run", "--config", file}, env{strings.NewReader("best picture 2025\n"), &out, &errs, nothing})
	if code != exitOK || !strings.Contains(out.String(), "Anora") {
		t.Errorf("exit code %d, answered %q, told %q", code, out.String(), errs.String())
	}
}
