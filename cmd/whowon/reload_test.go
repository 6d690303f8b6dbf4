package main

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/whowon-bot/whowon/facts"
)

func TestABrokenOverlayLeavesTheOldFacts(t *testing.T) {
	dir := t.TempDir()
	c := factsConfig{OverlayDir: dir}
	var current atomic.Pointer[facts.Corpus]
	var log strings.Builder
	logger := slog.New(slog.NewTextHandler(&log, nil))

	reload(c, &current, logger)
	first := current.Load()
	if first == nil || !strings.Contains(log.String(), "facts reloaded") {
		t.Fatalf("an empty folder was not loaded: %s", log.String())
	}
	if err := os.WriteFile(filepath.Join(dir, "broken.tsv"), []byte("this is\tno table\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	log.Reset()
	reload(c, &current, logger)
	if current.Load() != first {
		t.Error("the old facts are gone")
	}
	if !strings.Contains(log.String(), "broken.tsv:1") {
		t.Errorf("the fault is not named by file and line: %s", log.String())
	}
}
