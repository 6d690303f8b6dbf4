package pack

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Reading is how packs are read; the zero value is fine.
type Reading struct {
	As   Format                // of all of them; "" is to find it
	Told func(done, total int) // hears how many files of a folder or an archive are read; nobody does when it is nil
}

// ReadAll reads every pack at a path, as Reading.All does.
func ReadAll(name string, as Format) ([]*Pack, Faults, error) { return Reading{As: as}.All(name) }

// ReadFrom reads the packs of a stream, as Reading.From does.
func ReadFrom(name string, in io.Reader, as Format) ([]*Pack, Faults, error) {
	return Reading{As: as}.From(name, in)
}

// All reads every pack at a path: a file, an archive of several, or a folder with all below it. The error is that the path
// cannot be read; all else is a fault.
func (r Reading) All(name string) ([]*Pack, Faults, error) {
	info, err := os.Stat(name)
	if err != nil {
		return nil, nil, err
	}
	c := collector{as: r.As, told: r.Told, left: MaxUnpacked}
	switch mode := info.Mode(); {
	case mode.IsDir():
		err = c.folder(name)
	case !mode.IsRegular():
		return nil, nil, fmt.Errorf("%s is neither a file nor a folder", name)
	default:
		var data []byte
		if data, err = readFile(os.Open(name)); err == nil {
			c.file(name, data)
		}
	}
	return c.packs, c.faults, err
}

// From reads the packs of a stream that holds a file or an archive, which is called name.
func (r Reading) From(name string, in io.Reader) ([]*Pack, Faults, error) {
	c := collector{as: r.As, told: r.Told, left: MaxUnpacked}
	data, err := readLimited(io.NopCloser(in), nil)
	if err == nil {
		c.file(name, data)
	}
	return c.packs, c.faults, err
}

// readFile reads a file, into a buffer of its size.
func readFile(f *os.File, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	b.Grow(int(min(info.Size(), MaxPacked)) + bytes.MinRead)
	_, err = b.ReadFrom(io.LimitReader(f, MaxPacked+1))
	return b.Bytes(), err
}

// readLimited reads one byte more than a file may have, so that too large a file is known.
func readLimited[F io.ReadCloser](in F, err error) ([]byte, error) {
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, MaxPacked+1))
}

// collector reads several files.
type collector struct {
	as     Format
	told   func(done, total int) // nil is nobody
	total  int                   // files of a folder; 0 while none is read
	left   int64                 // bytes that may yet be read or unpacked
	files  int
	packs  []*Pack
	faults Faults
}

func (c *collector) fault(file, what, mend string) {
	c.faults = append(c.faults, Fault{File: file, What: what, Mend: mend})
}

// file reads a file that was named, or an archive.
func (c *collector) file(name string, data []byte) {
	if len(data) > MaxPacked {
		c.faults = append(c.faults, tooLarge(name)...)
		return
	}
	if !isZip(data) {
		c.one(name, data)
		return
	}
	a, err := openArchive(data, c.left)
	switch {
	case err != nil:
		c.faults = append(c.faults, refused(name, err)...)
	case a.has("xl/workbook.xml"):
		c.one(name, data)
	default:
		c.archive(name, a)
	}
}

func (c *collector) one(name string, data []byte) {
	p, faults := read(name, data, c.as, &c.left)
	c.packs, c.faults = append(c.packs, p), append(c.faults, faults...)
}

// archive reads the packs in an archive.
func (c *collector) archive(name string, a *archive) {
	before := len(c.packs)
	for i, f := range a.zip.File {
		if c.total == 0 { // an archive in a folder is one of the folder's files
			c.tell(i, len(a.zip.File))
		}
		within := name + "/" + f.Name
		if f.Mode().IsDir() || !packName(f.Name) {
			continue
		}
		data, err := readLimited(a.open(f))
		c.left = a.left
		switch {
		case err != nil:
			c.faults = append(c.faults, refused(within, err)...)
			return
		case isZip(data) && !strings.EqualFold(path.Ext(f.Name), ".xlsx"):
			c.fault(within, "an archive in an archive is not read", "give it by itself")
			continue
		}
		c.found(within, data)
		a.left = c.left
	}
	if c.total == 0 {
		c.tell(len(a.zip.File), len(a.zip.File))
	}
	if len(c.packs) == before && len(c.faults.Errors()) == 0 {
		c.fault(name, "there is no question pack in it", "packs end in .yaml, .csv, .json, .txt, .gift or .xlsx")
	}
}

