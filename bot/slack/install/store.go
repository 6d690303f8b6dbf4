package install

import (
	"bytes"
	"context"
	"errors"
)

// Store keeps sealed installations by key: a workspace, "T…", or for one in a whole organization that, "E…". It never sees a
// token.
type Store interface {
	// LoadInstall gives what was saved last. Its error is ErrNotFound when there is nothing.
	LoadInstall(ctx context.Context, key string) (sealed []byte, err error)
	// SaveInstall keeps sealed, in place of what was there.
	SaveInstall(ctx context.Context, key string, sealed []byte) error
	// DeleteInstall removes it. It is no error that there is nothing.
	DeleteInstall(ctx context.Context, key string) error
	// ListInstalls lists all keys.
	ListInstalls(ctx context.Context) ([]string, error)
}

// Swapper is what a Store may have besides, for several processes to share it without any risk. Without it the store is read
// once more just before it is written.
type Swapper interface {
	// SwapInstall keeps sealed if what is there is exactly was, and reports whether it did.
	SwapInstall(ctx context.Context, key string, was, sealed []byte) (swapped bool, err error)
}

var (
	// ErrNotFound is a Store's: there is nothing under that key.
	ErrNotFound = errors.New("no such installation")
	// ErrNotInstalled is that the app is not in that workspace, or no more.
	ErrNotInstalled = errors.New("the app is not installed in this Slack workspace")
	// ErrReinstall is that Slack takes the tokens no more: somebody of the workspace has to install the app again.
	ErrReinstall = errors.New("the tokens of this installation are good no more; the app has to be installed there again")
	// ErrOtherKey is that an installation was sealed with a key that is not among the Keys.
	ErrOtherKey = errors.New("sealed with another key")
	// ErrDamaged is that a sealed installation does not open: it was changed, cut off, or moved to another workspace.
	ErrDamaged = errors.New("the sealed installation is damaged or belongs to another workspace; " +
		"restore it or install the app there again")
)

// swap saves sealed in place of was, and reports false when something else is there by now, or nothing.
func (i *Installs) swap(ctx context.Context, key string, was, sealed []byte) (bool, error) {
	if s, ok := i.store.(Swapper); ok {
		return s.SwapInstall(ctx, key, was, sealed)
	}
	is, err := i.store.LoadInstall(ctx, key)
	switch {
	case errors.Is(err, ErrNotFound) || err == nil && !bytes.Equal(is, was):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, i.store.SaveInstall(ctx, key, sealed)
}
