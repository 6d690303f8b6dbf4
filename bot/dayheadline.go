package bot

import "github.com/whowon-bot/whowon/facts"

// DayHeadline is an event in one line, without its source: "1974: 46th Academy Awards, Best Picture: The Sting won".
func DayHeadline(e facts.Event) Line {
	return append(L(yearWord(e.Year)+": "), clipLine(eventWords(e), maxWords)...)
}
