//go:build race

package slack_test

// raced says that the race detector slows everything down: the tests of many events are then of fewer.
const raced = true
