package bench

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// CPU is the processor time that a process has used so far, in all its threads, to the nanosecond. Every process has a
// clock for it, whose number the C library's clock_getcpuclockid makes in this way.
func CPU(pid int) (time.Duration, error) {
	const schedClock = 2
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^pid<<3|schedClock), &t); err != nil {
		return 0, fmt.Errorf("the processor time of process %d: %w", pid, err)
	}
	return time.Duration(t.Nano()), nil
}

// RSS is the resident memory of a process in bytes, and how much of it is its own: the rest are pages of files, such as the
// program and the facts in it, which the system may take back.
func RSS(pid int) (all, own int64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, 0, err
	}
	for name, to := range map[string]*int64{"VmRSS:": &all, "RssAnon:": &own} {
		_, after, _ := bytes.Cut(status, []byte(name))
		kib, _, found := bytes.Cut(after, []byte(" kB"))
		n, err := strconv.ParseInt(string(bytes.TrimSpace(kib)), 10, 64)
		if !found || err != nil {
			return 0, 0, fmt.Errorf("process %d does not tell its memory", pid)
		}
		*to = n << 10
	}
	return all, own, nil
}

// apart keeps a signal from the terminal away from a child, which is ended by us, also where we are killed.
func apart() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
}
