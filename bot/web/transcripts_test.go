package web

import (
	"context"
	"html"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/bottest"
	"github.com/whowon-bot/whowon/facts"
)

// TestTranscriptsRead: everything that the bot shows in the transcripts reads on the page as it does in plain text.
func TestTranscriptsRead(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	world := bottest.NewWorld(corpus)
	files, err := filepath.Glob("../bottest/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	d, err := newDrawer(true)
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			drawn := 0
			if _, err := world.PlayOn(t, data, func(tb testing.TB, s bottest.Setup) bottest.Medium {
				return &drawing{bottest.NewMedium(tb, s), tb, d, &drawn}
			}); err != nil {
				t.Fatal(err)
			}
			if drawn == 0 {
				t.Error("nothing was shown")
			}
		})
	}
}

// drawing is a medium whose views are drawn for the page too.
type drawing struct {
	bottest.Medium
	t     testing.TB
	d     *drawer
	drawn *int
}

// Boot implements bottest.Medium.
func (m *drawing) Boot() (bot.Platform, error) {
	p, err := m.Medium.Boot()
	return &drawnPlatform{p, m}, err
}

type drawnPlatform struct {
	bot.Platform
	m *drawing
}

// Send implements bot.Platform.
func (p *drawnPlatform) Send(ctx context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	p.m.check(v)
	return p.Platform.Send(ctx, to, v, key)
}

// Edit implements bot.Platform.
func (p *drawnPlatform) Edit(ctx context.Context, ref bot.MessageRef, v bot.View) error {
	p.m.check(v)
	return p.Platform.Edit(ctx, ref, v)
}

func (m *drawing) check(v bot.View) {
	*m.drawn++
	shown, err := m.d.message("x-1", &message{view: v})
	if err != nil {
		m.t.Error(err)
		return
	}
	if text := read(shown); !bottest.Reads(v, text) {
		m.t.Errorf("the page reads\n%s\nof the view\n%s", text, bot.Plain(v))
	}
}

var (
	buttonRow = regexp.MustCompile(`(?s)<div class="buttons">.*?</div>`)
	asking    = regexp.MustCompile(`(?s)<button class="ask"[^>]*>(.*?)</button>`)
	moment    = regexp.MustCompile(`(?s)<time[^>]*>.*?</time>`)
	blockEnds = regexp.MustCompile(`</(p|li|tr|td|th|div|button)>`)
	anyTag    = regexp.MustCompile(`<[^>]*>`)
)

// read is what a page says, without the rows of buttons, which plain text tells apart.
func read(page string) string {
	page = buttonRow.ReplaceAllString(page, "")
	page = asking.ReplaceAllString(page, "“$1”")
	page = moment.ReplaceAllString(page, "&lt;time&gt;")
	page = blockEnds.ReplaceAllString(page, "$0\n")
	return strings.TrimSpace(html.UnescapeString(anyTag.ReplaceAllString(page, "")))
}
