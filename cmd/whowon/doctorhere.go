package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/admin"
	"github.com/whowon-bot/whowon/bot/store"
)

const (
	leastDisk = 256 << 20        // bytes that should be free where the database grows
	mostSkew  = 10 * time.Second // between this machine's clock and the database's
)

// packsCheckUp reads the question packs.
func packsCheckUp(c triviaConfig) bot.Check {
	sound, bad, err := c.load()
	dir := orElse(c.PacksDir, defaultPacksDir)
	switch {
	case err != nil:
		return bot.Check{What: "packs", Says: err.Error(), Mend: "Make the folder, or leave trivia.packs_dir out."}
	case len(bad) > 0:
		return bot.Check{What: "packs", Says: fmt.Sprintf("%s, the first: %v", count(len(bad), "fault"), bad[0]),
			Mend: "See all of them with: whowon pack check " + dir}
	case len(sound) == 0:
		return bot.Check{What: "packs", OK: true, Says: "none"}
	}
	return bot.Check{What: "packs", OK: true, Says: fmt.Sprintf("%d in %s", len(sound), dir)}
}

// zonesCheckUp looks up a time zone, which needs their table.
func zonesCheckUp() bot.Check {
	if _, err := time.LoadLocation("America/New_York"); err != nil {
		return bot.Check{What: "time zones", Says: err.Error(), Mend: "Install tzdata, or unset ZONEINFO."}
	}
	return bot.Check{What: "time zones", OK: true, Says: "are known; here it is " + time.Now().Format("15:04 MST")}
}

// folderCheckUp tries whether files can be made where the database is, or is to be. "" is where none is.
func folderCheckUp(file string) []bot.Check {
	if file == "" {
		return nil
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	for err == nil {
		if _, missing := os.Stat(dir); missing == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	var f *os.File
	if err == nil {
		if f, err = os.CreateTemp(dir, ".whowon-*"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		return []bot.Check{{What: "folder", Says: err.Error(), Mend: fmt.Sprintf("Let the user that whowon runs as (%d) own %s.",
			os.Getuid(), dir)}}
	}
	checks := []bot.Check{{What: "folder", OK: true, Says: dir + " can be written to"}}
	if free, ok := freeDisk(dir); ok {
		c := bot.Check{What: "disk", OK: free >= leastDisk, Says: fmt.Sprintf("%d MiB are free in %s", free>>20, dir)}
		if !c.OK {
			c.Mend = fmt.Sprintf("Make room: %d MiB should be free.", leastDisk>>20)
		}
		checks = append(checks, c)
	}
	return checks
}

// portsCheckUp tries whether the addresses can be listened on. Where the bot runs already, it has them.
func (c config) portsCheckUp(ctx context.Context, e env) []bot.Check {
	var checks []bot.Check
	e.stdout = io.Discard
	running := c.adminAddress() != "" && healthCheck(ctx, e, "http://"+reachable(c.adminAddress())+admin.AlivePath) == nil
	for _, p := range []struct {
		key, address string
		on           bool
	}{
		{"admin.listen", c.adminAddress(), c.adminAddress() != ""},
		{"web.listen", c.Web.Listen, c.Web.Listen != "" && c.Web.Listen != "off"},
		{"discord.listen", orElse(c.Discord.Listen, "127.0.0.1:8081"), c.Discord.On() && c.Discord.Transport == "http"},
		{"slack.listen", orElse(c.Slack.Listen, "127.0.0.1:8082"), c.Slack.SigningSecret != ""},
	} {
		if !p.on {
			continue
		}
		l, err := new(net.ListenConfig).Listen(ctx, "tcp", p.address)
		switch {
		case err == nil:
			_ = l.Close() // it was only tried
			checks = append(checks, bot.Check{What: p.key, OK: true, Says: p.address + " is free"})
		case running:
			checks = append(checks, bot.Check{What: p.key, OK: true, Says: p.address + " is taken: the bot runs"})
		default:
			checks = append(checks, bot.Check{What: p.key, Says: err.Error(),
				Mend: "End what listens there, or set " + p.key + " to another address."})
		}
	}
	return checks
}

// healthCheckUp looks at an open database.
func healthCheckUp(ctx context.Context, db *store.Store) bot.Check {
	h, err := db.Health(ctx)
	if err != nil {
		return bot.Check{What: "database", Says: err.Error(), Mend: "See store.url in the configuration."}
	}
	if h.Skew.Abs() > mostSkew {
		return bot.Check{What: "database", Says: fmt.Sprintf("its clock is %v off this machine's", h.Skew.Round(time.Second)),
			Mend: "Let both keep the time by NTP."}
	}
	return bot.Check{What: "database", OK: true, Says: fmt.Sprintf("can be read and written; schema version %d", h.Schema)}
}
