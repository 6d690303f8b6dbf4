package discord

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// name is the platform's, and part of the identity of its channels and users.
const name = "discord"

// callTimeout is for one request that nobody gave a time to.
const callTimeout = 10 * time.Second

// Suggester proposes values for what is typed into a command; *bot.Bot is one.
type Suggester interface {
	Suggest(command, option, prefix string, n int) []bot.Suggestion
}

// Options are what a Platform is made of.
type Options struct {
	Config   Config
	Commands []bot.CommandInfo // as they are registered
	Suggest  Suggester         // nothing is proposed when nil
	Sessions gateway.Sessions  // where the connection's state outlives the program; nil is nowhere
	Version  string            // of the program, told to Discord
	Pages    string            // where our pages are published, as in https://whowon.example.org; "" is nowhere
	Log      *slog.Logger      // discarded when nil
	Meter    bot.Meter         // told what happens; nobody when nil
	Now      func() time.Time  // time.Now when nil
	// Shared is what this replica shares the work with others by; nil is where it is alone.
	Shared Shared
	// LeaseLife is after how long without a sign of life the others take over; 10 s when zero, which is renewed every 3 s.
	LeaseLife time.Duration
	// PerSecond is how many requests leave in a second, answers to interactions aside; 0 leaves a little of Discord's 50.
	// Replicas each have a part of it.
	PerSecond int
	// Transport carries the requests; nil is one made for it. For tests.
	Transport http.RoundTripper
}

// Platform is a bot.Platform.
type Platform struct {
	o    Options
	log  *slog.Logger
	rest *rest.Client

	watched watched

	mu      sync.Mutex
	appID   string            // the application's ID
	self    string            // the bot user's, which is the same since 2016
	replies map[string]*reply // to what is being handled, by the interaction's ID
	aside   sync.WaitGroup    // suggestions and forms under way
	limit   chan struct{}     // of those
	replica *replica          // that this process is among others; nil is none
}

var _ bot.Platform = (*Platform)(nil)

// maxAside is how many suggestions and forms are sent at a time. More are dropped: they are as good as late.
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
	client, err := rest.New(rest.Options{Base: o.Config.api(), Token: o.Config.Token, Transport: o.Transport, Log: o.Log,
		UserAgent: userAgent(o.Version), PerSecond: o.PerSecond})
	if err != nil {
		return nil, err
	}
	p := &Platform{o: o, log: o.Log, rest: client, replies: map[string]*reply{}, limit: make(chan struct{}, maxAside)}
	p.known(o.Config.ApplicationID, o.Config.ApplicationID)
	return p, nil
}

// userAgent is what Discord wants to be told: https://discord.com/developers/docs/reference#user-agent.
func userAgent(version string) string {
	if version == "" {
		version = "0"
	}
	return "DiscordBot (https://github.com/whowon-bot/whowon, " + version + ")"
}

// takePart notes which replica this process is.
func (p *Platform) takePart(r *replica) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.replica = r
}

// Replicas is what this process knows of itself and of others that share the work; zero where there are none.
func (p *Platform) Replicas() Replicas {
	p.mu.Lock()
	r := p.replica
	p.mu.Unlock()
	if r == nil {
		return Replicas{}
	}
	return r.now()
}

// known takes what is known of the two IDs; "" is nothing.
func (p *Platform) known(application, self string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if application != "" {
		p.appID = application
	}
	if self != "" {
		p.self = self
	}
}

func (p *Platform) ids() (application, self string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.appID, p.self
}

func (p *Platform) application() string {
	id, _ := p.ids()
	return id
}

// once is how long a key is shown once. For as long as Discord remembers a nonce, a message can be sent again; later it is
// looked for in the channel, which works for as long as not too much was said there since. See sendAgain.
const once = time.Hour

// Info says what Discord can do.
func (p *Platform) Info() bot.Info {
	return bot.Info{Name: name, ReadsText: p.o.Config.MessageContent, Private: true, Edits: true, Buttons: true, Inputs: true,
		Once: once}
}

// Run receives until ctx is done. It returns an error for what cannot be mended by waiting, such as a wrong token.
func (p *Platform) Run(ctx context.Context, deliver bot.Deliver) error {
	defer p.aside.Wait()
	err := p.identity(ctx)
	switch {
	case err != nil:
	case p.o.Config.transport() == transportHTTP:
		err = p.beside(ctx, func(ctx context.Context, _ *replica) error { return p.runHTTP(ctx, deliver) })
	default:
		err = p.runGateway(ctx, deliver)
	}
	if ctx.Err() != nil {
		return nil // what ended with ctx was meant to
	}
	return err
}

