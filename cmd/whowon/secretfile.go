package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
)

// secretKeys are the values of a configuration that must not stand in it, each with a name for the variable that holds it.
var secretKeys = map[string]string{
	"discord.token":                 "DISCORD_TOKEN",
	"slack.app_token":               "SLACK_APP_TOKEN",
	"slack.bot_token":               "SLACK_BOT_TOKEN",
	"slack.signing_secret":          "SLACK_SIGNING_SECRET",
	"slack.previous_signing_secret": "SLACK_PREVIOUS_SIGNING_SECRET",
	"slack.client_secret":           "SLACK_CLIENT_SECRET",
	"slack.token_key":               "WHOWON_TOKEN_KEY",
	"slack.previous_token_key":      "WHOWON_PREVIOUS_TOKEN_KEY",
}

// urlPassword is a database's URL, before variables are put in, and the password in it.
func urlPassword(url string) []string {
	return regexp.MustCompile(`^postgres(?:ql)?://[^/@]*?:([^/]*)@|[?&]password=([^&]+)`).FindStringSubmatch(url)
}

// literalSecret says how to mend a secret that stands in the configuration; "" where there is none. value is as it is
// written.
func literalSecret(path, value string) string {
	key := path[strings.LastIndexByte(path, '.')+1:]
	if name, ok := secretKeys[path]; ok && value != "" && !strings.Contains(value, "${") {
		return fmt.Sprintf("a secret must not stand in the configuration, which is copied and shown; put it into an environment "+
			"variable: %s: ${%s}, or into a file that only you can read: %[1]s: ${file:/run/secrets/%s}", key, name,
			strings.ToLower(name))
	}
	if path != "store.url" {
		return ""
	}
	m := urlPassword(value)
	if len(m) == 0 || m[1]+m[2] == "" || strings.Contains(m[1]+m[2], "${") {
		return ""
	}
	return "the password must not stand in the configuration, which is copied and shown; put it into an environment " +
		"variable: url: postgres://whowon:${WHOWON_DB_PASSWORD}@…, or into a file: ${file:/run/secrets/db_password}"
}

const (
	filePrefix    = "file:" // of a variable that is a file
	maxSecretFile = 64 << 10
)

// mountedSecrets are folders that container engines and systemd put secrets into, for this program alone, with modes of
// their own: Docker's are readable by all of the container.
var mountedSecrets = []string{"/run/secrets/", "/run/credentials/"}

// secretFrom is the first line of a file that not everybody can read.
func secretFrom(file string) (string, error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", fmt.Errorf("%s is not a file", file)
	}
	clean := filepath.ToSlash(filepath.Clean(file))
	mounted := slices.ContainsFunc(mountedSecrets, func(dir string) bool { return strings.HasPrefix(clean, dir) })
	if info.Mode().Perm()&0o007 != 0 && !mounted && runtime.GOOS != "windows" {
		return "", fmt.Errorf("everybody on this machine can read %s or write to it; run: chmod 600 %[1]s", file)
	}
	b, err := io.ReadAll(io.LimitReader(f, maxSecretFile+1))
	if err != nil {
		return "", err
	}
	if len(b) > maxSecretFile {
		return "", fmt.Errorf("%s is larger than %d KiB; it should hold one line", file, maxSecretFile>>10)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	if line = strings.TrimSpace(line); line == "" {
		return "", errors.New(file + " is empty; its first line should be the secret")
	}
	return line, nil
}
