package rest

import "strings"

// place is where a request goes, taken apart.
type place struct {
	path  string // without the query
	query string
}

func placeOf(path string) place {
	path, query, _ := strings.Cut(path, "?")
	return place{path, query}
}

// major returns the part of the path that has limits of its own: "/channels/1", "/guilds/1", "/webhooks/1/token", or
// nothing (https://docs.discord.com/developers/topics/rate-limits: top-level resources).
func (p place) major() string {
	kind, rest, _ := strings.Cut(strings.TrimPrefix(p.path, "/"), "/")
	id, rest, _ := strings.Cut(rest, "/")
	n := 1 + len(kind) + 1 + len(id)
	switch kind {
	case "channels", "guilds":
		return p.path[:min(n, len(p.path))]
	case "webhooks":
		if token, _, _ := strings.Cut(rest, "/"); token != "" {
			n += 1 + len(token)
		}
		return p.path[:min(n, len(p.path))]
	}
	return ""
}

// route returns the path with every variable part replaced, so that there are few of them.
func (p place) route(method string) string {
	parts := strings.Split(p.path, "/")
	if t := tokenAt(parts); t > 0 {
		parts[t] = ":token"
	}
	for i, part := range parts {
		switch {
		case isID(part):
			parts[i] = ":id"
		case i > 0 && parts[i-1] == "reactions":
			parts[i] = ":emoji"
		}
	}
	return method + " " + strings.Join(parts, "/")
}

// shown returns the path as it may be shown: with its IDs, and without a token or a query.
func (p place) shown() string {
	parts := strings.Split(p.path, "/")
	if t := tokenAt(parts); t > 0 {
		parts[t] = ":token"
	}
	return strings.Join(parts, "/")
}

// token returns the secret part of the path, if it has one.
func (p place) token() string {
	parts := strings.Split(p.path, "/")
	if t := tokenAt(parts); t > 0 {
		return parts[t]
	}
	return ""
}

// tokenAt returns the index of the part that is a token, or 0: the one after the ID in /webhooks/1/token and
// /interactions/1/token/callback.
func tokenAt(parts []string) int {
	if len(parts) > 3 && (parts[1] == "webhooks" || parts[1] == "interactions") {
		return 3
	}
	return 0
}

func isID(s string) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return s != ""
}
