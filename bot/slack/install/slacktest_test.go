package install_test

import (
	"net/url"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot/slack/install"
	"github.com/whowon-bot/whowon/bot/slack/slacktest"
)

// TestAgainstSlacktest installs and refreshes with the Slack that the rest of the bot is tested with.
func TestAgainstSlacktest(t *testing.T) {
	for _, where := range []string{"T0000000002", "E0000000001"} {
		t.Run(where, func(t *testing.T) {
			s := slacktest.Start(t, slacktest.Options{App: slacktest.AppOptions{Rotation: true}})
			s.AddTeam(slacktest.Team{ID: "T0000000002", Name: "Two", Enterprise: "E0000000001", Foreign: true})
			s.Consent(func(url.Values) (bool, string, slacktest.User) {
				return true, where, s.TeamUser("T0000000002", "ada")
			})
			r := newRig(t)
			r.Installs = r.replica(func(o *install.Options) {
				o.AppID, o.ClientID, o.ClientSecret = s.AppID(), "1000.2000", install.NewSecret("test-client-secret")
				o.AuthorizeURL, o.APIURL = s.AuthorizeURL(), s.API()
			})
			inst := r.mustInstall()
			if inst.Key() != where || inst.BotUserID == "" || inst.BotID == "" || inst.RefreshToken.Reveal() == "" {
				t.Errorf("the installation is %+v", inst)
			}
			last := inst.BotToken.Reveal()
			for range 3 {
				r.wait(11*time.Hour + 30*time.Minute)
				next := r.token(r.Installs, "T0000000002", "E0000000001")
				if next == last {
					t.Error("it was not refreshed")
				}
				last = next
			}
		})
	}
}
