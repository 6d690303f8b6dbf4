package install

import (
	"fmt"
	"io"
	"log/slog"
)

// Secret is a text that is never shown by accident: printed, logged or encoded it is "…". Reveal gives it. The zero Secret
// is empty. Two with the same text need not be equal by ==.
type Secret struct {
	// text is behind a pointer because fmt reads fields that are not exported without asking the type.
	text *string
}

const hidden = "…"

// NewSecret keeps a text secret.
func NewSecret(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{&text}
}

// Reveal is the text itself, for the request or the file that needs it.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// String is not the text.
func (s Secret) String() string { return hidden }

// GoString is not the text.
func (s Secret) GoString() string { return hidden }

// Format writes the same for every verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// LogValue is not the text.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText gives encoders something else than the text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// MarshalJSON gives encoders something else than the text.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }
