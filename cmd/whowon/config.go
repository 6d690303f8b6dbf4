package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"github.com/whowon-bot/whowon/bot/console"
	"github.com/whowon-bot/whowon/bot/discord"
	"github.com/whowon-bot/whowon/bot/slack"
	"github.com/whowon-bot/whowon/bot/web"
	"github.com/whowon-bot/whowon/facts"
)

// config is the configuration file. Each section belongs to the package it is for.
type config struct {
	Facts    factsConfig    `yaml:"facts"`
	Trivia   triviaConfig   `yaml:"trivia"`
	Schedule scheduleConfig `yaml:"schedule"`
	Store    storeConfig    `yaml:"store"`
	Console  console.Config `yaml:"console"`
	Discord  discord.Config `yaml:"discord"`
	Slack    slack.Config   `yaml:"slack"`
	Web      web.Config     `yaml:"web"`
	Admin    adminConfig    `yaml:"admin"`
	Log      logConfig      `yaml:"log"`
}

type factsConfig struct {
	// OverlayDir holds tables that add to or replace the embedded ones. The default is used only where it exists.
	OverlayDir string `yaml:"overlay_dir"`
}

type logConfig struct {
	Level  string `yaml:"level"`  // debug, info, warn, error
	Format string `yaml:"format"` // text, json
}

const defaultOverlayDir = "facts.d"

// loadConfig reads the file; "" is no file and all defaults.
func loadConfig(e env, file string) (config, error) {
	var c config
	if file == "" {
		return c, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return c, usageError{err}
	}
	if err := decodeStrict(file, data, &c, e.lookup); err != nil {
		return c, usageError{err}
	}
	if err := c.Schedule.check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if err := c.Console.Check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if err := c.Discord.Check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if err := c.Slack.Check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if err := c.Web.Check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if err := c.Admin.check(); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	if _, err := c.Log.logger(e); err != nil {
		return c, usagef("%s: %w", file, err)
	}
	return c, nil
}

// logger writes to standard error. The default is text, warnings and worse.
func (c logConfig) logger(e env) (*slog.Logger, error) {
	level := slog.LevelWarn
	if c.Level != "" {
		if err := level.UnmarshalText([]byte(c.Level)); err != nil {
			return nil, fmt.Errorf("log.level is %q; use debug, info, warn or error", c.Level)
		}
	}
	o := &slog.HandlerOptions{Level: level}
	switch c.Format {
	case "", "text":
		return slog.New(slog.NewTextHandler(e.stderr, o)), nil
	case "json":
		return slog.New(slog.NewJSONHandler(e.stderr, o)), nil
	}
	return nil, fmt.Errorf("log.format is %q; use text or json", c.Format)
}

func (c factsConfig) dir() string {
	if c.OverlayDir == "" {
		return defaultOverlayDir
	}
	return c.OverlayDir
}

// overlays are the folders to lay over the embedded tables.
func (c factsConfig) overlays() ([]fs.FS, error) {
	dir := c.dir()
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.OverlayDir == "":
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("facts.overlay_dir: %w", err)
	case !info.IsDir():
		return nil, fmt.Errorf("facts.overlay_dir: %s is not a folder", dir)
	}
	root, err := os.OpenRoot(dir) // no link in it leads out of it
	if err != nil {
		return nil, fmt.Errorf("facts.overlay_dir: %w", err)
	}
	return []fs.FS{root.FS()}, nil // closed when nobody uses it
}

func (c factsConfig) load() (*facts.Corpus, error) {
	overlays, err := c.overlays()
	if err != nil {
		return nil, err
	}
	corpus, err := facts.Load(overlays...)
	if err != nil && len(overlays) > 0 {
		return nil, fmt.Errorf("%s: %w", strings.TrimSuffix(c.dir(), "/"), err)
	}
	return corpus, err
}

// loadFacts loads the facts a command works with.
func loadFacts(e env, configFile string) (*facts.Corpus, error) {
	c, err := loadConfig(e, configFile)
	if err != nil {
		return nil, err
	}
	return c.Facts.load()
}
