// Package socket keeps an app connected to Slack's Socket Mode and hands on its envelopes.
//
// It keeps several connections, so that the loss of one costs nothing, and exchanges each before it ends: the new one has
// said hello before the old one is left, and that is read until Slack closes it. A connection that died silently is noticed
// within half a minute. What cannot be mended by trying again, such as a wrong token, is an error that says how to mend it.
//
// It is used in place of slack-go's own client, which decodes every event by reflection before anybody can look at it, stops
// reading when 50 events wait, tries a missing scope again for ever, and makes a new connection only after the old one was
// cut.
//
// It does not know what payloads mean. https://docs.slack.dev/apis/events-api/using-socket-mode
package socket
