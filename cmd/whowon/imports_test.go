package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/whowon-bot/whowon"

// allowed is who may import what, besides the standard library: packages of this module without its path, "/..." for a
// folder and all below it, and other modules by a prefix. A package that is not here is not allowed to exist.
var allowed = map[string][]string{
	"cmd/whowon":   {"facts/...", "bot/...", "trivia/...", "github.com/goccy/go-yaml", "golang.org/x/term"},
	"facts":        {"facts/...", "golang.org/x/text"},
	"facts/fold":   {"golang.org/x/text"},
	"facts/table":  {"facts/fold"},
	"facts/raw":    {"facts/fold", "facts/table"},
	"facts/lookup": {"facts/fold"},
	"facts/index":  {"facts/fold", "facts/table", "facts/lookup"},
	"facts/data":   {},

	"trivia":              {"facts", "trivia/judge", "golang.org/x/text"},
	"trivia/judge":        {"golang.org/x/text"},
	"trivia/generate":     {"facts", "facts/fold", "facts/index", "facts/table", "trivia", "trivia/judge"},
	"trivia/pack":         {"trivia", "trivia/judge", "golang.org/x/text", "github.com/goccy/go-yaml"},
	"trivia/pack/fetch":   {},
	"trivia/pack/opentdb": {"trivia", "trivia/pack"},

	"bot":                       {"facts", "facts/table"},
	"bot/play":                  {"bot", "trivia", "trivia/judge", "trivia/generate"},
	"bot/schedule":              {"bot", "bot/schedule/plan"},
	"bot/schedule/plan":         {"github.com/robfig/cron/v3"},
	"bot/schedule/wikimedia":    {},
	"bot/schedule/scheduletest": {"bot", "bot/schedule", "bot/schedule/plan", "bot/store"}, // tests only
	"bot/daily": {
		"bot", "bot/play", "bot/schedule", "bot/schedule/plan", "bot/schedule/wikimedia", "facts", "facts/fold", "trivia",
		"trivia/generate",
	},
	"bot/admin":           {"bot"},
	"bot/metrics":         {"bot", "github.com/prometheus/client_golang"},
	"bot/console":         {"bot", "golang.org/x/term"},
	"bot/web":             {"bot", "bot/web/look"},
	"bot/web/look":        {},
	"bot/web/pages":       {"bot", "bot/web/look", "facts", "facts/table"},
	"bot/discord":         {"bot", "bot/discord/gateway", "bot/discord/rest", "github.com/bwmarrin/discordgo"},
	"bot/discord/gateway": {"github.com/coder/websocket"},
	"bot/discord/rest":    {},
	"bot/discord/discordtest": { // tests only
		"github.com/bwmarrin/discordgo", "github.com/coder/websocket", "github.com/getkin/kin-openapi",
	},
	"bot/slack":         {"bot", "bot/slack/install", "bot/slack/signed", "bot/slack/socket", "github.com/slack-go/slack"},
	"bot/slack/install": {"github.com/slack-go/slack"},
	"bot/slack/signed":  {},
	"bot/slack/socket":  {"github.com/coder/websocket"},
	"bot/slack/slacktest": { // tests only
		"bot/slack/slacktest/check", "github.com/coder/websocket", "github.com/slack-go/slack",
	},
	"bot/slack/slacktest/check": {"github.com/santhosh-tekuri/jsonschema/v6"}, // tests only
	"bot/store":                 {"bot", "github.com/pressly/goose/v3", "github.com/jackc/pgx/v5", "modernc.org/sqlite"},
	"bot/store/storetest":       {"github.com/jackc/pgx/v5"}, // tests only
	"bot/bottest": { // tests only
		"bot", "bot/daily", "bot/play", "bot/schedule", "bot/store", "facts", "trivia/generate", "trivia/judge", "trivia/pack", "github.com/rogpeppe/go-internal/txtar",
	},
}

// allowedInTests is what test files may import on top, in every package.
var allowedInTests = []string{
	"facts/...", "bot/bottest", "bot/console", "bot/discord/discordtest", "bot/schedule/scheduletest", "bot/slack/slacktest/...",
	"bot/store", "bot/store/storetest",
	"github.com/bwmarrin/discordgo", "github.com/slack-go/slack", "github.com/santhosh-tekuri/jsonschema/v6",
	"github.com/goccy/go-yaml", "github.com/rogpeppe/go-internal", "github.com/google/go-cmp", "pgregory.net/rapid", "github.com/creack/pty", "github.com/chromedp",
}

type listed struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

func TestImports(t *testing.T) {
	seen := map[string]bool{}
	for _, p := range goList(t) {
		name := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		rules, ok := allowed[name]
		if !ok {
			t.Errorf("package %q has no row in the table of allowed imports", name)
			continue
		}
		seen[name] = true
		for _, imp := range p.Imports {
			if !may(rules, imp) {
				t.Errorf("%s imports %s: the arrow points the wrong way", name, imp)
			}
		}
		for _, imp := range append(p.TestImports, p.XTestImports...) {
			if imp != p.ImportPath && !may(rules, imp) && !may(allowedInTests, imp) {
				t.Errorf("a test of %s imports %s", name, imp)
			}
		}
	}
	for name := range allowed {
		if !seen[name] {
			t.Errorf("the table of allowed imports has a row for %q, which does not exist", name)
		}
	}
}

func TestImportRules(t *testing.T) {
	for _, tt := range []struct {
		rules []string
		imp   string
		want  bool
	}{
		{nil, "fmt", true}, {nil, "encoding/json", true}, {nil, "C", false},
		{[]string{"facts"}, module + "/facts", true}, {[]string{"facts"}, module + "/facts/index", false},
		{[]string{"facts/..."}, module + "/facts/index", true}, {[]string{"facts/..."}, module + "/factsx", false},
		{[]string{"golang.org/x/text"}, "golang.org/x/text/unicode/norm", true}, {[]string{"golang.org/x/text"}, "golang.org/x/textile", false},
		{[]string{"bot"}, "github.com/bwmarrin/discordgo", false},
	} {
		if got := may(tt.rules, tt.imp); got != tt.want {
			t.Errorf("may(%q, %s) = %v", tt.rules, tt.imp, got)
		}
	}
}

// may reports whether rules allow an import.
func may(rules []string, imp string) bool {
	first, _, _ := strings.Cut(imp, "/")
	if !strings.Contains(first, ".") {
		return imp != "C" // the standard library
	}
	own := strings.TrimPrefix(imp, module+"/")
	return slices.ContainsFunc(rules, func(rule string) bool {
		if own == imp {
			return imp == rule || strings.HasPrefix(imp, rule+"/")
		}
		if tree, ok := strings.CutSuffix(rule, "/..."); ok {
			return own == tree || strings.HasPrefix(own, tree+"/")
		}
		return own == rule
	})
}

func goList(t *testing.T) []listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	cmd.Dir = path.Join("..", "..")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var all []listed
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	if len(all) == 0 {
		t.Fatal("go list found no packages")
	}
	return all
}
