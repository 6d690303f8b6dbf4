package schedule

import (
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

const commandName = "schedule"

// Commands implements bot.Feature.
func (s *Schedule) Commands() []bot.CommandInfo {
	var subs []bot.CommandInfo
	for _, c := range s.o.Contents {
		subs = append(subs, bot.CommandInfo{Name: c.Kind(), Help: c.Help(), Options: setOptions()})
	}
	which := []bot.Option{{Name: "schedule", Help: "Its number; needed where there are several", Number: true, Min: 1,
		Max: 9999}}
	subs = append(subs,
		bot.CommandInfo{Name: "list", Help: "What is posted here, and when."},
		bot.CommandInfo{Name: "next", Help: "The next five posts, with what leads each.", Options: which},
		bot.CommandInfo{Name: "preview", Help: "What the next post looks like; only you see it.", Options: which},
		bot.CommandInfo{Name: "log", Help: "Why the last posts came or did not come.", Options: which},
		bot.CommandInfo{Name: "pause", Help: "No posts until they are resumed.", Options: which},
		bot.CommandInfo{Name: "resume", Help: "Go on with the posts.", Options: which},
		bot.CommandInfo{Name: "delete", Help: "No posts any more.", Options: which})
	return []bot.CommandInfo{{Name: commandName, Args: "[what when]", Moderators: true, Subs: subs,
		Help: "What the bot posts here by itself, for moderators to say: anniversaries, a daily question."}}
}

// setOptions are the fields of a subscription's form; read takes the words that come of them.
func setOptions() []bot.Option {
	return []bot.Option{
		{Name: "channel", Help: "This one when left out", Channel: true, Form: "in=%"},
		{Name: "time", Help: "As in 9:00 or 6 pm; some minutes after 9 when left out", Form: "at=%", Max: 20},
		{Name: "zone", Help: "Whose time that is, as in Europe/Berlin; the server's when left out", Suggests: true, Form: "zone=%",
			Max: 60},
		{Name: "days", Help: "daily, weekdays, weekends, mon-fri or mon,wed,fri", Suggests: true, Form: "on=%", Max: 60},
		{Name: "topics", Help: "What it is about, with commas between; all when left out", Suggests: true, Form: "about=%",
			Max: 200},
		{Name: "catchup", Help: "When the bot was away: latest posts up to an hour late, skip does not",
			Choices: []string{"latest", "skip"}, Form: "catchup=%"},
		{Name: "cron", Help: "For experts, instead of time and days: 0 9 1 * *", Form: "cron=%", Max: 100},
	}
}

// dayWords are proposed for days.
var dayWords = [...]string{"daily", "weekdays", "weekends", "monday", "tuesday", "wednesday", "thursday", "friday",
	"saturday", "sunday", "mon,wed,fri", "tue,thu"}

// Suggest implements bot.Suggester.
func (s *Schedule) Suggest(command, option, prefix string, n int) []bot.Suggestion {
	kind, ok := strings.CutPrefix(command, commandName+" ")
	c := s.content(kind)
	if !ok || c == nil {
		return nil
	}
	list := []bot.Suggestion{}
	switch option {
	case "zone":
		for _, z := range plan.Suggest(prefix, n) {
			list = append(list, bot.Suggestion{Label: z, Value: z})
		}
	case "days":
		for _, d := range dayWords {
			if strings.HasPrefix(d, strings.ToLower(strings.TrimSpace(prefix))) {
				list = append(list, bot.Suggestion{Label: d, Value: d})
			}
		}
	case "topics":
		list = topicsAfter(c, prefix, n)
	}
	return list[:min(n, len(list))]
}

// topicsAfter proposes the last of some topics with commas between.
func topicsAfter(c Content, prefix string, n int) []bot.Suggestion {
	before, last := "", strings.TrimSpace(prefix)
	if i := strings.LastIndexByte(prefix, ','); i >= 0 {
		before, last = strings.TrimSpace(prefix[:i])+", ", strings.TrimSpace(prefix[i+1:])
	}
	list := []bot.Suggestion{}
	for _, t := range c.Topics(last, n) {
		if v := before + t.Value; len(v) <= 100 {
			list = append(list, bot.Suggestion{Label: bot.Clip(before+t.Label, 100), Value: v})
		}
	}
	return list
}
