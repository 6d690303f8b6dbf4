package install_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/slack/install"
)

func TestWrongOptionsAreTold(t *testing.T) {
	r := newRig(t)
	for name, change := range map[string]func(*install.Options){
		"store":         func(o *install.Options) { o.Store = nil },
		"client ID":     func(o *install.Options) { o.ClientID = "" },
		"client secret": func(o *install.Options) { o.ClientSecret = install.Secret{} },
		"scopes":        func(o *install.Options) { o.Scopes = nil },
		"redirect URL":  func(o *install.Options) { o.RedirectURL = "http://example.com/slack/oauth_redirect" },
		"authorize URL": func(o *install.Options) { o.AuthorizeURL = "slack.com" },
		"API URL":       func(o *install.Options) { o.APIURL = "https://canary:canary@slack.com/api/" },
	} {
		var o install.Options
		r.replica(func(all *install.Options) { o = *all })
		change(&o)
		if _, err := install.New(o); err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), canary) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatIsLeftOutHasADefault(t *testing.T) {
	r := newRig(t)
	r.Installs = r.replica(func(o *install.Options) {
		o.AuthorizeURL, o.APIURL, o.HTTPClient, o.Now, o.Log, o.Installed = "", "", nil, nil, nil, nil
		o.OptionalScopes = nil
	})
	b := r.browser()
	b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := b.Get(r.app.URL + install.InstallPath)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	to, _ := url.Parse(resp.Header.Get("Location"))
	if to.Host != "slack.com" || to.Path != "/oauth/v2/authorize" || to.Query().Get("scope") != "commands,chat:write" {
		t.Errorf("it leads to %s", to)
	}
}

// TestAPIAddressNeedsNoSlash at its end.
func TestAPIAddressNeedsNoSlash(t *testing.T) {
	r := newRig(t)
	r.Installs = r.replica(func(o *install.Options) { o.APIURL = strings.TrimSuffix(o.APIURL, "/") })
	r.mustInstall()
}
