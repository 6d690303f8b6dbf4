package install

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Where Slack is.
const (
	DefaultAuthorizeURL = "https://slack.com/oauth/v2/authorize"
	DefaultAPIURL       = "https://slack.com/api/"
)

// Options are what Installs are made of. Without a comment of its own, a field is required.
type Options struct {
	Store Store
	Keys  Keys

	ClientID     string
	ClientSecret Secret
	// AppID is the app's. Installations of another one are refused when it is known; optional.
	AppID string
	// Scopes are asked of every workspace. OptionalScopes are those that whoever installs may leave out; they have to be
	// in bot_optional of the app's manifest, too: https://docs.slack.dev/changelog/2026/03/16/optional-scopes. Optional.
	Scopes, OptionalScopes []string
	// RedirectURL is where the handler's /slack/oauth_redirect is reached from outside, as it is set in the app.
	RedirectURL string
	// FirstCommand is what the page after an installation tells people to type, as in "/help"; optional.
	FirstCommand string

	AuthorizeURL string           // DefaultAuthorizeURL when empty
	APIURL       string           // DefaultAPIURL when empty
	HTTPClient   *http.Client     // one with a timeout of 20 seconds when nil; redirects are never followed
	Now          func() time.Time // time.Now when nil
	Log          *slog.Logger     // nothing is logged when nil
	// Installed is called after an installation was saved, before the page is shown: it should not take long. Optional.
	Installed func(context.Context, Installation)
}

// Installs are the app's installations. They may be used by many at once.
type Installs struct {
	o      Options
	store  Store
	sealer *sealer
	states *states
	slack  *api
	now    func() time.Time
	log    *slog.Logger
	cache  *cache
	locks  *locks
	spent  *pendings
}

// New makes Installs. Its errors say which option is wrong and how to mend it.
func New(o Options) (*Installs, error) {
	s, err := newSealer(o.Keys)
	if err != nil {
		return nil, err
	}
	if o.Store == nil {
		return nil, errors.New("there is no store for Slack installations")
	}
	if o.ClientID == "" || o.ClientSecret.Reveal() == "" {
		return nil, errors.New("the client ID and client secret of the Slack app are missing; they are under Basic " +
			"Information, App Credentials, in the app's settings at https://api.slack.com/apps")
	}
	if len(o.Scopes) == 0 {
		return nil, errors.New("there are no scopes to ask of Slack workspaces")
	}
	setDefaults(&o)
	if err := checkURLs(o); err != nil {
		return nil, err
	}
	return &Installs{o: o, store: o.Store, sealer: s, states: newStates(s.state), slack: newAPI(o), now: o.Now, log: o.Log,
		cache: newCache(), locks: newLocks(), spent: newPendings()}, nil
}

// Format shows nothing of it.
func (i *Installs) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "install.Installs") }

