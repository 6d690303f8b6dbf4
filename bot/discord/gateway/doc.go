// Package gateway keeps one shard connected to Discord's gateway and hands on its events in order, each once.
//
// It connects, identifies and resumes by itself, sparing with the 1000 IDENTIFYs that a day has, and goes on with the
// session of the program that ran before where that can still be resumed. A connection that died silently is noticed
// within two heartbeats. What cannot be mended by trying again, such as a wrong token, is an error that says how to mend it.
//
// It is used in place of discordgo's own connection, which cannot resume after a restart (its session ID and sequence are
// not exposed), closes with 1000 where a resume is wanted and so loses what was missed, notices a dead connection after
// five heartbeats, identifies without limit after a fatal close code, and deadlocks on an op 7 that follows a RESUME.
//
// It does not know what events mean, beside those that are about the connection.
package gateway
