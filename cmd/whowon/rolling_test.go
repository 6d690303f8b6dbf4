package main

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// rolling is how large TestRollingRestart is: WHOWON_REPLICAS=whole takes all of what is promised.
type rolling struct {
	rounds, questions int
	restarts          int           // replicas that are told to end, one after the other
	apart             time.Duration // how long they serve before the next one is told
}

// TestRollingRestart plays rounds on three replicas of the whole program, which share a PostgreSQL and are reached through a
// load balancer, while they are ended and started again one after the other, and one is killed. No answer that was
// acknowledged is lost, nothing is shown twice, and what a replica leaves behind is taken over in time.
func TestRollingRestart(t *testing.T) {
	size := rolling{rounds: 12, questions: 2, restarts: 1, apart: time.Second}
	if os.Getenv("WHOWON_REPLICAS") == "whole" {
		size = rolling{rounds: 100, questions: 6, restarts: 3, apart: handover}
	}
	began := time.Now()
	f := newFleet(t, 3)
	m := newMatch(t, f.discord, size)
	m.begin(t)
	var outages []outage
	for n := range size.restarts {
		outages = append(outages, f.restart(t, n))
		time.Sleep(size.apart)
	}
	m.awaitPause(t) // then nobody answers, and no other replica knows what is due
	victim := f.busiest()
	outages = append(outages, f.kill(t, victim))
	m.finish(t)
	f.replicas[victim].start(t)
	f.replicas[victim].await(t)
	f.end(t)
	for i := range outages {
		o, end := &outages[i], time.Now()
		if i+1 < len(outages) {
			end = outages[i+1].at
		}
		o.late = m.latest(o.at, end)
		if o.late > o.limit {
			t.Errorf("after %s something came %v late: want %v at most", o.what, o.late, o.limit)
		}
	}
	m.verify(t, f.url)
	t.Logf("%d rounds in %v: %s; %v", size.rounds, time.Since(began).Round(time.Second), m, outages)
}

// outage is the end of a replica, and what came of it.
type outage struct {
	what  string
	at    time.Time
	took  time.Duration // until it had ended
	late  time.Duration // how late the latest was of what was due when it ended
	limit time.Duration
}

func (o outage) String() string {
	return fmt.Sprintf("%s: ended after %v, the latest step was %v late", o.what, o.took.Round(time.Millisecond),
		o.late.Round(time.Millisecond))
}

// step is something that a round was to show, and when it did.
type step struct{ due, shown time.Time }

// latest is for how long a step waited at most from when a replica ended until the next one did.
func (m *match) latest(at, next time.Time) (late time.Duration) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.steps {
		from, to := s.due, s.shown
		if from.Before(at) {
			from = at
		}
		if to.After(next) {
			to = next
		}
		late = max(late, to.Sub(from))
	}
	return late
}

// The limits of what is promised.
const (
	takeover = 15 * time.Second // after a kill
	handover = 5 * time.Second  // after a signal
)
