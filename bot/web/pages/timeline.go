package pages

import (
	"fmt"
	"strings"
)

// timeline is the record of a person or work as a picture: years from left to right, a lane for each award, a star for what
// was won and a ring for what was not. Places from left to right are in percent, so that the picture is as wide as there is
// room while its letters stay as large as they are; all else is in pixels.
type timeline struct {
	Height int
	Foot   int // where the years are written
	Ticks  []tick
	Lanes  []lane
	Words  string // the same in words, for who does not see it
	Marks  int
	Dense  bool // marks of two years touch each other where the picture is narrowest
}

type tick struct {
	X    string // "37.5%"
	Year int
}

type lane struct {
	Label string
	Y     int // of its label
	Line  int // of the line below it
	Marks []mark
}

type mark struct {
	X   string
	DX  int // pixels to the right of X
	Y   int
	Won bool
	Tip string
}

const (
	laneHead  = 22  // pixels above the marks of a lane
	laneFoot  = 8   // below
	markSize  = 15  // from one mark to the next
	narrowest = 280 // pixels that a picture is wide at least
	maxAcross = 12  // marks of a year side by side
)

// newTimeline draws rows, of which a row is a mark. It is empty where there is nothing to draw.
func newTimeline(awards []awardRows) timeline {
	from, to := 0, 0
	for _, a := range awards {
		for _, r := range a.Rows {
			if r.Year > 0 && (from == 0 || r.Year < from) {
				from = r.Year
			}
			to = max(to, r.Year)
		}
	}
	t := timeline{}
	if to == 0 {
		return t
	}
	axis := axis{from, to, margin(awards, from, to)}
	var words []string
	y := 0
	for _, a := range awards {
		l := lane{Label: fmt.Sprintf("%s: %s", a.Count.Award.Short, a.short()), Y: y + laneHead - 8}
		rows := l.place(a.Rows, axis, y+laneHead)
		y += laneHead + rows*markSize + laneFoot
		l.Line = y
		t.Lanes, t.Marks = append(t.Lanes, l), t.Marks+len(l.Marks)
		words = append(words, l.words(a))
	}
	t.Ticks, t.Dense = axis.ticks(), (to-from+1)*markSize > narrowest
	t.Foot, t.Height = y+16, y+24
	t.Words = strings.Join(words, " ")
	return t
}

// short counts in few words: "3 won of 21".
func (a awardRows) short() string {
	s := fmt.Sprintf("%d won", a.Count.Wins)
	if a.Count.Noms > 0 {
		s += fmt.Sprintf(" of %d", a.Count.Noms)
	}
	if a.Count.Special > 0 {
		s += fmt.Sprintf(", %d honorary", a.Count.Special)
	}
	return s
}

// place puts a mark for each row, those of a year beside and below each other, and returns how many are below each other at
// most.
func (l *lane) place(rows []entityRow, a axis, top int) int {
	of := map[int]int{}
	for _, r := range rows {
		of[r.Year]++
	}
	across := a.across()
	n := map[int]int{}
	deep := 1
	for _, won := range []bool{true, false} { // stars above rings
		for _, r := range rows {
			if r.Won != won {
				continue
			}
			i := n[r.Year]
			n[r.Year]++
			wide := min(across, of[r.Year])
			deep = max(deep, i/wide+1)
			l.Marks = append(l.Marks, mark{X: a.x(r.Year), DX: (i%wide)*markSize - (wide-1)*markSize/2,
				Y: top + (i/wide)*markSize + markSize/2, Won: r.Won, Tip: tipOf(r)})
		}
	}
	return deep
}

func tipOf(r entityRow) string {
	_, word, _ := strings.Cut(r.Outcome, " ")
	return fmt.Sprintf("%d: %s, %s", r.Year, r.Category.Name, strings.ToLower(word))
}

// words are a lane in a sentence.
func (l *lane) words(a awardRows) string {
	list := func(won bool) string {
		n := map[int]int{}
		var years []int
		for _, r := range a.Rows {
			if r.Won == won {
				if n[r.Year]++; n[r.Year] == 1 {
					years = append(years, r.Year)
				}
			}
		}
		var parts []string
		for i := len(years) - 1; i >= 0; i-- { // rows come the newest first
			part := fmt.Sprint(years[i])
			if n[years[i]] > 1 {
				part += fmt.Sprintf(" (%d times)", n[years[i]])
			}
			parts = append(parts, part)
		}
		return strings.Join(parts, ", ")
	}
	return spaced("; ", l.Label+prefixed("; won in ", list(true)), prefixed("nominated in ", list(false))) + "."
}

// axis is the years of a picture.
type axis struct {
	from, to int
	margin   float64 // percent left and right
}

// margin is the room for the marks of a year side by side, at the left and the right of a picture.
func margin(awards []awardRows, from, to int) float64 {
	most := 1
	for _, a := range awards {
		of := map[int]int{}
		for _, r := range a.Rows {
			of[r.Year]++
			most = max(most, min(of[r.Year], axis{from: from, to: to}.across()))
		}
	}
	return float64(most*markSize/2+4) * 100 / narrowest
}

// x is where a year is.
func (a axis) x(year int) string {
	if a.to == a.from {
		return "50%"
	}
	year = max(year, a.from)
	return fmt.Sprintf("%.2f%%", a.margin+float64(year-a.from)*(100-2*a.margin)/float64(a.to-a.from))
}

// across is how many marks of a year fit beside each other where the picture is narrowest.
func (a axis) across() int {
	return max(1, min(maxAcross, narrowest/(a.to-a.from+1)/markSize))
}

// ticks are years to be written below: five or fewer, at the ends of decades where there are many years.
func (a axis) ticks() []tick {
	span := a.to - a.from
	step := 1
	for _, s := range []int{1, 2, 5, 10, 20, 25, 50, 100} {
		if step = s; span/s <= 5 {
			break
		}
	}
	var out []tick
	for y := (a.from + step - 1) / step * step; y <= a.to; y += step {
		out = append(out, tick{a.x(y), y})
	}
	return out
}
