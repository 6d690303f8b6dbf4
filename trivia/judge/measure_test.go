package judge_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// sets is where typed answers are kept that people have labelled; the tests that need them skip without them.
const sets = "../../../shared/judge"

var show = flag.String("show", "", "list what is judged wrongly in the sets whose name contains this")

type typed struct {
	Src, Question, Answer, Given string
	Kind                         judge.Kind
	Aliases                      []string
	Label                        any
}

func (d typed) right() bool { return d.Label == 1.0 }

// half splits the sets by question: rules are tuned on one half and looked at on the other.
func (d typed) half() int {
	h := fnv.New32a()
	h.Write([]byte(d.Question + "\x00" + d.Answer))
	return int(h.Sum32() >> 7 & 1)
}

func readSet(t testing.TB, name string) []typed {
	t.Helper()
	f, err := os.Open(filepath.Join(sets, name+".jsonl"))
	if os.IsNotExist(err) {
		t.Skipf("%s is not there", filepath.Join(sets, name))
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var out []typed
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var d typed
		if err := json.Unmarshal(lines.Bytes(), &d); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, d)
	}
	return out
}

// coreNames are the names that the facts know.
func coreNames(t testing.TB) iter.Seq[judge.Known] {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(judge.Known) bool) {
		for n := range c.Names() {
			kind := judge.Person
			if n.Kind == "work" {
				kind = judge.Work
			}
			if !yield(judge.Known{Kind: kind, Entity: n.ID, Text: n.Text}) {
				return
			}
		}
	}
}

// corePool is the pool of the facts.
func corePool(t testing.TB) *judge.Pool { return judge.NewPool(coreNames(t)) }

// confusion counts verdicts against labels, in each half.
type confusion struct{ n, right, accepted, acceptedRight [2]int }

func both(x [2]int) int { return x[0] + x[1] }

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(b, 1)) }

func (c confusion) accuracy(h int) float64 {
	pick := func(x [2]int) int {
		if h < 2 {
			return x[h]
		}
		return both(x)
	}
	wrong := pick(c.right) - pick(c.acceptedRight) + pick(c.accepted) - pick(c.acceptedRight)
	return percent(pick(c.n)-wrong, pick(c.n))
}

func (c confusion) rate(h int) float64 {
	if h < 2 {
		return percent(c.accepted[h], c.n[h])
	}
	return percent(both(c.accepted), both(c.n))
}

func (c confusion) precision() float64 { return percent(both(c.acceptedRight), both(c.accepted)) }

func measure(t testing.TB, set []typed, pool *judge.Pool) map[string]confusion {
	out := map[string]confusion{}
	compiled := map[string]*judge.Judge{}
	for _, d := range set {
		id := fmt.Sprint(d.Question, d.Answer, d.Aliases, d.Kind)
		j, ok := compiled[id]
		if !ok {
			j = judge.Compile(judge.Spec{Question: d.Question, Answers: append([]string{d.Answer}, d.Aliases...), Kind: d.Kind}, pool)
			compiled[id] = j
		}
		r := j.Judge(d.Given)
		name, h := d.Src, d.half()
		if strings.HasPrefix(name, "facts") {
			name += fmt.Sprint("_", d.Kind)
		}
		c := out[name]
		c.n[h]++
		if d.right() {
			c.right[h]++
		}
		if r.Verdict == judge.Correct {
			c.accepted[h]++
			if d.right() {
				c.acceptedRight[h]++
			}
		}
		out[name] = c
		if *show != "" && strings.Contains(name, *show) && d.right() != (r.Verdict == judge.Correct) {
			t.Logf("%d %s %v %.70q %q %.3q | %.70q -> %s %s %q", h, name, d.Label, d.Question, d.Answer, d.Aliases, d.Given, r.Verdict, r.Reason, r.Alias)
		}
	}
	return out
}

func TestMeasure(t *testing.T) {
	files, err := fs.Glob(os.DirFS(sets), "*.jsonl")
	if err != nil || len(files) == 0 {
		t.Skip("no sets")
	}
	core := corePool(t)
	for _, f := range files {
		for _, p := range []*judge.Pool{nil, core} {
			name := "nil "
			if p != nil {
				name = "core"
			}
			for src, c := range measure(t, readSet(t, strings.TrimSuffix(f, ".jsonl")), p) {
				t.Logf("%s %-24s n %4d right %4d  accuracy %5.1f (%5.1f %5.1f) accepted %5.1f (%5.1f %5.1f) precision %5.1f", name, src, both(c.n), both(c.right),
					c.accuracy(2), c.accuracy(0), c.accuracy(1), c.rate(2), c.rate(0), c.rate(1), c.precision())
			}
		}
	}
}
