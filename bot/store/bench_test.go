package store_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/bot/store"
	"github.com/whowon-bot/whowon/bot/store/storetest"
)

// recorder records answers: a right one moves the round on, scores, is kept for appeals and is to be shown.
type recorder struct {
	db *store.Store
	r  bot.StoredRound
	at time.Time
}

func newRecorder(db *store.Store, channel string) *recorder {
	r := newRound("round-" + channel)
	r.Channel.ID = channel
	r.Value = []byte(`{"questions":"` + strings.Repeat("a question of a round, ", 130) + `"}`) // 3 KB: ten questions
	return &recorder{db, r, noon}
}

func (w *recorder) record(b *testing.B) {
	b.Helper()
	key := fmt.Sprintf("%s/%d/184729461827462144", w.r.ID, w.r.Version)
	w.at = w.at.Add(3 * time.Second)
	player := fmt.Sprint("18472946182746", w.r.Version%200)
	sc := answer(key, player, 100, w.at)
	sc.Round, sc.QuestionID = w.r.ID, "oscars/who/97/best-picture"
	err := w.db.Commit(b.Context(), bot.Transition{At: w.at, Round: w.r,
		Scores: []bot.Score{sc}, Effects: []bot.Effect{{Key: "scored/" + key, Kind: "scored", Payload: []byte(`{"points":100}`)}},
		Attempts: []bot.Attempt{{Question: 3, Player: sc.Player, Name: sc.Name, Text: "Day Lewis", Folded: "day lewis", Option: -1,
			Verdict: "correct", At: w.at}},
	})
	if err != nil {
		b.Fatal(err)
	}
	w.r.Version++
}

// disk is a file that is written 4 KiB at a time, each followed by fdatasync: the least a durable write can cost. It is
// written over, as the write-ahead log is once it has its size, or it grows, as a log does.
type disk struct {
	f     *os.File
	n     int64
	pages int64 // written over after so many; 0 grows
	buf   [4096]byte
}

func newDisk(b *testing.B, pages int64) *disk {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	d := &disk{f: f}
	for range pages {
		d.write(b)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	d.pages = pages
	return d
}

func (d *disk) write(b *testing.B) {
	at := d.n
	if d.pages > 0 {
		at %= d.pages
	}
	d.n++
	if _, err := d.f.WriteAt(d.buf[:], at*int64(len(d.buf))); err != nil {
		b.Fatal(err)
	}
}

func (d *disk) record(b *testing.B) {
	d.write(b)
	if err := fdatasync(d.f); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRecordAnswer records answers on SQLite, one after the other, each followed by bare writes with fdatasync. The
// rates of answers are parts of the rates of the disk, by medians: a machine's noise is in both.
func BenchmarkRecordAnswer(b *testing.B) {
	w := newRecorder(open(b, storetest.SQLite(b)), "c1")
	for range 3000 { // the write-ahead log has its size, and is written over
		w.record(b)
	}
	over, grow := newDisk(b, 2048), newDisk(b, 0)
	var took [3][]time.Duration
	b.ResetTimer()
	for b.Loop() {
		for i, record := range []func(*testing.B){w.record, over.record, grow.record} {
			start := time.Now()
			record(b)
			took[i] = append(took[i], time.Since(start))
		}
	}
	answer := median(took[0])
	b.ReportMetric(float64(answer), "ns/answer")
	b.ReportMetric(float64(median(took[1]))/float64(answer), "of-overwriting")
	b.ReportMetric(float64(median(took[2]))/float64(answer), "of-appending")
}

// BenchmarkFdatasync is the disk alone.
func BenchmarkFdatasync(b *testing.B) {
	for name, pages := range map[string]int64{"overwriting": 2048, "appending": 0} {
		b.Run(name, func(b *testing.B) {
			d := newDisk(b, pages)
			for b.Loop() {
				d.record(b)
			}
		})
	}
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// BenchmarkRecordAnswerAlone records answers on SQLite and nothing else.
func BenchmarkRecordAnswerAlone(b *testing.B) {
	w := newRecorder(open(b, storetest.SQLite(b)), "c1")
	for b.Loop() {
		w.record(b)
	}
}

// BenchmarkOpen opens a SQLite file that is up to date, asks for open rounds, and closes it.
func BenchmarkOpen(b *testing.B) {
	url := storetest.SQLite(b)
	open(b, url)
	for b.Loop() {
		db, err := store.Open(b.Context(), url, store.Options{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := db.OpenRounds(b.Context()); err != nil {
			b.Fatal(err)
		}
		if err := db.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkBoard ranks a guild with 100,000 answers of 1,000 players: of all time, and of the last week of a year.
func BenchmarkBoard(b *testing.B) {
	for name, url := range map[string]func(testing.TB) string{"sqlite": storetest.SQLite, "postgres": storetest.Postgres} {
		b.Run(name, func(b *testing.B) {
			db := open(b, url(b))
			const rows = 100_000
			step := 365 * 24 * time.Hour / rows
			var batch []bot.Score
			for i := range rows {
				batch = append(batch, answer(fmt.Sprintf("r/%07d", i), fmt.Sprint("p", i*7919%1000), i%300, noon.Add(time.Duration(i)*step)))
				if len(batch) == 1000 {
					if err := db.AddScores(b.Context(), batch...); err != nil {
						b.Fatal(err)
					}
					batch = batch[:0]
				}
			}
			for span, from := range map[string]time.Time{"all": {}, "week": noon.Add(358 * 24 * time.Hour)} {
				b.Run(span, func(b *testing.B) {
					for b.Loop() {
						got, err := db.Board(b.Context(), bot.BoardQuery{Guild: guild, From: from, For: "p77"})
						if err != nil || len(got.Rows) != 10 || got.Own == nil {
							b.Fatal(got, err)
						}
					}
				})
			}
		})
	}
}
