package pack

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const (
	packA = "name: A\nlicence: MIT\nsource: us\nquestions:\n  - {text: Who won?, answers: [Anora]}\n"
	packB = "name: B\nlicence: CC0-1.0\nsource: them\nquestions:\n  - {text: Who won?, answers: [Anora]}\n  - {text: Who lost?, answers: [all]}\n"
)

func write(t *testing.T, dir string, files map[string]string) {
	t.Helper()
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func names(packs []*Pack) string {
	var list []string
	for _, p := range packs {
		list = append(list, p.Name)
	}
	return strings.Join(list, " ")
}

func TestFolder(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret.yaml")
	write(t, filepath.Dir(outside), map[string]string{"secret.yaml": packA})
	dir := t.TempDir()
	write(t, dir, map[string]string{
		"a.yaml": packA, "sub/b.yml": packB, ".hidden/c.yaml": packA, "README.md": "# read me", "LICENSE": "free", "notes.txt": "nothing",
		"movies": "#Q Who?\n^ a\nA a\nB b\n", "more.zip": string(zipOf(t, part{name: "z.yaml", text: packB})),
	})
	for link, to := range map[string]string{"link.yaml": outside, "inner.yaml": "a.yaml", "folder": filepath.Dir(outside)} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	packs, faults, err := ReadAll(dir, "")
	if err != nil || names(packs) != "A B movies B" {
		t.Errorf("read %q, %v", names(packs), err)
	}
	var links, unknown int
	for _, f := range faults {
		switch {
		case strings.Contains(f.What, "symbolic link") && !f.Warning:
			links++
		case strings.Contains(f.What, "left out") && f.File == filepath.Join(dir, "notes.txt") && f.Warning:
			unknown++
		default:
			t.Errorf("fault: %v", f)
		}
	}
	if links != 3 || unknown != 1 {
		t.Errorf("%d links, %d unknown", links, unknown)
	}
}

func TestArchive(t *testing.T) {
	inner := string(zipOf(t, part{name: "z.yaml", text: packA}))
	book := string(bookOf(t, [][]string{{"question", "answer"}, {"Who?", "me"}}))
	data := zipOf(t, part{name: "a.yaml", text: packA}, part{name: "b/b.yaml", text: packB}, part{name: "README", text: "x"},
		part{name: "quiz.xlsx", text: book}, part{name: "inner.zip", text: inner}, part{name: "bad.yaml", text: "name: x\nquestion: y\n"})
	packs, faults, err := ReadFrom("all.zip", bytes.NewReader(data), "")
	if err != nil || names(packs) != "A B quiz x" {
		t.Errorf("read %q, %v", names(packs), err)
	}
	text := faults.Error()
	for _, want := range []string{"all.zip/inner.zip: an archive in an archive", `all.zip/bad.yaml:2: unknown key "question"; did you mean "questions"?`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	if _, faults, _ := ReadFrom("none.zip", bytes.NewReader(zipOf(t, part{name: "x.png", text: "x"})), ""); len(faults.Errors()) != 1 {
		t.Errorf("an archive without packs: %v", faults)
	}
	if _, faults := Read("all.zip", data, ""); !strings.Contains(faults.Error(), "is an archive") {
		t.Errorf("Read of an archive: %v", faults)
	}
}

// TestBudget gives an archive whose files fit one by one, but not together.
func TestBudget(t *testing.T) {
	noise := make([]byte, 1<<20)
	x := uint32(1)
	for i := range noise { // hex digits: half the size when packed, so nothing is suspicious but the sum
		x = x*1664525 + 1013904223
		noise[i] = "0123456789abcdef"[x>>28]
	}
	data := zipOf(t, part{name: "a.yaml", text: string(noise)}, part{name: "b.yaml", text: string(noise)})
	for left, want := range map[int64]bool{3 << 20: false, 3 << 19: true} {
		c := collector{left: left}
		c.file("a.zip", data)
		if got := strings.Contains(c.faults.Error(), "unpacks to more"); got != want {
			t.Errorf("2 MiB of %d KiB: %.200v", left>>10, c.faults)
		}
	}
}

func TestReadingTells(t *testing.T) {
	dir := t.TempDir()
	zipped := zipOf(t, part{name: "a.yaml", text: packA}, part{name: "b.yaml", text: packB}, part{name: "x.png", text: "x"})
	write(t, dir, map[string]string{"a.yaml": packA, "sub/b.yaml": packB, "sub/c.zip": string(zipped), "x.png": "x", ".d.yaml": packA})
	var told [][2]int
	r := Reading{Told: func(done, total int) { told = append(told, [2]int{done, total}) }}
	for _, tt := range []struct {
		name string
		read func() ([]*Pack, Faults, error)
	}{
		{"a folder with an archive", func() ([]*Pack, Faults, error) { return r.All(dir) }},
		{"an archive", func() ([]*Pack, Faults, error) { return r.From("c.zip", bytes.NewReader(zipped)) }},
	} {
		told = nil
		if packs, faults, err := tt.read(); err != nil || len(faults) > 0 || len(packs) < 2 {
			t.Errorf("%s: %q, %v, %v", tt.name, names(packs), faults, err)
		}
		if got := fmt.Sprint(told); got != "[[0 3] [1 3] [2 3] [3 3]]" {
			t.Errorf("%s: told %s", tt.name, got)
		}
	}
}

func TestReadAllRefuses(t *testing.T) {
	if _, _, err := ReadAll(filepath.Join(t.TempDir(), "none"), ""); err == nil {
		t.Error("a file that is not there is no error")
	}
	if _, _, err := ReadAll(os.DevNull, ""); err == nil {
		t.Error("a device is read")
	}
	if _, faults, err := ReadAll(t.TempDir(), ""); err != nil || len(faults.Errors()) != 1 {
		t.Errorf("an empty folder: %v, %v", faults, err)
	}
}

func TestMerge(t *testing.T) {
	packs, _, err := ReadFrom("all.zip", bytes.NewReader(zipOf(t, part{name: "a.yaml", text: packA}, part{name: "b.yaml", text: packB})), "")
	if err != nil {
		t.Fatal(err)
	}
	m := Merge(Pack{Name: "Both"}, packs)
	want := map[string]string{"name": "Both", "licence": "MIT; CC0-1.0", "source": "us; them"}
	if !reflect.DeepEqual(m.known(), want) || len(m.Questions) != 2 {
		t.Errorf("merged %v, %d questions", m.known(), len(m.Questions))
	}
	if one := Merge(Pack{Source: "me"}, packs[:1]); one.Name != "A" || one.Source != "me" || one.Questions[0].Source != "me" || one.Questions[0].Category != "a" {
		t.Errorf("described %+v", one)
	}
	if q := m.Questions[1]; q.Category != "b" || q.Source != "them" || !strings.HasPrefix(q.ID, "p/both/") {
		t.Errorf("merged question %+v", q)
	}
}
