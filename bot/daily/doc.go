// Package daily is what is posted every day: the anniversaries of the day, and a question that everybody answers in private
// until the next one comes. Both are a schedule.Content: when and where they are posted is the schedule's, and not known
// here, nor how anything is drawn on a platform.
//
// A question is drawn when it is posted, and kept whole: what is asked, marked and told later is the same whatever has
// become of the facts. It is known by its subscription and its civil date, so posting it again shows the same. It closes
// when the next one is opened, and is told with it; where no next one comes, it is told alone. An answer counts once for
// each user, can be changed while the question is open, and is in no button.
//
// A streak is how many questions of a subscription somebody has answered rightly in a row. Days without a question are not
// part of it, so a weekend breaks none.
//
// The anniversaries of a date and its topics are the same for everybody, and are put together once.
package daily
