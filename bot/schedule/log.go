package schedule

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// logged is how many posts the log shows.
const logged = 10

// log tells why each of the last posts came or did not.
func (s *Schedule) log(ctx context.Context, c Content, sub bot.Subscription, ch choice) (bot.View, error) {
	list, err := s.o.Store.Occurrences(ctx, sub.ID, logged)
	if err != nil {
		return bot.View{}, err
	}
	v := bot.View{Private: true, Title: bot.L("Posts of schedule ", number(sub), ", ", c.Title()),
		Again: bot.CommandState(commandName, "log "+strconv.Itoa(sub.Number))}
	if len(list) == 0 {
		v.Lead = bot.L("None so far.")
	}
	l := &bot.List{}
	for _, o := range list {
		l.Items = append(l.Items, bot.Item{Line: logLine(o, ch)})
	}
	if len(l.Items) > 0 {
		v.Blocks = append(v.Blocks, l)
	}
	if !sub.Paused {
		v.Footer = append(v.Footer, bot.L("Next: "+when(sub.Next, ch)))
	}
	return v, nil
}

func logLine(o bot.Occurrence, ch choice) bot.Line {
	day := o.Day
	if d, err := plan.ParseDate(o.Day); err == nil {
		day = fmt.Sprintf("%s %d %s %d", d.Weekday().String()[:3], d.Day, d.Month.String()[:3], d.Year)
	}
	l := bot.L(bot.B(day))
	if told(o).What != "" {
		l = append(l, bot.T(" ("+told(o).What+")"))
	}
	switch o.State {
	case bot.OccurrencePosted:
		l = append(l, bot.T(": posted at "+inZone(o.At, ch).Format("15:04:05 MST")+lateWords(o)))
	case bot.OccurrenceNew, bot.OccurrenceSending:
		l = append(l, bot.T(": on its way"))
		if o.Tries > 1 {
			l = append(l, bot.T(fmt.Sprintf(", tried %d times", o.Tries)))
		}
	case bot.OccurrenceMissed:
		l = append(l, bot.T(": missed, "+o.Why))
	case bot.OccurrenceRefused:
		l = append(l, bot.T(": refused. "+o.Why))
	case bot.OccurrenceUnknown:
		l = append(l, bot.T(": unknown, "+o.Why))
	case bot.OccurrenceDropped:
		l = append(l, bot.T(": not posted, "+o.Why))
	}
	return l
}

// lateWords says how late a post was, where anybody would notice.
func lateWords(o bot.Occurrence) string {
	late := o.At.Sub(o.Due)
	words := ""
	if late >= time.Minute {
		words = ", " + minutes(late) + " late"
	}
	if o.Tries > 1 {
		words += fmt.Sprintf(", after %d attempts", o.Tries)
	}
	return words
}
