package rest_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// shown are the ways in which a value can get into a log or a message.
func shown(v any) string {
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		fmt.Fprintf(&out, verb+"\n", v)
	}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "v", v, "in", []any{v}, "of", map[string]any{"v": v})
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "v", v, "in", []any{v}, "of", map[string]any{"v": v})
	_ = json.NewEncoder(&out).Encode(v)
	return out.String()
}

// secretive checks that a value shows no token. Both have "canary" in them.
func secretive(t *testing.T, v any) {
	t.Helper()
	if text := shown(v); strings.Contains(text, "canary") || strings.Contains(text, fmt.Sprintf("%x", "canary")) {
		t.Errorf("it shows a token: %.500s", text)
	}
	if err, ok := v.(error); ok && err != nil {
		secretive(t, errors.Unwrap(err))
	}
}

// TestNoTokenIsShown in an error or log, however a request fails: by the faults of other tests, and where the server repeats
// the tokens that it was sent wherever it can.
func TestNoTokenIsShown(t *testing.T) {
	all := map[string]http.HandlerFunc{
		"401": status(401, `{"code":0,"message":"401: Unauthorized"}`),
		"echo, 403": func(w http.ResponseWriter, req *http.Request) {
			w.WriteHeader(http.StatusForbidden)
			fmt.Fprintf(w, `{"code":50013,"message":%q,"errors":{%q:{"_errors":[{"message":%q}]}}}`, echo(req), echo(req), echo(req))
		},
		"echo, a page": func(w http.ResponseWriter, req *http.Request) {
			w.WriteHeader(http.StatusInternalServerError)
			_, _ = io.WriteString(w, echo(req))
		},
		"echo, other JSON": func(w http.ResponseWriter, req *http.Request) { fmt.Fprintf(w, `{"ID":{%q:1}}`, echo(req)) },
		"echo, a redirect": func(w http.ResponseWriter, req *http.Request) {
			w.Header().Set("Location", "http://discord.test/"+echo(req))
			w.WriteHeader(http.StatusFound)
		},
		"echo, no HTTP": func(w http.ResponseWriter, req *http.Request) { raw(echo(req)+"\r\n")(w, req) },
		"echo, a header": func(w http.ResponseWriter, req *http.Request) {
			raw("HTTP/1.1 200 OK\r\n"+echo(req)+"\r\n\r\n")(w, req)
		},
	}
	for name, f := range faults {
		all[name] = f.serve
	}
	for name, f := range tooMany {
		all["429, "+name] = func(w http.ResponseWriter, _ *http.Request) { answer(w, f.fault) }
	}
	for name, serve := range all {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, _ := piped(t, rest.Options{}, serve)
				hook := callback(2)
				hook.Path = "/webhooks/1/canary%202/messages/@original?thread_id=canary"
				lost := callback(3)
				lost.Path = strings.TrimPrefix(lost.Path, "/")
				for _, req := range []rest.Request{callback(1), hook, lost, post(0, rest.Usual)} {
					req.Into, req.Repeatable = &struct{ ID string }{}, true
					err := c.Do(t.Context(), req)
					if err == nil {
						t.Errorf("%v went well", req)
					}
					secretive(t, err)
					secretive(t, req)
				}
			})
		})
	}
}

// echo is what a careless server may say of a request.
func echo(req *http.Request) string {
	return "you sent " + req.Header.Get("Authorization") + " to " + req.URL.Path + " as " + req.URL.EscapedPath() +
		strings.Repeat(" or ", 60) + req.Header.Get("Authorization")
}

// TestValuesShowNoToken however they are printed, and neither do the errors of what cannot be sent.
func TestValuesShowNoToken(t *testing.T) {
	o := rest.Options{Base: rest.DefaultBase, Token: canary}
	c := newClient(t, o)
	for _, v := range []any{o, &o, []rest.Options{o}, struct{ O rest.Options }{o}, c, callback(0), []any{callback(0)}} {
		secretive(t, v)
	}
	bad := callback(0)
	bad.Body = unmarshalable{}
	secretive(t, c.Do(t.Context(), bad))
	for _, o := range []rest.Options{{Token: ""}, {Token: "canary \n"}, {Token: "canary x"}, {Token: canary, Base: "canary"},
		{Token: canary, Base: "https://canary:canary@discord.test"}, {Token: canary, Base: "https://[canary"}} {
		_, err := rest.New(o)
		if (err == nil) != (o.Token == "canary \n") {
			t.Errorf("%q at %q: %v", o.Token, o.Base, err)
		}
		secretive(t, err)
	}
}

type unmarshalable struct{}

func (unmarshalable) MarshalJSON() ([]byte, error) {
	return nil, errors.New("the token is " + canary)
}

// TestTheTokenMayHaveItsScheme, as people paste it.
func TestTheTokenMayHaveItsScheme(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, client := discordtest.StartPiped(t, discordtest.Options{Token: canary})
		c, err := rest.New(rest.Options{Base: server.API(), Token: " Bot " + canary + "\n", Transport: client.Transport})
		if err != nil {
			t.Fatal(err)
		}
		if err := c.Do(t.Context(), get("/users/@me")); err != nil {
			t.Error(err)
		}
	})
}
