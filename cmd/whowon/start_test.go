package main

import (
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// maxInit is how many allocations a package may make before main. A dozen regular expressions are a thousand, and cost
// as long as answering a question does: compile them where they are used (sync.OnceValue).
const maxInit = 200

var initLine = regexp.MustCompile(`(?m)^init (\S+) @.* (\d+) allocs$`)

// TestNothingHeavyHappensBeforeMain guards the time to the first answer, which is counted in milliseconds.
func TestNothingHeavyHappensBeforeMain(t *testing.T) {
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), "GODEBUG=inittrace=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	seen := false
	for _, m := range initLine.FindAllStringSubmatch(string(out), -1) {
		n, err := strconv.Atoi(m[2])
		if err != nil {
			t.Fatal(err)
		}
		own := strings.HasPrefix(m[1], module) && !strings.HasSuffix(m[1], ".test") &&
			!strings.HasSuffix(m[1], "/discordtest") && !strings.Contains(m[1], "/slacktest") // tests only, as the table of allowed imports guards
		seen = seen || own
		if n > maxInit && (own || strings.HasPrefix(m[1], "github.com/goccy/go-yaml")) {
			t.Errorf("%s allocates %d times before main, at most %d are allowed", m[1], n, maxInit)
		}
	}
	if !seen {
		t.Errorf("no package of ours in the trace:\n%s", out)
	}
}
