module github.com/whowon-bot/whowon/bot/slack/bench

go 1.26.8

require (
	github.com/slack-go/slack v0.35.0
	github.com/whowon-bot/whowon v0.0.0
	golang.org/x/sys v0.50.0
)

require (
	github.com/coder/websocket v1.8.15 // indirect
	github.com/gorilla/websocket v1.5.3 // indirect
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3 // indirect
	golang.org/x/text v0.44.0 // indirect
)

replace github.com/whowon-bot/whowon => ../../..
