package bot

import (
	"context"
	"sync"
)

// Lanes run jobs one at a time and in order for each channel, and at the same time for different channels. A lane is a
// goroutine that exists only while its channel has something to do, so a million idle channels cost nothing.
type Lanes struct {
	depth int

	mu     sync.Mutex
	queues map[Channel][]func() // present while a goroutine serves the channel; the running job is not in it
	closed bool
	wg     sync.WaitGroup
}

// NewLanes makes lanes in which at most depth jobs of one channel wait.
func NewLanes(depth int) *Lanes {
	return &Lanes{depth: max(1, depth), queues: make(map[Channel][]func())}
}

// Do queues job and returns at once. It returns ErrBusy, and does not run the job, when the lane is full or closed. A
// job must not panic.
func (l *Lanes) Do(ch Channel, job func()) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	q, running := l.queues[ch]
	if l.closed || len(q) >= l.depth {
		return ErrBusy
	}
	if running {
		l.queues[ch] = append(q, job)
		return nil
	}
	l.queues[ch] = nil
	l.wg.Add(1)
	go l.serve(ch, job)
	return nil
}

func (l *Lanes) serve(ch Channel, job func()) {
	defer l.wg.Done()
	for job != nil {
		job()
		job = l.next(ch)
	}
}

// next takes the channel's next job, or removes the lane when there is none.
func (l *Lanes) next(ch Channel) func() {
	l.mu.Lock()
	defer l.mu.Unlock()
	q := l.queues[ch]
	if len(q) == 0 {
		delete(l.queues, ch)
		return nil
	}
	job := q[0]
	q[0] = nil
	l.queues[ch] = q[1:]
	return job
}

// Close takes no more jobs and waits until those taken are done, or ctx is.
func (l *Lanes) Close(ctx context.Context) error {
	l.mu.Lock()
	l.closed = true
	l.mu.Unlock()
	done := make(chan struct{})
	go func() { l.wg.Wait(); close(done) }()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Len is the number of lanes that have something to do.
func (l *Lanes) Len() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.queues)
}

// Waiting is the number of jobs that wait for others of their channel.
func (l *Lanes) Waiting() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	n := 0
	for _, q := range l.queues {
		n += len(q)
	}
	return n
}

// Closed reports whether no more jobs are taken.
func (l *Lanes) Closed() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.closed
}
