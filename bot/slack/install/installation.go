package install

import (
	"encoding/json"
	"strings"
	"time"
)

// Installation is the app in one workspace or, when EnterpriseWide, in all of an organization that an admin has chosen.
type Installation struct {
	TeamID           string // empty when EnterpriseWide
	TeamName         string // or the organization's when EnterpriseWide
	EnterpriseID     string // empty outside of an organization
	EnterpriseWide   bool
	AppID            string
	BotUserID, BotID string // BotID is empty when Slack did not tell
	BotToken         Secret
	RefreshToken     Secret    // empty when tokens do not rotate
	ExpiresAt        time.Time // of BotToken; zero when tokens do not rotate
	Scopes           []string  // those that were granted
	InstalledBy      string    // the user
	At               time.Time // when it was installed; refreshing leaves it
}

// Key is where the installation is kept: its workspace or, when EnterpriseWide, its organization.
func (i Installation) Key() string {
	if i.EnterpriseWide {
		return i.EnterpriseID
	}
	return i.TeamID
}

// kept is an Installation as it is sealed: the one place where its tokens are encoded.
type kept struct {
	TeamID         string    `json:"team,omitempty"`
	TeamName       string    `json:"team_name,omitempty"`
	EnterpriseID   string    `json:"enterprise,omitempty"`
	EnterpriseWide bool      `json:"enterprise_wide,omitempty"`
	AppID          string    `json:"app,omitempty"`
	BotUserID      string    `json:"bot_user,omitempty"`
	BotID          string    `json:"bot,omitempty"`
	BotToken       string    `json:"token"`
	RefreshToken   string    `json:"refresh,omitempty"`
	ExpiresAt      time.Time `json:"expires,omitzero"`
	Scopes         []string  `json:"scopes,omitempty"`
	InstalledBy    string    `json:"by,omitempty"`
	At             time.Time `json:"at"`
}

func (i Installation) encode() ([]byte, error) {
	return json.Marshal(kept{i.TeamID, i.TeamName, i.EnterpriseID, i.EnterpriseWide, i.AppID, i.BotUserID, i.BotID,
		i.BotToken.Reveal(), i.RefreshToken.Reveal(), i.ExpiresAt, i.Scopes, i.InstalledBy, i.At})
}

func decode(plain []byte) (Installation, error) {
	var k kept
	if err := json.Unmarshal(plain, &k); err != nil {
		return Installation{}, ErrDamaged // and not err, which may quote what it read
	}
	return Installation{k.TeamID, k.TeamName, k.EnterpriseID, k.EnterpriseWide, k.AppID, k.BotUserID, k.BotID,
		NewSecret(k.BotToken), NewSecret(k.RefreshToken), k.ExpiresAt, k.Scopes, k.InstalledBy, k.At}, nil
}

// isID reports whether a text has the shape of a Slack ID that begins with one of some letters. IDs become keys and parts of
// addresses.
func isID(s, first string) bool {
	if len(s) < 2 || len(s) > 40 {
		return false
	}
	for i, c := range []byte(s) {
		letter := 'A' <= c && c <= 'Z'
		if i == 0 && strings.IndexByte(first, c) < 0 || !letter && (c < '0' || c > '9') {
			return false
		}
	}
	return true
}
