package store

import (
	"context"
	"fmt"
	"time"

	"github.com/whowon-bot/whowon/bot"
)

// Terms begin at the time in microseconds and grow by one with each change of holder, so that a row that was purged, and is
// there again days later, begins above all terms before. What is given back is over, and stays for its term.
const (
	acquireLease = `INSERT INTO leases (name, holder, term, until) VALUES ($1, $2, %[1]s, %[1]s + $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, term = leases.term +
			CASE WHEN leases.holder = excluded.holder AND leases.until > %[1]s THEN 0 ELSE 1 END
		WHERE leases.until <= %[1]s OR leases.holder = excluded.holder`
	renewLease   = `UPDATE leases SET until = %s + $4 WHERE name = $1 AND holder = $2 AND term = $3`
	holdLease    = `UPDATE leases SET term = $3 WHERE name = $1 AND holder = $2 AND term = $3`
	releaseLease = `UPDATE leases SET holder = '', until = %s WHERE name = $1 AND holder = $2 AND term = $3`
	selectLeases = `SELECT name, holder, term, until FROM leases `
)

// AcquireLease takes a lease that nobody holds, or renews one's own, for life from now. It returns bot.ErrConflict while
// somebody else holds it.
func (s *Store) AcquireLease(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, error) {
	doing := "taking the lease " + name
	_, err := s.write(ctx, doing, must(fmt.Sprintf(acquireLease, s.clock()), name, holder, life.Microseconds()))
	if err != nil {
		return bot.Lease{}, err
	}
	l, err := one(ctx, s, s.writer(), doing, scanLease, selectLeases+`WHERE name = $1 AND holder = $2`, name, holder)
	if err != nil {
		return bot.Lease{}, err
	}
	return l, nil
}

// RenewLeases renews leases for life from now, all in one transaction, and returns those that are still their holder's. One
// that is over is renewed as long as nobody else has taken it.
func (s *Store) RenewLeases(ctx context.Context, life time.Duration, leases ...bot.Lease) ([]bot.Lease, error) {
	var kept []bot.Lease
	n, err := s.eachLease(ctx, "renewing leases", fmt.Sprintf(renewLease, s.clock()), leases, life.Microseconds())
	for i, changed := range n {
		if changed == 1 {
			kept = append(kept, leases[i])
		}
	}
	return kept, err
}

// ReleaseLeases gives leases back, so that others can take them at once. Those that are lost already stay as they are.
func (s *Store) ReleaseLeases(ctx context.Context, leases ...bot.Lease) error {
	_, err := s.eachLease(ctx, "giving leases back", fmt.Sprintf(releaseLease, s.clock()), leases)
	return err
}

func (s *Store) eachLease(ctx context.Context, doing, query string, leases []bot.Lease, more ...any) ([]int64, error) {
	if len(leases) == 0 {
		return nil, nil
	}
	all := make([]statement, len(leases))
	for i, l := range leases {
		all[i] = do(query, append([]any{l.Name, l.Holder, l.Term}, more...)...)
	}
	n, err := s.write(ctx, doing, all...)
	if err != nil {
		return nil, err
	}
	return n, nil
}

// Leases are those that are held now, whose name begins with prefix, by name.
func (s *Store) Leases(ctx context.Context, prefix string) ([]bot.Lease, error) {
	return list(ctx, s, "listing leases", scanLease, selectLeases+`WHERE substr(name, 1, length($1)) = $1 AND until > `+
		s.clock()+` ORDER BY name`, prefix)
}

func scanLease(row scanner) (l bot.Lease, err error) {
	var until int64
	err = row.Scan(&l.Name, &l.Holder, &l.Term, &until)
	l.Until = when(until)
	return l, err
}

// SetHeld is Set by the holder of a lease. Where the lease is somebody else's by now, nothing is kept, and the error is a
// bot.ErrConflict.
func (s *Store) SetHeld(ctx context.Context, l bot.Lease, st bot.Setting) error {
	_, err := s.write(ctx, "keeping the setting "+st.Key+" under a lease",
		must(holdLease, l.Name, l.Holder, l.Term), setting(st))
	return err
}

// TakeDelivery takes a delivery on, and reports false where it was taken before, by any replica.
func (s *Store) TakeDelivery(ctx context.Context, id string) (bool, error) {
	n, err := s.write(ctx, "taking a delivery", do(`INSERT INTO deliveries (id, at) VALUES ($1, `+s.clock()+`)
		ON CONFLICT (id) DO NOTHING`, id))
	return err == nil && n[0] == 1, err
}
