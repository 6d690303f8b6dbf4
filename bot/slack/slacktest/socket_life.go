package slacktest

import (
	"context"
	"net"
	"time"
)

// ping asks the app for a sign of life, until the connection ends.
func (l *link) ping() {
	if l.d.o.PingEvery < 0 {
		return
	}
	tick := time.NewTicker(l.d.o.PingEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-l.done:
			return
		}
		if l.isFrozen() {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), pongTimeout)
		err := l.ws.Ping(ctx)
		cancel()
		if err != nil {
			_ = l.ws.CloseNow()
			return
		}
	}
}

// pinged reports whether a ping of the app is answered.
func (l *link) pinged(context.Context, []byte) bool { return !l.isFrozen() }

func (l *link) isFrozen() bool {
	l.d.mu.Lock()
	defer l.d.mu.Unlock()
	return l.frozen
}

// seconds is how long the connection will last, as hello tells it; Slack's are about 5 hours.
func (l *link) seconds() int {
	if l.life == 0 {
		return 18060
	}
	return int(l.life.Seconds())
}

// age refreshes the connection when its life is over.
func (l *link) age() {
	if l.life == 0 {
		return
	}
	end := time.NewTimer(l.life)
	defer end.Stop()
	select {
	case <-end.C:
		l.d.mu.Lock()
		l.refresh()
		l.d.mu.Unlock()
	case <-l.done:
	}
}

// refresh warns the app, then asks for another connection, then closes; the caller holds the lock. It returns at once.
func (l *link) refresh() {
	if l.ending || l.leaving || l.gone {
		return
	}
	l.ending = true
	l.push(item{frame: disconnect("warning")})
	l.after(func() {
		l.leaving = true
		l.push(item{frame: disconnect("refresh_requested")})
		l.after(func() { l.push(item{end: true}) })
	})
}

// after calls f with the lock when the grace has passed, unless the connection has ended before.
func (l *link) after(f func()) {
	time.AfterFunc(l.d.o.Grace, func() {
		l.d.mu.Lock()
		defer l.d.mu.Unlock()
		if !l.gone {
			f()
		}
	})
}

// reset ends the connection as a broken network does, without a close frame.
func (l *link) reset() {
	if tcp, ok := l.raw.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0) // so that the client sees a reset instead of an end
	}
	_ = l.ws.CloseNow()
}
