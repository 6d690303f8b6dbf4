package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"
	"time"

	"github.com/whowon-bot/whowon/bot/admin"
)

var healthCommand = command{
	name:  "healthcheck",
	short: "ask the bot that runs here whether it is alive",
	long: `Asks the bot that runs on this machine with the same configuration, at admin.listen, whether
it is alive; with --ready, whether it can do its work: database and platforms too. It is for
what starts and watches programs, in an image without a shell. With --at it asks there, whatever
the configuration says; where nobody listens there at all, it is content: so does the image,
which may run in a terminal.

Exit code: 0 when it is, 1 when it is not or does not answer.`,
	examples: []string{"whowon healthcheck --config whowon.yaml", "whowon healthcheck --ready --config whowon.yaml"},
	setup: func(fs *flag.FlagSet) runner {
		file := fs.String("config", "", "configuration `FILE`")
		at := fs.String("at", "", "`ADDRESS` to ask at")
		ready := fs.Bool("ready", false, "ask whether it can do its work")
		return func(ctx context.Context, e env, words []string) error {
			if len(words) > 0 {
				return usagef("healthcheck takes no words")
			}
			path := admin.AlivePath
			if *ready {
				path = admin.ReadyPath
			}
			if *at != "" {
				err := healthCheck(ctx, e, "http://"+*at+path)
				if errors.Is(err, syscall.ECONNREFUSED) {
					return nil
				}
				return err
			}
			c, err := loadConfig(e, *file)
			if err != nil {
				return err
			}
			if c.adminAddress() == "" {
				return usagef("nobody answers: admin.listen is off in the configuration, or there is none")
			}
			return healthCheck(ctx, e, "http://"+reachable(c.adminAddress())+path)
		}
	},
}

// healthTime is how long an answer may take: longer than the checks behind it.
const healthTime = 4 * time.Second

func healthCheck(ctx context.Context, e env, url string) error {
	ctx, cancel := context.WithTimeout(ctx, healthTime)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, http.NoBody)
	if err != nil {
		return err
	}
	resp, err := (&http.Transport{}).RoundTrip(req) // without a proxy: it is this machine
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 16<<10))
	fmt.Fprintln(e.stdout, strings.TrimSpace(string(body)))
	if err == nil && resp.StatusCode != http.StatusOK {
		err = exitError(exitFault)
	}
	return err
}

// reachable is an address to ask at, of one to listen on: who listens everywhere is asked on this machine.
func reachable(address string) string {
	host, port, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip != nil && ip.IsUnspecified()) {
		host = "127.0.0.1"
		if ip != nil && ip.To4() == nil {
			host = "::1"
		}
		return net.JoinHostPort(host, port)
	}
	return address
}
