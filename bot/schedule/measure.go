package schedule

import "github.com/whowon-bot/whowon/bot"

// measureClaims counts what was written of claims: posts that are due now, and those that are missed. Where somebody else
// has written some of them it is not known which, so that the first are counted.
func (s *Schedule) measureClaims(claims []bot.Claim, written int) {
	for _, c := range claims {
		for _, o := range c.Occurrences {
			if written--; written < 0 {
				return
			}
			if o.State == bot.OccurrenceMissed {
				s.o.Meter.Count(bot.MetricPosts, 1, o.Channel.Platform, string(o.State))
			} else {
				s.o.Meter.Count(bot.MetricPostsDue, 1, o.Channel.Platform)
			}
		}
	}
}

// measure counts what came of an attempt to show a post, unless that could not be recorded: it is taken up again then.
func (b *outbox) measure(o bot.Occurrence, notRecorded error) {
	switch {
	case notRecorded != nil:
	case o.State == bot.OccurrenceNew:
		b.s.o.Meter.Count(bot.MetricPostRetries, 1, b.name)
	default:
		b.s.o.Meter.Count(bot.MetricPosts, 1, b.name, string(o.State))
		if o.State == bot.OccurrencePosted {
			b.s.o.Meter.Observe(bot.MetricPostLateSeconds, max(0, b.s.o.Now().Sub(o.Due).Seconds()), b.name)
		}
	}
}
