package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"syscall"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/web"
	"github.com/whowon-bot/whowon/bot/web/pages"
)

// newWeb makes the pages and the chat, listening at an address. Whoever does not run it closes its listener.
func (r *running) newWeb(ctx context.Context, address string) (*web.Web, error) {
	c := r.config.Web
	read, err := pages.New(pages.Options{Facts: r.corpus, Base: c.Base(), Log: r.log})
	if err != nil {
		return nil, fmt.Errorf("web.url: %w", err)
	}
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", address)
	if err != nil {
		return nil, fmt.Errorf("web.listen: %w", err)
	}
	w, err := web.New(web.Options{Config: c, Listener: l, Bot: r.bot, Pages: read, Log: r.log})
	if err != nil {
		return nil, errors.Join(err, l.Close())
	}
	return w, nil
}

// webBeside is what is served in a browser beside a terminal, and how the greeting tells of it: an address that somebody
// else has is no reason not to answer in the terminal.
func (r *running) webBeside(ctx context.Context, e env) (also []bot.Platform, greeting string) {
	address := r.config.Web.Address(true)
	if address == "" {
		return nil, ""
	}
	w, err := r.newWeb(ctx, address)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		fmt.Fprintf(e.stderr,
			"whowon: no page in a browser: %s is taken; choose another address with web.listen, or off.\n", address)
		return nil, ""
	case err != nil:
		fmt.Fprintf(e.stderr, "whowon: no page in a browser: %v; choose another address with web.listen, or off.\n", err)
		return nil, ""
	case w.Chats():
		return []bot.Platform{w}, " · with others in a browser: " + w.URL()
	}
	return []bot.Platform{w}, " · pages: " + w.URL()
}
