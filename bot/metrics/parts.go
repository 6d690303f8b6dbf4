package metrics

import (
	"context"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/whowon-bot/whowon/bot"
)

// readWithin is how long the parts of the bot may take to tell their numbers.
const readWithin = 3 * time.Second

// parts collects what parts of the bot tell when they are asked. It is a prometheus.Collector.
type parts struct {
	infos []bot.MetricInfo
	descs []*prometheus.Desc // by bot.Metric; nil where it is not read

	mu  sync.Mutex
	all []bot.Measured
}

func newParts(infos []bot.MetricInfo) *parts {
	p := &parts{infos: infos, descs: make([]*prometheus.Desc, len(infos))}
	for i, info := range infos {
		if info.Read {
			p.descs[i] = prometheus.NewDesc(info.Name, info.Help, info.Labels, nil)
		}
	}
	return p
}

func (p *parts) add(parts ...bot.Measured) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.all = append(p.all, parts...)
}

// Describe implements prometheus.Collector.
func (p *parts) Describe(to chan<- *prometheus.Desc) {
	for _, d := range p.descs {
		if d != nil {
			to <- d
		}
	}
}

// Collect implements prometheus.Collector. Of a value that is told twice the first counts; what is not in the catalogue as
// something to be read, with so many labels, is left out. A part that panics costs its own numbers only.
func (p *parts) Collect(to chan<- prometheus.Metric) {
	p.mu.Lock()
	all := append([]bot.Measured(nil), p.all...)
	p.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), readWithin)
	defer cancel()
	seen := map[string]bool{}
	tell := func(m bot.Metric, value float64, labels ...string) {
		kind := prometheus.GaugeValue
		if p.infos[m].Kind == bot.Counter {
			kind = prometheus.CounterValue
		}
		key := p.infos[m].Name + "\x00" + strings.Join(labels, "\x00")
		if p.descs[m] == nil || seen[key] {
			return
		}
		if metric, err := prometheus.NewConstMetric(p.descs[m], kind, value, labels...); err == nil {
			seen[key] = true
			to <- metric
		}
	}
	for _, part := range all {
		_ = bot.Guard(func() error {
			part.Measure(ctx, tell)
			return nil
		})
	}
}
