//go:build linux || darwin

package main

import "syscall"

// freeDisk is how many bytes this user may still write in a folder, and whether that is known.
func freeDisk(dir string) (int64, bool) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(dir, &st); err != nil {
		return 0, false
	}
	return int64(st.Bavail) * int64(st.Bsize), true //nolint:gosec,unconvert // types differ between systems
}
