//go:build !linux

package storetest

import (
	"errors"
	"os"
	"os/exec"
)

// account is the user PostgreSQL runs as: who runs the tests.
type account struct{}

func unprivileged() (*account, error) {
	if os.Getuid() == 0 {
		return nil, errors.New("PostgreSQL does not run as root")
	}
	return nil, nil
}

func (a *account) own(string) error     { return nil }
func (a *account) become(cmd *exec.Cmd) {}
