package socket

import (
	"bytes"
	"encoding/json"
	"strings"
)

// frame is what Slack sends. Its slices are parts of the bytes that were read.
type frame struct {
	id, typ, reason []byte // the reason of a disconnect
	payload         []byte
	accepts         bool
	attempt         int
	retryReason     []byte
}

// envelope copies a frame, so that it may be kept.
func (f frame) envelope() Envelope {
	return Envelope{
		ID: string(f.id), Type: typeName(f.typ), Payload: bytes.Clone(f.payload), AcceptsResponse: f.accepts,
		RetryAttempt: f.attempt, RetryReason: string(f.retryReason),
	}
}

// typeName is a type as a string, which for those we know costs nothing.
func typeName(typ []byte) string {
	switch string(typ) {
	case "events_api":
		return "events_api"
	case "interactive":
		return "interactive"
	case "slash_commands":
		return "slash_commands"
	}
	return string(typ)
}

// parse reads a frame, and reports whether it is one. It gives what encoding/json gives for every frame that is valid JSON.
// It does not look into values that it does not need, nor into the payload, further than to find their end, so a frame that
// is broken there may pass.
func parse(data []byte) (frame, bool) {
	if f, ok := scan(data); ok {
		return f, true
	}
	var f struct {
		ID          string          `json:"envelope_id"`
		Type        string          `json:"type"`
		Reason      string          `json:"reason"`
		Payload     json.RawMessage `json:"payload"`
		Accepts     bool            `json:"accepts_response_payload"`
		Attempt     int             `json:"retry_attempt"`
		RetryReason string          `json:"retry_reason"`
	}
	if json.Unmarshal(data, &f) != nil || f.Type == "" {
		return frame{}, false
	}
	return frame{
		id: []byte(f.ID), typ: []byte(f.Type), reason: []byte(f.Reason), payload: f.Payload, accepts: f.Accepts,
		attempt: f.Attempt, retryReason: []byte(f.RetryReason),
	}, true
}

// scan reads a frame as Slack writes it: lower-case keys, each at most once, with plain values. It reports false for
// everything else, which may still be a frame.
func scan(data []byte) (f frame, ok bool) {
	i := space(data, 0)
	if i == len(data) || data[i] != '{' {
		return f, false
	}
	var seen uint8
	for {
		key, start := keyAt(data, space(data, i+1))
		if start == 0 {
			return f, false
		}
		end := valueEnd(data, start)
		if end < 0 {
			return f, false
		}
		bit := f.set(key, data[start:end])
		if bit == broken || seen&bit != 0 {
			return f, false
		}
		seen |= bit
		i = space(data, end)
		switch {
		case i == len(data):
			return f, false
		case data[i] == '}':
			return f, len(f.typ) > 0 && space(data, i+1) == len(data)
		case data[i] != ',':
			return f, false
		}
	}
}

// broken is a value that scan leaves to encoding/json.
const broken = 1 << 7

// set takes the value of a key, and returns the key's bit, or broken. Keys that are not needed have none.
func (f *frame) set(key, value []byte) uint8 {
	switch string(key) {
	case "envelope_id":
		return text(&f.id, value, 1<<0)
	case "type":
		return text(&f.typ, value, 1<<1)
	case "reason":
		return text(&f.reason, value, 1<<2)
	case "retry_reason":
		return text(&f.retryReason, value, 1<<3)
	case "payload":
		f.payload = value
		return 1 << 4
	case "accepts_response_payload":
		f.accepts = string(value) == "true"
		if f.accepts || string(value) == "false" {
			return 1 << 5
		}
		return broken
	case "retry_attempt":
		var ok bool
		if f.attempt, ok = digits(value); ok || string(value) == "null" {
			return 1 << 6
		}
		return broken
	}
	return 0
}

// text takes a string that is plain, so that nothing in it is escaped.
func text(to *[]byte, value []byte, bit uint8) uint8 {
	if string(value) == "null" {
		return bit
	}
	if value[0] != '"' {
		return broken
	}
	value = value[1 : len(value)-1]
	for _, b := range value {
		if b < ' ' || b > '~' || b == '\\' {
			return broken
		}
	}
	*to = value
	return bit
}

// digits reads a number without sign, fraction, exponent and leading zeros, which no overflow is possible with.
func digits(s []byte) (n int, ok bool) {
	if len(s) > 9 || len(s) > 1 && s[0] == '0' {
		return 0, false
	}
	for _, b := range s {
		if b < '0' || b > '9' {
			return 0, false
		}
		n = n*10 + int(b-'0')
	}
	return n, true
}

// keyAt is the key at i and where its value starts, which is 0 where there is no plain key. encoding/json takes other
// spellings for the same key, so what is not all in lower case is left to it.
func keyAt(data []byte, i int) (key []byte, value int) {
	if i == len(data) || data[i] != '"' {
		return nil, 0
	}
	end := i + 1
	for end < len(data) && (data[end] == '_' || data[end] >= 'a' && data[end] <= 'z' || data[end] >= '0' && data[end] <= '9') {
		end++
	}
	if end == len(data) || data[end] != '"' {
		return nil, 0
	}
	colon := space(data, end+1)
	if colon == len(data) || data[colon] != ':' {
		return nil, 0
	}
	return data[i+1 : end], space(data, colon+1)
}

// space is where the next byte is that is no white space, from i on.
func space(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\n' || data[i] == '\r' || data[i] == '\t') {
		i++
	}
	return i
}

// valueEnd is where the value that starts at i ends, or -1. It is never i.
func valueEnd(data []byte, i int) int {
	if i == len(data) {
		return -1
	}
	switch data[i] {
	case '"':
		return stringEnd(data, i)
	case '{', '[':
		return nestEnd(data, i)
	}
	end := i
	for end < len(data) && !strings.ContainsRune(",}] \n\r\t", rune(data[end])) {
		end++
	}
	if end == i {
		return -1
	}
	return end
}

// nestEnd is where the object or the array that starts at i ends, or -1.
func nestEnd(data []byte, i int) int {
	depth := 0
	for i < len(data) {
		switch data[i] {
		case '"':
			if i = stringEnd(data, i); i < 0 {
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
func stringEnd(data []byte, i int) int {
	for i++; ; i++ {
		n := bytes.IndexByte(data[i:], '"')
		if n < 0 {
			return -1
		}
		i += n
		slashes := 0
		for data[i-1-slashes] == '\\' {
			slashes++ // ends at the latest at the quote that opens the string
		}
		if slashes%2 == 0 {
			return i + 1
		}
	}
}
