package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// magic opens every snapshot; its last byte is the version of the layout.
const magic = "whowon\x00\x01"

// A snapshot is the magic, the number of sections, a directory of them, and the sections themselves. Sections are read
// where they lie: opening a snapshot costs the directory and nothing else.
type writer struct {
	names    []string
	sections [][]byte
}

func (w *writer) bytes(name string, b []byte) {
	w.names = append(w.names, name)
	w.sections = append(w.sections, b)
}

func (w *writer) u32(name string, v []uint32) {
	b := make([]byte, 0, 4*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, x)
	}
	w.bytes(name, b)
}

func (w *writer) u64(name string, v []uint64) {
	b := make([]byte, 0, 8*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint64(b, x)
	}
	w.bytes(name, b)
}

// finish lays the snapshot out.
func (w *writer) finish() ([]byte, error) {
	head := len(magic) + 4
	for _, n := range w.names {
		head += 9 + len(n)
	}
	out := append([]byte(nil), magic...)
	out = binary.LittleEndian.AppendUint32(out, uint32(len(w.names)))
	at := head
	for i, n := range w.names {
		if len(n) > math.MaxUint8 || at+len(w.sections[i]) > math.MaxUint32 {
			return nil, fmt.Errorf("section %q does not fit a snapshot", n)
		}
		out = append(out, byte(len(n)))
		out = append(out, n...)
		out = binary.LittleEndian.AppendUint32(out, uint32(at))
		out = binary.LittleEndian.AppendUint32(out, uint32(len(w.sections[i])))
		at += len(w.sections[i])
	}
	for _, s := range w.sections {
		out = append(out, s...)
	}
	return out, nil
}

var errDamaged = errors.New("the snapshot of the facts is damaged or of another version; " +
	"rebuild it with 'whowon facts build'")

// reader finds the sections of a snapshot.
type reader struct {
	sections map[string]string
	err      error
}

func openSections(data string) (*reader, error) {
	if len(data) < len(magic)+4 || data[:len(magic)] != magic {
		return nil, errDamaged
	}
	n := int(U32(data[len(magic):]).At(0))
	r := &reader{sections: make(map[string]string, min(n, 1024))}
	rest := data[len(magic)+4:]
	for range n {
		if len(rest) < 1 || len(rest) < 9+int(rest[0]) {
			return nil, errDamaged
		}
		size := int(rest[0])
		name, span := rest[1:1+size], U32(rest[1+size:])
		from, length := uint64(span.At(0)), uint64(span.At(1))
		if from+length > uint64(len(data)) {
			return nil, errDamaged
		}
		r.sections[name] = data[from : from+length]
		rest = rest[9+size:]
	}
	return r, nil
}

func (r *reader) str(name string) string {
	s, ok := r.sections[name]
	if !ok && r.err == nil {
		r.err = fmt.Errorf("section %q is missing: %w", name, errDamaged)
	}
	return s
}

// column reads a section of n numbers.
func (r *reader) column(name string, n int) U32 {
	s := r.str(name)
	if len(s) != 4*n && r.err == nil {
		r.err = fmt.Errorf("section %q holds %d bytes, not %d: %w", name, len(s), 4*n, errDamaged)
	}
	return U32(s)
}

// any reads a section of as many numbers as it holds.
func (r *reader) any(name string) U32 { return U32(r.str(name)) }

// U32 is a column of little-endian 32-bit numbers, read where it lies.
type U32 string

// Len is the count of numbers.
func (u U32) Len() int { return len(u) / 4 }

// At is the i-th number.
func (u U32) At(i int) uint32 {
	s := u[4*i : 4*i+4]
	return uint32(s[0]) | uint32(s[1])<<8 | uint32(s[2])<<16 | uint32(s[3])<<24
}

// U64 is a column of little-endian 64-bit numbers, read where it lies.
type U64 string

// Len is the count of numbers.
func (u U64) Len() int { return len(u) / 8 }

// At is the i-th number.
func (u U64) At(i int) uint64 {
	return uint64(U32(u).At(2*i)) | uint64(U32(u).At(2*i+1))<<32
}

// Lists is a column of lists of numbers: list i is Items[Off[i]:Off[i+1]].
type Lists struct{ off, items U32 }

// Len is the count of lists.
func (l Lists) Len() int { return max(0, l.off.Len()-1) }

// At is the i-th list.
func (l Lists) At(i int) U32 {
	from, to := l.off.At(i), l.off.At(i+1)
	return l.items[4*from : 4*to]
}

func (w *writer) lists(name string, lists [][]uint32) {
	off, items := make([]uint32, 1, len(lists)+1), []uint32(nil)
	for _, l := range lists {
		items = append(items, l...)
		off = append(off, uint32(len(items)))
	}
	w.u32(name+".off", off)
	w.u32(name, items)
}

func (r *reader) lists(name string, n int) Lists {
	l := Lists{off: r.column(name+".off", n+1), items: r.any(name)}
	if r.err == nil && int(l.off.At(n)) != l.items.Len() {
		r.err = fmt.Errorf("section %q is cut short: %w", name, errDamaged)
	}
	return l
}

// pool interns strings.
type pool struct {
	ids  map[string]uint32
	off  []uint32
	blob []byte
}

func newPool() *pool {
	p := &pool{ids: map[string]uint32{}, off: []uint32{0}}
	p.id("") // number 0 is the empty string
	return p
}

func (p *pool) id(s string) uint32 {
	if id, ok := p.ids[s]; ok {
		return id
	}
	id := uint32(len(p.ids))
	p.ids[s] = id
	p.blob = append(p.blob, s...)
	p.off = append(p.off, uint32(len(p.blob)))
	return id
}

func (p *pool) write(w *writer) {
	w.u32("str.off", p.off)
	w.bytes("str", p.blob)
}

// Strings is the table of all strings.
type Strings struct {
	off  U32
	blob string
}

// At is the string of a number; number 0 is "".
func (s Strings) At(id uint32) string { return s.blob[s.off.At(int(id)):s.off.At(int(id)+1)] }
