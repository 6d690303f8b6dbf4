//go:build unix

package scheduletest

import (
	"os"
	"syscall"
)

// stand stops a process, as a machine does that has too much to do, or is suspended.
func stand(p *os.Process) error { return p.Signal(syscall.SIGSTOP) }

// goOn has it go on.
func goOn(p *os.Process) error { return p.Signal(syscall.SIGCONT) }
