package install_test

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

func rotating(t *testing.T) (*rig, install.Installation) {
	r := newRig(t)
	r.slack.set(func() { r.slack.rotate = true })
	return r, r.mustInstall()
}

func plain(o *install.Options) {
	swapper, ok := o.Store.(memorySwapper)
	if !ok {
		panic("it is another store")
	}
	o.Store = swapper.memory
}

func TestTokenIsRefreshedHalfAnHourToAnHourEarly(t *testing.T) {
	r, inst := rotating(t)
	if !inst.ExpiresAt.Equal(r.now().Add(12 * time.Hour)) {
		t.Fatalf("it expires at %v", inst.ExpiresAt)
	}
	r.wait(11*time.Hour - time.Second)
	if r.token(r.Installs, "T1", "") != inst.BotToken.Reveal() {
		t.Error("it was refreshed too early")
	}
	r.wait(30*time.Minute + time.Second)
	next := r.token(r.Installs, "T1", "")
	if next == inst.BotToken.Reveal() {
		t.Error("it was not refreshed")
	}
	if got := r.token(r.replica(nil), "T1", ""); got != next {
		t.Error("it was not saved")
	}
	again, err := r.Token(t.Context(), "T1", "")
	if err != nil || !again.At.Equal(inst.At) || again.BotID != "B1" || again.TeamName != inst.TeamName {
		t.Errorf("it has become %+v, %v", again, err)
	}
	for range 10 { // over some days
		r.wait(11*time.Hour + 30*time.Minute)
		now := r.token(r.Installs, "T1", "")
		if now == next {
			t.Error("it was not refreshed again")
		}
		next = now
	}
}

func TestTokenThatExpiredIsRefreshed(t *testing.T) {
	r, inst := rotating(t)
	r.wait(30 * 24 * time.Hour)
	if r.token(r.Installs, "T1", "") == inst.BotToken.Reveal() {
		t.Error("an expired token was given")
	}
}

func TestManyAtOnceRefreshOnce(t *testing.T) {
	r, inst := rotating(t)
	r.wait(11*time.Hour + 30*time.Minute)
	before := r.slack.exchanges
	var loads atomic.Int32
	r.store.failing(func(op, _ string) error {
		if op == "load" {
			loads.Add(1)
		}
		return nil
	})
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			if got, err := r.Token(t.Context(), "T1", ""); err != nil || got.BotToken.Reveal() == inst.BotToken.Reveal() {
				t.Errorf("%v", err)
			}
		})
	}
	wg.Wait()
	if n := r.slack.exchanges - before; n != 1 {
		t.Errorf("it was refreshed %d times", n)
	}
	if n := loads.Load(); n != 2 { // before and after
		t.Errorf("it was read %d times", n)
	}
}

// TestReplicasRace for one refresh token. One wins; all have its token, which is the one that is saved.
func TestReplicasRace(t *testing.T) {
	for name, change := range map[string]func(*install.Options){"swapping": nil, "plain": plain} {
		t.Run(name, func(t *testing.T) {
			r, inst := rotating(t)
			replicas := []*install.Installs{r.replica(change), r.replica(change), r.replica(change)}
			r.wait(11*time.Hour + 30*time.Minute)
			var asking atomic.Int32
			all := make(chan struct{})
			r.slack.set(func() {
				r.slack.during = func() { // nobody is answered before all have asked
					if asking.Add(1) == int32(len(replicas)) {
						close(all)
					}
					<-all
				}
			})
			r.store.failing(func(op, _ string) error {
				if op == "save" || op == "swap" {
					time.Sleep(120 * time.Millisecond) // the others come to know of their failure before
				}
				return nil
			})
			got := make([]string, len(replicas))
			var wg sync.WaitGroup
			for n, i := range replicas {
				wg.Go(func() { got[n] = r.token(i, "T1", "") })
			}
			wg.Wait()
			for _, token := range got {
				if token == inst.BotToken.Reveal() || token != got[0] {
					t.Error("one has another token")
				}
			}
			if r.token(r.replica(change), "T1", "") != got[0] {
				t.Error("another one is saved")
			}
		})
	}
}

func TestRefreshGivesWayToWhatCameMeanwhile(t *testing.T) {
	for name, change := range map[string]func(*install.Options){"swapping": nil, "plain": plain} {
		t.Run("installed again, "+name, func(t *testing.T) {
			r, _ := rotating(t)
			r.Installs = r.replica(change)
			other := r.replica(nil)
			r.wait(11*time.Hour + 30*time.Minute)
			var again install.Installation
			r.slack.set(func() {
				r.slack.during = func() {
					r.slack.set(func() { r.slack.during = nil })
					mine := r.Installs
					r.Installs = other // the browser comes to the other one
					again = r.mustInstall()
					r.Installs = mine
				}
			})
			if r.token(r.Installs, "T1", "") != again.BotToken.Reveal() {
				t.Error("it has another token than the new installation's")
			}
			if r.token(r.replica(change), "T1", "") != again.BotToken.Reveal() {
				t.Error("the new installation was overwritten")
			}
		})
		t.Run("refused and forgotten, "+name, func(t *testing.T) {
			r, _ := rotating(t)
			one := r.replica(change)
			r.wait(11*time.Hour + 30*time.Minute)
			r.slack.set(func() {
				r.slack.instead = func(w http.ResponseWriter, _ url.Values) {
					if err := r.Forget(context.Background(), "T1", "", time.Time{}); err != nil {
						t.Error(err)
					}
					answer(w, map[string]any{"ok": false, "error": "token_revoked"})
				}
			})
			r.noToken(one, "T1", "", install.ErrNotInstalled)
		})
		t.Run("forgotten, "+name, func(t *testing.T) {
			r, _ := rotating(t)
			one, other := r.replica(change), r.replica(change)
			r.wait(11*time.Hour + 30*time.Minute)
			r.slack.set(func() {
				r.slack.during = func() {
					if err := other.Forget(context.Background(), "T1", "", time.Time{}); err != nil {
						t.Error(err)
					}
				}
			})
			r.noToken(one, "T1", "", install.ErrNotInstalled)
			if r.store.row("T1") != nil {
				t.Error("it has come back")
			}
		})
	}
}

