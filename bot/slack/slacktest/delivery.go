package slacktest

import (
	"encoding/json"
	"net/url"
)

// kind is the type of a delivery: that of its envelope in Socket Mode, and by which it is sent to one of the app's
// addresses over HTTP.
type kind string

// The kinds. https://docs.slack.dev/apis/events-api/using-socket-mode
const (
	kindSlash       kind = "slash_commands" // HTTP: a form of its fields, to the command URL
	kindInteractive kind = "interactive"    // HTTP: a form with one field, payload; to the interactivity or the options URL
	kindEvents      kind = "events_api"     // HTTP: JSON, to the events URL
)

// parcel is one thing that the app is to be told.
type parcel struct {
	kind    kind
	payload json.RawMessage // an object: of a command its fields, of an event the whole event_callback
	form    url.Values      // of a command, over HTTP
	options bool            // a block_suggestion, whose answer is wanted
	retry   bool            // delivered again when it is not acknowledged in time: events are, interactions are not
	// answered is called once: with what the app answered, which is nil where it only acknowledged, or with the error that a
	// user would see. It may be nil.
	answered func(answer json.RawMessage, err error)
}
