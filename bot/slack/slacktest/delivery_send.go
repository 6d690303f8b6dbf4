package slacktest

import (
	"encoding/json"
	"net/http"
	"net/url"
)

// Deliver tells the app something of one's own: kind is events_api, slash_commands or interactive, and payload an object as
// it is in an envelope. answered is called once, with the app's answer, which is nil where it only acknowledged, or with
// what the user would be told; it may be nil. It returns at once.
func (s *Server) Deliver(of string, payload json.RawMessage, answered func(answer json.RawMessage, err error)) {
	p := parcel{kind: kind(of), payload: payload, retry: kind(of) == kindEvents, answered: answered}
	switch p.kind {
	case kindSlash:
		var fields map[string]string
		_ = json.Unmarshal(payload, &fields) // what is no string is not part of a form
		p.form = make(url.Values, len(fields))
		for name, value := range fields {
			p.form.Set(name, value)
		}
	case kindInteractive:
		p.options = typeOf(payload) == "block_suggestion"
	}
	s.delivery.send(p)
}

// DeliverHTTP changes where deliveries go: with an events URL to the app's addresses, without to its connections.
func (s *Server) DeliverHTTP(o HTTPOptions) {
	d := s.delivery
	d.mu.Lock()
	defer d.mu.Unlock()
	d.web = o
	d.flush()
}

// Duplicate makes everything be delivered n times, with the same payload each in an envelope or request of its own. Slack
// does so now and then; an event's event_id shows it.
func (s *Server) Duplicate(n int) {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	s.delivery.duplicate = max(1, n)
}

// client is the HTTP client for requests to the app.
func (o *HTTPOptions) client() *http.Client {
	if o.Client != nil {
		return o.Client
	}
	return http.DefaultClient
}
