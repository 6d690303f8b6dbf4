package daily

import (
	"errors"
	"io"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
)

// wire is the way to Wikipedia: it answers everything alike.
type wire struct {
	mu    sync.Mutex
	calls int
	body  string // "" is out of order
}

func (w *wire) RoundTrip(r *http.Request) (*http.Response, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls++
	if w.body == "" {
		return nil, errors.New("out of order")
	}
	body := io.NopCloser(strings.NewReader(w.body))
	return &http.Response{StatusCode: http.StatusOK, Status: "200 OK", Body: body, Request: r}, nil
}

func page(title, address string) string {
	return `"pages": [{"titles": {"normalized": "` + title + `"}, "content_urls": {"desktop": {"page": "` + address + `"}}}]`
}

// TestFeed adds what a feed says, but for what is known, and goes on without it.
func TestFeed(t *testing.T) {
	plain := posted(t, anniversaries(nil), postOn(2026, time.March, 2))
	ours := eventNamed(t, anniversaries(nil), plan.Date{Year: 2026, Month: time.March, Day: 2}, plain.Lead)
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	w := &wire{}
	config := wikimedia.Config{On: true, Contact: "bot@example.org"}
	client, err := wikimedia.New(config, wikimedia.Options{Transport: w, Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	a := anniversaries(func(o *Options) { o.Feed, o.Now = client, clock })
	var wg sync.WaitGroup
	for range 100 {
		wg.Go(func() {
			shown, err := a.Post(t.Context(), postOn(2026, time.March, 2))
			if err != nil || !reflect.DeepEqual(shown, plain) {
				t.Errorf("without the feed is posted, %v:\n%s", err, bot.Plain(shown.View))
			}
		})
	}
	wg.Wait()
	if w.calls != 1 {
		t.Errorf("a feed that fails was asked %d times", w.calls)
	}
	now = now.Add(feedAgain)
	const wiki = "https://en.wikipedia.org/wiki/"
	about := "About " + strings.ReplaceAll(ours.Subject, `"`, ``)
	w.body = `{"selected": [{"year": ` + strconv.Itoa(ours.Year) + `, "text": "` + about + `"},
		{"year": 2027, "text": "not yet"},
		{"year": 1969, "text": "<@everyone>\nfirst **flight** ` + strings.Repeat("x", 450) + `",
			` + page("Concorde", wiki+"Concorde") + `},
		{"year": -44, "text": "old", ` + page("evil", "javascript:alert(1)") + `}, {"year": 1983, "text": "the third"}]}`
	w.body = strings.ReplaceAll(w.body, "\n", " ")
	shown := posted(t, a, postOn(2026, time.March, 2))
	list, ok := shown.View.Blocks[len(shown.View.Blocks)-1].(*bot.List)
	if !ok || len(list.Items) != 2 {
		t.Fatalf("with the feed is posted:\n%s", bot.Plain(shown.View))
	}
	wants(t, bot.Plain(shown.View), "From Wikipedia (https://en.wikipedia.org/", "CC BY-SA 4.0 (https://creativecommons.org/",
		"1969: <@everyone> first **flight** xxx", "xxx… · Concorde (https://en.wikipedia.org/wiki/Concorde)\n", "44 BC: old\n",
		"A moderator changes this with /schedule.\n")
	if n := utf8.RuneCountInString(bot.Plain(shown.View)); n > 4000 {
		t.Errorf("it has %d runes", n)
	}
	for _, item := range list.Items {
		for _, span := range item.Line {
			if span.Kind == bot.SpanUser || span.Kind == bot.SpanAsk || strings.Contains(span.Text, "\n") {
				t.Errorf("the feed made %v", span)
			}
		}
	}
	topical := bot.Plain(posted(t, a, postOn(2026, time.March, 2, "film")).View)
	if strings.Contains(topical, "From Wikipedia") {
		t.Errorf("a channel that chose topics is shown:\n%s", topical)
	}
}
