package schedule

import (
	"regexp"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/schedule/plan"
)

// wanted is what a moderator has said of a subscription; what was left out is zero.
type wanted struct {
	channel string
	at      string
	zone    string
	days    string
	topics  []string // what was typed
	catchup string
	cron    string
}

// maxArgs is how much of what was typed is read, in runes.
const maxArgs = 500

var (
	named  = regexp.MustCompile(`(?i)(?:^|\s)(in|at|time|zone|on|days|about|topics|catchup|catch-up|cron)=`)
	clocky = regexp.MustCompile(`(?i)^\d{1,2}([:.h]\d{0,2})?(am|pm|h)?$`)
)

// readWanted reads what stands behind "/schedule anniversaries": fields as in "at=9:00", or words that say by themselves
// what they are: "9:00 Europe/Berlin weekdays oscars".
func readWanted(args string, guild bot.Guild) wanted {
	args = bot.Clip(args, maxArgs)
	var w wanted
	places := named.FindAllStringSubmatchIndex(args, -1)
	free := args
	if len(places) > 0 {
		free = args[:places[0][0]]
	}
	for i, at := range places {
		to := len(args)
		if i+1 < len(places) {
			to = places[i+1][0]
		}
		value := strings.ReplaceAll(args[at[1]:to], `"`, " ")
		free += " " + w.set(strings.ToLower(args[at[2]:at[3]]), strings.Fields(value))
	}
	w.readFree(strings.Fields(free), guild)
	return w
}

// set gives a field the words that belong to it, and returns those that do not.
func (w *wanted) set(field string, words []string) (rest string) {
	take := func(n int) string {
		n = min(n, len(words))
		rest = strings.Join(words[n:], " ")
		return strings.Join(words[:n], " ")
	}
	switch field {
	case "in":
		w.channel = take(1)
	case "at", "time":
		n := 1
		if len(words) > 1 && (strings.EqualFold(words[1], "am") || strings.EqualFold(words[1], "pm")) {
			n = 2
		}
		w.at = take(n)
	case "zone":
		w.zone = take(zoneWords(words))
	case "on", "days":
		w.days = take(len(words))
	case "about", "topics":
		w.topics = append(w.topics, strings.Split(take(len(words)), ",")...)
	case "catchup", "catch-up":
		w.catchup = strings.ToLower(take(1))
	case "cron":
		w.cron = take(cronFields)
	}
	return rest
}

const cronFields = 5

// zoneWords is how many words name a time zone, of those that begin a text: the most that do, or one.
func zoneWords(words []string) int {
	for n := min(4, len(words)); n > 1; n-- {
		if _, err := zoneOf(strings.Join(words[:n], " ")); err == nil {
			return n
		}
	}
	return 1
}

// zoneOf is the name of a time zone, or of the one whose city it is.
func zoneOf(typed string) (string, error) {
	zone, err := plan.Canonical(typed)
	if err == nil {
		return zone, nil
	}
	for _, z := range plan.Suggest(typed, 1) {
		city := strings.ReplaceAll(z[strings.LastIndexByte(z, '/')+1:], "_", " ")
		if strings.EqualFold(city, typed) {
			return z, nil
		}
	}
	return "", err
}

// readFree sorts words by what they look like. Those that look like nothing else are topics, the whole of them between two
// commas.
func (w *wanted) readFree(words []string, guild bot.Guild) {
	var rest []string
	for i := 0; i < len(words); i++ {
		word, lower := words[i], strings.ToLower(words[i])
		next := ""
		if i+1 < len(words) {
			next = strings.ToLower(words[i+1])
		}
		_, daysErr := plan.ParseDays(word)
		switch {
		case w.at == "" && clocky.MatchString(word) && (next == "am" || next == "pm"):
			w.at = word + next
			i++
		case w.at == "" && (clocky.MatchString(word) || lower == "noon" || lower == "midnight"):
			w.at = word
		case lower == "at" || lower == "on" || lower == "in" || lower == "every":
		case lower == "skip" || lower == "latest":
			w.catchup = lower
		case guild.ID != "" && strings.HasPrefix(word[strings.IndexByte(word, ':')+1:], guild.ID+"/"):
			w.channel = word
		case w.zone == "" && (strings.Contains(word, "/") || lower == "utc"):
			w.zone = word
		case daysErr == nil:
			w.days = strings.TrimPrefix(w.days+","+word, ",")
		default:
			rest = append(rest, word)
		}
	}
	if len(rest) > 0 {
		w.topics = append(w.topics, strings.Split(strings.Join(rest, " "), ",")...)
	}
}

// maxTopics is how many topics a subscription may have.
const maxTopics = 10

// readTopics are the keys of topics that were typed. A text that is none may be several words that are one each. bad is the
// first that is none.
func readTopics(c Content, typed []string) (keys []string, bad string) {
	seen := map[string]bool{}
	add := func(key string) {
		if !seen[key] {
			seen[key] = true
			keys = append(keys, key)
		}
	}
	for _, text := range typed {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		if key, ok := c.Topic(text); ok {
			add(key)
			continue
		}
		words := strings.Fields(text)
		for _, word := range words {
			key, ok := c.Topic(word)
			if !ok {
				if len(words) == 1 {
					return nil, text
				}
				return nil, word
			}
			add(key)
		}
	}
	return keys, ""
}
