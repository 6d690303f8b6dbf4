package bottest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
)

var (
	moments = regexp.MustCompile(`in \d+ seconds?|<time>`)
	marks   = regexp.MustCompile(`(?m)^(\[.*\]|- )|[—·]`)
	leads   = regexp.MustCompile(` \(https://[^\s()]*\)`)
)

// Reads reports whether a message reads as its view does, word for word; where the message was cut, up to there. What
// layouts differ in does not count: list marks, what stands between columns, buttons, where a link leads, the way that a
// moment is told ("<time>" in what is shown).
func Reads(v bot.View, shown string) bool {
	got, want := wordsOf(shown), wordsOf(bot.Plain(v))
	for i, w := range got {
		if strings.HasSuffix(w, "…") && i < len(want) && strings.HasPrefix(want[i], strings.TrimSuffix(w, "…")) {
			return true
		}
		if i >= len(want) || w != want[i] {
			return false
		}
	}
	return len(got) == len(want)
}

func wordsOf(text string) []string {
	text = leads.ReplaceAllString(moments.ReplaceAllString(text, "SOON"), "")
	return strings.Fields(marks.ReplaceAllString(text, " "))
}

// Golden compares with a file, or writes it when update is set.
func Golden(t testing.TB, file string, got []byte, update bool) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err == nil && bytes.Equal(got, want) {
		return
	}
	if !update {
		t.Errorf("%s (-update rewrites it; read the difference): %s", file, Difference(got, want))
		return
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, got, 0o600); err != nil {
		t.Fatal(err)
	}
}

// Difference shows the first line in which two texts differ.
func Difference(got, want []byte) string {
	a, b := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d\n got %s\nwant %s", i+1, a[i], append(b, "")[min(i, len(b))])
		}
	}
	return fmt.Sprintf("%d lines are missing", len(b)-len(a))
}
