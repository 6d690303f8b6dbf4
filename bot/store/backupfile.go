package store

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
)

// A backup is compressed lines of JSON. The first is a header. Then comes a mark for each table, with its columns,
// followed by its rows as arrays of strings and whole numbers. The last line is a mark with how many rows there are of
// each table, and the SHA-256 of all lines before.
type header struct {
	Format  int       `json:"whowon_backup"`
	Schema  int64     `json:"schema"`
	Program string    `json:"program"`
	At      time.Time `json:"at"`
}

type mark struct {
	Table   string   `json:"table,omitempty"`
	Columns []string `json:"columns,omitempty"`

	Rows   map[string]int64 `json:"rows,omitempty"`
	SHA256 string           `json:"sha256,omitempty"`
}

const (
	backupFormat = 1
	// maxBackupLine is more than any row has: names and texts are clipped, and a round has a hundred questions at most.
	maxBackupLine = 8 << 20
	// A backup is a tenth of its lines, or less where rows are alike. What grows beyond this is a bomb.
	maxBackupRatio = 300
	ratioFrom      = 16 << 20 // lines are compared from here on
)

// loader takes what a backup holds.
type loader interface {
	begin(header) error
	table(name string, columns []string) error
	row([]any) error
}

// readBackup reads a backup to its end, and gives l what it holds. Only when there is no error was it whole.
func readBackup(r io.Reader, l loader) (Summary, error) {
	packed := &counter{r: bufio.NewReaderSize(r, 1<<16)}
	zip, err := gzip.NewReader(packed)
	if err != nil {
		return Summary{}, fmt.Errorf("it is not a backup of whowon: %w", err)
	}
	b := &backupReader{packed: packed, lines: bufio.NewReaderSize(zip, 1<<16), sum: sha256.New(), loader: l}
	s, err := b.read()
	switch {
	case err == nil:
		return s, nil
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return s, fmt.Errorf("line %d: the backup ends here, and should go on: it is not whole; take another", b.n)
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, gzip.ErrHeader):
		return s, fmt.Errorf("line %d: the backup is damaged; take another: %w", b.n, err)
	}
	return s, fmt.Errorf("line %d: %w", b.n, err)
}

// counter counts the bytes that were read.
type counter struct {
	r io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err
}

type backupReader struct {
	packed *counter
	lines  *bufio.Reader
	sum    hash.Hash
	loader loader

	n       int   // lines
	size    int64 // bytes of them
	columns int   // of the table that rows are of
	at      string
	buf     []byte
}

// next is the next line, with its end. It is only good until the next call.
func (b *backupReader) next() ([]byte, error) {
	b.n++
	b.buf = b.buf[:0]
	for {
		part, err := b.lines.ReadSlice('\n')
		b.size += int64(len(part))
		if len(b.buf)+len(part) > maxBackupLine {
			return nil, fmt.Errorf("it is longer than %d MiB; this is not what whowon has written", maxBackupLine>>20)
		}
		if b.size > ratioFrom && b.size > b.packed.n*maxBackupRatio {
			return nil, errors.New("it grows without end when it is unpacked; this is not what whowon has written")
		}
		b.buf = append(b.buf, part...)
		if err == nil {
			return b.buf, nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
	}
}

func (b *backupReader) read() (Summary, error) {
	s := Summary{Rows: map[string]int64{}}
	line, err := b.next()
	if err != nil {
		return s, err
	}
	var h header
	if err := strictJSON(line, &h); err != nil || h.Format < 1 {
		return s, errors.New("it is not a backup of whowon")
	}
	if h.Format > backupFormat {
		return s, fmt.Errorf("the backup has format %d, and this program knows %d; restore it with a newer whowon",
			h.Format, backupFormat)
	}
	known, err := knownSchema()
	if err != nil {
		return s, err
	}
	if h.Schema > known || h.Schema < 1 {
		return s, fmt.Errorf("the backup has schema version %d, and this program knows 1 to %d; restore it with the whowon that "+
			"made it (%q)", h.Schema, known, h.Program)
	}
	s.Schema, s.Program, s.At = h.Schema, h.Program, h.At
	if err := b.loader.begin(h); err != nil {
		return s, err
	}
	for {
		_, _ = b.sum.Write(line)
		if line, err = b.next(); err != nil {
			return s, err
		}
		done, err := b.line(line, s.Rows)
		if err != nil || done {
			return s, err
		}
	}
}

// line handles what is no header, and reports whether it was the last.
func (b *backupReader) line(line []byte, rows map[string]int64) (done bool, err error) {
	if line[0] == '[' {
		if b.at == "" {
			return false, errors.New("a row is of no table; this is not what whowon has written")
		}
		row, err := rowOf(line, b.columns)
		if err != nil {
			return false, err
		}
		rows[b.at]++
		return false, b.loader.row(row)
	}
	var m mark
	if err := strictJSON(line, &m); err != nil {
		return false, fmt.Errorf("this is not what whowon has written: %w", err)
	}
	if m.SHA256 != "" {
		return true, b.end(m, rows)
	}
	if _, twice := rows[m.Table]; twice || !slices.Contains(inBackup, m.Table) || len(m.Columns) == 0 {
		return false, fmt.Errorf("a table %.40q is not what whowon has written here", m.Table)
	}
	b.at, b.columns = m.Table, len(m.Columns)
	rows[m.Table] = 0
	return false, b.loader.table(m.Table, m.Columns)
}

// end compares what was read with what the last line says.
func (b *backupReader) end(m mark, rows map[string]int64) error {
	if m.SHA256 != hex.EncodeToString(b.sum.Sum(nil)) {
		return errors.New("the backup is damaged, or was changed: its checksum is another; take another backup")
	}
	if !maps.Equal(m.Rows, rows) {
		return errors.New("the backup does not hold the rows that it says it holds; take another")
	}
	switch more, err := b.lines.ReadByte(); {
	case err == nil:
		return fmt.Errorf("after the end there is more, beginning with %q; this is not what whowon has written", more)
	case !errors.Is(err, io.EOF):
		return err
	}
	return nil
}

// rowOf reads a row of n values: strings, int64 and nil.
func rowOf(line []byte, n int) ([]any, error) {
	var row []any
	if err := strictJSON(line, &row); err != nil {
		return nil, fmt.Errorf("this is no row: %w", err)
	}
	if len(row) != n {
		return nil, fmt.Errorf("a row has %d values, and its table %d columns", len(row), n)
	}
	for i, v := range row {
		switch v := v.(type) {
		case nil:
		case string:
			row[i] = clean(v)
		case json.Number:
			whole, err := strconv.ParseInt(v.String(), 10, 64)
			if err != nil {
				return nil, fmt.Errorf("value %d of a row is no whole number", i+1)
			}
			row[i] = whole
		default:
			return nil, fmt.Errorf("value %d of a row is neither text nor number", i+1)
		}
	}
	return row, nil
}

// strictJSON reads one value, whose fields are all known, and nothing else.
func strictJSON(line []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		// A value that ends too early is a fault of the line, not the end of the file.
		return fmt.Errorf("%v", err) //nolint:errorlint // see above
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more than one value")
	}
	return nil
}
