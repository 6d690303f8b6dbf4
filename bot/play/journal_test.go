package play

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// entry is a line of a journal: what has happened outside of the bot.
type entry struct {
	Op      string // send, edit, answer, killed, resumed, ended
	Key     string `json:",omitempty"` // of a message; of an answer the ID of its delivery
	Text    string `json:",omitempty"`
	Lead    string `json:",omitempty"`
	Rows    [][]string
	Buttons []bot.Button
	At      time.Time

	Player string   `json:",omitempty"` // of an answer
	Right  bool     `json:",omitempty"`
	Ask    string   `json:",omitempty"` // the question's effect key
	What   string   `json:",omitempty"` // the write point where it was killed
	Doubt  []string `json:",omitempty"` // effects that were taken then and not confirmed
	Points []string `json:",omitempty"` // write points of a process that ended by itself, in order
	Took   time.Duration

	Commits, Conflicts int           // of a replica
	Since              time.Duration // since the process's main began
}

// journal is a file that outlives the process: what was written to it before a kill is there, since the system holds it.
type journal struct {
	mu sync.Mutex
	f  *os.File
}

func openJournal(path string) (*journal, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	return &journal{f: f}, err
}

func (j *journal) write(e entry) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.append(e)
}

// writeLast leaves the journal locked: a write that is under way in a kill may leave half a line.
func (j *journal) writeLast(e entry) error {
	j.mu.Lock()
	return j.append(e)
}

func (j *journal) append(e entry) error {
	line, err := json.Marshal(e)
	if err == nil {
		_, err = j.f.Write(append(line, '\n'))
	}
	return err
}

func readJournal(path string) ([]entry, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []entry
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("line %d of %s: %w", len(all)+1, path, err)
		}
		all = append(all, e)
	}
	return all, lines.Err()
}

// seen is an entry of a message.
func seen(op, key string, v bot.View) entry {
	e := entry{Op: op, Key: key, Text: bot.Plain(v), Lead: v.Lead.String(), Buttons: v.Buttons, At: time.Now()}
	for _, b := range v.Blocks {
		if table, ok := b.(*bot.Table); ok {
			for _, row := range table.Rows {
				var cells []string
				for _, c := range row {
					cells = append(cells, c.String())
				}
				e.Rows = append(e.Rows, cells)
			}
		}
	}
	return e
}

// questionIn is the question that a message asks.
func questionIn(t testing.TB, e entry) string {
	t.Helper()
	for _, q := range numbers(64) {
		if q.Text == e.Lead {
			return q.ID
		}
	}
	t.Fatalf("%s asks %q", e.Key, e.Lead)
	return ""
}

// meter notes the write points of a process, and kills it at one of them.
type meter struct {
	mu     sync.Mutex
	killAt []string // these points
	killNo int      // or the point of this number, from 1
	passed []string
	doubt  []string
	log    *journal
}

// at is a write point.
func (p *meter) at(what string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.passed = append(p.passed, what)
	if len(p.passed) != p.killNo && !slices.Contains(p.killAt, what) {
		return
	}
	err := p.log.writeLast(entry{Op: "killed", What: what, Doubt: p.doubt, At: time.Now()})
	self, err2 := os.FindProcess(os.Getpid())
	if err != nil || err2 != nil || self.Kill() != nil {
		panic(fmt.Sprint("cannot be killed: ", err, err2))
	}
	select {} // nothing happens any more
}

func (p *meter) taken(keys ...string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.doubt = append(p.doubt, keys...)
}

func (p *meter) settled(key string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.doubt = slices.DeleteFunc(p.doubt, func(k string) bool { return k == key })
}
