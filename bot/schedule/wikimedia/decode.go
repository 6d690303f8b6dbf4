package wikimedia

import (
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits on what is taken from an answer.
const (
	maxEvents = 400
	maxText   = 500 // letters
	maxTitle  = 200 // letters
	maxLink   = 1000
	maxYear   = 9999
	maxMarks  = 4 // that follow one letter: more smear over the neighbouring lines
)

// rawEvent is an event as the feed has it.
type rawEvent struct {
	Year  *int              `json:"year"`
	Text  string            `json:"text"`
	Pages []json.RawMessage `json:"pages"`
}

// rawPage is an article that an event links.
type rawPage struct {
	Title  string `json:"title"` // with underscores for spaces
	Titles struct {
		Normalized string `json:"normalized"`
	} `json:"titles"`
	URLs struct {
		Desktop struct {
			Page string `json:"page"`
		} `json:"desktop"`
	} `json:"content_urls"`
}

// decode reads the events of a type from an answer. What is not as it should be is left out, event by event; the answer
// as a whole must have the type.
func decode(kind string, body []byte, base *url.URL) ([]Event, error) {
	var answer map[string]json.RawMessage
	var list []json.RawMessage
	if err := json.Unmarshal(body, &answer); err != nil {
		return nil, fmt.Errorf("the answer is not one of the feed: %w", err)
	}
	raw, ok := answer[kind]
	if !ok {
		return nil, fmt.Errorf("the answer is not one of the feed: it has no %q", kind)
	}
	if err := json.Unmarshal(raw, &list); err != nil {
		return nil, fmt.Errorf("the answer is not one of the feed: %q is not a list", kind)
	}
	var events []Event
	for _, r := range list {
		if len(events) == maxEvents {
			break
		}
		var e rawEvent
		if json.Unmarshal(r, &e) != nil || e.Year == nil || *e.Year == 0 || *e.Year > maxYear || *e.Year < -maxYear {
			continue
		}
		text := clean(e.Text, maxText)
		if text == "" {
			continue
		}
		title, link := article(e.Pages, base)
		events = append(events, Event{Year: *e.Year, Text: text, Title: title, URL: link})
	}
	return events, nil
}

// article is the first article of an event that may be linked, else the title of the first that has one.
func article(pages []json.RawMessage, base *url.URL) (title, link string) {
	for _, r := range pages {
		var p rawPage
		if json.Unmarshal(r, &p) != nil {
			continue
		}
		name := p.Titles.Normalized
		if name == "" {
			name = strings.ReplaceAll(p.Title, "_", " ")
		}
		name = clean(name, maxTitle)
		if name == "" {
			continue
		}
		if u := safeLink(p.URLs.Desktop.Page, base); u != "" {
			return name, u
		}
		if title == "" {
			title = name
		}
	}
	return title, ""
}

// safeLink is an address that may be linked: of an article of Wikipedia, or of the host that is configured.
func safeLink(s string, base *url.URL) string {
	if len(s) > maxLink || !utf8.ValidString(s) {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.User != nil || u.Opaque != "" || u.Path == "" {
		return ""
	}
	host := strings.ToLower(u.Host)
	if !strings.HasSuffix(host, ".wikipedia.org") && !strings.EqualFold(host, base.Host) {
		return ""
	}
	// String escapes whatever has a meaning somewhere else, in the path; the rest of a link is not needed.
	u.RawQuery, u.ForceQuery, u.Fragment, u.RawFragment, u.RawPath = "", false, "", "", ""
	out := u.String()
	if len(out) > maxLink {
		return ""
	}
	return out
}

// clean is text on one line, of at most n letters, without what is invisible.
func clean(s string, n int) string {
	if len(s) > 16*n { // no need to look at all of a very long text
		s = strings.ToValidUTF8(s[:16*n], "")
	}
	var b strings.Builder
	marks := 0
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || unicode.In(r, unicode.Zl, unicode.Zp):
			r = ' '
		case unicode.Is(unicode.C, r) || strings.ContainsRune("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0", r):
			continue
		}
		if unicode.In(r, unicode.Mn, unicode.Me) {
			if marks++; marks > maxMarks {
				continue
			}
		} else {
			marks = 0
		}
		b.WriteRune(r)
	}
	out := strings.Join(strings.Fields(b.String()), " ")
	if utf8.RuneCountInString(out) <= n {
		return out
	}
	return strings.TrimRight(string([]rune(out)[:n-1]), " ") + "…"
}
