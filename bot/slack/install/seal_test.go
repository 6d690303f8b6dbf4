package install_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

func withKeys(current, previous string) func(*install.Options) {
	return func(o *install.Options) {
		o.Keys = install.Keys{Current: install.NewSecret(current), Previous: install.NewSecret(previous)}
	}
}

func TestKeyIsReadInBase64AndHexadecimal(t *testing.T) {
	r := newRig(t)
	inst := r.mustInstall()
	for _, same := range []string{"0123456789abcdef0123456789abcdef"} {
		for _, text := range []string{key1, strings.TrimRight(key1, "="), " " + key1 + "\n", hex.EncodeToString([]byte(same))} {
			if r.token(r.replica(withKeys(text, "")), "T1", "") != inst.BotToken.Reveal() {
				t.Errorf("%q is another key", text)
			}
		}
	}
}

func TestWrongKeysAreToldWithoutQuotingThem(t *testing.T) {
	for _, keys := range [][2]string{{"", ""}, {"", key1}, {"canary", ""}, {"canary!", ""}, {key1[:40], ""}, {key1, "canary"},
		{strings.Repeat("ab", 33), ""}} {
		r := newRig(t)
		var o install.Options
		r.replica(func(all *install.Options) { o = *all })
		withKeys(keys[0], keys[1])(&o)
		_, err := install.New(o)
		if err == nil || !strings.Contains(err.Error(), "openssl rand -base64 32") || strings.Contains(err.Error(), canary) {
			t.Errorf("%q: %v", keys, err)
		}
	}
}

func TestKeyIsRotated(t *testing.T) {
	r := newRig(t)
	inst := r.mustInstall()
	old := r.store.row("T1")
	r.noToken(r.replica(withKeys(key2, "")), "T1", "", install.ErrOtherKey)

	both := r.replica(withKeys(key2, key1))
	if r.token(both, "T1", "") != inst.BotToken.Reveal() {
		t.Error("the previous key does not open")
	}
	if n, err := both.Reseal(t.Context()); n != 1 || err != nil || bytes.Equal(r.store.row("T1"), old) {
		t.Errorf("%d were sealed anew, %v", n, err)
	}
	if n, err := both.Reseal(t.Context()); n != 0 || err != nil {
		t.Errorf("%d were sealed anew once more, %v", n, err)
	}
	if r.token(r.replica(withKeys(key2, "")), "T1", "") != inst.BotToken.Reveal() {
		t.Error("the new key does not open")
	}
	r.noToken(r.replica(withKeys(key1, "")), "T1", "", install.ErrOtherKey)
}

func TestSavingSealsWithTheCurrentKey(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	r.Installs = r.replica(withKeys(key2, key1))
	inst := r.mustInstall()
	if r.token(r.replica(withKeys(key2, "")), "T1", "") != inst.BotToken.Reveal() {
		t.Error("it was sealed with another key")
	}
}

func TestResealingGoesOnPastWhatDoesNotOpen(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	r.store.rows["T0"] = []byte("nonsense")
	n, err := r.replica(withKeys(key2, key1)).Reseal(t.Context())
	if n != 1 || !errors.Is(err, install.ErrDamaged) || !strings.Contains(err.Error(), "T0") {
		t.Errorf("%d were sealed anew, %v", n, err)
	}
}

func TestErrorOfAnotherKeySaysWhatToDo(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	_, err := r.replica(withKeys(key2, "")).Token(t.Context(), "T1", "")
	for _, want := range []string{"T1", "previous key", "install the app there again"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
}

func TestMovedRowDoesNotOpen(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	r.store.rows["T2"] = r.store.row("T1")
	r.noToken(r.Installs, "T2", "", install.ErrDamaged)
}

func TestChangedRowDoesNotOpen(t *testing.T) {
	r := newRig(t)
	r.mustInstall()
	row := r.store.row("T1")
	for n := range row {
		bad := bytes.Clone(row)
		bad[n] ^= 1
		r.store.rows["T2"] = bad
		_, err := r.Token(t.Context(), "T2", "")
		if !errors.Is(err, install.ErrDamaged) && !errors.Is(err, install.ErrOtherKey) {
			t.Fatalf("byte %d: %v", n, err)
		}
		r.store.rows["T2"] = row[:n]
		if n > 0 {
			r.noToken(r.Installs, "T2", "", install.ErrDamaged)
		}
	}
}

func TestNothingIsSealedAlikeTwice(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.change = func(a map[string]any) { a["access_token"] = "xoxb-canary" } })
	r.mustInstall()
	one := r.store.row("T1")
	r.mustInstall()
	two := r.store.row("T1")
	same := 0
	for n := range min(len(one), len(two)) {
		if one[n] == two[n] {
			same++
		}
	}
	if same > len(one)/8 {
		t.Errorf("%d of %d bytes are the same", same, len(one))
	}
}
