package opentdb

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/trivia"
)

// clock is the time of a test: sleeping moves it.
type clock struct {
	mu    sync.Mutex
	at    time.Time
	slept []time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) sleep(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(d)
	c.slept = append(c.slept, d)
	return ctx.Err()
}

// server behaves like the API: it keeps sessions and the pace. misbehave may answer in its place.
type server struct {
	t         *testing.T
	clock     *clock
	questions int // how many there are
	sent      map[string]int
	last      time.Time
	asked     []string
	misbehave func(n int, w http.ResponseWriter, r *http.Request) bool
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.asked = append(s.asked, r.URL.RequestURI())
	if s.misbehave != nil && s.misbehave(len(s.asked), w, r) {
		return
	}
	if now := s.clock.now(); !s.last.IsZero() && now.Sub(s.last) < Pace {
		s.t.Errorf("%s comes %v after the request before", r.URL, now.Sub(s.last))
	}
	s.last = s.clock.now()
	if got := r.Header.Get("User-Agent"); got != "whowon/test (+https://example.org)" {
		s.t.Errorf("User-Agent %q", got)
	}
	q := r.URL.Query()
	switch r.URL.Path {
	case "/base/api_token.php":
		if q.Get("command") == "reset" {
			s.sent[q.Get("token")] = 0
			fmt.Fprint(w, `{"response_code":0,"token":"`+q.Get("token")+`"}`)
			return
		}
		token := "t" + strconv.Itoa(len(s.sent)+1)
		s.sent[token] = 0
		fmt.Fprintf(w, `{"response_code":0,"response_message":"Token Generated Successfully!","token":%q}`, token)
	case "/base/api.php":
		s.api(w, q.Get("token"), q.Get("amount"))
	case "/base/api_category.php":
		fmt.Fprint(w, `{"trivia_categories":[{"id":9,"name":"General Knowledge"},{"id":11,"name":"Entertainment: Film"}]}`)
	default:
		http.NotFound(w, r)
	}
}

func (s *server) api(w http.ResponseWriter, token, amount string) {
	n, err := strconv.Atoi(amount)
	sent, known := s.sent[token]
	switch {
	case err != nil || n < 1 || n > MaxAmount:
		fmt.Fprint(w, `{"response_code":2,"results":[]}`)
	case !known:
		fmt.Fprint(w, `{"response_code":3,"results":[]}`)
	case sent >= s.questions && s.questions > 0:
		fmt.Fprint(w, `{"response_code":4,"results":[]}`)
	case n > s.questions-sent:
		fmt.Fprint(w, `{"response_code":1,"results":[]}`)
	default:
		s.sent[token] += n
		results(w, sent, n)
	}
}

func results(w io.Writer, from, n int) {
	b := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	var list []map[string]any
	for i := from; i < from+n; i++ {
		list = append(list, map[string]any{"type": b("multiple"), "difficulty": b("hard"), "category": b("Entertainment: Film"),
			"question": b(fmt.Sprintf("Question %d & é?", i)), "correct_answer": b("a"), "incorrect_answers": []string{b("b"), b("c"), b("d")}})
	}
	json.NewEncoder(w).Encode(map[string]any{"response_code": 0, "results": list})
}

func start(t *testing.T, questions int) (*server, *Client, *clock) {
	t.Helper()
	k := &clock{at: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)}
	s := &server{t: t, clock: k, questions: questions, sent: map[string]int{}}
	h := httptest.NewServer(s)
	t.Cleanup(h.Close)
	c, err := New(Config{BaseURL: h.URL + "/base/", UserAgent: "whowon/test (+https://example.org)", Now: k.now, Sleep: k.sleep})
	if err != nil {
		t.Fatal(err)
	}
	return s, c, k
}

func TestQuestions(t *testing.T) {
	s, c, k := start(t, 500)
	began := k.now()
	p, faults, err := c.Questions(t.Context(), Query{Amount: 120, Category: 11, Difficulty: trivia.Hard, Type: "multiple"})
	if err != nil || len(faults) > 0 || len(p.Questions) != 120 {
		t.Fatalf("%d questions, %v, %v", len(p.Questions), faults, err)
	}
	if q := p.Questions[119]; q.Text != "Question 119 & é?" || q.Category != "film" || q.Difficulty != trivia.Hard || len(q.Wrong) != 3 ||
		q.Source != "https://opentdb.com" || !strings.HasPrefix(q.ID, "p/opentdb/") {
		t.Errorf("question %+v", q)
	}
	want := "/base/api.php?amount=50&category=11&difficulty=hard&encode=base64&token=t1&type=multiple"
	if len(s.asked) != 4 || s.asked[1] != want || k.now().Sub(began) != 3*Pace {
		t.Errorf("asked %q in %v", s.asked, k.now().Sub(began))
	}
	again, _, err := c.Questions(t.Context(), Query{Amount: 1})
	if err != nil || again.Questions[0].Text != "Question 120 & é?" {
		t.Errorf("the session goes on with %+v, %v", again.Questions, err)
	}
}

