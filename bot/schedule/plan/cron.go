package plan

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"time"

	"github.com/robfig/cron/v3"
)

// longestCron bounds a cron expression, in bytes.
const longestCron = 100

// star is the bit by which the parser marks a field that leaves everything open.
const star = 1 << 63

// fields are the fields of a cron expression that choose dates, as bits: 1<<day, 1<<month, 1<<weekday.
type fields struct {
	hour, minute        int
	day, month, weekday uint64
}

// ParseCron makes a plan of five cron fields (minute, hour, day of the month, month, weekday) in a zone. There is one
// minute and one hour: a plan posts at most once on a date. Sunday is 0 or 7.
//
// Cron fires on either day where both the day of the month and the weekday are restricted; EitherDay tells. What is due on
// 29 February and on no other date of the year is due on 28 February in common years.
func ParseCron(expression, zone string) (Plan, error) {
	f, err := parseFields(expression)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{
		Hour: f.hour, Minute: f.minute, Zone: strings.TrimSpace(zone), Cron: strings.Join(strings.Fields(expression), " "),
	}
	return p, p.Check()
}

// parseFields reads a cron expression, and refuses what can never be due.
func parseFields(expression string) (fields, error) {
	refuse := func(format string, args ...any) (fields, error) {
		return fields{}, fmt.Errorf("%s: "+format, append([]any{quote(expression)}, args...)...)
	}
	if len(expression) > longestCron {
		return refuse("a cron expression has at most %d characters", longestCron)
	}
	words, err := splitCron(expression)
	if err != nil {
		return refuse("%w", err)
	}
	if words[4], err = sundays(words[4]); err != nil {
		return refuse("%w", err)
	}
	spec, err := parse(strings.Join(words, " "))
	if err != nil {
		return refuse("%w", err)
	}
	f := fields{day: spec.Dom, month: spec.Month, weekday: spec.Dow}
	if bits.OnesCount64(spec.Minute&^star) != 1 || bits.OnesCount64(spec.Hour&^star) != 1 {
		return refuse("a post comes at most once a day: give one minute and one hour, as in 30 9 * * 1-5")
	}
	f.minute, f.hour = bits.TrailingZeros64(spec.Minute), bits.TrailingZeros64(spec.Hour)
	if f.day == 0 || f.month == 0 || f.weekday == 0 {
		return refuse("a field is empty: write * for every day, month or weekday")
	}
	if !f.possible() {
		return refuse("no year has such a date: February has at most 29 days, and April, June, September and November 30")
	}
	return f, nil
}

// splitCron takes an expression apart into its five fields, and names the forms of cron that are not for plans.
func splitCron(expression string) ([]string, error) {
	words := strings.Fields(expression)
	switch {
	case len(words) == 0:
		return nil, errors.New("it is empty: write minute, hour, day of the month, month and weekday, as in 0 9 * * 1-5")
	case strings.Contains(expression, "="):
		return nil, errors.New("the time zone has its own field: write the five fields only")
	case strings.HasPrefix(words[0], "@"):
		return nil, fmt.Errorf("short forms such as %s are not known here: write the five fields, as in 0 9 * * *",
			quote(words[0]))
	case len(words) == 6:
		return nil, errors.New("it has six fields: leave out the seconds, or the year, and write " +
			"minute, hour, day of the month, month and weekday")
	case len(words) != 5:
		return nil, fmt.Errorf("it has %d fields and not five: minute, hour, day of the month, month and weekday", len(words))
	}
	for i, w := range words {
		if strings.Trim(w, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ*?,/-") != "" {
			return nil, fmt.Errorf("%s is not a field: use digits, names of days and months, and * , - /", quote(w))
		}
		// The parser takes *-5 for *, and drops what is missing between commas.
		if strings.Contains(w, "*-") || strings.Contains(w, "?-") || strings.Contains(","+w+",", ",,") {
			return nil, fmt.Errorf("field %d, %s, is not complete", i+1, quote(w))
		}
	}
	return words, nil
}

