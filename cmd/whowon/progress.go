package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// progress shows on standard error how far long work is: on a terminal in one line that is drawn again, elsewhere in a line
// now and then. Work that is done within half a second shows nothing.
type progress struct {
	out      io.Writer
	what     string
	terminal bool
	colour   bool
	width    func() int
	now      func() time.Time

	mu          sync.Mutex
	began, last time.Time
	drawn       bool
}

const (
	progressAfter = 500 * time.Millisecond
	progressDraw  = 100 * time.Millisecond // on a terminal
	progressTell  = 10 * time.Second       // elsewhere
	progressBar   = 24                     // characters
)

// newProgress begins with work, which is what is said of it: "writing a backup".
func newProgress(e env, what string) *progress {
	p := &progress{out: e.stderr, what: what, colour: e.getenv("NO_COLOR") == "", now: time.Now, began: time.Now(),
		width: func() int { return 80 }}
	if f, ok := e.stderr.(*os.File); ok && term.IsTerminal(int(f.Fd())) && e.getenv("TERM") != "dumb" {
		p.terminal = true
		p.width = func() int {
			if w, _, err := term.GetSize(int(f.Fd())); err == nil && w > 0 {
				return w
			}
			return 80
		}
	}
	return p
}

// tell says how many of how many things are done; total 0 is not known.
func (p *progress) tell(done, total int64) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.draw(done, total)
}

// draw is tell for who holds the lock.
func (p *progress) draw(done, total int64) {
	now, every := p.now(), progressTell
	if p.terminal {
		every = progressDraw
	}
	first := p.began
	if !p.terminal {
		first = first.Add(progressTell - progressAfter)
	}
	if now.Sub(first) < progressAfter || now.Sub(p.last) < every {
		return
	}
	p.last = now
	line := p.line(done, total, now.Sub(p.began))
	if !p.terminal {
		fmt.Fprintln(p.out, "whowon: "+line)
		return
	}
	if runes := []rune(line); len(runes) >= p.width() {
		line = string(runes[:max(0, p.width()-1)])
	}
	if p.colour {
		line = strings.Replace(strings.Replace(line, "[", "[\x1b[32m", 1), "]", "\x1b[0m]", 1)
	}
	fmt.Fprint(p.out, "\r\x1b[K"+line)
	p.drawn = true
}

func (p *progress) line(done, total int64, took time.Duration) string {
	if done <= 0 && total <= 0 {
		return p.what + "…"
	}
	rate := float64(done) / max(took.Seconds(), 0.001)
	if total <= 0 {
		return fmt.Sprintf("%s: %d, %.0f/s", p.what, done, rate)
	}
	done = min(done, total)
	full := int(done * progressBar / total)
	bar := fmt.Sprintf("%s [%s%s] %d/%d", p.what, strings.Repeat("#", full), strings.Repeat("-", progressBar-full), done, total)
	if done <= 0 { // nothing is known yet of how long it takes
		return bar
	}
	left := time.Duration(float64(total-done) / max(rate, 0.001) * float64(time.Second)).Round(time.Second)
	return fmt.Sprintf("%s, %.0f/s, %v left", bar, rate, min(left, 99*time.Hour))
}

// end clears the line.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clear()
}

// clear is end for who holds the lock.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.out, "\r\x1b[K")
		p.drawn = false
	}
}
