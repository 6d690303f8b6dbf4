package console

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"
	"unicode"

	"github.com/creack/pty"

	"github.com/whowon-bot/whowon/bot"
)

// echoBot answers every command with what it was.
func echoBot(c *Console, got *[]bot.Command) bot.Deliver {
	return func(in bot.Inbound) error {
		if in.Command == nil {
			in.Command = &bot.Command{Name: "whowon", Args: in.Text}
		}
		*got = append(*got, *in.Command)
		go func() {
			defer in.Done()
			c.Send(context.Background(), in.To, bot.View{Lead: bot.L(in.Command.Name + ": " + bot.Clip(in.Command.Args, 100))}, "")
		}()
		return nil
	}
}

func noEnv(string) string { return "" }

func piped(t *testing.T, input string) (string, []bot.Command) {
	t.Helper()
	var out strings.Builder
	var got []bot.Command
	c := New(Options{In: strings.NewReader(input), Out: &out, Getenv: noEnv})
	if err := c.Run(t.Context(), echoBot(c, &got)); err != nil {
		t.Fatal(err)
	}
	return out.String(), got
}

func TestPipedLinesAreAnsweredInOrder(t *testing.T) {
	out, got := piped(t, "best picture 2025\r\n\n  /FACT oscars\n/onthisday") // the last line has no end
	if want := "whowon: best picture 2025\n\nfact: oscars\n\nonthisday:\n\n"; out != want {
		t.Errorf("got %q, want %q", out, want)
	}
	if len(got) != 3 {
		t.Errorf("delivered %v", got)
	}
}

func TestQuitEndsThePipe(t *testing.T) {
	if out, _ := piped(t, "one\n/quit\ntwo\n"); out != "whowon: one\n\n" {
		t.Errorf("got %q", out)
	}
}

func TestPipedHostileLines(t *testing.T) {
	for _, s := range []string{"", "\x00", "\x1b[2J\x1b]0;owned\a", "\u009b31m", "\u202eevil", "a\u200bb", "שלום", "👩‍👩‍👧", "@everyone", "<!channel>",
		"'; DROP TABLE x; --", "**b** `c`", "\xff\xfe", strings.Repeat("x", 10_000), strings.Repeat("y", 1_000_000)} {
		out, _ := piped(t, s+"\nafter\n")
		for _, r := range out {
			if r != '\n' && unicode.Is(unicode.C, r) {
				t.Errorf("%.40q put %U on the terminal", s, r)
			}
		}
		if !strings.HasSuffix(out, "whowon: after\n\n") {
			t.Errorf("%.40q: the next line was not answered: %.80q", s, out)
		}
	}
}

func TestRunEndsWithItsContext(t *testing.T) {
	r, w := io.Pipe()
	defer w.Close()
	ctx, cancel := context.WithCancel(t.Context())
	var got []bot.Command
	c := New(Options{In: r, Out: io.Discard, Getenv: noEnv})
	ended := make(chan error)
	go func() { ended <- c.Run(ctx, echoBot(c, &got)) }()
	cancel()
	select {
	case err := <-ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("Run goes on")
	}
}

func TestColourOnlyWhereAskedFor(t *testing.T) {
	v := bot.View{Title: bot.L(bot.B("Best Picture")), Lead: bot.L("Winner: ", bot.B("Anora"), " ", bot.Ask("x")), Footer: []bot.Line{bot.L("Source")}}
	for _, tt := range []struct {
		color string
		want  bool
	}{{"", false}, {"auto", false}, {"never", false}, {"always", true}} {
		var out strings.Builder
		c := New(Options{Config: Config{Color: tt.color}, Out: &out, Getenv: noEnv})
		c.Send(t.Context(), bot.Target{}, v, "")
		if got := strings.Contains(out.String(), "\x1b["); got != tt.want {
			t.Errorf("color %q: %q", tt.color, out.String())
		}
		if tt.want && strings.Count(out.String(), codeReset) != 4 {
			t.Errorf("unbalanced colour: %q", out.String())
		}
	}
}

func TestRenderWraps(t *testing.T) {
	v := bot.View{Lead: bot.L("one two three four five six seven eight"),
		Blocks: []bot.Block{&bot.Table{Rows: [][]bot.Line{{bot.L("Best Picture"), bot.L("a long winner that wraps")}}}}}
	want := "one two three four five\n  six seven eight\n  Best Picture  a long\n    winner that wraps\n"
	if got := render(v, 24, false); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	if got := render(v, 5, false); strings.Count(got, "\n") != 2 {
		t.Errorf("a very narrow terminal is left to wrap by itself, got\n%s", got)
	}
}

