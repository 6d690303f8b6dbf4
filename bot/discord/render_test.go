package discord

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

var update = flag.Bool("update", false, "rewrite the golden files with what is drawn now")

// TestRenderGolden draws views of every kind; the files are to be read.
func TestRenderGolden(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	answer := func(q string) bot.View {
		v := bot.AnswerView(corpus.Ask(q, now), bot.Brief)
		v.Again = bot.CommandState("whowon", q)
		return v
	}
	day, _ := bot.DayView(bot.Day{Year: 2026, Month: time.March, Day: 2},
		corpus.Day(facts.DayQuery{Year: 2026, Month: time.March, Day: 2}))
	views := map[string]bot.View{
		"winner": answer("best picture 2025"), "nominees": answer("best actress nominees 2008"), "ceremony": answer("oscars 2025"),
		"person": answer("sean baker"), "record": answer("most oscars won by a film"), "notfound": answer("who won"),
		"day":      day,
		"question": question(now), "long": long(400), "hostile": hostileView("@everyone <@1> *a* [x](https://evil.example) `` ||s||"),
		"private": {Private: true, Lead: bot.L("You picked ", bot.B("B"), ".")},
	}
	for name, v := range views {
		cs, pages := render(bot.Paged(v, ""), 0) // as where no pages are published
		got, err := json.MarshalIndent(map[string]any{"pages": pages, "components": cs}, "", "  ")
		if err != nil {
			t.Fatal(err)
		}
		golden(t, filepath.Join("testdata", "render", name+".json"), append(got, '\n'))
	}
}

func golden(t *testing.T, file string, got []byte) {
	t.Helper()
	want, err := os.ReadFile(file)
	if err == nil && bytes.Equal(got, want) {
		return
	}
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	t.Errorf("%s is not what is drawn now; -update rewrites it, and the difference is to be read:\n%s", file, got)
}

func question(now time.Time) bot.View {
	closes := bot.T("in 30 seconds")
	closes.Kind, closes.Time = bot.SpanTime, now.Add(30*time.Second)
	v := bot.View{Title: bot.L("1 of 10 · Oscars · hard"), Lead: bot.L(bot.B("Who directed Anora?")),
		Footer: []bot.Line{bot.L("Choose A or B. Closes ", closes, " · 300 points.")}}
	l := &bot.List{}
	for i, o := range []string{"Sean Baker", "1. Brady Corbet"} {
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.B(string(rune('A'+i))), "  "+o)})
		v.Buttons = append(v.Buttons, bot.Button{State: fmt.Sprint("t/a/r/1/", i), Label: string(rune('A'+i)) + "  " + o})
	}
	v.Blocks = []bot.Block{l}
	v.Buttons = append(v.Buttons, bot.Button{State: "t/say/r/1", Label: "Answer", Style: bot.StyleMain, Asks: true})
	return v
}

// long is a view of many lines, each with its number.
func long(lines int) bot.View {
	l := &bot.List{Title: bot.L("Lines")}
	for i := range lines {
		l.Items = append(l.Items, bot.Item{Line: bot.L(fmt.Sprintf("line %d of many, with *stars*", i))})
	}
	return bot.View{Title: bot.L("Long"), Lead: bot.L("All of them"), Blocks: []bot.Block{l}, Again: "c/whowon long",
		Footer: []bot.Line{bot.L("Source: a table")}}
}

// hostileView has a text in every place that a text can come to.
func hostileView(s string) bot.View {
	return bot.View{Title: bot.L("of ", bot.B(s)), Lead: bot.L(bot.B(s), s), Blocks: []bot.Block{
		&bot.Text{Lines: []bot.Line{bot.L(s), bot.L(bot.B(s), bot.B(s), " and ", bot.Ask(s))}},
		&bot.List{Title: bot.L(s), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(s)}, {Line: bot.L(s, bot.Link(s, "https://a.example/(x)"))}}},
		&bot.Table{Head: []string{s, "b"}, Rows: [][]bot.Line{{bot.L(s), bot.L(bot.Mention(bot.User{ID: "no ID", Name: s}))}}},
	}, Footer: []bot.Line{bot.L(s)}, Buttons: []bot.Button{{State: "t/x", Label: s}, {State: "t/" + s, Label: "long"}},
		Next: []bot.Suggestion{{Label: s, Value: s}}, Again: bot.CommandState("whowon", s)}
}