// sundays rewrites a field of weekdays in which Sunday is 7, or ends a range, into what the parser knows, for which the
// week begins with Sunday as 0: 5-7 becomes 5,6,0.
func sundays(field string) (string, error) {
	parts := strings.Split(field, ",")
	for i, part := range parts {
		days, step, stepped := strings.Cut(part, "/")
		from, to, ranged := strings.Cut(days, "-")
		switch {
		case from == "7" && ranged && to != "7":
			parts[i] = "0" + part[1:] // from Sunday on
			continue
		case from == "7":
			parts[i] = "0" // nothing comes after it, whatever the steps
			continue
		case to != "7" && (!strings.EqualFold(to, "sun") || strings.EqualFold(from, "sun")):
			continue
		}
		first, ok := weekday(from)
		if !ok {
			return "", fmt.Errorf("there is no weekday %s", quote(from))
		}
		every := 1
		if stepped {
			n, err := strconv.Atoi(step)
			if err != nil || n < 1 {
				return "", fmt.Errorf("%s is not a step", quote(step))
			}
			every = min(n, 7)
		}
		var expanded []string
		for day := first; day <= 7; day += every {
			expanded = append(expanded, strconv.Itoa(day%7))
		}
		parts[i] = strings.Join(expanded, ",")
	}
	return strings.Join(parts, ","), nil
}

// weekday is the number of a weekday, 0 to 6, or of its name of three letters.
func weekday(s string) (int, bool) {
	if len(s) == 1 && s[0] >= '0' && s[0] <= '6' {
		return int(s[0] - '0'), true
	}
	for w := time.Sunday; w <= time.Saturday; w++ {
		if strings.EqualFold(s, w.String()[:3]) {
			return int(w), true
		}
	}
	return 0, false
}

// parse calls the library's parser, which panics on some of what it should refuse (robfig/cron issue 554).
func parse(spec string) (s *cron.SpecSchedule, err error) {
	defer func() {
		if r := recover(); r != nil {
			s, err = nil, errors.New("it is not a cron expression")
		}
	}()
	parsed, err := cron.NewParser(cron.Minute | cron.Hour | cron.Dom | cron.Month | cron.Dow).Parse(spec)
	if err != nil {
		return nil, err
	}
	s, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return nil, errors.New("it is not five cron fields")
	}
	return s, nil
}

// either reports whether a date may fit by its day or by its weekday: cron's rule where both are restricted.
func (f fields) either() bool {
	return f.day&star == 0 && f.weekday&star == 0
}

// leapDay reports whether 29 February is the one date of the year that is meant, or the last days of February that are.
func (f fields) leapDay() bool {
	return f.month&^star == 1<<time.February && f.day&(1<<29) != 0 && f.day&(1<<28) == 0
}

// possible reports whether any date fits.
func (f fields) possible() bool {
	if f.either() {
		return true
	}
	for d := (Date{2000, time.January, 1}); d.Year == 2000; d = d.AddDays(1) { // a leap year
		if f.month&(1<<d.Month) != 0 && f.day&(1<<d.Day) != 0 {
			return true
		}
	}
	return false
}

// on reports whether a date fits.
func (f fields) on(d Date) bool {
	if f.month&(1<<d.Month) == 0 {
		return false
	}
	day := f.day&(1<<d.Day) != 0
	if f.leapDay() && d.Day == 28 && !leap(d.Year) {
		day = true
	}
	week := f.weekday&(1<<d.Weekday()) != 0
	if f.either() {
		return day || week
	}
	return day && week
}

// hint says what of the expression surprises people, "" where nothing does.
func (f fields) hint() string {
	var out []string
	if f.either() {
		out = append(out, "on "+f.daysOfMonth()+" or on "+f.weekdays())
	}
	if f.leapDay() {
		out = append(out, "on 28 February in common years")
	}
	return strings.Join(out, "; ")
}

func (f fields) daysOfMonth() string {
	var days []string
	for day := 1; day <= 31; day++ {
		if f.day&(1<<day) != 0 {
			days = append(days, strconv.Itoa(day)+ordinal(day))
		}
	}
	if len(days) > 5 {
		return "those days of the month"
	}
	return "the " + list(days, "and", "")
}

func (f fields) weekdays() string {
	var days []string
	for i := range 7 {
		if w := fromMonday(i); f.weekday&(1<<w) != 0 {
			days = append(days, w.String()+"s")
		}
	}
	return list(days, "and", "")
}

func ordinal(n int) string {
	switch {
	case n%10 == 1 && n != 11:
		return "st"
	case n%10 == 2 && n != 12:
		return "nd"
	case n%10 == 3 && n != 13:
		return "rd"
	}
	return "th"
}
