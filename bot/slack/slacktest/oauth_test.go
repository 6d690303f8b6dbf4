package slacktest

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/slackevents"
)

const redirect = "https://app.test/oauth"

// consented goes through the consent page and returns what comes back to the app.
func consented(t *testing.T, s *Server, client *http.Client) url.Values {
	t.Helper()
	q := url.Values{"client_id": {"1000.2000"}, "scope": {"commands,chat:write"}, "state": {"s"}, "redirect_uri": {redirect}}
	c := *client
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	resp, err := c.Get(s.AuthorizeURL() + "?" + q.Encode())
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	to, err := resp.Location()
	if err != nil || !strings.HasPrefix(to.String(), redirect+"?") || to.Query().Get("state") != "s" {
		t.Fatalf("status %d, to %v: %v", resp.StatusCode, to, err)
	}
	return to.Query()
}

// TestInstall: consent gives a code, which is exchanged once for a token that works.
func TestInstall(t *testing.T) {
	s := Start(t, noLimits())
	s.AddTeam(Team{ID: "T0000000002", Name: "Other", Foreign: true})
	s.AddChannel(Channel{Team: "T0000000002", ID: general, Member: true})
	approve := false
	s.Consent(func(url.Values) (bool, string, User) { return approve, "T0000000002", s.TeamUser("T0000000002", "ada") })
	if q := consented(t, s, http.DefaultClient); q.Get("error") != "access_denied" || q.Has("code") {
		t.Errorf("denied: %v", q)
	}
	approve = true
	code := consented(t, s, http.DefaultClient).Get("code")
	exchange := func(secret, code, to string) (*slack.OAuthV2Response, error) {
		return slack.GetOAuthV2Response(http.DefaultClient, "1000.2000", secret, code, to, slack.OAuthOptionAPIURL(s.API()))
	}
	_, err := exchange("wrong", code, redirect)
	fails(t, err, "bad_client_secret")
	_, err = exchange("test-client-secret", "1.2.x", redirect)
	fails(t, err, "invalid_code")
	_, err = exchange("test-client-secret", code, redirect+"2")
	fails(t, err, "bad_redirect_uri")
	got, err := exchange("test-client-secret", code, redirect)
	if err != nil || got.Team.ID != "T0000000002" || got.AccessToken != s.Token("T0000000002") || got.Scope != "commands,chat:write" ||
		got.BotUserID != s.BotUser("T0000000002") || got.AuthedUser.ID != s.User("ada").ID || got.ExpiresIn != 0 {
		t.Fatalf("got %+v, %v", got, err)
	}
	_, err = exchange("test-client-secret", code, redirect)
	fails(t, err, "code_already_used")
	if _, _, err := slack.New(got.AccessToken, slack.OptionAPIURL(s.API())).PostMessage(general, slack.MsgOptionText("x", false)); err != nil {
		t.Error(err)
	}
	again, err := exchange("test-client-secret", consented(t, s, http.DefaultClient).Get("code"), redirect)
	if err != nil || again.AccessToken == got.AccessToken {
		t.Errorf("installed again: %+v, %v", again, err)
	}
}

// TestOrganisationInstall: a token of an organisation is good in all of its workspaces.
func TestOrganisationInstall(t *testing.T) {
	s := Start(t, noLimits())
	for _, id := range []string{"T0000000002", "T0000000003"} {
		s.AddTeam(Team{ID: id, Name: id, Enterprise: "E0000000001", Foreign: true})
		s.AddChannel(Channel{Team: id, ID: "C" + id, Member: true})
	}
	s.Consent(func(url.Values) (bool, string, User) { return true, "E0000000001", s.TeamUser("T0000000002", "ada") })
	code := consented(t, s, http.DefaultClient).Get("code")
	got, err := slack.GetOAuthV2Response(http.DefaultClient, "1000.2000", "test-client-secret", code, redirect, slack.OAuthOptionAPIURL(s.API()))
	if err != nil || !got.IsEnterpriseInstall || got.Team.ID != "" || got.Enterprise.ID != "E0000000001" {
		t.Fatalf("got %+v, %v", got, err)
	}
	api := slack.New(got.AccessToken, slack.OptionAPIURL(s.API()))
	for _, id := range []string{"T0000000002", "T0000000003"} {
		if _, _, err := api.PostMessage("C"+id, slack.MsgOptionText("x", false)); err != nil || len(s.Messages(id, "C"+id)) != 1 {
			t.Errorf("%s: %v", id, err)
		}
	}
}

// TestRotation: tokens live for 12 hours, and each refresh token gives one new pair.
func TestRotation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := noLimits()
		o.App.Rotation = true
		s, client := StartPiped(t, o)
		s.Consent(func(url.Values) (bool, string, User) { return true, DefaultTeam, s.User("ada") })
		late := consented(t, s, client).Get("code")
		time.Sleep(10*time.Minute + time.Second)
		api := slack.OAuthOptionAPIURL(s.API())
		_, err := slack.GetOAuthV2Response(client, "1000.2000", "test-client-secret", late, redirect, api)
		fails(t, err, "code_expired")
		code := consented(t, s, client).Get("code")
		first, err := slack.GetOAuthV2Response(client, "1000.2000", "test-client-secret", code, redirect, api)
		if err != nil || first.ExpiresIn != 43200 || first.RefreshToken == "" {
			t.Fatalf("got %+v, %v", first, err)
		}
		test := func(token string) error {
			_, err := slack.New(token, slack.OptionAPIURL(s.API()), slack.OptionHTTPClient(client)).AuthTest()
			return err
		}
		time.Sleep(11 * time.Hour)
		second, err := slack.RefreshOAuthV2Token(client, "1000.2000", "test-client-secret", first.RefreshToken, api)
		if err != nil || test(first.AccessToken) != nil || test(second.AccessToken) != nil {
			t.Errorf("before the end: %+v, %v", second, err)
		}
		_, err = slack.RefreshOAuthV2Token(client, "1000.2000", "test-client-secret", first.RefreshToken, api)
		fails(t, err, "invalid_refresh_token")
		time.Sleep(time.Hour)
		fails(t, test(first.AccessToken), "token_expired")
		if err := test(second.AccessToken); err != nil {
			t.Error(err)
		}
	})
}

// TestUninstall: the tokens are no good any more, and the two events come in the order that is asked for.
func TestUninstall(t *testing.T) {
	for _, tokensFirst := range []bool{true, false} {
		k := newWebKit(t, noLimits())
		token := k.s.Token("")
		k.s.Uninstall(DefaultTeam, tokensFirst)
		_, first := k.event(0).InnerEvent.Data.(*slackevents.TokensRevokedEvent)
		_, second := k.event(1).InnerEvent.Data.(*slackevents.TokensRevokedEvent)
		if first != tokensFirst || second == tokensFirst {
			t.Errorf("tokens first %v: got %v, %v", tokensFirst, k.event(0).InnerEvent, k.event(1).InnerEvent)
		}
		_, err := slack.New(token, slack.OptionAPIURL(k.s.API())).AuthTest()
		fails(t, err, "account_inactive")
	}
	k := newWebKit(t, noLimits())
	k.s.RevokeTokens(DefaultTeam)
	if _, err := k.api.AuthTest(); err == nil || err.Error() != "token_revoked" || k.event(0).InnerEvent.Type != "tokens_revoked" {
		t.Errorf("revoked: %v", err)
	}
	k = newWebKit(t, noLimits())
	if err := k.api.UninstallApp("1000.2000", "test-client-secret"); err != nil || k.event(1).TeamID != DefaultTeam {
		t.Errorf("uninstalled by the app: %v", err)
	}
}