var pieces = []string{"@everyone", "@here", "<@80351110224678912>", "<#1>", "<@&1>", "<:a:1>", "</help:1>", "<t:1:R>", "<id:home>",
	"*", "**", "_", "__", "~~", "`", "```", "||", "> ", ">>> ", "# ", "-# ", "- ", "+ ", "1. ", "[x](https://evil.example)", "\\",
	"https://evil.example", "discord.gg/abc", ":smile:", "a", "Ö", "映画", "👩‍🚀", "\u202e", "\u200b", "\x00", "\n", "é\u0301\u0301", " ",
	"🏆", "word", ")", "(", "&lt;"}

func hostileText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(12) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	if r.IntN(40) == 0 {
		return strings.Repeat(b.String()+"x", 1+r.IntN(400))
	}
	return b.String()
}

func TestHostileTextsStayTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 2))
	for range 10_000 {
		s := hostileText(r)
		v := hostileView(s)
		_, pages := render(v, 0)
		var shown strings.Builder
		for page := range pages {
			cs, _ := render(v, page)
			checkLimits(t, s, cs)
			for _, c := range cs[0].Components {
				shown.WriteString(c.Content + "\n")
			}
		}
		if len(s) > maxTitle/2 {
			continue // cut, somewhere
		}
		text, rest := readBack(shown.String())
		if m := markup.FindString(rest); m != "" {
			t.Fatalf("%.80q leaves markup %q in\n%s", s, m, shown.String())
		}
		want := strings.Join(strings.Fields(bot.Clean(s)), " ")
		if n := strings.Count(strings.Join(strings.Fields(text), " "), want); n < 8 {
			t.Fatalf("%.80q is read back %d times from\n%s\nas\n%s", s, n, shown.String(), text)
		}
	}
}

// markup is what may not be left once the escaped signs and our own marks are gone.
var markup = regexp.MustCompile("[*_~`|<>@#\\[\\]]|://|:[a-z]+:|(?m)^ *(?:[-+]|\\d+\\.) ")

// readBack reads markdown as Discord does: text is what is seen, rest is the same without what was escaped.
func readBack(s string) (text, rest string) {
	var seen, left strings.Builder
	for line := range strings.Lines(s) {
		for _, prefix := range []string{"-# ", "### ", "- "} {
			if cut, ok := strings.CutPrefix(line, prefix); ok {
				line = cut
				break
			}
		}
		for i := 0; i < len(line); {
			switch {
			case line[i] == '\\' && i+1 < len(line):
				seen.WriteByte(line[i+1])
				left.WriteRune('·')
				i += 2
			case strings.HasPrefix(line[i:], "**"):
				left.WriteRune('·')
				i += 2
			case line[i] == '[':
				left.WriteRune('·')
				i++
			case strings.HasPrefix(line[i:], "](https://a.example/%28x%29)"):
				i += len("](https://a.example/%28x%29)")
			default:
				seen.WriteByte(line[i])
				left.WriteByte(line[i])
				i++
			}
		}
	}
	return seen.String(), left.String()
}

