package bot

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts"
)

var hostile = []string{
	"", " ", "\x00", "\x1b[31mred\x1b[0m", "\u009b31m", "a\nb\r\nc\td", "\u202eevil\u202c", "\u2066x\u2069", "zero\u200bwidth\u200d\ufeff",
	"שלום עולם", "مرحبا", "👩‍👩‍👧‍👦 🏳️‍🌈", "@everyone", "<!channel>", "<@123>", "'; DROP TABLE awards; --", "**bold** _it_ `code` ||spoiler|| [a](http://b)",
	"\xff\xfe", strings.Repeat("x", 10000), strings.Repeat("é", 10000), "Z\u0351\u0352\u0353\u0354\u0355\u0356\u0357", "\U000e0041\U000e0042", "\u2028\u2029", "\x1b]0;title\a",
}

func harmless(t *testing.T, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Errorf("%q is not UTF-8", s)
	}
	for _, r := range s {
		if r != '\n' && unicode.Is(unicode.C, r) || strings.ContainsRune(invisible, r) || r == '\u2028' || r == '\u2029' {
			t.Errorf("%q holds %U", s, r)
		}
	}
}

func TestHostileQueriesAreShownHarmless(t *testing.T) {
	for _, q := range hostile {
		for _, k := range []facts.Kind{facts.KindNotFound, facts.KindAmbiguous, facts.KindInvalid} {
			a := facts.Answer{Kind: k, Query: q, Notes: []facts.Note{{Code: facts.NoteUnknownWords, Args: []string{q}}}, Suggestions: []string{q},
				Sources: []string{q}, DataTo: q}
			a.Sources, a.DataTo = nil, ""
			text := Plain(AnswerView(a, Brief))
			harmless(t, text)
			if n := utf8.RuneCountInString(text); n > 700 {
				t.Errorf("an answer to %.20q… has %d runes", q, n)
			}
		}
	}
}

func TestPlainCleansSpansMadeByHand(t *testing.T) {
	v := View{Lead: Line{{Text: "\x1b[2J\u202egone\n"}}, Footer: []Line{{{Kind: SpanLink, Text: "x", URL: "https://\x1b"}}}}
	got := Plain(v)
	harmless(t, got)
	if strings.Count(got, "\n") != 2 {
		t.Errorf("a span broke a line: %q", got)
	}
}

func TestLinksAreOnlyHTTPS(t *testing.T) {
	for _, u := range []string{"javascript:alert(1)", "http://x", "https://a b", "https://a|b", "https://a>b"} {
		if s := Link("text", u); s.Kind != SpanText || s.URL != "" {
			t.Errorf("%q became a link", u)
		}
	}
	if s := Link("text", "https://example.org/a?b=c"); s.Kind != SpanLink {
		t.Error("a good link was refused")
	}
}

func TestClip(t *testing.T) {
	for _, tt := range []struct {
		s    string
		n    int
		want string
	}{{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"ééé", 3, "ééé"}, {"éééé", 2, "é…"}, {"abc", 0, ""}, {"", 5, ""}, {"ab cd", 4, "ab…"}} {
		if got := Clip(tt.s, tt.n); got != tt.want {
			t.Errorf("Clip(%q, %d) = %q, want %q", tt.s, tt.n, got, tt.want)
		}
	}
}

func FuzzClean(f *testing.F) {
	for _, s := range hostile {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := Clean(s)
		harmless(t, c)
		if Clean(c) != c {
			t.Errorf("Clean is not stable on %q", s)
		}
		harmless(t, echo(s))
	})
}
