package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/creack/pty"
)

// needed skips a test where something is not installed; in CI it fails.
func needed(t *testing.T, err error, what string) {
	t.Helper()
	if err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("%s is needed: %v", what, err)
	}
	t.Skipf("NOT TESTED: %s is needed: %v", what, err)
}

// filmNight is a pack whose answers are known here.
const filmNight = `name: Film night
author: Ada
licence: CC0-1.0
source: https://example.org/films
questions:
  - text: Which film won best picture at the 97th Academy Awards?
    answers: [Anora]
    wrong: [The Brutalist, Conclave, Wicked]
    category: Film night
    difficulty: easy
    kind: work
    note: Held on 2 March 2025.
  - text: Which city held the first ceremony?
    answers: [Hollywood]
    wrong: [New York, Chicago, Pasadena]
    category: Film night
    difficulty: hard
    kind: place
`

// terminalWithPage runs the program in a terminal until stop is called, and returns the address that its greeting tells.
func terminalWithPage(t *testing.T, dir, listen string) (url string, stop func()) {
	t.Helper()
	for name, text := range map[string]string{
		"packs/film-night.yaml": filmNight,
		"whowon.yaml":           "web:\n  listen: " + listen + "\ntrivia:\n  packs_dir: " + filepath.Join(dir, "packs") + "\n",
	} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	screen, tty, err := pty.Open()
	needed(t, err, "a pseudo-terminal")
	var shown lines
	go func() {
		buf := make([]byte, 4096)
		for {
			n, err := screen.Read(buf)
			_, _ = shown.Write(buf[:n]) // it has no errors
			if err != nil {
				return
			}
		}
	}()
	lookup := func(name string) (string, bool) {
		v, ok := map[string]string{"XDG_STATE_HOME": dir, "HOME": dir, "TERM": "xterm"}[name]
		return v, ok
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"run", "--config", filepath.Join(dir, "whowon.yaml")}, env{tty, tty, &shown, lookup})
	}()
	stop = sync.OnceFunc(func() {
		cancel()
		if code := <-ended; code != exitOK {
			t.Errorf("the program ended with %d: %s", code, shown.String())
		}
		_, _ = tty.Close(), screen.Close() // the test is over
	})
	t.Cleanup(stop)
	address := regexp.MustCompile(`http://127\.0\.0\.1:\d+`)
	until(t, "the greeting tells the address", func() bool { return address.MatchString(shown.String()) })
	return address.FindString(shown.String()), stop
}

// newBrowser starts a Chromium without a window.
func newBrowser(t *testing.T) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "headless-shell"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		needed(t, exec.ErrNotFound, "a Chromium")
	}
	ctx, stop := chromedp.NewExecAllocator(context.Background(), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Headless,
		chromedp.DisableGPU, chromedp.NoFirstRun, chromedp.UserDataDir(t.TempDir()), chromedp.WindowSize(1000, 800))
	ctx, stop2 := chromedp.NewContext(ctx)
	t.Cleanup(func() { stop2(); stop() })
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// act is something to do in a browser.
type act = chromedp.Action[chromedp.Void]

// tab is a page that is open, and what it complained of.
type tab struct {
	t   *testing.T
	ctx context.Context
	url string

	mu     sync.Mutex
	faults []string
}

// watchPolicy keeps violations of the content security policy where the test finds them.
const watchPolicy = `window.violations = [];
document.addEventListener('securitypolicyviolation', e => violations.push(e.violatedDirective + ' ' + e.blockedURI));`

// open opens a page of its own; of the same browser, so that tabs share their cookies.
func open(browser context.Context, t *testing.T, url string, l looking) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(browser)
	t.Cleanup(stop)
	b := &tab{t: t, ctx: ctx, url: url}
	complaints := chromedp.Console(ctx)
	go func() {
		for m, err := range complaints {
			if err != nil {
				return // the tab is closed
			}
			if m.IsException() || m.Type == "error" || m.Type == "warning" {
				b.mu.Lock()
				b.faults = append(b.faults, m.String())
				b.mu.Unlock()
			}
		}
	}()
	if _, err := chromedp.Call(ctx, page.AddScriptToEvaluateOnNewDocument,
		page.AddScriptToEvaluateOnNewDocumentParams{Source: watchPolicy}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: l.width, Height: l.height, DeviceScaleFactor: 1, Mobile: l.width < 500}); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: l.scheme}}}); err != nil {
		t.Fatal(err)
	}
	b.do(chromedp.Navigate(url))
	return b
}

