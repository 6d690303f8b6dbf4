package pages

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot"
)

var tableRow = regexp.MustCompile(`<tr( class="is-won")?>\n`)

// TestTimeline: a picture has a mark for each row of the tables below it, and a star for each that was won.
func TestTimeline(t *testing.T) {
	h := serving(t, corpus(t), "")
	for _, path := range []string{"/p/nm0000658", "/w/tt6751668", "/w/tt0141842", "/p/co0007143", "/w/tt28607951", "/p/nm0002354", "/p/nm0000370"} {
		body := get(t, h, path)
		rows, won := 0, 0
		for _, m := range tableRow.FindAllStringSubmatch(body, -1) {
			rows++
			if m[1] != "" {
				won++
			}
		}
		marks, stars := strings.Count(body, `<g class="mark">`), strings.Count(body, `href="#m-won"`)
		if rows == 0 || marks != rows || stars != won {
			t.Errorf("%s: %d marks and %d stars for %d rows, %d of them won", path, marks, stars, rows, won)
		}
	}
}

// TestTimelineInside: no mark is outside the picture or on another one, also where the picture is narrowest.
func TestTimelineInside(t *testing.T) {
	c := corpus(t)
	for _, id := range []string{"nm0000658", "co0007143", "nm0000370", "nm0002354"} {
		p, ok := c.PersonPage(id)
		if !ok {
			t.Fatal(id)
		}
		inside(t, id, newEntityBody(p).Timeline)
	}
	for _, id := range []string{"tt6751668", "tt0141842", "tt28607951"} {
		w, ok := c.WorkPage(id)
		if !ok {
			t.Fatal(id)
		}
		inside(t, id, newEntityBody(w).Timeline)
	}
}

func inside(t *testing.T, id string, tl timeline) {
	t.Helper()
	for _, l := range tl.Lanes {
		taken := map[string]bool{}
		for _, m := range l.Marks {
			var percent float64
			if _, err := fmt.Sscanf(m.X, "%f%%", &percent); err != nil {
				t.Fatal(err)
			}
			x := percent*narrowest/100 + float64(m.DX)
			if x < 5 || x > narrowest-5 || m.Y < l.Y || m.Y > l.Line {
				t.Errorf("%s, %s: a mark at %.0f, %d", id, l.Label, x, m.Y)
			}
			at := fmt.Sprintf("%s %d %d", m.X, m.DX, m.Y)
			if taken[at] {
				t.Errorf("%s, %s: two marks at %s", id, l.Label, at)
			}
			taken[at] = true
		}
	}
	if len(tl.Ticks) < 1 || len(tl.Ticks) > 6 {
		t.Errorf("%s: %d years below the picture", id, len(tl.Ticks))
	}
}

func TestHTML(t *testing.T) {
	v := bot.View{
		Title: bot.L("A ", bot.Page("page", "/f/1"), bot.PageB("bold", "/f/2")),
		Lead:  bot.L(bot.B("<b>"), bot.Link("there", "https://example.org/?a=1&b=2")),
		Blocks: []bot.Block{
			&bot.Text{Lines: []bot.Line{bot.L("x\u202ey"), {{Kind: bot.SpanLink, Text: "bad", URL: "javascript:alert(1)"}},
				{{Kind: bot.SpanPage, Text: "bad", URL: "//evil.example"}}, {{Kind: bot.SpanPage, Text: "bad", URL: `/\evil.example`}},
				{{Kind: bot.SpanPage, Text: "quote", URL: `/f/"onload="x`}}}},
			&bot.List{Title: bot.L("List"), Items: []bot.Item{{Mark: bot.MarkWon, Line: bot.L(bot.Ask("a & b"))}}},
			&bot.Table{Head: []string{"H<"}, Rows: [][]bot.Line{{bot.L("1"), bot.L("2")}}},
		},
		Next:   []bot.Suggestion{{Label: "Next", Value: "next?"}},
		Footer: []bot.Line{bot.L("foot")},
	}
	got := string(HTML(v))
	want := `<p class="view-title">A <a href="/f/1">page</a><b><a href="/f/2">bold</a></b></p>
<p class="view-lead"><b>&lt;b&gt;</b><a href="https://example.org/?a=1&amp;b=2" rel="nofollow noopener">there</a></p>
<p>xy</p>
<p>bad</p>
<p>bad</p>
<p>bad</p>
<p><a href="/f/&#34;onload=&#34;x">quote</a></p>
<p class="view-heading">List</p>
<ul>
<li>★ <a href="/search?q=a&#43;%26&#43;b">“a &amp; b”</a></li>
</ul>
<table>
<thead><tr><th scope="col">H&lt;</th></tr></thead>
<tbody>
<tr><th scope="row">1</th><td>2</td></tr>
</tbody></table>
<ul class="next" aria-label="Ask next">
<li><a href="/search?q=next%3F">Next</a></li>
</ul>
<p class="view-foot">foot</p>
`
	if strings.ReplaceAll(got, "+", "&#43;") != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
