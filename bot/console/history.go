package console

import (
	"log/slog"
	"os"
	"path/filepath"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// keptLines is how many lines of history are kept; the file is cut back to it when it has grown to twice as many.
const keptLines = 1000

// history is what was typed, newest last, kept in a file that only its owner can read. A file that cannot be read or
// written is a warning and nothing more. It is a term.History.
type history struct {
	lines []string
	file  string // "" when there is none
	log   *slog.Logger
}

func openHistory(file string, log *slog.Logger) *history {
	h := &history{file: file, log: log}
	if file == "" {
		return h
	}
	data, err := os.ReadFile(file)
	if err != nil {
		if !os.IsNotExist(err) {
			h.giveUp(err)
		}
		return h
	}
	for line := range strings.Lines(string(data)) {
		if line = strings.TrimSpace(bot.Clean(line)); line != "" {
			h.lines = append(h.lines, line)
		}
	}
	if len(h.lines) > 2*keptLines {
		h.lines = h.lines[len(h.lines)-keptLines:]
		h.rewrite()
	}
	return h
}

// rewrite replaces the file, so that another terminal never sees half of it.
func (h *history) rewrite() {
	tmp := h.file + ".new"
	if err := os.WriteFile(tmp, []byte(strings.Join(h.lines, "\n")+"\n"), 0o600); err != nil {
		h.giveUp(err)
		return
	}
	if err := os.Rename(tmp, h.file); err != nil {
		h.giveUp(err)
	}
}

// Add appends a line, unless it repeats the one before it.
func (h *history) Add(line string) {
	line = strings.TrimSpace(bot.Clean(line))
	if line == "" || len(h.lines) > 0 && h.lines[len(h.lines)-1] == line {
		return
	}
	h.lines = append(h.lines, line)
	if h.file == "" {
		return
	}
	if err := os.MkdirAll(filepath.Dir(h.file), 0o700); err != nil {
		h.giveUp(err)
		return
	}
	f, err := os.OpenFile(h.file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		h.giveUp(err)
		return
	}
	_, err = f.WriteString(line + "\n")
	if err2 := f.Close(); err == nil {
		err = err2
	}
	if err != nil {
		h.giveUp(err)
	}
}

func (h *history) giveUp(err error) {
	h.log.Warn("history is not kept", "file", h.file, "err", err)
	h.file = ""
}

// Len is the number of lines.
func (h *history) Len() int { return len(h.lines) }

// At is a line, 0 the newest.
func (h *history) At(i int) string { return h.lines[len(h.lines)-1-i] }
