package gateway

import (
	"context"
	"time"
)

// Session is what a shard needs to go on where it was, also in another process. It holds no secret that is of use without
// the token.
type Session struct {
	Shard, Shards int
	Intents       int    // that it was started with; with others it is not resumed
	ID            string // "" is no session to resume
	ResumeURL     string
	Seq           int64       // of the last event that was handed on
	Identifies    []time.Time // when the shard identified in the last 24 hours, oldest first
	Saved         time.Time   // zero is not known
}

// Sessions keeps sessions of one application. It is used from one goroutine at a time for each shard.
type Sessions interface {
	// LoadSession returns what was saved last for the shard, or a zero Session where nothing was.
	LoadSession(ctx context.Context, shard, shards int) (Session, error)
	SaveSession(ctx context.Context, s Session) error
}

const (
	saveEvery   = 5 * time.Second // after a crash, events of so long are handed on again
	saveTimeout = 5 * time.Second
	// sessionLife is after how long a session is not resumed any more. Discord keeps one for minutes, and refuses it later in
	// a way that asks for a pause before the next attempt, in which nothing is received. It is long since a session is only
	// saved where something has happened: one of a crash may be younger than it seems.
	sessionLife = 12 * time.Hour
)

// load takes up the session of an earlier run. A fault is no reason not to run: there is a new session then.
func (s *Shard) load(ctx context.Context) {
	var old Session
	if s.o.Sessions != nil {
		ctx, cancel := context.WithTimeout(ctx, saveTimeout)
		defer cancel()
		var err error
		if old, err = s.o.Sessions.LoadSession(ctx, s.o.Shard, s.o.Shards); err != nil {
			s.o.Log.Warn("the saved session could not be read", "err", s.clean(err))
		}
	}
	s.o.Identify.restore(s.o.Shard, old.Identifies)
	if old.ID == "" || old.Shard != s.o.Shard || old.Shards != s.o.Shards || old.Intents != s.o.Intents {
		return
	}
	if !old.Saved.IsZero() && s.o.Now().Sub(old.Saved) > sessionLife {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.session.ID == "" {
		s.session = old
		s.seq.Store(old.Seq)
	}
}

// snapshot is the session as it is now.
func (s *Shard) snapshot() Session {
	identifies := s.o.Identify.times(s.o.Shard, s.o.Now())
	s.mu.Lock()
	defer s.mu.Unlock()
	return Session{
		Shard: s.o.Shard, Shards: s.o.Shards, Intents: s.o.Intents,
		ID: s.session.ID, ResumeURL: s.session.ResumeURL, Seq: s.seq.Load(), Identifies: identifies,
		Saved: s.o.Now(),
	}
}

// save saves the session, and returns the sequence that was saved.
func (s *Shard) save(ctx context.Context) int64 {
	s.saving.Lock()
	defer s.saving.Unlock()
	now := s.snapshot()
	if s.o.Sessions == nil {
		return now.Seq
	}
	ctx, cancel := context.WithTimeout(ctx, saveTimeout)
	defer cancel()
	if err := s.o.Sessions.SaveSession(ctx, now); err != nil {
		s.o.Log.Warn("the session could not be saved", "err", s.clean(err))
	}
	return now.Seq
}

// keepSaving saves every few seconds while events come, after each READY, and, when it is stopped, a last time.
func (s *Shard) keepSaving(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		t := time.NewTicker(saveEvery)
		defer t.Stop()
		for saved := s.seq.Load(); ; {
			select {
			case <-ctx.Done():
				return
			case <-t.C:
				if s.seq.Load() == saved {
					continue
				}
			case <-s.saveSoon:
			}
			saved = s.save(ctx)
		}
	}()
	return func() {
		cancel()
		<-done
		s.save(context.WithoutCancel(ctx))
	}
}

// resumable reports whether there is a session to resume.
func (s *Shard) resumable() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.session.ID != ""
}

// forget gives the session up. A new one counts its events from 1.
func (s *Shard) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.session = Session{}
	s.seq.Store(0)
}
