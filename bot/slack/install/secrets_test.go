package install_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

// shown are the ways in which a value can get into a log or a message.
func shown(v any) string {
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t"} {
		fmt.Fprintf(&out, verb+"\n", v)
		fmt.Fprintf(&out, verb+"\n", struct{ hidden any }{v})
		fmt.Fprintf(&out, verb+"\n", map[string]any{"v": v})
	}
	for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
		slog.New(h).Info("x", "v", v, "in", []any{v}, "of", map[string]any{"v": v})
	}
	_ = json.NewEncoder(&out).Encode(v)
	_ = xml.NewEncoder(&out).Encode(v)
	_ = gob.NewEncoder(&out).Encode(v)
	_ = yaml.NewEncoder(&out).Encode(v)
	return out.String()
}

// secretive checks that a value, and an error's causes, show no secret. All have canary in them.
func secretive(t *testing.T, v any) {
	t.Helper()
	numbers := strings.Trim(fmt.Sprint([]byte(canary)), "[]")
	text := shown(v)
	for _, secret := range []string{canary, fmt.Sprintf("%x", canary), numbers} {
		if strings.Contains(text, secret) {
			t.Errorf("it shows a secret: %.500s", text)
		}
	}
	if err, ok := v.(error); ok && err != nil {
		if cause := errors.Unwrap(err); cause != nil {
			secretive(t, cause)
		}
	}
}

func TestSecretIsNotShown(t *testing.T) {
	s := install.NewSecret("canary-1")
	if s.Reveal() != "canary-1" || (install.Secret{}).Reveal() != "" || install.NewSecret("").Reveal() != "" {
		t.Error("it does not reveal what was kept")
	}
	type private struct {
		s install.Secret
		p *install.Secret
	}
	for _, v := range []any{s, &s, []install.Secret{s}, map[string]install.Secret{"a": s}, private{s, &s}, &private{s, &s},
		struct{ S install.Secret }{s}} {
		secretive(t, v)
	}
	for _, got := range []string{s.String(), s.GoString(), fmt.Sprintf("%10.3q", s), s.LogValue().String()} {
		if got != "…" {
			t.Errorf("it is shown as %q", got)
		}
	}
	if out, err := json.Marshal(s); string(out) != `"…"` || err != nil {
		t.Errorf("it is encoded as %s, %v", out, err)
	}
}

func TestNothingThatHasSecretsShowsThem(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.rotate = true })
	inst := r.mustInstall()
	var o install.Options
	r.replica(func(all *install.Options) {
		all.Keys = install.Keys{Current: install.NewSecret(key1), Previous: install.NewSecret(key2)}
		o = *all
	})
	o.Installed, o.Now, o.Log, o.HTTPClient, o.Store = nil, nil, nil, nil, nil
	for _, v := range []any{inst, &inst, []install.Installation{inst}, o, &o, r.Installs} {
		secretive(t, v)
		for _, key := range []string{key1, key2, "0123456789abcdef0123456789abcdef"} {
			if strings.Contains(shown(v), key) {
				t.Error("it shows a key")
			}
		}
	}
}

// echo is all that was sent, wherever that could be quoted.
func echo(q url.Values) string { return q.Encode() }

// faults are servers that fail in every way, and repeat what they were sent while they do.
var faults = map[string]func(http.ResponseWriter, url.Values){
	"an error code": func(w http.ResponseWriter, q url.Values) { answer(w, map[string]any{"ok": false, "error": echo(q)}) },
	"a refused code": func(w http.ResponseWriter, _ url.Values) {
		answer(w, map[string]any{"ok": false, "error": "invalid_code"})
	},
	"an error with more": func(w http.ResponseWriter, q url.Values) {
		answer(w, map[string]any{"ok": false, "error": "x", "errors": []string{echo(q)}, "needed": echo(q),
			"response_metadata": map[string]any{"messages": []string{echo(q)}}})
	},
	"a page": func(w http.ResponseWriter, q url.Values) {
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = io.WriteString(w, echo(q))
	},
	"no JSON":    func(w http.ResponseWriter, q url.Values) { _, _ = io.WriteString(w, echo(q)) },
	"other JSON": func(w http.ResponseWriter, q url.Values) { answer(w, map[string]any{"ok": echo(q), "errors": echo(q)}) },
	"broken errors": func(w http.ResponseWriter, q url.Values) {
		answer(w, map[string]any{"errors": []any{map[string]any{echo(q): 1}}})
	},
	"a redirect":      func(w http.ResponseWriter, q url.Values) { moved(w, "http://127.0.0.1:1/?"+echo(q)) },
	"a strange place": func(w http.ResponseWriter, q url.Values) { moved(w, "%zz://"+echo(q)) },
	"too many": func(w http.ResponseWriter, q url.Values) {
		w.Header().Set("Retry-After", echo(q))
		w.WriteHeader(http.StatusTooManyRequests)
	},
	"no HTTP": func(w http.ResponseWriter, q url.Values) { raw(w, echo(q)+"\r\n\r\n") },
	"a header": func(w http.ResponseWriter, q url.Values) {
		raw(w, "HTTP/1.1 200 OK\r\n"+strings.ReplaceAll(echo(q), "=", " ")+"\r\n\r\n")
	},
	"a status": func(w http.ResponseWriter, q url.Values) {
		raw(w, "HTTP/1.1 555 "+echo(q)+"\r\nContent-Length: 0\r\n\r\n")
	},
	"nothing": func(w http.ResponseWriter, _ url.Values) { raw(w, "") },
	"half": func(w http.ResponseWriter, q url.Values) {
		raw(w, "HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n"+echo(q))
	},
	"without end": endless,
	"too late":    func(http.ResponseWriter, url.Values) { time.Sleep(400 * time.Millisecond) },
	"another token": func(w http.ResponseWriter, q url.Values) {
		answer(w, map[string]any{"ok": true, "access_token": echo(q)})
	},
}