type words []string

func (w words) Complete(line string, n int) []string {
	var found []string
	for _, s := range w {
		if strings.HasPrefix(strings.ToLower(s), strings.ToLower(line)) && len(found) < n {
			found = append(found, s)
		}
	}
	return found
}

func TestTab(t *testing.T) {
	var shown strings.Builder
	c := &completion{complete: words{"Best Picture", "Best Pictures", "anora", "best actor"}, show: &shown}
	step := func(line string, pos int, want string, wantPos int) {
		t.Helper()
		got, gotPos, ok := c.key(line, pos, '\t')
		if !ok || got != want || gotPos != wantPos {
			t.Errorf("Tab on %q at %d: %q at %d (%v), want %q at %d", line, pos, got, gotPos, ok, want, wantPos)
		}
	}
	step("an", 2, "anora", 5)                     // the only one
	step("an 2025", 2, "anora 2025", 5)           // what is behind the cursor stays
	step("zzz", 3, "zzz", 3)                      // none
	step("best p", 6, "Best Picture", 12)         // what all have in common
	step("best ", 5, "best ", 5)                  // nothing more in common: listed
	step("best ", 5, "Best Picture", 12)          // then one after the other
	step("Best Picture", 12, "Best Pictures", 13) //
	if !strings.Contains(shown.String(), "best actor") {
		t.Errorf("listed %q", shown.String())
	}
	if _, _, ok := c.key("x", 1, 'a'); ok {
		t.Error("another key was taken")
	}
}

func TestHistory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state", "history")
	h := openHistory(file, New(Options{}).o.Log)
	for _, s := range []string{"one", "two", "two", " ", "th\x1b[31mree"} {
		h.Add(s)
	}
	h = openHistory(file, h.log)
	if h.Len() != 3 || h.At(0) != "th[31mree" || h.At(2) != "one" {
		t.Errorf("read back %q", h.lines)
	}
	if info, _ := os.Stat(file); info.Mode().Perm() != 0o600 {
		t.Errorf("others may read the history: %v", info.Mode())
	}
	os.WriteFile(file, []byte(strings.Repeat("a\nb\n", 2*keptLines)), 0o600)
	if h = openHistory(file, h.log); h.Len() != keptLines {
		t.Errorf("%d lines kept", h.Len())
	}
	if data, _ := os.ReadFile(file); strings.Count(string(data), "\n") != keptLines {
		t.Error("the file was not cut back")
	}
	h = openHistory(t.TempDir(), h.log) // a folder is no file
	h.Add("still works")
	if h.Len() != 1 {
		t.Error("no history without a file")
	}
}

func TestInputIsCleanedBeforeItIsEchoed(t *testing.T) {
	in := "a\x1b[A\u009b31m\u202eé\xff👩\u200d\r\x04\xc3"
	for _, chunks := range []func(io.Reader) io.Reader{iotest.OneByteReader, iotest.DataErrReader, func(r io.Reader) io.Reader { return r }} {
		got, err := io.ReadAll(&cleanInput{r: chunks(strings.NewReader(in))})
		if want := "a\x1b[A31mé👩\r\x04"; err != nil || string(got) != want {
			t.Errorf("got %q (%v), want %q", got, err, want)
		}
	}
}

// session is a console on a pseudo-terminal.
type session struct {
	keys   *os.File
	tty    *os.File
	screen *screen
	before string // the terminal's mode
	got    []bot.Command
	ended  chan error
}

func start(ctx context.Context, t *testing.T) *session {
	t.Helper()
	ptmx, tty, err := pty.Open()
	if err != nil {
		t.Fatalf("this test needs a pseudo-terminal: %v", err)
	}
	t.Cleanup(func() { ptmx.Close(); tty.Close() })
	if err := pty.Setsize(ptmx, &pty.Winsize{Rows: 24, Cols: 80}); err != nil {
		t.Fatal(err)
	}
	s := &session{keys: ptmx, tty: tty, screen: &screen{t: t}, before: stateOf(t, tty), ended: make(chan error, 1)}
	go io.Copy(s.screen, ptmx)
	c := New(Options{In: tty, Out: tty, Getenv: noEnv, Config: Config{History: "off"}, Complete: words{"anora"}, Greeting: "hello"})
	go func() { s.ended <- c.Run(ctx, echoBot(c, &s.got)) }()
	s.screen.wait(prompt) // in raw mode from here on
	return s
}

