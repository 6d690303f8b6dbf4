// Package bench compares trivia/judge with rules that public libraries offer, on sets of typed answers that people have
// labelled. It is a module of its own, so that the libraries never get near the shipped program.
//
// It does not know how a rule decides.
package bench

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// Typed is a typed answer and what it should be worth.
type Typed struct {
	Src, Question, Answer, Given string
	Kind                         judge.Kind
	Aliases                      []string
	Label                        any // 1 right, 0 wrong, "prompt": be more specific, which counts as not accepted
}

// Right reports whether it should be accepted.
func (t Typed) Right() bool { return t.Label == 1.0 }

// Answers are all that are right.
func (t Typed) Answers() []string { return append([]string{t.Answer}, t.Aliases...) }

// Read reads the sets of those names in a folder: NAME.jsonl, an object a line.
func Read(dir string, names ...string) ([]Typed, error) {
	var out []Typed
	for _, name := range names {
		path := filepath.Join(dir, name+".jsonl")
		f, err := os.Open(path)
		if err != nil {
			return nil, fmt.Errorf("%w; name the folder that holds the sets", err)
		}
		lines := bufio.NewScanner(f)
		lines.Buffer(nil, 1<<20)
		for n := 1; lines.Scan(); n++ {
			var t Typed
			if err := json.Unmarshal(lines.Bytes(), &t); err != nil {
				return nil, fmt.Errorf("%s:%d: %w", path, n, err)
			}
			out = append(out, t)
		}
		if err := lines.Err(); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		f.Close()
	}
	return out, nil
}

// From picks what comes from sources that start with one of the prefixes, and is labelled so.
func From(all []Typed, right bool, prefixes ...string) []Typed {
	var out []Typed
	for _, t := range all {
		for _, p := range prefixes {
			if strings.HasPrefix(t.Src, p) && t.Right() == right {
				out = append(out, t)
				break
			}
		}
	}
	return out
}
