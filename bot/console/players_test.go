package console

import (
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
)

// TestAs: who types from then on is said, and so is what is no name.
func TestAs(t *testing.T) {
	out, _ := piped(t, "/as ada\n/as two words\n/as "+strings.Repeat("x", 33)+"\n/as you\n")
	want := "ada types from now on; /as you for yourself.\n\n" +
		strings.Repeat("A name is one word of at most 32 letters: /as ada\n\n", 2) + "You type again.\n\n"
	if out != want {
		t.Errorf("got %q, want %q", out, want)
	}
}

// TestPrivateNamesItsReader: the name stands first, whether a private view begins with a title or not.
func TestPrivateNamesItsReader(t *testing.T) {
	title, lead := bot.L("What was it?"), bot.L("Anora")
	for _, tt := range []struct {
		to, want string
		view     bot.View
	}{
		{"ada", "ada: What was it?\nAnora\n\n", bot.View{Private: true, Title: title, Lead: lead}},
		{"ada", "ada: Anora\n\n", bot.View{Private: true, Lead: lead}},
		{"ada", "Anora\n\n", bot.View{Lead: lead}},
		{owner, "Anora\n\n", bot.View{Private: true, Lead: lead}},
	} {
		var out strings.Builder
		c := New(Options{In: strings.NewReader(""), Out: &out, Getenv: noEnv})
		if _, err := c.Send(t.Context(), bot.Target{Channel: channel, Reply: tt.to}, tt.view, ""); err != nil {
			t.Fatal(err)
		}
		if out.String() != tt.want {
			t.Errorf("to %s: got %q, want %q", tt.to, out.String(), tt.want)
		}
	}
	if title.String() != "What was it?" || lead.String() != "Anora" {
		t.Error("the view was changed")
	}
}
