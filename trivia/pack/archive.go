package pack

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"
)

// archive is a zip file that has been looked over: nothing in it is unpacked beyond the limits.
type archive struct {
	zip  *zip.Reader
	left int64 // bytes that may yet be unpacked
}

// errCrowded is that an archive holds more files than a collection of packs.
var errCrowded = fmt.Errorf("it holds more than the %d files that are read", maxEntries)

// crowded reports whether an archive's list of files is too long, without making anything of it. The mark may stand in
// packed files too, hence the leeway.
func crowded(data []byte) bool {
	mark := []byte("PK\x01\x02")
	for range 2 * maxEntries {
		i := bytes.Index(data, mark)
		if i < 0 {
			return false
		}
		data = data[i+len(mark):]
	}
	return true
}

// errTooBig is that a part of an archive unpacks to more than it says, or than is allowed.
var errTooBig = fmt.Errorf("it unpacks to more than the %d MiB that are read", MaxUnpacked>>20)

// openArchive reads the list of files in a zip and refuses it for what that says: nothing is unpacked yet.
func openArchive(data []byte, left int64) (*archive, error) {
	// Each entry of the list costs memory before it can be looked at. So they are counted by their mark first.
	if crowded(data) {
		return nil, errCrowded
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("it is not a sound zip file: %w", err)
	}
	if len(z.File) > maxEntries {
		return nil, errCrowded
	}
	var total uint64
	for _, f := range z.File {
		if err := entryFault(f); err != nil {
			return nil, err
		}
		if total += f.UncompressedSize64; f.UncompressedSize64 > uint64(left) || total > uint64(left) {
			return nil, errTooBig
		}
		if f.UncompressedSize64 > ratioFrom && f.UncompressedSize64/MaxRatio > f.CompressedSize64 {
			return nil, ratioFault(f.Name)
		}
	}
	if total > ratioFrom && total/MaxRatio > uint64(len(data)) {
		return nil, ratioFault("all")
	}
	return &archive{z, left}, nil
}

func ratioFault(name string) error {
	return fmt.Errorf("%s unpacks to more than %d times its size", clip(name), MaxRatio)
}

// entryFault refuses names that lead out of the archive, and what is no plain file.
func entryFault(f *zip.File) error {
	name := strings.TrimSuffix(f.Name, "/")
	switch mode := f.Mode(); {
	case !fs.ValidPath(name) || strings.ContainsAny(f.Name, "\\\x00") || len(f.Name) > 1 && f.Name[1] == ':':
		return fmt.Errorf("the name %q in it leads elsewhere", clip(f.Name))
	case mode&fs.ModeSymlink != 0:
		return fmt.Errorf("%q in it is a symbolic link", clip(f.Name))
	case !mode.IsRegular() && !mode.IsDir():
		return fmt.Errorf("%q in it is not a plain file", clip(f.Name))
	case f.Flags&1 != 0:
		return fmt.Errorf("%q in it is encrypted", clip(f.Name))
	}
	return nil
}

// open unpacks a file as it is read, up to what is left.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	in, err := f.Open()
	if err != nil {
		return nil, err
	}
	return &counted{in, a}, nil
}

// file opens a file by its name, or returns nil when there is none.
func (a *archive) file(name string) (io.ReadCloser, error) {
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	for _, f := range a.zip.File {
		if strings.EqualFold(f.Name, name) {
			return a.open(f)
		}
	}
	return nil, nil
}

func (a *archive) has(name string) bool {
	for _, f := range a.zip.File {
		if strings.EqualFold(f.Name, name) {
			return true
		}
	}
	return false
}

// counted stops when a file unpacks to more than the archive has left, whatever its list of files says.
type counted struct {
	io.ReadCloser
	a *archive
}

func (c *counted) Read(p []byte) (int, error) {
	if c.a.left <= 0 {
		return 0, errTooBig
	}
	n, err := c.ReadCloser.Read(p[:min(int64(len(p)), c.a.left)])
	c.a.left -= int64(n)
	return n, err
}