func TestTold(t *testing.T) {
	for _, there := range []int{500, 70} {
		var told [][2]int
		_, c, _ := start(t, there)
		_, _, err := c.Questions(t.Context(), Query{Amount: 120, Told: func(done, total int) { told = append(told, [2]int{done, total}) }})
		if err != nil {
			t.Fatal(err)
		}
		n := len(told)
		if n < 4 || told[0] != [2]int{0, 120} || told[1] != [2]int{50, 120} || told[n-2][0] != min(there, 120) || told[n-1] != [2]int{120, 120} {
			t.Errorf("of %d questions: told %v", there, told)
		}
	}
}

func TestHalving(t *testing.T) {
	s, c, _ := start(t, 13) // 50 is too much, and so are 25; 12 exist, then 1
	p, _, err := c.Questions(t.Context(), Query{Amount: 50})
	if err != nil || len(p.Questions) != 13 {
		t.Errorf("%d questions, %v: %q", len(p.Questions), err, s.asked)
	}
}

func TestNone(t *testing.T) {
	s, c, _ := start(t, 0)
	if _, _, err := c.Questions(t.Context(), Query{Amount: 50}); !errors.Is(err, ErrNone) {
		t.Errorf("%v", err)
	}
	if n := len(s.asked); n != 1+6 { // 50 25 12 6 3 1
		t.Errorf("%d requests: %q", n, s.asked)
	}
}

func TestReset(t *testing.T) {
	s, c, _ := start(t, 3)
	for range 3 {
		p, _, err := c.Questions(t.Context(), Query{Amount: 3})
		if err != nil || len(p.Questions) != 3 {
			t.Fatalf("%d questions, %v: %q", len(p.Questions), err, s.asked)
		}
	}
	if !strings.Contains(strings.Join(s.asked, " "), "/base/api_token.php?command=reset&token=t1") {
		t.Errorf("no reset: %q", s.asked)
	}
}

func TestLostToken(t *testing.T) {
	s, c, k := start(t, 100)
	if _, _, err := c.Questions(t.Context(), Query{Amount: 1}); err != nil {
		t.Fatal(err)
	}
	delete(s.sent, "t1") // the server has forgotten it
	s.sent["other"] = 0
	if p, _, err := c.Questions(t.Context(), Query{Amount: 2}); err != nil || len(p.Questions) != 2 {
		t.Fatalf("%v: %q", err, s.asked)
	}
	asked := len(s.asked)
	k.at = k.at.Add(7 * time.Hour)
	if _, _, err := c.Questions(t.Context(), Query{Amount: 2}); err != nil || !strings.Contains(s.asked[asked], "command=request") {
		t.Errorf("after 7 hours: %v, %q", err, s.asked[asked:])
	}
}

