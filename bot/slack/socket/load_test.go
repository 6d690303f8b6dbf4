package socket_test

import (
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/slacktest"
	"github.com/whowon-bot/whowon/bot/slack/socket"
)

// BenchmarkDelivery is an envelope from the fake Slack over real sockets and its acknowledgement, both sides together.
func BenchmarkDelivery(b *testing.B) {
	o := unlimited(slacktest.SocketOptions{Forget: true})
	r := &rig{s: slacktest.Start(b, o), client: http.DefaultClient}
	var handled atomic.Int64
	all := make(chan struct{})
	options := r.options()
	options.Log = nil
	options.Handle = func(_ socket.Envelope, ack func([]byte) error) {
		_ = ack(nil)
		if handled.Add(1) == int64(b.N) {
			close(all)
		}
	}
	go func() { _ = socket.Run(b.Context(), options) }()
	for r.s.Connections() != 2 {
		time.Sleep(time.Millisecond)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		r.event(i)
	}
	<-all
}
