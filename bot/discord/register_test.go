package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

var testCommands = []bot.CommandInfo{
	{Name: "whowon", Help: "Who won.", Everywhere: true, Shown: true,
		Options: []bot.Option{{Name: "query", Help: "What", Required: true, Suggests: true}}},
	{Name: "trivia", Help: "Play.", Subs: []bot.CommandInfo{{Name: "start", Help: "Begin.", Options: []bot.Option{
		{Name: "mode", Help: "How", Choices: []string{"quick", "race"}}, {Name: "seconds", Help: "Time", Number: true, Min: 10, Max: 300, Form: "%s"},
	}}, {Name: "stop", Help: "End."}}},
	{Name: "schedule", Help: "Post.", Subs: []bot.CommandInfo{{Name: "anniversaries", Help: "Of the day.", Options: []bot.Option{
		{Name: "topic", Help: "Of what", Suggests: true}, {Name: "channel", Help: "Where", Channel: true, Max: 5, Form: "in %"}}}}},
	{Name: "settings", Help: "Set.", Moderators: true},
}

func TestDifferences(t *testing.T) {
	ours := commands(testCommands)
	var there []*discordgo.ApplicationCommand
	data, err := json.Marshal(ours)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &there); err != nil { // as Discord gives it back
		t.Fatal(err)
	}
	for _, d := range differences(there, ours, true) {
		if d.Change != Unchanged {
			t.Errorf("/%s is the same, and is %s: %q", d.Command, d.Change, d.Lines)
		}
	}
	there[0].Description = "Who lost."
	there[1].Options[0].Options[1].MaxValue = 60
	there[2].Options[0].Options[1].ChannelTypes = nil
	there[3].Name = "old"
	got := ""
	for _, d := range differences(there, ours, true) {
		got += fmt.Sprintln(d.Command, d.Change, strings.Join(d.Lines, " | "))
	}
	want := "whowon changed - description: Who lost. | + description: Who won.\n" +
		"trivia changed - start seconds: 2. Integer, Time, from 10 to 60 | + start seconds: 2. Integer, Time, from 10 to 300\n" +
		"schedule changed - anniversaries channel: 2. Channel, Where | + anniversaries channel: 2. Channel, Where, channels of types 0 5 10 11 12\n" +
		"settings added \nold removed \n"
	if got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

// TestCommandsOfAForm reads what people enter into the fields, and what an older version registered.
func TestCommandsOfAForm(t *testing.T) {
	p := &Platform{o: Options{Commands: testCommands}}
	for _, tt := range []struct{ data, want string }{
		{`{"name":"whowon","options":[{"name":"query","type":3,"value":" best picture 2025 "}]}`, "whowon|best picture 2025"},
		{`{"name":"trivia","options":[{"name":"start","type":1,"options":[{"name":"seconds","type":4,"value":20},{"name":"mode","type":3,"value":"race"}]}]}`,
			"trivia|start race 20s"},
		{`{"name":"trivia","options":[{"name":"stop","type":1}]}`, "trivia|stop"},
		{`{"name":"schedule","options":[{"name":"anniversaries","type":1,"options":[{"name":"channel","type":7,"value":"210000000000000001"}]}]}`,
			"schedule|anniversaries in 210000000000000001"},
		{`{"name":"gone","options":[{"name":"x","type":3,"value":"y"}]}`, "gone|"},
		{`{"name":"trivia","options":[{"name":"gone","type":1,"options":[{"name":"x","type":3,"value":"y"}]}]}`, "trivia|gone"},
		{`{"name":"whowon","options":[{"name":"query","type":3,"value":null},{"name":"query"}]}`, "whowon|"},
	} {
		var i interaction
		if err := json.Unmarshal([]byte(`{"data":`+tt.data+`}`), &i); err != nil {
			t.Fatal(err)
		}
		c, _ := p.command(&i)
		if got := c.Name + "|" + c.Args; got != tt.want {
			t.Errorf("%s is %q, want %q", tt.data, got, tt.want)
		}
	}
}
