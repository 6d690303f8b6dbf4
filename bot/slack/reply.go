package slack

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack"

	"github.com/whowon-bot/whowon/bot"
)

// reply is the answer to one thing that a user did, from its arrival until it has been handled. What is here is where the
// answer goes: into the acknowledgement, where that waits for it, to the address that Slack gave, into the modal that was
// filled in, into a new modal where it was done in the App Home, or as a message that only the user sees.
type reply struct {
	p        *Platform
	id       string
	user     string
	at       place // without a channel in a view
	thread   string
	response string // the address; for 5 messages within 30 minutes
	trigger  string // to open a modal with, for 3 seconds
	view     string // the modal that was filled in, or that a button is in
	late     *late  // the acknowledgement, which the answer may be; nil when it was given
	page     int    // of the view that was asked for
	quiet    bool   // the answer is for the user alone, whatever it is
	private  bool   // what was pressed is on a message that only the user sees
}

// send answers with a view.
func (r *reply) send(ctx context.Context, v bot.View) error {
	v.Private = v.Private || r.quiet
	switch {
	case r.response != "":
		return r.respond(ctx, v)
	case r.late != nil && r.view != "" && r.late.give(r.p.updated(v, r.page)) == nil:
		return nil
	case r.view != "":
		return r.p.showModal(ctx, r.at, r.view, "", r.p.answerModal(v, r.page))
	case r.at.channel != "":
		return r.whisper(ctx, v)
	}
	return r.p.showModal(ctx, r.at, "", r.trigger, r.p.answerModal(v, r.page))
}

// showModal shows a modal: in the place of one that is open, or a new one. A trigger is good for three seconds, so that
// is not tried again.
func (p *Platform) showModal(ctx context.Context, at place, view, trigger string, m slack.ModalViewRequest) error {
	ws, err := p.workspaces.of(ctx, at)
	if err != nil {
		return gone(err)
	}
	if view != "" {
		l := limit{key: "views.update/" + ws.team, every: everyTier4, repeatable: true}
		return p.call(ctx, l, func(ctx context.Context) error {
			_, err := ws.client.UpdateViewContext(ctx, m, "", "", view)
			return err
		})
	}
	var d departure
	_, err = ws.client.OpenViewContext(d.watch(ctx), trigger, m)
	return unsure(err, d.leavesOpen(err))
}

// answerRoom is what an answer takes, mostly; maxInAck how large it may be in an acknowledgement, of which Slack drops
// one of 20 KB without a word: see socket.ErrTooLarge.
const (
	answerRoom = 4 << 10
	maxInAck   = 18 << 10
)

// updated is a view in the place of the modal that was filled in.
func (p *Platform) updated(v bot.View, page int) any {
	m := p.answerModal(v, page)
	return slack.NewUpdateViewSubmissionResponse(&m)
}

// respond answers in the acknowledgement, where that was not given yet, else at the address that Slack gave, which
// works where the bot is no member, too.
// https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
func (r *reply) respond(ctx context.Context, v bot.View) error {
	kind := answerKind{private: v.Private, replaces: v.Private && r.private, thread: r.thread}
	msg := appendMessage(make([]byte, 0, answerRoom), r.p.draw(v, r.page, surfaceMessage), kind)
	if r.late != nil && len(msg) < maxInAck && r.late.give(json.RawMessage(msg)) == nil {
		r.p.answered.add(r.id, msg)
		return nil
	}
	err := r.p.call(ctx, limit{key: "response/" + r.id}, func(ctx context.Context) error {
		return r.p.answer(ctx, r.response, msg)
	})
	if errors.Is(err, errNotTaken) && r.at.channel != "" { // it was used up, or is too old
		r.p.log.Debug("a response address did not take the answer", "id", r.id, "err", scrub(err))
		return r.whisper(ctx, v)
	}
	return err
}

