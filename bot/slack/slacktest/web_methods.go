package slacktest

// register makes the methods there are, with the tiers and scopes of https://docs.slack.dev/reference/methods.
func (w *webServer) register() {
	for _, m := range []*method{
		{"apps.connections.open", tier1, appToken, []string{"connections:write"}, w.openConnection},
		{"auth.test", tierTest, botToken, nil, w.authTest},
		{"auth.revoke", tier3, botToken, nil, w.authRevoke},
		{"apps.uninstall", tier1, botToken, nil, w.appsUninstall},
		{"oauth.v2.access", tier4, noToken, nil, w.oauthAccess},

		{"chat.postMessage", tierPost, botToken, []string{"chat:write"}, w.postMessage},
		{"chat.postEphemeral", tier4, botToken, []string{"chat:write"}, w.postEphemeral},
		{"chat.update", tier3, botToken, []string{"chat:write"}, w.updateMessage},
		{"chat.delete", tier3, botToken, []string{"chat:write"}, w.deleteMessage},

		{"views.open", tier4, botToken, nil, w.viewsOpen},
		{"views.push", tier4, botToken, nil, w.viewsPush},
		{"views.update", tier4, botToken, nil, w.viewsUpdate},
		{"views.publish", tier4, botToken, nil, w.viewsPublish},

		{"users.info", tier4, botToken, []string{"users:read"}, w.usersInfo},
		{"bots.info", tier3, botToken, []string{"users:read"}, w.botsInfo},
		{"team.info", tier3, botToken, []string{"team:read"}, w.teamInfo},
		{"conversations.open", tier3, botToken, []string{"im:write", "mpim:write"}, w.conversationsOpen},
		{"conversations.info", tier3, botToken, []string{"channels:read", "groups:read", "im:read", "mpim:read"},
			w.conversationsInfo},
		{"conversations.list", tier2, botToken, []string{"channels:read", "groups:read", "im:read", "mpim:read"},
			w.conversationsList},
		{"conversations.history", tier3, botToken, []string{"channels:history", "groups:history", "im:history",
			"mpim:history"}, w.conversationsHistory},
		{"conversations.replies", tier3, botToken, []string{"channels:history", "groups:history", "im:history",
			"mpim:history"}, w.conversationsReplies},

		{"files.getUploadURLExternal", tier4, botToken, []string{"files:write"}, w.getUploadURL},
		{"files.completeUploadExternal", tier4, botToken, []string{"files:write"}, w.completeUpload},
	} {
		w.methods[m.name] = m
	}
}
