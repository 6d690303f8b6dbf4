// Package web is the browser as a platform of the bot: a page where several people, each a named tab, talk to the bot and
// play together in rooms. The page is HTML that the server makes and one small script that keeps it up to date over
// server-sent events; it can be read, and typed into, without the script.
//
// Rooms and their messages live in memory, and all that a stranger can send is limited. Who somebody is: a browser, by a
// random token in a cookie, and the name they chose in a tab; the same two are the same player, also after the bot was
// started again. On an address that only this machine reaches everybody is a moderator, as at a terminal; elsewhere nobody.
//
// It does not know what a line means, nor how it is answered; it serves the public pages without knowing what is on them.
package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// Name is the platform's.
const Name = "web"

// Bot is what the page asks of the bot beside handing it what people do; *bot.Bot has it.
type Bot interface {
	// Complete proposes up to n whole lines for the beginning of one.
	Complete(line string, n int) []string
	Commands() []bot.CommandInfo
}

// Options are what a Web is made of. Listener and Bot are required; Run closes the listener.
type Options struct {
	Config   Config
	Listener net.Listener
	Bot      Bot
	Pages    http.Handler // the public pages, for every path that is not the chat's; nil is none
	Log      *slog.Logger // discarded when nil
}

// Web is a bot.Platform.
type Web struct {
	o     Options
	draw  *drawer
	hub   *hub
	local bool // only this machine reaches it
	chats bool
	shown func() map[string]bool // commands whose answer is for the whole room

	mu      sync.Mutex
	deliver bot.Deliver     // nil before Run, and when it ends
	ending  context.Context // done when Run ends
}

var _ bot.Platform = (*Web)(nil)

const (
	headerTimeout = 5 * time.Second
	bodyTimeout   = 10 * time.Second
	idleTimeout   = time.Minute
	maxHeader     = 16 << 10 // bytes
	endTimeout    = 2 * time.Second
)

// New makes the platform. Nothing is served before Run.
func New(o Options) (*Web, error) {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	d, err := newDrawer(o.Pages != nil)
	if err != nil {
		return nil, err
	}
	address := o.Listener.Addr().String()
	return &Web{o: o, draw: d, hub: newHub(), local: isLoopback(address) && o.Config.URL == "",
		chats: o.Config.chats(address), ending: context.Background(),
		shown: sync.OnceValue(func() map[string]bool { return shownOf(o.Bot.Commands()) })}, nil
}

func shownOf(commands []bot.CommandInfo) map[string]bool {
	shown := map[string]bool{}
	for _, c := range commands {
		shown[c.Name] = c.Shown
	}
	return shown
}

// URL is where the page is for who sits at this machine.
func (w *Web) URL() string {
	address := w.o.Listener.Addr().String()
	if ip := net.ParseIP(hostOf(address)); ip != nil && ip.IsUnspecified() {
		_, port, _ := net.SplitHostPort(address)
		address = net.JoinHostPort("127.0.0.1", port)
	}
	return "http://" + address
}

// Chats reports whether there is a chat, and not the pages alone.
func (w *Web) Chats() bool { return w.chats }

// Info says what the page can do.
func (w *Web) Info() bot.Info {
	return bot.Info{Name: Name, ReadsText: true, Private: true, Edits: true, Buttons: true, Inputs: true}
}

// Run serves until ctx is done, and gives what is being answered a moment to end.
func (w *Web) Run(ctx context.Context, deliver bot.Deliver) error {
	ending, end := context.WithCancel(context.Background())
	defer end()
	w.begin(ending, deliver)
	server := &http.Server{Handler: w.Handler(), ReadHeaderTimeout: headerTimeout, ReadTimeout: bodyTimeout,
		IdleTimeout: idleTimeout, MaxHeaderBytes: maxHeader, ErrorLog: slog.NewLogLogger(w.o.Log.Handler(), slog.LevelDebug)}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(w.o.Listener) }()
	select {
	case err := <-failed:
		return fmt.Errorf("web: %w", err)
	case <-ctx.Done():
	}
	w.begin(ending, nil)
	end() // the streams, which would never end by themselves
	last, stop := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
	defer stop()
	if err := server.Shutdown(last); err != nil {
		w.o.Log.Debug("a request was cut off", "err", err)
		if err := server.Close(); err != nil {
			w.o.Log.Debug("the server was not closed cleanly", "err", err)
		}
	}
	if err := <-failed; !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("web: %w", err)
	}
	return nil
}

func (w *Web) begin(ending context.Context, deliver bot.Deliver) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ending, w.deliver = ending, deliver
}

func (w *Web) running() (context.Context, bot.Deliver) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.ending, w.deliver
}

// errElsewhere is returned for a channel of another platform.
var errElsewhere = errors.New("that channel is not of the web platform")

// Send shows a view in a room, or to one player there where it is private.
func (w *Web) Send(_ context.Context, to bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	if to.Channel.Platform != Name || !isRoom(to.Channel.ID) {
		return bot.MessageRef{}, errElsewhere
	}
	m := &message{kind: kindBot, view: v}
	if v.Private {
		m.to = bot.UserID(to.Reply)
	}
	return w.hub.send(to.Channel, m, key, w.draw)
}

// Edit replaces a message where it stands. One that is not kept any more is bot.ErrNotFound.
func (w *Web) Edit(_ context.Context, ref bot.MessageRef, v bot.View) error {
	return w.hub.edit(ref, v, w.draw)
}
