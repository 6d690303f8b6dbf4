package scheduletest

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Ordeal is a bot that is killed again and again.
type Ordeal struct {
	Place Place
	URL   string // of the database
	Kills int    // at least
	// Jump is how much time passes between two processes, by their clocks. For some seconds after it has died, a process does
	// not take up what the one before had on its way; Usual is beyond that.
	Jump    time.Duration
	Variant string
	Naive   bool
}

// meanKill is how likely a process dies at each point. For some it is less, so that they come further, and for some more.
const meanKill = 0.05

// Usual is the usual jump.
const Usual = 15 * time.Second

// patience is for how long processes are killed on a day, by their clocks: platforms tell for an hour whether something was
// shown. Nobody promises anything of a bot that does not come to send a post for longer.
const patience = 40 * time.Minute

// speed is how many times as fast clocks run, so that nobody waits for a minute until something is tried again.
const speed = 20

// settle is how long a process that has died stays dead: what it had on its way arrives meanwhile.
const settle = 30 * time.Millisecond

// Run has the bot post day by day until it was killed often enough, and once more without any fault, and counts what came
// of it. Only the last process of each day is not killed, by chance.
func (o Ordeal) Run(t *testing.T) Tally {
	t.Helper()
	db := open(t, o.URL)
	begin := first()
	subscribe(t, db, o.Place, len(o.Place.Channels), begin)
	tally := Tally{Seed: seed(t), Points: map[string]int{}}
	j := Job{URL: o.URL, API: o.Place.API, Variant: o.Variant, Naive: o.Naive, Seed: tally.Seed, Now: begin.Add(time.Second),
		Speed: speed}
	rng := rand.New(rand.NewPCG(j.Seed, 0))
	for done := false; !done; {
		j.Faults = Faults{Kill: rng.Float64() * 2 * meanKill, Refused: 0.03, Lost: 0.03}
		if j.Now.Sub(begin.AddDate(0, 0, tally.Days)) > patience {
			j.Faults.Kill = 0
		}
		if done = tally.Kills >= o.Kills; done {
			j.Faults = Faults{}
		}
		j.Boot++
		started := time.Now()
		point, err := runChild(t.Context(), j)
		if err != nil {
			t.Fatalf("boot %d, seed %d: %v", j.Boot, j.Seed, err)
		}
		if point != "" {
			tally.Kills++
			tally.Points[point]++
			time.Sleep(settle)
			j.Now = j.Now.Add(speed*time.Since(started) + o.Jump)
			continue
		}
		tally.Days++
		j.Now = begin.AddDate(0, 0, tally.Days).Add(time.Second)
	}
	tally.Boots = j.Boot
	tally.count(t, db, o.Place, len(o.Place.Channels), begin)
	t.Log(tally)
	return tally
}

// runChild runs a process to its end, and returns where it died; "" is where it did not.
func runChild(ctx context.Context, j Job) (point string, err error) {
	args, err := json.Marshal(j)
	if err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), Env+"="+string(args), "GOGC=off") // it does not live that long
	var out, log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &log
	err = cmd.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return "", nil
	case errors.As(err, &exit) && exit.ExitCode() == -1:
		_, point, died := strings.Cut(strings.TrimSpace(out.String()), diedWord)
		if died {
			return point, nil
		}
	}
	return "", errors.Join(err, errors.New(log.String()))
}
