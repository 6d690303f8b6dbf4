package slack

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
)

// TestPagesAreLinked: what leads to our pages is a link where they are published, and else looks as it always has.
func TestPagesAreLinked(t *testing.T) {
	v := bot.View{Title: bot.L("A · ", bot.Page("97th", "/e/a/97"), " (2025)"), Lead: bot.L(bot.PageB("Anora", "/w/1")),
		Footer: []bot.Line{bot.L(bot.Page("Source", "/f/1"), ": x")}}
	plain := bot.View{Title: bot.L("A · 97th (2025)"), Lead: bot.L(bot.B("Anora")), Footer: []bot.Line{bot.L("Source: x")}}
	for _, on := range []surface{surfaceMessage, surfaceView} {
		shown := func(pages string, v bot.View) string {
			body, err := json.Marshal((&Platform{o: Options{Pages: pages}}).draw(v, 0, on).blocks)
			if err != nil {
				t.Fatal(err)
			}
			return string(body)
		}
		got := shown("https://whowon.example.org", v)
		for _, want := range []string{"https://whowon.example.org/e/a/97|97th", `"url":"https://whowon.example.org/w/1"`,
			"https://whowon.example.org/f/1|Source"} {
			if !strings.Contains(got, want) {
				t.Errorf("there is no %s in %s", want, got)
			}
		}
		if got, want := shown("", v), shown("", plain); got != want {
			t.Errorf("without pages it is\n%s\nnot\n%s", got, want)
		}
	}
}
