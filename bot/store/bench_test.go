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

func newRecorder(b *testing.B, url, channel string) *recorder {
	b.Helper()
	r := newRound("round-" + channel)
	r.Channel.ID = channel
	r.Value = []byte(`{"questions":"` + strings.Repeat("a question of a round, ", 130) + `"}`) // 3 KB: ten questions
	return &recorder{open(b, url), r, noon}
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

// disk is a file of 8 MiB that is written over, 4 KiB at a time: the least a durable write can cost.
type disk struct {
	f   *os.File
	n   int64
	buf [4096]byte
}

func newDisk(b *testing.B) *disk {
	b.Helper()
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { f.Close() })
	d := &disk{f: f}
	for range diskPages {
		d.write(b)
	}
	if err := f.Sync(); err != nil {
		b.Fatal(err)
	}
	return d
}

const diskPages = 2048

func (d *disk) write(b *testing.B) {
	d.n++
	if _, err := d.f.WriteAt(d.buf[:], d.n%diskPages*int64(len(d.buf))); err != nil {
		b.Fatal(err)
	}
}

func (d *disk) record(b *testing.B) {
	d.write(b)
	if err := fdatasync(d.f); err != nil {
		b.Fatal(err)
	}
}

// BenchmarkRecordAnswer records answers on SQLite, one after the other, each followed by a bare write and fdatasync.
// of-fdatasync is the rate of answers as a part of the rate of the disk; a machine's noise is in both.
func BenchmarkRecordAnswer(b *testing.B) {
	w, d := newRecorder(b, storetest.SQLite(b), "c1"), newDisk(b)
	for range 3000 { // the write-ahead log has its size, and is written over
		w.record(b)
	}
	var answers, bare []time.Duration
	b.ResetTimer()
	for b.Loop() {
		start := time.Now()
		w.record(b)
		mid := time.Now()
		d.record(b)
		answers, bare = append(answers, mid.Sub(start)), append(bare, time.Since(mid))
	}
	a, f := median(answers), median(bare)
	b.ReportMetric(float64(a), "ns/answer")
	b.ReportMetric(float64(f), "ns/fdatasync")
	b.ReportMetric(float64(f)/float64(a), "of-fdatasync")
}

func median(d []time.Duration) time.Duration {
	slices.Sort(d)
	return d[len(d)/2]
}

// BenchmarkFdatasync is the disk alone.
func BenchmarkFdatasync(b *testing.B) {
	d := newDisk(b)
	for b.Loop() {
		d.record(b)
	}
}

// BenchmarkRecordAnswerAlone records answers on SQLite and nothing else.
func BenchmarkRecordAnswerAlone(b *testing.B) {
	w := newRecorder(b, storetest.SQLite(b), "c1")
	for b.Loop() {
		w.record(b)
	}
}

// BenchmarkPostgres records answers on PostgreSQL, in one channel and in sixteen at once.
func BenchmarkPostgres(b *testing.B) {
	url := storetest.Postgres(b)
	b.Run("conns=1", func(b *testing.B) {
		w := newRecorder(b, url, "c1")
		for b.Loop() {
			w.record(b)
		}
	})
	b.Run("conns=16", func(b *testing.B) {
		ws := make(chan *recorder, 16)
		db, err := store.Open(b.Context(), url, store.Options{Conns: 16})
		if err != nil {
			b.Fatal(err)
		}
		defer db.Close()
		for i := range cap(ws) {
			w := newRecorder(b, url, fmt.Sprint("d", i))
			w.db = db
			ws <- w
		}
		b.SetParallelism(8) // 16 goroutines on 2 processors
		b.ResetTimer()
		b.RunParallel(func(pb *testing.PB) {
			w := <-ws
			defer func() { ws <- w }()
			for pb.Next() {
				w.record(b)
			}
		})
	})
}
