package console

import (
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
)

// TestPagesAreTold: where our pages are published, the terminal shows their addresses, each once.
func TestPagesAreTold(t *testing.T) {
	v := bot.View{Lead: bot.L(bot.PageB("Anora", "/w/1")), Footer: []bot.Line{bot.L(bot.Page("Source", "/w/1"), ": x")}}
	for pages, want := range map[string]string{"": "Anora\nSource: x\n\n",
		"https://whowon.example.org": "Anora (https://whowon.example.org/w/1)\nSource: x\n\n"} {
		var out strings.Builder
		c := New(Options{Out: &out, Getenv: noEnv, Pages: pages})
		if _, err := c.Send(t.Context(), bot.Target{}, v, ""); err != nil || out.String() != want {
			t.Errorf("pages at %q: %q, %v", pages, out.String(), err)
		}
	}
}
