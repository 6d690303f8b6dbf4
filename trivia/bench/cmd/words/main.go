// Command words makes trivia/judge/words.txt of a word list, such as that of Debian's package wamerican:
//
//	go run ./cmd/words /usr/share/dict/american-english >../judge/words.txt
//
// A line holds the words that share their first four letters: these, then what follows in each, "." where nothing does.
// Plurals and other regular inflections of a word that is there are left out, as the judge knows how to take them off.
package main

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: words FILE")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "words:", err)
		os.Exit(1)
	}
}

func run(out io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	words := map[string]bool{}
	lines := bufio.NewScanner(f)
	for lines.Scan() {
		if w, ok := plain(lines.Text()); ok {
			words[w] = true
		}
	}
	if err := lines.Err(); err != nil {
		return err
	}
	groups := map[string][]string{}
	for w := range words {
		if !inflection(words, w) {
			n := min(4, len(w))
			rest := w[n:]
			if rest == "" {
				rest = "."
			}
			groups[w[:n]] = append(groups[w[:n]], rest)
		}
	}
	var text []string
	for first, rest := range groups {
		slices.Sort(rest)
		text = append(text, first+" "+strings.Join(rest, " "))
	}
	slices.Sort(text)
	_, err = fmt.Fprintln(out, strings.Join(text, "\n"))
	return err
}

// plain is the word as the judge sees it; words that cannot stand for a typo of another are not wanted.
func plain(w string) (string, bool) {
	if strings.Contains(w, "'") {
		return "", false
	}
	if len(w) > 1 && strings.ToUpper(w) == w {
		return "", false // FBI
	}
	w = strings.ToLower(w)
	for i := range len(w) {
		if w[i] < 'a' || w[i] > 'z' {
			return "", false
		}
	}
	return w, len(w) >= 3
}

// inflection reports whether w is another word of the list with an ending.
func inflection(words map[string]bool, w string) bool {
	for _, e := range []struct{ ending, instead string }{
		{"s", ""}, {"es", ""}, {"ies", "y"}, {"ed", ""}, {"ed", "e"}, {"ing", ""}, {"ing", "e"}, {"ly", ""},
	} {
		if base, ok := strings.CutSuffix(w, e.ending); ok && len(base) >= 4 && words[base+e.instead] {
			return true
		}
	}
	return false
}
