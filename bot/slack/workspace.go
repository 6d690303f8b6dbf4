package slack

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/install"
)

// workspace is one that the app is installed in, with the client that acts there.
type workspace struct {
	team   string
	self   string // the bot user's ID
	token  string
	client *slack.Client
}

// workspaces finds them. There is one, whose token is configured, or those that installed the app.
type workspaces struct {
	p        *Platform
	installs *install.Installs // nil with one workspace

	mu    sync.Mutex
	only  *workspace // with one
	known map[string]*workspace
}

// of is the workspace that a payload is about.
func (w *workspaces) of(ctx context.Context, at place) (*workspace, error) {
	if w.installs == nil {
		return w.single(ctx, at.team)
	}
	team := at.team
	in, err := w.installs.Token(ctx, team, at.org)
	if err != nil {
		return nil, err
	}
	token := in.BotToken.Reveal()
	w.mu.Lock()
	defer w.mu.Unlock()
	if ws := w.known[team]; ws != nil && ws.token == token {
		return ws, nil
	}
	ws := &workspace{team: team, self: in.BotUserID, token: token, client: w.p.client(token)}
	if len(w.known) >= maxKnown {
		clear(w.known) // they are found again
	}
	w.known[team] = ws
	return ws, nil
}

// maxKnown is how many workspaces are kept ready.
const maxKnown = 10_000

// selfOf is the bot user of the one workspace there is; "" with many.
func (w *workspaces) selfOf() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.only == nil {
		return ""
	}
	return w.only.self
}

// single is the one workspace. Whatever is delivered is for it, unless it says otherwise.
func (w *workspaces) single(ctx context.Context, team string) (*workspace, error) {
	w.mu.Lock()
	only := w.only
	w.mu.Unlock()
	if only == nil { // something is to be shown before anything was received
		var err error
		if only, err = w.ask(ctx); err != nil {
			return nil, err
		}
	}
	if team != "" && team != only.team {
		return nil, fmt.Errorf("workspace %s: %w", team, install.ErrNotInstalled)
	}
	return only, nil
}

// ask asks Slack whose token is configured.
func (w *workspaces) ask(ctx context.Context) (*workspace, error) {
	token := w.p.o.Config.BotToken
	client := w.p.client(token)
	resp, err := client.AuthTestContext(ctx)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.only = &workspace{team: resp.TeamID, self: resp.UserID, token: token, client: client}
	return w.only, nil
}

// identify asks Slack whose token is configured, until it answers or says that the token is of no use.
func (w *workspaces) identify(ctx context.Context) error {
	if w.installs != nil {
		return nil
	}
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		_, err := w.ask(ctx)
		if err == nil {
			return nil
		}
		if code := codeOf(err); isFatal(code) {
			return fmt.Errorf("the bot token is of no use: %s. %s", code, mendOf(code, ""))
		}
		w.p.log.Warn("Slack does not answer; trying again", "in", wait, "err", scrub(err))
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// forget drops a workspace whose tokens are gone, and all that is kept of it. Of the one workspace whose token is
// configured, somebody may only have made a new one: there it has to be told that the app was removed.
func (w *workspaces) forget(ctx context.Context, where place, at time.Time, removed bool) error {
	team := where.team
	w.mu.Lock()
	delete(w.known, team)
	w.mu.Unlock()
	purge := func() error {
		if w.p.o.Purge == nil || team == "" {
			return nil
		}
		return w.p.o.Purge(ctx, guildOf(team))
	}
	if w.installs == nil {
		if removed {
			return purge()
		}
		return nil
	}
	key := team
	if where.org != "" { // it was installed in the whole organization
		key = ""
	}
	if err := w.installs.Forget(ctx, key, where.org, at); err != nil {
		return err
	}
	if _, err := w.installs.Token(ctx, team, where.org); !errors.Is(err, install.ErrNotInstalled) {
		return nil // it was installed anew since
	}
	return purge()
}

// person is what is known of a user.
type person struct {
	name      string
	moderator bool
	until     time.Time
}

// people remembers what users.info said.
type people struct {
	mu    sync.Mutex
	known map[string]person    // by workspace and user
	held  map[string]time.Time // until when Slack wants to hear no more of it, by workspace
}

const (
	personLife = 10 * time.Minute
	maxPeople  = 50_000
)

// of is what is known of a user. Slack is asked at most once in ten minutes; where it does not say, for lack of the scope
// users:read or of time, nothing is known.
func (c *people) of(ctx context.Context, ws *workspace, user string, now time.Time) person {
	key := ws.team + "/" + user
	c.mu.Lock()
	got, ok := c.known[key]
	held := now.Before(c.held[ws.team])
	c.mu.Unlock()
	if held || ok && now.Before(got.until) {
		return got
	}
	ctx, cancel := context.WithTimeout(ctx, personTimeout)
	defer cancel()
	info, err := ws.client.GetUserInfoContext(ctx, user)
	got.until = now.Add(personLife)
	switch {
	case err == nil:
		got = person{nameOf(info), info.IsAdmin || info.IsOwner || info.IsPrimaryOwner, got.until}
	case codeOf(err) == codeMissingScope:
	default:
		got.until = now.Add(personRetry) // what was known before stands
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if codeOf(err) == codeRateLimited {
		c.held[ws.team] = now.Add(personRetry)
	}
	if len(c.known) >= maxPeople {
		clear(c.known)
	}
	c.known[key] = got
	return got
}

// name is what a user is called, as far as that is known. Where nothing is and it matters, it is to be asked, by
// whoever gets true; once.
func (c *people) name(team, user string, matters bool, now time.Time) (name string, ask bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := team + "/" + user
	got, ok := c.known[key]
	if ok || !matters {
		return got.name, false
	}
	if len(c.known) < maxPeople {
		c.known[key] = person{until: now} // asked already; not known yet
	}
	return "", true
}

const (
	personTimeout = 2 * time.Second
	personRetry   = 30 * time.Second
)

// called gives a user the name that Slack shows, where that is known; else it is asked for if it matters, to be known
// next time.
func (p *Platform) called(u bot.User, at place, matters bool) bot.User {
	now := p.o.Now()
	name, ask := p.people.name(at.team, string(u.ID), matters, now)
	if name != "" {
		u.Name = name
	}
	if ask {
		p.go1(func(ctx context.Context) {
			if ws, err := p.workspaces.of(ctx, at); err == nil {
				p.people.of(ctx, ws, string(u.ID), now)
			}
		})
	}
	return u
}

// nameOf is the name that Slack shows.
func nameOf(u *slack.User) string {
	for _, n := range []string{u.Profile.DisplayName, u.RealName, u.Name} {
		if strings.TrimSpace(n) != "" {
			return n
		}
	}
	return ""
}

// learn fills in what a payload does not tell of who did it.
func (p *Platform) learn(at place) func(context.Context, *bot.Inbound) {
	return func(ctx context.Context, in *bot.Inbound) {
		in.Moderator = in.Moderator || slices.Contains(p.o.Config.Moderators, string(in.From.ID))
		ws, err := p.workspaces.of(ctx, at)
		if err != nil {
			return // the answer will fail, too
		}
		got := p.people.of(ctx, ws, string(in.From.ID), p.o.Now())
		if got.name != "" {
			in.From.Name = got.name
		}
		in.Moderator = in.Moderator || got.moderator
	}
}
