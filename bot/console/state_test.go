package console

import (
	"fmt"
	"os"
	"testing"

	"golang.org/x/term"
)

// stateOf is the terminal's mode in a form that can be compared.
func stateOf(t *testing.T, tty *os.File) string {
	t.Helper()
	s, err := term.GetState(int(tty.Fd()))
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%v", *s)
}
