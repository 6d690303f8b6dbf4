package play

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// TestGameProperties drives games with random inputs, restarts and a platform that fails now and then: every round
// ends, the table at its end is the ledger, a race has one scorer per question, nothing is shown twice and no question
// after the end.
func TestGameProperties(t *testing.T) {
	games := 60
	if testing.Short() {
		games = 10
	}
	for range games {
		seed := rand.Uint64()
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rng := rand.New(rand.NewPCG(seed, 1))
				g := &random{life: newLife(t, randomRules(rng), rng.IntN(2) == 0), rng: rng}
				g.command("p0", "begin", "")
				for i := 0; i < 60 && !g.over(); i++ {
					g.step()
				}
				g.finish()
				g.end()
			})
		})
	}
}

func randomRules(rng *rand.Rand) trivia.Rules {
	modes := []trivia.Mode{trivia.Quick, trivia.Classic, trivia.Race, trivia.FirstTo, trivia.Endless, trivia.Everybody, trivia.Hardcore}
	r := trivia.Preset(modes[rng.IntN(len(modes))])
	r.Typed, r.Penalty, r.SpeedBonus = rng.IntN(2) == 0, 30*rng.IntN(2), 20*rng.IntN(2)
	r.Questions, r.Pause = min(r.Questions, 5), time.Duration(rng.IntN(2)*5)*time.Second
	if r.TargetRight > 0 {
		r.TargetRight = 3
	}
	return r
}

// random plays a game at random.
type random struct {
	*life
	rng *rand.Rand
}

func (g *random) over() bool {
	_, err := g.db.LastRound(g.t.Context(), stageChannel)
	return err == nil
}

func (g *random) step() {
	player := fmt.Sprint("p", g.rng.IntN(4))
	switch g.rng.IntN(24) {
	case 0:
		g.command(player, "trivia", "skip")
	case 1:
		g.command(player, "trivia", "pause")
	case 2, 3:
		g.command(player, "trivia", "resume")
	case 4:
		g.command(player, "trivia", "hint")
	case 5:
		if g.rng.IntN(5) == 0 {
			g.command(player, "trivia", "stop")
		}
	case 6:
		g.restart(time.Duration(g.rng.IntN(200)) * time.Second)
	case 7:
		g.p.failWith(errors.New("the platform is down"))
		time.Sleep(time.Duration(g.rng.IntN(20)) * time.Second)
		g.p.failWith(nil)
	case 8:
		g.command(player, "trivia", "appeal")
		g.decide()
	case 9, 10, 11:
		time.Sleep(time.Duration(g.rng.IntN(40)) * time.Second)
	case 12:
		g.command(player, "trivia", "start")
	default:
		g.try(player)
		time.Sleep(time.Duration(g.rng.IntN(1500)) * time.Millisecond)
	}
	synctest.Wait()
}

// try answers the question that was asked last, rightly or not.
func (g *random) try(player string) {
	asks := g.p.all("ask/")
	if len(asks) == 0 {
		return
	}
	ask := asks[len(asks)-1]
	i := slices.IndexFunc(numbers(64), func(q trivia.Question) bool { return q.Text == ask.Lead })
	text := numbers(64)[i].Answers[0]
	if g.rng.IntN(2) == 0 {
		text = "Elephant"
	}
	for _, b := range ask.Buttons {
		if strings.HasSuffix(b.Label, text) {
			g.do(player, bot.Inbound{Press: &bot.Press{State: b.State}})
			return
		}
	}
	g.do(player, bot.Inbound{Text: text})
}

// decide accepts the newest appeal, while the round goes on.
func (g *random) decide() {
	appeals := g.p.all("appeal/")
	if len(appeals) == 0 || g.over() {
		return
	}
	g.do("mod", bot.Inbound{Moderator: true, Press: &bot.Press{State: appeals[len(appeals)-1].Buttons[g.rng.IntN(2)].State}})
}

// finish waits for the end of the round, and checks what there is.
func (g *random) finish() {
	g.command("p0", "trivia", "resume")
	for range 60 {
		if g.over() {
			break
		}
		time.Sleep(time.Minute)
		synctest.Wait()
	}
	if !g.over() {
		g.t.Fatal("the round does not end")
	}
	time.Sleep(time.Minute)
	synctest.Wait()
	g.checkShown()
	sums := g.sums()
	for _, end := range g.p.all("end/") {
		for _, row := range end.Rows {
			if want := points(sums[row[1]]); row[2] != want {
				g.t.Errorf("%s has %s at the end, and %s in the ledger", row[1], row[2], want)
			}
		}
		if len(end.Rows) < len(sums) && end.Lead != "Another question?" { // one question has no table
			g.t.Errorf("%d players in the table, %d in the ledger", len(end.Rows), len(sums))
		}
	}
}

// checkShown checks that nothing was shown twice, and no question after the end.
func (g *random) checkShown() {
	keys, end := map[string]bool{}, false
	for _, e := range g.p.all("") {
		if e.Key != "" && keys[e.Key] {
			g.t.Errorf("%s was shown twice", e.Key)
		}
		if keys[e.Key] = true; end && (strings.HasPrefix(e.Key, "ask/") || strings.HasPrefix(e.Key, "reveal/")) {
			g.t.Errorf("%s was shown after the end", e.Key)
		}
		end = end || strings.HasPrefix(e.Key, "end/")
	}
	if g.rules.Style != trivia.First {
		return
	}
	for _, e := range g.p.all("reveal/") {
		if strings.Count(e.Text, ", +") > 1 {
			g.t.Errorf("more than one scored in a race:\n%s", e.Text)
		}
	}
}
