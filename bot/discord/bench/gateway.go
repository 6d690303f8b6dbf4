package bench

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/coder/websocket"
)

// Opcodes: https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opHeartbeat = 1
	opIdentify  = 2
)

// home is how many guilds the bot is in from the start.
const home = 16

// gateway is the connection of the bot. There is one, for good.
func (s *Server) gateway(w http.ResponseWriter, r *http.Request) {
	ws, err := websocket.Accept(w, r, nil)
	if err != nil {
		s.fail(fmt.Errorf("the connection to the gateway: %w", err))
		return
	}
	defer func() { _ = ws.CloseNow() }()
	s.fail(fmt.Errorf("the gateway: %w", s.receive(ws)))
}

// receive takes what the bot sends until that fails, and returns why.
func (s *Server) receive(ws *websocket.Conn) error {
	send := func(frame string) error { return ws.Write(s.ctx, websocket.MessageText, []byte(frame)) }
	if err := send(`{"t":null,"s":null,"op":10,"d":{"heartbeat_interval":41250}}`); err != nil {
		return err
	}
	for {
		_, frame, err := ws.Read(s.ctx)
		if err != nil {
			return err
		}
		var f struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		if err := json.Unmarshal(frame, &f); err != nil {
			return err
		}
		switch f.Op {
		case opHeartbeat:
			var seq int64
			_ = json.Unmarshal(f.D, &seq) // null before the first event
			select {
			case s.beats <- seq:
			default: // nobody has asked for it
			}
			err = send(`{"t":null,"s":null,"op":11,"d":null}`)
		case opIdentify:
			err = s.login(ws)
		default:
			err = fmt.Errorf("an unexpected frame, op %d", f.Op)
		}
		if err != nil {
			return err
		}
	}
}

// login tells the bot who it is and where.
func (s *Server) login(ws *websocket.Conn) error {
	if s.ws != nil {
		return errors.New("the bot has logged in again")
	}
	s.ws = ws
	if err := s.dispatch("READY", ready(s.URL)); err != nil {
		return err
	}
	for g := range uint64(home) {
		if err := s.dispatch("GUILD_CREATE", guild(guildBase+g)); err != nil {
			return err
		}
	}
	close(s.ready)
	return nil
}

func (s *Server) dispatch(event string, d []byte) error {
	s.seq++
	frame := make([]byte, 0, len(d)+64)
	frame = fmt.Appendf(frame, `{"t":%q,"s":%d,"op":0,"d":`, event, s.seq)
	frame = append(append(frame, d...), '}')
	return s.ws.Write(s.ctx, websocket.MessageText, frame)
}

// Connected waits for the bot to have logged in.
func (s *Server) Connected(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New("it has not connected to the gateway"))
	defer cancel()
	if err := receive(ctx, s, s.ready); err != nil {
		return err
	}
	return s.Settle(ctx)
}

// Settle waits until the bot has taken everything that was sent: it asks for a heartbeat, which is given in turn and names
// the last event. What the bot does beside receiving is given a moment to end.
func (s *Server) Settle(ctx context.Context) error {
	ctx, cancel := context.WithTimeoutCause(ctx, patience, errors.New("the events were not taken"))
	defer cancel()
	for len(s.beats) > 0 {
		<-s.beats
	}
	if err := s.ws.Write(s.ctx, websocket.MessageText, []byte(`{"t":null,"s":null,"op":1,"d":null}`)); err != nil {
		return s.why(err)
	}
	for {
		select {
		case seq := <-s.beats:
			if seq >= s.seq {
				time.Sleep(moment)
				return nil
			}
		case <-s.ctx.Done():
			return context.Cause(s.ctx)
		case <-ctx.Done():
			return context.Cause(ctx)
		}
	}
}

const moment = 20 * time.Millisecond

// Ask sends n interactions, a question each, and waits for the answers.
func (s *Server) Ask(ctx context.Context, n int, questions []Question) error {
	for range n {
		if err := s.take(ctx); err != nil {
			return err
		}
		id := s.snowflake()
		q := questions[s.nth%len(questions)]
		s.mu.Lock()
		s.pending[fmt.Sprint(id)] = q
		s.mu.Unlock()
		if err := s.dispatch("INTERACTION_CREATE", interaction(id, s.where(), q.Text)); err != nil {
			return s.why(err)
		}
	}
	for range Window { // all places are free again
		if err := s.take(ctx); err != nil {
			return err
		}
	}
	for range Window {
		<-s.window
	}
	return s.Settle(ctx)
}

// take waits for a place in the window.
func (s *Server) take(ctx context.Context) error {
	select {
	case s.window <- struct{}{}:
		return nil
	default:
	}
	late := time.NewTimer(patience)
	defer late.Stop()
	select {
	case s.window <- struct{}{}:
		return nil
	case <-late.C:
		return fmt.Errorf("%d interactions have no answer", len(s.window))
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// Say sends n messages of people to each other, with content or with none, and waits until the bot has taken them.
func (s *Server) Say(ctx context.Context, n int, content bool) error {
	for range n {
		if err := s.dispatch("MESSAGE_CREATE", message(s.snowflake(), s.where(), content)); err != nil {
			return s.why(err)
		}
	}
	return s.Settle(ctx)
}

// Join adds the bot to guilds, from the first-th after those it is in from the start.
func (s *Server) Join(ctx context.Context, first, n int) error {
	for g := range n {
		if err := s.dispatch("GUILD_CREATE", guild(guildBase+home+uint64(first+g))); err != nil {
			return s.why(err)
		}
	}
	return s.Settle(ctx)
}

// why is what went wrong, where an error is only what follows from it.
func (s *Server) why(err error) error {
	if cause := context.Cause(s.ctx); cause != nil {
		return cause
	}
	return err
}

// receive waits for an element of from, or its end.
func receive(ctx context.Context, s *Server, from <-chan struct{}) error {
	select {
	case <-from:
		return nil
	case <-s.ctx.Done():
		return context.Cause(s.ctx)
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}

// snowflake makes an ID of now that is higher than all before:
// https://docs.discord.com/developers/reference#snowflakes.
func (s *Server) snowflake() uint64 {
	const epoch = 1420070400000
	s.last = max(s.last+1, uint64(time.Now().UnixMilli()-epoch)<<22)
	return s.last
}

// where is the place of the next event. They go through all channels of the guilds, and through many people.
func (s *Server) where() place {
	s.nth++
	n := uint64(s.nth)
	return place{guild: guildBase + n%home, channel: channelID(guildBase+n%home, n/home%8), user: userBase + n%997}
}
