// Package store keeps what whowon must not forget in SQLite or PostgreSQL: rounds, what they show, the ledger of scores,
// attempts, appeals, learned aliases, settings, and which questions were asked; what is to be posted and when, what has
// come of each post, and daily questions with their answers.
//
// One schema (migrations) and one set of queries serve both engines: $1 numbering, TEXT and BIGINT, times in
// microseconds. What differs lies behind the interface engine: how statements are run in one transaction (SQLite: one
// writer and prepared statements; PostgreSQL: one round trip), and what errors mean.
//
// Every change is a list of statements that is applied at once or not at all. A round is moved on by compare-and-swap on
// its version, so that of two writers, in one process or two, one wins and the other gets bot.ErrConflict.
//
// What is posted on its own is claimed: its key, of subscription, civil date and what, is there once, whoever looks at what
// is due. A post is taken with the time as a fence: who was taken for dead cannot record what has come of it.
//
// The package does not know the games: a round's value and an effect's payload are opaque, as is what a subscription and a
// daily question hold. Time is told by its callers.
package store
