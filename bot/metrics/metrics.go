// Package metrics keeps what the bot measures, and gives it out as Prometheus reads it. Which metrics there are, and what
// each means, is the catalogue of package bot; this package knows how a counter and a histogram are kept.
//
// What happens is told to a Metrics as it happens: it is a bot.Meter. What parts of the bot know of themselves
// (bot.Measured) is read when Prometheus asks, so that it costs nothing in between, and a shard that has gone elsewhere
// leaves no number behind.
package metrics

import (
	"fmt"
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"github.com/whowon-bot/whowon/bot"
)

// Metrics is a bot.Meter.
type Metrics struct {
	registry   *prometheus.Registry
	counters   []*prometheus.CounterVec   // by bot.Metric; nil where it is none
	histograms []*prometheus.HistogramVec // likewise
	parts      *parts
}

var _ bot.Meter = (*Metrics)(nil)

// New makes metrics of the whole catalogue, and of the Go runtime and the process.
func New() (*Metrics, error) {
	infos := bot.Metrics()
	m := &Metrics{registry: prometheus.NewRegistry(), counters: make([]*prometheus.CounterVec, len(infos)),
		histograms: make([]*prometheus.HistogramVec, len(infos)), parts: newParts(infos)}
	all := []prometheus.Collector{m.parts, collectors.NewGoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{})}
	for i, info := range infos {
		switch {
		case info.Read:
		case info.Kind == bot.Counter:
			m.counters[i] = prometheus.NewCounterVec(prometheus.CounterOpts{Name: info.Name, Help: info.Help}, info.Labels)
			all = append(all, m.counters[i])
		case info.Kind == bot.Histogram:
			m.histograms[i] = prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: info.Name, Help: info.Help,
				Buckets: info.Buckets}, info.Labels)
			all = append(all, m.histograms[i])
		}
	}
	for _, c := range all {
		if err := m.registry.Register(c); err != nil {
			return nil, fmt.Errorf("metrics: %w", err)
		}
	}
	return m, nil
}

// Add has parts of the bot read whenever somebody asks.
func (m *Metrics) Add(parts ...bot.Measured) { m.parts.add(parts...) }

// Count implements bot.Meter. What the catalogue does not have as a counter with so many labels is not counted.
func (m *Metrics) Count(metric bot.Metric, n int, labels ...string) {
	if vec := m.counters[metric]; vec != nil && n > 0 {
		if c, err := vec.GetMetricWithLabelValues(labels...); err == nil {
			c.Add(float64(n))
		}
	}
}

// Observe implements bot.Meter, in the same way.
func (m *Metrics) Observe(metric bot.Metric, value float64, labels ...string) {
	if vec := m.histograms[metric]; vec != nil {
		if h, err := vec.GetMetricWithLabelValues(labels...); err == nil {
			h.Observe(value)
		}
	}
}

// Gatherer is all that is measured, for who reads it in another way than by Handler.
func (m *Metrics) Gatherer() prometheus.Gatherer { return m.registry }

// answerWithin is how long somebody who asks waits at most; Prometheus itself waits for ten seconds.
const answerWithin = 9 * time.Second

// Handler answers with all metrics in Prometheus's text format. A part that fails does not keep the others from being told.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError,
		MaxRequestsInFlight: 4, Timeout: answerWithin})
}
