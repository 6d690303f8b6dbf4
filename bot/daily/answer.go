package daily

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// The states of buttons. They hold the ID of a question, and the number of an option.
const (
	questionState = "d/"
	answerState   = questionState + "a/"
	shareState    = questionState + "s/"
)

// Handle implements schedule.Content.
func (c *Question) Handle(ctx context.Context, _ bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	if in.Press == nil || !strings.HasPrefix(in.Press.State, questionState) {
		return bot.View{}, false, nil
	}
	v, err := c.press(ctx, in)
	return v, true, err
}

// press does what a button stands for.
func (c *Question) press(ctx context.Context, in bot.Inbound) (bot.View, error) {
	at := strings.Split(in.Press.State, "/")
	if len(at) < 4 {
		return oldButtonView(), nil
	}
	if _, err := plan.ParseDate(at[3]); err != nil {
		return oldButtonView(), nil //nolint:nilerr // a forged button
	}
	d, err := c.o.Store.Daily(ctx, at[2]+"/"+at[3])
	if errors.Is(err, bot.ErrNotFound) {
		return private("That question is not kept any more."), nil
	}
	if err != nil {
		return bot.View{}, err
	}
	a, err := askedOf(d)
	if err != nil {
		return bot.View{}, err
	}
	switch {
	case at[1] == "a" && len(at) == 5:
		option, err := strconv.Atoi(at[4])
		if err != nil || option < 0 || option >= len(a.options) {
			return oldButtonView(), nil //nolint:nilerr // a forged button
		}
		return c.answer(ctx, in.Known(ctx), a, option)
	case at[1] == "s" && len(at) == 4:
		return c.share(ctx, in, a)
	}
	return oldButtonView(), nil
}

// answer takes the option that somebody presses.
func (c *Question) answer(ctx context.Context, in bot.Inbound, a asked, option int) (bot.View, error) {
	over := private("That question is over. It was ", bot.B(labelOf(a.options, a.right)), ".")
	if !a.d.Open {
		return over, nil
	}
	p := bot.Pick{Daily: a.d.ID, Guild: a.d.Guild, Player: in.From.ID, Name: bot.Clip(in.From.Name, bot.MaxKeptText),
		Option: option, Correct: option == a.right, At: c.o.Now()}
	before, err := c.pickOf(ctx, a.d.ID, p.Player)
	if err != nil {
		return bot.View{}, err
	}
	if p.Correct {
		streak, err := c.streakBefore(ctx, a.d, p.Player)
		if err != nil {
			return bot.View{}, err
		}
		p.Streak = streak + 1
	}
	switch err := c.o.Store.Answer(ctx, p); {
	case errors.Is(err, bot.ErrConflict):
		return over, nil
	case errors.Is(err, bot.ErrNotFound):
		return private("That question is not kept any more."), nil
	case err != nil:
		return bot.View{}, err
	}
	switch {
	case before == nil:
		return private("You picked ", bot.B(letter(option)), ". It can be changed until the next question."), nil
	case before.Option != option:
		return private("Changed to ", bot.B(letter(option)), "."), nil
	}
	return private("Your answer is ", bot.B(letter(option)), "."), nil
}

// pickOf is what somebody has answered, nil where they have not.
func (c *Question) pickOf(ctx context.Context, id string, player bot.UserID) (*bot.Pick, error) {
	p, err := c.o.Store.PickOf(ctx, id, player)
	if errors.Is(err, bot.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return &p, nil
}

// streakBefore is how many questions before this one somebody has answered rightly in a row.
func (c *Question) streakBefore(ctx context.Context, d bot.Daily, player bot.UserID) (int, error) {
	list, err := c.o.Store.Dailies(ctx, d.Subscription, 2) // the newest: this one, which is open, and the one before
	if err != nil {
		return 0, err
	}
	i := slices.IndexFunc(list, func(x bot.Daily) bool { return x.Number < d.Number })
	if i < 0 {
		return 0, nil
	}
	p, err := c.pickOf(ctx, list[i].ID, player)
	if p == nil || err != nil || !p.Correct {
		return 0, err
	}
	return p.Streak, nil
}

// share is a line that tells how somebody did, and nothing of the question.
func (c *Question) share(ctx context.Context, in bot.Inbound, a asked) (bot.View, error) {
	p, err := c.pickOf(ctx, a.d.ID, in.From.ID)
	number := strconv.Itoa(a.d.Number)
	switch {
	case err != nil:
		return bot.View{}, err
	case p == nil && a.d.Open:
		return private("Question " + number + " is still open: answer it first."), nil
	case p == nil:
		return private("You did not answer question " + number +
			", so there is nothing to share. The next one is a new chance."), nil
	case a.d.Open:
		return private("Your answer is in. Share it once the answer is out."), nil
	}
	r, err := c.result(ctx, a.d.ID)
	if err != nil {
		return bot.View{}, err
	}
	return private(shareLine(a.d.Number, p.Correct, p.Streak, r.percent[r.right])), nil
}

// shareLine is "whowon daily #12 · right ✓ · streak 5 · 62 % got it".
func shareLine(number int, right bool, streak, percent int) string {
	words := []string{"whowon daily #" + strconv.Itoa(number), "not this time ✗"}
	if right {
		words = []string{words[0], "right ✓", "streak " + strconv.Itoa(max(1, streak))}
	}
	return strings.Join(append(words, strconv.Itoa(percent)+" % got it"), " · ")
}
