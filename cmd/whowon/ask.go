package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"io"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

var askCommand = command{
	name: "ask", args: "QUERY… | -",
	short: "answer one question, or one a line from standard input",
	long: `Answers a question. The words need no quotation marks. With - each line of standard
input is a question: with --json each answer is one line, otherwise answers are
separated by an empty line.

Exit code: 0 for an answer ("not awarded that year" is one), 3 for not found. With -
it is 3 only when no line had an answer.`,
	examples: []string{
		"whowon ask best picture 2025",
		"whowon ask --json \"palme d'or 2019\"",
		"whowon ask --at 2030-01-01 last year best actress",
		"whowon ask - --json < questions.txt",
	},
	setup: func(fs *flag.FlagSet) runner {
		a := new(asker)
		fs.BoolVar(&a.json, "json", false, "answer with a JSON object a line")
		fs.StringVar(&a.at, "at", "", "take `DATE` (YYYY-MM-DD) for today")
		fs.StringVar(&a.config, "config", "", "configuration `FILE`")
		return a.run
	},
}

type asker struct {
	json   bool
	at     string
	config string
}

func (a *asker) run(_ context.Context, e env, words []string) error {
	if len(words) == 0 {
		return usagef("ask needs a question, or - to read questions from standard input\nTry 'whowon ask --help'.")
	}
	now, err := today(a.at)
	if err != nil {
		return err
	}
	corpus, err := loadFacts(e, a.config)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(e.stdout)
	if len(words) == 1 && words[0] == "-" {
		err = a.lines(corpus, now, bufio.NewReader(e.stdin), out)
	} else {
		answer := corpus.Ask(strings.Join(words, " "), now)
		if err = a.write(out, answer); err == nil && !answer.Kind.Found() {
			err = exitError(exitNotFound)
		}
	}
	if flushErr := out.Flush(); flushErr != nil {
		return flushErr
	}
	return err
}

// lines answers one question a line. What has been answered is written out before waiting for more input.
func (a *asker) lines(corpus *facts.Corpus, now time.Time, in *bufio.Reader, out *bufio.Writer) error {
	asked, found := 0, 0
	for {
		line, err := in.ReadString('\n')
		if line == "" && err != nil {
			if !errors.Is(err, io.EOF) {
				return err
			}
			break
		}
		if asked > 0 && !a.json {
			out.WriteByte('\n')
		}
		answer := corpus.Ask(strings.TrimRight(line, "\r\n"), now)
		if asked++; answer.Kind.Found() {
			found++
		}
		if err := a.write(out, answer); err != nil {
			return err
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	if asked > 0 && found == 0 {
		return exitError(exitNotFound)
	}
	return nil
}

func (a *asker) write(out *bufio.Writer, answer facts.Answer) error {
	text := bot.Plain(bot.AnswerView(answer, bot.Full))
	if !a.json {
		_, err := out.WriteString(text)
		return err
	}
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return enc.Encode(answerJSON(answer, text))
}

// today is the date to take for today: noon, so that no time zone moves it to another day.
func today(at string) (time.Time, error) {
	if at == "" {
		return time.Now(), nil
	}
	t, err := time.Parse("2006-01-02", at)
	if err != nil {
		return t, usagef("--at %s is not a date; write it like 2026-11-22", at)
	}
	return t.Add(12 * time.Hour), nil
}
