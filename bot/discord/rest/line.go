package rest

import (
	"container/heap"
	"time"
)

// waiter is a request that waits. ready is closed once it may go, or err says why it may not.
type waiter struct {
	bucket  *bucket // never one that was joined with another
	urgency Urgency
	again   bool   // it was sent before
	order   uint64 // of arrival
	ready   chan struct{}
	sent    time.Time // when it was let go
	err     error
	index   int // in the line of its bucket
}

// before reports whether a goes before b where both could go: the more urgent, then those that are sent again, then those
// that came first.
func (w *waiter) before(other *waiter) bool {
	switch {
	case w.urgency != other.urgency:
		return w.urgency.rank() < other.urgency.rank()
	case w.again != other.again:
		return w.again
	}
	return w.order < other.order
}

// lines are the requests that wait: each bucket has a line of them, and the buckets are in order too, so that nothing walks
// over all that wait. They belong to the pacer's mutex.
type lines struct {
	waiting map[*waiter]struct{}
	came    uint64          // requests
	free    sorted[*bucket] // buckets with room for who is first in their line, by who that is
	full    sorted[*bucket] // buckets without, by when they have some; those that wait for an answer are in neither
}

func newLines() lines {
	index := func(b *bucket) *int { return &b.index }
	return lines{
		waiting: make(map[*waiter]struct{}),
		free: sorted[*bucket]{index: index,
			before: func(a, b *bucket) bool { return a.line.first().before(b.line.first()) }},
		full: sorted[*bucket]{index: index, before: func(a, b *bucket) bool { return a.opens.Before(b.opens) }},
	}
}

func newLine() sorted[*waiter] {
	return sorted[*waiter]{before: (*waiter).before, index: func(w *waiter) *int { return &w.index }}
}

// join puts a request into the line of its bucket, which is to be placed after that.
func (l *lines) join(w *waiter) {
	l.came++
	w.order = l.came
	l.waiting[w] = struct{}{}
	w.bucket.leave() // its place may follow from who is first
	heap.Push(&w.bucket.line, w)
}

// leave takes a request out of its line, and leaves its bucket to be placed.
func (l *lines) leave(w *waiter) {
	delete(l.waiting, w)
	w.bucket.leave()
	heap.Remove(&w.bucket.line, w.index)
}

// place puts a bucket where it belongs: called whenever its line or its room has changed.
func (l *lines) place(b *bucket, now time.Time) {
	b.leave()
	if b.line.Len() == 0 {
		return
	}
	wait := b.wait(now)
	switch {
	case wait <= 0:
		b.enter(&l.free)
	case wait < forever:
		b.opens = now.Add(wait)
		b.enter(&l.full)
	}
}

// next returns who is first of all those whose bucket has room, or nil; and how long until another bucket has some.
func (l *lines) next(now time.Time) (*waiter, time.Duration) {
	for l.full.Len() > 0 && !l.full.first().opens.After(now) {
		l.place(l.full.first(), now)
	}
	for l.free.Len() > 0 && l.free.first().wait(now) > 0 {
		l.place(l.free.first(), now)
	}
	opens := forever
	if l.full.Len() > 0 {
		opens = l.full.first().opens.Sub(now)
	}
	if l.free.Len() == 0 {
		return nil, opens
	}
	return l.free.first().line.first(), opens
}

// enter puts a bucket among others, leave takes it from them.
func (b *bucket) enter(among *sorted[*bucket]) {
	b.among = among
	heap.Push(among, b)
}

func (b *bucket) leave() {
	if b.among != nil {
		heap.Remove(b.among, b.index)
		b.among = nil
	}
}

// sorted is a heap whose elements know where they are, so that each can be removed. It implements heap.Interface.
type sorted[T any] struct {
	items  []T
	before func(a, b T) bool
	index  func(T) *int
}

func (s *sorted[T]) first() T { return s.items[0] }

// Len implements heap.Interface.
func (s *sorted[T]) Len() int { return len(s.items) }

// Less implements heap.Interface.
func (s *sorted[T]) Less(i, j int) bool { return s.before(s.items[i], s.items[j]) }

// Swap implements heap.Interface.
func (s *sorted[T]) Swap(i, j int) {
	s.items[i], s.items[j] = s.items[j], s.items[i]
	*s.index(s.items[i]), *s.index(s.items[j]) = i, j
}

// Push implements heap.Interface.
func (s *sorted[T]) Push(x any) {
	item, _ := x.(T) // only T is pushed
	*s.index(item) = len(s.items)
	s.items = append(s.items, item)
}

// Pop implements heap.Interface.
func (s *sorted[T]) Pop() any {
	last := len(s.items) - 1
	item := s.items[last]
	var none T
	s.items[last] = none // so that it can be collected
	s.items = s.items[:last]
	return item
}
