package console

import (
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// maxName is the longest name of a player, in bytes.
const maxName = 32

// inbound is what a line says, and who says it. It is false for a line that is the console's own ("/as ada").
func (c *Console) inbound(line string) (bot.Inbound, bool) {
	user := c.user
	if name, rest, ok := strings.Cut(line, "> "); ok && isName(name) {
		user, line = name, strings.TrimSpace(rest)
	}
	if name, ok := strings.CutPrefix(line, "/as "); ok {
		c.setUser(strings.TrimSpace(name))
		return bot.Inbound{}, false
	}
	c.seq++
	in := bot.Inbound{
		ID: strconv.Itoa(c.seq), At: time.Now(), Order: uint64(c.seq), From: bot.User{ID: bot.UserID(user), Name: user},
		Moderator: user == owner, Guild: guild, To: bot.Target{Channel: channel, Reply: user}, Direct: true,
	}
	switch state, pressed := c.pressed(line); {
	case pressed:
		in.Press = &bot.Press{State: state, Message: bot.MessageRef{Channel: channel}}
	case strings.HasPrefix(line, "/"):
		command := bot.ParseCommand(line)
		in.Command = &command
	default:
		in.Text = line
	}
	return in, true
}

// setUser makes somebody the one who types, and says so.
func (c *Console) setUser(name string) {
	said := "A name is one word of at most " + strconv.Itoa(maxName) + " letters: /as ada"
	if isName(name) {
		c.user = name
		said = name + " types from now on; /as " + owner + " for yourself."
		if name == owner {
			said = "You type again."
		}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	_, err := io.WriteString(c.out, said+"\n\n")
	if err != nil {
		c.o.Log.Warn("not shown", "err", err)
	}
}

// isName reports whether a word in front of "> " can be the name of somebody: one word of letters and digits.
func isName(s string) bool {
	return s != "" && len(s) <= maxName && bot.Clean(s) == s && !strings.ContainsAny(s, " /<>\"'")
}

// pressed finds the button that a line names: by its whole label, or by the first word of it, which for an option is its
// letter. Of a question only the letter: its words are an answer that is typed.
func (c *Console) pressed(line string) (state string, ok bool) {
	line = strings.ToLower(strings.Trim(line, "[] "))
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, b := range c.buttons {
		key, _, _ := strings.Cut(strings.ToLower(b.Label), "  ")
		if line == key {
			return b.State, true
		}
	}
	return "", false
}
