package discordtest

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// deliver sends an interaction to the bot, the way that the application has chosen.
func (r *restServer) deliver(i *Interaction) {
	if r.o.Interactions == "" {
		r.s.DispatchGuild(i.GuildID, "INTERACTION_CREATE", i.payload)
		return
	}
	body, err := r.post(i.payload)
	r.mu.Lock()
	if err == nil && body != nil {
		err = r.respondHTTP(i, body)
	}
	if err != nil && i.first == nil {
		i.fail(err)
	}
	r.mu.Unlock()
	r.flush()
}

// respondHTTP takes the answer to a signed request as the first response. It is recorded as if it had come as a callback.
func (r *restServer) respondHTTP(i *Interaction, body []byte) error {
	c := &call{Request: (&http.Request{Method: http.MethodPost}).WithContext(context.Background()),
		e: &endpoint{path: "/interactions/{interaction}/{token}/callback"}, body: body, at: time.Now()}
	c.rec = &Recorded{Method: "RESPONSE", Path: "/interactions/" + r.recorder.names[i.ID], Body: body, At: c.at}
	r.recorder.requests = append(trim(r.recorder.requests, r.o.Keep), c.rec)
	refused, ok := r.respond(c, i, body)
	if ok {
		refused = answer{status: http.StatusOK}
	}
	r.recorder.finish(c.rec, refused)
	if !ok {
		return fmt.Errorf("the answer to interaction %s was refused: %s", i.ID, refused.body)
	}
	return nil
}

// post sends a signed request and returns its answer; nil is none. It is given as long as a first response may take.
// https://docs.discord.com/developers/interactions/overview#validating-security-request-headers
func (r *restServer) post(payload []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(context.Background(), firstLife)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, r.o.Interactions, bytes.NewReader(payload))
	if err != nil {
		return nil, err
	}
	req.Header = r.signed(payload, time.Now())
	resp, err := r.o.Client.Do(req)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxRequest))
	switch {
	case err != nil:
		return nil, err
	case resp.StatusCode == http.StatusOK && len(body) > 0:
		return body, nil
	case resp.StatusCode == http.StatusAccepted || resp.StatusCode == http.StatusNoContent:
		return nil, nil // a callback comes
	case resp.StatusCode == http.StatusOK:
		return nil, errors.New("the answer is empty")
	}
	return nil, fmt.Errorf("the bot answered %s", resp.Status)
}

// signed are the headers of a request to the bot.
func (r *restServer) signed(body []byte, at time.Time) http.Header {
	stamp := strconv.FormatInt(at.Unix(), 10)
	h := http.Header{}
	h.Set("Content-Type", "application/json")
	h.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	h.Set("X-Signature-Timestamp", stamp)
	h.Set("X-Signature-Ed25519", hex.EncodeToString(ed25519.Sign(r.o.Key, append([]byte(stamp), body...))))
	return h
}

// Ping sends the PING by which Discord checks an endpoint, and returns the body of its answer.
func (s *Server) Ping() ([]byte, error) {
	s.rest.mu.Lock()
	id := s.rest.snowflake(time.Now())
	s.rest.mu.Unlock()
	return s.rest.post(marshal(object{"id": id, "application_id": s.o.Application, "type": 1, "token": "ping-" + id,
		"version": 1, "entitlements": []object{}, "app_permissions": "0", "authorizing_integration_owners": object{},
		"attachment_size_limit": 0}))
}

// deliverSaid sends what a user said or changed, where the bot is. The order of what is said is that of its delivery, so the
// caller holds the lock.
func (r *restServer) deliverSaid(m *message, event string, data json.RawMessage) {
	if m.ch.present() && m.ch.permissions&ViewChannel != 0 {
		r.s.DispatchGuild(m.GuildID, event, data)
	}
}
