package schedule

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// Why an occurrence came to its end.
const (
	awayWords    = "the bot was not running then"
	skippedWords = "the bot was not running then, and posts of this schedule are not caught up"
	unknownWords = "it may have come: the answer was lost, and it is not repeated"
	deletedWords = "the schedule was deleted"
	pausedWords  = "the schedule was paused"
	noKindWords  = "this version of the bot has no posts of this kind"
)

const nothingWords = "Nothing is posted here by itself."

func private(parts ...any) bot.View { return bot.View{Private: true, Lead: bot.L(parts...)} }

func kindGoneWords(sub bot.Subscription) string {
	return "This version of the bot has no posts of the kind “" + sub.Kind + "”; /schedule delete " + strconv.Itoa(sub.Number) +
		" ends the schedule."
}

func unknownSubView(name string, contents []Content) bot.View {
	var kinds []string
	for _, c := range contents {
		kinds = append(kinds, c.Kind())
	}
	return private("There is no /schedule ", bot.B(bot.Clip(name, 40)), ". There are ", strings.Join(kinds, ", "),
		", list, next, preview, log, pause, resume, delete.")
}

func badTopic(c Content, typed string) bot.Line {
	l := bot.L("“", bot.B(bot.Clip(typed, 40)), "” is no topic, time, day or time zone that I know.")
	var near []string
	for _, t := range c.Topics(string([]rune(bot.Clean(typed) + " ")[:1]), 3) {
		near = append(near, t.Value)
	}
	if len(near) > 0 {
		l = append(l, bot.T(" Topics are such as "+strings.Join(near, ", ")+"."))
	}
	return append(l, bot.T(" As in: "+exampleOf(c)))
}

func exampleOf(c Content) string {
	return "/" + commandName + " " + c.Kind() + " 9:00 Europe/Berlin weekdays"
}

// list shows the schedules of a guild, and how to make one.
func (s *Schedule) list(ctx context.Context, in bot.Inbound) (bot.View, error) {
	all, err := s.o.Store.Subscriptions(ctx, in.Guild)
	if err != nil {
		return bot.View{}, err
	}
	v := bot.View{Private: true, Title: bot.L("What is posted here by itself"), Again: bot.CommandState(commandName, "list")}
	if len(all) == 0 {
		v.Lead = bot.L(nothingWords)
	}
	l := &bot.List{}
	for _, sub := range all {
		l.Items = append(l.Items, bot.Item{Line: s.subLine(in, sub)})
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	help := &bot.Text{}
	for _, c := range s.o.Contents {
		help.Lines = append(help.Lines, bot.L(exampleOf(c)+": "+lowered(c.Help())))
	}
	help.Lines = append(help.Lines,
		bot.L("Then /schedule next, preview, log, pause, resume or delete, with the number where there are several."))
	v.Blocks = append(v.Blocks, help)
	return v, nil
}

func lowered(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// subLine is a schedule in a line.
func (s *Schedule) subLine(in bot.Inbound, sub bot.Subscription) bot.Line {
	l := bot.L(number(sub), ": ")
	c := s.content(sub.Kind)
	ch, err := decode(sub.Value)
	if c == nil || err != nil {
		return append(l, bot.T(sub.Kind+", which this version of the bot cannot read"))
	}
	l = append(l, bot.T(c.Title()+aboutWords(c, ch)+", "+planWords(ch)+", "+whereWords(in, sub)))
	if sub.Paused {
		return append(l, bot.T(" · "), bot.B("paused"))
	}
	return append(l, bot.L(" · next: ", when(sub.Next, ch))...)
}

func aboutWords(c Content, ch choice) string {
	var names []string
	for _, key := range ch.Topics {
		names = append(names, c.TopicName(key))
	}
	if len(names) == 0 {
		return ""
	}
	return " about " + strings.Join(names, ", ")
}

func planWords(ch choice) string {
	words := ch.Plan.Words()
	if ch.Skip {
		words += ", not caught up"
	}
	return words
}

func whereWords(in bot.Inbound, sub bot.Subscription) string {
	if sub.Channel == in.To.Channel {
		return "in this channel"
	}
	return "in channel " + sub.Channel.ID[strings.LastIndexByte(sub.Channel.ID, '/')+1:]
}

// when is an instant in the words of a schedule's own zone.
func when(at time.Time, ch choice) string {
	return inZone(at, ch).Format("Mon 2 Jan 2006, 15:04 MST")
}

func inZone(at time.Time, ch choice) time.Time {
	return at.In(ch.times.Location())
}

// setView tells what was kept.
func (s *Schedule) setView(ctx context.Context, in bot.Inbound, c Content, sub bot.Subscription, ch choice,
	changed bool,
) (bot.View, error) {
	word := "New"
	if changed {
		word = "Changed"
	}
	v := private(word, ": schedule ", number(sub), ", ", c.Title(), aboutWords(c, ch), ", ", planWords(ch), ", ",
		whereWords(in, sub), ".")
	t := &bot.Text{}
	if sub.Paused {
		t.Lines = append(t.Lines, bot.L("It is paused: /schedule resume ", number(sub), " goes on with it."))
	} else {
		coming, err := s.coming(ctx, c, sub, ch, 1)
		if err != nil {
			return v, err
		}
		for _, l := range coming {
			t.Lines = append(t.Lines, append(bot.L("Next: "), l...))
		}
	}
	if ch.Plan.Zone == "UTC" {
		t.Lines = append(t.Lines, bot.L("The time is UTC; another zone is said as in zone=Europe/Berlin."))
	}
	if late := s.o.CatchUp; !ch.Skip {
		t.Lines = append(t.Lines,
			bot.L("Where the bot is away at that time, the post comes up to "+minutes(late)+" late, or not at all."))
	}
	v.Blocks = append(v.Blocks, t)
	n := strconv.Itoa(sub.Number)
	v.Buttons = []bot.Button{{State: bot.CommandState(commandName, "preview "+n), Label: "Preview"},
		{State: bot.CommandState(commandName, "next "+n), Label: "Next five"}}
	return v, nil
}

func minutes(d time.Duration) string {
	n := int(d.Round(time.Minute) / time.Minute)
	if n == 1 {
		return "1 minute"
	}
	return strconv.Itoa(n) + " minutes"
}
