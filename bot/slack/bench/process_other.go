//go:build !linux

package bench

import (
	"errors"
	"syscall"
	"time"
)

var errLinux = errors.New("the processor time of other processes is read on Linux only")

// CPU is for Linux.
func CPU(int) (time.Duration, error) { return 0, errLinux }

// RSS is for Linux.
func RSS(int) (all, own int64, err error) { return 0, 0, errLinux }

func apart() *syscall.SysProcAttr { return nil }
