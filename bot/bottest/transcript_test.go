package bottest

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/whowon-bot/whowon/facts"
)

var update = flag.Bool("update", false, "rewrite the transcripts with what the bot answers now")

func TestTranscripts(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
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
			got, err := Play(t.Context(), want, corpus)
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
			t.Errorf("got\n%s\nwant\n%s\n(go test ./bot/bottest -update rewrites the file; read the difference)", got, want)
		})
	}
}
