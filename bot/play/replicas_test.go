package play

import (
	"bufio"
	"cmp"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/store/storetest"
)

const (
	replicaQuestions = 2   // of a round
	replicaPlayers   = 100 // each answers each question once
	replicaWaiting   = 8   // answers on their way at a time
)

// TestReplicasPlayOneChannel lets two processes on one PostgreSQL play the same channel. Answers reach either of them, in
// another order than they were given in.
func TestReplicasPlayOneChannel(t *testing.T) {
	rounds := 50
	if testing.Short() {
		rounds = 2
	}
	url := storetest.Postgres(t)
	m := &match{url: url, rng: rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 2)), heard: map[string]string{}}
	OpenStore(t, url) // makes the tables
	m.start(t, 2)
	began := time.Now()
	for r := range rounds {
		m.playRound(t, r)
	}
	took := time.Since(began)
	m.stop(t)
	m.verify(t, rounds)
	n := len(m.answers)
	t.Logf("%d answers over 2 processes in %v: %.0f/s; while questions were open %.0f/s; %d of %d commits came second; "+
		"%d of %d questions closed before the earliest right answer was heard", n, took.Round(time.Millisecond), float64(n)/took.Seconds(), float64(n)/m.busy.Seconds(), m.conflicts, m.commits, m.unheard, rounds*replicaQuestions)
}

// match is what the replicas are told, and what they show.
type match struct {
	url     string
	rng     *rand.Rand
	cmds    []*exec.Cmd
	in      []io.WriteCloser
	out     chan entry
	answers []given
	heard   map[string]string // the reply by delivery
	shown   []entry           // messages that are not replies
	busy    time.Duration
	unheard int

	commits, conflicts int
}

type given struct {
	said
	round string
	n     string // question
	right bool
}

func (m *match) start(t *testing.T, replicas int) {
	m.out = make(chan entry, 1024)
	for i := range replicas {
		args, err := json.Marshal(job{Replica: fmt.Sprint("r", i), URL: m.url, Seed: m.rng.Uint64()})
		if err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = append(os.Environ(), childJob+"="+string(args), "GOGC=400")
		cmd.Stderr = os.Stderr
		in, err1 := cmd.StdinPipe()
		out, err2 := cmd.StdoutPipe()
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { cmd.Process.Kill() })
		m.cmds, m.in = append(m.cmds, cmd), append(m.in, in)
		go func() {
			lines := bufio.NewScanner(out)
			lines.Buffer(nil, 1<<20)
			for lines.Scan() {
				var e entry
				if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
					t.Errorf("a replica says %q", lines.Text())
				}
				m.out <- e
			}
			m.out <- entry{Op: "eof"}
		}()
	}
}

// tell tells one of the replicas what somebody did.
func (m *match) tell(t *testing.T, s said) {
	t.Helper()
	line, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.in[m.rng.IntN(len(m.in))].Write(append(line, '\n')); err != nil {
		t.Fatal(err)
	}
}

// await reads what the replicas show up to a message whose key begins so.
func (m *match) await(t *testing.T, prefix string) entry {
	t.Helper()
	for {
		for _, e := range m.shown {
			if strings.HasPrefix(e.Key, prefix) {
				return e
			}
		}
		m.listen(t, prefix)
	}
}

// listen reads one message.
func (m *match) listen(t *testing.T, wanted string) {
	t.Helper()
	select {
	case e := <-m.out:
		if e.Op == "eof" {
			t.Fatalf("a replica has ended; awaiting %s", wanted)
		}
		m.note(e)
	case <-time.After(30 * time.Second):
		t.Fatalf("nothing is shown; awaiting %s", wanted)
	}
}

func (m *match) note(e entry) {
	if id, ok := strings.CutPrefix(e.Key, "reply/"); ok {
		m.heard[id] = e.Text
	} else if e.Op == "send" {
		m.shown = append(m.shown, e)
	}
	m.commits += e.Commits
	m.conflicts += e.Conflicts
}

func (m *match) playRound(t *testing.T, r int) {
	m.tell(t, said{Begin: fmt.Sprint("round", r), ID: fmt.Sprint("begin", r), Player: "p0", At: time.Now()})
	round := fmt.Sprint("round", r)
	ask := m.await(t, "ask/"+round+"/1")
	for n := 1; n <= replicaQuestions; n++ {
		began := time.Now()
		m.answerAll(t, ask, round, fmt.Sprint(n))
		m.await(t, fmt.Sprintf("reveal/%s/%d", round, n))
		m.busy += time.Since(began)
		if n < replicaQuestions {
			ask = m.await(t, fmt.Sprintf("ask/%s/%d", round, n+1))
		}
	}
	m.await(t, "end/"+round)
}

