package discordtest

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"time"
)

// gatewaySession is what a READY has started; it outlives its connections. All is guarded by the server's lock.
type gatewaySession struct {
	g             *gatewayServer
	id            string
	shard, shards int
	intents       int
	seq           int64    // of the newest event
	events        [][]byte // the newest events, the last one has seq
	conn          *gatewayConn
	down          time.Time // since when there is no connection
}

// sessionLife is how long a session waits for a RESUME. Discord says "a few minutes".
const sessionLife = 5 * time.Minute

// newSession makes a session; the caller holds the lock.
func (g *gatewayServer) newSession(shard, shards, intents int) *gatewaySession {
	g.expire()
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails
	sess := &gatewaySession{g: g, id: hex.EncodeToString(id[:]), shard: shard, shards: shards, intents: intents}
	g.sessions[sess.id] = sess
	return sess
}

// expire removes sessions that were down for too long; the caller holds the lock.
func (g *gatewayServer) expire() {
	for id, sess := range g.sessions {
		if sess.conn == nil && time.Since(sess.down) > sessionLife {
			delete(g.sessions, id)
		}
	}
}

// dispatch numbers an event, keeps it for a RESUME, and sends it where there is a connection; the caller holds the lock.
func (sess *gatewaySession) dispatch(event string, data json.RawMessage) {
	sess.seq++
	frame := make([]byte, 0, len(data)+len(event)+48)
	frame = append(frame, `{"t":"`...)
	frame = append(frame, event...)
	frame = append(frame, `","s":`...)
	frame = strconv.AppendInt(frame, sess.seq, 10)
	frame = append(frame, `,"op":0,"d":`...)
	frame = append(frame, data...)
	frame = append(frame, '}')
	if len(sess.events) >= 2*sess.g.o.Replay {
		sess.events = append([][]byte(nil), sess.events[len(sess.events)-sess.g.o.Replay+1:]...)
	}
	sess.events = append(sess.events, frame)
	if sess.conn != nil {
		sess.conn.send(frame)
	}
}

// after are the events after seq, unless some of them are no longer kept.
func (sess *gatewaySession) after(seq int64) (events [][]byte, ok bool) {
	missed := int(sess.seq - seq)
	if missed > min(len(sess.events), sess.g.o.Replay) {
		return nil, false
	}
	return sess.events[len(sess.events)-missed:], true
}

// Dispatch sends an event to every session, also to those whose connection is down: they get it when they resume. data is
// encoded as JSON; a json.RawMessage is sent as it is. Sessions without the event's intent do not get it.
func (s *Server) Dispatch(event string, data any) {
	s.dispatch(event, data, func(*gatewaySession) bool { return true })
}

// DispatchGuild is Dispatch to the shard that has the guild; "" is a direct message, which shard 0 has.
// https://docs.discord.com/developers/events/gateway#sharding-sharding-formula
func (s *Server) DispatchGuild(guildID, event string, data any) {
	id, err := strconv.ParseUint("0"+guildID, 10, 64)
	if err != nil {
		panic(fmt.Sprintf("discordtest: %q is no guild ID", guildID))
	}
	s.dispatch(event, data, func(sess *gatewaySession) bool { return int(id>>22)%sess.shards == sess.shard })
}

func (s *Server) dispatch(event string, data any, to func(*gatewaySession) bool) {
	raw := marshal(data)
	s.gateway.mu.Lock()
	defer s.gateway.mu.Unlock()
	for _, sess := range s.gateway.sessions {
		if !to(sess) {
			continue
		}
		if seen, ok := sess.filter(event, raw); ok {
			sess.dispatch(event, seen)
		}
	}
}

// marshal encodes what a test gives; what is no JSON is a mistake of the test.
func marshal(data any) json.RawMessage {
	if raw, ok := data.(json.RawMessage); ok {
		return raw
	}
	raw, err := json.Marshal(data)
	if err != nil {
		panic(fmt.Sprintf("discordtest: %v", err))
	}
	return raw
}
