package bot

import (
	"context"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// fakeFacts answers with the question, and panics when asked to.
type fakeFacts struct{}

func (fakeFacts) Ask(q string, _ time.Time) facts.Answer {
	if q == "panic" {
		panic("asked to")
	}
	return facts.Answer{Kind: facts.KindFirst, Query: q, Firsts: []facts.First{{Claim: q}}}
}
func (fakeFacts) Complete(prefix string, n int) []facts.Completion {
	return []facts.Completion{{Text: prefix + "ora"}}[:min(n, 1)]
}
func (fakeFacts) Day(q facts.DayQuery) []facts.Event {
	if q.Month != time.May {
		return nil
	}
	return []facts.Event{{Year: 1929, Kind: "ceremony", Subject: "1st Academy Awards", Source: "editor", Query: "oscars 1929"},
		{Year: 1926, Kind: "birth", Subject: "Somebody", Confidence: "single-source"}}
}
func (fakeFacts) Topics() []facts.Topic {
	return []facts.Topic{{Key: "film", Name: "Film"}, {Key: "academy-awards", Name: "Oscars", Group: "film"}}
}
func (fakeFacts) Topic(word string) (string, bool) {
	return "academy-awards", strings.EqualFold(word, "oscars")
}
func (fakeFacts) Fact(topic string, _ uint64, _ time.Time) (facts.Fact, bool) {
	return facts.Fact{First: &facts.First{Claim: "first of all"}}, topic == ""
}
func (fakeFacts) DataTo() string { return "2026-03-15" }

// fakePlatform delivers what it is given and records what it is sent.
type fakePlatform struct {
	in   []Inbound
	fail error

	mu   sync.Mutex
	sent []string
	keys []string
}

func (*fakePlatform) Info() Info { return Info{Name: "fake"} }
func (p *fakePlatform) Run(ctx context.Context, deliver Deliver) error {
	for _, in := range p.in {
		deliver(in)
	}
	if p.fail != nil {
		return p.fail
	}
	<-ctx.Done()
	return nil
}
func (p *fakePlatform) Send(_ context.Context, _ Target, v View, key string) (MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sent, p.keys = append(p.sent, Plain(v)), append(p.keys, key)
	return MessageRef{}, nil
}
func (*fakePlatform) Edit(context.Context, MessageRef, View) error { return ErrUnsupported }

func ask(id, name, args string, done func()) Inbound {
	return Inbound{ID: id, Command: &Command{name, args}, Done: done}
}

// run delivers everything, lets it be handled, and ends the bot.
func run(t *testing.T, p *fakePlatform) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		b := New(Options{Facts: func() Facts { return fakeFacts{} }, Seed: func() uint64 { return 1 },
			Now: func() time.Time { return time.Date(2029, 5, 16, 9, 0, 0, 0, time.UTC) }})
		if err := b.Run(ctx, p); !errors.Is(err, p.fail) {
			t.Errorf("Run: %v", err)
		}
	})
}

func TestBotAnswersInOrderAndOnce(t *testing.T) {
	var dones atomic.Int32
	p := &fakePlatform{in: []Inbound{
		ask("1", "whowon", "one", func() { dones.Add(1) }),
		ask("1", "whowon", "one", func() { dones.Add(1) }),
		ask("2", "whowon", "two", func() { dones.Add(1) }),
		ask("", "fact", "", nil), ask("", "fact", "", nil),
	}}
	run(t, p)
	if got := strings.Join(p.keys, " "); got != "reply/1 reply/2  " {
		t.Errorf("keys %q", got)
	}
	if len(p.sent) != 4 || !strings.HasPrefix(p.sent[0], "One\n") || !strings.HasPrefix(p.sent[1], "Two\n") {
		t.Errorf("sent %q", p.sent)
	}
	if dones.Load() != 2 {
		t.Errorf("Done was called %d times for 2 deliveries that were taken", dones.Load())
	}
}

func TestAFaultIsAnApologyAndTheBotGoesOn(t *testing.T) {
	p := &fakePlatform{in: []Inbound{ask("x7", "whowon", "panic", nil), ask("x8", "whowon", "still here", nil)}}
	run(t, p)
	if len(p.sent) != 2 || !strings.Contains(p.sent[0], "Sorry") || !strings.Contains(p.sent[0], "x7") || !strings.HasPrefix(p.sent[1], "Still here") {
		t.Errorf("sent %q", p.sent)
	}
}

func TestRunReturnsAPlatformsError(t *testing.T) {
	run(t, &fakePlatform{fail: errors.New("lost")})
}

