package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/discord/gateway"
	"github.com/whowon-bot/whowon/bot/store"
)

// newDiscord makes the platform that the configuration describes.
func newDiscord(c discord.Config, b *bot.Bot, g *games, log *slog.Logger) (*discord.Platform, error) {
	return discord.New(discord.Options{Config: c, Commands: b.Commands(), Suggest: b, Pages: g.config.Web.Base(),
		Sessions: sessions{g.database}, Shared: g.replicas(),
		Version: programVersion(), Log: log, Meter: g.meter})
}

// sessions keeps the state of Discord's gateway among the settings, as one of no guild.
type sessions struct {
	database func(context.Context) (*store.Store, error)
}

// gatewayGuild is no guild: IDs of guilds are numbers.
var gatewayGuild = bot.Guild{Platform: "discord", ID: "gateway"}

func sessionKey(shard, shards int) string { return fmt.Sprintf("session/%d/%d", shard, shards) }

// LoadSession implements gateway.Sessions.
func (s sessions) LoadSession(ctx context.Context, shard, shards int) (gateway.Session, error) {
	var session gateway.Session
	db, err := s.database(ctx)
	if err != nil {
		return session, err
	}
	kept, _, err := db.Settings(ctx, gatewayGuild, bot.Channel{})
	if err != nil {
		return session, err
	}
	if value := kept[sessionKey(shard, shards)]; value != "" {
		err = json.Unmarshal([]byte(value), &session)
	}
	return session, err
}

// SaveSession implements gateway.Sessions.
func (s sessions) SaveSession(ctx context.Context, session gateway.Session) error {
	db, err := s.database(ctx)
	if err != nil {
		return err
	}
	value, err := json.Marshal(session)
	if err != nil {
		return err
	}
	return db.Set(ctx, sessionSetting(session, value))
}

func sessionSetting(s gateway.Session, value []byte) bot.Setting {
	return bot.Setting{Guild: gatewayGuild, Key: sessionKey(s.Shard, s.Shards), Value: string(value)}
}
