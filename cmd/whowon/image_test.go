package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestImageHasAllPackages holds .dockerignore, which names what the image is built from, against what the program imports.
func TestImageHasAllPackages(t *testing.T) {
	ignore, err := os.ReadFile("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{if not .Standard}}{{.ImportPath}}{{end}}", ".").Output()
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, line := range strings.Split(string(ignore), "\n") {
		if dir, ok := strings.CutPrefix(line, "!"); ok {
			kept[dir] = true
		}
	}
	for _, p := range strings.Fields(string(out)) {
		path, ours := strings.CutPrefix(p, module+"/")
		if !ours {
			continue
		}
		if top, _, _ := strings.Cut(path, "/"); !kept[top] {
			t.Errorf("%s is not in the image's context: .dockerignore needs a line !%s", path, top)
		}
		for _, line := range strings.Split(string(ignore), "\n") {
			if ok, _ := filepath.Match(line, path); ok && line != "*" || line != "" && strings.HasPrefix(path, line+"/") {
				t.Errorf("%s is left out of the image by %q", path, line)
			}
		}
	}
}
