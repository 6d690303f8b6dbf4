package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"github.com/whowon-bot/whowon/bot"
)

const (
	maxBody       = 1 << 20          // of an interaction, in bytes; Discord's have a few thousand
	maxSkew       = 5 * time.Minute  // between Discord's clock and ours
	keepSignature = 10 * time.Minute // longer than a request is young enough
)

// runHTTP takes interactions as signed requests:
// https://discord.com/developers/docs/interactions/overview#preparing-for-interactions
func (p *Platform) runHTTP(ctx context.Context, deliver bot.Deliver) error {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", p.o.Config.listen())
	if err != nil {
		return err
	}
	p.log.Info("taking Discord's interactions", "address", l.Addr().String())
	return p.serveHTTP(ctx, l, deliver)
}

// serveHTTP serves on a listener until ctx is done.
func (p *Platform) serveHTTP(ctx context.Context, l net.Listener, deliver bot.Deliver) error {
	h, err := p.handler(deliver)
	if err != nil {
		return err
	}
	defer p.opened()()
	s := &http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 10 * time.Second,
		IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10, ErrorLog: slog.NewLogLogger(p.log.Handler(), slog.LevelDebug)}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-ctx.Done()
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), ackAfter+time.Second)
		defer cancel()
		if s.Shutdown(stop) != nil { // nobody waits for what is still open
			_ = s.Close()
		}
	}()
	err = s.Serve(l)
	if errors.Is(err, http.ErrServerClosed) {
		<-ended
		return nil
	}
	return err
}

// handler takes requests of Discord's and refuses all others, before anything else is done with them.
func (p *Platform) handler(deliver bot.Deliver) (http.Handler, error) {
	key, err := p.o.Config.key()
	if err != nil {
		return nil, err
	}
	c := &checker{key: key, now: p.o.Now}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "only POST", http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
		if err != nil {
			http.Error(w, "the body is too large, or broke off", http.StatusRequestEntityTooLarge)
			return
		}
		if !c.genuine(r.Header, body) {
			http.Error(w, "not signed by Discord", http.StatusUnauthorized)
			return
		}
		p.answerHTTP(r.Context(), w, body, deliver)
	}), nil
}

// checker tells requests of Discord's from forged, old and repeated ones.
type checker struct {
	key ed25519.PublicKey
	now func() time.Time

	mu         sync.Mutex
	turned     time.Time
	young, old map[string]struct{} // signatures seen
}

func (c *checker) genuine(h http.Header, body []byte) bool {
	stamp, signature := h.Get("X-Signature-Timestamp"), h.Get("X-Signature-Ed25519")
	sig, err := hex.DecodeString(signature)
	if err != nil || len(sig) != ed25519.SignatureSize || !ed25519.Verify(c.key, append([]byte(stamp), body...), sig) {
		return false
	}
	n, err := strconv.ParseInt(stamp, 10, 64)
	if age := c.now().Sub(time.Unix(n, 0)); err != nil || age > maxSkew || age < -maxSkew {
		return false
	}
	return c.first(string(sig))
}

// first reports whether a signature was not seen lately.
func (c *checker) first(sig string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if now := c.now(); c.young == nil || now.Sub(c.turned) >= keepSignature {
		c.young, c.old, c.turned = map[string]struct{}{}, c.young, now
	}
	_, a := c.young[sig]
	_, b := c.old[sig]
	c.young[sig] = struct{}{}
	return !a && !b
}

// answerHTTP answers an interaction: its first response is the answer to the request.
func (p *Platform) answerHTTP(ctx context.Context, w http.ResponseWriter, body []byte, deliver bot.Deliver) {
	var i interaction
	if err := json.Unmarshal(body, &i); err != nil {
		http.Error(w, "not an interaction", http.StatusBadRequest)
		return
	}
	if i.Type == discordgo.InteractionPing {
		writeResponse(w, response{Type: discordgo.InteractionResponsePong})
		return
	}
	given := make(chan response, 1)
	p.take(&i, func(_ context.Context, r response) error {
		given <- r
		return nil
	}, deliver)
	select {
	case r := <-given:
		writeResponse(w, r)
	case <-time.After(ackAfter + time.Second): // nobody answers what was not understood, or came twice
		http.Error(w, "no answer", http.StatusInternalServerError)
	case <-ctx.Done():
	}
}

func writeResponse(w http.ResponseWriter, r response) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(r) // who asked may have gone
}