// identity asks Discord which application the token belongs to, where the configuration does not say.
func (p *Platform) identity(ctx context.Context) error {
	if p.application() != "" {
		return nil
	}
	var app struct{ ID string }
	if err := p.patiently(ctx, "/applications/@me", &app); err != nil {
		return err
	}
	p.known(app.ID, app.ID)
	return nil
}

// patiently asks for something that the bot cannot begin without, until Discord answers or says that it never will.
func (p *Platform) patiently(ctx context.Context, path string, into any) error {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		err := p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: path, Into: into, Repeatable: true})
		var e *rest.Error
		if err == nil || errors.Is(err, rest.ErrUnauthorized) || errors.As(err, &e) && e.Status/100 == 4 && e.Status != 429 {
			return err
		}
		p.log.Warn("Discord does not answer; trying again", "path", path, "in", wait, "err", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait):
		}
	}
}

// The two kinds of bot.Target.Reply.
const (
	replyInteraction = "i/"
	replyMessage     = "m/"
)

// Send shows a view: in answer to an interaction, else as a message to the channel, below what it replies to.
func (p *Platform) Send(ctx context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	ref := bot.MessageRef{Channel: to.Channel}
	if id, ok := strings.CutPrefix(to.Reply, replyInteraction); ok {
		r := p.replyTo(id)
		if r == nil {
			return ref, fmt.Errorf("interaction %s has been handled: %w", id, bot.ErrForbidden)
		}
		return ref, outcome(r.send(ctx, v))
	}
	o := p.draw(v, 0).once(key)
	if id, ok := strings.CutPrefix(to.Reply, replyMessage); ok {
		o.Reference = &reference{MessageID: id}
	}
	var err error
	if to.Tried.IsZero() || key == "" {
		ref.ID, err = p.post(ctx, to, o)
	} else {
		ref.ID, err = p.sendAgain(ctx, to, o)
	}
	return ref, err
}

// post sends a message to a channel and returns its ID.
func (p *Platform) post(ctx context.Context, to bot.Target, o outgoing) (string, error) {
	var sent struct{ ID string }
	err := p.rest.Do(ctx, rest.Request{Method: http.MethodPost, Path: "/channels/" + to.Channel.ID + "/messages", Body: o,
		Into: &sent, Urgency: urgency(to), Repeatable: o.EnforceNonce, Within: nonceLife})
	return sent.ID, outcome(err)
}

// urgency is that of the requests which show a view.
func urgency(to bot.Target) rest.Urgency {
	if to.Patient {
		return rest.Background
	}
	return rest.Live
}

// Edit replaces a message of the bot's.
func (p *Platform) Edit(ctx context.Context, ref bot.MessageRef, v bot.View) error {
	if ref.ID == "" {
		return bot.ErrNotFound
	}
	for _, r := range p.pressed(ref.ID) {
		r.ackNow(ctx) // before what was pressed changes under the finger
	}
	return refused(p.rest.Do(ctx, rest.Request{Method: http.MethodPatch, Body: p.draw(v, 0),
		Urgency: rest.Live, Repeatable: true,
		Path: "/channels/" + ref.Channel.ID + "/messages/" + ref.ID}))
}

// outcome marks what may have been shown all the same, and what is refused.
func outcome(err error) error {
	var e *rest.Error
	if errors.As(err, &e) && e.Unknown {
		err = unsure(err)
	}
	return refused(err)
}

func unsure(err error) error { return fmt.Errorf("%w: %w", bot.ErrUnsure, err) }

// refused marks what Discord will refuse as often as it is asked: a missing permission, a channel that is gone.
func refused(err error) error {
	var e *rest.Error
	if errors.As(err, &e) && (e.Status == http.StatusForbidden || e.Status == http.StatusNotFound) {
		return &bot.Forbidden{Mend: cannotShow, Err: err}
	}
	return err
}

const cannotShow = "I may not show anything in this channel any more. Whoever manages it gives me View Channel, " +
	"Send Messages and Read Message History under Edit Channel → Permissions."

// pressed are the replies to presses on a message.
func (p *Platform) pressed(message string) []*reply {
	p.mu.Lock()
	defer p.mu.Unlock()
	var list []*reply
	for _, r := range p.replies {
		if r.message == message {
			list = append(list, r)
		}
	}
	return list
}

func (p *Platform) replyTo(id string) *reply {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.replies[id]
}

// keep keeps a reply until drop. It reports false when there is one to the same interaction.
func (p *Platform) keep(r *reply) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.replies[r.id] != nil {
		return false
	}
	p.replies[r.id] = r
	return true
}

func (p *Platform) drop(r *reply) {
	p.mu.Lock()
	defer p.mu.Unlock()
	delete(p.replies, r.id)
}