func moved(w http.ResponseWriter, to string) {
	w.Header()["Location"] = []string{to}
	w.WriteHeader(http.StatusTemporaryRedirect)
}

func raw(w http.ResponseWriter, text string) {
	c, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = io.WriteString(c, text)
	_ = c.Close()
}

func endless(w http.ResponseWriter, q url.Values) {
	_, _ = io.WriteString(w, `{"a":"`)
	for range 4 << 20 / len(echo(q)) {
		if _, err := io.WriteString(w, echo(q)); err != nil {
			return
		}
	}
}

// TestNoFaultShowsASecret in a page, an error or the log, whose whole is checked when a rig ends.
func TestNoFaultShowsASecret(t *testing.T) {
	for name, fault := range faults {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			r.slack.set(func() { r.slack.rotate = true })
			r.Installs = r.replica(func(o *install.Options) { o.HTTPClient = &http.Client{Timeout: 200 * time.Millisecond} })
			inst := r.mustInstall()
			r.slack.set(func() { r.slack.instead = fault })
			if status, body := r.install(); status < 400 || !strings.Contains(body, "Not installed") {
				t.Errorf("status %d: %s", status, body)
			}
			r.wait(11*time.Hour + 30*time.Minute)
			if r.token(r.Installs, "T1", "") != inst.BotToken.Reveal() {
				t.Error("a good token is not used")
			}
			r.wait(time.Hour)
			_, err := r.Token(t.Context(), "T1", "")
			if err == nil {
				t.Error("an expired token is used")
			}
			secretive(t, err)
		})
	}
}

// TestAddressesAreNotShown: those of a request and of a proxy may have passwords in them.
func TestAddressesAreNotShown(t *testing.T) {
	r := newRig(t)
	for name, change := range map[string]func(*install.Options){
		"nobody listens": func(o *install.Options) { o.APIURL = "http://127.0.0.1:1/canary?canary=1" },
		"no such name":   func(o *install.Options) { o.APIURL = "https://canary.invalid/" },
		"a bad proxy": func(o *install.Options) {
			o.HTTPClient = &http.Client{Transport: &http.Transport{Proxy: func(*http.Request) (*url.URL, error) {
				return nil, errors.New("canary: bad proxy")
			}}}
		},
		"a proxy that is not there": func(o *install.Options) {
			o.APIURL = "https://slack.invalid/"
			o.HTTPClient = &http.Client{Transport: &http.Transport{Proxy: http.ProxyURL(
				&url.URL{Scheme: "http", Host: "127.0.0.1:1", User: url.UserPassword("canary", "canary")})}}
		},
		"a transport that tells all": func(o *install.Options) {
			o.HTTPClient = &http.Client{Transport: tells{}}
		},
	} {
		t.Run(name, func(t *testing.T) {
			r.Installs = r.replica(change)
			if status, _ := r.install(); status != http.StatusBadGateway {
				t.Errorf("status %d", status)
			}
		})
	}
}

type tells struct{}

func (tells) RoundTrip(r *http.Request) (*http.Response, error) {
	body, _ := io.ReadAll(r.Body)
	return nil, fmt.Errorf("%s: %s", r.URL, body)
}

// TestSecretsDoNotFollowARedirect to wherever it leads.
func TestSecretsDoNotFollowARedirect(t *testing.T) {
	r := newRig(t)
	reached := false
	other := newSlack(t)
	other.instead = func(http.ResponseWriter, url.Values) { reached = true }
	r.slack.set(func() {
		r.slack.instead = func(w http.ResponseWriter, _ url.Values) { moved(w, other.url+"/api/oauth.v2.access") }
	})
	if status, _ := r.install(); status != http.StatusBadGateway || reached {
		t.Errorf("status %d, reached: %v", status, reached)
	}
}

func TestPanicShowsNoSecret(t *testing.T) {
	r := newRig(t)
	r.slack.set(func() { r.slack.rotate = true })
	inst := r.mustInstall()
	defer func() { secretive(t, recover()) }()
	panic(inst)
}
