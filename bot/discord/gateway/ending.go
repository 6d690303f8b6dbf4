package gateway

import (
	"errors"
	"fmt"

	"github.com/coder/websocket"
)

// FatalError is why a shard cannot run, and how to mend it. Trying again with the same settings is of no use.
type FatalError struct {
	Code int // the close code of the gateway
}

// Error says what is wrong and how to mend it, for the person who runs the bot.
func (e *FatalError) Error() string {
	return fmt.Sprintf("discord closed the connection with code %d: %s", e.Code, fatalCodes[e.Code])
}

// fatalCodes are the codes after which not to connect again, and what to do about each.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
var fatalCodes = map[int]string{
	4004: "the bot token is wrong, or was reset. Copy a new one from https://discord.com/developers/applications, " +
		"Bot → Reset Token, and set discord.token",
	4010: "the shard does not exist. Set discord.shards so that every shard is below their number, or remove it",
	4011: "the bot is in too many servers for so few shards. Set discord.shards to a higher number, or remove it to use the " +
		"number that Discord advises",
	4012: "this version of the gateway is no longer served. Update the bot",
	4013: "the intents are not valid. Update the bot",
	4014: "the Message Content intent is not enabled for the application. Switch it on at " +
		"https://discord.com/developers/applications, Bot → Privileged Gateway Intents, or set discord.message_content: false",
}

// Why a shard ends a connection by itself.
var (
	errReconnect = errors.New("the gateway asked for a new connection (op 7)")
	errZombie    = errors.New("a heartbeat was not acknowledged before the next was due")
	errNoHello   = errors.New("no HELLO came")
	errNoLogin   = errors.New("neither READY nor RESUMED came")
	errDone      = errors.New("the connection is over")
)

// invalidError is op 9.
type invalidError struct{ resumable bool }

func (e invalidError) Error() string {
	if e.resumable {
		return "the gateway took the session back, it may be resumed (op 9)"
	}
	return "the gateway has ended the session (op 9)"
}

// fatalOf is the reason in err not to try again, or nil.
func fatalOf(err error) *FatalError {
	var fatal *FatalError
	if errors.As(err, &fatal) {
		return fatal
	}
	if code := int(websocket.CloseStatus(err)); fatalCodes[code] != "" {
		return &FatalError{Code: code}
	}
	return nil
}

// sessionIsOver reports whether a connection ended in a way after which its session cannot be resumed. All others are worth
// a RESUME, which costs nothing.
func sessionIsOver(err error) bool {
	var invalid invalidError
	if errors.As(err, &invalid) {
		return !invalid.resumable
	}
	switch websocket.CloseStatus(err) {
	case 4003, 4007, 4009: // not authenticated, invalid sequence, session timed out
		return true
	}
	return false
}
