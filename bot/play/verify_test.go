package play

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/trivia"
)

// outcome is what the store and the journal say about a round that was played.
type outcome struct {
	shown   map[string]int // how often a key was shown
	doubt   map[string]bool
	asked   map[string]string // question's ID by the key it was asked under
	heard   map[string]string // the reply by delivery
	tries   []entry
	table   map[string]string // points by name, of the end
	ledger  []ledgerLine
	effects map[string]string // state by key
	round   playedRound
}

type ledgerLine struct {
	key, round, player, name, reason string
	question, points, right          int
}

// playedRound is what a test reads of a saved round beside what its methods tell.
type playedRound struct {
	ID     string
	Phase  trivia.Phase
	Reason trivia.End
	Past   []struct {
		N       int
		Q       struct{ ID string }
		Outcome trivia.Outcome
	}
}

// verify checks a round that was played by processes that were killed: it has ended; no question was shown twice; what was
// taken back or never shown is only what was on its way when a process was killed, and that only on a platform that may
// show a key twice; every answer that was said to be right has its points once; the table shown is the ledger.
func verify(t *testing.T, j job, all []entry) {
	t.Helper()
	o := read(t, j, all)
	interrupted := !j.Once && o.round.Reason == trivia.EndInterrupted // three questions in a row were lost
	if o.round.Phase != trivia.Over || o.round.Reason != trivia.EndComplete && !interrupted {
		t.Errorf("the round is %q: %q", o.round.Phase, o.round.Reason)
	}
	o.verifyShown(t, j.Once)
	o.verifyQuestions(t)
	o.verifyScores(t, j.Mode)
	o.verifyTable(t)
}

func read(t *testing.T, j job, all []entry) *outcome {
	t.Helper()
	o := &outcome{shown: map[string]int{}, doubt: map[string]bool{}, asked: map[string]string{}, heard: map[string]string{},
		effects: map[string]string{}}
	for _, e := range all {
		switch e.Op {
		case "send":
			o.readMessage(t, e)
		case "edit":
			o.shown[revealOf(e.Key)] = 1 // again is as good
		case "answer":
			o.tries = append(o.tries, e)
		case "killed":
			for _, key := range e.Doubt {
				o.doubt[key] = true
			}
		}
	}
	o.readStore(t, strings.TrimPrefix(j.URL, "sqlite:"))
	return o
}

func (o *outcome) readMessage(t *testing.T, e entry) {
	if id, ok := strings.CutPrefix(e.Key, "reply/"); ok {
		o.heard[id] = e.Text
		return
	}
	if e.Key != "" {
		o.shown[e.Key]++
	}
	switch {
	case strings.HasPrefix(e.Key, "ask/"):
		id := questionIn(t, e)
		for key, other := range o.asked {
			if other == id && key != e.Key {
				t.Errorf("question %s was asked as %s and as %s", id, key, e.Key)
			}
		}
		o.asked[e.Key] = id
	case strings.HasPrefix(e.Key, "end/"):
		o.table = map[string]string{}
		for _, row := range e.Rows {
			o.table[row[1]] = row[2]
		}
	}
}

func (o *outcome) readStore(t *testing.T, path string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	query(t, db, `SELECT key, state, '' FROM effects`, func(c []string) { o.effects[c[0]] = c[1] })
	query(t, db, `SELECT value, '', '' FROM rounds`, func(c []string) {
		if err := json.Unmarshal([]byte(c[0]), &o.round); err != nil {
			t.Fatal(err)
		}
	})
	o.ledger = readLedger(t, db)
}

func readLedger(t *testing.T, db *sql.DB) (out []ledgerLine) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), `SELECT key, round, player, name, reason, question, points, correct FROM scores`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var l ledgerLine
		if err := rows.Scan(&l.key, &l.round, &l.player, &l.name, &l.reason, &l.question, &l.points, &l.right); err != nil {
			t.Fatal(err)
		}
		out = append(out, l)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}

