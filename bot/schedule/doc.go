// Package schedule posts to channels on their own days and times, once each. It is a bot.Feature: it has the command
// /schedule, with which moderators opt a channel in.
//
// When something is due is said by package plan. What is posted is a Content's: this package does not know facts and
// questions, nor platforms and databases.
//
// Every so often, and never less than every 30 seconds, Schedule looks which subscriptions are due and writes what follows
// at once: their occurrences, one for each civil date, and when they are due next. A second writer changes nothing. From
// there the occurrences are sent: each is marked as being sent, its view is made, sent with a key of its own, and recorded.
// Where the program dies between the two, the platform is asked whether it was shown; see bot.Target.Tried. Where a
// platform cannot tell, the post is not repeated, and counted as unknown.
//
// Sleeping is by the monotonic clock, what is due by the wall clock: after a suspend or a jump of the clock everything is
// looked at again within 30 seconds, and what has been posted stays posted.
package schedule
