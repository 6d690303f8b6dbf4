package bot

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// Day is a civil date that events are told of.
type Day struct {
	Year    int // years are counted to it
	Month   time.Month
	Day     int
	Topics  []string // what the events are narrowed to, by keys or names of facts.Topic
	Telling Telling
}

// Telling says when a day is told.
type Telling int

// When a day is told.
const (
	OnItsDay     Telling = iota // it is today for who reads it
	OnAnotherDay                // of the same year
	InAnotherYear
)

const (
	maxAlso    = 4   // events below the lead
	maxWords   = 280 // runes of the sentence of an event
	maxOrigins = 2   // sources named with an event
)

// DayView is what is worth telling of a day: the first of its events with how long ago it was, and a few more below it, each
// with its source and a question that tells more. lead is the ID of the first, "" where there is none. The events are
// those of Corpus.Day for the same date and topics.
func DayView(d Day, events []facts.Event) (v View, lead string) {
	v.Title = d.title()
	if len(events) == 0 {
		v.Lead = L("Our tables have nothing for this day.")
		if len(d.Topics) > 0 {
			v.Lead = L("Our tables have nothing for this day about " + listing(d.topicNames()) + ".")
		}
		return v, ""
	}
	v.Lead = d.sentence(&events[0], true)
	v.say(L(capital(moreWords), ": ", tail(&events[0])))
	also := &List{Title: L("Also:")}
	for i := range events[1:min(len(events), 1+maxAlso)] {
		e := &events[i+1]
		also.Items = append(also.Items, Item{MarkNone, L(d.sentence(e, false), " · "+moreWords+": ", tail(e))})
	}
	v.add(also)
	v.Again = d.again()
	return v, events[0].ID
}

const moreWords = "more"

func (d Day) title() Line {
	day := fmt.Sprintf("%d %s", d.Day, d.Month)
	if d.Telling == InAnotherYear {
		day += " " + yearWord(d.Year)
	}
	return L("On this day · ", PageB(day, DayPath(d.Month, d.Day)), prefixed(" · ", strings.Join(d.topicNames(), ", ")))
}

// topicNames are the topics as shown: the key of an award is a slug.
func (d Day) topicNames() []string {
	var names []string
	for _, t := range d.Topics {
		names = append(names, capital(strings.ReplaceAll(Clip(t, 60), "-", " ")))
	}
	return names
}

// again shows the same day whenever it is pressed, as far as one topic goes.
func (d Day) again() string {
	if len(d.Topics) > 1 {
		return ""
	}
	return CommandState("onthisday", d.typed()+" "+strings.Join(d.Topics, ""))
}

// typed is the day as splitDay reads it. A 29 February that there is not in its year is one all the same.
func (d Day) typed() string {
	if at := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC); at.Day() != d.Day {
		return fmt.Sprintf("%02d-%02d", d.Month, d.Day)
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// sentence is one event: "1929 (97 years ago): 1st Academy Awards, Outstanding Picture: Wings won", or with "50 years ago
// today" where it leads and that is so.
func (d Day) sentence(e *facts.Event, leads bool) Line {
	l := L(B(yearWord(e.Year)))
	if leads {
		l = L(PageB(yearWord(e.Year), FactPath(e.ID)))
	}
	switch n := d.Year - e.Year; {
	case n <= 0:
		l = append(l, T(": "))
	case d.Telling == InAnotherYear:
		l = append(l, T(parens(count(n, "year")+" earlier")+": "))
	case leads && isRound(n) && d.Telling == OnItsDay && e.Day == d.Day:
		l = append(l, T(", "), B(count(n, "year")+" ago today"), T(": "))
	default:
		l = append(l, T(parens(count(n, "year")+" ago")+": "))
	}
	l = append(l, clipLine(eventWords(*e), maxWords)...)
	if !e.Sure() {
		l = append(l, T(unconfirmedWords))
	}
	if e.Day != 0 && e.Day != d.Day { // 29 February, on the 28th of a common year
		l = append(l, T(parens(fmt.Sprintf("%d %s %d", e.Day, e.Month, e.Year))))
	}
	return l
}

// isRound reports whether an anniversary is a round one.
func isRound(years int) bool { return years > 0 && (years%10 == 0 || years%25 == 0) }

// tail is what follows an event: a question that tells more, and its source.
func tail(e *facts.Event) Line {
	var l Line
	if e.Query != "" {
		l = L(Ask(e.Query), " · ")
	}
	return append(l, origins(e.Source, maxOrigins)...)
}

// clipLine shortens a line to n runes.
func clipLine(l Line, n int) Line {
	for i, s := range l {
		if r := len([]rune(s.Text)); r > n {
			l = append(l[:i:i], s)
			l[i].Text = Clip(s.Text, max(1, n))
			return l
		} else if n -= r; n <= 0 {
			return l[:i+1]
		}
	}
	return l
}

func runOnThisDay(_ context.Context, b *Bot, in Inbound) (View, error) {
	now, f := b.now(), b.facts()
	typed := echo(in.Command.Args)
	at, word := splitDay(typed, now)
	d := Day{Year: at.year, Month: at.month, Day: at.day}
	switch today := dateOf(now); {
	case at.said && at.year != now.Year():
		d.Telling = InAnotherYear
	case at.month != today.month || at.day != today.day:
		d.Telling = OnAnotherDay
	}
	q := facts.DayQuery{Year: d.Year, Month: d.Month, Day: d.Day}
	if word != "" {
		key, ok := f.Topic(word)
		switch {
		case !ok && strings.ContainsAny(word, "0123456789/") && word == typed:
			return badDay(typed), nil
		case !ok:
			return badTopic(f, word, typed, d), nil
		}
		q.Topics, d.Topics = []string{key}, []string{topicName(f, key)}
	}
	v, _ := DayView(d, f.Day(q))
	return v, nil
}

func topicName(f Facts, key string) string {
	for _, t := range f.Topics() {
		if t.Key == key {
			return t.Name
		}
	}
	return key
}
