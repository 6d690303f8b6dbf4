package pack

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io/fs"
	"runtime"
	"strings"
	"testing"
)

// zeros are n MiB of zeros, packed.
func zeros(t testing.TB, n int) []byte {
	t.Helper()
	var b bytes.Buffer
	f, err := flate.NewWriter(&b, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	mib := make([]byte, 1<<20)
	f.Write(mib)
	f.Flush()
	first := b.Len()
	f.Write(mib)
	f.Flush()
	again := bytes.Clone(b.Bytes()[first:]) // can stand behind itself
	for range n - 2 {
		b.Write(again)
	}
	f.Close()
	return b.Bytes()
}

// zipBomb is an archive of n files of so many MiB of zeros each, which all say so.
func zipBomb(t testing.TB, name string, n, mib int) []byte {
	return rawZip(t, name, n, zeros(t, mib), uint64(mib)<<20)
}

// rawZip is an archive whose list of files says what it is told to.
func rawZip(t testing.TB, name string, n int, packed []byte, size uint64) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range n {
		w, err := z.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate,
			CompressedSize64: uint64(len(packed)), UncompressedSize64: size})
		if err != nil {
			t.Fatal(err)
		}
		w.Write(packed)
	}
	z.Close()
	return b.Bytes()
}

// lyingZip is an archive with a file of so many MiB, which says that it is 1,000 bytes long.
func lyingZip(t testing.TB, name string, mib int) []byte {
	return rawZip(t, name, 1, zeros(t, mib), 1000)
}

func crowdedZip(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for range 100_000 {
		if _, err := z.CreateRaw(&zip.FileHeader{Name: "a.yaml"}); err != nil {
			t.Fatal(err)
		}
	}
	z.Close()
	return b.Bytes()
}

func aliasBomb() string {
	var b strings.Builder
	b.WriteString("name: A\na: &a [lol, lol, lol]\n")
	for c := 'b'; c <= 'z'; c++ {
		b.WriteString(string(c) + ": &" + string(c) + " [*" + string(c-1) + ", *" + string(c-1) + ", *" + string(c-1) + "]\n")
	}
	b.WriteString("questions: *z\n")
	return b.String()
}

type bomb struct {
	name string
	data []byte
	want string // what is said
}

// bombs are files of about big bytes, and archives that unpack to more than is read.
func bombs(t testing.TB, big int) []bomb {
	const q = "name: A\nquestions:\n  - text: q\n    answers: "
	return []bomb{
		{"gigabyte.zip", zipBomb(t, "a.yaml", 1, 1024), "unpacks to more than"},
		{"many.zip", zipBomb(t, "a.yaml", 40, 2), "times its size"},
		{"ratio.zip", zipBomb(t, "a.yaml", 1, 20), "times its size"},
		{"lying.zip", lyingZip(t, "a.yaml", 40), "refused"},
		{"crowded.zip", crowdedZip(t), "more than the 1000 files"},
		{"sheet.xlsx", zipBomb(t, "xl/workbook.xml", 1, 1024), "unpacks to more than"},
		{"alias.yaml", []byte(aliasBomb()), "anchors and aliases"},
		{"brackets.yaml", []byte(q + strings.Repeat("[", big)), "the line is"},
		{"bracketlines.yaml", []byte(q + strings.Repeat("[\n", big/2)), "too many brackets"},
		{"dashes.yaml", []byte(q + "\n     " + strings.Repeat(" -", 8000)), "too deep"},
		{"maps.yaml", []byte(q + "\n     " + strings.Repeat(" a:", 5000)), "longer than any question"},
		{"deep.yaml", []byte("a:\n" + stairs(200)), "too deep"},
		{"quotes.yaml", []byte(q + strings.Repeat("\"\n", big/2)), ""},
		{"keys.yaml", []byte("name: A\nquestions:\n" + strings.Repeat(" ? a\n", big/5)), "KiB without"},
		{"colons.yaml", []byte("name: A\nquestions:\n" + strings.Repeat(" :\n", big/3)), "KiB without"},
		{"items.yaml", []byte("name: A\nquestions:\n" + strings.Repeat("- : :\n", big/6)), "invalid key"},
		{"nests.yaml", []byte("name: A\nquestions:\n" + strings.Repeat("- - - - - - - a\n", big/16)), "more than"},
		{"flows.yaml", []byte("name: A\nquestions:\n" + strings.Repeat("- [[[[a, {b: c, d}, e]]]]\n", big/26)), "too many brackets"},
		{"comments.yaml", bytes.Repeat([]byte("#\n"), big/2), "KiB without"},
		{"blank.yaml", bytes.Repeat([]byte("\n"), big), "KiB without"},
		{"spaces.yaml", bytes.Repeat([]byte(" "), big), "the line is"},
		{"zeros.yaml", make([]byte, big), "the line is"},
		{"gift.txt", []byte("q {" + strings.Repeat("=a ~b\n", big/6)), "longer than"},
		{"items.gift", []byte(strings.Repeat("q {"+strings.Repeat("=a ~b\n", 10_000)+"}\n\n", 50)), "more than 124 answers"},
		{"tags.gift", []byte(strings.Repeat("[html]"+strings.Repeat("<1<a", 16_000)+" {T}\n\n", 100)), "bytes long"},
		{"commas.csv", []byte("question,answer\n" + strings.Repeat(",", big)), "longer than"},
		{"quoted.csv", []byte("question,answer\n" + strings.Repeat(",,,,,,,,,,,,,\"\n\"", big/16)), "longer than"},
		{"options.txt", []byte("#Q q\n^ a\n" + strings.Repeat("B a\n", big/4)), "more than 24 options"},
		{"aiken.txt", []byte("q\nA. a\nB. b\nANSWER: Z\n" + strings.Repeat("C. a\n", big/5)), ""},
		{"deep.json", []byte(`{"results":[` + strings.Repeat(`{"question":[`, big/13)), ""},
		{"toolarge.yaml", make([]byte, MaxPacked+1), "larger than"},
	}
}

