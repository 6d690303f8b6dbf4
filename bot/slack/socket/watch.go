package socket

import (
	"context"
	"time"
)

// ping asks Slack for a sign of life, and ends the connection when there is none.
func (c *conn) ping() {
	tick := time.NewTicker(pingEvery)
	defer tick.Stop()
	for {
		select {
		case <-c.over:
			return
		case <-tick.C:
		}
		asked := time.Now()
		ctx, cancel := context.WithTimeout(context.Background(), pongTimeout)
		err := c.ws.Ping(ctx)
		cancel()
		if err == nil {
			continue
		}
		since := c.writing.Load()
		stuck := since != 0 && time.Since(time.Unix(0, since)) >= pongTimeout
		if stuck || c.heard.Load() < asked.UnixNano() {
			c.fail(errDead)
			return
		}
	}
}

// watch ends the connection: when no hello comes, when it was replaced and Slack does not close it, and when ctx is done.
func (c *conn) watch(ctx context.Context) {
	hello := time.NewTimer(helloTimeout)
	defer hello.Stop()
	grace := time.NewTimer(time.Hour)
	grace.Stop()
	defer grace.Stop()
	greeted, retired := c.greeted, c.retired
	for {
		select {
		case <-c.over:
			return
		case <-greeted:
			hello.Stop()
			greeted = nil
		case <-hello.C:
			c.fail(errNoHello)
			return
		case <-retired:
			grace.Reset(leaveGrace)
			retired = nil
		case <-grace.C:
			c.close()
			return
		case <-ctx.Done():
			c.lastAcks()
			c.close()
			return
		}
	}
}

// lastAcks waits until all that was handed on is acknowledged, at most a second. Nothing more is handed on.
func (c *conn) lastAcks() {
	c.quiet.Store(true)
	end := time.NewTimer(lastAcks)
	defer end.Stop()
	for {
		c.mu.Lock()
		n := c.outstanding
		c.mu.Unlock()
		if n <= 0 {
			return
		}
		select {
		case <-c.idle:
		case <-end.C:
			return
		case <-c.over:
			return
		}
	}
}

// close ends the connection with 1000 when what is queued has been written.
func (c *conn) close() {
	c.mu.Lock()
	c.closed = true
	c.mu.Unlock()
	c.wakeUp()
	end := time.NewTimer(closeTimeout)
	defer end.Stop()
	select {
	case <-c.over:
	case <-end.C:
		_ = c.ws.CloseNow()
	}
}
