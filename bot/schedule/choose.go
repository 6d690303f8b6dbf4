package schedule

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// usualHour is when a day's post comes where nobody says.
const usualHour = 9

// choose is what a subscription becomes with what is wanted; what was left out stays as it was. problem says what is wrong.
func (s *Schedule) choose(ctx context.Context, in bot.Inbound, c Content, sub bot.Subscription, others []bot.Subscription,
	w wanted,
) (ch choice, problem bot.Line, err error) {
	if sub.ID != "" {
		if ch, err = decode(sub.Value); err != nil {
			return ch, nil, err
		}
	} else {
		ch.Plan.Hour, ch.Plan.Minute = usualHour, plan.Spread(sub.Channel.Platform+"/"+sub.Channel.ID, usualHour)
		if ch.Plan.Zone, err = s.guildZone(ctx, in.Guild, others); err != nil {
			return ch, nil, err
		}
	}
	if wrong := w.apply(&ch); wrong != nil {
		return ch, wrong, nil
	}
	if len(w.topics) > 0 {
		keys, bad := readTopics(c, w.topics)
		switch {
		case bad == "":
			ch.Topics = keys
		case strings.EqualFold(bad, "all") || strings.EqualFold(bad, "everything"):
			ch.Topics = nil
		default:
			return ch, badTopic(c, bad), nil
		}
		if len(ch.Topics) > maxTopics {
			return ch, bot.L("Ten topics at most, please: leave them out for all."), nil
		}
	}
	if err := ch.read(); err != nil {
		return ch, wrong(err), nil
	}
	return ch, nil, nil
}

// apply puts when into a choice. It returns what is wrong.
func (w wanted) apply(ch *choice) bot.Line {
	switch w.catchup {
	case "":
	case "latest", "skip":
		ch.Skip = w.catchup == "skip"
	default:
		return bot.L("catchup is latest or skip, not “", bot.B(bot.Clip(w.catchup, 40)), "”.")
	}
	if w.zone != "" {
		zone, err := zoneOf(w.zone)
		if err != nil {
			return wrong(err)
		}
		ch.Plan.Zone = zone
	}
	if w.cron != "" {
		if w.at != "" || w.days != "" {
			return bot.L("Say either cron or a time and days, not both: the cron fields say when.")
		}
		p, err := plan.ParseCron(w.cron, ch.Plan.Zone)
		if err != nil {
			return wrong(err)
		}
		ch.Plan = p
		return nil
	}
	if w.at != "" || w.days != "" {
		ch.Plan.Cron = ""
	}
	if w.at != "" {
		hour, minute, err := plan.ParseTime(w.at)
		if err != nil {
			return wrong(err)
		}
		ch.Plan.Hour, ch.Plan.Minute = hour, minute
	}
	if w.days != "" {
		days, err := plan.ParseDays(w.days)
		if err != nil {
			return wrong(err)
		}
		ch.Plan.Days = days
	}
	return nil
}

// wrong is an error of package plan as a sentence.
func wrong(err error) bot.Line {
	text := bot.Clip(err.Error(), 400)
	if text != "" {
		text = strings.ToUpper(text[:1]) + text[1:]
	}
	if !strings.HasSuffix(text, "?") {
		text = strings.TrimSuffix(text, ".") + "."
	}
	return bot.L(text)
}

// guildZone is the time zone that the guild's days begin in, as in /settings, else that of its newest schedule.
func (s *Schedule) guildZone(ctx context.Context, g bot.Guild, others []bot.Subscription) (string, error) {
	kept, _, err := s.o.Store.Settings(ctx, g, bot.Channel{})
	if err != nil {
		return "", err
	}
	var name string
	if json.Unmarshal([]byte(kept["timezone"]), &name) == nil {
		if zone, err := plan.Canonical(name); err == nil {
			return zone, nil
		}
	}
	for _, sub := range slices.Backward(others) {
		if ch, err := decode(sub.Value); err == nil {
			return ch.Plan.Zone, nil
		}
	}
	return "UTC", nil
}
