package rest_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/bot/discord/rest"
)

// BenchmarkCallback answers an interaction, beside a bare http.Client that sends the same over a transport like ours.
func BenchmarkCallback(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(served))
	defer server.Close()
	body := []byte(`{"type":4,"data":{"content":"` + strings.Repeat("x", 1000) + `"}}`)
	const path = "/interactions/1/t/callback"
	b.Run("ours", func(b *testing.B) {
		c := newClient(b, rest.Options{Base: server.URL})
		b.ReportAllocs()
		for b.Loop() {
			err := c.Do(b.Context(), rest.Request{Method: http.MethodPost, Path: path, Body: body, Interaction: true})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("bare", func(b *testing.B) {
		client := &http.Client{Transport: rest.NewTransport()}
		b.ReportAllocs()
		for b.Loop() {
			req, err := http.NewRequestWithContext(b.Context(), http.MethodPost, server.URL+path, bytes.NewReader(body))
			if err != nil {
				b.Fatal(err)
			}
			req.Header.Set("Content-Type", "application/json")
			resp, err := client.Do(req)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, resp.Body); err != nil {
				b.Fatal(err)
			}
			_ = resp.Body.Close()
		}
	})
}