// end waits for the end and checks that the terminal is as it was.
func (s *session) end(t *testing.T) string {
	t.Helper()
	select {
	case err := <-s.ended:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("the session goes on")
	}
	text := s.screen.wait("\x1b[?2004l") // bracketed paste off
	if after := stateOf(t, s.tty); after != s.before {
		t.Errorf("the terminal was not restored: %v, before %v", after, s.before)
	}
	return text
}

func TestOnARealTerminal(t *testing.T) {
	s := start(t.Context(), t)
	io.WriteString(s.keys, "anX\x7f\t 2025\r") // a slip, backspace, Tab
	s.screen.wait("whowon: anora 2025")
	io.WriteString(s.keys, "\x1b[A\x7f\x7f24\r") // up, edit
	s.screen.wait("whowon: anora 2024")
	io.WriteString(s.keys, "\x04") // Ctrl-D
	text := s.end(t)
	if len(s.got) != 2 || s.got[0].Args != "anora 2025" || s.got[1].Args != "anora 2024" {
		t.Errorf("delivered %q", s.got)
	}
	for _, want := range []string{"hello\r\n", "whowon: anora 2025\r\n", codeBold} {
		if !strings.Contains(text, want) {
			t.Errorf("the terminal lacks %q:\n%q", want, text)
		}
	}
}

func TestEveryEndRestoresTheTerminal(t *testing.T) {
	for name, keys := range map[string]string{"Ctrl-C": "\x03", "Ctrl-C in a line": "best\x03", "Ctrl-D": "\x04", "quit": "/quit\r"} {
		t.Run(name, func(t *testing.T) {
			s := start(t.Context(), t)
			io.WriteString(s.keys, keys)
			s.end(t)
		})
	}
	t.Run("the program is told to end", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		s := start(ctx, t)
		cancel()
		s.end(t)
	})
}

// screen collects what a terminal shows.
type screen struct {
	t  *testing.T
	mu sync.Mutex
	b  strings.Builder
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

// wait waits until the screen shows text, and returns all it shows.
func (s *screen) wait(text string) string {
	s.t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		s.mu.Lock()
		all := s.b.String()
		s.mu.Unlock()
		if strings.Contains(all, text) {
			return all
		}
		if time.Now().After(deadline) {
			s.t.Fatalf("the terminal never showed %q:\n%q", text, all)
		}
	}
}

func TestNamesAndButtons(t *testing.T) {
	var shown strings.Builder
	c := New(Options{In: strings.NewReader("/trivia start\nada> b\n/as bob\nAgain\n2 < 3> x\ncy> it is > 1\n"), Out: &shown, Getenv: noEnv})
	var got []bot.Inbound
	err := c.Run(t.Context(), func(in bot.Inbound) error {
		got = append(got, in)
		if len(got) == 1 {
			c.Send(t.Context(), in.To, bot.View{Buttons: []bot.Button{{State: "a/0", Label: "A  Anora"}, {State: "a/1", Label: "B  Bird"}, {State: "again", Label: "Again"}}}, "")
		}
		if in.Press != nil {
			c.Send(t.Context(), in.To, bot.View{Private: true, Lead: bot.L("taken")}, "")
		}
		in.Done()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, in := range got {
		what := in.Text
		switch {
		case in.Command != nil:
			what = "/" + in.Command.Name + " " + in.Command.Args
		case in.Press != nil:
			what = "[" + in.Press.State + "]"
		}
		said = append(said, fmt.Sprintf("%s %v %s", in.From.ID, in.Moderator, what))
	}
	want := []string{"you true /trivia start", "ada false [a/1]", "bob false [again]", "bob false 2 < 3> x", "cy false it is > 1"}
	if !slices.Equal(said, want) {
		t.Errorf("got  %q\nwant %q", said, want)
	}
	if !strings.Contains(shown.String(), "[A] [B] [Again]") || !strings.Contains(shown.String(), "ada: taken") {
		t.Errorf("shown:\n%s", shown.String())
	}
}