// enter says who sits at the tab.
func (b *tab) enter(name string) *tab {
	b.t.Helper()
	b.do(chromedp.Focus("#name"), chromedp.KeyEvent(name+kb.Enter))
	b.until(`!document.getElementById('say').hidden && document.activeElement.id === 'line'`)
	return b
}

func (b *tab) do(actions ...act) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, actLimit)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.t.Fatalf("%s: %v", b.url, err)
	}
}

// actLimit is how long one thing may take, on a machine that has much else to do.
const actLimit = 20 * time.Second

// run does what a script says.
func (b *tab) run(script string) { b.t.Helper(); b.do(chromedp.Evaluate[chromedp.Void](script)) }

// eval is what an expression says.
func eval[T any](b *tab, expression string) (v T) {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.ctx, actLimit)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		b.t.Fatalf("%s: %.200s: %v", b.url, expression, err)
	}
	return v
}

// until waits until an expression is true.
func (b *tab) until(expression string) {
	b.t.Helper()
	for end := time.Now().Add(15 * time.Second); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		if eval[bool](b, "!!("+expression+")") {
			return
		}
	}
	b.t.Fatalf("%s: never: %s; it shows: %s", b.url, expression, eval[string](b, "document.body.innerText"))
}

// shows waits for a text.
func (b *tab) shows(text string) {
	b.t.Helper()
	b.until(fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// say types a line, without taking a proposal.
func (b *tab) say(line string) {
	b.t.Helper()
	b.do(chromedp.Focus("#line"), chromedp.KeyEvent(line+kb.Enter))
}

// press presses the last button that begins with a label.
func (b *tab) press(label string) {
	b.t.Helper()
	button := fmt.Sprintf(`[...document.querySelectorAll('#log button')].findLast(
		o => o.innerText.replace(/\s+/g, ' ').startsWith(%q))`, label)
	b.until(button)
	b.run(button + ".click()")
}

// clean reports all that the browser complained of.
func (b *tab) clean() {
	b.t.Helper()
	for _, v := range eval[[]string](b, "window.violations") {
		b.t.Errorf("%s: the policy was violated: %s", b.url, v)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, f := range b.faults {
		b.t.Errorf("%s: %s", b.url, f)
	}
}

// shot keeps a picture where WHOWON_SCREENSHOTS names a folder.
func (b *tab) shot(name string) {
	b.t.Helper()
	dir := os.Getenv("WHOWON_SCREENSHOTS")
	if dir == "" {
		return
	}
	time.Sleep(150 * time.Millisecond) // it scrolls, and is painted
	png, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Fatal(err)
	}
}

// looking is how a page is looked at.
type looking struct {
	name   string
	width  int64
	height int64
	scheme string
}

// axe is axe-core, from npm; kept in the user's cache.
func axe(t *testing.T) string {
	t.Helper()
	const version = "4.14.1"
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	file := filepath.Join(cache, "whowon", "axe-core-"+version+".min.js")
	text, err := os.ReadFile(file)
	if err == nil {
		return string(text)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	_, err = exec.LookPath("npm")
	needed(t, err, "npm, for axe-core")
	dir := t.TempDir()
	for _, c := range [][]string{{"npm", "pack", "axe-core@" + version, "--silent"},
		{"tar", "-xzf", "axe-core-" + version + ".tgz", "package/axe.min.js"}} {
		cmd := exec.Command(c[0], c[1:]...)
		cmd.Dir = dir
		out, err := cmd.CombinedOutput()
		if err != nil {
			err = fmt.Errorf("%w: %s", err, out)
		}
		needed(t, err, "axe-core from npm")
	}
	if text, err = os.ReadFile(filepath.Join(dir, "package", "axe.min.js")); err != nil {
		t.Fatal(err)
	}
	if os.MkdirAll(filepath.Dir(file), 0o755) == nil {
		_ = os.WriteFile(file, text, 0o644) // it is fetched again
	}
	return string(text)
}

// accessible lets axe-core look at what a page shows now.
func (b *tab) accessible(script, what string) {
	b.t.Helper()
	b.run(script)
	found := eval[[]string](b, `axe.run(document, {resultTypes: ['violations']}).then(r => r.violations
		.filter(v => v.impact === 'serious' || v.impact === 'critical')
		.map(v => v.id + ': ' + v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | ')))`)
	for _, f := range found {
		b.t.Errorf("%s: %s", what, strings.Join(strings.Fields(f), " "))
	}
}
