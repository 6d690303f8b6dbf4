package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/discord/discordtest"
	"github.com/whowon-bot/whowon/bot/store"
)

const (
	matchGuild   = "200000000000000001"
	matchPlayers = 4                // of a round
	matchTime    = 10 * time.Second // for a question
	matchPause   = 5 * time.Second  // between two
)

// match are rounds in channels of their own, and those who play them.
type match struct {
	rolling
	discord *discordtest.Server
	players sync.WaitGroup

	mu        sync.Mutex
	rounds    map[string]*played // by channel
	steps     []step
	acked     []pick
	retried   int
	messages  int
	surprises []string // messages that nobody expected
}

// played is what a channel has shown.
type played struct {
	questions map[string]int // messages, by round and question
	revealed  map[string]time.Time
	asked     map[string]time.Time
	last      time.Time // when the last question was revealed, or should be
	ends      int
}

// pick is an answer that was acknowledged: its player was told so.
type pick struct {
	channel, round, player string
	question, option       int
}

func newMatch(t *testing.T, d *discordtest.Server, size rolling) *match {
	m := &match{rolling: size, discord: d, rounds: map[string]*played{}}
	var channels []discordtest.Channel
	for n := range size.rounds {
		id := strconv.Itoa(210000000000000000 + n)
		channels = append(channels, discordtest.Channel{ID: id, Name: fmt.Sprint("channel", n)})
		m.rounds[id] = &played{questions: map[string]int{}, revealed: map[string]time.Time{}, asked: map[string]time.Time{}}
	}
	d.AddGuild(matchGuild, "guild", channels...)
	d.OnMessage(m.shown)
	return m
}

// begin begins all rounds, and waits until their first questions are there.
func (m *match) begin(t *testing.T) {
	t.Helper()
	for id := range m.rounds {
		m.players.Go(func() {
			starter := m.discord.User("starter" + id)
			for m.count(id) == 0 {
				i := m.discord.Slash(discordtest.Where{Channel: id}, starter, "trivia start", discordtest.Option{Name: "mode", Value: "everybody"},
					discordtest.Option{Name: "questions", Value: m.questions}, discordtest.Option{Name: "seconds", Value: int(matchTime / time.Second)})
				ctx, cancel := context.WithTimeout(context.Background(), 3*time.Second)
				_ = i.Wait(ctx) // what was refused or lost is given again
				cancel()
				time.Sleep(500 * time.Millisecond)
			}
		})
	}
	until(t, "all rounds have begun", func() bool {
		for id := range m.rounds {
			if m.count(id) == 0 {
				return false
			}
		}
		return true
	})
}

// awaitPause waits until many rounds have shown an answer just now.
func (m *match) awaitPause(t *testing.T) {
	t.Helper()
	until(t, "many rounds pause", func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		n := 0
		for _, p := range m.rounds {
			if ago := time.Since(p.last); ago > 0 && ago < matchPause-time.Second && p.ends == 0 && len(p.revealed) < m.questions {
				n++
			}
		}
		return 3*n >= len(m.rounds)
	})
}

// count is how many questions a channel has shown.
func (m *match) count(channel string) int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.rounds[channel].questions)
}

// shown takes what a channel shows.
func (m *match) shown(msg discordtest.Message, edited bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	p := m.rounds[msg.ChannelID]
	if p == nil || msg.For != "" {
		return
	}
	now, text := time.Now(), discordtest.Text(msg)
	m.messages++
	options := answerButtons(msg)
	switch {
	case edited && len(options) == 0:
		key := msg.ID
		if _, again := p.revealed[key]; again {
			return // its buttons, or the count of answers below it
		}
		p.revealed[key], p.last = now, now
		m.steps = append(m.steps, step{p.asked[key].Add(matchTime), now})
	case edited: // how many have answered
	case len(options) > 0:
		if len(p.questions) > 0 {
			m.steps = append(m.steps, step{p.last.Add(matchPause), now})
		}
		key := questionKey(options[0])
		p.questions[key]++
		p.asked[msg.ID], p.last = now, now.Add(matchTime) // unless it closes earlier
		for n := range matchPlayers {
			if rand.IntN(5) > 0 {
				m.players.Go(func() { m.play(msg, fmt.Sprint("player", n, "of", msg.ChannelID), options) })
			}
		}
	case strings.Contains(text, "The round is over"):
		p.ends++
	default:
		m.surprises = append(m.surprises, msg.ChannelID+": "+text)
	}
}

// answerButtons are the custom IDs of the options of a question: "t/a/ROUND/QUESTION/OPTION".
func answerButtons(msg discordtest.Message) (ids []string) {
	for _, b := range discordtest.Buttons(msg) {
		if strings.HasPrefix(b.CustomID, "t/a/") && !b.Disabled {
			ids = append(ids, b.CustomID)
		}
	}
	return ids
}

func questionKey(id string) string { return id[:strings.LastIndex(id, "/")] }

