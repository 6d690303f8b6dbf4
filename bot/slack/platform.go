package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack/install"
)

// name is the platform's, and part of the identity of its channels and users.
const name = "slack"

// callTimeout is for one request.
const callTimeout = 10 * time.Second

// Bot is what the platform asks of the bot beside delivering to it; *bot.Bot has it.
type Bot interface {
	Suggest(command, option, prefix string, n int) []bot.Suggestion
	Look(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, error)
}

// Options are what a Platform is made of.
type Options struct {
	Config   Config
	Commands []bot.CommandInfo // as they are in the manifest
	Bot      Bot
	Store    install.Store // of the tokens of workspaces; needed with slack.client_id
	// Purge drops all that is kept of a workspace that the app was removed from; nil keeps it.
	Purge     func(context.Context, bot.Guild) error
	Version   string            // of the program
	Pages     string            // where our pages are published, as in https://whowon.example.org; "" is nowhere
	Log       *slog.Logger      // discarded when nil
	Meter     bot.Meter         // told what happens; nobody when nil
	Now       func() time.Time  // time.Now when nil
	Transport http.RoundTripper // carries the requests; nil is one made for it. For tests.
	Speed     int               // how many times as fast as Slack allows requests leave; 1 when 0. For tests.
}

// Platform is a bot.Platform.
type Platform struct {
	o          Options
	log        *slog.Logger
	http       *http.Client
	workspaces workspaces
	people     people
	pace       pace
	replies    replies
	recent     recent
	answered   answered
	clock      clock
	watched    watched
	deliver    atomic.Pointer[bot.Deliver] // while it runs

	aside sync.WaitGroup // what is done beside what is received
	limit chan struct{}  // of that
}

var _ bot.Platform = (*Platform)(nil)

// maxAside is how many forms, suggestions and pages are made at a time. More are dropped: they are as good as late.
const maxAside = 64

// New makes a platform. It connects to nothing. The configuration has been checked.
func New(o Options) (*Platform, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Meter = bot.MeterOr(o.Meter)
	o.Log = o.Log.With("platform", name)
	if o.Transport == nil {
		o.Transport = &http.Transport{Proxy: http.ProxyFromEnvironment, ForceAttemptHTTP2: true, MaxIdleConnsPerHost: 32,
			MaxConnsPerHost: 64, IdleConnTimeout: 90 * time.Second, TLSHandshakeTimeout: callTimeout}
	}
	p := &Platform{o: o, log: o.Log, limit: make(chan struct{}, maxAside)}
	p.http = &http.Client{Transport: o.Transport, CheckRedirect: stay}
	p.people.known, p.people.held = map[string]person{}, map[string]time.Time{}
	p.pace = pace{speed: time.Duration(max(1, o.Speed)), next: map[string]time.Time{}}
	p.answered.by = map[string]json.RawMessage{}
	p.replies.by, p.recent.young = map[string]*reply{}, map[string]struct{}{}
	p.workspaces.p, p.workspaces.known = p, map[string]*workspace{}
	if o.Config.oauth() {
		installs, err := p.newInstalls()
		if err != nil {
			return nil, err
		}
		p.workspaces.installs = installs
	}
	return p, nil
}

func (p *Platform) newInstalls() (*install.Installs, error) {
	c := p.o.Config
	scopes := scopesOf(c)
	return install.New(install.Options{Store: p.o.Store, Keys: c.keys(), ClientID: c.ClientID,
		ClientSecret: install.NewSecret(c.ClientSecret), Scopes: scopes.bot, OptionalScopes: scopes.optional,
		RedirectURL: c.base() + install.RedirectPath, AuthorizeURL: c.authorize(), APIURL: c.api(),
		FirstCommand: "/whowon best picture 2025",
		HTTPClient:   &http.Client{Transport: p.o.Transport, Timeout: callTimeout}, Now: p.o.Now, Log: p.log,
		Installed: p.installed})
}

// installed greets who installed the app, in their direct messages with it.
func (p *Platform) installed(_ context.Context, in install.Installation) {
	deliver := p.deliver.Load()
	if deliver == nil || in.TeamID == "" || in.InstalledBy == "" {
		return // an organization's admin chooses the workspaces later
	}
	at := place{team: in.TeamID, channel: in.InstalledBy}
	hello := bot.Inbound{ID: "joined/" + in.TeamID + "/" + itoa(in.At.UnixMicro()), At: in.At, Guild: at.guild(), Joined: true,
		To: bot.Target{Channel: at.bot()}}
	if err := (*deliver)(hello); err != nil {
		p.log.Warn("who installed the app was not greeted", "team", in.TeamID, "err", err)
	}
}