func setDefaults(o *Options) {
	if o.AuthorizeURL == "" {
		o.AuthorizeURL = DefaultAuthorizeURL
	}
	if o.APIURL == "" {
		o.APIURL = DefaultAPIURL
	}
	if !strings.HasSuffix(o.APIURL, "/") {
		o.APIURL += "/"
	}
	if o.HTTPClient == nil {
		o.HTTPClient = &http.Client{Timeout: 20 * time.Second}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
}

// checkURLs wants https, which Slack demands of redirect URLs and the browser of the cookie. Only this very machine may have
// http: for tests.
func checkURLs(o Options) error {
	for _, one := range []struct{ name, text string }{{"redirect URL", o.RedirectURL}, {"authorize URL", o.AuthorizeURL},
		{"API URL", o.APIURL}} {
		u, err := url.Parse(one.text)
		if err != nil || u.Host == "" || u.User != nil || u.Fragment != "" || u.Scheme != "https" && !isLocal(u) {
			return fmt.Errorf("the %s for Slack has to be an address such as https://example.com/slack/oauth_redirect, "+
				"with https and without a password", one.name)
		}
	}
	return nil
}

func isLocal(u *url.URL) bool {
	h := u.Hostname()
	return u.Scheme == "http" && (h == "localhost" || h == "127.0.0.1" || h == "::1")
}

// Token gives the installation that serves a workspace: its own or else the one of its whole organization. Either ID may be
// empty. A token that rotates is refreshed half an hour to an hour before it expires. Errors are ErrNotInstalled,
// ErrReinstall, ErrOtherKey, ErrDamaged, the store's, and those of a failing request to Slack.
func (i *Installs) Token(ctx context.Context, team, enterprise string) (Installation, error) {
	for _, key := range keysOf(team, enterprise) {
		inst, err := i.one(ctx, key)
		if !errors.Is(err, ErrNotFound) {
			return inst, err
		}
	}
	return Installation{}, ErrNotInstalled
}

// keysOf are the keys that may serve a workspace, the nearest first. What has not the shape of an ID serves nobody.
func keysOf(team, enterprise string) []string {
	var keys []string
	for _, k := range []string{team, enterprise} {
		if isID(k, "TE") {
			keys = append(keys, k)
		}
	}
	return keys
}

// one gives the installation under a key, or ErrNotFound.
func (i *Installs) one(ctx context.Context, key string) (Installation, error) {
	if inst, ok, err := i.cache.get(key, i.now()); ok {
		return inst, err
	}
	unlock, err := i.locks.lock(ctx, key)
	if err != nil {
		return Installation{}, err
	}
	if inst, ok, err := i.cache.get(key, i.now()); ok { // who had the lock has found it
		unlock()
		return inst, err
	}
	// What is begun is ended though nobody waits for it any more: a refreshed token that is not saved is lost.
	type found struct {
		Installation
		err error
	}
	done := make(chan found, 1)
	go func() {
		defer unlock()
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), workTimeout)
		defer cancel()
		inst, err := i.find(ctx, key)
		done <- found{inst, err}
	}()
	select {
	case f := <-done:
		return f.Installation, f.err
	case <-ctx.Done():
		return Installation{}, ctx.Err()
	}
}

// workTimeout is for what goes on though its caller has left: requests to Slack and the store.
const workTimeout = 30 * time.Second

// find reads an installation and refreshes it when it is time. The key is locked.
func (i *Installs) find(ctx context.Context, key string) (Installation, error) {
	if err := i.savePending(ctx, key); err != nil {
		return Installation{}, err
	}
	sealed, err := i.store.LoadInstall(ctx, key)
	if errors.Is(err, ErrNotFound) {
		i.cache.putError(key, ErrNotFound, i.now().Add(missingFor))
		return Installation{}, ErrNotFound
	}
	if err != nil {
		return Installation{}, fmt.Errorf("the installation of %s cannot be read: %w", key, err)
	}
	inst, _, err := i.sealer.open(key, sealed)
	if err != nil {
		return Installation{}, fmt.Errorf("the installation of %s: %w", key, err)
	}
	if due := refreshAt(inst); due.IsZero() || i.now().Before(due) {
		i.cache.put(key, inst, i.now(), due)
		return inst, nil
	}
	return i.refresh(ctx, key, inst, sealed)
}

// Reseal seals anew what was sealed with the previous key, so that this can be given up, and returns how many that were.
// What it cannot open it leaves, goes on, and reports at the end.
func (i *Installs) Reseal(ctx context.Context) (resealed int, err error) {
	keys, err := i.store.ListInstalls(ctx)
	if err != nil {
		return 0, err
	}
	var errs []error
	for _, key := range keys {
		done, err := i.resealOne(ctx, key)
		if err != nil {
			errs = append(errs, fmt.Errorf("the installation of %s: %w", key, err))
		}
		if done {
			resealed++
		}
	}
	return resealed, errors.Join(errs...)
}

func (i *Installs) resealOne(ctx context.Context, key string) (bool, error) {
	unlock, err := i.locks.lock(ctx, key)
	if err != nil {
		return false, err
	}
	defer unlock()
	was, err := i.store.LoadInstall(ctx, key)
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	inst, current, err := i.sealer.open(key, was)
	if err != nil || current {
		return false, err
	}
	sealed, err := i.sealer.seal(key, inst)
	if err != nil {
		return false, err
	}
	return i.swap(ctx, key, was, sealed) // false: it was saved by another process, with the current key
}