// answerAll lets every player answer a question. Right answers arrive late, and the earlier ones often later, so that the
// order of arrival says nothing.
func (m *match) answerAll(t *testing.T, ask entry, round, n string) {
	right, wrong := rightButton(ask)
	if right == "" || wrong == "" {
		t.Fatalf("%s has no buttons: %+v", ask.Key, ask)
	}
	var wrongs, rights []given
	for i, order := range m.rng.Perm(replicaPlayers) {
		g := given{said{ID: fmt.Sprintf("%s/%d", ask.Key, i), Player: fmt.Sprint("p", i), At: ask.At.Add(time.Duration(m.rng.IntN(60)) * time.Millisecond),
			Order: uint64(order), State: wrong}, round, n, false}
		if i == 0 || m.rng.IntN(20) == 0 {
			g.right, g.State = true, right
			rights = append(rights, g)
		} else {
			wrongs = append(wrongs, g)
		}
	}
	m.rng.Shuffle(len(wrongs), func(i, j int) { wrongs[i], wrongs[j] = wrongs[j], wrongs[i] })
	m.rng.Shuffle(len(rights), func(i, j int) { rights[i], rights[j] = rights[j], rights[i] })
	all, late := wrongs[:len(wrongs)-10], slices.Concat(wrongs[len(wrongs)-10:], rights)
	m.rng.Shuffle(len(late), func(i, j int) { late[i], late[j] = late[j], late[i] })
	all = slices.Concat(all, late)
	for _, g := range all {
		for len(m.answers)-len(m.heard) >= replicaWaiting {
			m.listen(t, "replies")
		}
		m.tell(t, g.said)
		m.answers = append(m.answers, g)
	}
}

func (m *match) stop(t *testing.T) {
	for _, in := range m.in {
		in.Close()
	}
	for ended := 0; ended < len(m.cmds); {
		if e := <-m.out; e.Op == "eof" {
			ended++
		} else {
			m.note(e)
		}
	}
	for _, cmd := range m.cmds {
		if err := cmd.Wait(); err != nil {
			t.Error(err)
		}
	}
}

// verify checks that every answer was replied to, every message was shown once, and that every question has one scorer:
// who was right first, by the platform's time, of those who were heard before it was closed.
func (m *match) verify(t *testing.T, rounds int) {
	times := map[string]int{}
	for _, e := range m.shown {
		if times[e.Key]++; times[e.Key] > 1 {
			t.Errorf("%s was shown again", e.Key)
		}
	}
	if want := rounds * (2*replicaQuestions + 1); len(m.shown) != want {
		t.Errorf("%d messages were shown: want %d", len(m.shown), want)
	}
	first, heardFirst := map[string]given{}, map[string]given{}
	before := func(a, b given) bool { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Order, b.Order)) < 0 }
	for _, g := range m.answers {
		text, ok := m.heard[g.ID]
		if !ok {
			t.Errorf("nobody replied to %s", g.ID)
		}
		q := g.round + "/" + g.n
		if old, ok := first[q]; g.right && (!ok || before(g, old)) {
			first[q] = g
		}
		if old, ok := heardFirst[q]; g.right && strings.Contains(text, "You picked") && (!ok || before(g, old)) {
			heardFirst[q] = g
		}
	}
	db, err := sql.Open("pgx", m.url)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	scorers := map[string][]string{}
	for _, l := range readLedger(t, db) {
		if l.right == 1 {
			q := fmt.Sprintf("%s/%d", l.round, l.question)
			scorers[q] = append(scorers[q], l.player)
		}
	}
	for q, g := range heardFirst {
		if !slices.Equal(scorers[q], []string{g.Player}) {
			t.Errorf("%s: %v scored, and %s was first", q, scorers[q], g.Player)
		}
		if first[q].ID != g.ID {
			m.unheard++
		}
	}
	if len(heardFirst) != rounds*replicaQuestions || len(scorers) != len(heardFirst) {
		t.Errorf("of %d questions %d had right answers and %d scorers", rounds*replicaQuestions, len(heardFirst), len(scorers))
	}
	if m.unheard*2 > len(heardFirst) {
		t.Errorf("%d of %d questions were closed before the earliest right answer was heard", m.unheard, len(heardFirst))
	}
}
