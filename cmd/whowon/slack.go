package main

import (
	"context"
	"encoding/base64"
	"log/slog"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/slack/install"
	"github.com/whowon-bot/whowon/bot/store"
)

// newSlack makes the platform that the configuration describes.
func newSlack(c slack.Config, b *bot.Bot, g *games, log *slog.Logger) (*slack.Platform, error) {
	return slack.New(slack.Options{Config: c, Commands: b.Commands(), Bot: b, Pages: g.config.Web.Base(),
		Store: installs{g.database}, Purge: g.purgeGuild,
		Version: programVersion(), Log: log, Meter: g.meter})
}

// purgeGuild drops all that is kept of a community that the bot was removed from.
func (g *games) purgeGuild(ctx context.Context, guild bot.Guild) error {
	db, err := g.database(ctx)
	if err != nil {
		return err
	}
	_, err = db.DeleteGuild(ctx, guild)
	return err
}

var _ install.Swapper = installs{}

// installs keeps the sealed tokens of workspaces among the settings, each as one of no community.
type installs struct {
	database func(context.Context) (*store.Store, error)
}

// installKey is the setting that tokens are.
const installKey = "install"

func installGuild(key string) bot.Guild { return bot.Guild{Platform: "slack-install", ID: key} }

// LoadInstall implements install.Store.
func (i installs) LoadInstall(ctx context.Context, key string) ([]byte, error) {
	db, err := i.database(ctx)
	if err != nil {
		return nil, err
	}
	kept, _, err := db.Settings(ctx, installGuild(key), bot.Channel{})
	if err != nil {
		return nil, err
	}
	if kept[installKey] == "" {
		return nil, install.ErrNotFound
	}
	return base64.StdEncoding.DecodeString(kept[installKey])
}

// SaveInstall implements install.Store.
func (i installs) SaveInstall(ctx context.Context, key string, sealed []byte) error {
	return i.set(ctx, installSetting(key, sealed))
}

// SwapInstall implements install.Swapper.
func (i installs) SwapInstall(ctx context.Context, key string, was, sealed []byte) (bool, error) {
	db, err := i.database(ctx)
	if err != nil {
		return false, err
	}
	return db.SwapSetting(ctx, installSetting(key, sealed), base64.StdEncoding.EncodeToString(was))
}

// DeleteInstall implements install.Store.
func (i installs) DeleteInstall(ctx context.Context, key string) error {
	return i.set(ctx, installSetting(key, nil))
}

func installSetting(key string, sealed []byte) bot.Setting {
	return bot.Setting{Guild: installGuild(key), Key: installKey, Value: base64.StdEncoding.EncodeToString(sealed)}
}

func (i installs) set(ctx context.Context, s bot.Setting) error {
	db, err := i.database(ctx)
	if err != nil {
		return err
	}
	return db.Set(ctx, s)
}

// ListInstalls implements install.Store.
func (i installs) ListInstalls(ctx context.Context) ([]string, error) {
	db, err := i.database(ctx)
	if err != nil {
		return nil, err
	}
	all, err := db.SettingsOf(ctx, installKey)
	var keys []string
	for _, s := range all {
		if s.Guild == installGuild(s.Guild.ID) {
			keys = append(keys, s.Guild.ID)
		}
	}
	return keys, err
}
