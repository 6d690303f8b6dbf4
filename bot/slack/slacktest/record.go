package slacktest

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Recorded is a request that came to the Web API, to a response URL ("response_url"), or with a file ("upload").
type Recorded struct {
	At     time.Time
	Method string          // "chat.postMessage"
	Team   string          // of the token; "" of an app's and of requests without one
	Token  string          // masked: "xoxb-…0001"; "" is none
	Body   json.RawMessage // an object of its arguments, without token and secrets
	Status int             // of the answer
	Error  string          // the code it was refused with; "" is none
}

// recorder remembers what came. It is guarded by the lock of the webServer.
type recorder struct {
	requests []*Recorded
	faults   []string
	pings    int
	limited  int
}

// secret are the arguments that are not recorded.
var secret = []string{"token", "client_secret", "code", "refresh_token"}

func (w *webServer) begin(c *call) *Recorded {
	args := map[string]any{}
	for name, value := range c.args {
		switch {
		case slices.Contains(secret, name):
		case len(value) > 0 && (value[0] == '[' || value[0] == '{') && json.Valid([]byte(value)):
			args[name] = json.RawMessage(value)
		default:
			args[name] = value
		}
	}
	rec := &Recorded{At: c.at, Method: c.m.name, Body: encode(args)}
	token, ok := strings.CutPrefix(c.Header.Get("Authorization"), "Bearer ")
	if !ok {
		token = c.args["token"]
	}
	if len(token) > 9 {
		rec.Token = token[:5] + "…" + token[len(token)-4:]
	}
	w.recorder.requests = append(trim(w.recorder.requests, w.keep), rec)
	return rec
}

// misuse are the codes that a correct app never sees: the others tell it what it could not know.
var misuse = []string{"unknown_method", "invalid_arguments", "invalid_form_data", "invalid_post_type", "missing_post_type",
	"json_not_object", "not_authed", "not_allowed_token_type", "no_text", "msg_too_long", "msg_blocks_too_long",
	"invalid_blocks", "invalid_blocks_format", "invalid_metadata_format", "invalid_metadata_schema", "metadata_too_large",
	"invalid_trigger_id", "exchanged_trigger_id", "push_limit_reached", "duplicate_external_id", "view_too_large",
	"invalid_payload", "used_url", "too_many_attachments", "bad_client_secret", "invalid_client_id", "code_already_used",
	"invalid_grant_type", "invalid_refresh_token", "invalid_options"}

// finish notes what a request was answered with.
func (w *webServer) finish(c *call, a reply) {
	c.rec.Status, c.rec.Error = a.status, a.err
	if a.status == 0 {
		c.rec.Status = http.StatusOK
	}
	if a.status == http.StatusTooManyRequests {
		w.recorder.limited++
	}
	if !a.injected && slices.Contains(misuse, a.err) {
		text := a.err
		if meta, ok := a.body["response_metadata"].(object); ok {
			if messages, ok := meta["messages"].([]string); ok {
				text += ": " + strings.Join(messages, "; ")
			}
		}
		w.fault(c.m.name, text)
	}
	if hook := w.onRequest; hook != nil {
		seen := *c.rec
		w.later(func() { hook(seen) })
	}
}

// fault notes what a correct app does not do.
func (w *webServer) fault(what, text string) {
	w.recorder.faults = append(w.recorder.faults, what+": "+text)
}

// Requests are those that came, in order.
func (s *Server) Requests() []Recorded {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	list := s.web.recorder.requests
	if keep := s.web.keep; keep > 0 {
		list = list[max(0, len(list)-keep):]
	}
	out := make([]Recorded, len(list))
	for i, rec := range list {
		out[i] = *rec
	}
	return out
}

// OnRequest is called for each request when it is answered, in order. f may use the server. nil is nobody.
func (s *Server) OnRequest(f func(Recorded)) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.onRequest = f
}

// KeepRequests bounds what is remembered: requests, interactions and the messages of each channel, to about the newest n.
// 0 is all.
func (s *Server) KeepRequests(n int) {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	s.web.keep = n
}

// Faults are what a correct app never does: what is over a limit, does not fit the schemas, is used twice, or does not
// exist; blocks without a text beside them; messages that unfurl links; answers to deliveries that Slack would not take.
// What an app cannot know is none: that it is not in a channel, that a message or trigger is gone, that it is limited.
func (s *Server) Faults() []string {
	s.web.mu.Lock()
	faults := slices.Clone(s.web.recorder.faults)
	s.web.mu.Unlock()
	return append(faults, s.DeliveryFaults()...)
}

// Pings is how many mentions that notify somebody the app has shown: of users, groups, @here and @everyone.
func (s *Server) Pings() int {
	s.web.mu.Lock()
	defer s.web.mu.Unlock()
	return s.web.recorder.pings
}
