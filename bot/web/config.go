package web

import (
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// DefaultListen is where the chat is beside a terminal: an address that only this machine reaches.
const DefaultListen = "127.0.0.1:8080"

// What Config.Listen and Config.Chat can say beside addresses.
const (
	off  = "off"
	on   = "on"
	auto = "auto"
)

// Config is the web section of the configuration file.
type Config struct {
	// Listen is where pages and the chat are served, as in 127.0.0.1:8080; off is nowhere. "" is DefaultListen beside a
	// terminal, and nowhere where the bot serves other platforms.
	Listen string `yaml:"listen"`
	// URL is the public address that leads to Listen, as in https://whowon.example.org; something in front of it ends TLS.
	// Links from other platforms lead below it.
	URL string `yaml:"url"`
	// Chat is auto (only where Listen is an address that only this machine reaches, and URL is not set), on or off.
	Chat string `yaml:"chat"`
}

// Check reports a setting that cannot be meant.
func (c Config) Check() error {
	if c.Listen != "" && c.Listen != off {
		_, port, err := net.SplitHostPort(c.Listen)
		if n, wrong := strconv.Atoi(port); err != nil || wrong != nil || n < 0 || n > 65535 {
			return fmt.Errorf("web.listen is %q; give an address such as %s, or off", c.Listen, DefaultListen)
		}
	}
	if c.URL != "" {
		u, err := url.Parse(c.URL)
		if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || strings.Trim(u.Path, "/") != "" ||
			u.RawQuery != "" || u.Fragment != "" {
			return fmt.Errorf("web.url is %q; give an https address without a path, as in https://whowon.example.org", c.URL)
		}
	}
	switch c.Chat {
	case "", auto, on, off:
		return nil
	}
	return fmt.Errorf("web.chat is %q; use auto, on or off", c.Chat)
}

// Address is where to listen, "" for nowhere. beside says that a terminal is served, so that the default counts.
func (c Config) Address(beside bool) string {
	switch {
	case c.Listen == off:
		return ""
	case c.Listen == "" && beside:
		return DefaultListen
	}
	return c.Listen
}

// Base is the public address without a slash at its end, "" where there is none.
func (c Config) Base() string { return strings.TrimSuffix(c.URL, "/") }

// chats reports whether there is a chat at an address, beside the pages.
func (c Config) chats(address string) bool {
	switch c.Chat {
	case on:
		return true
	case off:
		return false
	}
	return isLoopback(address) && c.URL == ""
}

// isLoopback reports whether only this machine reaches an address.
func isLoopback(address string) bool {
	host := hostOf(address)
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// hostOf is an address without its port, and without the brackets of IPv6.
func hostOf(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}
