package play

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

// TestKilledAtEveryWritePoint plays rounds in processes that are killed at their n-th write point, for every n, and started
// again, and some of them killed again. It checks what was shown and what was written (see verify).
func TestKilledAtEveryWritePoint(t *testing.T) {
	k := &killer{seed: uint64(time.Now().UnixNano())}
	t.Run("rounds", func(t *testing.T) {
		for _, mode := range []string{"race", "typed", "alone"} {
			for _, once := range []bool{true, false} {
				t.Run(fmt.Sprintf("%s/once=%v", mode, once), func(t *testing.T) {
					t.Parallel()
					k.everyPoint(t, job{Mode: mode, Once: once, Seed: k.seed})
				})
			}
		}
	})
	if len(k.resumed) == 0 {
		t.Fatal("nothing was resumed")
	}
	slices.Sort(k.resumed)
	slices.Sort(k.ready)
	median, most := len(k.resumed)/2, len(k.resumed)-1
	t.Logf("%d kills, seed %d; resumed after the start of the game: median %v, longest %v; after the start of the process: median %v, longest %v",
		k.kills, k.seed, k.resumed[median], k.resumed[most], k.ready[median], k.ready[most])
	if k.resumed[median] > time.Second {
		t.Errorf("half of the rounds took longer than %v to resume", k.resumed[median])
	}
}

// leastKills is how often processes of each kind are killed at least; there are six kinds.
const leastKills = 50

// killer counts what happens to all chains.
type killer struct {
	seed uint64

	mu             sync.Mutex
	kills          int
	resumed, ready []time.Duration
}

// everyPoint kills rounds at each of their write points: those of a round that is played undisturbed. A chain of kills
// takes several of them, far apart, and some while the process comes back.
func (k *killer) everyPoint(t *testing.T, j job) {
	rng := rand.New(rand.NewPCG(k.seed, uint64(len(j.Mode))))
	whole := k.chain(t, j, nil, rng)
	todo := whole[len(whole)-1].Points
	if len(todo) < 20 {
		t.Fatalf("a round has only %d write points: %q", len(todo), todo)
	}
	gap := len(todo)/10 + 1
	if testing.Short() {
		todo = slices.DeleteFunc(todo, func(string) bool { return rng.IntN(8) > 0 })
	}
	unreached, kills, points := 0, 0, slices.Clone(todo)
	for (len(todo) > 0 || kills < leastKills && !testing.Short()) && !t.Failed() {
		var kill []string
		for i := 0; i < len(todo); i += gap {
			kill = append(kill, todo[i])
		}
		if len(todo) == 0 { // all are done: some once more
			kill = []string{points[rng.IntN(len(points))], points[rng.IntN(len(points))]}
		}
		before := len(todo)
		for _, e := range k.chain(t, j, kill, rng) {
			if e.Op == "killed" {
				kills++
			}
			todo = slices.DeleteFunc(todo, func(p string) bool { return p == e.What })
		}
		if len(todo) == before && before > 0 { // it depends on who is faster whether a round comes by it
			todo = todo[1:]
			unreached++
		}
	}
	if unreached > 5 {
		t.Errorf("%d write points were not reached again", unreached)
	}
}

// chain plays a round to its end in processes that are killed at the points named, one after the other.
func (k *killer) chain(t *testing.T, j job, kill []string, rng *rand.Rand) []entry {
	t.Helper()
	dir, err := os.MkdirTemp(t.TempDir(), "")
	if err != nil {
		t.Fatal(err)
	}
	j.URL, j.Journal, j.KillAt = "sqlite:"+filepath.Join(dir, "whowon.db"), filepath.Join(dir, "journal"), kill
	if err := os.WriteFile(j.Journal, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	var all []entry
	for killed := true; killed && !t.Failed(); {
		killed = k.run(t, j)
		if all, err = readJournal(j.Journal); err != nil {
			t.Fatal(err)
		}
		last := all[len(all)-1].What
		if j.KillNo = 0; slices.Contains(j.KillAt, last) && rng.IntN(4) == 0 {
			j.KillNo = 1 + rng.IntN(6)
		}
		j.KillAt = slices.DeleteFunc(slices.Clone(j.KillAt), func(p string) bool { return p == last })
	}
	verify(t, j, all)
	if t.Failed() {
		t.Logf("%s once=%v, to be killed at %q", j.Mode, j.Once, kill)
		for _, e := range all {
			t.Logf("%s %s %s%q %v %s", e.Op, e.Key, e.Player, e.Lead, e.Rows, e.What)
		}
	}
	k.count(all)
	return all
}

// run runs a process, and reports whether it was killed.
func (k *killer) run(t *testing.T, j job) bool {
	t.Helper()
	args, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), childJob+"="+string(args), "GOGC=off") // it does not live that long
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return false
	case errors.As(err, &exit) && exit.ExitCode() == -1 && len(j.KillAt)+j.KillNo > 0:
		return true // by a signal
	}
	text, _ := os.ReadFile(j.Journal)
	t.Fatalf("%v: %s\n%s", err, out.String(), text)
	return false
}

func (k *killer) count(all []entry) {
	k.mu.Lock()
	defer k.mu.Unlock()
	killed := false
	for _, e := range all {
		switch {
		case e.Op == "killed":
			k.kills++
			killed = true
		case e.Op == "resumed" && killed:
			k.resumed = append(k.resumed, e.Took)
			k.ready = append(k.ready, e.Since)
		}
	}
}