// play is somebody who answers a question, after a while. Who is not told that it was taken presses again.
func (m *match) play(msg discordtest.Message, name string, options []string) {
	user, id := m.discord.User(name), options[rand.IntN(len(options))]
	end := msg.At.Add(matchTime)
	time.Sleep(rand.N(matchTime - time.Second))
	for try := 0; time.Now().Before(end); try++ {
		i := m.discord.Press(msg, user, id)
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		err := i.Wait(ctx)
		cancel()
		for _, reply := range i.Messages() {
			text := discordtest.Text(reply)
			if strings.Contains(text, "You picked") || strings.Contains(text, "Your answer is") {
				m.acknowledged(msg, user, id, try)
				return
			}
		}
		if err == nil && len(i.Messages()) > 0 && !strings.Contains(discordtest.Text(i.Messages()[0]), "Too much") {
			return // it came too late
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func (m *match) acknowledged(msg discordtest.Message, user discordtest.User, id string, try int) {
	part := strings.Split(id, "/")
	question, _ := strconv.Atoi(part[3])
	option, _ := strconv.Atoi(part[4])
	m.mu.Lock()
	defer m.mu.Unlock()
	m.acked = append(m.acked, pick{channel: msg.ChannelID, round: part[2], player: user.ID, question: question, option: option})
	if try > 0 {
		m.retried++
	}
}

// finish waits until all rounds are over, and everybody has their replies.
func (m *match) finish(t *testing.T) {
	t.Helper()
	until(t, "all rounds are over", func() bool {
		m.mu.Lock()
		defer m.mu.Unlock()
		for _, p := range m.rounds {
			if p.ends == 0 {
				return false
			}
		}
		return true
	})
	m.players.Wait()
}

// verify compares what the players were told, and what channels have shown, with the database.
func (m *match) verify(t *testing.T, url string) {
	t.Helper()
	db, err := store.Open(t.Context(), url, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.surprises {
		t.Errorf("nobody expected %.300q", s)
	}
	board, err := db.Board(t.Context(), bot.BoardQuery{Guild: bot.Guild{Platform: "discord", ID: matchGuild}, Limit: 10_000})
	if err != nil {
		t.Fatal(err)
	}
	ledger := map[string]int{} // right answers, by player
	for _, row := range board.Rows {
		ledger[string(row.Player)] = row.Right
	}
	rights := map[string]int{} // that were acknowledged
	for id, p := range m.rounds {
		for key, n := range p.questions {
			if n != 1 {
				t.Errorf("channel %s: %s was shown %d times", id, key, n)
			}
		}
		if p.ends != 1 || len(p.questions) != m.questions || len(p.revealed) != m.questions {
			t.Errorf("channel %s: %d questions, %d reveals and %d ends were shown", id, len(p.questions), len(p.revealed), p.ends)
		}
		stored, err := db.LastRound(t.Context(), bot.Channel{Platform: "discord", ID: id})
		if err != nil {
			t.Errorf("channel %s: %v", id, err)
			continue
		}
		m.verifyRound(t, id, stored, rights)
	}
	for player, n := range rights {
		if ledger[player] != n {
			t.Errorf("player %s was right %d times, and has %d in the ledger", player, n, ledger[player])
		}
	}
	if pending, err := db.PendingEffects(t.Context(), "discord"); err != nil || len(pending) > 0 {
		t.Errorf("%d effects are left, %v", len(pending), err)
	}
	if len(m.acked) < m.rolling.rounds*m.questions {
		t.Errorf("only %d answers were acknowledged", len(m.acked))
	}
}

// verifyRound looks for each answer that was acknowledged in the round as it was stored.
func (m *match) verifyRound(t *testing.T, channel string, stored bot.StoredRound, rights map[string]int) {
	t.Helper()
	var r struct {
		Players []struct{ ID string }
		Past    []struct {
			N, Right   int
			Tries, Won []struct {
				P int
				B int // the option, from 1
			}
		}
	}
	if err := json.Unmarshal(stored.Value, &r); err != nil {
		t.Fatal(err)
	}
	kept := map[pick]bool{}
	for _, q := range r.Past {
		for _, x := range q.Tries {
			kept[pick{channel: channel, round: stored.ID, player: r.Players[x.P].ID, question: q.N, option: x.B - 1}] = true
		}
		for _, x := range q.Won {
			kept[pick{channel: channel, round: stored.ID, player: r.Players[x.P].ID, question: q.N, option: q.Right}] = true
			rights[r.Players[x.P].ID]++
		}
	}
	for _, a := range m.acked {
		if a.channel == channel && !kept[a] {
			t.Errorf("channel %s, question %d: the answer of player %s was acknowledged, and is lost", channel, a.question, a.player)
		}
	}
}

func (m *match) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return fmt.Sprintf("%d answers acknowledged, %d of them after more than one try; %d messages and edits", len(m.acked), m.retried,
		m.messages)
}
