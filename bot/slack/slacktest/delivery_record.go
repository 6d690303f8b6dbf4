package slacktest

import (
	"encoding/json"
	"slices"
	"time"
)

// Delivery is what the app was told, and what it made of it.
type Delivery struct {
	Kind     string // events_api, slash_commands or interactive
	Type     string // of the event or of the interaction; of a command its name
	Attempts int    // how often it was sent so far
	Acked    bool
	AckAfter time.Duration // since the attempt that was acknowledged
	Payload  json.RawMessage
	Answer   json.RawMessage // nil where it was only acknowledged
}

// How much is remembered, apart from the deliveries.
const (
	maxLatencies = 1 << 20
	maxFaults    = 1000
)

// records is what is remembered of deliveries.
type records struct {
	keep      int // deliveries; negative is all
	kept      []*Delivery
	latencies []time.Duration
	late      int // acknowledgements
	faults    []string
}

// add makes a record, or nil where none are kept.
func (r *records) add(p parcel) *Delivery {
	if r.keep == 0 {
		return nil
	}
	v := &Delivery{Kind: string(p.kind), Payload: p.payload}
	r.kept = append(r.kept, v)
	r.trim()
	return v
}

func (r *records) trim() {
	if over := len(r.kept) - r.keep; r.keep >= 0 && over > 0 {
		clear(r.kept[:over])
		r.kept = r.kept[over:]
	}
}

func (r *records) acknowledged(v *Delivery, after time.Duration, answer json.RawMessage) {
	if len(r.latencies) < maxLatencies {
		r.latencies = append(r.latencies, after)
	}
	if v != nil {
		v.Acked, v.AckAfter, v.Answer = true, after, answer
	}
}

func (r *records) fault(text string) {
	if len(r.faults) < maxFaults {
		r.faults = append(r.faults, text)
	}
}

// Deliveries are what the app was told or is to be told, in the order in which it happened. Only the newest are there after
// KeepDeliveries.
func (s *Server) Deliveries() []Delivery {
	s.delivery.mu.Lock()
	all := make([]Delivery, len(s.delivery.records.kept))
	for i, v := range s.delivery.records.kept {
		all[i] = *v
	}
	s.delivery.mu.Unlock()
	for i := range all {
		all[i].Type = typeOf(all[i].Payload)
	}
	return all
}

// typeOf names what a payload is about.
func typeOf(payload json.RawMessage) string {
	var p struct {
		Type    string
		Command string
		Event   struct{ Type string }
	}
	if json.Unmarshal(payload, &p) != nil {
		return ""
	}
	switch {
	case p.Event.Type != "":
		return p.Event.Type
	case p.Command != "":
		return p.Command
	}
	return p.Type
}

// KeepDeliveries keeps only the newest n deliveries from now on, so that many can be sent; all when n is negative.
func (s *Server) KeepDeliveries(n int) {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	s.delivery.records.keep = n
	s.delivery.records.trim()
}

// AckLatencies are how long the app took for its acknowledgements, of the first 1,048,576 of them.
func (s *Server) AckLatencies() []time.Duration {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return slices.Clone(s.delivery.records.latencies)
}

// LateAcks is how many acknowledgements came after their 3 seconds.
func (s *Server) LateAcks() int {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return s.delivery.records.late
}

// Unacked is how many deliveries are neither acknowledged nor given up.
func (s *Server) Unacked() int {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return len(s.delivery.open)
}

// DeliveryFaults are what the app did wrong with what it was told, up to 1000.
func (s *Server) DeliveryFaults() []string {
	s.delivery.mu.Lock()
	defer s.delivery.mu.Unlock()
	return slices.Clone(s.delivery.records.faults)
}
