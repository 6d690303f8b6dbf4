package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"

	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

var judgeCommand = command{
	name:  "judge",
	short: "judge typed answers, one a line from standard input",
	long: `Reads a JSON object a line from standard input: what was asked, what is right, and what
somebody typed. Writes a verdict a line: correct, close or wrong, with a reason and the
answer that was accepted. The kind (person, place, work, number, date, choice, other) is
inferred where it is missing. Other fields are ignored.

Exit code: 0, or 1 at a line that cannot be read.`,
	examples: []string{
		`echo '{"question":"Who won?","answer":"Mikey Madison","aliases":[],"given":"madison"}' | whowon judge`,
		"whowon judge < answers.jsonl",
	},
	setup: func(fs *flag.FlagSet) runner {
		config := fs.String("config", "", "configuration `FILE`")
		return func(_ context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("judge reads standard input and takes no words\nTry 'whowon judge --help'.")
			}
			corpus, err := loadFacts(e, *config)
			if err != nil {
				return err
			}
			out := bufio.NewWriter(e.stdout)
			err = judgeLines(judge.NewPool(generate.Known(corpus)), bufio.NewReader(e.stdin), out)
			return errors.Join(err, out.Flush())
		}
	},
}

// typedAnswer is a line of what is judged.
type typedAnswer struct {
	Question string     `json:"question"`
	Answer   string     `json:"answer"`
	Aliases  []string   `json:"aliases"`
	Given    *string    `json:"given"`
	Kind     judge.Kind `json:"kind"`
}

// jsonVerdict is what is written for it.
type jsonVerdict struct {
	Verdict judge.Verdict `json:"verdict"`
	Reason  judge.Reason  `json:"reason"`
	Alias   string        `json:"alias"`
}

// judgeLines judges line by line. What has been judged is written out before waiting for more input.
func judgeLines(pool *judge.Pool, in *bufio.Reader, out *bufio.Writer) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for n := 1; ; n++ {
		line, err := in.ReadBytes('\n')
		if len(line) == 0 && err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
		a, err := parseTyped(line)
		if err != nil {
			return fmt.Errorf("standard input, line %d: %w", n, err)
		}
		j := judge.Compile(judge.Spec{Question: a.Question, Answers: append([]string{a.Answer}, a.Aliases...), Kind: a.Kind}, pool)
		r := j.Judge(*a.Given)
		if err := enc.Encode(jsonVerdict{r.Verdict, r.Reason, r.Alias}); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
}

func parseTyped(line []byte) (typedAnswer, error) {
	var a typedAnswer
	if len(bytes.TrimSpace(line)) == 0 {
		return a, errors.New("empty; write a JSON object on every line")
	}
	if err := json.Unmarshal(line, &a); err != nil {
		return a, fmt.Errorf("not a JSON object with question, answer, aliases and given: %w", err)
	}
	switch {
	case a.Answer == "":
		return a, errors.New(`no "answer": name what is right`)
	case a.Given == nil:
		return a, errors.New(`no "given": name what was typed, "" for nothing`)
	case a.Kind != "" && !a.Kind.Valid():
		return a, fmt.Errorf("kind %q is not known; use one of: person, place, work, number, date, choice, other", a.Kind)
	}
	return a, nil
}
