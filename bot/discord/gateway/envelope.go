package gateway

import (
	"bytes"
	"encoding/json"
	"strings"
)

// envelope is what is around every payload. Its slices are parts of the frame.
type envelope struct {
	op   int
	seq  int64 // 0 when null
	typ  []byte
	data []byte
}

// parse reads an envelope, and reports whether the frame is one. It gives what encoding/json gives for every frame that is
// valid JSON. It does not look into d further than to find its end, so a frame whose d is broken may pass.
func parse(frame []byte) (envelope, bool) {
	if e, ok := scan(frame); ok {
		return e, true
	}
	var e struct {
		Op *int            `json:"op"`
		S  int64           `json:"s"`
		T  string          `json:"t"`
		D  json.RawMessage `json:"d"`
	}
	if json.Unmarshal(frame, &e) != nil || e.Op == nil {
		return envelope{}, false
	}
	return envelope{op: *e.Op, seq: e.S, typ: []byte(e.T), data: e.D}, true
}

// scan reads an envelope as Discord writes it: the keys t, s, op and d, each at most once, with plain values. It reports
// false for everything else, which may still be an envelope.
func scan(frame []byte) (e envelope, ok bool) {
	i := space(frame, 0)
	if i == len(frame) || frame[i] != '{' {
		return e, false
	}
	var seen [256]bool
	for {
		key, start := keyAt(frame, space(frame, i+1))
		if key == 0 || seen[key] {
			return e, false
		}
		seen[key] = true
		end := valueEnd(frame, start)
		if end < 0 || !e.set(key, frame[start:end]) {
			return e, false
		}
		i = space(frame, end)
		switch {
		case i == len(frame):
			return e, false
		case frame[i] == '}':
			return e, seen['o'] && space(frame, i+1) == len(frame)
		case frame[i] != ',':
			return e, false
		}
	}
}

// space is where the next byte is that is no white space, from i on.
func space(frame []byte, i int) int {
	for i < len(frame) && (frame[i] == ' ' || frame[i] == '\n' || frame[i] == '\r' || frame[i] == '\t') {
		i++
	}
	return i
}

// keyAt is the first letter of the key at i, and where its value starts; 0 is no key of an envelope.
func keyAt(frame []byte, i int) (key byte, value int) {
	for _, name := range [...]string{`"t"`, `"s"`, `"op"`, `"d"`} {
		if len(frame)-i > len(name) && string(frame[i:i+len(name)]) == name {
			colon := space(frame, i+len(name))
			if colon == len(frame) || frame[colon] != ':' {
				return 0, 0
			}
			return name[1], space(frame, colon+1)
		}
	}
	return 0, 0
}

// set takes the value of a key, and reports whether it is a plain one.
func (e *envelope) set(key byte, value []byte) bool {
	if key == 'd' {
		e.data = value
		return true
	}
	if string(value) == "null" {
		return key != 'o'
	}
	switch key {
	case 't':
		if value[0] != '"' {
			return false
		}
		e.typ = value[1 : len(value)-1]
		return plain(e.typ)
	case 's':
		seq, ok := digits(value)
		e.seq = seq
		return ok
	default:
		op, ok := digits(value)
		e.op = int(op)
		return ok
	}
}

// plain reports whether a string is as event types are, so that nothing in it is escaped.
func plain(s []byte) bool {
	for _, b := range s {
		if b != '_' && (b < 'A' || b > 'Z') && (b < '0' || b > '9') {
			return false
		}
	}
	return true
}

// digits reads a number without sign, fraction, exponent and leading zeros, which no overflow is possible with.
func digits(s []byte) (n int64, ok bool) {
	if len(s) > 18 || len(s) > 1 && s[0] == '0' {
		return 0, false
	}
	for _, b := range s {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + int64(b-'0')
	}
	return n, true
}

// valueEnd is where the value that starts at i ends, or -1. It is never i.
func valueEnd(frame []byte, i int) int {
	if i == len(frame) {
		return -1
	}
	switch frame[i] {
	case '"':
		return stringEnd(frame, i)
	case '{', '[':
		return nestEnd(frame, i)
	}
	end := i
	for end < len(frame) && !strings.ContainsRune(",}] \n\r\t", rune(frame[end])) {
		end++
	}
	if end == i {
		return -1
	}
	return end
}

// nestEnd is where the object or the array that starts at i ends, or -1.
func nestEnd(frame []byte, i int) int {
	depth := 0
	for i < len(frame) {
		switch frame[i] {
		case '"':
			if i = stringEnd(frame, i); i < 0 {
				return -1
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		}
		i++
	}
	return -1
}

// stringEnd is where the string that starts at i ends, or -1.
func stringEnd(frame []byte, i int) int {
	for i++; ; i++ {
		n := bytes.IndexByte(frame[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := 0
		for frame[i-1-slashes] == '\\' {
			slashes++ // ends at the latest at the quote that opens the string
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}
