package discord

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// Difference is what registering changes of one command.
type Difference struct {
	Command string
	Change  Change
	Lines   []string // of a changed command: "+ description: …", "- option year: …"
}

// Change is what becomes of a command.
type Change string

// The changes.
const (
	Added     Change = "added"
	Changed   Change = "changed"
	Removed   Change = "removed"
	Unchanged Change = "unchanged"
)

// Differences compares the commands that Discord has with those of this program, by name. guild is a guild's ID, or "" for
// the commands of everywhere.
func (p *Platform) Differences(ctx context.Context, guild string) ([]Difference, error) {
	if err := p.identity(ctx); err != nil {
		return nil, err
	}
	var there []*discordgo.ApplicationCommand
	err := p.rest.Do(ctx, rest.Request{Method: http.MethodGet, Path: p.commandsPath(guild), Into: &there, Repeatable: true})
	if err != nil {
		return nil, err
	}
	there = slices.DeleteFunc(there, func(c *discordgo.ApplicationCommand) bool { return c == nil })
	return differences(there, commands(p.o.Commands), guild == ""), nil
}

// Register writes all commands at once, in the place of those there are:
// https://discord.com/developers/docs/interactions/application-commands#bulk-overwrite-global-application-commands
func (p *Platform) Register(ctx context.Context, guild string) error {
	if err := p.identity(ctx); err != nil {
		return err
	}
	return p.rest.Do(ctx, rest.Request{Method: http.MethodPut, Path: p.commandsPath(guild), Body: commands(p.o.Commands),
		Repeatable: true})
}

func (p *Platform) commandsPath(guild string) string {
	path := "/applications/" + p.application()
	if guild != "" {
		path += "/guilds/" + guild
	}
	return path + "/commands"
}

func differences(there, ours []*discordgo.ApplicationCommand, global bool) []Difference {
	byName := func(name string) func(*discordgo.ApplicationCommand) bool {
		return func(c *discordgo.ApplicationCommand) bool { return c.Name == name }
	}
	var out []Difference
	for _, c := range ours {
		i := slices.IndexFunc(there, byName(c.Name))
		if i < 0 {
			out = append(out, Difference{Command: c.Name, Change: Added})
			continue
		}
		d := Difference{Command: c.Name, Change: Unchanged, Lines: changedLines(aspects(there[i], global), aspects(c, global))}
		if len(d.Lines) > 0 {
			d.Change = Changed
		}
		out = append(out, d)
	}
	for _, c := range there {
		if !slices.ContainsFunc(ours, byName(c.Name)) {
			out = append(out, Difference{Command: c.Name, Change: Removed})
		}
	}
	return out
}

// changedLines are the lines that one list has and the other has not.
func changedLines(old, now []string) []string {
	var out []string
	for _, l := range old {
		if !slices.Contains(now, l) {
			out = append(out, "- "+l)
		}
	}
	for _, l := range now {
		if !slices.Contains(old, l) {
			out = append(out, "+ "+l)
		}
	}
	return out
}

// aspects are all that matters of a command, a line each, in the order in which Discord keeps it too. What is left out on
// one side and empty on the other is the same. Commands of a guild have no places to be used or installed.
func aspects(c *discordgo.ApplicationCommand, global bool) []string {
	lines := []string{"description: " + c.Description}
	if c.DefaultMemberPermissions != nil {
		lines = append(lines, "for members with permissions "+strconv.FormatInt(*c.DefaultMemberPermissions, 10))
	}
	if global {
		lines = append(lines, "to be used in: "+numbers(c.Contexts), "to be installed by: "+numbers(c.IntegrationTypes))
	}
	return append(lines, optionAspects("", c.Options)...)
}

func numbers[T cmp.Ordered](list *[]T) string {
	if list == nil {
		return ""
	}
	sorted := slices.Sorted(slices.Values(*list))
	return strings.Trim(fmt.Sprint(sorted), "[]")
}

func optionAspects(of string, options []*discordgo.ApplicationCommandOption) []string {
	var lines []string
	for i, o := range options {
		if o == nil {
			continue
		}
		words := []string{fmt.Sprintf("%s%s: %d. %s, %s", of, o.Name, i+1, o.Type, o.Description)}
		if o.Required {
			words = append(words, "required")
		}
		if o.Autocomplete {
			words = append(words, "suggested")
		}
		if o.MinValue != nil || o.MaxValue != 0 {
			least := 0.0
			if o.MinValue != nil {
				least = *o.MinValue
			}
			words = append(words, fmt.Sprintf("from %g to %g", least, o.MaxValue))
		}
		if len(o.ChannelTypes) > 0 {
			words = append(words, "channels of types "+numbers(&o.ChannelTypes))
		}
		if o.MaxLength > 0 {
			words = append(words, fmt.Sprintf("at most %d characters", o.MaxLength))
		}
		for _, c := range o.Choices {
			words = append(words, fmt.Sprintf("%s = %v", c.Name, c.Value))
		}
		lines = append(lines, strings.Join(words, ", "))
		lines = append(lines, optionAspects(of+o.Name+" ", o.Options)...)
	}
	return lines
}
