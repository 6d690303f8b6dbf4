package play

import (
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
)

// TestGiantAnswer types answers of 40,000 letters: they are judged and kept as their beginning, and take little memory.
func TestGiantAnswer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLife(t, typedRules(), true)
		l.command("ada", "begin", "")
		const players = 20
		var before, after runtime.MemStats
		for i, text := range []string{strings.Repeat("é", 40_000), strings.Repeat("ab ", 13_000), strings.Repeat("a\u0301", 20_000)} {
			runtime.ReadMemStats(&before)
			for p := range players {
				l.do("player"+string(rune('a'+p))+string(rune('a'+i)), bot.Inbound{Text: text, Direct: true})
			}
			runtime.ReadMemStats(&after)
			if grown := (after.TotalAlloc - before.TotalAlloc) >> 20; grown > 32 {
				t.Errorf("%d answers of 40,000 letters take %d MiB", players, grown)
			}
		}
		if said := l.answer("bob"); said != "That is right." {
			t.Errorf("after that the right answer is told %q", said)
		}
		r, err := l.db.OpenRound(t.Context(), stageChannel)
		if err != nil || len(r.Value) > 64<<10 || !utf8.Valid(r.Value) {
			t.Errorf("the round has %d bytes, %v", len(r.Value), err)
		}
		l.end()
	})
}
