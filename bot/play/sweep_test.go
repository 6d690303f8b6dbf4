package play

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/trivia"
)

// TestLeftBehind: what a replica had taken to show when it was killed is shown by another within 15 seconds, once, also
// where the round is over; while its replica is at it, nobody else touches it.
func TestLeftBehind(t *testing.T) {
	for name, alive := range map[string]time.Duration{"killed": 0, "slow, then killed": time.Minute} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				b := newLife(t, typedRules(), true)
				b.end()
				b.shared = true
				b.start()
				const key = "end/another"
				payload, err := encode(trivia.Finished{Key: key, Reason: trivia.EndStopped})
				if err != nil {
					t.Fatal(err)
				}
				taken := time.Now()
				e := bot.Effect{Key: key, Guild: stageGuild, Channel: stageChannel, Kind: "finished", Payload: payload, State: bot.EffectSending}
				if err := b.db.AddEffects(t.Context(), taken, e); err != nil {
					t.Fatal(err)
				}
				for died := taken.Add(alive); time.Now().Before(died); {
					time.Sleep(bot.HoldEvery)
					if mine, err := b.db.MarkSending(t.Context(), key, time.Now(), after(taken)); !mine || err != nil {
						t.Fatalf("after %v it was taken over, %v", time.Since(taken), err)
					}
					taken = time.Now()
				}
				time.Sleep(bot.HoldOver - time.Second)
				synctest.Wait()
				if n := len(b.p.all(key)); n != 0 {
					t.Error("it is shown while its request may be on its way")
				}
				time.Sleep(15*time.Second - bot.HoldOver)
				synctest.Wait()
				if n := len(b.p.all(key)); n != 1 {
					t.Errorf("after 15 s it was shown %d times", n)
				}
				time.Sleep(time.Minute)
				b.end()
				if left, err := b.db.PendingEffects(t.Context(), stageChannel.Platform); err != nil || len(left) > 0 {
					t.Errorf("%d are left, %v", len(left), err)
				}
				if n := len(b.p.all(key)); n != 1 {
					t.Errorf("it was shown %d times", n)
				}
			})
		})
	}
}

// TestHandover: a replica that ends leaves its rounds to another, which moves them on within 5 seconds of their deadline.
func TestHandover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := twoReplicas(t, typedRules())
		a.command("ada", "trivia", "skip") // a has the timer now
		a.command("ada", "trivia", "skip")
		stored, err := a.db.OpenRound(t.Context(), stageChannel)
		if err != nil {
			t.Fatal(err)
		}
		a.end()
		time.Sleep(time.Until(stored.Due.Add(5 * time.Second)))
		synctest.Wait()
		if now, err := a.db.OpenRound(t.Context(), stageChannel); err != nil || now.Version == stored.Version {
			t.Errorf("5 s after its deadline the round stands still: %v", err)
		}
		b.end()
	})
}
