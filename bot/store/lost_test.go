package store_test

import (
	"errors"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// wire stands between a store and its server, and cuts the connection when it is told to.
type wire struct {
	network, server    string
	dropAsk, dropReply atomic.Bool // cut at the next bytes to, or from, the server
}

// newWire listens on a socket of its own, and returns the URL to use in place of the server's.
func newWire(t *testing.T, server string) (*wire, string) {
	t.Helper()
	c, err := pgconn.ParseConfig(server)
	if err != nil {
		t.Fatal(err)
	}
	w := &wire{}
	w.network, w.server = pgconn.NetworkAddress(c.Host, c.Port)
	dir, err := os.MkdirTemp("", "wire") // the path of a socket is short
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("unix", filepath.Join(dir, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close(); os.RemoveAll(dir) })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go w.serve(client)
		}
	}()
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	q := u.Query()
	q.Set("host", dir)
	q.Set("port", "5432")
	q.Set("sslmode", "disable")
	u.RawQuery = q.Encode()
	return w, u.String()
}

func (w *wire) serve(client net.Conn) {
	defer client.Close()
	server, err := net.Dial(w.network, w.server)
	if err != nil {
		return
	}
	defer server.Close()
	go pass(server, client, &w.dropAsk)
	pass(client, server, &w.dropReply)
}

// pass copies until an end, or the drop: then both ends are closed, and what was read goes nowhere.
func pass(to, from net.Conn, drop *atomic.Bool) {
	defer to.Close()
	defer from.Close()
	buf := make([]byte, 1<<16)
	for {
		n, err := from.Read(buf)
		if n > 0 && drop.CompareAndSwap(true, false) {
			return
		}
		if _, werr := to.Write(buf[:n]); err != nil || werr != nil {
			return
		}
	}
}

// TestLostAnswer cuts the connection before a transition reaches the server, and after it is committed but before the
// answer comes back: both times it is written, once, and its writer is told so.
func TestLostAnswer(t *testing.T) {
	w, through := newWire(t, storetest.Postgres(t))
	db := open(t, through)
	r := newRound("r1")
	for v := range int64(3) { // the statements are prepared
		commit(t, db, step(r, v))
	}
	w.dropReply.Store(true)
	commit(t, db, step(r, 3))
	if w.dropReply.Load() {
		t.Error("nothing was cut")
	}
	whole(t, through, 4)
	for v := range int64(3) {
		commit(t, db, step(r, v+4))
	}
	w.dropAsk.Store(true)
	commit(t, db, step(r, 7))
	if w.dropAsk.Load() {
		t.Error("nothing was cut")
	}
	whole(t, through, 8)
	another, late := step(r, 8), step(r, 7)
	another.Round.Value = []byte(`"another"`)
	late.Round.Value = step(r, 8).Round.Value
	commit(t, db, step(r, 8))
	for i, tr := range []bot.Transition{another, late} {
		warm := newRound("warm") // the statements are prepared on the new connection
		warm.Channel.ID = "c2"
		for v := range int64(3) {
			warm.Version = 3*int64(i) + v
			commit(t, db, bot.Transition{At: noon, Round: warm, Asked: tr.Asked, Scores: tr.Scores, Attempts: tr.Attempts, Effects: tr.Effects})
		}
		w.dropReply.Store(true)
		if err := db.Commit(t.Context(), tr); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("a transition that came too late is taken for the one that is there: %v", err)
		}
	}
}