// query reads rows of three texts.
func query(t *testing.T, db *sql.DB, q string, row func([]string)) {
	t.Helper()
	rows, err := db.QueryContext(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		c := make([]string, 3)
		if err := rows.Scan(&c[0], &c[1], &c[2]); err != nil {
			t.Fatal(err)
		}
		row(c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}

func (o *outcome) verifyShown(t *testing.T, once bool) {
	for _, key := range slices.Sorted(maps.Keys(o.shown)) {
		if !strings.HasPrefix(key, "reply/") && o.shown[key] != 1 {
			t.Errorf("%s was shown %d times", key, o.shown[key])
		}
	}
	for key, state := range o.effects {
		switch {
		case state == "sent" && o.shown[key] != 1:
			t.Errorf("%s is confirmed and was shown %d times", key, o.shown[key])
		case state != "sent" && state != "void":
			t.Errorf("%s is left %s", key, state)
		case state == "void" && (once || !o.doubt[key]):
			t.Errorf("%s was given up, and nobody was killed while it was shown", key)
		}
	}
}

// verifyQuestions checks that a question counts only if it was shown, and that somebody was heard: in these rounds
// somebody always knows.
func (o *outcome) verifyQuestions(t *testing.T) {
	for _, q := range o.round.Past {
		key := fmt.Sprintf("ask/%s/%d", o.round.ID, q.N)
		switch {
		case q.Outcome == trivia.Void && o.doubt[key]:
		case q.Outcome != trivia.Answered:
			t.Errorf("question %d was %q", q.N, q.Outcome)
		case o.asked[key] != q.Q.ID:
			t.Errorf("question %d is %s, but %q was shown", q.N, q.Q.ID, o.asked[key])
		}
	}
}

// verifyScores checks the ledger against what players were told.
func (o *outcome) verifyScores(t *testing.T, mode string) {
	scored := map[string]int{} // right entries by question and player
	scorers := map[int][]string{}
	for _, l := range o.ledger {
		if l.right == 1 {
			scored[fmt.Sprintf("ask/%s/%d %s", l.round, l.question, l.player)]++
			scorers[l.question] = append(scorers[l.question], l.player)
		}
	}
	for _, q := range o.round.Past {
		key := fmt.Sprintf("ask/%s/%d", o.round.ID, q.N)
		if q.Outcome != trivia.Answered {
			if len(scorers[q.N]) != 0 {
				t.Errorf("%s was %q, and %v have points for it", key, q.Outcome, scorers[q.N])
			}
			continue
		}
		right := o.taken(key)
		if mode == "race" {
			o.verifyRace(t, key, scorers[q.N], right)
			continue
		}
		for _, e := range right {
			if n := scored[key+" "+e.Player]; n != 1 {
				t.Errorf("%s was told to be right at %s, and has points %d times", e.Player, key, n)
			}
		}
	}
}

// verifyRace checks that one player scored, who was right, and before all who were told that they are taken. An answer may
// be taken without a word: when the process was killed before it could say so.
func (o *outcome) verifyRace(t *testing.T, ask string, scorers []string, right []entry) {
	if len(scorers) != 1 {
		t.Errorf("%q have points for %s, in a race", scorers, ask)
		return
	}
	i := slices.IndexFunc(o.tries, func(e entry) bool { return e.Ask == ask && e.Right && e.Player == scorers[0] })
	if i < 0 {
		t.Errorf("%s has points for %s, and was not right", scorers[0], ask)
	} else if len(right) > 0 && o.tries[i].At.After(right[0].At) {
		t.Errorf("%s has the points for %s, and %s was right before", scorers[0], ask, right[0].Player)
	}
}

// taken are the right answers to a question that were said to be taken, the first given first.
func (o *outcome) taken(ask string) []entry {
	var right []entry
	for _, e := range o.tries {
		said := o.heard[e.Key]
		if e.Ask == ask && e.Right && (strings.Contains(said, "You picked") || strings.Contains(said, "Your answer is") ||
			strings.Contains(said, "That is right") || strings.Contains(said, "Taken")) {
			right = append(right, e)
		}
	}
	slices.SortStableFunc(right, func(a, b entry) int { return a.At.Compare(b.At) })
	return right
}

// verifyTable checks that the table that was shown at the end is the ledger.
func (o *outcome) verifyTable(t *testing.T) {
	if o.table == nil {
		return // verifyShown says whether that may be
	}
	sums := map[string]int{}
	for _, l := range o.ledger {
		sums[l.name] += l.points
	}
	for name, shown := range o.table {
		if want := points(sums[name]); shown != want {
			t.Errorf("%s has %s at the end, and %s in the ledger", name, shown, want)
		}
		delete(sums, name)
	}
	if len(sums) > 0 {
		t.Errorf("the table at the end leaves out %v", sums)
	}
}
