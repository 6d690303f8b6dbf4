package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/whowon-bot/whowon/bot"
)

// The command line is parsed with package flag: a library that reflects over command structs costs the program a
// millisecond before main, which is as long as answering a question takes.

// command is one subcommand.
type command struct {
	name     string // one or two words
	args     string // as shown behind the flags
	short    string
	long     string
	examples []string
	setup    func(fs *flag.FlagSet) runner
}

// runner does a command's work after its flags have been parsed.
type runner func(ctx context.Context, e env, args []string) error

func commands() []command {
	return []command{
		runCommand, initCommand, askCommand, factsBuild, factsCheck, factsImport, questionsCheck, questionsList,
		packCheck, packConvert, packExport, packFetch, judgeCommand, appealsExport, appealsList, dataDelete, dataExport,
		discordRegister, discordInvite, slackManifest, backupCommand, restoreCommand, doctorCommand, healthCommand,
		versionCommand, completionCommand,
	}
}

// usageError is a mistake on the command line or in the configuration: exit code 2.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// exitError ends the program with a code and no further word.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, e env) int {
	err := dispatch(ctx, args, e)
	var code exitError
	var usage usageError
	var setUp *bot.PlatformError // whoever starts the program again should mend that first
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage), errors.As(err, &setUp):
		fmt.Fprintln(e.stderr, "whowon:", err)
		return exitUsage
	}
	fmt.Fprintln(e.stderr, "whowon:", err)
	return exitFault
}

func dispatch(ctx context.Context, args []string, e env) error {
	if len(args) > 0 && args[0] == "__complete" {
		return completeWords(e, args[1:])
	}
	if len(args) > 0 && (args[0] == "help" || args[0] == "--help" || args[0] == "-h" || args[0] == "-help") {
		return help(e.stdout, args[1:])
	}
	c, rest, err := findCommand(args)
	if err != nil {
		return err
	}
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	do := c.setup(fs)
	words, err := parse(fs, rest)
	if errors.Is(err, flag.ErrHelp) {
		commandHelp(e.stdout, c)
		return err
	}
	if err != nil {
		return usagef("%s\nTry 'whowon %s --help'.", dashes(err.Error()), c.name)
	}
	return do(ctx, e, words)
}

// findCommand looks at the first one or two words. No word, or a flag first, is the bot itself.
func findCommand(args []string) (command, []string, error) {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return runCommand, args, nil
	}
	var sub []string
	for _, c := range commands() {
		first, second, two := strings.Cut(c.name, " ")
		switch {
		case first != args[0]:
		case !two:
			return c, args[1:], nil
		case len(args) > 1 && second == args[1]:
			return c, args[2:], nil
		default:
			sub = append(sub, second)
		}
	}
	if len(sub) > 0 {
		if len(args) > 1 && (args[1] == "--help" || args[1] == "-h") {
			return helpOf(args[0]), nil, nil
		}
		return command{}, nil, usagef("%s needs one of: %s\nTry 'whowon --help'.", args[0], strings.Join(sub, ", "))
	}
	return command{}, nil, usagef("there is no command %q; to ask a question: whowon ask %s\nTry 'whowon --help'.",
		args[0], strings.Join(args, " "))
}

// helpOf is a command that prints the help of a group of commands.
func helpOf(group string) command {
	return command{name: group, setup: func(*flag.FlagSet) runner {
		return func(_ context.Context, e env, _ []string) error { return help(e.stdout, []string{group}) }
	}}
}

// parse reads flags wherever they stand between the words; "--" ends them.
func parse(fs *flag.FlagSet, args []string) ([]string, error) {
	var words []string
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if len(rest) == 0 {
			return words, nil
		}
		if n := len(args) - len(rest); n > 0 && args[n-1] == "--" {
			return append(words, rest...), nil
		}
		words, args = append(words, rest[0]), rest[1:]
	}
}

// dashes spells flags in an error of package flag the way people type them.
func dashes(s string) string {
	s = strings.ReplaceAll(s, "flag provided but not defined: -", "unknown flag --")
	s = strings.ReplaceAll(s, " for flag -", " for flag --")
	return strings.ReplaceAll(s, "flag needs an argument: -", "flag needs an argument: --")
}

// help prints the help of the program, or of the commands that begin with words.
func help(w io.Writer, words []string) error {
	name := strings.Join(words, " ")
	shown := false
	if name != "" {
		for _, c := range commands() {
			if c.name == name || strings.HasPrefix(c.name, name+" ") {
				if shown {
					fmt.Fprintln(w)
				}
				commandHelp(w, c)
				shown = true
			}
		}
		if !shown {
			return usagef("there is no command %q", name)
		}
		return nil
	}
	fmt.Fprint(w, "whowon knows who won: film awards, Nobel prizes, sport, music, books, elections.\n\nUsage:\n")
	for _, c := range commands() {
		usage := strings.TrimSpace(strings.TrimPrefix(c.name, runCommand.name) + " " + c.args)
		fmt.Fprintf(w, "  whowon %-22s %s\n", usage, c.short)
	}
	fmt.Fprint(w, "\nExamples:\n  whowon\n  whowon ask best picture 2025\n  echo \"palme d'or 2019\" | whowon\n"+
		"\n'whowon COMMAND --help' tells more. Exit codes: 0 an answer, 1 a fault, 2 wrong usage, 3 not found.\n")
	return nil
}

func commandHelp(w io.Writer, c command) {
	fs := flag.NewFlagSet(c.name, flag.ContinueOnError)
	c.setup(fs)
	name := "whowon " + c.name
	if c.name == runCommand.name {
		name = "whowon"
	}
	flags := ""
	fs.VisitAll(func(*flag.Flag) { flags = " [flags]" })
	fmt.Fprintf(w, "Usage: %s%s\n\n%s\n", name, strings.TrimRight(flags+" "+c.args, " "), c.long)
	if flags != "" {
		fmt.Fprint(w, "\nFlags:\n")
		fs.VisitAll(func(f *flag.Flag) {
			arg, usage := flag.UnquoteUsage(f)
			fmt.Fprintf(w, "  %-18s %s\n", strings.TrimSpace("--"+f.Name+" "+arg), usage)
		})
	}
	if len(c.examples) > 0 {
		fmt.Fprint(w, "\nExamples:\n")
		for _, x := range c.examples {
			fmt.Fprintf(w, "  %s\n", x)
		}
	}
}
