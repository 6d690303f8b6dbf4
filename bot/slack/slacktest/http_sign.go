package slacktest

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Sign is the X-Slack-Signature of a body that is sent at a time, in Unix seconds as in X-Slack-Request-Timestamp.
// https://docs.slack.dev/authentication/verifying-requests-from-slack
func (s *Server) Sign(timestamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(s.o.App.SigningSecret))
	mac.Write([]byte("v0:" + timestamp + ":"))
	mac.Write(body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

// Post sends a request of one's own to the app, signed as Slack signs, JSON where the body is an object and a form
// otherwise. Then change may make it a forgery; nil leaves it as it is. The caller closes the body of the response.
func (s *Server) Post(address string, body []byte, change func(*http.Request)) (*http.Response, error) {
	s.delivery.mu.Lock()
	client := s.delivery.web.client()
	s.delivery.mu.Unlock()
	return s.post(context.Background(), client, address, body, change)
}

func (s *Server) post(ctx context.Context, client *http.Client, address string, body []byte, change func(*http.Request),
) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	timestamp := strconv.FormatInt(time.Now().Unix(), 10)
	mediaType := "application/x-www-form-urlencoded"
	if bytes.HasPrefix(body, []byte("{")) {
		mediaType = "application/json"
	}
	req.Header.Set("Content-Type", mediaType)
	req.Header.Set("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
	req.Header.Set("X-Slack-Request-Timestamp", timestamp)
	req.Header.Set("X-Slack-Signature", s.Sign(timestamp, body))
	if change != nil {
		change(req)
	}
	limited := *client
	limited.CheckRedirect = func(_ *http.Request, via []*http.Request) error {
		if len(via) > 2 {
			return errRedirects
		}
		return nil
	}
	return limited.Do(req)
}

// VerifyURL sends the challenge that an events URL has to pass before it may be used, and returns why it did not.
// https://docs.slack.dev/reference/events/url_verification
func (s *Server) VerifyURL() error {
	s.delivery.mu.Lock()
	address := s.delivery.web.Events
	s.delivery.mu.Unlock()
	challenge := "challenge-" + s.Sign(strconv.FormatInt(time.Now().UnixNano(), 10), nil)[3:35]
	body, err := json.Marshal(map[string]string{"token": "test", "challenge": challenge, "type": "url_verification"})
	if err != nil {
		return err
	}
	start := time.Now()
	res, err := s.Post(address, body, nil)
	if err != nil {
		return err
	}
	defer func() { _ = res.Body.Close() }()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	switch {
	case err != nil:
		return err
	case res.StatusCode != http.StatusOK:
		return fmt.Errorf("the challenge was answered with status %d", res.StatusCode)
	case time.Since(start) > ackTimeout:
		return fmt.Errorf("the challenge was answered after %v", time.Since(start))
	case challengeIn(answer) != challenge:
		return fmt.Errorf("the challenge was answered with %.100q", answer)
	}
	return nil
}

// challengeIn is the challenge in an answer: plain, as JSON, or as a form.
func challengeIn(answer []byte) string {
	answer = bytes.TrimSpace(answer)
	var object struct {
		Challenge string `json:"challenge"`
	}
	if json.Unmarshal(answer, &object) == nil {
		return object.Challenge
	}
	if form, err := url.ParseQuery(string(answer)); err == nil && form.Has("challenge") {
		return form.Get("challenge")
	}
	return string(answer)
}
