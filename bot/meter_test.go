package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// tally is a Meter that adds up.
type tally struct {
	mu     sync.Mutex
	counts map[string]int
	times  map[string]float64 // the sum
}

func newTally() *tally { return &tally{counts: map[string]int{}, times: map[string]float64{}} }

func labelled(m Metric, labels []string) string {
	return Metrics()[m].Name + "{" + strings.Join(labels, ",") + "}"
}

func (a *tally) Count(m Metric, n int, labels ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts[labelled(m, labels)] += n
}

func (a *tally) Observe(m Metric, value float64, labels ...string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.counts[labelled(m, labels)]++
	a.times[labelled(m, labels)] += value
}

// TestTheCatalogueDescribesEveryMetric by what Prometheus wants of names: https://prometheus.io/docs/practices/naming/
func TestTheCatalogueDescribesEveryMetric(t *testing.T) {
	name, label := regexp.MustCompile(`^whowon_[a-z_]+$`), regexp.MustCompile(`^[a-z_]+$`)
	few := []string{"platform", "kind", "outcome", "command", "where", "verdict", "reason", "shard", "operation", "pool",
		"version", "go_version"}
	seen := map[string]bool{}
	for i, m := range Metrics() {
		switch {
		case !name.MatchString(m.Name), m.Help == "", !strings.HasSuffix(m.Help, "."), seen[m.Name]:
			t.Errorf("metric %d: %+v", i, m)
		case (m.Kind == Counter) != strings.HasSuffix(m.Name, "_total"):
			t.Errorf("%s is a %s", m.Name, m.Kind)
		case (m.Kind == Histogram) != (len(m.Buckets) > 0), m.Kind == Histogram && !strings.HasSuffix(m.Name, "_seconds"):
			t.Errorf("%s is a %s with %d buckets", m.Name, m.Kind, len(m.Buckets))
		case !slices.IsSorted(m.Buckets), m.Kind == Gauge && !m.Read:
			t.Errorf("%s: %+v", m.Name, m)
		}
		seen[m.Name] = true
		for _, l := range m.Labels {
			if !label.MatchString(l) || !slices.Contains(few, l) {
				t.Errorf("%s has the label %q: is that one of a few values?", m.Name, l)
			}
		}
	}
}

// TestWhatIsDeliveredIsMeasured by what became of it, and under no name that a user made up.
func TestWhatIsDeliveredIsMeasured(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, log := newTally(), &strings.Builder{}
		b := New(Options{Facts: func() Facts { return fakeFacts{} }, Meter: m,
			Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))})
		p := &failingPlatform{}
		deliver := b.Deliver(t.Context(), p)
		to := Target{Channel: Channel{Platform: "fake", ID: "c1"}}
		for _, in := range []Inbound{
			{ID: "1", To: to, Command: &Command{"whowon", "xyz"}}, {ID: "1", To: to, Command: &Command{"whowon", "xyz"}},
			{ID: "2", To: to, Command: &Command{"whowon", "panic"}}, {ID: "3", To: to, Command: &Command{"canary", ""}},
			{ID: "4", To: to, Press: &Press{State: "canary"}}, {ID: "5", To: to, Text: "canary"},
		} {
			_ = deliver(in)
		}
		synctest.Wait()
		for i := range laneDepth + 2 { // the first is being handled
			_ = deliver(Inbound{ID: fmt.Sprint("slow", i), To: to, Command: &Command{"whowon", "slow"}})
			if i == 0 {
				synctest.Wait()
			}
		}
		time.Sleep(time.Hour)
		synctest.Wait()
		want := map[string]int{
			"whowon_events_total{fake,command,taken}": 3 + laneDepth + 1, "whowon_events_total{fake,command,duplicate}": 1,
			"whowon_events_total{fake,command,busy}": 1, "whowon_events_total{fake,button,taken}": 1,
			"whowon_events_total{fake,text,taken}": 1, "whowon_faults_total{fake,handling}": 1,
			"whowon_faults_total{fake,sending}": 3, "whowon_handling_seconds{whowon}": 2 + laneDepth + 1,
			"whowon_handling_seconds{other}": 1, "whowon_handling_seconds{button}": 1, "whowon_handling_seconds{text}": 1,
		}
		for name, n := range want {
			if m.counts[name] != n {
				t.Errorf("%s is %d, want %d", name, m.counts[name], n)
			}
			delete(m.counts, name)
		}
		if len(m.counts) > 0 {
			t.Errorf("and there are %v", m.counts)
		}
		if got := m.times["whowon_handling_seconds{whowon}"]; got < laneDepth*(laneDepth+1)/2 { // a second each, one by one
			t.Errorf("the slow ones took %v seconds, the time in the lane included", got)
		}
		if strings.Contains(log.String(), "canary") || strings.Contains(log.String(), "asked to") {
			t.Errorf("the log quotes users:\n%s", log)
		}
		for _, line := range strings.Split(strings.TrimSpace(log.String()), "\n") {
			for _, key := range []string{" id=", " platform=fake", " channel=c1"} {
				if !strings.Contains(line, key) {
					t.Errorf("a line lacks%s: %s", key, line)
				}
			}
		}
	})
}

// failingPlatform takes a second for a slow answer, and fails to show what is no answer.
type failingPlatform struct{ fakePlatform }

func (p *failingPlatform) Send(_ context.Context, _ Target, v View, _ string) (MessageRef, error) {
	text := strings.ToLower(Plain(v))
	switch {
	case strings.Contains(text, "slow"):
		time.Sleep(time.Second)
	case !strings.Contains(text, "xyz"):
		return MessageRef{}, errors.New("lost")
	}
	return MessageRef{}, nil
}

// TestAlive fails where a lane does not do what it is handed, and holds for a bot that is closing.
func TestAlive(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := New(Options{Facts: func() Facts { return fakeFacts{} }})
		soon, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := b.Alive(soon); err != nil {
			t.Errorf("a bot that works: %v", err)
		}
		stuck := make(chan struct{})
		if err := b.lanes.Do(aliveChannel, func() { <-stuck }); err != nil {
			t.Fatal(err)
		}
		if err := b.Alive(soon); err == nil {
			t.Error("a bot that hangs says that it is alive")
		}
		close(stuck)
		if err := b.lanes.Close(t.Context()); err != nil {
			t.Fatal(err)
		}
		if err := b.Alive(t.Context()); err != nil {
			t.Errorf("a bot that ends: %v", err)
		}
	})
}
