package play_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/play"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// parlour is a platform whose users do what a test says.
type parlour struct {
	in chan bot.Inbound

	mu    sync.Mutex
	shown []bot.View
}

func (*parlour) Info() bot.Info {
	return bot.Info{Name: "parlour", ReadsText: true, Private: true, Buttons: true}
}

func (p *parlour) Run(_ context.Context, deliver bot.Deliver) error {
	for in := range p.in {
		if err := deliver(in); err != nil {
			return err
		}
	}
	return nil
}

func (p *parlour) Send(_ context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.shown = append(p.shown, v)
	return bot.MessageRef{Channel: to.Channel, ID: key}, nil
}

func (*parlour) Edit(context.Context, bot.MessageRef, bot.View) error { return bot.ErrUnsupported }

// do lets a user do something in a channel, and returns what was shown of it, once it is handled.
func (p *parlour) do(who bot.User, channel, what string) string {
	in := bot.Inbound{At: time.Now(), From: who, Moderator: true, Guild: bot.Guild{Platform: "parlour", ID: "g" + channel},
		To: bot.Target{Channel: bot.Channel{Platform: "parlour", ID: channel}}}
	switch state, pressed := strings.CutPrefix(what, "press "); {
	case pressed:
		in.Press = &bot.Press{State: p.button(state)}
	case strings.HasPrefix(what, "/"):
		command := bot.ParseCommand(what)
		in.Command = &command
	default:
		in.Text = what
	}
	done := make(chan struct{})
	in.Done = func() { close(done) }
	p.mu.Lock()
	before := len(p.shown)
	p.mu.Unlock()
	p.in <- in
	<-done
	p.mu.Lock()
	defer p.mu.Unlock()
	var out strings.Builder
	for _, v := range p.shown[before:] {
		out.WriteString(bot.Plain(v))
	}
	return out.String()
}

// button is the state of the button with a label that was shown last.
func (p *parlour) button(label string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := len(p.shown) - 1; i >= 0; i-- {
		for _, b := range p.shown[i].Buttons {
			if b.Label == label {
				return b.State
			}
		}
	}
	return ""
}

// quiz are questions that all have the same answer.
func quiz(answer string) []trivia.Question {
	var qs []trivia.Question
	for i := range 20 {
		qs = append(qs, trivia.Question{ID: fmt.Sprintf("quiz/%d", i), Text: fmt.Sprintf("Question %d?", i), Kind: judge.Work,
			Answers: []string{answer}, Category: "quiz", Difficulty: trivia.Medium})
	}
	return qs
}

