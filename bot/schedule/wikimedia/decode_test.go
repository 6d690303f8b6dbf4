package wikimedia

import (
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"
)

func testBase(t testing.TB) *url.URL {
	t.Helper()
	u, err := url.Parse("https://feed.example.org/v1")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func TestDecodeHostile(t *testing.T) {
	for _, tt := range []struct {
		entry string
		want  Event // the zero value where it is left out
	}{
		{`{"text":"x","year":-44}`, Event{Year: -44, Text: "x"}},
		{`{"text":"  two\r\n lines\u2028\tof\u00a0it ","year":1}`, Event{Year: 1, Text: "two lines of it"}},
		{`{"text":"\u202ereversed\u2066 \u001b[31mred\u0000\u200b\u3164","year":1}`, Event{Year: 1, Text: "reversed [31mred"}},
		{`{"text":"@everyone <!channel> **b**","year":1}`, Event{Year: 1, Text: "@everyone <!channel> **b**"}},
		{"{\"text\":\"bad \xff byte\",\"year\":1}", Event{Year: 1, Text: "bad \ufffd byte"}},
		{`{"text":"` + strings.Repeat("é", 9000) + `","year":1}`, Event{Year: 1, Text: strings.Repeat("é", 499) + "…"}},
		{`{"text":"a` + strings.Repeat("\u0301", 50) + `","year":1}`, Event{Year: 1, Text: "a\u0301\u0301\u0301\u0301"}},
		{`{"text":"no year"}`, Event{}},
		{`{"text":"year 0","year":0}`, Event{}},
		{`{"text":"far","year":99999}`, Event{}},
		{`{"text":"odd","year":"1999"}`, Event{}},
		{`{"text":"odd","year":1.5}`, Event{}},
		{`{"text":7,"year":1}`, Event{}},
		{`{"text":" \u200b\n","year":1}`, Event{}},
		{`{"year":1}`, Event{}},
		{`null`, Event{}},
		{`[[]]`, Event{}},
		{`{"text":"x","year":1,"pages":[7,{"title":"A_b"},null]}`, Event{Year: 1, Text: "x", Title: "A b"}},
	} {
		events, err := decode("selected", []byte(`{"selected":[`+tt.entry+`]}`), testBase(t))
		if err != nil {
			t.Errorf("%.60s: %v", tt.entry, err)
			continue
		}
		var got Event
		if len(events) > 0 {
			got = events[0]
		}
		if got != tt.want {
			t.Errorf("%.60s: %+v, want %+v", tt.entry, got, tt.want)
		}
	}
	body := `{"selected":[` + strings.Repeat(`{"text":"x","year":1},`, 5000) + `{"text":"x","year":1}]}`
	if events, err := decode("selected", []byte(body), testBase(t)); err != nil || len(events) != maxEvents {
		t.Errorf("%d events, %v", len(events), err)
	}
}

func TestSafeLink(t *testing.T) {
	for in, want := range map[string]string{
		"https://en.wikipedia.org/wiki/Apollo_11":                  "https://en.wikipedia.org/wiki/Apollo_11",
		"https://EN.Wikipedia.org/wiki/A?action=raw#x":             "https://EN.Wikipedia.org/wiki/A",
		"https://de.wikipedia.org/wiki/K%C3%B6ln":                  "https://de.wikipedia.org/wiki/K%C3%B6ln",
		"https://en.wikipedia.org/wiki/Who%3F_(film)":              "https://en.wikipedia.org/wiki/Who%3F_%28film%29",
		"https://en.wikipedia.org/wiki/A>|)[x](https://evil.org)":  "https://en.wikipedia.org/wiki/A%3E%7C%29%5Bx%5D%28https://evil.org%29",
		"https://feed.example.org/wiki/A":                          "https://feed.example.org/wiki/A",
		"http://en.wikipedia.org/wiki/A":                           "",
		"https://evil.org/wiki/A":                                  "",
		"https://wikipedia.org.evil.org/wiki/A":                    "",
		"https://evilwikipedia.org/wiki/A":                         "",
		"https://en.wikipedia.org@evil.org/wiki/A":                 "",
		"https://a:b@en.wikipedia.org/wiki/A":                      "",
		"https://en.wikipedia.org:8443/wiki/A":                     "",
		"https://en.wikipedia.org\\@evil.org/":                     "",
		"https://en.wikipedia.org":                                 "",
		"javascript:alert(1)":                                      "",
		"//en.wikipedia.org/wiki/A":                                "",
		"https://en.wikipedia.org/wiki/\x00":                       "",
		"https://en.wikipedia.org/wiki/\xff":                       "",
		"https://en.wikipedia.org/" + strings.Repeat("x", maxLink): "",
		"": "",
	} {
		if got := safeLink(in, testBase(t)); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"selected":[{"text":"x","year":-44,"pages":[{"titles":{"normalized":"A"},"content_urls":{"desktop":{"page":"https://en.wikipedia.org/wiki/A"}}}]}]}`))
	f.Add([]byte(`{"selected":[{"text":"\u202e\ud800","year":1e3},null,7]}`))
	f.Add([]byte(`{"selected":{}}`))
	f.Add([]byte("{\"selected\":[{\"text\":\"\xff\xfe\",\"year\":1}]}"))
	f.Fuzz(func(t *testing.T, body []byte) {
		events, err := decode("selected", body, testBase(t))
		if err != nil && len(events) > 0 {
			t.Error("an error, and events")
		}
		for _, e := range events {
			for _, s := range []string{e.Text, e.Title, e.URL} {
				if !utf8.ValidString(s) || utf8.RuneCountInString(s) > maxLink || strings.ContainsFunc(s, unicode.IsControl) {
					t.Errorf("%q", s)
				}
			}
			if e.Text == "" || utf8.RuneCountInString(e.Text) > maxText || utf8.RuneCountInString(e.Title) > maxTitle || e.Year == 0 {
				t.Errorf("%+v", e)
			}
			if e.URL != "" && (safeLink(e.URL, testBase(t)) != e.URL || e.Title == "" || strings.ContainsAny(e.URL, " <>()[]|\"'`")) {
				t.Errorf("linked: %q", e.URL)
			}
		}
	})
}
