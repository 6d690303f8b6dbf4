package daily

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
)

// aboutState begins the states of buttons of anniversaries: o/<date>/<event> asks a question about an event of a day, and
// o/<date>/<event>/<question>/<option> answers it. Event and question are hashes: the IDs are too long, and a question that
// was corrected in the meantime is another one.
const aboutState = "o/"

// tried is how many questions are looked at to find one that the post does not answer.
const tried = 24

func askState(d plan.Date, event string) string {
	return fmt.Sprintf("%s%04d%02d%02d/%016x", aboutState, d.Year, int(d.Month), d.Day, seedOf(event))
}

// Handle implements schedule.Content.
func (c *Anniversaries) Handle(_ context.Context, _ bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	if in.Press == nil {
		return bot.View{}, false, nil
	}
	state, ok := strings.CutPrefix(in.Press.State, aboutState)
	if !ok {
		return bot.View{}, false, nil
	}
	at := strings.Split(state, "/")
	if len(at) != 2 && len(at) != 4 {
		return oldButtonView(), true, nil
	}
	e, ok := c.eventOf(at[0], at[1])
	if !ok {
		return private("That is not in our tables any more."), true, nil
	}
	q, ok := c.questionOf(e)
	if !ok {
		return private("There is no question about that any more."), true, nil
	}
	a := aboutOf(e, q, aboutState+at[0]+"/"+at[1])
	if len(at) == 2 {
		return c.ask(a), true, nil
	}
	option, err := strconv.Atoi(at[3])
	if err != nil || option < 0 || option >= len(a.options) {
		return oldButtonView(), true, nil //nolint:nilerr // such a button is forged, and no fault of ours
	}
	if at[2] != a.hash() {
		v := c.ask(a)
		v.Footer = []bot.Line{bot.L("The facts were corrected since. This is the question as it is now.")}
		return v, true, nil
	}
	return c.tell(a, option), true, nil
}

// eventOf finds an event of a date by its hash.
func (c *Anniversaries) eventOf(date, hash string) (facts.Event, bool) {
	if len(date) != 8 {
		return facts.Event{}, false
	}
	d, err := plan.ParseDate(date[:4] + "-" + date[4:6] + "-" + date[6:])
	if err != nil {
		return facts.Event{}, false
	}
	events := c.o.Facts().Day(facts.DayQuery{Year: d.Year, Month: d.Month, Day: d.Day})
	i := slices.IndexFunc(events, func(e facts.Event) bool { return fmt.Sprintf("%016x", seedOf(e.ID)) == hash })
	if i < 0 {
		return facts.Event{}, false
	}
	return events[i], true
}

// questionOf is the question about an event: always the same, while the facts are. It is about the occasion or the work
// where it can be, else about the people. Its answer is not in the line that tells of the event, and it is not one of true
// and false, which that line mostly tells.
func (c *Anniversaries) questionOf(e facts.Event) (trivia.Question, bool) {
	line := " " + folded(bot.DayHeadline(e).String()) + " "
	for _, ids := range subjects(e) {
		for _, q := range c.o.Questions().About(ids, seedOf(e.ID), tried) {
			if len(trivia.Options(&q, 0)) > 2 && !strings.Contains(line, " "+folded(q.Answers[0])+" ") {
				return q, true
			}
		}
	}
	return trivia.Question{}, false
}

// subjects are the IDs of what an event is about, and of whom.
func subjects(e facts.Event) [2][]string {
	ids := [2][]string{{e.ID}, nil}
	for _, x := range e.Works {
		ids[0] = append(ids[0], x.ID)
	}
	for _, x := range e.People {
		ids[1] = append(ids[1], x.ID)
	}
	var award, edition string
	for _, kv := range e.Detail {
		switch kv.Key {
		case "award":
			award = kv.Value
		case "edition":
			edition = kv.Value
		}
	}
	if award != "" && edition != "" {
		ids[0] = append(ids[0], award+"/"+edition)
	}
	return ids
}

// about is a question about an event.
type about struct {
	q       trivia.Question
	options []string
	right   int
	state   string // of the button that asks it
}

func aboutOf(e facts.Event, q trivia.Question, state string) about {
	a := about{q: q, options: trivia.Options(&q, seedOf(e.ID)), state: state}
	a.right = slices.Index(a.options, q.Answers[0])
	return a
}

// hash is of what the options of a question mean.
func (a about) hash() string {
	return fmt.Sprintf("%08x", uint32(seedOf(a.q.Text+"\n"+strings.Join(a.options, "\n"))))
}

// ask asks one user.
func (c *Anniversaries) ask(a about) bot.View {
	v := bot.View{Private: true, Title: bot.L(categoryOf(c.o, a.q.Category) + " · " + a.q.Difficulty.String()),
		Lead: bot.L(bot.B(a.q.Text)), Blocks: []bot.Block{listOf(a.options)},
		Footer: []bot.Line{bot.L("Only for you, and for fun: nothing is counted.")}}
	for i := range a.options {
		v.Buttons = append(v.Buttons, bot.Button{State: a.state + "/" + a.hash() + "/" + strconv.Itoa(i),
			Label: labelOf(a.options, i)})
	}
	return v
}

// tell tells one user how it was.
func (c *Anniversaries) tell(a about, option int) bot.View {
	right := bot.B(labelOf(a.options, a.right))
	v := private("Not quite: it was ", right, ".")
	if option == a.right {
		v = private("Right: ", right, ".")
	}
	v.Blocks = []bot.Block{&bot.Text{Lines: []bot.Line{bot.L(a.q.Text)}}}
	if why := play.WhyLine(a.q, c.o.Why); len(why) > 0 {
		v.Footer = []bot.Line{why}
	}
	return v
}
