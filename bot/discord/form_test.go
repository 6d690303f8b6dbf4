package discord_test

import (
	"strings"
	"testing"
	"testing/synctest"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
)

// TestAChannelOfAForm is registered as a choice of channels that text can be sent to, and its value is a channel's ID. Another
// option of the same subcommand is suggested.
func TestAChannelOfAForm(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		schedule := bot.CommandInfo{Name: "schedule", Help: "Post.", Moderators: true, Subs: []bot.CommandInfo{{Name: "anniversaries",
			Help: "Of the day.", Options: []bot.Option{{Name: "topic", Help: "Of what", Suggests: true},
				{Name: "channel", Help: "Where", Channel: true, Form: "in %"}}}}}
		r := startWith(t, func(o *discord.Options) { o.Commands = []bot.CommandInfo{schedule} }, echo)
		if err := r.p.Register(t.Context(), ""); err != nil {
			t.Fatal(err)
		}
		list, err := r.p.Differences(t.Context(), "")
		if err != nil || len(list) != 1 || list[0].Change != discord.Unchanged {
			t.Errorf("once registered, the commands differ: %+v, %v", list, err)
		}
		typing := r.server.Autocomplete(r.where, r.ada, "schedule anniversaries", discordtest.Option{Name: "topic", Value: "osc", Focused: true})
		synctest.Wait()
		if resp, _ := typing.Response(); !strings.Contains(string(resp.Data), `{"name":"schedule anniversaries topic","value":"osc"}`) {
			t.Errorf("proposed: %s", resp.Data)
		}
		i := r.server.Slash(r.where, r.ada, "schedule anniversaries", discordtest.Option{Name: "topic", Value: "oscars"},
			discordtest.Option{Name: "channel", Value: discordtest.Channel{ID: channelIDs[""]}})
		synctest.Wait()
		if got := texts(i.Messages()); got != "/schedule anniversaries oscars in "+channelIDs[""] {
			t.Errorf("ada sees %q", got)
		}
		r.sound()
	})
}
