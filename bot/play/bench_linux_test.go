package play

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store/storetest"
	"github.com/whowon-bot/whowon/trivia"
)

// BenchmarkAnswer takes typed answers by the whole step: judged, put into the round, committed to SQLite. Each is
// followed by a bare write and fdatasync; of-fdatasync is the rate of answers as a part of that of the disk. A question
// has 20 answers.
func BenchmarkAnswer(b *testing.B) {
	g := New(options(OpenStore(b, storetest.SQLite(b)), 1))
	g.host = benchHost{}
	ctx, place := b.Context(), &showing{info: bot.Info{Name: stageChannel.Platform, Private: true}}
	rules := trivia.Preset(trivia.Classic)
	rules.Typed, rules.Time = true, trivia.MaxTime
	from := func(i int) bot.Inbound {
		id := fmt.Sprintf("p%d", i%20)
		return bot.Inbound{At: time.Now(), From: bot.User{ID: bot.UserID(id), Name: id}, Guild: stageGuild, To: bot.Target{Channel: stageChannel}}
	}
	bare, page := openBare(b), make([]byte, 4096)
	var answers, syncs []time.Duration
	for i := 0; b.Loop(); i++ {
		if i%20 == 0 {
			if _, err := g.command(ctx, place, from(0), "stop"); err != nil {
				b.Fatal(err)
			}
			if _, err := g.begin(ctx, place, from(0), wanted{rules: rules, pack: packName}); err != nil {
				b.Fatal(err)
			}
		}
		start := time.Now()
		if v, err := g.typedAnswer(ctx, place, from(i), "elephant"); err != nil || v.Lead.String() != "Not that." {
			b.Fatal(v, err)
		}
		mid := time.Now()
		if _, err := bare.WriteAt(page, int64(i%2048*4096)); err != nil {
			b.Fatal(err)
		}
		if err := syscall.Fdatasync(int(bare.Fd())); err != nil {
			b.Fatal(err)
		}
		answers, syncs = append(answers, mid.Sub(start)), append(syncs, time.Since(mid))
	}
	slices.Sort(answers)
	slices.Sort(syncs)
	a, f := answers[len(answers)/2], syncs[len(syncs)/2]
	b.ReportMetric(float64(a), "ns/answer")
	b.ReportMetric(float64(f), "ns/fdatasync")
	b.ReportMetric(float64(f)/float64(a), "of-fdatasync")
}

func openBare(b *testing.B) *os.File {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	if _, err := f.Write(make([]byte, 2048*4096)); err != nil {
		b.Fatal(err)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	return f
}

// benchHost is a bot whose lanes nobody needs.
type benchHost struct{}

func (benchHost) Platforms() map[string]bot.Platform            { return nil }
func (benchHost) Lane(bot.Channel, func(context.Context)) error { return bot.ErrBusy }
