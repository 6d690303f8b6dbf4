// Package admin is what an operator asks a running bot: whether it is alive (/healthz), whether it can do its work
// (/readyz), what it measures (/metrics), and what it is busy with (/debug/pprof).
//
// It knows neither what is measured nor what readiness depends on: both are given to New. There is no password: it is for an
// address that only the operator reaches.
package admin

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/http/pprof"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// Options are what an Admin is made of.
type Options struct {
	Metrics http.Handler                    // of /metrics; there is none when nil
	Alive   func(ctx context.Context) error // nil is always
	Checks  []Check                         // what the bot needs to be ready
	Log     *slog.Logger                    // discarded when nil
}

// Check is one thing that the bot needs to do its work. Do says what is wrong with it, without secrets; it is given a
// second.
type Check struct {
	What string
	Do   func(ctx context.Context) error
}

// Admin answers an operator.
type Admin struct{ o Options }

// New makes one. It listens to nothing.
func New(o Options) *Admin {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Admin{o}
}

// checkTime is how long a check may take: what takes longer is as good as down.
const checkTime = time.Second

var errTime = errors.New("no answer within a second")

// The paths.
const (
	AlivePath   = "/healthz"
	ReadyPath   = "/readyz"
	MetricsPath = "/metrics"
)

// Handler serves the paths. They change nothing, so only GET is taken.
func (a *Admin) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+AlivePath, a.alive)
	mux.HandleFunc("GET "+ReadyPath, a.ready)
	if a.o.Metrics != nil {
		mux.Handle("GET "+MetricsPath, a.o.Metrics)
	}
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return mux
}

// alive says whether the program still does something. Whoever starts programs again when they hang asks this.
func (a *Admin) alive(w http.ResponseWriter, r *http.Request) {
	var problems map[string]string
	if a.o.Alive != nil {
		if err := within(r.Context(), a.o.Alive); err != nil {
			problems = map[string]string{"bot": err.Error()}
		}
	}
	answer(w, "alive", problems)
}

// ready says whether the program can do its work, and what is missing. Whoever sends it work, or waits before the next
// replica is replaced, asks this.
func (a *Admin) ready(w http.ResponseWriter, r *http.Request) {
	answer(w, "ready", a.Problems(r.Context()))
}

// Problems are the checks that fail, and why; none when the bot is ready.
func (a *Admin) Problems(ctx context.Context) map[string]string {
	type result struct {
		what string
		err  error
	}
	results := make(chan result, len(a.o.Checks))
	for _, c := range a.o.Checks {
		go func() { results <- result{c.What, within(ctx, c.Do)} }()
	}
	problems := map[string]string{}
	for range a.o.Checks {
		if r := <-results; r.err != nil {
			problems[r.what] = r.err.Error()
		}
	}
	return problems
}

// within does a check. One that does not heed its context is left behind.
func within(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, checkTime)
	defer cancel()
	done := make(chan error, 1)
	go func() { done <- bot.Guard(func() error { return do(ctx) }) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return errTime
	}
}

// answer is 200 without problems and 503 with them, as in {"ready":false,"problems":{"database":"…"}}.
func answer(w http.ResponseWriter, what string, problems map[string]string) {
	body := map[string]any{what: len(problems) == 0}
	status := http.StatusOK
	if len(problems) > 0 {
		body["problems"], status = problems, http.StatusServiceUnavailable
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body) // who asked may have gone
}

// Serve answers on a listener until ctx is done. An address that more than this machine and its network reach is warned
// about.
func (a *Admin) Serve(ctx context.Context, l net.Listener) error {
	if addr, ok := l.Addr().(*net.TCPAddr); ok && !near(addr.IP) {
		a.o.Log.Warn("the admin listener may be reached by strangers; it has no password", "address", addr.String())
	}
	s := &http.Server{Handler: a.Handler(), ReadHeaderTimeout: 5 * time.Second, IdleTimeout: 2 * time.Minute,
		MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(a.o.Log.Handler(), slog.LevelDebug)}
	stop := context.AfterFunc(ctx, func() { _ = s.Close() }) // nobody waits for an answer that matters
	defer stop()
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// near reports whether an address is this machine's alone, or of a private network.
func near(ip net.IP) bool { return ip.IsLoopback() || ip.IsPrivate() || ip.IsLinkLocalUnicast() }
