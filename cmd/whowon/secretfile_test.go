package main

import (
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
)

// inFile keeps a secret in a file, and is what stands for it in a configuration.
func inFile(t *testing.T, secret string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(file, []byte(secret+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return "${file:" + file + "}"
}

func TestSecretsDoNotStandInTheConfiguration(t *testing.T) {
	const ok = ""
	file := inFile(t, "file-canary")
	for text, want := range map[string]string{
		"discord: {token: canary}":                                              "c.yaml:1: discord.token: a secret must not stand in the configuration",
		"discord: {token: '12345'}":                                             "token: ${DISCORD_TOKEN}",
		"discord: {token: 12345}":                                               "token: ${DISCORD_TOKEN}",
		"discord: {token: 1.5}":                                                 "token: ${DISCORD_TOKEN}",
		"discord: {token: true}":                                                "token: ${DISCORD_TOKEN}",
		"discord:\n  token: |\n    canary":                                      "token: ${DISCORD_TOKEN}",
		"slack: {app_token: xapp-canary}":                                       "${SLACK_APP_TOKEN}, or into a file that only you can read",
		"slack: {token_key: canary}":                                            "${WHOWON_TOKEN_KEY}",
		"discord: {token: }":                                                    ok,
		"discord: {token: '${DISCORD_TOKEN}'}":                                  ok,
		"discord: {token: '" + file + "'}":                                      ok,
		"store: {url: 'postgres://u:canary@h/d'}":                               "store.url: the password must not stand in the configuration",
		"store: {url: 'postgres://u:can@ary@h/d'}":                              "the password must not stand",
		"store: {url: 'postgres://h/d?user=u&password=canary'}":                 "the password must not stand",
		"store: {url: 'postgres://u:${DISCORD_TOKEN}@h/d'}":                     ok,
		"store: {url: 'postgres://u:" + file + "@h/d'}":                         ok,
		"store: {url: 'postgres://u@h:5432/d?application_name=x:y@z'}":          ok,
		"store: {url: 'sqlite:a:b@c.db'}":                                       ok,
		"store: {url: 'postgres:///d?host=/run/postgresql&user=u&passfile=/x'}": ok,
	} {
		_, err := load(t, text+"\n", map[string]string{"DISCORD_TOKEN": "environment-canary"})
		if want == ok && err != nil || want != ok && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%s: %v; want %q", text, err, want)
		}
		if err != nil && strings.Contains(err.Error(), "canary") {
			t.Errorf("it tells the secret: %v", err)
		}
	}
	if c, err := load(t, "discord: {token: '"+file+"'}\n", nil); err != nil || c.Discord.Token != "file-canary" {
		t.Errorf("%q, %v", c.Discord.Token, err)
	}
}

func TestSecretFiles(t *testing.T) {
	dir := t.TempDir()
	for name, tt := range map[string]struct {
		text string
		mode os.FileMode
		want string // of the error; "" is none
	}{
		"plain":    {"  canary \r\nsecond line\n", 0o600, ""},
		"group":    {"canary", 0o640, ""},
		"readable": {"canary", 0o644, "chmod 600"},
		"writable": {"canary", 0o602, "chmod 600"},
		"empty":    {"\ncanary\n", 0o600, "is empty"},
		"large":    {strings.Repeat("canary", 20_000), 0o600, "larger than 64 KiB"},
	} {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(file, tt.mode); err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS == "windows" && tt.want == "chmod 600" {
			continue
		}
		got, err := secretFrom(file)
		if tt.want == "" && (err != nil || got != "canary") || tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)) {
			t.Errorf("%s: %q, %v; want %q", name, got, err, tt.want)
		}
	}
	for _, file := range []string{dir, filepath.Join(dir, "missing"), ""} {
		if _, err := secretFrom(file); err == nil {
			t.Errorf("read %q", file)
		}
	}
}

// TestSecretKeysAreAll finds keys that look like secrets and are not treated as such.
func TestSecretKeysAreAll(t *testing.T) {
	found := 0
	var look func(typ reflect.Type, path string)
	look = func(typ reflect.Type, path string) {
		if typ.Kind() != reflect.Struct {
			if _, known := secretKeys[path]; known {
				found++
			} else if key := path[strings.LastIndexByte(path, '.')+1:]; key != "public_key" &&
				(strings.Contains(key, "token") || strings.Contains(key, "secret") || strings.Contains(key, "key") || strings.Contains(key, "password")) {
				t.Errorf("%s looks like a secret: put it into secretKeys", path)
			}
			return
		}
		for key, field := range fieldsOf(typ) {
			look(field, strings.TrimPrefix(path+"."+key, "."))
		}
	}
	look(reflect.TypeFor[config](), "")
	if found != len(secretKeys) {
		t.Errorf("%d of %d secrets are in the configuration", found, len(secretKeys))
	}
}
