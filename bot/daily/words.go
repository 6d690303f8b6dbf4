package daily

import (
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia"
)

const noQuestionWords = "there is no question about these topics"

func private(parts ...any) bot.View { return bot.View{Private: true, Lead: bot.L(parts...)} }

func oldButtonView() bot.View { return private("That button is too old.") }

func letter(i int) string { return string(rune('A' + i)) }

// labelOf is an option as its button shows it: "B  Anora".
func labelOf(options []string, i int) string {
	if i < 0 || i >= len(options) {
		return "—"
	}
	return bot.Clip(letter(i)+"  "+options[i], trivia.MaxLabel)
}

// shownName is a name as it is shown: clean, on one line, not too long, and not empty.
func shownName(s string) string {
	if s = strings.Join(strings.Fields(bot.Clip(bot.Clean(s), 40)), " "); s == "" {
		return "somebody"
	}
	return s
}

// folded is the form in which equal words are equal.
func folded(s string) string { return fold.String(bot.Clean(s)) }

// whose says which question it was that was asked on a day, on another one.
func whose(day string, now plan.Date) string {
	d, err := plan.ParseDate(day)
	if err != nil {
		return "The last question"
	}
	switch {
	case d.AddDays(1) == now:
		return "Yesterday's question"
	case d.Before(now) && now.Before(d.AddDays(7)):
		return d.Weekday().String() + "'s question"
	}
	return "The question of " + dayWords(day)
}

// dayWords is a date as people say it: "20 November".
func dayWords(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return t.Format("2 January")
}

// about is "Oscars · medium".
func (c *Question) about(q trivia.Question) string {
	return c.category(q.Category) + " · " + q.Difficulty.String()
}

// headline says what a question is about, and neither the question nor its answer.
func (c *Question) headline(q trivia.Question) bot.Line {
	return bot.L("a question about " + c.category(q.Category))
}

// category is the name of a category.
func (c *Question) category(key string) string { return categoryOf(c.o, key) }

func categoryOf(o Options, key string) string {
	for _, x := range o.Questions().Categories() {
		if x.Key == key {
			return bot.Clip(bot.Clean(x.Name), 60)
		}
	}
	return bot.Clip(bot.Clean(key), 60)
}
