package bot

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

func TestLanesKeepOrderWithinAChannel(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLanes(100)
		var got []int
		for i := range 50 {
			if err := l.Do(Channel{ID: "a"}, func() { time.Sleep(time.Millisecond); got = append(got, i) }); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(time.Second)
		synctest.Wait()
		for i, n := range got {
			if i != n {
				t.Fatalf("order %v", got)
			}
		}
		if len(got) != 50 {
			t.Fatalf("%d of 50 ran", len(got))
		}
		if l.Len() != 0 {
			t.Error("an idle lane is left")
		}
	})
}

func TestLanesRunChannelsSideBySide(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLanes(1)
		blocked, ran := make(chan struct{}), false
		l.Do(Channel{ID: "a"}, func() { <-blocked })
		l.Do(Channel{ID: "b"}, func() { ran = true })
		synctest.Wait()
		if !ran {
			t.Error("a blocked channel held up another")
		}
		close(blocked)
	})
}

func TestLanesAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLanes(2)
		block := make(chan struct{})
		ch := Channel{ID: "a"}
		for range 3 { // one runs, two wait
			if err := l.Do(ch, func() { <-block }); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		if err := l.Do(ch, func() {}); !errors.Is(err, ErrBusy) {
			t.Errorf("a full lane took a job: %v", err)
		}
		close(block)
		synctest.Wait()
		if err := l.Do(ch, func() {}); err != nil {
			t.Errorf("an empty lane took no job: %v", err)
		}
	})
}

func TestLanesCloseWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := NewLanes(2)
		done := false
		l.Do(Channel{}, func() { time.Sleep(time.Second); done = true })
		if err := l.Close(t.Context()); err != nil || !done {
			t.Errorf("closed early: done %v, err %v", done, err)
		}
		if err := l.Do(Channel{}, func() {}); !errors.Is(err, ErrBusy) {
			t.Error("closed lanes took a job")
		}
	})
	synctest.Test(t, func(t *testing.T) {
		l := NewLanes(2)
		block := make(chan struct{})
		l.Do(Channel{}, func() { <-block })
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := l.Close(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Close did not give up: %v", err)
		}
		close(block)
	})
}
