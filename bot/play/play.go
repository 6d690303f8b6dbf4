package play

import (
	"context"
	"crypto/rand"
	"encoding/base32"
	"errors"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// Store keeps rounds, what is to be shown, points, appeals and settings; *store.Store has it.
type Store interface {
	Commit(ctx context.Context, t bot.Transition) error
	OpenRound(ctx context.Context, ch bot.Channel) (bot.StoredRound, error)
	OpenRounds(ctx context.Context, platforms ...string) ([]bot.StoredRound, error)
	LastRound(ctx context.Context, ch bot.Channel) (bot.StoredRound, error)
	Round(ctx context.Context, id string) (bot.StoredRound, error)
	RoundsDue(ctx context.Context, at time.Time) ([]bot.StoredRound, error)

	PendingEffects(ctx context.Context, platform string) ([]bot.Effect, error)
	MarkSending(ctx context.Context, key string, at, stale time.Time) (bool, error)
	MarkSent(ctx context.Context, key, ref string) error
	MarkVoid(ctx context.Context, key string) error
	EffectRef(ctx context.Context, key string) (bot.MessageRef, error)

	Asked(ctx context.Context, ch bot.Channel) ([]string, error)
	ForgetAsked(ctx context.Context, ch bot.Channel, questions []string) error

	Board(ctx context.Context, q bot.BoardQuery) (bot.Board, error)
	Stats(ctx context.Context, g bot.Guild, player bot.UserID) (bot.PlayerStats, error)
	ResetBoard(ctx context.Context, g bot.Guild, at time.Time) error
	SetHidden(ctx context.Context, platform string, player bot.UserID, hidden bool) error
	Player(ctx context.Context, g bot.Guild, player bot.UserID) (bot.PlayerInfo, error)

	OpenAppeal(ctx context.Context, a bot.Appeal) (bot.Appeal, error)
	Appeal(ctx context.Context, id string) (bot.Appeal, error)
	Decide(ctx context.Context, d bot.Decision) error
	Aliases(ctx context.Context, g bot.Guild, answer string) ([]bot.Alias, error)

	Settings(ctx context.Context, g bot.Guild, ch bot.Channel) (guild, channel map[string]string, err error)
	SettingsOf(ctx context.Context, key string) ([]bot.Setting, error)
	Set(ctx context.Context, st bot.Setting) error
	Purge(ctx context.Context, r bot.Retention) (bot.Counts, error)
	DeleteUser(ctx context.Context, platform string, user bot.UserID) (bot.Counts, []bot.StoredRound, error)
}

// Questions are where questions come from beside packs; *generate.Generator has it.
type Questions interface {
	Pick(seed uint64, f generate.Filter, n int, asked func(id string) bool) []trivia.Question
	ByID(id string) (trivia.Question, bool)
	Categories() []generate.Category
}

// Pack is a set of questions that was loaded.
type Pack struct {
	Slug, Name, Source string
	Questions          []trivia.Question
}

// Options are what a Game is made of. Store, Questions and Pool are required; the functions are called when what they
// give is needed, so that facts can be replaced while the bot runs and nothing is built before a round is played.
type Options struct {
	Store     Store
	Questions func() Questions
	Pool      func() *judge.Pool // the answers that the facts know
	Why       func(row string) (bot.Line, bool)
	Packs     []Pack
	// PackFaults are what is wrong with the packs that are left out, a sentence each, with the file and how to mend it.
	PackFaults []string
	Log        *slog.Logger
	Now        func() time.Time // time.Now when nil
	Seed       func() uint64    // random when nil
	NewID      func() string    // of rounds and appeals: unique for ever; random when nil
	Shared     bool             // other replicas use the store too
	Meter      bot.Meter        // told what happens; nobody when nil
}

// Game is a bot.Feature that plays rounds.
type Game struct {
	o    Options
	host bot.Host
	stop context.CancelFunc
	done sync.WaitGroup

	mu     sync.Mutex
	tables map[bot.Channel]*table
	looked map[bot.Channel]time.Time // when a channel without a round was last looked up

	sweeping map[bot.Channel]bool // where something is being taken over
}

var _ bot.Feature = (*Game)(nil)

// New makes a game. It starts nothing.
func New(o Options) *Game {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Seed == nil {
		o.Seed = randomSeed
	}
	if o.NewID == nil {
		o.NewID = randomID
	}
	o.Meter = bot.MeterOr(o.Meter)
	if o.Why == nil {
		o.Why = func(string) (bot.Line, bool) { return nil, false }
	}
	return &Game{o: o, tables: map[bot.Channel]*table{}, looked: map[bot.Channel]time.Time{},
		sweeping: map[bot.Channel]bool{}}
}

func randomSeed() uint64 {
	var b [8]byte
	rand.Read(b[:])
	n := uint64(0)
	for _, x := range b {
		n = n<<8 | uint64(x)
	}
	return n
}

// randomID is 13 letters and digits: 65 bits, more than rounds will ever be played.
func randomID() string {
	var b [9]byte
	rand.Read(b[:])
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(b[:])[:13])
}

// Stop has nothing more be taken over from other replicas. Rounds go on until the lanes are closed; then the others, who
// look for what is due, go on with them.
func (g *Game) Stop() {
	if g.stop != nil {
		g.stop()
	}
}

// Close ends the timers. Rounds stay as they were committed.
func (g *Game) Close() {
	if g.stop != nil {
		g.stop()
	}
	g.mu.Lock()
	for _, t := range g.tables {
		t.disarm()
	}
	g.mu.Unlock()
	g.done.Wait()
}

// Handle implements bot.Feature.
func (g *Game) Handle(ctx context.Context, p bot.Platform, in bot.Inbound) (bot.View, bool, error) {
	switch {
	case in.Command != nil:
		args, own := subcommand(*in.Command)
		if !own {
			return bot.View{}, false, nil
		}
		v, err := g.command(ctx, p, in.Known(ctx), args)
		return mended(v, true, err)
	case in.Joined:
		return welcomeView(), true, nil
	case in.Press != nil:
		state, ok := strings.CutPrefix(in.Press.State, statePrefix)
		if !ok {
			return bot.View{}, false, nil
		}
		v, err := g.press(ctx, p, in, strings.Split(state, "/"))
		return mended(v, true, err)
	case in.Text != "":
		return mended(g.text(ctx, p, in))
	}
	return bot.View{}, false, nil
}

// mended tells who asked what the platform does not allow, where somebody can change that.
func mended(v bot.View, own bool, err error) (bot.View, bool, error) {
	var f *bot.Forbidden
	if errors.As(err, &f) {
		return private(f.Mend), own, nil
	}
	return v, own, err
}

// playerOf is the player that a user is in rounds.
func playerOf(in bot.Inbound) trivia.Player {
	return trivia.Player{ID: string(in.From.ID), Name: bot.Clip(in.From.Name, bot.MaxKeptText)}
}

func actorOf(in bot.Inbound) trivia.Actor {
	return trivia.Actor{Player: playerOf(in), Moderator: in.Moderator}
}

// at is the platform's time of an input, or now where it gives none.
func (g *Game) at(in bot.Inbound) time.Time {
	if in.At.IsZero() {
		return g.o.Now()
	}
	return in.At
}

// arrived is when an input reached us: what waited in the lane is not late for that.
func arrived(in bot.Inbound, now time.Time) time.Time {
	if in.Arrived.IsZero() || in.Arrived.After(now) {
		return now
	}
	return in.Arrived
}

// missing turns ErrNotFound into false.
func missing(err error) (bool, error) {
	if errors.Is(err, bot.ErrNotFound) {
		return true, nil
	}
	return false, err
}
