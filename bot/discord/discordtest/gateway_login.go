package discordtest

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// allIntents are the bits of all intents that there are.
const allIntents = 1<<26 - 1

// authorized reports whether a token is the bot's; clients may send it with or without "Bot ".
func (g *gatewayServer) authorized(token string) bool {
	return strings.TrimPrefix(token, "Bot ") == g.s.o.Token
}

// identify starts a session: READY, then a GUILD_CREATE for each guild of the shard. It returns the close code for what is
// wrong, or 0. https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func (c *gatewayConn) identify(data []byte) (code int) {
	var d struct {
		Token      string            `json:"token"`
		Intents    *int              `json:"intents"`
		Shard      *[2]int           `json:"shard"`
		Properties map[string]string `json:"properties"`
	}
	if json.Unmarshal(data, &d) != nil || d.Properties == nil {
		return 4002
	}
	shard, shards := 0, 1
	if d.Shard != nil {
		shard, shards = d.Shard[0], d.Shard[1]
	}
	g := c.g
	n, soon, spent := g.countIdentify(shard)
	switch {
	case c.loggedIn():
		return 4005
	case !g.authorized(d.Token), spent:
		return 4004 // a token that is used up is reset
	case shard < 0 || shard >= shards:
		return 4010
	case d.Intents == nil || *d.Intents&^allIntents != 0:
		return 4013
	case *d.Intents&g.o.Disallowed != 0:
		return 4014
	}
	if c.misbehave(g.fault(&g.onIdentify, n)) {
		return 0
	}
	var guilds []json.RawMessage
	if g.guilds != nil {
		guilds = g.guilds(shard, shards)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if soon {
		c.sendOp(9, "false")
		return 0
	}
	sess := g.newSession(shard, shards, *d.Intents)
	sess.conn, c.session = c, sess
	sess.dispatch("READY", g.ready(sess, guilds))
	for _, guild := range guilds {
		sess.dispatch("GUILD_CREATE", guild)
	}
	return 0
}

// countIdentify counts an IDENTIFY and returns its number, whether the rate limit key of the shard was used less than 5 s
// ago, and whether the day's are used up.
// https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
func (g *gatewayServer) countIdentify(shard int) (n int, soon, spent bool) {
	spent = g.s.StartLimit().Remaining == 0
	g.mu.Lock()
	defer g.mu.Unlock()
	now, key := time.Now(), shard%g.o.MaxConcurrency
	last, before := g.byKey[key]
	soon = before && now.Sub(last) < 5*time.Second
	if !soon {
		g.byKey[key] = now
	}
	g.identifies = append(g.identifies, now)
	return len(g.identifies), soon, spent
}

func (c *gatewayConn) loggedIn() bool {
	c.g.mu.Lock()
	defer c.g.mu.Unlock()
	return c.session != nil
}

// ready is the data of a READY.
func (g *gatewayServer) ready(sess *gatewaySession, guilds []json.RawMessage) json.RawMessage {
	type guild struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	}
	stubs := make([]guild, len(guilds))
	for i, data := range guilds {
		if err := json.Unmarshal(data, &stubs[i]); err != nil {
			panic(fmt.Sprintf("discordtest: a guild is not JSON: %v", err))
		}
		stubs[i].Unavailable = true
	}
	return marshal(map[string]any{
		"v":                  10,
		"user":               map[string]any{"id": g.s.o.Application, "username": "whowon", "discriminator": "0000", "bot": true},
		"guilds":             stubs,
		"session_id":         sess.id,
		"resume_gateway_url": g.s.GatewayURL(),
		"shard":              [2]int{sess.shard, sess.shards},
		"application":        map[string]any{"id": g.s.o.Application, "flags": 0},
	})
}

// resume goes on with a session: what was missed, then RESUMED. It returns the close code for what is wrong, or 0.
// https://docs.discord.com/developers/events/gateway#resuming
func (c *gatewayConn) resume(data []byte) (code int) {
	var d struct {
		Token   string `json:"token"`
		Session string `json:"session_id"`
		Seq     *int64 `json:"seq"`
	}
	if json.Unmarshal(data, &d) != nil || d.Seq == nil {
		return 4002
	}
	g := c.g
	n := g.countResume()
	switch {
	case c.loggedIn():
		return 4005
	case !g.authorized(d.Token):
		return 4004
	}
	f := g.fault(&g.onResume, n)
	if f == FaultInvalid {
		g.forget(d.Session)
	}
	if c.misbehave(f) {
		return 0
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.expire()
	sess := g.sessions[d.Session]
	if sess == nil {
		c.sendOp(9, "false")
		return 0
	}
	if *d.Seq < 0 || *d.Seq > sess.seq {
		return 4007
	}
	missed, ok := sess.after(*d.Seq)
	if !ok {
		delete(g.sessions, sess.id)
		c.sendOp(9, "false")
		return 0
	}
	if old := sess.conn; old != nil {
		old.session = nil
		old.close(4000) // one connection has the session at a time
	}
	sess.conn, c.session = c, sess
	c.send(missed...)
	sess.dispatch("RESUMED", json.RawMessage(`{"_trace":["[\"fake\"]"]}`))
	return 0
}

func (g *gatewayServer) countResume() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.resumes++
	return g.resumes
}

func (g *gatewayServer) forget(session string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.sessions, session)
}
