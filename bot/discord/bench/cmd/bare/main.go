// Command bare is a bot of discordgo and nothing else: what a bot costs that does nothing. It answers every interaction with
// a constant, and listens to messages where it is told to.
package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/signal"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot/discord/bench"
)

func main() {
	api := flag.String("api", "", "`URL` of the server, without a path")
	tuned := flag.Bool("tuned", false, "keep connections instead of making one for nearly every answer")
	bucket := flag.Bool("bucket", false, "answer outside the rate limit buckets, which are kept for every interaction")
	messages := flag.Bool("messages", false, "listen to messages instead of interactions")
	flag.Parse()
	if err := run(*api, *tuned, *bucket, *messages); err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
		os.Exit(1)
	}
}

func run(api string, tuned, bucket, messages bool) error {
	u, err := url.Parse(api)
	if err != nil {
		return err
	}
	s, err := discordgo.New("Bot " + bench.Token)
	if err != nil {
		return err
	}
	to := redirect{to: u, through: http.DefaultTransport}
	if tuned {
		to.through = &http.Transport{MaxIdleConns: 256, MaxIdleConnsPerHost: 128}
	}
	s.Client.Transport = to
	s.Identify.Intents = discordgo.IntentsGuilds
	switch {
	case messages:
		s.Identify.Intents |= discordgo.IntentsGuildMessages | discordgo.IntentMessageContent
		s.AddHandler(func(*discordgo.Session, *discordgo.MessageCreate) {})
	case bucket:
		s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) { complain(outside(s, i.Interaction)) })
	default:
		s.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
			complain(s.InteractionRespond(i.Interaction, answer()))
		})
	}
	if err := s.Open(); err != nil {
		return err
	}
	end := make(chan os.Signal, 1)
	signal.Notify(end, os.Interrupt)
	<-end
	return nil
}

func answer() *discordgo.InteractionResponse {
	return &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{Content: bench.Constant}}
}

// outside answers by way of a bucket that is thrown away. One that is shared would let one answer out at a time.
func outside(s *discordgo.Session, i *discordgo.Interaction) error {
	body, err := discordgo.Marshal(answer())
	if err != nil {
		return err
	}
	b := &discordgo.Bucket{}
	b.Lock() // released by the request
	_, err = s.RequestWithLockedBucket(http.MethodPost, discordgo.EndpointInteractionResponse(i.ID, i.Token),
		"application/json", body, b, 0)
	return err
}

func complain(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "bare:", err)
	}
}

// redirect sends requests to another host.
type redirect struct {
	to      *url.URL
	through http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (r redirect) RoundTrip(req *http.Request) (*http.Response, error) {
	out, u := *req, *req.URL
	u.Scheme, u.Host = r.to.Scheme, r.to.Host
	out.URL, out.Host = &u, ""
	return r.through.RoundTrip(&out)
}
