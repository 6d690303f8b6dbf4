package install

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

var someTime = time.Unix(1_790_000_000, 0)

func TestCacheIsBounded(t *testing.T) {
	c := newCache()
	for n := range maxCache + 500 {
		c.put(fmt.Sprint("T", n), Installation{}, someTime, time.Time{})
	}
	if len(c.all) != maxCache {
		t.Errorf("it has %d", len(c.all))
	}
	if _, ok, _ := c.get(fmt.Sprint("T", maxCache+499), someTime); !ok {
		t.Error("the last one is not there")
	}
}

func TestCacheEndsWhenARefreshIsDue(t *testing.T) {
	c := newCache()
	c.put("T1", Installation{}, someTime, someTime.Add(10*time.Second))
	if _, ok, _ := c.get("T1", someTime.Add(9*time.Second)); !ok {
		t.Error("it has ended before")
	}
	if _, ok, _ := c.get("T1", someTime.Add(10*time.Second)); ok {
		t.Error("it goes on")
	}
}

type endlessBody struct{}

func (endlessBody) Read(p []byte) (int, error) { return len(p), nil }

func (endlessBody) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(endlessBody{})}, nil
}

func TestAnswersAreReadToALimit(t *testing.T) {
	req, err := http.NewRequest(http.MethodPost, "http://slack.test/", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := careful{&http.Client{Transport: endlessBody{}}}.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if n, err := io.Copy(io.Discard, io.LimitReader(resp.Body, 2*maxAnswer)); n != maxAnswer || err != nil {
		t.Errorf("%d bytes were read, %v", n, err)
	}
}

func TestCachedInstallationCannotBeChanged(t *testing.T) {
	c := newCache()
	c.put("T1", Installation{Scopes: []string{"commands"}}, someTime, time.Time{})
	got, _, _ := c.get("T1", someTime)
	got.Scopes[0] = "admin"
	if got, _, _ := c.get("T1", someTime); got.Scopes[0] != "commands" {
		t.Error("it was changed")
	}
}

func TestUsedStatesAreBounded(t *testing.T) {
	s := newStates([]byte("key"))
	for range 3 * maxUsed {
		state, cookie := s.make(someTime)
		if !s.use(state, cookie, someTime) || s.use(state, cookie, someTime) {
			t.Fatal("it is not good once")
		}
	}
	if n := len(s.young) + len(s.old); n > 2*maxUsed {
		t.Errorf("%d are remembered", n)
	}
}

func TestLocksOfNobodyTakeNoMemory(t *testing.T) {
	l := newLocks()
	unlock, err := l.lock(t.Context(), "T1")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := l.lock(ctx, "T1"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("it was locked twice: %v", err)
	}
	other, err := l.lock(t.Context(), "T2")
	if err != nil {
		t.Fatal(err)
	}
	other()
	unlock()
	if len(l.all) != 0 {
		t.Errorf("%d are left", len(l.all))
	}
}

// TestPolicyIsOfTheStyle as the browser gets it: html/template might change it.
func TestPolicyIsOfTheStyle(t *testing.T) {
	w := httptest.NewRecorder()
	page{Title: "</style><b>", Text: "<b>", Command: "</code><b>", Open: "javascript:alert(1)"}.write(w, 200)
	body := w.Body.String()
	styles := regexp.MustCompile(`(?s)<style>(.*?)</style>`).FindAllStringSubmatch(body, -1)
	if len(styles) != 1 || strings.Contains(body, "<b>") || strings.Contains(body, "javascript:") || strings.Contains(body, "<script") {
		t.Fatalf("the page is %s", body)
	}
	sum := sha256.Sum256([]byte(styles[0][1]))
	if !strings.Contains(policy, base64.StdEncoding.EncodeToString(sum[:])) {
		t.Errorf("the policy is %s, the style %s", policy, styles[0][1])
	}
}
