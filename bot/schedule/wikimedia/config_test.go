package wikimedia_test

import (
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/schedule/wikimedia"
)

func TestCheck(t *testing.T) {
	for _, c := range []wikimedia.Config{
		{}, {BaseURL: "https://en.wikipedia.org/api/rest_v1/feed"}, {On: true, Contact: "you@example.org"},
		{On: true, Contact: "https://example.org/bot?x=1"}, {On: true, Contact: "http://example.org"},
		{On: true, Contact: "a@b.org", BaseURL: "http://localhost:8080"}, {On: true, Contact: "a@b.org", BaseURL: "http://127.0.0.1:8080/x"},
	} {
		if err := c.Check(); err != nil {
			t.Errorf("%+v: %v", c, err)
		}
	}
	for _, tt := range []struct {
		c    wikimedia.Config
		want string
	}{
		{wikimedia.Config{On: true}, "contact is missing"},
		{wikimedia.Config{On: true}, "https://foundation.wikimedia.org/wiki/Policy:Wikimedia_Foundation_User-Agent_Policy"},
		{wikimedia.Config{On: true, Contact: "me"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "Me <you@example.org>"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "https://"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "ftp://example.org"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "you@example.org\r\nX-Evil: 1"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "https://example.org/) evil"}, "not an email address"},
		{wikimedia.Config{On: true, Contact: "https://example.org/" + strings.Repeat("x", 200)}, "not an email address"},
		{wikimedia.Config{Contact: "me"}, "not an email address"},
		{wikimedia.Config{BaseURL: "http://api.wikimedia.org"}, "must begin with https://"},
		{wikimedia.Config{BaseURL: "http://127.0.0.1.evil.org"}, "must begin with https://"},
		{wikimedia.Config{BaseURL: "file:///etc/passwd"}, "not the address of a feed"},
		{wikimedia.Config{BaseURL: "api.wikimedia.org/feed"}, "not the address of a feed"},
		{wikimedia.Config{BaseURL: "https://user:secret@example.org"}, "not the address of a feed"},
		{wikimedia.Config{BaseURL: "https://example.org/?a=b"}, "not the address of a feed"},
		{wikimedia.Config{BaseURL: "https://exa mple.org/"}, "not the address of a feed"},
	} {
		if err := tt.c.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%+v: %v, want %q", tt.c, err, tt.want)
		}
		tt.c.On = true
		if _, err := wikimedia.New(tt.c, wikimedia.Options{}); err == nil {
			t.Errorf("%+v: there is a client", tt.c)
		}
	}
}
