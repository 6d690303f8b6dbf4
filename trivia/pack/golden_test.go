package pack

import (
	"encoding/json"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite testdata/*.golden")

// samples are the files of every format in testdata, read as they would be by name.
func samples(t testing.TB) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS("testdata"), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.Contains(name, "/") || strings.HasPrefix(name, "fuzz/") {
			return err
		}
		data, err := os.ReadFile(filepath.Join("testdata", name))
		files[name] = data
		return err
	})
	if err != nil || len(files) < 30 {
		t.Fatalf("%d samples, %v", len(files), err)
	}
	return files
}

func sorted(files map[string][]byte) []string {
	var names []string
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// TestFaults compares all that is said about the samples with testdata/faults.golden. The format is found, not given.
func TestFaults(t *testing.T) {
	files := samples(t)
	var b strings.Builder
	for _, name := range sorted(files) {
		p, faults := Read(name, files[name], "")
		folder, _, _ := strings.Cut(name, "/")
		if string(p.Format) != folder {
			t.Errorf("%s is read as %q", name, p.Format)
		}
		for _, f := range faults {
			if !strings.HasPrefix(f.What, "the pack names no source") && !strings.HasPrefix(f.What, "the pack has no licence") {
				fmt.Fprintln(&b, f)
			}
		}
	}
	golden(t, "faults.golden", b.String())
}

// TestQuestions compares the questions that the samples hold with testdata/questions.golden.
func TestQuestions(t *testing.T) {
	files := samples(t)
	var b strings.Builder
	for _, name := range sorted(files) {
		p, _ := Read(name, files[name], "")
		about, err := json.Marshal(p.known())
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&b, "== %s %s\n", name, about)
		for i, q := range p.Questions {
			line, err := json.Marshal(q)
			if err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&b, "%d %s\n", p.Lines[i], line)
		}
	}
	golden(t, "questions.golden", b.String())
}

// known is what is known about a pack, for comparison.
func (p *Pack) known() map[string]string {
	m := map[string]string{}
	for _, a := range p.about() {
		if *a.value != "" {
			m[a.key] = *a.value
		}
	}
	return m
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(string(data), "\n")
	for i, line := range strings.Split(got, "\n") {
		if i >= len(want) || line != want[i] {
			t.Fatalf("%s:%d: got\n%s\nwant\n%s\n(-update rewrites it)", file, i+1, line, strings.Join(want[min(i, len(want)):min(i+1, len(want))], ""))
		}
	}
	if len(want) != strings.Count(got, "\n")+1 {
		t.Fatalf("%s has %d lines, got %d", file, len(want), strings.Count(got, "\n")+1)
	}
}
