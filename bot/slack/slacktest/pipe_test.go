package slacktest

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func timeout(t *testing.T, d time.Duration) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), d)
	t.Cleanup(cancel)
	return ctx
}

func TestPipeCarriesWhatWasWrittenBeforeTheClose(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		want := bytes.Repeat([]byte("0123456789"), pipeBuffer/5) // more than is buffered
		go func() {
			if n, err := a.Write(want); n != len(want) || err != nil {
				t.Errorf("wrote %d, %v", n, err)
			}
			_ = a.Close()
		}()
		got, err := io.ReadAll(b)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("read %d of %d bytes, %v", len(got), len(want), err)
		}
		if _, err := b.Write([]byte("x")); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("writing to a closed end: %v", err)
		}
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, net.ErrClosed) {
			t.Errorf("reading after Close: %v", err)
		}
	})
}

func TestPipeDeadlines(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := pipe()
		start := time.Now()
		_ = a.SetDeadline(start.Add(time.Minute))
		if _, err := a.Read(make([]byte, 1)); !errors.Is(err, os.ErrDeadlineExceeded) || time.Since(start) != time.Minute {
			t.Errorf("reading ended after %v with %v", time.Since(start), err)
		}
		synctest.Wait() // the two deadlines are timers of their own
		if _, err := a.Write([]byte("x")); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Errorf("writing after the deadline: %v", err)
		}
		_ = a.SetDeadline(time.Time{})
		if _, err := a.Write([]byte("x")); err != nil {
			t.Errorf("writing without deadline: %v", err)
		}
		if n, err := b.Read(make([]byte, 2)); n != 1 || err != nil {
			t.Errorf("read %d, %v", n, err)
		}
	})
}
