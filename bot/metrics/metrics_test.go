package metrics_test

import (
	"bytes"
	"context"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/metrics"
)

// everything tells each metric that is read, twice, and some nonsense in between.
type everything struct{}

func (everything) Measure(_ context.Context, tell bot.Tell) {
	for i, info := range bot.Metrics() {
		for range 2 {
			tell(bot.Metric(i), 3, make([]string, len(info.Labels))...)
		}
		tell(bot.Metric(i), 4, "far", "too", "many", "labels", "here")
	}
}

type broken struct{}

func (broken) Measure(context.Context, bot.Tell) { panic("broken") }

func scrape(t *testing.T, m *metrics.Metrics) string {
	t.Helper()
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "/metrics", nil))
	if w.Code != 200 {
		t.Fatalf("/metrics: %d %s", w.Code, w.Body)
	}
	return w.Body.String()
}

// full are metrics with a value for each row of the catalogue.
func full(t *testing.T) *metrics.Metrics {
	t.Helper()
	m, err := metrics.New()
	if err != nil {
		t.Fatal(err)
	}
	m.Add(broken{}, everything{})
	for i, info := range bot.Metrics() {
		labels := make([]string, len(info.Labels))
		m.Count(bot.Metric(i), 2, labels...)
		m.Count(bot.Metric(i), 2, "far", "too", "many", "labels", "here")
		m.Observe(bot.Metric(i), 0.3, labels...)
		m.Observe(bot.Metric(i), 0.3, "far", "too", "many", "labels", "here")
	}
	return m
}

// TestEveryMetricIsGivenOut, once, whatever else goes wrong, and as Prometheus's linter wants it.
func TestEveryMetricIsGivenOut(t *testing.T) {
	m := full(t)
	text := scrape(t, m)
	var names []string
	for _, info := range bot.Metrics() {
		names = append(names, info.Name)
		line := "\n" + info.Name
		if info.Kind == bot.Histogram {
			line += "_count"
		}
		if n := strings.Count(text, line+"{") + strings.Count(text, line+" "); n != 1 {
			t.Errorf("%s is given out %d times", info.Name, n)
		}
		for _, head := range []string{"# HELP " + info.Name + " " + info.Help, "# TYPE " + info.Name + " " + string(info.Kind)} {
			if !strings.Contains(text, head+"\n") {
				t.Errorf("there is no line %q", head)
			}
		}
	}
	for _, want := range []string{"\ngo_goroutines ", "\nprocess_resident_memory_bytes "} {
		if !strings.Contains(text, want) {
			t.Errorf("there is no%s", want)
		}
	}
	problems, err := testutil.GatherAndLint(m.Gatherer(), names...)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		t.Errorf("promlint: %s: %s", p.Metric, p.Text)
	}
}

// TestValues adds what is told, and puts it into buckets.
func TestValues(t *testing.T) {
	m, err := metrics.New()
	if err != nil {
		t.Fatal(err)
	}
	m.Count(bot.MetricVerdicts, 1, "discord", "wrong")
	m.Count(bot.MetricVerdicts, 2, "discord", "wrong")
	m.Count(bot.MetricVerdicts, -1, "discord", "wrong")
	m.Observe(bot.MetricAckSeconds, 0.2, "slack")
	m.Observe(bot.MetricAckSeconds, 4, "slack")
	want := `
# HELP whowon_verdicts_total Answers to questions: correct, close, wrong, late.
# TYPE whowon_verdicts_total counter
whowon_verdicts_total{platform="discord",verdict="wrong"} 3
`
	if err := testutil.GatherAndCompare(m.Gatherer(), strings.NewReader(want), "whowon_verdicts_total"); err != nil {
		t.Error(err)
	}
	text := scrape(t, m)
	for _, line := range []string{`whowon_ack_seconds_bucket{platform="slack",le="0.1"} 0`,
		`whowon_ack_seconds_bucket{platform="slack",le="0.25"} 1`, `whowon_ack_seconds_bucket{platform="slack",le="3"} 1`,
		`whowon_ack_seconds_count{platform="slack"} 2`} {
		if !strings.Contains(text, line+"\n") {
			t.Errorf("there is no line %q in\n%s", line, grep(text, "whowon_ack"))
		}
	}
}

func grep(text, part string) string {
	var b bytes.Buffer
	for line := range strings.Lines(text) {
		if strings.Contains(line, part) {
			b.WriteString(line)
		}
	}
	return b.String()
}

// TestAPartMayGo is told no more once it tells nothing.
func TestAPartMayGo(t *testing.T) {
	m, err := metrics.New()
	if err != nil {
		t.Fatal(err)
	}
	shard := "7"
	m.Add(measured(func(tell bot.Tell) {
		if shard != "" {
			tell(bot.MetricGatewayConnected, 1, shard)
		}
	}))
	if text := scrape(t, m); !strings.Contains(text, `whowon_gateway_connected{shard="7"} 1`) {
		t.Error("a shard that runs is not told")
	}
	shard = ""
	if text := scrape(t, m); strings.Contains(text, `whowon_gateway_connected{`) {
		t.Error("a shard that is gone is told")
	}
}

type measured func(bot.Tell)

func (f measured) Measure(_ context.Context, tell bot.Tell) { f(tell) }

func BenchmarkCount(b *testing.B) {
	m, err := metrics.New()
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		m.Count(bot.MetricEvents, 1, "discord", "command", "taken")
	}
}