// whisper sends a view as a message that only the user sees; one that is not private as a message to all.
func (r *reply) whisper(ctx context.Context, v bot.View) error {
	ws, err := r.p.workspaces.of(ctx, r.at)
	if err != nil {
		return gone(err)
	}
	if !v.Private {
		_, err := r.p.post(ctx, ws, posting{drawn: r.p.draw(v, r.page, surfaceMessage), channel: r.at.channel, thread: r.thread})
		return err
	}
	options := messageOptions(r.p.draw(v, r.page, surfaceMessage), r.thread)
	l := limit{key: "chat.postEphemeral/" + ws.team, every: everyTier4, repeatable: true}
	return r.p.call(ctx, l, func(ctx context.Context) error {
		_, err := ws.client.PostEphemeralContext(ctx, r.at.channel, r.user, options...)
		return err
	})
}

// messageOptions are a message's: nothing in it is unfurled, and nothing in its text is a link or a name by itself.
func messageOptions(d drawn, thread string) []slack.MsgOption {
	options := []slack.MsgOption{slack.MsgOptionText(d.text, false), slack.MsgOptionBlocks(d.blocks...),
		slack.MsgOptionDisableLinkUnfurl(), slack.MsgOptionDisableMediaUnfurl()}
	if thread != "" {
		options = append(options, slack.MsgOptionTS(thread))
	}
	return options
}

// posting is a message of the bot's own.
type posting struct {
	drawn
	channel, thread string
	key             string // "" is none
	patient         bool   // nobody waits for it
}

// post sends a message to a channel and returns its timestamp. In a thread that is gone it goes to the channel.
func (p *Platform) post(ctx context.Context, ws *workspace, m posting) (string, error) {
	if m.patient {
		every := limit{key: "posts/" + ws.team, every: everyPatient}
		if err := p.pace.wait(ctx, every); err != nil {
			return "", err
		}
	}
	ts, err := p.post1(ctx, ws, m)
	if m.thread != "" && isGone(err) {
		m.thread = ""
		ts, err = p.post1(ctx, ws, m)
	}
	return ts, err
}

// isGone reports whether the message at the top of a thread was deleted.
func isGone(err error) bool {
	return codeOf(err) == "thread_not_found" || codeOf(err) == "message_not_found"
}

func (p *Platform) post1(ctx context.Context, ws *workspace, m posting) (ts string, err error) {
	options := messageOptions(m.drawn, m.thread)
	if m.key != "" { // so that a message can be recognized in the channel's history
		options = append(options, slack.MsgOptionMetadata(slack.SlackMetadata{EventType: metadataType,
			EventPayload: map[string]any{"key": m.key}}))
	}
	l := limit{key: "chat.postMessage/" + ws.team + "/" + m.channel, every: everyPost, patient: m.patient}
	err = p.call(ctx, l, func(ctx context.Context) error {
		var err error
		if _, ts, err = ws.client.PostMessageContext(ctx, m.channel, options...); err == nil && ts == "" {
			return errNoMessage
		}
		return err
	})
	return ts, err
}

// replies are those to what is being handled.
type replies struct {
	mu sync.Mutex
	by map[string]*reply
}

// keep keeps a reply until drop. Where there is one to the same thing, that is returned and stays.
func (s *replies) keep(r *reply) (first *reply) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if first = s.by[r.id]; first == nil {
		s.by[r.id] = r
	}
	return first
}

// end is called when what a user did has been handled.
func (r *reply) end() {
	r.p.replies.drop(r.id)
	if r.late != nil {
		r.late.end()
	}
}

func (s *replies) drop(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.by, id)
}

func (s *replies) to(id string) *reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by[id]
}

// recent remembers for a day and longer what was delivered, by event: Slack delivers an event again when it was not
// acknowledged, and while connections are renewed.
type recent struct {
	mu         sync.Mutex
	since      time.Time
	young, old map[string]struct{}
}

const (
	recentSpan = 24 * time.Hour
	maxRecent  = 1 << 18 // IDs until the older ones go earlier, so that a busy day does not take all memory
)

// add remembers an ID and reports whether it is new.
func (r *recent) add(id string, now time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if now.Sub(r.since) > recentSpan || len(r.young) >= maxRecent {
		r.since, r.old, r.young = now, r.young, map[string]struct{}{}
	}
	_, young := r.young[id]
	_, old := r.old[id]
	if young || old {
		return false
	}
	r.young[id] = struct{}{}
	return true
}