// stairs is a mapping that is n deep.
func stairs(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(strings.Repeat(" ", i+1) + "a:\n")
	}
	return b.String()
}

// TestBombs reads what is made to take memory. It does not measure time: BenchmarkBombs does.
func TestBombs(t *testing.T) {
	const most = 64 << 20
	for _, b := range bombs(t, 2<<20) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		packs, faults, err := ReadFrom(b.name, bytes.NewReader(b.data), "")
		runtime.ReadMemStats(&after)
		if err != nil {
			t.Errorf("%s: %v", b.name, err)
		}
		if len(faults.Errors()) == 0 || !strings.Contains(faults.Error(), b.want) {
			t.Errorf("%s is not refused for %q: %.300v", b.name, b.want, faults)
		}
		for _, p := range packs {
			if len(p.Questions) > 0 {
				t.Errorf("%s gives questions", b.name)
			}
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > most+4*uint64(len(b.data)) {
			t.Errorf("%s, of %d KiB, takes %d MiB", b.name, len(b.data)>>10, used>>20)
		}
	}
}

func BenchmarkBombs(b *testing.B) {
	for _, x := range bombs(b, MaxPacked-100) {
		b.Run(x.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, faults, err := ReadFrom(x.name, bytes.NewReader(x.data), ""); err != nil || len(faults) == 0 {
					b.Fatal(err, faults)
				}
			}
		})
	}
}

// TestTraversal gives archives whose names lead elsewhere, links and what is no file.
func TestTraversal(t *testing.T) {
	const good = "name: A\nlicence: MIT\nsource: us\nquestions:\n  - {text: q, answers: [a]}\n"
	for _, tt := range []struct {
		part part
		want string
	}{
		{part{"../evil.yaml", good, 0}, "leads elsewhere"},
		{part{"a/../../evil.yaml", good, 0}, "leads elsewhere"},
		{part{"/etc/evil.yaml", good, 0}, "leads elsewhere"},
		{part{`..\evil.yaml`, good, 0}, "leads elsewhere"},
		{part{`C:evil.yaml`, good, 0}, "leads elsewhere"},
		{part{"a//b.yaml", good, 0}, "leads elsewhere"},
		{part{"nul\x00.yaml", good, 0}, "leads elsewhere"},
		{part{"link.yaml", "/etc/passwd", fs.ModeSymlink | 0o777}, "symbolic link"},
		{part{"pipe.yaml", "", fs.ModeNamedPipe | 0o644}, "not a plain file"},
	} {
		packs, faults, err := ReadFrom("packs.zip", bytes.NewReader(zipOf(t, part{"good.yaml", good, 0}, tt.part)), "")
		if err != nil || len(packs) != 0 || len(faults) != 1 || !strings.Contains(faults[0].What, tt.want) {
			t.Errorf("%q: %d packs, %v, %v", tt.part.name, len(packs), faults, err)
		}
	}
}
