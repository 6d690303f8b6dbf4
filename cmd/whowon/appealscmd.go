package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/whowon-bot/whowon/bot"
)

var appealsList = command{
	name:  "appeals list",
	short: "print the appeals of players, the newest first",
	long: `Prints what players have contested: the answer that was right, what they typed, and what
became of it. Accepted ones are right in their server from then on; appeals export writes
them for the facts, where they are right in every server.`,
	examples: []string{"whowon appeals list --state open", "whowon appeals list --guild discord:613425648685547541"},
	setup: func(fs *flag.FlagSet) runner {
		a := new(appeals)
		a.flags(fs)
		fs.StringVar(&a.state, "state", "", "only those that are `STATE`: open, accepted or rejected")
		return a.list
	},
}

// appeals are which appeals it is about.
type appeals struct {
	config, guild, state string
}

func (a *appeals) flags(fs *flag.FlagSet) {
	fs.StringVar(&a.config, "config", "", "configuration `FILE`")
	fs.StringVar(&a.guild, "guild", "", "only those of the server `PLATFORM:ID`, as in slack:T0123456")
}

// query is what the flags ask for.
func (a *appeals) query() (bot.AppealQuery, error) {
	q := bot.AppealQuery{State: bot.AppealState(a.state)}
	switch q.State {
	case "", bot.AppealOpen, bot.AppealAccepted, bot.AppealRejected:
	default:
		return q, usagef("--state %s is not open, accepted or rejected", a.state)
	}
	if a.guild == "" {
		return q, nil
	}
	var err error
	q.Guild.Platform, q.Guild.ID, err = platformAndID("--guild", a.guild)
	return q, err
}

func (a *appeals) list(ctx context.Context, e env, words []string) (err error) {
	if len(words) > 0 {
		return usagef("appeals list takes no words; a server is named with --guild")
	}
	q, err := a.query()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, e, a.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	all, err := db.Appeals(ctx, q)
	if err != nil {
		return err
	}
	return writeAppeals(e.stdout, all)
}

// writeAppeals prints a line for each. What users wrote is made harmless for a terminal.
func writeAppeals(out io.Writer, all []bot.Appeal) error {
	if len(all) == 0 {
		fmt.Fprintln(out, "There are no such appeals.")
		return nil
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "when (UTC)\tstate\tserver\tby\tanswer\ttyped\tquestion")
	for _, a := range all {
		fmt.Fprintf(w, "%s\t%s\t%s:%s\t%s\t%s\t%s\t%s\n", a.At.UTC().Format("2006-01-02 15:04"), a.State, a.Guild.Platform,
			shown(a.Guild.ID), shown(string(a.By)), shown(a.Answer), shown(a.Text), shown(a.QuestionID))
	}
	return w.Flush()
}

// shown is a text of a user as it can stand in a table.
func shown(s string) string { return bot.Clip(bot.Clean(s), 60) }
