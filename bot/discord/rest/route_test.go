package rest

import "testing"

func TestRoutesAndTheirMajorParameters(t *testing.T) {
	for _, tt := range []struct{ path, route, major, shown string }{
		{"/channels/1/messages?limit=5", "/channels/:id/messages", "/channels/1", "/channels/1/messages"},
		{"/channels/1/messages/2", "/channels/:id/messages/:id", "/channels/1", "/channels/1/messages/2"},
		{"/channels/1/messages/2/reactions/%F0%9F%8F%86/@me", "/channels/:id/messages/:id/reactions/:emoji/@me", "/channels/1",
			"/channels/1/messages/2/reactions/%F0%9F%8F%86/@me"},
		{"/channels/1", "/channels/:id", "/channels/1", "/channels/1"},
		{"/channels/1/webhooks", "/channels/:id/webhooks", "/channels/1", "/channels/1/webhooks"},
		{"/guilds/3/members/4", "/guilds/:id/members/:id", "/guilds/3", "/guilds/3/members/4"},
		{"/applications/5/guilds/6/commands", "/applications/:id/guilds/:id/commands", "", "/applications/5/guilds/6/commands"},
		{"/users/@me", "/users/@me", "", "/users/@me"},
		{"/webhooks/7", "/webhooks/:id", "/webhooks/7", "/webhooks/7"},
		{"/webhooks/7/secret", "/webhooks/:id/:token", "/webhooks/7/secret", "/webhooks/7/:token"},
		{"/webhooks/7/secret/messages/@original", "/webhooks/:id/:token/messages/@original", "/webhooks/7/secret",
			"/webhooks/7/:token/messages/@original"},
		{"/webhooks/7/8/messages/9", "/webhooks/:id/:token/messages/:id", "/webhooks/7/8", "/webhooks/7/:token/messages/9"},
		{"/interactions/1/secret/callback", "/interactions/:id/:token/callback", "", "/interactions/1/:token/callback"},
		{"interactions/1/secret/callback", "interactions/:id/:token/callback", "", "interactions/1/:token/callback"},
		{"", "", "", ""},
		{"/", "/", "", "/"},
		{"/channels", "/channels", "", "/channels"},
	} {
		p := placeOf(tt.path)
		if route := p.route("GET"); route != "GET "+tt.route || p.major() != tt.major || p.shown() != tt.shown {
			t.Errorf("%s: route %q, major parameter %q, shown as %q", tt.path, route, p.major(), p.shown())
		}
	}
}
