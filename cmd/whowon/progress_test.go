package main

import (
	"strings"
	"testing"
	"time"
)

func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		name             string
		terminal, colour bool
		draws            int // of 100 calls in 20 s
		has              string
	}{
		{"terminal", true, false, 98, "\r\x1b[Kwork [############------------] 50/100, 5/s, 10s left"},
		{"colour", true, true, 98, "[\x1b[32m####"},
		{"pipe", false, true, 2, "whowon: work [############------------] 50/100, 5/s, 10s left\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			at := time.Unix(0, 0)
			p := newProgress(env{stderr: &out, lookup: func(string) (string, bool) { return "", false }}, "work")
			p.terminal, p.colour, p.now, p.began = tt.terminal, tt.colour, func() time.Time { return at }, at
			for i := range int64(100) {
				at = at.Add(200 * time.Millisecond)
				for range 10 { // more often than is shown
					p.tell(i+1, 100)
				}
			}
			if n := strings.Count(out.String(), "work"); n != tt.draws || !strings.Contains(out.String(), tt.has) {
				t.Errorf("drawn %d times, want %d: %q", n, tt.draws, out.String())
			}
			p.end()
			if tt.terminal != strings.HasSuffix(out.String(), "\r\x1b[K") {
				t.Errorf("ends with %q", out.String()[out.Len()-20:])
			}
		})
	}
	var out strings.Builder
	p := newProgress(env{stderr: &out, lookup: func(string) (string, bool) { return "", false }}, "work")
	p.terminal, p.width = true, func() int { return 10 }
	p.tell(1, 2)
	if out.Len() > 0 {
		t.Errorf("what is done at once shows %q", out.String())
	}
	p.began = p.began.Add(-2 * time.Second)
	p.tell(1, 0)
	if out.String() != "\r\x1b[Kwork: 1, " && len(out.String()) > len("\r\x1b[K")+9 {
		t.Errorf("wider than the terminal: %q", out.String())
	}
}