// found reads a file that was not named, so it may be no pack at all.
func (c *collector) found(name string, data []byte) {
	if c.as == "" && !isZip(data) && len(data) <= MaxPacked {
		text, _ := decode(data[:min(len(data), 64<<10)])
		if _, ok := detect(name, normalNewlines(text)); !ok {
			c.faults = append(c.faults, Fault{File: name, Warning: true, What: "the file is left out: its format is not known",
				Mend: "name it by --from if it is a pack"})
			return
		}
	}
	c.one(name, data)
}

// folder reads the packs below a folder. Nothing outside of it is opened, and no symbolic link followed.
func (c *collector) folder(name string) error {
	root, err := os.OpenRoot(name)
	if err != nil {
		return err
	}
	defer root.Close()
	before := len(c.packs)
	c.total = c.filesIn(root)
	err = fs.WalkDir(root.FS(), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return c.entry(root, name, file, d)
	})
	c.tell(c.total, c.total)
	if err == nil && len(c.packs) == before && len(c.faults.Errors()) == 0 {
		c.fault(name, "there is no question pack in it", "packs end in .yaml, .csv, .json, .txt, .gift or .xlsx")
	}
	return err
}

// filesIn counts the files that folder is about to read, where somebody wants to know.
func (c *collector) filesIn(root *os.Root) int {
	n := 0
	if c.told == nil {
		return n
	}
	// What cannot be read is met again, and told, by who reads it.
	_ = fs.WalkDir(root.FS(), ".", func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil || n == maxEntries:
			return fs.SkipAll
		case file != "." && strings.HasPrefix(path.Base(file), ".") && d.IsDir():
			return fs.SkipDir
		case !strings.HasPrefix(path.Base(file), ".") && d.Type().IsRegular() && packName(file):
			n++
		}
		return nil
	})
	return n
}

func (c *collector) tell(done, total int) {
	if c.told != nil {
		c.told(done, total)
	}
}

func (c *collector) entry(root *os.Root, folder, file string, d fs.DirEntry) error {
	shown := filepath.Join(folder, filepath.FromSlash(file))
	switch {
	case file != "." && strings.HasPrefix(path.Base(file), "."):
		if d.IsDir() {
			return fs.SkipDir
		}
		return nil
	case d.IsDir():
		return nil
	case d.Type()&fs.ModeSymlink != 0:
		c.fault(shown, "it is a symbolic link, which is not followed", "copy the file into the folder")
		return nil
	case !d.Type().IsRegular() || !packName(file):
		return nil
	}
	if c.files++; c.files > maxEntries {
		c.fault(folder, fmt.Sprintf("there are more than %d files in it", maxEntries), "give its folders one by one")
		return fs.SkipAll
	}
	c.tell(c.files-1, c.total)
	data, err := readFile(root.Open(filepath.FromSlash(file)))
	if err != nil {
		return err
	}
	if c.left -= int64(len(data)); c.left < 0 {
		c.fault(folder, errTooBig.Error(), "give its folders one by one")
		return fs.SkipAll
	}
	if isZip(data) && !strings.EqualFold(path.Ext(file), ".xlsx") {
		c.file(shown, data)
		return nil
	}
	c.found(shown, data)
	return nil
}

// packName reports whether a file beside packs may be one: OpenTriviaQA has no extensions.
func packName(name string) bool {
	base := path.Base(name)
	switch strings.ToLower(path.Ext(base)) {
	case ".yaml", ".yml", ".json", ".csv", ".tsv", ".xlsx", ".txt", ".gift", ".aiken", ".zip":
		return !strings.HasSuffix(strings.ToLower(base), ".schema.json")
	case "":
		return base != strings.ToUpper(base) && base != "Makefile" // README, LICENSE
	}
	return false
}
