// Command bare is a bot of slack-go's Socket Mode client and nothing else: what a bot costs that knows nothing. It answers
// every command with one constant message, and acknowledges events.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

func main() {
	api := flag.String("api", "", "base `URL` of the Web API")
	app := flag.String("app", "", "app-level `TOKEN`")
	bot := flag.String("bot", "", "bot `TOKEN`")
	answer := flag.String("answer", "", "`FILE` with the message that commands are answered with")
	tuned := flag.Bool("tuned", false, "keep connections instead of making one for nearly every answer")
	inAck := flag.Bool("ack", false, "answer in the acknowledgement, without a request")
	flag.Parse()
	b := bare{http: http.DefaultClient, inAck: *inAck}
	if *tuned {
		b.http = &http.Client{Transport: &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 128}}
	}
	err := b.load(*answer)
	if err == nil {
		b.client = socketmode.New(slack.New(*bot, slack.OptionAppLevelToken(*app), slack.OptionAPIURL(*api),
			slack.OptionHTTPClient(b.http)))
		go b.handle()
		err = b.client.Run()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

// bare is a bot.
type bare struct {
	client *socketmode.Client
	http   *http.Client
	inAck  bool
	text   string
	blocks slack.Blocks
}

// load reads the answer.
func (b *bare) load(file string) error {
	if file == "" {
		return nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var m struct {
		Text   string       `json:"text"`
		Blocks slack.Blocks `json:"blocks"`
	}
	err = json.Unmarshal(data, &m)
	b.text, b.blocks = m.Text, m.Blocks
	return err
}

// handle takes what the client hands on.
func (b *bare) handle() {
	for e := range b.client.Events {
		switch e.Type {
		case socketmode.EventTypeSlashCommand:
			command, ok := e.Data.(slack.SlashCommand)
			if !ok {
				continue
			}
			if b.inAck {
				complain(b.client.Ack(*e.Request, b.message()))
				continue
			}
			complain(b.client.Ack(*e.Request))
			go func() {
				complain(slack.PostWebhookCustomHTTPContext(context.Background(), command.ResponseURL, b.http, b.message()))
			}()
		case socketmode.EventTypeEventsAPI:
			complain(b.client.Ack(*e.Request))
		}
	}
}

func (b *bare) message() *slack.WebhookMessage {
	return &slack.WebhookMessage{Text: b.text, Blocks: &b.blocks, ResponseType: slack.ResponseTypeInChannel}
}

func complain(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
	}
}
