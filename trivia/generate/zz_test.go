package generate

import (
	"fmt"
	"github.com/whowon-bot/whowon/facts"
	"runtime"
	"testing"
	"time"
)

func TestZZ(t *testing.T) {
	c, _ := facts.Load()
	g := New(c, 1)
	var m0, m1 runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m0)
	t0 := time.Now()
	p := g.pool()
	fmt.Println("pool", time.Since(t0), len(p.seeds), "buckets", len(p.buckets))
	runtime.GC()
	runtime.ReadMemStats(&m1)
	fmt.Println("heap MiB", float64(m1.HeapAlloc-m0.HeapAlloc)/(1<<20))
	t0 = time.Now()
	n := 0
	for range g.All() {
		n++
	}
	fmt.Println("all", n, time.Since(t0))
	for _, x := range g.Templates() {
		fmt.Println(x.Key, x.Count)
	}
	for _, x := range g.Categories() {
		fmt.Println(x.Key, x.Count)
	}
	t0 = time.Now()
	for i := range 100 {
		g.Pick(uint64(i), Filter{}, 10, func(string) bool { return false })
	}
	fmt.Println("pick10", time.Since(t0)/100)
	a := NewAuditor(c)
	n = 0
	kinds := map[string]int{}
	for _, s := range p.seeds {
		q, ok := g.build(p, s)
		if !ok {
			fmt.Println("FAIL", p.w.id(&p.templates[s.tpl], s))
			continue
		}
		f := append(Check(q), a.Audit(q)...)
		if len(f) > 0 {
			k := p.templates[s.tpl].key
			kinds[k]++
			if kinds[k] <= 8 {
				fmt.Printf("BAD %s\n  %s %q %q\n  %q\n", q.ID, q.Text, q.Answers, q.Wrong, f)
			}
		}
	}
	fmt.Println(kinds)
}
