package pack

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/whowon-bot/whowon/trivia"
)

// large is a pack as large as the largest that exist.
func large() *Pack {
	p := &Pack{Name: "Large", Licence: "CC0-1.0", Source: "a benchmark"}
	for i := range 20_000 {
		p.Questions = append(p.Questions, trivia.Question{
			Text:    fmt.Sprintf("Who won best picture at the %dth ceremony, held in the year %d?", i, 1929+i),
			Answers: []string{fmt.Sprintf("Film %d", i), "The Film"}, Wrong: []string{"Another film", "A third film", "Nobody: none was held"},
			Difficulty: trivia.Easy, Kind: "work", Note: "Held in March.",
		})
	}
	p.finish()
	return p
}

// BenchmarkRead reads 20,000 questions in each format that is written.
func BenchmarkRead(b *testing.B) {
	p := large()
	for _, f := range Writes() {
		var text bytes.Buffer
		if _, err := Write(&text, p, f); err != nil {
			b.Fatal(err)
		}
		b.Run(string(f), func(b *testing.B) {
			b.SetBytes(int64(text.Len()))
			b.ReportAllocs()
			for b.Loop() {
				if p, _ := Read("large", text.Bytes(), f); len(p.Questions) < 10_000 {
					b.Fatal(len(p.Questions))
				}
			}
		})
	}
	rows := [][]string{{"question", "answer", "answer 2", "wrong 1", "wrong 2", "wrong 3"}}
	for _, q := range p.Questions {
		rows = append(rows, append([]string{q.Text, q.Answers[0], q.Answers[1]}, q.Wrong...))
	}
	book := bookOf(b, rows)
	b.Run("xlsx", func(b *testing.B) {
		b.SetBytes(int64(len(book)))
		b.ReportAllocs()
		for b.Loop() {
			if p, _ := Read("large.xlsx", book, ""); len(p.Questions) < 10_000 {
				b.Fatal(len(p.Questions))
			}
		}
	})
}
