// Package check says what Slack would refuse in a message, a view or an app manifest, and how a message reads. Its
// functions look at JSON and nothing else.
package check