// checkLimits checks a message by rules written anew from the documentation.
func checkLimits(t *testing.T, what string, cs []component) {
	t.Helper()
	total, count, ids := 0, 0, map[string]bool{}
	var walk func(c component)
	walk = func(c component) {
		count++
		total += len([]rune(c.Content))
		switch c.Type {
		case discordgo.TextDisplayComponent:
			if c.Content == "" {
				t.Errorf("%.80q: an empty text display", what)
			}
		case discordgo.ActionsRowComponent:
			if len(c.Components) < 1 || len(c.Components) > 5 {
				t.Errorf("%.80q: a row of %d buttons", what, len(c.Components))
			}
		case discordgo.ButtonComponent:
			if n := len([]rune(c.Label)); n < 1 || n > 80 || len(c.CustomID) < 1 || len([]rune(c.CustomID)) > 100 || ids[c.CustomID] {
				t.Errorf("%.80q: button %q with the ID %q", what, c.Label, c.CustomID)
			}
			ids[c.CustomID] = true
		}
		for _, in := range c.Components {
			walk(in)
		}
	}
	for _, c := range cs {
		walk(c)
	}
	if total > 4000 || count > 40 {
		t.Errorf("%.80q: %d characters in %d components", what, total, count)
	}
}

func TestPagesHoldEveryLine(t *testing.T) {
	v := long(400)
	_, pages := render(v, 0)
	if pages < 4 {
		t.Fatalf("%d pages", pages)
	}
	var all strings.Builder
	for page := range pages {
		cs, _ := render(v, page)
		checkLimits(t, "long", cs)
		all.WriteString(cs[0].Components[0].Content + "\n")
		row := cs[0].Components[len(cs[0].Components)-1]
		if want := 2; (page == 0 || page == pages-1) && len(row.Components) != 1 || page > 0 && page < pages-1 && len(row.Components) != want {
			t.Errorf("page %d has %d buttons", page, len(row.Components))
		}
	}
	for i := range 400 {
		if n := strings.Count(all.String(), fmt.Sprintf("line %d of", i)); n != 1 {
			t.Errorf("line %d is there %d times", i, n)
		}
	}
	if last, _ := render(v, 99); last[0].Components[0].Content == "" {
		t.Error("a page that does not exist shows nothing")
	}
}

func TestWithoutAgainTheRestIsCounted(t *testing.T) {
	v := long(400)
	v.Again = ""
	cs, pages := render(v, 0)
	text := cs[0].Components[0].Content
	n := strings.Count(text, "\n- line")
	if pages != 1 || !strings.HasSuffix(text, fmt.Sprintf("-# and %d lines more; ask for less at a time", 400-n)) {
		t.Errorf("%d pages; %d lines, and it ends with %q", pages, n, text[len(text)-80:])
	}
}

func TestManyButtons(t *testing.T) {
	v := long(400)
	for i := range 40 {
		v.Buttons = append(v.Buttons, bot.Button{State: fmt.Sprint("t/", i), Label: fmt.Sprint(i)})
	}
	cs, _ := render(v, 1)
	checkLimits(t, "many buttons", cs)
}

func TestCustomIDs(t *testing.T) {
	for id, want := range map[string]struct {
		state      string
		page       int
		asks, okay bool
	}{
		"t/a/r/1/2": {"t/a/r/1/2", 0, false, true}, pageID("c/whowon a: b", 7): {"c/whowon a: b", 7, false, true},
		inputID("t/say/r/1"): {"t/say/r/1", 0, true, true}, "": {}, "i:": {"", 0, true, false}, "p3:": {"", 3, false, false},
		"px:c/a": {"px:c/a", 0, false, true}, "p-1:c/a": {"p-1:c/a", 0, false, true}, "c/p1:x": {"c/p1:x", 0, false, true},
	} {
		state, page, asks, ok := parseCustomID(id)
		if state != want.state || page != want.page || asks != want.asks || ok != want.okay {
			t.Errorf("%q is %q, page %d, asks %v, %v", id, state, page, asks, ok)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	corpus, err := facts.Load()
	if err != nil {
		b.Fatal(err)
	}
	for _, q := range []string{"best picture 2025", "oscars 2025"} {
		v := bot.AnswerView(corpus.Ask(q, time.Now()), bot.Brief)
		v.Again = bot.CommandState("whowon", q)
		b.Run(strings.ReplaceAll(q, " ", "_"), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := json.Marshal(draw(v, 0)); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
