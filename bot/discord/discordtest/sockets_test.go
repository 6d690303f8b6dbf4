package discordtest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
)

// TestSockets: many clients at once, over real sockets, are answered as one is, and what is shown comes in the order of the
// channel.
func TestSockets(t *testing.T) {
	s := Start(t, unlimited)
	s.AddGuild(guildID, "Cinema")
	var shown []string
	s.OnMessage(func(m Message, _ bool) {
		shown = append(shown, m.ID) // without a lock: it is called by one at a time
		if len(s.ChannelMessages(m.ChannelID)) == 0 {
			t.Error("the message is shown and not there")
		}
	})
	const clients, each = 8, 25
	var wg sync.WaitGroup
	for n := range clients {
		wg.Go(func() {
			u := s.User(fmt.Sprint("user", n))
			for range each {
				i := s.Slash(Where{Channel: general}, u, "whowon")
				path := "/interactions/" + i.ID + "/" + i.Token + "/callback"
				if err := send(t, s, path, callback(ResponseMessage, note(u.Name))); err != nil {
					t.Error(err)
				}
				if err := i.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	var want []string
	for _, m := range s.ChannelMessages(general) {
		want = append(want, m.ID)
	}
	if len(want) != clients*each || !slices.Equal(shown, want) {
		t.Errorf("%d messages were shown in another order than that of the %d in the channel", len(shown), len(want))
	}
}

func send(t *testing.T, s *Server, path, body string) error {
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.API()+path, strings.NewReader(body))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusNoContent {
		return fmt.Errorf("%s: %s", path, resp.Status)
	}
	return nil
}
