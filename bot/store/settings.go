package store

import (
	"context"

	"github.com/whowon-bot/whowon/bot"
)

// Settings are those of a guild and those of one of its channels, by key. A zero channel has none.
func (s *Store) Settings(ctx context.Context, g bot.Guild, ch bot.Channel) (guild, channel map[string]string, err error) {
	all, err := list(ctx, s, "loading the settings of "+g.ID, scanSetting, selectSettings+
		`WHERE platform = $1 AND guild = $2 AND channel IN ('', $3)`, g.Platform, g.ID, ch.ID)
	guild, channel = map[string]string{}, map[string]string{}
	for _, st := range all {
		if st.Channel == "" {
			guild[st.Key] = st.Value
		} else {
			channel[st.Key] = st.Value
		}
	}
	return guild, channel, err
}

// SettingsOf are all settings with a key, of guilds and channels of every platform.
func (s *Store) SettingsOf(ctx context.Context, key string) ([]bot.Setting, error) {
	return list(ctx, s, "loading the settings "+key, scanSetting,
		selectSettings+`WHERE key = $1 ORDER BY platform, guild, channel`, key)
}

const selectSettings = `SELECT platform, guild, channel, key, value FROM settings `

func scanSetting(row scanner) (st bot.Setting, err error) {
	err = row.Scan(&st.Guild.Platform, &st.Guild.ID, &st.Channel, &st.Key, &st.Value)
	return st, err
}

// Set keeps a setting in place of the one before; the value "" removes it.
func (s *Store) Set(ctx context.Context, st bot.Setting) error {
	_, err := s.write(ctx, "keeping the setting "+st.Key+" of "+st.Guild.ID, setting(st))
	return err
}

func setting(st bot.Setting) statement {
	change := do(`DELETE FROM settings WHERE platform = $1 AND guild = $2 AND channel = $3 AND key = $4`,
		st.Guild.Platform, st.Guild.ID, st.Channel, st.Key)
	if st.Value != "" {
		change = do(`INSERT INTO settings (platform, guild, channel, key, value) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (platform, guild, channel, key) DO UPDATE SET value = excluded.value`,
			st.Guild.Platform, st.Guild.ID, st.Channel, st.Key, st.Value)
	}
	return change
}

// SwapSetting keeps a setting in place of the value it had, and reports false when that is not its value any more.
func (s *Store) SwapSetting(ctx context.Context, st bot.Setting, was string) (bool, error) {
	n, err := s.write(ctx, "changing the setting "+st.Key+" of "+st.Guild.ID, do(`UPDATE settings SET value = $5
		WHERE platform = $1 AND guild = $2 AND channel = $3 AND key = $4 AND value = $6`,
		st.Guild.Platform, st.Guild.ID, st.Channel, st.Key, st.Value, was))
	return err == nil && n[0] == 1, err
}
