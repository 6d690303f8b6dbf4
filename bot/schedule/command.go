package schedule

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// command does what "/schedule …" asks for.
func (s *Schedule) command(ctx context.Context, in bot.Inbound, args string) (bot.View, error) {
	name, rest, _ := strings.Cut(strings.TrimSpace(args), " ")
	name = strings.ToLower(name)
	if name == "" || name == "list" || name == "help" {
		return s.list(ctx, in)
	}
	c := s.content(name)
	if c == nil && !slices.Contains([]string{"next", "preview", "log", "pause", "resume", "delete"}, name) {
		return unknownSubView(name, s.o.Contents), nil
	}
	if !in.Moderator {
		return private("Only moderators can see and change what is posted here by itself."), nil
	}
	if c != nil {
		return s.set(ctx, in, c, rest)
	}
	sub, problem, err := s.which(ctx, in, rest)
	if err != nil || problem != nil {
		return bot.View{Private: true, Lead: problem}, err
	}
	ch, err := decode(sub.Value)
	if err != nil {
		return bot.View{}, err
	}
	switch c = s.content(sub.Kind); {
	case c == nil && name != "delete":
		return private(kindGoneWords(sub)), nil
	case name == "next":
		return s.next(ctx, c, sub, ch)
	case name == "preview":
		return s.preview(ctx, c, sub, ch)
	case name == "log":
		return s.log(ctx, c, sub, ch)
	case name == "pause":
		return s.pause(ctx, c, sub, ch)
	case name == "resume":
		return s.resume(ctx, c, sub, ch)
	}
	return s.delete(ctx, sub)
}

// which is the subscription that is meant: by its number, or as the only one of the channel or the guild. problem says why
// that is not known.
func (s *Schedule) which(ctx context.Context, in bot.Inbound, rest string) (sub bot.Subscription, problem bot.Line,
	err error,
) {
	all, err := s.o.Store.Subscriptions(ctx, in.Guild)
	if err != nil {
		return sub, nil, err
	}
	word := strings.TrimPrefix(strings.TrimSpace(rest), "#")
	matches := slices.Clone(all)
	if n, err := strconv.Atoi(word); err == nil {
		matches = slices.DeleteFunc(matches, func(o bot.Subscription) bool { return o.Number != n })
	} else {
		if word != "" {
			matches = slices.DeleteFunc(matches, func(o bot.Subscription) bool { return !strings.EqualFold(o.Kind, word) })
		}
		here := slices.DeleteFunc(slices.Clone(matches), func(o bot.Subscription) bool { return o.Channel != in.To.Channel })
		if len(here) > 0 {
			matches = here
		}
	}
	switch {
	case len(all) == 0:
		return sub, bot.L(nothingWords), nil
	case len(matches) == 0:
		return sub, bot.L("There is no schedule ", bot.B(bot.Clip(word, 40)), " here. /schedule lists them."), nil
	case len(matches) > 1:
		return sub, bot.L("There are several schedules: name one by its number. /schedule lists them."), nil
	}
	return matches[0], nil, nil
}

// maxSubscriptions is how many schedules a guild may have.
const maxSubscriptions = 25

// set opts a channel in, or changes what it has of this kind.
func (s *Schedule) set(ctx context.Context, in bot.Inbound, c Content, rest string) (bot.View, error) {
	w := readWanted(rest, in.Guild)
	ch := in.To.Channel
	if w.channel != "" {
		if !sameGuild(in, w.channel) {
			return private("That channel is not one of this server."), nil
		}
		ch.ID = w.channel
	}
	if ch == in.To.Channel && in.CannotPost != "" {
		return private(in.CannotPost), nil
	}
	all, err := s.o.Store.Subscriptions(ctx, in.Guild)
	if err != nil {
		return bot.View{}, err
	}
	sub := bot.Subscription{Guild: in.Guild, Channel: ch, Kind: c.Kind()}
	i := slices.IndexFunc(all, func(o bot.Subscription) bool { return o.Channel == ch && o.Kind == c.Kind() })
	if i >= 0 {
		sub = all[i]
	} else if len(all) >= maxSubscriptions {
		return private("There are ", strconv.Itoa(len(all)), " schedules here, which is as many as there can be. ",
			"/schedule delete ends one."), nil
	}
	chosen, problem, err := s.choose(ctx, in, c, sub, all, w)
	if err != nil || problem != nil {
		return bot.View{Private: true, Lead: problem}, err
	}
	if sub, err = s.keep(ctx, sub, chosen); err != nil {
		return changedMeanwhile(err)
	}
	return s.setView(ctx, in, c, sub, chosen, i >= 0)
}

// sameGuild reports whether a channel that was named belongs to the guild of who named it. A platform whose channels are
// named with what they belong to shows it in the name; others take a channel from a list of the guild's alone.
func sameGuild(in bot.Inbound, id string) bool {
	i := strings.LastIndexByte(in.To.Channel.ID, '/')
	return i < 0 || strings.HasPrefix(id, in.To.Channel.ID[:i+1]) && !strings.Contains(id[i+1:], "/")
}

// keep writes a subscription down, with when it is due next.
func (s *Schedule) keep(ctx context.Context, sub bot.Subscription, ch choice) (bot.Subscription, error) {
	value, err := ch.encode()
	if err != nil {
		return sub, err
	}
	sub.Value, sub.Next = value, time.Time{}
	if !sub.Paused {
		if _, sub.Next, err = ch.next(s.o.Now()); err != nil {
			return sub, err
		}
	}
	if sub.ID == "" {
		sub.ID = s.o.NewID()
		return s.o.Store.AddSubscription(ctx, sub)
	}
	return sub, s.o.Store.SaveSubscription(ctx, sub)
}

// changedMeanwhile tells of a change that somebody else has made at the same time.
func changedMeanwhile(err error) (bot.View, error) {
	if errors.Is(err, bot.ErrConflict) || errors.Is(err, bot.ErrNotFound) {
		return private("That schedule has just been changed. /schedule shows how it is now; say it again if need be."), nil
	}
	return bot.View{}, err
}

func (s *Schedule) pause(ctx context.Context, c Content, sub bot.Subscription, ch choice) (bot.View, error) {
	if sub.Paused {
		return private("Schedule ", number(sub), " is paused already. /schedule resume ", number(sub), " goes on with it."), nil
	}
	sub.Paused = true
	if _, err := s.keep(ctx, sub, ch); err != nil {
		return changedMeanwhile(err)
	}
	return private("Paused: schedule ", number(sub), ", ", c.Title(), ". /schedule resume ", number(sub),
		" goes on with it."), nil
}

func (s *Schedule) resume(ctx context.Context, c Content, sub bot.Subscription, ch choice) (bot.View, error) {
	if !sub.Paused {
		return private("Schedule ", number(sub), " is not paused. Next: ", when(sub.Next, ch), "."), nil
	}
	sub.Paused = false
	sub, err := s.keep(ctx, sub, ch)
	if err != nil {
		return changedMeanwhile(err)
	}
	return private("Schedule ", number(sub), ", ", c.Title(), ", goes on. Next: ", when(sub.Next, ch), "."), nil
}

func (s *Schedule) delete(ctx context.Context, sub bot.Subscription) (bot.View, error) {
	if err := s.o.Store.DeleteSubscription(ctx, sub.ID); err != nil {
		return changedMeanwhile(err)
	}
	return private("Deleted: schedule ", number(sub), ". Nothing more is posted by it."), nil
}

func number(sub bot.Subscription) bot.Span { return bot.B(strconv.Itoa(sub.Number)) }
