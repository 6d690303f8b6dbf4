package socket

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Options are what Run needs. Open and Handle are needed, the others have defaults.
type Options struct {
	// Open gives the address of one new connection, by apps.connections.open. When it fails it is called again, after a
	// second at first and later up to 30, unless its error is Fatal, and not before the time that an error asks for by a
	// method RetryAfter() time.Duration or a field RetryAfter, as slack-go's RateLimitedError has.
	Open func(ctx context.Context) (url string, err error)
	// Fatal reports whether it is of no use to try again after an error of Open. nil knows Slack's error codes.
	Fatal func(err error) bool
	// Handle is handed the envelopes of a connection in their order; those of different connections come at the same time.
	// It must return at once, since nothing else of the connection is read meanwhile, not even what shows that it is alive.
	//
	// ack acknowledges the envelope, for which there are 3 seconds. It may be called once, at any time and from any goroutine,
	// and does not block. payload is JSON, or nil. Its errors are those named Err….
	Handle func(e Envelope, ack func(payload []byte) error)
	// Connections is how many there are at a time, 1 to 10; 2 when zero. Slack allows 10, so that with 10 there is no room to
	// make a new one before an old one ends.
	Connections int
	HTTPClient  *http.Client // for the upgrade; http.DefaultClient when nil
	Log         *slog.Logger
	Stats       *Stats // counts while Run runs; may be nil
}

// Envelope is one delivery.
type Envelope struct {
	ID              string
	Type            string          // events_api, slash_commands or interactive
	Payload         json.RawMessage // may be kept; it is not checked further than to find its end
	AcceptsResponse bool            // the acknowledgement may have a payload
	RetryAttempt    int             // how often it was delivered before
	RetryReason     string          // why again, such as "timeout"
}

// Stats are what happened so far.
type Stats struct {
	Live      atomic.Int64  // connections that have said hello and are not asked to leave
	Hellos    atomic.Uint64 // connections so far
	Envelopes atomic.Uint64 // that were handed on
	Retries   atomic.Uint64 // those of them that Slack delivered again
	Malformed atomic.Uint64 // frames that made no sense
	Panics    atomic.Uint64 // of Handle
}

// How long to wait for what.
const (
	openTimeout  = 20 * time.Second // for the address, and again for the upgrade
	helloTimeout = 20 * time.Second
	pingEvery    = 10 * time.Second
	pongTimeout  = 15 * time.Second // nothing at all was heard, or nothing could be sent
	leaveGrace   = 15 * time.Second // from the hello of a new connection until the old one is closed, where Slack does not
	lastAcks     = time.Second      // at the end, for acknowledgements
	closeTimeout = 2 * time.Second
	settled      = 30 * time.Second // a connection that lasted so long makes earlier failures forgotten
	maxBackoff   = 30 * time.Second
	hastyLife    = time.Second // a connection that is asked to leave so soon is replaced after hastyWait
	hastyWait    = 50 * time.Millisecond
)

// Run keeps the connections until ctx is done, and then returns nil; what was handed on may be acknowledged for another
// second. It returns a *FatalError where trying again is of no use. All its goroutines have ended when it returns.
func Run(ctx context.Context, o Options) error {
	o.fill()
	ctx, end := context.WithCancelCause(ctx)
	defer end(nil)
	r := &runner{o: o}
	var slots sync.WaitGroup
	for i := range o.Connections {
		slots.Go(func() {
			if err := r.keep(ctx, o.Log.With("connection", i+1)); err != nil {
				end(err)
			}
		})
	}
	slots.Wait()
	r.conns.Wait()
	var fatal *FatalError
	if errors.As(context.Cause(ctx), &fatal) {
		o.Log.Error("slack refuses Socket Mode for good", "err", fatal)
		return fatal
	}
	return nil
}

func (o *Options) fill() {
	if o.Fatal == nil {
		o.Fatal = func(err error) bool { return codeIn(err) != "" }
	}
	if o.Connections == 0 {
		o.Connections = 2
	}
	o.Connections = min(max(1, o.Connections), 10)
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Stats == nil {
		o.Stats = &Stats{}
	}
}

// runner is what the connections share.
type runner struct {
	o     Options
	conns sync.WaitGroup
}
