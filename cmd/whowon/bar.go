package main

import "time"

// bar is progress for a terminal only: elsewhere it shows nothing. It draws itself again while nobody tells it anything, so
// that work of a few long steps shows too. Its count fits the callbacks of packages that know no terminal.
type bar struct {
	*progress // whose lock guards what follows

	done, total int
	shown       bool // told of, and neither done nor hidden since
	stop        chan struct{}
}

// newBar begins with work, as newProgress does. It must be ended.
func newBar(e env, what string) *bar { return &bar{progress: newProgress(e, what)} }

// count says how many of how many things are done; total 0 is not known. When all are done, the line is cleared.
func (b *bar) count(done, total int) {
	if !b.terminal {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.done, b.total, b.shown = done, total, total <= 0 || done < total
	if !b.shown {
		b.clear()
		return
	}
	if b.stop == nil {
		b.stop = make(chan struct{})
		go b.redraw(b.stop)
	}
	b.draw(int64(done), int64(total))
}

func (b *bar) redraw(stop <-chan struct{}) {
	t := time.NewTicker(progressDraw)
	defer t.Stop()
	for {
		select {
		case <-stop:
			return
		case <-t.C:
		}
		b.mu.Lock()
		if b.shown {
			b.draw(int64(b.done), int64(b.total))
		}
		b.mu.Unlock()
	}
}

// hide clears the line until the next count, since something else is about to be printed.
func (b *bar) hide() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.shown = false
	b.clear()
}

// end clears the line for good.
func (b *bar) end() {
	b.hide()
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.stop != nil {
		close(b.stop)
		b.stop = nil
	}
}
