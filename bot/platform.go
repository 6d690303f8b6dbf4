package bot

import (
	"context"
	"errors"
	"time"
)

// Platform is a place people chat in. An adapter escapes every span of a view for its platform, keeps to the
// platform's limits, and acknowledges what arrives in time; it does not decide what is answered.
type Platform interface {
	// Info says what the platform can do. It does not change while the program runs.
	Info() Info
	// Run receives until ctx is done or the input has ended (a nil error), handing everything to deliver in the order of
	// arrival. What Run started is over when it returns. It returns an error for what no waiting mends, such as a wrong token;
	// all else it waits for.
	Run(ctx context.Context, deliver Deliver) error
	// Send shows a view. A key that was sent before is not shown twice where the platform can tell; "" is no key.
	Send(ctx context.Context, to Target, v View, key string) (MessageRef, error)
	// Edit replaces a message sent before, or returns ErrUnsupported.
	Edit(ctx context.Context, ref MessageRef, v View) error
}

// PlatformError is why a platform cannot be served: something about how it is set up, that no waiting mends.
type PlatformError struct {
	Platform string
	Err      error
}

// Error implements error.
func (e *PlatformError) Error() string { return e.Platform + ": " + e.Err.Error() }

// Unwrap is what the platform's Run returned.
func (e *PlatformError) Unwrap() error { return e.Err }

// ErrUnsupported is returned for what a platform's Info says it cannot do.
var ErrUnsupported = errors.New("not supported on this platform")

// ErrForbidden is returned for what the platform does not let us do, now or later: a permission is missing, or the channel
// is gone.
var ErrForbidden = errors.New("the platform does not allow it")

// Forbidden is an ErrForbidden that can be mended by who runs the channel or the community. Mend tells them how, in a
// sentence or two.
type Forbidden struct {
	Mend string
	Err  error
}

// Error implements error.
func (f *Forbidden) Error() string { return ErrForbidden.Error() + ": " + f.Err.Error() }

// Unwrap gives what the platform said.
func (f *Forbidden) Unwrap() error { return f.Err }

// Is reports whether it is asked for ErrForbidden.
func (f *Forbidden) Is(err error) bool { return err == ErrForbidden }

// ErrUnsure is in the chain of an error of Send that leaves open whether the view was shown: the request was on its way, and
// no answer came. Without it, the view was not shown.
var ErrUnsure = errors.New("it is not known whether it was shown")

// ErrBusy is returned by a Deliver whose channel has too much waiting, or that is closing down.
var ErrBusy = errors.New("too much is waiting in this channel")

// Info is what a platform can do, as data: nothing in this package asks which platform it is.
type Info struct {
	Name      string // discord, slack, console, web; part of the channel's identity
	ReadsText bool   // sees ordinary messages, not only commands
	Private   bool   // can show a view to one user only
	Edits     bool   // can edit what it sent
	Buttons   bool   // shows the buttons of a view
	Inputs    bool   // can ask for a text when a button is pressed
	MaxRunes  int    // of one message; 0 is no limit
	// Once is how long after a key was sent first it is certain not to be shown twice, also after a restart; 0 is never.
	Once time.Duration
}

// UserID identifies a user on a platform.
type UserID string

// User is who did something. Name is as the platform shows it, and hostile.
type User struct {
	ID   UserID
	Name string
}

// Channel is a place of conversation; everything about one is done in its lane.
type Channel struct{ Platform, ID string }

// Target is where a view goes: a channel, and in it the command it answers. Reply is the adapter's own and opaque.
type Target struct {
	Channel Channel
	Reply   string
	// About is the message that the view is a consequence of, as in MessageRef.ID: a platform with threads shows it there. ""
	// is none.
	About string
	// Tried is when the view may have been shown first, under the same key; zero is never. A platform that can tell whether it
	// was does, so that it is not shown twice; where it cannot, against what Info.Once says, Send returns ErrUnsure.
	Tried time.Time
	// Patient says that nobody waits for the view: what somebody waits for goes before it.
	Patient bool
}

// MessageRef names a message that was sent. ID is the adapter's own and opaque.
type MessageRef struct {
	Channel Channel
	ID      string
}

// ErrSeen is returned by a Deliver that was handed the same ID before.
var ErrSeen = errors.New("it was delivered before")

// Deliver takes what arrived and returns at once: nil, or ErrBusy or ErrSeen when it was not taken.
type Deliver func(Inbound) error

// Inbound is one thing a user did: one of Command, Press, Text and Joined is set.
type Inbound struct {
	ID        string    // the platform's own; a second delivery of the same ID is not taken; "" is never a duplicate
	At        time.Time // the platform's timestamp
	Arrived   time.Time // when the bot was handed it, by the bot's clock; set by the bot
	Order     uint64    // orders what has the same timestamp, where the platform's IDs do
	From      User
	Moderator bool   // may run other people's games and the community's settings
	Guild     Guild  // where the channel belongs
	To        Target // where the answer goes
	Command   *Command
	Press     *Press
	Text      string // an ordinary message, hostile
	Direct    bool   // Text is meant for the bot: a direct message, a mention, a terminal
	Public    bool   // what answers it cannot be private, even where the platform can show a view to one user
	// CannotPost is why the bot can show nothing of its own in the channel, beside the reply, and how to mend it: a sentence
	// or two. "" where it can.
	CannotPost string
	Joined     bool // the bot was added to the guild; To is where it may say hello
	// Learn asks the platform for what it did not tell: whether From is a moderator, and a better name of theirs. It may take
	// a request, so it is called once somebody has to know, by Known; nil where there is nothing to ask.
	Learn func(ctx context.Context, in *Inbound)
	Done  func() // called once when handling of what was taken is over, however it went; nil is fine
}

// Known is the delivery with all that the platform knows of who did it.
func (in Inbound) Known(ctx context.Context) Inbound {
	if in.Learn != nil {
		in.Learn(ctx, &in)
		in.Learn = nil
	}
	return in
}

// Press is a button that was pressed.
type Press struct {
	State   string     // of the Button
	Text    string     // what was typed, of a button that asks for a text; hostile
	Message MessageRef // that the button is on
}

// Command is a slash command: "/whowon best picture 2025" is {"whowon", "best picture 2025"}.
type Command struct{ Name, Args string }
