package install

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Forget drops the installation of a workspace or, when team is empty, the one of a whole organization. It is for the events
// app_uninstalled and, when it names bot tokens, tokens_revoked, which come in any order and more than once:
// https://docs.slack.dev/reference/events/app_uninstalled. It is no error that there is nothing to forget.
//
// sent is the event's event_time. What was installed after it stays: an event may come late. Zero means now, for a token
// that Slack has just called revoked. An organization's installation stays when one of its workspaces is named, as it should
// when only that one is gone (team_access_revoked).
//
// An installation that does not open, for lack of its key, is dropped.
func (i *Installs) Forget(ctx context.Context, team, enterprise string, sent time.Time) error {
	key := team
	if key == "" {
		key = enterprise
	}
	if !isID(key, "TE") {
		return nil
	}
	unlock, err := i.locks.lock(ctx, key)
	if err != nil {
		return err
	}
	defer unlock()
	i.cache.drop(key)
	sealed, err := i.store.LoadInstall(ctx, key)
	if errors.Is(err, ErrNotFound) {
		i.spent.drop(key)
		return nil
	}
	if err != nil {
		return fmt.Errorf("the installation of %s cannot be read: %w", key, err)
	}
	inst, _, err := i.sealer.open(key, sealed)
	if err == nil && !sent.IsZero() && inst.At.After(sent) {
		i.log.Info("the Slack app was installed again since it was removed", "key", key)
		return nil
	}
	i.spent.drop(key)
	if err := i.store.DeleteInstall(ctx, key); err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("the installation of %s cannot be removed: %w", key, err)
	}
	i.log.Info("the Slack app was removed", "key", key)
	return nil
}
