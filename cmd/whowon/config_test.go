package main

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func testEnv(vars map[string]string) env {
	return env{stdin: strings.NewReader(""), stdout: new(strings.Builder), stderr: new(strings.Builder),
		lookup: func(name string) (string, bool) { v, ok := vars[name]; return v, ok }}
}

func load(t *testing.T, text string, vars map[string]string) (config, error) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "c.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := loadConfig(testEnv(vars), file)
	return c, err
}

func TestConfig(t *testing.T) {
	c, err := load(t, "facts:\n  overlay_dir: ${DIR}/more\nconsole:\n  history: \"a$${b}\"\n  color: never\nlog: {level: debug, format: json}\n",
		map[string]string{"DIR": "/x"})
	if err != nil {
		t.Fatal(err)
	}
	if c.Facts.OverlayDir != "/x/more" || c.Console.History != "a${b}" || c.Console.Color != "never" || c.Log.Level != "debug" {
		t.Errorf("read %+v", c)
	}
	if c, err = load(t, "# nothing\n", nil); err != nil || !reflect.DeepEqual(c, config{}) {
		t.Errorf("an empty file is %+v, %v", c, err)
	}
}

func TestConfigMistakes(t *testing.T) {
	for _, tt := range []struct{ name, text, want string }{
		{"unknown key", "facts:\n  overlay_dirr: x\n", `c.yaml:2: unknown key "overlay_dirr" in facts; did you mean "overlay_dir"?`},
		{"unknown section", "log: {}\nconsol:\n  color: auto\n", `c.yaml:2: unknown key "consol"; did you mean "console"?`},
		{"nothing near", "zzz: 1\n", `c.yaml:1: unknown key "zzz"; there are admin, console, discord, facts, log`},
		{"two mistakes", "a: 1\nb: 2\n", `c.yaml:2: unknown key "b"`},
		{"missing variable", "console:\n  history: ${NOPE}\n", "c.yaml:2: console.history: the environment variable NOPE is not set"},
		{"no variable", "console: {history: '${'}\n", "console.history: \"${\" is not a variable"},
		{"wrong type", "facts: [1]\n", "c.yaml:1:"},
		{"syntax", "facts:\n\t- x\n", "c.yaml:2:"},
		{"twice", "log: {level: info}\nlog: {level: warn}\n", `already defined`},
		{"two documents", "log: {}\n---\nlog: {}\n", "second document"},
		{"colour", "console: {color: red}\n", `console.color is "red"; use auto, always or never`},
		{"level", "log: {level: loud}\n", `log.level is "loud"`},
		{"format", "log: {format: xml}\n", `log.format is "xml"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := load(t, tt.text, nil)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

func TestExampleConfigIsValid(t *testing.T) {
	data, err := os.ReadFile("../../config.example.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var c config
	if err := decodeStrict("config.example.yaml", data, &c, os.LookupEnv); err != nil {
		t.Error(err)
	}
	for _, key := range []string{"overlay_dir", "packs_dir", "url", "history", "color", "level", "format"} {
		if !strings.Contains(string(data), key+":") {
			t.Errorf("the example lacks %s", key)
		}
	}
}

func FuzzConfig(f *testing.F) {
	f.Add("facts: {overlay_dir: ${X}}\n")
	f.Add("a: &a [*a]\n")
	f.Add("? {}\n: x\n")
	f.Fuzz(func(t *testing.T, text string) {
		var c config
		decodeStrict("c.yaml", []byte(text), &c, func(string) (string, bool) { return "v", true }) // must not panic
	})
}
