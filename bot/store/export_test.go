package store

import (
	"context"
	"fmt"
)

// Pragma is a pragma of the writer of SQLite, or the error.
func Pragma(ctx context.Context, s *Store, name string) (v string) {
	if err := s.writer().QueryRowContext(ctx, "PRAGMA "+name).Scan(&v); err != nil {
		return err.Error()
	}
	return v
}

// Limit lets a SQLite file grow to a number of pages; beyond it the disk is full.
func Limit(ctx context.Context, s *Store, pages int) {
	if got := Pragma(ctx, s, fmt.Sprintf("max_page_count = %d", pages)); got == "" {
		panic("no answer")
	}
}
