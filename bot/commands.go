package bot

import (
	"context"
	"math/rand/v2"
	"strings"
)

// command is a row of the command table.
type command struct {
	CommandInfo
	run func(ctx context.Context, b *Bot, in Inbound) (View, error)
}

func commandTable() []command {
	return []command{
		{CommandInfo{Name: "whowon", Args: "question", Help: "Who won what: an award, a year, a film, a person, a record.",
			Shown: true, Everywhere: true, Options: []Option{{
				Name: "query", Help: "As you would say it: best picture 2025, sean baker", Required: true, Suggests: true}}},
			runWhowon},
		{CommandInfo{Name: "fact", Args: "[topic]", Help: "Something worth knowing, about a topic or about anything.",
			Shown: true, Everywhere: true, Options: []Option{{
				Name: "topic", Help: "An award, a film, a person or a year", Suggests: true}}},
			runFact},
		{CommandInfo{Name: "onthisday", Args: "[date] [topic]",
			Help:  "What happened on a day, about anything or a topic: 2 March, tomorrow oscars, births.",
			Shown: true, Everywhere: true, Options: []Option{
				{Name: "date", Help: "today, tomorrow, 2 March, 03-02; today when left out"},
				{Name: "topic", Help: "film, sport, births, an award, …; everything when left out", Suggests: true}}},
			runOnThisDay},
		{CommandInfo{Name: "help", Help: "What you can ask.", Everywhere: true}, runHelp},
	}
}

// Commands lists the commands in the order people should see them.
func (b *Bot) Commands() []CommandInfo {
	var infos []CommandInfo
	for _, c := range b.commands {
		if c.Name == "help" { // the last
			for _, f := range b.features {
				infos = append(infos, f.Commands()...)
			}
		}
		infos = append(infos, c.CommandInfo)
	}
	return infos
}

// ParseCommand reads a typed line: "/fact oscars" is the command it names, and a line without a slash is a question for
// /whowon, but for a bare "help": who types it wants that, and not the film.
func ParseCommand(line string) Command {
	line = strings.TrimSpace(line)
	rest, ok := strings.CutPrefix(line, "/")
	switch {
	case strings.EqualFold(line, "help"):
		return Command{Name: "help"}
	case !ok:
		return Command{Name: "whowon", Args: line}
	}
	name, args, _ := strings.Cut(strings.ReplaceAll(rest, "\t", " "), " ")
	return Command{Name: strings.ToLower(name), Args: strings.TrimSpace(args)}
}

// Complete proposes up to n whole lines that begin as line does, for a platform on which lines are typed.
func (b *Bot) Complete(line string, n int) []string {
	line = strings.TrimLeft(line, " ")
	name, args, hasArgs := strings.Cut(line, " ")
	if !strings.HasPrefix(line, "/") {
		return b.completeQuery("", line, n)
	}
	var lines []string
	for _, c := range b.Commands() {
		switch {
		case hasArgs && name == "/"+c.Name && (c.Name == "whowon" || c.Name == "fact"):
			return b.completeQuery(name+" ", args, n)
		case !hasArgs && strings.HasPrefix("/"+c.Name, name):
			l := "/" + c.Name
			if c.Args != "" {
				l += " "
			}
			lines = append(lines, l)
		}
	}
	return lines[:min(n, len(lines))]
}

func (b *Bot) completeQuery(before, prefix string, n int) []string {
	if strings.TrimSpace(prefix) == "" {
		return nil
	}
	var lines []string
	for _, c := range b.facts().Complete(prefix, n) {
		lines = append(lines, before+Clean(c.Text))
	}
	return lines
}

func runWhowon(_ context.Context, b *Bot, in Inbound) (View, error) {
	v := AnswerView(b.facts().Ask(in.Command.Args, b.now()), Brief)
	v.Again = CommandState("whowon", in.Command.Args)
	return v, nil
}

func runFact(_ context.Context, b *Bot, in Inbound) (View, error) {
	topic := echo(in.Command.Args)
	f, ok := b.facts().Fact(topic, b.seed(), b.now())
	if !ok {
		return noFact(topic), nil
	}
	return factView(f), nil
}

func runHelp(_ context.Context, b *Bot, _ Inbound) (View, error) {
	v := helpView(b.Commands(), b.facts().DataTo())
	v.Again = CommandState("help", "")
	return v, nil
}

func randomSeed() uint64 { return rand.Uint64() }
