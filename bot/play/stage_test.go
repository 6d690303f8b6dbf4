package play

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/trivia"
)

// stage is a platform with its players. What it shows it writes to a journal, so that it knows after a restart what it has
// shown, as a platform does.
type stage struct {
	job
	db    *store.Store
	p     *meter
	asks  chan entry
	ended chan struct{} // the end was shown

	mu    sync.Mutex
	shown map[string]bool // keys
	boots int
}

func newStage(j job, db *store.Store, p *meter) (*stage, error) {
	s := &stage{job: j, db: db, p: p, asks: make(chan entry, 64), ended: make(chan struct{}, 1), shown: map[string]bool{}}
	past, err := readJournal(j.Journal)
	if err != nil {
		return nil, err
	}
	for _, e := range past {
		switch {
		case e.Op == "send" && e.Key != "":
			s.shown[e.Key] = true
		case e.Op == "edit":
			s.shown[revealOf(e.Key)] = true
		case e.Op == "killed":
			s.boots++
		}
	}
	for _, e := range past { // the players have seen these questions, and may not have been heard
		if e.Op == "send" && strings.HasPrefix(e.Key, "ask/") && !s.shown[revealOf(e.Key)] {
			s.asks <- e
		}
	}
	return s, nil
}

func revealOf(ask string) string { return "reveal" + strings.TrimPrefix(ask, "ask") }

func (s *stage) Info() bot.Info {
	return bot.Info{Name: stageChannel.Platform, ReadsText: true, Private: true, Edits: s.Mode == "alone", Buttons: true, Once: onceFor(s.Once)}
}

// Send shows a message. Its ID is its key.
func (s *stage) Send(_ context.Context, _ bot.Target, v bot.View, key string) (bot.MessageRef, error) {
	point := "sending " + strings.TrimSuffix(key, fmt.Sprint("/", s.boots))
	s.p.at("before " + point)
	ref := bot.MessageRef{Channel: stageChannel, ID: key}
	s.mu.Lock()
	again := s.Once && s.shown[key] && key != ""
	s.shown[key] = true
	s.mu.Unlock()
	if again {
		return ref, nil
	}
	e := seen("send", key, v)
	if err := s.p.log.write(e); err != nil {
		return ref, err
	}
	s.p.at("after " + point)
	if strings.HasPrefix(key, "end/") {
		s.ended <- struct{}{}
	}
	if strings.HasPrefix(key, "ask/") {
		s.asks <- e
	}
	return ref, nil
}

func (s *stage) Edit(_ context.Context, ref bot.MessageRef, v bot.View) error {
	s.p.at("before editing " + ref.ID)
	err := s.p.log.write(seen("edit", ref.ID, v))
	s.p.at("after editing " + ref.ID)
	return err
}

// Run lets the players play until the round is over.
func (s *stage) Run(ctx context.Context, deliver bot.Deliver) error {
	_, err1 := s.db.OpenRound(ctx, stageChannel)
	_, err2 := s.db.LastRound(ctx, stageChannel)
	if errors.Is(err1, bot.ErrNotFound) && errors.Is(err2, bot.ErrNotFound) {
		in := s.from("p0", fmt.Sprint("begin/", s.boots))
		in.Command = &bot.Command{Name: "begin"}
		if err := deliver(in); err != nil {
			return err
		}
	}
	poll := 40 * time.Millisecond // a query costs more than a round
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-s.ended:
			poll = 2 * time.Millisecond
		case ask := <-s.asks:
			if err := s.answer(ask, deliver); err != nil {
				return err
			}
		case <-time.After(poll):
			if end, err := over(ctx, s.db); end || err != nil && ctx.Err() == nil {
				return err
			}
		}
	}
}

func (s *stage) from(player, id string) bot.Inbound {
	return bot.Inbound{ID: id, At: time.Now(), From: bot.User{ID: bot.UserID(player), Name: "Name of " + player}, Guild: stageGuild,
		To: bot.Target{Channel: stageChannel, Reply: id}}
}

// answer lets every player answer a question: the same answer, at the same moment, however often it is asked of them.
func (s *stage) answer(ask entry, deliver bot.Deliver) error {
	h := fnv.New64a()
	fmt.Fprint(h, ask.Lead)
	rng := rand.New(rand.NewPCG(s.Seed, h.Sum64()))
	players := []string{"p0", "p1", "p2"}
	if s.Mode == "alone" {
		players = players[:1]
	}
	knows := rng.IntN(len(players)) // at least this one
	times := rng.Perm(len(players))
	for i, player := range players {
		in := s.from(player, fmt.Sprintf("%s/%s/%d", player, ask.Key, s.boots))
		in.At, in.Order = ask.At.Add(time.Duration(3*times[i])*time.Millisecond), uint64(times[i])
		right := i == knows || rng.IntN(2) == 0
		s.choose(&in, ask, right)
		err := s.p.log.write(entry{Op: "answer", Key: in.ID, Player: player, Ask: ask.Key, Right: right, At: in.At})
		if err == nil {
			err = deliver(in)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// choose makes an answer that is right or not.
func (s *stage) choose(in *bot.Inbound, ask entry, right bool) {
	all := numbers(64)
	q := all[slices.IndexFunc(all, func(q trivia.Question) bool { return q.Text == ask.Lead })]
	want := q.Wrong[0]
	if right {
		want = q.Answers[0]
	}
	if len(ask.Buttons) == 0 {
		in.Text = want
		return
	}
	for _, b := range ask.Buttons {
		if strings.HasSuffix(b.Label, want) {
			in.Press = &bot.Press{State: b.State}
		}
	}
}

// onceFor is the Info.Once of a platform that shows a key only once, or of one that shows it whenever it is sent.
func onceFor(once bool) time.Duration {
	if once {
		return time.Hour
	}
	return 0
}
