package discord

import (
	"crypto/sha256"
	"testing"

	"pgregory.net/rapid"

	"github.com/whowon-bot/whowon/bot"
)

// TestMarks are positive numbers of 32 bits that Discord gives no component by itself, and others for other keys.
func TestMarks(t *testing.T) {
	var least, most [sha256.Size]byte
	for i := range most {
		most[i] = 0xff
	}
	for _, sum := range [][sha256.Size]byte{least, most} {
		if n := markOf(sum); n <= maxComponents {
			t.Errorf("the mark of %x is %d", sum[:4], n)
		}
	}
	v := bot.View{Lead: bot.L("x"), Buttons: []bot.Button{{State: "a", Label: "A"}}}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.String().Draw(t, "a key"), rapid.String().Draw(t, "another")
		one, other := draw(v, 0).once(a), draw(v, 0).once(b)
		if n := one.Components[0].ID; (n > maxComponents) != (a != "") || (n == other.Components[0].ID) != (a == b) {
			t.Fatalf("the marks of %q and %q are %d and %d", a, b, n, other.Components[0].ID)
		}
		if one.Components[0].Components[0].ID != 0 {
			t.Fatal("another component has an ID")
		}
	})
}
