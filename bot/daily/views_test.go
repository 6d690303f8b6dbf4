package daily

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
)

// TestPercents wants shares that add up to 100, none of which is off by a hundredth or more.
func TestPercents(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 5000), 2, trivia.MaxOptions).Draw(t, "counts")
		total, sum := 0, 0
		for _, n := range counts {
			total += n
		}
		for i, p := range percents(counts) {
			sum += p
			if total > 0 && (p*total-100*counts[i] >= total || 100*counts[i]-p*total >= total) {
				t.Errorf("%d of %d are %d %%", counts[i], total, p)
			}
		}
		if total > 0 && sum != 100 || total == 0 && sum != 0 {
			t.Errorf("%v are %v, %d together", counts, percents(counts), sum)
		}
	})
}

// TestShareSpoilsNothing shares how it went at questions whose words are in no other text of ours: none of them is told, nor
// a letter.
func TestShareSpoilsNothing(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		word := rapid.StringMatching(`[QX][qx]{3,8}( [QX][qx]{2,5})?`)
		q := trivia.Question{ID: fmt.Sprint("q", n), Text: "Zz " + word.Draw(t, "text") + "?", Category: "oscars",
			Difficulty: trivia.Easy, Answers: []string{"Qq " + word.Draw(t, "answer")}}
		for i := range rapid.IntRange(1, 4).Draw(t, "wrong") {
			q.Wrong = append(q.Wrong, fmt.Sprint("Xx", i, word.Draw(t, "option")))
		}
		value, err := json.Marshal(q)
		if err != nil {
			t.Fatal(err)
		}
		sub, day := fmt.Sprintf("%013d", n), plan.Date{Year: 2026, Month: 11, Day: 26}.String()
		d, err := r.db.OpenDaily(r.t.Context(), bot.Daily{ID: sub + "/" + day, Guild: guild, Channel: here, Subscription: sub,
			Day: day, Question: value, QuestionID: q.ID}, r.now)
		if err != nil {
			t.Fatal(err)
		}
		option := rapid.IntRange(0, len(q.Wrong)).Draw(t, "option")
		r.press("Ann", answerState+d.ID+"/"+fmt.Sprint(option))
		if err := r.db.CloseDaily(r.t.Context(), d.ID); err != nil {
			t.Fatal(err)
		}
		line := r.press("Ann", shareState+d.ID)
		if !strings.HasPrefix(line, "whowon daily #1 · ") || strings.Contains(line, "\n") {
			t.Fatalf("what is shared is %q", line)
		}
		for _, word := range append(append(strings.Fields(q.Text), q.Answers...), q.Wrong...) {
			if strings.Contains(line, word) {
				t.Errorf("%q is told: %s", word, line)
			}
		}
		for _, word := range strings.Fields(line) {
			if len(word) == 1 && word >= "A" && word <= "Z" {
				t.Errorf("the letter %s is told: %s", word, line)
			}
		}
	})
}

// TestHostileNames answers under names that want to be something else, and wants them as short plain text.
func TestHostileNames(t *testing.T) {
	r := newRig(t, storetest.SQLite(t))
	r.show("2026-11-26")
	names := []string{"@everyone", "<@123456789>", "**Ann**", "\u202eevil", "a\nb\nc", "", "\u200b\u200b",
		strings.Repeat("𝕏", 500), "\x1b[31mred",
		"[click](https://evil.example)", strings.Repeat("Z\u0351\u0351\u0351\u0351\u0351\u0351", 60)}
	a := r.question("2026-11-26")
	for i, name := range names {
		from := bot.User{ID: bot.UserID(fmt.Sprint("u", i)), Name: name}
		state := answerState + a.d.ID + "/" + fmt.Sprint(a.right)
		in := bot.Inbound{From: from, Guild: guild, To: bot.Target{Channel: here}, Press: &bot.Press{State: state}}
		if _, _, err := r.c.Handle(t.Context(), nil, in); err != nil {
			t.Fatal(err)
		}
	}
	r.now = r.now.Add(time.Second)
	for i := range 12 {
		r.answers(fmt.Sprintf("late %02d", i), "2026-11-26", 0)
	}
	v := r.show("2026-11-27")
	for _, b := range v.Blocks {
		text, ok := b.(*bot.Text)
		if !ok {
			continue
		}
		for _, line := range text.Lines {
			for _, span := range line {
				source := span.Kind == bot.SpanPage && span.Text == "Source"
				if span.Kind != bot.SpanText && span.Kind != bot.SpanBold && !source {
					t.Errorf("a name became a span of the kind %d: %v", span.Kind, span)
				}
			}
			if s := line.String(); strings.HasPrefix(s, "Right: ") {
				wants(t, s, "@everyone", "somebody", "a b c", " and 13 more")
				if long := slices.ContainsFunc(line, func(s bot.Span) bool { return utf8.RuneCountInString(s.Text) > 40 }); long {
					t.Errorf("a name is long: %q", s)
				}
				if s != bot.Clean(s) || strings.Contains(s, "late") {
					t.Errorf("names are not inert: %q", s)
				}
			}
		}
	}
}

func TestWhose(t *testing.T) {
	now := plan.Date{Year: 2026, Month: 11, Day: 30} // a Monday
	for day, want := range map[string]string{"2026-11-29": "Yesterday's question", "2026-11-27": "Friday's question",
		"2026-11-24": "Tuesday's question", "2026-11-23": "The question of 23 November",
		"2025-12-31": "The question of 31 December",
		"2026-12-01": "The question of 1 December", "": "The last question"} {
		if got := whose(day, now); got != want {
			t.Errorf("on %s, that of %s is %q, not %q", now, day, got, want)
		}
	}
}
