package judge_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"hash/fnv"
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

// coreNames are the names that the facts know, as generate.Known gives them, which this package may not import.
func coreNames(t testing.TB) iter.Seq[judge.Known] {
	c, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	return func(yield func(judge.Known) bool) {
		for n := range c.Names() {
			kind := judge.Person
			switch n.Kind {
			case "work":
				kind = judge.Work
			case "country", "place":
				kind = judge.Place
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

func (c *confusion) add(o confusion) {
	for h := range 2 {
		c.n[h] += o.n[h]
		c.right[h] += o.right[h]
		c.accepted[h] += o.accepted[h]
		c.acceptedRight[h] += o.acceptedRight[h]
	}
}

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

// all are the counts of several sets, by source, with the facts as the pool.
func all(t *testing.T, pool *judge.Pool, names ...string) map[string]confusion {
	t.Helper()
	out := map[string]confusion{}
	for _, name := range names {
		for src, c := range measure(t, readSet(t, name), pool) {
			out[name+" "+src] = c
		}
	}
	return out
}

// sum adds up the counts of the sources whose names start with one of the prefixes.
func sum(from map[string]confusion, prefixes ...string) confusion {
	var c confusion
	for src, o := range from {
		for _, p := range prefixes {
			if strings.HasPrefix(src, p) {
				c.add(o)
				break
			}
		}
	}
	return c
}

// The targets that the rules were made for; docs/judging.md has the figures.
func TestTargets(t *testing.T) {
	m := all(t, corePool(t), "tot", "pg_key", "jarch", "pg_graded", "syn", "facts", "numpers")
	for src, c := range m {
		t.Logf("%-34s n %4d  accuracy %5.1f (%5.1f %5.1f)  accepted %5.1f (%5.1f %5.1f)", src, both(c.n),
			c.accuracy(2), c.accuracy(0), c.accuracy(1), c.rate(2), c.rate(0), c.rate(1))
	}
	least := func(what string, got, want float64) {
		t.Helper()
		if t.Logf("%s: %.1f", what, got); got < want {
			t.Errorf("%s: %.1f, want at least %.1f", what, got, want)
		}
	}
	most := func(what string, got, want float64) {
		t.Helper()
		if t.Logf("%s: %.1f", what, got); got > want {
			t.Errorf("%s: %.1f, want at most %.1f", what, got, want)
		}
	}
	typed := sum(m, "tot", "pg_key", "jarch")
	least("typed answers judged as people did", typed.accuracy(2), 97.5)
	least("precision", typed.precision(), 98)
	least("with pg_graded", sum(m, "tot", "pg_key", "jarch", "pg_graded").accuracy(2), 94.5)
	most("near collisions accepted", sum(m, "syn collide_near").rate(2), 15)
	most("word collisions accepted", sum(m, "syn collide_token").rate(2), 1)
	least("misspellings accepted", sum(m, "syn redirect").rate(2), 87)
	for _, kind := range []string{"near_work", "near_person", "prefix_work", "surname_person"} {
		most("facts: "+kind, sum(m, "facts facts_"+kind).rate(2), 1)
	}
	least("facts: typos", sum(m, "facts facts_typo").rate(2), 95)
	for _, kind := range []string{"surname_ok", "article_ok", "folded_ok"} {
		least("facts: "+kind, sum(m, "facts facts_"+kind).rate(2), 98)
	}
	num, pers := sum(m, "numpers num"), sum(m, "numpers pers")
	most("wrong numerals", float64(both(num.accepted)-both(num.acceptedRight)), 0)
	least("right numerals", float64(both(num.acceptedRight)), 17)
	most("wrong names", float64(both(pers.accepted)-both(pers.acceptedRight)), 0)
	least("right names", float64(both(pers.acceptedRight)), 8)
}

// The sets that have no target are there for the general sense: nothing may get much worse unseen.
func TestOtherSets(t *testing.T) {
	m := all(t, corePool(t), "csi", "peertests", "nq301", "evouna_tq_fid", "evouna_nq_fid", "qbtests", "pg_expl")
	for src, c := range m {
		t.Logf("%-34s n %4d  accuracy %5.1f (%5.1f %5.1f)  accepted %5.1f  precision %5.1f", src, both(c.n),
			c.accuracy(2), c.accuracy(0), c.accuracy(1), c.rate(2), c.precision())
	}
	for src, want := range map[string]float64{"csi": 93, "peertests cynan": 85, "peertests bertrand": 90, "evouna_tq_fid": 94, "evouna_nq_fid": 91} {
		if c := sum(m, src); c.accuracy(2) < want {
			t.Errorf("%s: accuracy %.1f, want at least %.1f", src, c.accuracy(2), want)
		}
	}
}
