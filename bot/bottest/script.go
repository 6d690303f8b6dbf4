package bottest

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/whowon-bot/whowon/bot"
)

// Setup is what the comment of a transcript says, a line for each; other lines are for the reader.
//
//	at 2026-11-22        the date it begins, at noon UTC
//	public               a channel of many: messages are not meant for the bot, and private replies are marked "(to ada)"
//	moderators ada bob
//	name eve @everyone   how the platform shows eve
//	without edits private buttons reading
type Setup struct {
	At     time.Time
	Public bool
	Info   bot.Info // what the medium of this package can do
	// Spoken says that texts are messages that anybody may write and everybody sees, as on a chat platform: their writers
	// have no rights of moderators, and replies to them are never private.
	Spoken bool

	// ID is a user's on the platform, by the name in the transcript; the name itself when nil.
	ID func(name string) bot.UserID

	moderators []string
	names      map[string]string
	packs      []txtar.File
}

func readSetup(comment string) (Setup, error) {
	s := Setup{At: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC), names: map[string]string{},
		Info: bot.Info{Name: platformName, ReadsText: true, Private: true, Edits: true, Buttons: true}}
	for line := range strings.Lines(comment) {
		word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		switch word {
		case "at":
			t, err := time.Parse("2006-01-02", rest)
			if err != nil {
				return s, err
			}
			s.At = t.Add(12 * time.Hour)
		case "public":
			s.Public = true
		case "moderators":
			s.moderators = strings.Fields(rest)
		case "name":
			user, name, _ := strings.Cut(rest, " ")
			s.names[user] = unescape(name)
		case "without":
			for _, can := range strings.Fields(rest) {
				switch can {
				case "edits":
					s.Info.Edits = false
				case "private":
					s.Info.Private = false
				case "buttons":
					s.Info.Buttons = false
				case "reading":
					s.Info.ReadsText = false
				default:
					return s, fmt.Errorf("without %q: want edits, private, buttons or reading", can)
				}
			}
		}
	}
	return s, nil
}

// User is who does something in a transcript.
func (s Setup) User(id string) bot.User {
	u := bot.User{ID: bot.UserID(id), Name: id}
	if s.ID != nil {
		u.ID = s.ID(id)
	}
	if name, ok := s.names[id]; ok {
		u.Name = name
	}
	return u
}

// Named is what is typed with the ID in the place of a last word such as @bob, a user's name in the transcript.
func (s Setup) Named(text string) string {
	return userName.ReplaceAllStringFunc(text, func(word string) string { return " " + string(s.User(word[2:]).ID) })
}

var userName = regexp.MustCompile(` @[a-z]+\d*$`)

// Moderator reports whether a user of a transcript is one.
func (s Setup) Moderator(id string) bool { return slices.Contains(s.moderators, id) }

// Step is what somebody types or presses.
type Step struct {
	User, Channel string        // Channel is "" or as in "#films"
	Text          string        // "[B]" presses a button
	Ago           time.Duration // before it arrived, by the platform's clock
}

// step is one of: somebody does something, time passes, the program is started again.
type step struct {
	Step
	line    string // as written
	wait    time.Duration
	restart bool
}

var (
	typedStep = regexp.MustCompile(`^([a-z]+\d*)(#[a-z]+)?(@-[0-9.]+s)?> (.*)$`)
	otherStep = regexp.MustCompile(`^(wait|restart)(?: (\d[0-9.hms]*))?$`)
)

// readSteps finds the steps among what was shown.
func readSteps(transcript string) ([]step, error) {
	var steps []step
	for line := range strings.Lines(transcript) {
		line = strings.TrimRight(line, "\n")
		if m := typedStep.FindStringSubmatch(line); m != nil {
			s := step{line: line, Step: Step{User: m[1], Channel: m[2], Text: unescape(m[4])}}
			if m[3] != "" {
				d, err := time.ParseDuration(m[3][2:])
				if err != nil {
					return nil, fmt.Errorf("%q: %w", line, err)
				}
				s.Ago = d
			}
			steps = append(steps, s)
		}
		if m := otherStep.FindStringSubmatch(line); m != nil {
			s := step{line: line, restart: m[1] == "restart"}
			if m[2] != "" {
				d, err := time.ParseDuration(m[2])
				if err != nil {
					return nil, fmt.Errorf("%q: %w", line, err)
				}
				s.wait = d
			}
			steps = append(steps, s)
		}
	}
	return steps, nil
}

var escape = regexp.MustCompile(`\\(x[0-9a-f]{2}|u[0-9a-f]{4}|rep\([^()]*,\d+\))`)

func unescape(s string) string {
	return escape.ReplaceAllStringFunc(s, func(m string) string {
		if rep, ok := strings.CutPrefix(m, `\rep(`); ok {
			i := strings.LastIndexByte(rep, ',')
			n, err := strconv.Atoi(strings.TrimSuffix(rep[i+1:], ")"))
			if err != nil || n > 100_000 {
				return m
			}
			return strings.Repeat(rep[:i], n)
		}
		r, err := strconv.ParseUint(m[2:], 16, 32)
		if err != nil {
			return m
		}
		return string(rune(r))
	})
}
