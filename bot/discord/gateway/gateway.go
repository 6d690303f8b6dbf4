package gateway

import (
	"context"
	"errors"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Options are what a Shard is made of. Token, URL and Dispatch are needed, the others have defaults.
type Options struct {
	Token         string // of the bot, with or without "Bot "
	Intents       int
	Shard, Shards int // 0 of 1 when zero
	// URL gives the address to connect to where there is no session to resume, such as "wss://gateway.discord.gg"; it comes
	// from GET /gateway/bot. A *FatalError ends Run, with any other error it is asked again later.
	URL func(ctx context.Context) (string, error)
	// Sessions is where the session outlives the program; nil keeps it in memory.
	Sessions Sessions
	// Identify is shared by the shards of a process; nil is one of its own.
	Identify *Identify
	// Dispatch is handed every event, in order, from one goroutine, and must return at once: nothing else is received
	// meanwhile, not even what shows that the connection is alive.
	Dispatch func(Event)
	HTTP     *http.Client // for the upgrade; http.DefaultClient when nil
	Log      *slog.Logger
	Now      func() time.Time
}

// Event is what was dispatched.
type Event struct {
	Type string // such as MESSAGE_CREATE
	Seq  int64
	Data []byte // its JSON, valid only during the call
}

// Shard is one connection to the gateway, made again whenever it ends.
type Shard struct {
	o Options

	seq       atomic.Int64 // of the last event that was handed on
	events    atomic.Uint64
	malformed atomic.Uint64
	panics    atomic.Uint64

	saving   sync.Mutex    // one save at a time
	saveSoon chan struct{} // asks for a save; its capacity is 1

	mu      sync.Mutex // guards what follows
	session Session    // without Seq and Identifies, which are kept in seq and in Options.Identify
	conn    *conn      // the connection that is ready; nil when there is none
	state   State

	// Used by Run only.
	names     map[string]string // event types that were seen, so that each is a string once
	barren    int               // RESUMEs in a row that brought nothing
	avoidsURL bool              // the resume URL could not be reached the last time
}

// New makes a shard that is not connected yet.
func New(o Options) *Shard {
	o.Token = strings.TrimPrefix(o.Token, "Bot ")
	o.Shards = max(1, o.Shards)
	if o.Identify == nil {
		o.Identify = &Identify{}
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Log = o.Log.With("shard", o.Shard)
	return &Shard{o: o, saveSoon: make(chan struct{}, 1), names: make(map[string]string)}
}

// How long to wait for what.
const (
	dialTimeout  = 20 * time.Second
	helloTimeout = 20 * time.Second
	loginTimeout = 30 * time.Second // from IDENTIFY to READY, and between the events of a RESUME
	writeTimeout = 10 * time.Second
	settled      = 30 * time.Second // a connection that was ready for so long makes earlier failures forgotten
	maxBackoff   = time.Minute
	maxBarren    = 5 // RESUMEs without an event, after which the session is given up
)

// Run keeps the shard connected until ctx is done, and then returns nil with the session saved, so that the next Run can
// resume it. It returns a *FatalError where trying again is of no use. It must not run twice at a time.
func (s *Shard) Run(ctx context.Context) error {
	defer s.running()()
	s.load(ctx)
	stop := s.keepSaving(ctx)
	defer stop()
	for failures := 0; ctx.Err() == nil; failures++ {
		before := s.seq.Load()
		end := s.connect(ctx)
		s.disconnected(end.err)
		if ctx.Err() != nil {
			break
		}
		if fatal := fatalOf(end.err); fatal != nil {
			s.o.Log.Error("the gateway refuses the connection for good", "code", fatal.Code, "err", fatal)
			return fatal
		}
		if end.ready >= settled {
			failures = 0
		}
		wait := backoff(failures, end.ready > 0)
		s.judge(end, s.seq.Load() != before)
		if errors.As(end.err, new(invalidError)) {
			wait = max(wait, time.Second+rand.N(4*time.Second))
		}
		level := slog.LevelInfo // what happens every few hours is no warning
		if wait > 0 {
			level = slog.LevelWarn
		}
		s.o.Log.Log(ctx, level, "the gateway connection has ended", "err", s.clean(end.err), "ready_for", end.ready,
			"resumes", s.resumable(), "again_in", wait)
		sleep(ctx, wait)
	}
	return nil
}

// ending is how a connection went.
type ending struct {
	err     error
	resumed bool          // a RESUME was sent
	ready   time.Duration // since READY or RESUMED; 0 is never
}

// judge gives the session up where the ending says that it is over, or where resuming it leads nowhere.
func (s *Shard) judge(end ending, progress bool) {
	if end.ready > 0 || progress {
		s.barren = 0
	} else if end.resumed {
		s.barren++
	}
	if sessionIsOver(end.err) || s.barren >= maxBarren {
		s.barren = 0
		s.forget()
	}
}

// backoff is how long to wait after so many failures in a row: not at all after the first end of a connection that was
// ready, since missed events are waiting, and up to a minute otherwise.
func backoff(failures int, wasReady bool) time.Duration {
	if failures == 0 && wasReady {
		return 0
	}
	d := min(maxBackoff, time.Second<<min(max(failures-1, 0), 6))
	return d - rand.N(d/4) // not all bots at once
}

// sleep waits for d, or until ctx is done.
func sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}

// clean is the text of an error without the token, whoever put it in.
func (s *Shard) clean(err error) string {
	if s.o.Token == "" {
		return err.Error()
	}
	return strings.ReplaceAll(err.Error(), s.o.Token, "[token]")
}
