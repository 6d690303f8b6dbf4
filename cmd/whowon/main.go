// Command whowon is the bot and its tools: it wires facts, bot and adapters together, and it is the one place that knows
// the command line, the configuration file, the environment and signals.
//
// It does not know how a question is answered or worded.
package main

import (
	"context"
	"io"
	"os"
	_ "time/tzdata" // time zones of communities, where the system has no table of them: the image has none
)

// Exit codes.
const (
	exitOK       = 0
	exitFault    = 1 // something broke, or facts check found a fault
	exitUsage    = 2 // a wrong flag, argument or configuration, also a wrong token: to start again would not mend it
	exitNotFound = 3 // ask found no answer
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], env{os.Stdin, os.Stdout, os.Stderr, os.LookupEnv}))
}

// env is what a run of the program takes from its surroundings.
type env struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	lookup         func(string) (string, bool)
}

func (e env) getenv(name string) string { v, _ := e.lookup(name); return v }
