package slacktest

import "github.com/whowon-bot/whowon/bot/slack/slacktest/check"

// Text is a message as its reader sees it.
func Text(m Message) string { return check.Text(m.Text, m.Blocks) }

// Buttons are what a message has to press or to choose from, in order.
func Buttons(m Message) []check.Button { return check.Buttons(m.Blocks) }

// ViewText is a modal or home tab as its reader sees it, without its title.
func ViewText(v View) string { return check.Text("", v.Blocks) }

// ViewButtons are what the blocks of a view have to press, to choose from or to fill in, in order.
func ViewButtons(v View) []check.Button { return check.Buttons(v.Blocks) }
