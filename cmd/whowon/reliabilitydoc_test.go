package main

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestReliabilityNamesWhatIsThere: each test that docs/reliability.md names is in the tree, and so is what its commands run.
func TestReliabilityNamesWhatIsThere(t *testing.T) {
	page, err := os.ReadFile("../../docs/reliability.md")
	if err != nil {
		t.Fatal(err)
	}
	root, there := os.DirFS("../.."), map[string]bool{}
	function := regexp.MustCompile(`(?m)^func ((?:Test|Fuzz)\w+)\(`)
	err = fs.WalkDir(root, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(root, path)
		for _, f := range function.FindAllStringSubmatch(string(text), -1) {
			there[f[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile("`((?:Test|Fuzz)[A-Za-z0-9]+)`").FindAllStringSubmatch(string(page), -1)
	for _, n := range named {
		if !there[n[1]] {
			t.Errorf("docs/reliability.md names %s, which is no test of this tree", n[1])
		}
	}
	if len(named) < 50 {
		t.Errorf("only %d tests are named", len(named))
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range regexp.MustCompile("`make ([a-z]+)").FindAllStringSubmatch(string(page), -1) {
		if !strings.Contains(string(makefile), "\n"+n[1]+":") {
			t.Errorf("docs/reliability.md names make %s, which is no target", n[1])
		}
	}
	for _, n := range regexp.MustCompile(`\./[a-z/]+`).FindAllString(string(page), -1) {
		if _, err := os.Stat("../../" + strings.TrimSuffix(n, "/")); err != nil {
			t.Errorf("docs/reliability.md names a package: %v", err)
		}
	}
}
