//go:build !unix

package scheduletest

import (
	"errors"
	"os"
)

func stand(*os.Process) error { return errors.ErrUnsupported }

func goOn(*os.Process) error { return errors.ErrUnsupported }
