package scheduletest

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store"
)

// Pair is two processes that post from one database.
type Pair struct {
	Place Place
	URL   string // of the database, which both can use at a time
	Posts int    // that are due at once
	// Dies has the second process die, with posts on their way, after a quarter of what is its part.
	Dies bool
	// Sleeps has it stopped there instead, and go on after so long: by then its posts are the other's.
	Sleeps time.Duration

	mu     sync.Mutex
	sent   map[string]int // requests with a post, by process
	victim *replica       // the second, while it may have to die
	heir   *replica       // the first
	died   time.Time
	woken  sync.WaitGroup
}

// takeover is within what time all is taken over that the second process had on its way.
const takeover = 15 * time.Second

// The names of the processes.
const (
	heirName   = "first"
	victimName = "second"
)

// replica is a process of a pair.
type replica struct {
	cmd  *exec.Cmd
	log  bytes.Buffer
	from time.Time // when it was started
}

// Posted is told of each request that carries a post, before it is answered.
func (p *Pair) Posted(r *http.Request) {
	name := r.Header.Get(Header)
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.sent == nil {
		p.sent = map[string]int{}
	}
	p.sent[name]++
	if !p.Dies && p.Sleeps == 0 || p.victim == nil || name != victimName || p.sent[name] < p.Posts/8 {
		return
	}
	victim := p.victim.cmd.Process
	p.victim, p.died = nil, time.Now()
	if p.Dies {
		_ = victim.Kill() // that it died is seen when it is waited for
		return
	}
	_ = stand(victim)
	p.woken.Add(1)
	time.AfterFunc(p.Sleeps, func() {
		defer p.woken.Done()
		_ = goOn(victim)
	})
}

// Run has all be posted, and counts what came of it.
func (p *Pair) Run(t *testing.T) Tally {
	t.Helper()
	db := open(t, p.URL)
	begin := first()
	subscribe(t, db, p.Place, p.Posts, begin)
	began := time.Now()
	j := Job{URL: p.URL, API: p.Place.API, Seed: seed(t), Now: begin.Add(time.Second), Speed: 1, Shared: true}
	heir, victim := startReplica(t, j, heirName), startReplica(t, j, victimName)
	p.mu.Lock()
	p.heir, p.victim = heir, victim
	p.mu.Unlock()
	err := victim.cmd.Wait()
	p.woken.Wait()
	p.mu.Lock()
	died := p.died
	p.mu.Unlock()
	if (err != nil) != p.Dies || p.Dies && died.IsZero() {
		t.Errorf("the second process: %v: %s", err, victim.log.String())
	}
	if err := heir.cmd.Wait(); err != nil {
		t.Errorf("the first process: %v: %s", err, heir.log.String())
	}
	took := time.Since(began)
	tally := Tally{Days: 1, Seed: j.Seed}
	tally.count(t, db, p.Place, p.Posts, begin)
	over, last := p.takenOver(t, db, begin)
	p.mu.Lock()
	defer p.mu.Unlock()
	t.Logf("%d posts in %v: the first process sent %d, the second %d; %d were taken over, %d lost, %d doubled", tally.Due,
		took.Round(time.Millisecond), p.sent[heirName], p.sent[victimName], over, tally.Lost, tally.Doubled)
	if p.sent[heirName] == 0 || p.sent[victimName] == 0 {
		t.Error("one of them has sent nothing")
	}
	if p.Dies || p.Sleeps > 0 {
		late := p.since(j, last)
		t.Logf("the last was taken over %v after the other died, by the clock of the first", late.Round(time.Millisecond))
		if late > takeover {
			t.Errorf("the last was taken over after %v: want %v at most", late, takeover)
		}
	}
	if (p.Dies || p.Sleeps > 0) != (over > 0) {
		t.Errorf("%d posts were taken over", over)
	}
	return tally
}

// since is how long after the second process died it was a time, by the clock of the first.
func (p *Pair) since(j Job, at time.Time) time.Duration {
	return at.Sub(j.Now.Add(p.died.Sub(p.heir.from)))
}

func startReplica(t *testing.T, j Job, name string) *replica {
	t.Helper()
	j.Name = name
	args, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	r := &replica{cmd: exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$"), from: time.Now()}
	r.cmd.Env = append(os.Environ(), Env+"="+string(args))
	r.cmd.Stderr = &r.log
	if err := r.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return r
}

// takenOver is how many posts were taken more than once, and when the last of them was recorded.
func (p *Pair) takenOver(t *testing.T, db *store.Store, begin time.Time) (n int, last time.Time) {
	t.Helper()
	for i := range p.Posts {
		o, err := db.Occurrence(t.Context(), subscription(i), begin.Format(time.DateOnly), "")
		if err != nil {
			t.Fatal(err)
		}
		if o.Tries > 1 {
			n++
			if o.At.After(last) {
				last = o.At
			}
		}
	}
	return n, last
}
