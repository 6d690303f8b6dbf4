package daily

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
)

const (
	// maxNames is how many names are told of those who were right.
	maxNames = 10
	// longStreak is from when a streak is told.
	longStreak = 2
)

// questionView is the question, with a button for each option.
func (c *Question) questionView(a asked) bot.View {
	v := bot.View{Title: bot.L("Question " + strconv.Itoa(a.d.Number) + " · " + c.about(a.q)), Lead: bot.L(bot.B(a.q.Text)),
		Blocks: []bot.Block{a.list()}}
	for i := range a.options {
		state := answerState + a.d.ID + "/" + strconv.Itoa(i)
		v.Buttons = append(v.Buttons, bot.Button{State: state, Label: labelOf(a.options, i)})
	}
	v.Blocks = append(v.Blocks, &bot.Text{Lines: []bot.Line{
		bot.L("Answer by a button, in private. You can change it until the next question.")}})
	return v
}

// list is the options with their letters.
func (a asked) list() *bot.List { return listOf(a.options) }

func listOf(options []string) *bot.List {
	l := &bot.List{}
	for i, o := range options {
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.B(letter(i)), "  "+o)})
	}
	return l
}

// result is how a question was answered.
type result struct {
	asked
	counts  []int // of each option
	percent []int // the same in hundredths; all together are 100 where anybody answered
	total   int
	winners []bot.Pick // the longest streak first
}

// result counts the answers to a question: one for each user.
func (c *Question) result(ctx context.Context, id string) (result, error) {
	d, err := c.o.Store.Daily(ctx, id)
	if err != nil {
		return result{}, err
	}
	a, err := askedOf(d)
	if err != nil {
		return result{}, err
	}
	picks, err := c.o.Store.Picks(ctx, id)
	if err != nil {
		return result{}, err
	}
	r := result{asked: a, counts: make([]int, len(a.options))}
	for _, p := range picks { // of each user one, the last
		if p.Option < 0 || p.Option >= len(r.counts) {
			continue
		}
		r.counts[p.Option]++
		r.total++
		if p.Option == a.right {
			r.winners = append(r.winners, p)
		}
	}
	r.percent = percents(r.counts)
	slices.SortStableFunc(r.winners, func(x, y bot.Pick) int {
		return cmp.Or(cmp.Compare(y.Streak, x.Streak), x.At.Compare(y.At), cmp.Compare(x.Player, y.Player))
	})
	return r, nil
}

// percents are counts in hundredths of their sum, rounded so that they add up to 100: what was cut off most is rounded up.
// Equal counts may differ by one.
func percents(counts []int) []int {
	total := 0
	for _, n := range counts {
		total += n
	}
	out := make([]int, len(counts))
	if total == 0 {
		return out
	}
	order := make([]int, len(counts))
	left := 100
	for i, n := range counts {
		order[i], out[i] = i, 100*n/total
		left -= out[i]
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(100*counts[y]%total, 100*counts[x]%total) })
	for _, i := range order[:left] {
		out[i]++
	}
	return out
}

// addResult tells the answer to a question, below a line that says which; none where the view says it.
func (c *Question) addResult(v *bot.View, r result, which bot.Line) {
	said := &bot.Text{}
	if len(which) > 0 {
		said.Lines = append(said.Lines, which)
	}
	answer := bot.L("Answer: ", bot.B(labelOf(r.options, r.right)))
	if r.total == 0 {
		said.Lines = append(said.Lines, append(answer, bot.T(". Nobody answered.")))
		if why := play.WhyLine(r.q, c.o.Why); len(why) > 0 {
			said.Lines = append(said.Lines, why)
		}
		v.Blocks = append(v.Blocks, said)
		return
	}
	of := bot.T(" — " + strconv.Itoa(r.percent[r.right]) + " % of " + strconv.Itoa(r.total))
	said.Lines = append(said.Lines, append(answer, of))
	shares := &bot.List{}
	for i, o := range r.options {
		share := " — " + strconv.Itoa(r.counts[i]) + ", " + strconv.Itoa(r.percent[i]) + " %"
		item := bot.Item{Line: bot.L(bot.B(letter(i)), "  "+o+share)}
		if i == r.right {
			item.Mark, item.Line = bot.MarkWon, append(item.Line, bot.T(" — right"))
		}
		shares.Items = append(shares.Items, item)
	}
	told := &bot.Text{Lines: []bot.Line{winnersLine(r.winners)}}
	if why := play.WhyLine(r.q, c.o.Why); len(why) > 0 {
		told.Lines = append(told.Lines, why)
	}
	v.Blocks = append(v.Blocks, said, shares, told)
	v.Buttons = append(v.Buttons, bot.Button{State: shareState + r.d.ID, Label: "Share my result"})
}

// winnersLine names who was right. Names are plain text: nobody is notified.
func winnersLine(ws []bot.Pick) bot.Line {
	if len(ws) == 0 {
		return bot.L("Nobody was right.")
	}
	l := bot.L("Right: ")
	for i, w := range ws {
		if i == maxNames {
			return append(l, bot.T(" and "+strconv.Itoa(len(ws)-i)+" more"))
		}
		if i > 0 {
			l = append(l, bot.T(", "))
		}
		l = append(l, bot.T(shownName(w.Name)))
		if w.Streak >= longStreak {
			l = append(l, bot.T(" ("+strconv.Itoa(w.Streak)+" in a row)"))
		}
	}
	return l
}
