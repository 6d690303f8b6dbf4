package scheduletest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"os"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule"
)

// fate decides what goes wrong in a process.
type fate struct {
	Faults
	mu  sync.Mutex
	rng *rand.Rand
}

func newFate(j Job) *fate {
	return &fate{Faults: j.Faults, rng: rand.New(rand.NewPCG(j.Seed, uint64(j.Boot)))}
}

func (f *fate) happens(p float64) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.rng.Float64() < p
}

// at is a point where the process may die. It says where it has, which its parent reads.
func (f *fate) at(point string) {
	if f.happens(f.Kill) {
		f.die(point)
	}
}

// atRare is a point that is passed once where others are passed for each post: the process dies more often there.
func (f *fate) atRare(point string) {
	if f.happens(4 * f.Kill) {
		f.die(point)
	}
}

// die ends the process as a crash of the machine would: nothing runs any more, and nothing is flushed.
func (f *fate) die(point string) {
	f.mu.Lock() // for ever: nobody else is to say anything
	fmt.Println(diedWord + point)
	p, err := os.FindProcess(os.Getpid())
	if err == nil {
		err = p.Kill()
	}
	if err != nil {
		panic(err)
	}
	select {}
}

const diedWord = "died "

// mortal is a store before and after whose writes the process may die.
type mortal struct {
	schedule.Store
	*fate
}

func (s mortal) Claim(ctx context.Context, at time.Time, claims ...bot.Claim) (int, error) {
	if len(claims) == 0 {
		return 0, nil
	}
	s.atRare("before a claim")
	n, err := s.Store.Claim(ctx, at, claims...)
	s.atRare("after a claim")
	return n, err
}

func (s mortal) TakeOccurrence(ctx context.Context, o bot.Occurrence, at, stale time.Time) (bot.Occurrence, bool, error) {
	s.at("before taking")
	o, ok, err := s.Store.TakeOccurrence(ctx, o, at, stale)
	s.at("after taking")
	return o, ok, err
}

func (s mortal) SaveOccurrence(ctx context.Context, o bot.Occurrence, taken, at time.Time) error {
	s.at("before saving")
	err := s.Store.SaveOccurrence(ctx, o, taken, at)
	s.at("after saving")
	return err
}

// wire carries requests, while the process lives and nothing goes wrong.
type wire struct {
	base http.RoundTripper
	name string
	*fate
}

var (
	errRefused = errors.New("the connection is refused")
	errLost    = errors.New("the connection was lost before the answer came")
)

func (w wire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.at("before a request")
	if w.happens(w.Refused) {
		if req.Body != nil {
			_ = req.Body.Close()
		}
		return nil, errRefused
	}
	req = req.Clone(req.Context()) // whose headers others have too
	req.Header.Set(Header, w.name)
	if w.happens(w.Kill) {
		go func() { _, _ = w.base.RoundTrip(req) }() //nolint:bodyclose // nobody is there to read it
		w.mu.Lock()
		d := time.Duration(w.rng.Int64N(int64(2 * time.Millisecond)))
		w.mu.Unlock()
		time.Sleep(d)
		w.die("during a request")
	}
	resp, err := w.base.RoundTrip(req)
	w.at("after a request")
	if err == nil && w.happens(w.Lost) {
		_ = resp.Body.Close()
		return nil, errLost
	}
	return resp, err
}

// forgetful is a platform that is told neither keys nor what may have been shown before.
type forgetful struct{ bot.Platform }

func (p forgetful) Send(ctx context.Context, to bot.Target, v bot.View, _ string) (bot.MessageRef, error) {
	to.Tried = time.Time{}
	return p.Platform.Send(ctx, to, v, "")
}
