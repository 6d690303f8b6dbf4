package slack

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// everything is a view with all there is.
func everything(text string) bot.View {
	return bot.View{Title: bot.L(bot.B(text), " title"), Lead: bot.L(text), Again: "c/whowon x",
		Blocks: []bot.Block{&bot.Text{Lines: []bot.Line{bot.L(text, bot.B(text), bot.Link(text, "https://example.org/?a&b"), bot.Ask(text),
			bot.Span{Kind: bot.SpanTime, Text: text, Time: time.Unix(1, 0)})}},
			&bot.List{Title: bot.L(text), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(text)}, {Line: bot.L(bot.Link(text, "https://x.org"))}}},
			&bot.Table{Head: []string{"a", text}, Rows: [][]bot.Line{{bot.L(text), bot.L(bot.B(text))}, {nil, bot.L(text)}}}},
		Footer:  []bot.Line{bot.L(text), bot.L("plain ", bot.Link("source", "https://example.org"))},
		Buttons: []bot.Button{{State: "t/1", Label: text, Style: bot.StyleMain}, {State: "t/2", Label: "b", Asks: true, Style: bot.StyleDanger}}}
}

var texts = []string{"Anora", "*bold* _it_ <!channel> & \"quoted\" \\ back", "é 日本語 🏆 שלום", "tab\tline\nend\x00\x1f", "\xff\xfe broken",
	strings.Repeat("long ", 200), "a\u2028b\u202e", ":tada: > quote https://evil.example"}

// TestEncodedAsSlackGoDoes encodes the same as slack-go's types do.
func TestEncodedAsSlackGoDoes(t *testing.T) {
	for _, text := range texts {
		for _, on := range []surface{surfaceMessage, surfaceView} {
			d := draw(everything(text), 0, on)
			want, err := json.Marshal(slack.Blocks{BlockSet: d.blocks})
			if err != nil {
				t.Fatal(err)
			}
			if got := appendBlocks(nil, d.blocks); !equal(t, got, want) {
				t.Errorf("%q is encoded as\n%s\nand not\n%s", text, got, want)
			}
			msg := appendMessage(nil, d, answerKind{private: true, replaces: true, thread: "1.2"})
			no := false
			want, err = json.Marshal(slack.WebhookMessage{Text: d.text, Blocks: &slack.Blocks{BlockSet: d.blocks}, ThreadTimestamp: "1.2",
				ResponseType: "ephemeral", ReplaceOriginal: true, UnfurlLinks: &no, UnfurlMedia: &no})
			if err != nil {
				t.Fatal(err)
			}
			var has map[string]any
			if err := json.Unmarshal(want, &has); err != nil {
				t.Fatal(err)
			}
			delete(has, "delete_original") // which is no by itself
			want, _ = json.Marshal(has)
			if !equal(t, msg, want) {
				t.Errorf("%q is encoded as\n%s\nand not\n%s", text, msg, want)
			}
		}
	}
}

func equal(t *testing.T, x, y []byte) bool {
	t.Helper()
	var a, b any
	if err := json.Unmarshal(x, &a); err != nil {
		t.Fatalf("%v: %s", err, x)
	}
	if err := json.Unmarshal(y, &b); err != nil {
		t.Fatal(err)
	}
	return reflect.DeepEqual(a, b)
}

func FuzzAppendString(f *testing.F) {
	for _, text := range texts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var back string
		if err := json.Unmarshal(appendString(nil, s), &back); err != nil || back != strings.ToValidUTF8(s, "\ufffd") && back != repaired(s) {
			t.Errorf("%q comes back as %q, %v", s, back, err)
		}
	})
}

// repaired is a text as encoding/json repairs it: a replacement character for each byte that is no UTF-8.
func repaired(s string) string {
	var b strings.Builder
	for _, r := range s {
		b.WriteRune(r)
	}
	return b.String()
}

func BenchmarkAnswer(b *testing.B) {
	v := everything("Anora, and what else there is to say of it")
	b.ReportAllocs()
	for b.Loop() {
		appendMessage(make([]byte, 0, answerRoom), draw(v, 0, surfaceMessage), answerKind{})
	}
}
