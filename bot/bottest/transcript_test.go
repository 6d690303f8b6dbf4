package bottest

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts"
)

var update = flag.Bool("update", false, "rewrite the transcripts with what the bot answers now")

func TestTranscripts(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	world := NewWorld(corpus)
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, err := world.Play(t, want)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) == string(want) {
				return
			}
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("%s\n(go test ./bot/bottest -update rewrites the file; read the difference)", difference(string(got), string(want)))
		})
	}
}

// TestReadme plays the questions of README's transcript, which shows the terminal.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(readme), "## What it looks like\n")
	_, rest, _ = strings.Cut(rest, "```\n")
	shown, _, ok := strings.Cut(rest, "```\n")
	if !ok || !strings.Contains(shown, "whowon> ") {
		t.Fatal("README.md has no transcript under “What it looks like”")
	}
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	script := strings.ReplaceAll("-- transcript --\n"+shown, "whowon> ", "ada> ")
	got, err := NewWorld(corpus).Play(t, []byte(script))
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != script {
		t.Errorf("README.md shows other answers than the bot gives: %s", difference(string(got), script))
	}
}

// difference shows the first line in which two texts differ, and the question above it.
func difference(got, want string) string {
	a, b := strings.Split(got, "\n"), strings.Split(want, "\n")
	asked := ""
	for i := range a {
		if strings.Contains(a[i], "> ") {
			asked = a[i]
		}
		if i >= len(b) || a[i] != b[i] {
			return fmt.Sprintf("line %d, after %q:\n got %q\nwant %q", i+1, asked, a[i], append(b, "")[min(i, len(b))])
		}
	}
	return fmt.Sprintf("want %d lines more", len(b)-len(a))
}