// playing runs a bot with games on a store until the test ends.
func playing(t *testing.T, db *store.Store) *parlour {
	t.Helper()
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	gen := sync.OnceValue(func() play.Questions { return generate.New(corpus, 1) })
	pool := judge.NewPool(func(func(judge.Known) bool) {})
	game := play.New(play.Options{Store: db, Questions: gen, Pool: func() *judge.Pool { return pool },
		Packs: []play.Pack{{Slug: "quiz", Name: "Quiz", Questions: quiz("Blade Runner")}}})
	p := &parlour{in: make(chan bot.Inbound)}
	b := bot.New(bot.Options{Facts: func() bot.Facts { return corpus }, Features: []bot.Feature{game}})
	ended := make(chan error, 1)
	go func() { ended <- b.Run(t.Context(), p) }()
	t.Cleanup(func() {
		close(p.in)
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return p
}

// dump is every value of every table.
func dump(t *testing.T, url string) string {
	t.Helper()
	driver, name, tables := "pgx", url, "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
	if path, ok := strings.CutPrefix(url, "sqlite:"); ok {
		driver, name, tables = "sqlite", path, "SELECT name FROM sqlite_master WHERE type = 'table'"
	}
	db, err := sql.Open(driver, name)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var out strings.Builder
	for _, table := range column(t, db, tables) {
		fmt.Fprintf(&out, "== %s\n", table)
		columns := column(t, db, fmt.Sprintf("SELECT * FROM %s", table))
		out.WriteString(strings.Join(columns, "\n") + "\n")
	}
	return out.String()
}

// column are all values of a query, row by row.
func column(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for rows.Next() {
		row, ptr := make([]sql.NullString, len(names)), make([]any, len(names))
		for i := range row {
			ptr[i] = &row[i]
		}
		if err := rows.Scan(ptr...); err != nil {
			t.Fatal(err)
		}
		for _, v := range row {
			all = append(all, v.String)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

var (
	ada = bot.User{ID: `ada<42>`, Name: `Lady "Ada" & Co`}
	bob = bot.User{ID: "bob7", Name: "Bob"}
)

// traces are the lines of a dump that a user can be known by.
func traces(dump string, u bot.User) []string {
	var found []string
	for line := range strings.Lines(dump) {
		for _, s := range []string{string(u.ID), u.Name} {
			b, _ := json.Marshal(s)
			if strings.Contains(line, s) || strings.Contains(line, strings.Trim(string(b), `"`)) {
				found = append(found, line)
				break
			}
		}
	}
	return found
}

func TestForgetLeavesNothing(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		ctx := t.Context()
		p := playing(t, play.OpenStore(t, url))
		// A round that ada wins, and in which she decides bob's appeal.
		p.do(ada, "1", "/trivia start quiz")
		p.do(bob, "1", "alien")
		p.do(ada, "1", "blade runner")
		p.do(bob, "1", "/trivia stop")
		p.do(bob, "1", "/trivia appeal")
		if got := p.do(ada, "1", "press Accept"); !strings.Contains(got, "Points: Bob +200") {
			t.Fatalf("the appeal: %q", got)
		}
		// A round in another community, in which she contests what bob's right answer has closed.
		p.do(bob, "2", "/trivia start quiz")
		p.do(ada, "2", "aliens")
		p.do(bob, "2", "blade runner")
		p.do(bob, "2", "/trivia stop")
		p.do(ada, "2", "/trivia appeal")
		p.do(ada, "2", "/trivia hide")
		// A round that she has begun, and whose question is open.
		p.do(ada, "3", "/trivia start quiz 2")
		p.do(ada, "3", "not that film")
		before := dump(t, url)
		if n := len(traces(before, ada)); n < 10 {
			t.Fatalf("only %d traces of ada before:\n%s", n, before)
		}

		other := play.OpenStore(t, url) // as another process has it
		counts, err := play.Forget(ctx, other, "parlour", ada.ID, time.Now())
		if err != nil {
			t.Fatal(err)
		}
		want := bot.Counts{"players": 1, "scores": 1, "attempts": 1, "appeals": 2, "aliases": 1, "rounds": 3, "effects": 0, "picks": 0}
		if fmt.Sprint(counts) != fmt.Sprint(want) {
			t.Errorf("removed %v, want %v", counts, want)
		}
		if left := traces(dump(t, url), ada); len(left) > 0 {
			t.Errorf("left of ada: %q", left)
		}
		if len(traces(dump(t, url), bob)) == 0 {
			t.Error("bob is gone too")
		}

		// The bot has the open round in memory as it was. It goes on with the one that is stored.
		if got := p.do(bob, "3", "blade runner"); !strings.Contains(got, "That is right.") {
			t.Errorf("bob's answer: %q", got)
		}
		if got := p.do(bob, "3", "/trivia stop"); !strings.Contains(got, "Bob  200 points") || strings.Contains(got, "Ada") {
			t.Errorf("the end: %q", got)
		}
		if left := traces(dump(t, url), ada); len(left) > 0 {
			t.Errorf("the round has brought back ada: %q", left)
		}
		if counts, err = play.Forget(ctx, other, "parlour", ada.ID, time.Now()); err != nil {
			t.Error(err)
		}
		for table, n := range counts {
			if n != 0 {
				t.Errorf("again removed %d of %s", n, table)
			}
		}
	})
}

// The ID of a user can stand in a round as something else: such a round is left as it is.
func TestForgetLeavesTheNamesakeOfAnAnswer(t *testing.T) {
	url := storetest.SQLite(t)
	db := play.OpenStore(t, url)
	r := trivia.NewRound("r1", trivia.Preset(trivia.Classic), trivia.Player{ID: "bob7", Name: "Bob"}, quiz("ada"), 1)
	r.Start(time.Now())
	value, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	round := bot.StoredRound{ID: "r1", Guild: bot.Guild{Platform: "parlour", ID: "g1"}, Channel: bot.Channel{Platform: "parlour", ID: "c1"},
		Value: value, Open: true, Due: r.Deadline()}
	if err := db.Commit(t.Context(), bot.Transition{At: time.Now(), Round: round}); err != nil {
		t.Fatal(err)
	}
	counts, err := play.Forget(t.Context(), db, "parlour", "ada", time.Now())
	if err != nil || counts["rounds"] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
	if now, err := db.OpenRound(t.Context(), round.Channel); err != nil || now.Version != 1 {
		t.Errorf("the round is at version %d, %v", now.Version, err)
	}
}

// Compacted, the file of a database that is in use holds nothing of what was deleted either.
func TestForgetLeavesNothingInTheFile(t *testing.T) {
	url := storetest.SQLite(t)
	p := playing(t, play.OpenStore(t, url))
	for range 5 {
		p.do(ada, "1", "/trivia start quiz")
		p.do(ada, "1", "alien")
		p.do(bob, "1", "blade runner")
		p.do(bob, "1", "/trivia stop")
	}
	if text := files(t, url); len(traces(text, ada)) == 0 {
		t.Fatal("ada was never in the files")
	}
	other := play.OpenStore(t, url)
	if _, err := play.Forget(t.Context(), other, "parlour", ada.ID, time.Now()); err != nil {
		t.Fatal(err)
	}
	if err := other.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	text := files(t, url)
	if left := traces(text, ada); len(left) > 0 {
		t.Errorf("%d traces of ada are left in the files, such as %.300q", len(left), left[0])
	}
	if len(traces(text, bob)) == 0 {
		t.Error("bob is gone too")
	}
}

// files are the bytes of a SQLite file and what belongs to it.
func files(t *testing.T, url string) string {
	t.Helper()
	names, err := filepath.Glob(strings.TrimPrefix(url, "sqlite:") + "*")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	var all strings.Builder
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(b)
	}
	return all.String()
}
