// Package bot is whowon without a chat platform: what arrives (Inbound), what is answered (View), in which order
// (Lanes), and how an answer of package facts is worded.
//
// The flow of one command: an adapter receives it, turns it into an Inbound and hands it to Deliver, which returns at
// once; the command waits in its channel's lane; the command table runs it; the View goes back through Platform.Send,
// and the adapter draws it in its own way. Plain draws it as plain text, which is what the tests compare.
//
// All text in a View is spans, never markup: an adapter escapes each span for its platform, so that a name such as
// "@everyone" stays a name.
//
// The package does not know Discord, Slack or a terminal, how facts are found, nor where time and configuration come
// from: those are given to New.
package bot