func TestCommands(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"/onthisday 16 may", "On this day · 16 May\n1929 (100 years ago): 1st Academy Awards\n" +
			"More: “oscars 1929” · whowon's editors (" + sourcesPage + ")\nAlso:\n" +
			"  1926 (103 years ago): Somebody was born (unconfirmed: one source) · more: whowon's tables\n"},
		{"/onthisday 1 june", "On this day · 1 June\nOur tables have nothing for this day.\n"},
		{"/onthisday oscars 1 june", "On this day · 1 June · Oscars\nOur tables have nothing for this day about Oscars.\n"},
		{"/onthisday 3/4", "“3/4” is not a day of the year.\n" + dayWords + "\n"},
		{"/onthisday 1 june \u202eosk*rs", "“osk*rs” is not a topic.\n" + topicWords("Oscars") + "\n[Oscars]\n"},
		{"/onthisday zzz", "“zzz” is neither a topic nor a day of the year.\n" + dayWords + "\n" + topicWords("Film, Oscars") +
			"\n[Film] [Oscars]\n"},
		{"/fact", "First of all\nSource: whowon's tables\n"},
		{"/fact \u202ewurst", "No fact about “wurst” in our tables.\nTry an award, a film, a person or a year, or /fact alone.\n"},
		{"/nope <!channel>", "There is no command “/nope”.\nThere are /whowon, /fact, /onthisday, /help.\n"},
	} {
		c := ParseCommand(tt.line)
		p := &fakePlatform{in: []Inbound{{Command: &c}}}
		run(t, p)
		if len(p.sent) != 1 || p.sent[0] != tt.want {
			t.Errorf("%s:\n%s\nwant\n%s", tt.line, strings.Join(p.sent, "---\n"), tt.want)
		}
	}
}

func TestHelpNamesEveryCommand(t *testing.T) {
	b := New(Options{})
	help := Plain(helpView(b.Commands(), "2026-03-15"))
	for _, c := range b.Commands() {
		if !strings.Contains(help, "/"+c.Name) || c.Help == "" {
			t.Errorf("help lacks /%s:\n%s", c.Name, help)
		}
	}
}

func TestParseCommand(t *testing.T) {
	for line, want := range map[string]Command{
		"best picture 2025":     {"whowon", "best picture 2025"},
		"/fact oscars":          {"fact", "oscars"},
		"  /FACT\toscars  ":     {"fact", "oscars"},
		"/help":                 {"help", ""},
		"Help ":                 {"help", ""},
		"the help":              {"whowon", "the help"},
		"/whowon help":          {"whowon", "help"},
		"/":                     {"", ""},
		"":                      {"whowon", ""},
		"// <!channel> comment": {"/", "<!channel> comment"},
	} {
		if got := ParseCommand(line); got != want {
			t.Errorf("%q is %+v, want %+v", line, got, want)
		}
	}
}

func TestAButtonRunsACommand(t *testing.T) {
	state := CommandState("whowon", "best  <@1> picture\n2025")
	p := &fakePlatform{in: []Inbound{{Press: &Press{State: state}}, {Press: &Press{State: "c/nope"}}, {Press: &Press{State: "x/1"}}}}
	run(t, p)
	if len(p.sent) != 3 || !strings.HasPrefix(p.sent[0], "Best  <@1> picture 2025") ||
		!strings.Contains(p.sent[1], "no command “/nope”") || !strings.Contains(p.sent[2], "nothing any more") {
		t.Errorf("%q shows %q", state, p.sent)
	}
	if s := CommandState("whowon", strings.Repeat("é", 60)); s != "" {
		t.Errorf("a state of %d bytes", len(s))
	}
}

func TestACommandFromAForm(t *testing.T) {
	c := CommandInfo{Options: []Option{{Name: "category"}, {Name: "seconds", Form: "%s"}, {Name: "mode"}}}
	got := c.Line(map[string]string{"mode": " race ", "seconds": "20", "other": "x"})
	if got != "20s race" {
		t.Errorf("the line is %q", got)
	}
}

func TestSuggest(t *testing.T) {
	b := New(Options{Facts: func() Facts { return fakeFacts{} }})
	if got := b.Suggest("whowon", "query", "an", 25); len(got) != 1 || got[0] != (Suggestion{"anora", "anora"}) {
		t.Errorf("/whowon an: %v", got)
	}
	if got := b.Suggest("onthisday", "topic", "osc", 25); len(got) != 1 || got[0].Value != "Oscars" {
		t.Errorf("/onthisday topic osc: %v", got)
	}
	if got := b.Suggest("onthisday", "date", "osc", 25); got != nil {
		t.Errorf("/onthisday date osc: %v", got)
	}
	if got := b.Suggest("nope", "query", "an", 25); got != nil {
		t.Errorf("/nope an: %v", got)
	}
}

func TestComplete(t *testing.T) {
	b := New(Options{Facts: func() Facts { return fakeFacts{} }})
	for line, want := range map[string]string{
		"/w": "/whowon ", "/": "/whowon |/fact |/onthisday |/help", "an": "anora", "/whowon an": "/whowon anora", "/onthisday 2": "", "": "", "/zz": "",
	} {
		if got := strings.Join(b.Complete(line, 10), "|"); got != want {
			t.Errorf("Complete(%q) = %q, want %q", line, got, want)
		}
	}
}

func TestSeenForgetsTheOldest(t *testing.T) {
	s := newSeen(2)
	for _, tt := range []struct {
		id  string
		new bool
	}{{"a", true}, {"a", false}, {"b", true}, {"c", true}, {"b", false}, {"a", false}, {"d", true}, {"e", true}, {"c", false},
		{"a", true}, {"b", true}, {"", true}, {"", true}} {
		if got := s.add(tt.id); got != tt.new {
			t.Errorf("add(%q) = %v", tt.id, got)
		}
	}
}
