package metrics_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"github.com/whowon-bot/whowon/bot"
)

func document(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "docs", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// known are the names that a query may use: of the catalogue, and of what comes of histograms.
func known() map[string]bool {
	names := map[string]bool{}
	for _, info := range bot.Metrics() {
		if info.Kind != bot.Histogram {
			names[info.Name] = true
			continue
		}
		for _, end := range []string{"_bucket", "_count", "_sum"} {
			names[info.Name+end] = true
		}
	}
	return names
}

var ours = regexp.MustCompile(`\bwhowon_[a-z_]+`)

// TestEveryMetricIsExplained, and none that does not exist.
func TestEveryMetricIsExplained(t *testing.T) {
	text := document(t, "watching.md")
	names := map[string]bool{}
	for _, info := range bot.Metrics() {
		names[info.Name] = true
		if !strings.Contains(text, "`"+info.Name+"`") {
			t.Errorf("docs/watching.md does not explain %s", info.Name)
		}
	}
	for _, name := range ours.FindAllString(text, -1) {
		if !names[name] {
			t.Errorf("docs/watching.md has %s, which is not measured", name)
		}
	}
}

// TestAlerts use what is measured, and each is explained under its name.
func TestAlerts(t *testing.T) {
	var file struct {
		Groups []struct {
			Name  string
			Rules []struct {
				Alert, Expr, For    string
				Labels, Annotations map[string]string
			}
		}
	}
	if err := yaml.UnmarshalWithOptions([]byte(document(t, "alerts.yaml")), &file, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	manual, names, n := document(t, "watching.md"), known(), 0
	for _, g := range file.Groups {
		for _, r := range g.Rules {
			n++
			found := ours.FindAllString(r.Expr, -1)
			if len(found) == 0 && !strings.HasPrefix(r.Expr, "up{") {
				t.Errorf("%s asks for nothing of ours: %s", r.Alert, r.Expr)
			}
			for _, name := range found {
				if !names[name] {
					t.Errorf("%s asks for %s, which is not measured", r.Alert, name)
				}
			}
			anchor := "docs/watching.md#" + strings.ToLower(r.Alert)
			if !strings.Contains(manual, "\n### "+r.Alert+"\n") || !strings.HasSuffix(r.Annotations["runbook_url"], anchor) {
				t.Errorf("%s is not explained, or does not lead there", r.Alert)
			}
			if s := r.Labels["severity"]; s != "page" && s != "ticket" || r.Annotations["summary"] == "" {
				t.Errorf("%s lacks a severity or a summary", r.Alert)
			}
		}
	}
	if n < 10 {
		t.Errorf("there are %d alerts", n)
	}
	for _, heading := range regexp.MustCompile(`(?m)^### (Whowon\w+)$`).FindAllStringSubmatch(manual, -1) {
		if !strings.Contains(document(t, "alerts.yaml"), "alert: "+heading[1]+"\n") {
			t.Errorf("docs/watching.md explains %s, which is no alert", heading[1])
		}
	}
}

// TestDashboard shows all that is measured, in panels that do not overlap.
func TestDashboard(t *testing.T) {
	type grid struct{ X, Y, W, H int }
	var d struct {
		Title         string
		SchemaVersion int
		Panels        []struct {
			ID      int
			Title   string
			Type    string
			GridPos grid
			Targets []struct{ Expr, RefID string }
		}
	}
	if err := json.Unmarshal([]byte(document(t, "grafana-dashboard.json")), &d); err != nil {
		t.Fatal(err)
	}
	if d.Title == "" || d.SchemaVersion == 0 || len(d.Panels) == 0 {
		t.Fatalf("it is no dashboard: %+v", d)
	}
	names, shown, ids, cells := known(), map[string]bool{}, map[int]bool{}, map[[2]int]bool{}
	for _, p := range d.Panels {
		if ids[p.ID] || p.Title == "" || (p.Type != "row") != (len(p.Targets) > 0) || p.GridPos.X+p.GridPos.W > 24 {
			t.Errorf("panel %d %q", p.ID, p.Title)
		}
		ids[p.ID] = true
		for x := range p.GridPos.W {
			for y := range p.GridPos.H {
				at := [2]int{p.GridPos.X + x, p.GridPos.Y + y}
				if cells[at] {
					t.Fatalf("panel %q lies on another", p.Title)
				}
				cells[at] = true
			}
		}
		for _, q := range p.Targets {
			for _, name := range ours.FindAllString(q.Expr, -1) {
				if shown[name] = true; !names[name] {
					t.Errorf("panel %q asks for %s, which is not measured", p.Title, name)
				}
			}
		}
	}
	for _, info := range bot.Metrics() {
		if !shown[info.Name] && !shown[info.Name+"_bucket"] {
			t.Errorf("no panel shows %s", info.Name)
		}
	}
}
