package trivia

import (
	"fmt"
	"time"
)

// Mode is a kind of round by the name players know. What it means is in the Rules that Preset gives.
type Mode string

// The modes.
const (
	Quick     Mode = "quick"     // one question
	Classic   Mode = "classic"   // a number of questions
	Race      Mode = "race"      // the first right answer takes the points
	FirstTo   Mode = "first-to"  // until somebody has so many points, or right answers
	Endless   Mode = "endless"   // until nobody answers any more
	Everybody Mode = "everybody" // everybody answers, and nobody is told before the reveal
	Hardcore  Mode = "hardcore"  // no hints, one try
)

// Style is how answers to one question are treated.
type Style string

// The styles.
const (
	Shared  Style = "shared"  // all who are right within the shared window score
	First   Style = "first"   // only the first right answer scores; a button can be pressed once
	Secret  Style = "secret"  // the last answer of each player counts; nobody is told before the reveal
	OneShot Style = "oneshot" // one try each, no hints
)

// The limits of rules.
const (
	MinTime       = 10 * time.Second
	MaxTime       = 300 * time.Second
	MaxQuestions  = 100
	MaxSpeedBonus = 20 // percent
	maxPause      = 60 * time.Second
	maxTarget     = 1_000_000
)

// Rules are the settings of a round. The zero value of a field is not its default: start from Preset.
type Rules struct {
	Mode  Mode  `json:"mode"`
	Style Style `json:"style"`

	Questions    int `json:"questions,omitempty"`     // how many; 0: until a target is reached or nobody answers any more
	TargetPoints int `json:"target_points,omitempty"` // ends when somebody has so many points
	TargetRight  int `json:"target_right,omitempty"`  // ends when somebody has so many right answers

	Typed bool `json:"typed,omitempty"` // answers are typed, except to questions that make no sense without options
	Hints bool `json:"hints,omitempty"` // at 1/2 and 3/4 of the time, for typed answers
	Alone bool `json:"alone,omitempty"` // only the starter can be there (a DM, a terminal): nobody else is waited for
	Early bool `json:"early,omitempty"` // a question closes when all who took part in the last ones have answered

	Time   time.Duration `json:"time"`   // per question, MinTime to MaxTime; twice that in a relaxed round
	Pause  time.Duration `json:"pause"`  // between questions, up to a minute
	Window time.Duration `json:"window"` // after the first right answer, by the platform's timestamps
	Settle time.Duration `json:"settle"` // waited after the window for messages that are still on their way
	Rate   time.Duration `json:"rate"`   // the least time between two typed answers of a player

	Penalty    int `json:"penalty,omitempty"`     // points a wrong answer costs, once per question; 0 is usual
	SpeedBonus int `json:"speed_bonus,omitempty"` // percent of the points, at most MaxSpeedBonus, less with time
	IdleStop   int `json:"idle_stop"`             // ends after so many questions in a row without any answer
	Streak     int `json:"streak"`                // right answers in a row that are worth a word
}

// Preset are the rules of a mode with the defaults that players know. An unknown mode is Classic.
func Preset(m Mode) Rules {
	r := Rules{
		Mode: m, Style: Shared, Questions: 10, Hints: true, Early: true,
		Time: 30 * time.Second, Pause: 5 * time.Second,
		Window: 2 * time.Second, Settle: 300 * time.Millisecond, Rate: 2 * time.Second,
		IdleStop: 3, Streak: 3,
	}
	switch m {
	case Quick:
		r.Questions = 1
	case Race:
		r.Style = First
	case FirstTo:
		r.Questions, r.TargetRight = 0, 10
	case Endless:
		r.Questions = 0
	case Everybody:
		r.Style = Secret
	case Hardcore:
		r.Style, r.Hints = OneShot, false
	default:
		r.Mode = Classic
	}
	return r
}

// Relaxed are the same rules with twice the time per question.
func (r Rules) Relaxed() Rules {
	r.Time *= 2
	return r
}

// Check says which setting is out of its limits.
func (r Rules) Check() error {
	switch r.Style {
	case Shared, First, Secret, OneShot:
	default:
		return fmt.Errorf("style %q is not known: use %s, %s, %s or %s", r.Style, Shared, First, Secret, OneShot)
	}
	for _, s := range []struct {
		name       string
		value      int
		least, max int
	}{
		{"questions", r.Questions, 0, MaxQuestions},
		{"target_points", r.TargetPoints, 0, maxTarget},
		{"target_right", r.TargetRight, 0, maxTarget},
		{"penalty", r.Penalty, 0, Hard.Points()},
		{"speed_bonus", r.SpeedBonus, 0, MaxSpeedBonus},
		{"idle_stop", r.IdleStop, 1, MaxQuestions},
		{"streak", r.Streak, 2, MaxQuestions},
	} {
		if s.value < s.least || s.value > s.max {
			return fmt.Errorf("%s is %d: use %d to %d", s.name, s.value, s.least, s.max)
		}
	}
	for _, s := range []struct {
		name       string
		value      time.Duration
		least, max time.Duration
	}{
		{"time", r.Time, MinTime, 2 * MaxTime},
		{"pause", r.Pause, 0, maxPause},
		{"window", r.Window, 0, MinTime},
		{"settle", r.Settle, 0, MinTime},
		{"rate", r.Rate, 0, MinTime},
	} {
		if s.value < s.least || s.value > s.max {
			return fmt.Errorf("%s is %v: use %v to %v", s.name, s.value, s.least, s.max)
		}
	}
	return nil
}

// oneTry reports whether a second answer of a player does not count.
func (r *Rules) oneTry(typed bool) bool {
	return r.Style == OneShot || r.Style == First && !typed
}