// TestMisbehaving lets the server fail at a request, and says what must come of it.
func TestMisbehaving(t *testing.T) {
	once := func(f func(w http.ResponseWriter)) func(int, http.ResponseWriter, *http.Request) bool {
		return func(n int, w http.ResponseWriter, _ *http.Request) bool {
			if n == 2 {
				f(w)
			}
			return n == 2
		}
	}
	always := func(f func(w http.ResponseWriter)) func(int, http.ResponseWriter, *http.Request) bool {
		return func(n int, w http.ResponseWriter, _ *http.Request) bool {
			if n >= 2 {
				f(w)
			}
			return n >= 2
		}
	}
	say := func(code int, text string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) { w.WriteHeader(code); io.WriteString(w, text) }
	}
	breakOff := func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `{"response_code":0,"results":[`)
	}
	for name, tt := range map[string]struct {
		misbehave func(int, http.ResponseWriter, *http.Request) bool
		want      string // in the error; "" for none
		requests  int
	}{
		"limited by a code": {once(say(200, `{"response_code":5,"results":[]}`)), "", 3},
		"limited by a status": {once(func(w http.ResponseWriter) {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		}), "", 3},
		"broken for a moment":   {once(say(503, "<html>")), "", 3},
		"HTML":                  {once(say(200, "<html>")), "", 3},
		"breaks off":            {once(breakOff), "", 3},
		"hangs up":              {once(func(http.ResponseWriter) { panic(http.ErrAbortHandler) }), "", 3},
		"always limited":        {always(say(200, `{"response_code":5,"results":[]}`)), "too many requests", 5},
		"always broken":         {always(say(502, "")), "502", 5},
		"no code":               {always(say(200, `{"results":[]}`)), "not one of the API", 5},
		"forbidden":             {always(say(403, "")), "403", 2},
		"an unknown code":       {always(say(200, `{"response_code":99}`)), "code 99", 2},
		"invalid":               {always(say(200, `{"response_code":2}`)), "does not know category 11", 2},
		"no results":            {always(say(200, `{"response_code":0}`)), "no such questions", 2},
		"results of nonsense":   {always(say(200, `{"response_code":0,"results":[1,"a",null]}`)), "no such questions", 2},
		"always the same":       {always(func(w http.ResponseWriter) { results(w, 0, 1) }), "", 3},
		"always empty":          {always(say(200, `{"response_code":4}`)), "gives no session", 4},
		"never knows the token": {always(say(200, `{"response_code":3}`)), "gives no session", 3},
		"too large":             {always(say(200, `{"response_code":0,"results":["`+strings.Repeat("x", maxBody)+`"]}`)), "larger than", 2},
		"redirects": {always(func(w http.ResponseWriter) {
			w.Header().Set("Location", "https://example.org/")
			w.WriteHeader(http.StatusFound)
		}), "redirects elsewhere", 5},
	} {
		t.Run(name, func(t *testing.T) {
			s, c, k := start(t, 100)
			s.misbehave = tt.misbehave
			began := k.now()
			p, _, err := c.Questions(t.Context(), Query{Amount: 2, Category: 11})
			switch {
			case tt.want == "" && (err != nil || len(p.Questions) == 0):
				t.Errorf("%v", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want) || strings.Contains(err.Error(), "token=")):
				t.Errorf("%v, want %q", err, tt.want)
			}
			if len(s.asked) != tt.requests || k.now().Sub(began) < time.Duration(tt.requests-1)*Pace {
				t.Errorf("%d requests in %v: %q", len(s.asked), k.now().Sub(began), s.asked)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	s, c, k := start(t, 100)
	s.misbehave = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		if n == 1 {
			w.Header().Set("Retry-After", "30")
			w.WriteHeader(http.StatusTooManyRequests)
		}
		return n == 1
	}
	if _, _, err := c.Questions(t.Context(), Query{Amount: 1}); err != nil || k.slept[0] != 30*time.Second {
		t.Errorf("%v, slept %v", err, k.slept)
	}
}

// TestCancel ends a call while the server does not answer, and while another call has its turn.
func TestCancel(t *testing.T) {
	s, c, _ := start(t, 100)
	ctx, cancel := context.WithCancel(t.Context())
	hung, release := make(chan struct{}), make(chan struct{})
	s.misbehave = func(int, http.ResponseWriter, *http.Request) bool {
		close(hung)
		<-release
		return true
	}
	first := make(chan error)
	go func() {
		_, _, err := c.Questions(ctx, Query{Amount: 1})
		first <- err
	}()
	<-hung
	done, stop := context.WithCancel(t.Context())
	stop()
	if _, _, err := c.Questions(done, Query{Amount: 1}); !errors.Is(err, context.Canceled) {
		t.Errorf("a call in the queue: %v", err)
	}
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("a call that hangs: %v", err)
	}
	close(release)
}

func TestCategories(t *testing.T) {
	_, c, _ := start(t, 1)
	list, err := c.Categories(t.Context())
	if err != nil || len(list) != 2 || list[1] != (Category{11, "Entertainment: Film"}) {
		t.Errorf("%v, %v", list, err)
	}
}

func TestNew(t *testing.T) {
	for _, bad := range []string{"opentdb.com", "ftp://opentdb.com", "http://", "::"} {
		if _, err := New(Config{BaseURL: bad}); err == nil {
			t.Errorf("%q is taken for an address", bad)
		}
	}
	if _, err := New(Config{}); err != nil {
		t.Error(err)
	}
}