// authorize is where people install the app: beside the Web API, where that is not Slack's own.
func (c Config) authorize() string {
	if c.APIURL == "" {
		return ""
	}
	return strings.TrimSuffix(c.api(), "api/") + "oauth/v2/authorize"
}

// once is how long a message is looked for by its key.
const once = time.Hour

// Info says what Slack can do. It has no way to send a message at most once. Where the bot may read the channel's
// history it can see whether a message is there.
func (p *Platform) Info() bot.Info {
	info := bot.Info{Name: name, ReadsText: p.o.Config.TypedAnswers, Private: true, Edits: true, Buttons: true, Inputs: true}
	if p.o.Config.TypedAnswers {
		info.Once = once
	}
	return info
}

// Run receives until ctx is done. It returns an error for what cannot be mended by waiting, such as a wrong token.
func (p *Platform) Run(ctx context.Context, deliver bot.Deliver) error {
	p.deliver.Store(&deliver)
	defer p.deliver.Store(nil)
	defer p.aside.Wait()
	err := p.workspaces.identify(ctx)
	if err == nil {
		err = p.receive(ctx, deliver)
	}
	if ctx.Err() != nil {
		return nil // what ended with ctx was meant to
	}
	return err
}

// receive takes what comes over connections, over HTTP, or both: with Socket Mode, OAuth still needs an address.
func (p *Platform) receive(ctx context.Context, deliver bot.Deliver) error {
	if !p.o.Config.sockets() {
		return p.runHTTP(ctx, deliver)
	}
	if !p.o.Config.oauth() {
		return p.runSocket(ctx, deliver)
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := make(chan error, 1)
	go func() {
		defer cancel()
		done <- p.runHTTP(ctx, nil)
	}()
	err := p.runSocket(ctx, deliver)
	cancel()
	return errors.Join(err, <-done)
}

// The two kinds of bot.Target.Reply.
const (
	replyAction  = "a/"
	replyMessage = "m/"
)

// Send shows a view: in answer to what a user did, else as a message to the channel, in the thread it belongs to. That is
// one request; before it, where the message may be there already and the history can be read, those that look for it.
func (p *Platform) Send(ctx context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	ref := bot.MessageRef{Channel: to.Channel}
	if id, ok := strings.CutPrefix(to.Reply, replyAction); ok {
		r := p.replies.to(id)
		if r == nil {
			return ref, fmt.Errorf("what %s asked has been handled: %w", id, bot.ErrForbidden)
		}
		return ref, refused(r.send(ctx, v))
	}
	at := placeOf(to.Channel)
	ws, err := p.workspaces.of(ctx, at)
	if err != nil {
		return ref, gone(err)
	}
	m := posting{drawn: p.draw(v, 0, surfaceMessage), channel: at.channel, thread: to.About, key: key, patient: to.Patient}
	if ts, ok := strings.CutPrefix(to.Reply, replyMessage); ok {
		m.thread = ts
	}
	if !to.Tried.IsZero() && key != "" && p.Info().Once > 0 {
		if ref.ID, err = p.posted(ctx, ws, m, to.Tried); err != nil || ref.ID != "" {
			return ref, err
		}
	}
	ref.ID, err = p.post(ctx, ws, m)
	if to.Patient && codeOf(err) == codeRateLimited {
		return ref, scrub(err) // nobody waits who is to know why, and it is tried again
	}
	return ref, refused(err)
}

// Edit replaces a message of the bot's.
func (p *Platform) Edit(ctx context.Context, ref bot.MessageRef, v bot.View) error {
	if ref.ID == "" {
		return bot.ErrNotFound
	}
	at := placeOf(ref.Channel)
	ws, err := p.workspaces.of(ctx, at)
	if err != nil {
		return gone(err)
	}
	options := messageOptions(p.draw(v, 0, surfaceMessage), "")
	l := limit{key: "chat.update/" + ref.Channel.ID, every: everyTier3, repeatable: true}
	return refused(p.call(ctx, l, func(ctx context.Context) error {
		_, _, _, err := ws.client.UpdateMessageContext(ctx, at.channel, ref.ID, options...)
		return err
	}))
}

// gone marks the error of a workspace that the app was removed from.
func gone(err error) error {
	if errors.Is(err, install.ErrNotInstalled) || errors.Is(err, install.ErrReinstall) {
		return &bot.Forbidden{Mend: mendOf("account_inactive", ""), Err: err}
	}
	return err
}