// TestRefreshedTokenIsNotLost where it cannot be saved: it is saved later, and not used before.
func TestRefreshedTokenIsNotLost(t *testing.T) {
	r, inst := rotating(t)
	full := errors.New("disk full")
	r.store.failing(func(op, _ string) error {
		if op == "swap" {
			return full
		}
		return nil
	})
	r.wait(11*time.Hour + 30*time.Minute)
	before := r.slack.exchanges
	for range 3 {
		r.noToken(r.Installs, "T1", "", full)
	}
	r.store.failing(nil)
	if r.token(r.Installs, "T1", "") == inst.BotToken.Reveal() {
		t.Error("it is the old token")
	}
	if n := r.slack.exchanges - before; n != 1 {
		t.Errorf("it was refreshed %d times", n)
	}
}

func TestRefreshIsEndedThoughNobodyWaits(t *testing.T) {
	r, inst := rotating(t)
	r.wait(11*time.Hour + 30*time.Minute)
	ctx, cancel := context.WithCancel(t.Context())
	r.slack.set(func() { r.slack.during = cancel })
	if _, err := r.Token(ctx, "T1", ""); err != nil && !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	r.slack.set(func() { r.slack.during = nil })
	if r.token(r.Installs, "T1", "") == inst.BotToken.Reveal() || r.slack.exchanges != 2 {
		t.Errorf("after %d exchanges it is the old token, or a third one", r.slack.exchanges)
	}
}

func down(w http.ResponseWriter, _ url.Values) { w.WriteHeader(http.StatusServiceUnavailable) }

func TestWhileSlackIsDownTheTokenIsUsedToItsEnd(t *testing.T) {
	r, inst := rotating(t)
	r.wait(11*time.Hour + 30*time.Minute)
	r.slack.set(func() { r.slack.instead = down })
	for range 29 {
		if r.token(r.Installs, "T1", "") != inst.BotToken.Reveal() {
			t.Error("it is another token")
		}
		r.wait(time.Minute)
	}
	r.wait(time.Minute)
	if _, err := r.Token(t.Context(), "T1", ""); err == nil || !strings.Contains(err.Error(), "status 503") ||
		errors.Is(err, install.ErrReinstall) || errors.Is(err, install.ErrNotInstalled) {
		t.Errorf("error %v", err)
	}
	r.slack.set(func() { r.slack.instead = nil })
	r.wait(5 * time.Second)
	if r.token(r.Installs, "T1", "") == inst.BotToken.Reveal() {
		t.Error("it was not refreshed")
	}
}

// TestSlackIsLeftAloneWhenItCannotHelp: a busy workspace does not ask for every message.
func TestSlackIsLeftAloneWhenItCannotHelp(t *testing.T) {
	r, _ := rotating(t)
	asked := 0
	r.slack.set(func() {
		r.slack.instead = func(w http.ResponseWriter, _ url.Values) {
			asked++
			answer(w, map[string]any{"ok": false, "error": "invalid_refresh_token"})
		}
	})
	r.wait(13 * time.Hour)
	for range 20 {
		r.noToken(r.Installs, "T1", "", install.ErrReinstall)
	}
	if asked != 1 {
		t.Errorf("Slack was asked %d times", asked)
	}
	r.slack.set(func() { r.slack.instead = nil })
	inst := r.mustInstall()
	if r.token(r.Installs, "T1", "") != inst.BotToken.Reveal() {
		t.Error("installing again has not helped")
	}
}

func TestTokensOfAnotherWorkspaceAreNotTaken(t *testing.T) {
	r, inst := rotating(t)
	r.slack.set(func() {
		r.slack.change = func(a map[string]any) { a["team"] = map[string]any{"id": "T2"} }
	})
	r.wait(11*time.Hour + 30*time.Minute)
	if r.token(r.Installs, "T1", "") != inst.BotToken.Reveal() {
		t.Error("it has another workspace's token")
	}
}

func TestTokenOfShortLifeIsNotRefreshedAtEveryUse(t *testing.T) {
	r, _ := rotating(t)
	r.slack.set(func() { r.slack.change = func(a map[string]any) { a["expires_in"] = 60 } })
	r.wait(12 * time.Hour)
	before := r.slack.exchanges
	for range 10 {
		r.token(r.Installs, "T1", "")
		r.wait(2 * time.Second)
	}
	if n := r.slack.exchanges - before; n != 1 {
		t.Errorf("it was refreshed %d times in 20 seconds", n)
	}
}
