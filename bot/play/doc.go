// Package play plays trivia rounds in channels. It is a bot.Feature: it takes commands, buttons and typed answers, moves
// the channel's trivia.Round on, and shows what comes of it.
//
// A step of a round goes like this, always in the channel's lane: an input and the time go into the Round, events come
// out; the new Round, the points and what is to be shown are committed to the store at once, by compare-and-swap; only
// then is anything shown, and then confirmed. Where another replica was first the round is read again and the input is
// tried again. Where the program dies on the way, Start goes on from what was committed.
//
// What was taken to be shown and never confirmed may have been shown or not; of a step that is one message at most. A
// platform that shows a key only once is asked again. On any other a question of which that is not known is replaced by
// another one, so that none is shown twice and none counts that nobody saw; anything else is not repeated. A question
// whose time ran out before it was shown is replaced everywhere.
//
// How many have answered is shown below an open question now and then, by editing it; nothing depends on that, so it is no
// effect and not recorded.
//
// It does not know platforms, databases, how a text is judged or how questions are made.
package play
