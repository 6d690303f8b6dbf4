package discordtest

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Recorded is a request that came. The answer to a signed interaction is recorded with them: its method is "RESPONSE", its
// path "/interactions/interaction-1".
type Recorded struct {
	Method string
	// Path is below /api/v10, with its query. Tokens, and the IDs that this server has made up, are replaced by names that
	// are the same in every run: "/interactions/interaction-1/token-1/callback", "/channels/7/messages/message-3".
	Path   string
	Body   json.RawMessage // as it was sent; nil is none
	Status int             // of the answer; 0 until there is one
	At     time.Time       // when it had been read
}

// recorder remembers what came. It is guarded by the lock of the restServer.
type recorder struct {
	requests []*Recorded
	names    map[string]string // of IDs and tokens
	counts   map[string]int    // of names, by kind
	faults   []string
	invalid  int
	lately   []time.Time // of invalid requests, the last 10,001
	banned   bool
	pings    int
	careless int // without an empty allowed_mentions.parse
}

func newRecorder(application string) recorder {
	return recorder{names: map[string]string{application: "application"}, counts: map[string]int{}}
}

// name gives an ID or token the next name of its kind.
func (r *recorder) name(kind, id string) {
	r.counts[kind]++
	r.names[id] = fmt.Sprintf("%s-%d", kind, r.counts[kind])
}

func (r *recorder) begin(c *call, keep int) *Recorded {
	rec := &Recorded{Method: c.Method, Path: r.path(c), At: c.at}
	if len(c.body) > 0 {
		rec.Body = c.body
	}
	r.requests = append(trim(r.requests, keep), rec)
	return rec
}

// trim makes room for one more where only so many are kept. It forgets half, so that it rarely has to.
func trim[T any](list []T, keep int) []T {
	if keep > 0 && len(list) >= 2*keep {
		return slices.Clone(list[len(list)-keep+1:])
	}
	return list
}

func (r *recorder) path(c *call) string {
	_, path, _ := strings.Cut(strings.TrimPrefix(c.URL.Path, "/api/"), "/")
	parts, token := strings.Split(path, "/"), c.PathValue("token")
	for i, part := range parts {
		if name, ok := r.names[part]; ok {
			parts[i] = name
		} else if token != "" && part == token {
			parts[i] = "token-unknown"
		}
	}
	path = "/" + strings.Join(parts, "/")
	if c.URL.RawQuery != "" {
		path += "?" + c.URL.RawQuery
	}
	return path
}

// finish notes what a request was answered with. Discord counts what is unauthorised, forbidden or too much, but for limits
// that are shared. https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
func (r *recorder) finish(rec *Recorded, a answer) {
	rec.Status = a.status
	switch a.status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		if a.header.Get("X-RateLimit-Scope") != "shared" {
			r.refused(rec.At)
		}
	}
}

// maxInvalid is how many invalid requests there may be in invalidSpan.
const (
	maxInvalid  = 10000
	invalidSpan = 10 * time.Minute
)

func (r *recorder) refused(at time.Time) {
	r.invalid++
	r.lately = append(trim(r.lately, maxInvalid+1), at)
	if n := len(r.lately) - 1 - maxInvalid; n >= 0 && at.Sub(r.lately[n]) < invalidSpan {
		r.banned = true
	}
}

func (r *recorder) fault(c *call, text string) {
	r.faults = append(r.faults, c.rec.Method+" "+c.rec.Path+": "+text)
}

// Requests are those that came, in order, since the start or the last Reset.
func (s *Server) Requests() []Recorded {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	list := s.rest.recorder.requests
	if keep := s.rest.o.Keep; keep > 0 {
		list = list[max(0, len(list)-keep):]
	}
	out := make([]Recorded, len(list))
	for i, rec := range list {
		out[i] = *rec
	}
	return out
}

// Reset forgets the requests that came, with their faults and counts. The names of IDs stay.
func (s *Server) Reset() {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	r := &s.rest.recorder
	*r = recorder{names: r.names, counts: r.counts}
}

// Faults are what a correct bot never does: fields that do not exist, what is over a limit, what the OpenAPI document or the
// list of endpoints does not have. Each was refused.
func (s *Server) Faults() []string {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return slices.Clone(s.rest.recorder.faults)
}

// Invalid is how many requests count towards the limit of 10,000 in 10 minutes: 401, 403, and 429 but for shared ones.
func (s *Server) Invalid() int {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return s.rest.recorder.invalid
}

// Banned reports whether Discord would have banned the address by now: there were more than 10,000 invalid requests in 10
// minutes. This server answers nevertheless; see Blocked for what a ban looks like.
func (s *Server) Banned() bool {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return s.rest.recorder.banned
}

// AllowedMentionsMissing is how many requests carried a message without an allowed_mentions.parse that is there and empty.
func (s *Server) AllowedMentionsMissing() int {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return s.rest.recorder.careless
}

// Pings is how many requests carried a message that mentions somebody, as its allowed_mentions let it.
func (s *Server) Pings() int {
	s.rest.mu.Lock()
	defer s.rest.mu.Unlock()
	return s.rest.recorder.pings
}

// forget drops the name of an ID that nobody can use any more.
func (r *recorder) forget(id string) { delete(r.names, id) }
