package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptrace"
	"strconv"
	"sync/atomic"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// departure tells whether a request has left: from when it was given a connection on it may have been written. Until then
// it is looked up, dialled and shaken hands, and nothing of the request is anywhere.
type departure struct{ left atomic.Bool }

// watch is a context for one request.
func (d *departure) watch(ctx context.Context) context.Context {
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GetConn: func(string) { d.left.Store(false) }, // also a second time, of a request of which nothing could be written
		GotConn: func(httptrace.GotConnInfo) { d.left.Store(true) },
	})
}

// leavesOpen reports whether, by its error, a request may have been carried out: it left, and no whole answer came. An error
// code is a whole answer, except for the two that say that the operation may have succeeded in part:
// https://docs.slack.dev/reference/methods/chat.postMessage#errors
func (d *departure) leavesOpen(err error) bool {
	if err == nil || !d.left.Load() {
		return false
	}
	var status slack.StatusCodeError
	var number *strconv.NumError // what slack-go makes of a 429 whose Retry-After is no number
	switch {
	case errors.As(err, &number), errors.Is(err, errNotTaken):
		return false
	case errors.As(err, &status):
		return status.Code/100 == 5
	}
	switch codeOf(err) {
	case "", "fatal_error", "internal_error":
		return true
	}
	return false
}

// unsure marks an error that leaves it open whether something was shown.
func unsure(err error, open bool) error {
	if err == nil || !open {
		return err
	}
	return fmt.Errorf("%w: %w", bot.ErrUnsure, err)
}

// errNoMessage is an answer that is neither an error nor names the message. slack-go takes it for a success.
var errNoMessage = errors.New("the answer does not name the message")
