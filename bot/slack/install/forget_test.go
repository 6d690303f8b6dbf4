package install_test

import (
	"errors"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

func TestForgettingDropsRowAndCache(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	for range 3 { // events come more than once
		if err := r.Forget(t.Context(), "T1", "", r.now().Add(time.Second)); err != nil {
			t.Error(err)
		}
		if r.store.row("T1") != nil {
			t.Error("the row is there still")
		}
		r.noToken(r.Installs, "T1", "", install.ErrNotInstalled)
	}
	for _, key := range []string{"", "T9", "x", "../T1"} {
		if err := r.Forget(t.Context(), key, "", time.Time{}); err != nil {
			t.Errorf("%q: %v", key, err)
		}
	}
}

func TestOtherProcessesForgetWithinAMinute(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	other := r.replica(nil)
	r.token(other, "T1", "")
	if err := r.Forget(t.Context(), "T1", "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	r.wait(time.Minute)
	r.noToken(other, "T1", "", install.ErrNotInstalled)
}

func TestLateEventLeavesTheNewInstallation(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	r.wait(time.Hour)
	removed := r.now().Truncate(time.Second) // as event_time has it
	r.wait(time.Hour)
	again := r.mustInstall()
	for range 2 { // app_uninstalled and tokens_revoked
		if err := r.Forget(t.Context(), "T1", "", removed); err != nil {
			t.Fatal(err)
		}
	}
	if r.token(r.Installs, "T1", "") != again.BotToken.Reveal() || r.token(r.replica(nil), "T1", "") != again.BotToken.Reveal() {
		t.Error("it was forgotten")
	}
	if err := r.Forget(t.Context(), "T1", "", time.Time{}); err != nil {
		t.Fatal(err)
	}
	r.noToken(r.Installs, "T1", "", install.ErrNotInstalled)
}

func TestRefreshingDoesNotSaveFromBeingForgotten(t *testing.T) {
	r, _ := rotating(t)
	r.wait(6 * time.Hour)
	removed := r.now()
	r.wait(6 * time.Hour)
	r.token(r.Installs, "T1", "") // refreshed
	if err := r.Forget(t.Context(), "T1", "", removed); err != nil {
		t.Fatal(err)
	}
	r.noToken(r.Installs, "T1", "", install.ErrNotInstalled)
}

func TestWhatDoesNotOpenIsForgotten(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	if err := r.replica(withKeys(key2, "")).Forget(t.Context(), "T1", "", r.now()); err != nil || r.store.row("T1") != nil {
		t.Errorf("it is there still, %v", err)
	}
}

func TestForgettingTellsOfAStoreThatFails(t *testing.T) {
	for _, failing := range []string{"load", "delete"} {
		r := newRig(t)
		r.mustInstall()
		broken := errors.New("disk on fire")
		r.store.failing(func(op, _ string) error {
			if op == failing {
				return broken
			}
			return nil
		})
		if err := r.Forget(t.Context(), "T1", "", time.Time{}); !errors.Is(err, broken) {
			t.Errorf("%s: %v", failing, err)
		}
	}
}
