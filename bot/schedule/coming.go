package schedule

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// coming are the next posts of a subscription, a line each.
func (s *Schedule) coming(ctx context.Context, c Content, sub bot.Subscription, ch choice, n int) ([]bot.Line, error) {
	var lines []bot.Line
	at := s.o.Now()
	for range n {
		date, due, err := ch.next(at)
		if err != nil {
			return lines, err
		}
		post, err := s.post(ctx, sub, ch, date, due)
		if err != nil {
			return lines, err
		}
		shown, err := c.Preview(ctx, post)
		if err != nil {
			return lines, err
		}
		lines = append(lines, append(bot.L(bot.B(when(due, ch)), shiftWords(date, due, ch), ": "), headline(shown)...))
		at = due
	}
	return lines, nil
}

// shiftWords says where the clocks are put forward over the time.
func shiftWords(date plan.Date, due time.Time, ch choice) string {
	local := inZone(due, ch)
	if local.Hour() == ch.Plan.Hour && local.Minute() == ch.Plan.Minute && plan.DateOf(local) == date {
		return ""
	}
	return fmt.Sprintf(" (there is no %02d:%02d that day: the clocks are put forward)", ch.Plan.Hour, ch.Plan.Minute)
}

func headline(shown Shown) bot.Line {
	if shown.Nothing != "" {
		return bot.L("no post: " + shown.Nothing)
	}
	return shown.Headline
}

// comingPosts is how many posts are shown ahead.
const comingPosts = 5

func (s *Schedule) next(ctx context.Context, c Content, sub bot.Subscription, ch choice) (bot.View, error) {
	v := bot.View{Private: true, Title: bot.L("Next posts of schedule ", number(sub), ", ", c.Title()),
		Again: bot.CommandState(commandName, "next "+strconv.Itoa(sub.Number))}
	if sub.Paused {
		v.Lead = bot.L("It is paused. If it is resumed today, these come:")
	}
	lines, err := s.coming(ctx, c, sub, ch, comingPosts)
	if err != nil {
		return v, err
	}
	l := &bot.List{}
	for _, line := range lines {
		l.Items = append(l.Items, bot.Item{Line: line})
	}
	v.Blocks = append(v.Blocks, l)
	return v, nil
}

func (s *Schedule) preview(ctx context.Context, c Content, sub bot.Subscription, ch choice) (bot.View, error) {
	date, due, err := ch.next(s.o.Now())
	if err != nil {
		return bot.View{}, err
	}
	post, err := s.post(ctx, sub, ch, date, due)
	if err != nil {
		return bot.View{}, err
	}
	shown, err := c.Preview(ctx, post)
	if err != nil {
		return bot.View{}, err
	}
	if shown.Nothing != "" {
		return private("There will be no post on ", when(due, ch), ": ", shown.Nothing, "."), nil
	}
	v := shown.View
	v.Private, v.Again = true, bot.CommandState(commandName, "preview "+strconv.Itoa(sub.Number))
	v.Footer = append(v.Footer, bot.L("Only you see this. It is posted ", when(due, ch), "."))
	return v, nil
}
