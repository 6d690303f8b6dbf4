package rest

import "strings"

// place is where a request goes: the path without its query.
type place string

func placeOf(path string) place {
	path, _, _ = strings.Cut(path, "?")
	return place(path)
}

// major returns the part of the path that has limits of its own: "/channels/1", "/guilds/1", "/webhooks/1/token", or
// nothing (https://docs.discord.com/developers/topics/rate-limits: top-level resources).
func (p place) major() string {
	parts := strings.SplitN(string(p), "/", 5) // the first is empty
	n := 3
	switch {
	case len(parts) < 3:
		return ""
	case parts[1] == "webhooks":
		n = min(4, len(parts))
	case parts[1] != "channels" && parts[1] != "guilds":
		return ""
	}
	return strings.Join(parts[:n], "/")
}

// route returns the path with every variable part replaced, so that there are few of them.
func (p place) route(method string) string {
	parts := strings.Split(string(p), "/")
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
	parts := strings.Split(string(p), "/")
	if t := tokenAt(parts); t > 0 {
		parts[t] = ":token"
	}
	return strings.Join(parts, "/")
}

// token returns the secret part of the path, if it has one.
func (p place) token() string {
	parts := strings.Split(string(p), "/")
	if t := tokenAt(parts); t > 0 {
		return parts[t]
	}
	return ""
}

// tokenAt returns the index of the part that is a token, or 0: the one after the ID in /webhooks/1/token and
// /interactions/1/token/callback. It is found in a path without its first slash too, which is wrong but no less secret.
func tokenAt(parts []string) int {
	for i, part := range parts {
		if (part == "webhooks" || part == "interactions") && i+2 < len(parts) {
			return i + 2
		}
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
