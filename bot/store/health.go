package store

import (
	"context"
	"fmt"
	"time"
)

// Health is how a database is.
type Health struct {
	Schema int64         // the version of its schema
	Skew   time.Duration // how far its clock is ahead of this machine's; 0 of a file
}

// Health looks at the database, and tries that it can be written to. Nothing is changed.
func (s *Store) Health(ctx context.Context) (Health, error) {
	h, err := s.health(ctx)
	return h, s.failed("looking at the database", err)
}

func (s *Store) health(ctx context.Context) (h Health, err error) {
	if err := s.reader().QueryRowContext(ctx, "SELECT max(version_id) FROM goose_db_version").Scan(&h.Schema); err != nil {
		return h, fmt.Errorf("reading the schema's version: %w", err)
	}
	began := time.Now()
	var at int64
	if err := s.reader().QueryRowContext(ctx, "SELECT "+s.clock()).Scan(&at); err != nil {
		return h, fmt.Errorf("reading the clock: %w", err)
	}
	took := time.Since(began)
	if s.shared() != "" { // a server, with a clock of its own, which was read half-way through
		h.Skew = time.UnixMicro(at).Sub(began.Add(took / 2))
	}
	tx, err := s.writer().BeginTx(ctx, nil)
	if err != nil {
		return h, fmt.Errorf("writing: %w", err)
	}
	defer tx.Rollback() //nolint:errcheck // it is only tried
	const write = "INSERT INTO settings (platform, guild, channel, key, value) VALUES ('', '', '', '', '')"
	if _, err := tx.ExecContext(ctx, write); err != nil {
		return h, fmt.Errorf("writing: %w", err)
	}
	return h, nil
}
