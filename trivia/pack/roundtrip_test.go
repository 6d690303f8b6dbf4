package pack

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/trivia"
	"github.com/whowon-bot/whowon/trivia/judge"
	"pgregory.net/rapid"
)

// lines are texts as they stand in a pack: one line, and hard for those who write it.
func lines(t *rapid.T, what string, longest int) string {
	hard := []rune(" \t:#-?[]{},&*!|>'\"%@`=~\\/\u00a0éЖ中ß🎬0123456789yesnotruenull._\u2028")
	return rapid.Custom(func(t *rapid.T) string {
		s := rapid.StringOfN(rapid.SampledFrom(hard), 1, longest, -1).Draw(t, what)
		if rapid.Bool().Draw(t, "any") {
			s = rapid.StringN(1, longest, -1).Draw(t, what)
		}
		return clean(s)
	}).Filter(func(s string) bool { return s != "" && hidden(s) == "" && !strings.ContainsRune(s, '\ufffd') }).Draw(t, what)
}

// question draws a question without faults.
func question(t *rapid.T) trivia.Question {
	q := trivia.Question{
		Text:       lines(t, "text", 60),
		Difficulty: rapid.SampledFrom([]trivia.Difficulty{trivia.Easy, trivia.Medium, trivia.Hard}).Draw(t, "difficulty"),
	}
	known := map[string]bool{}
	for range rapid.IntRange(1, 4).Draw(t, "answers") {
		if a := lines(t, "answer", 30); !known[fold(a)] {
			known[fold(a)] = true
			q.Answers = append(q.Answers, a)
		}
	}
	for range rapid.IntRange(0, 4).Draw(t, "wrong") {
		if w := lines(t, "wrong", 30); !known[fold(w)] && !known[optionKey(w)] {
			known[fold(w)], known[optionKey(w)] = true, true
			q.Wrong = append(q.Wrong, w)
		}
	}
	q.Kind, q.Ordered, q.ChoiceOnly = kindOf(q), ordered(q), choiceOnly(q)
	if rapid.Bool().Draw(t, "note") {
		q.Note = lines(t, "note", 60)
	}
	if rapid.Bool().Draw(t, "category") {
		q.Category = rapid.SampledFrom([]string{"oscars", "кино", "music-of-the-80s"}).Draw(t, "category")
	}
	return q
}

// drawPack draws a pack without faults; more changes its questions.
func drawPack(t *rapid.T, more func(*rapid.T, *trivia.Question)) *Pack {
	p := &Pack{Name: lines(t, "name", 30)}
	for _, about := range p.about()[1:] {
		if rapid.Bool().Draw(t, about.key) {
			*about.value = lines(t, about.key, 30)
		}
	}
	known := map[string]bool{}
	for range rapid.IntRange(1, 5).Draw(t, "questions") {
		q := question(t)
		if more != nil {
			more(t, &q)
		}
		if id := ID("", q); !known[id] {
			known[id] = true
			p.Questions = append(p.Questions, q)
		}
	}
	p.finish()
	return p
}

// again writes a pack and reads it.
func again(t *rapid.T, p *Pack, to Format) (*Pack, string) {
	var b bytes.Buffer
	lost, err := Write(&b, p, to)
	if err != nil || len(lost) != 0 {
		t.Fatalf("write: %v, %v", err, lost)
	}
	got, faults := Read("pack", b.Bytes(), to)
	if errs := faults.Errors(); len(errs) > 0 {
		t.Fatalf("%v\n%s", errs, b.String())
	}
	return got, b.String()
}

func same(t *rapid.T, got, want []trivia.Question, text string) {
	if len(got) != len(want) {
		t.Fatalf("%d questions of %d\n%s", len(got), len(want), text)
	}
	for i := range want {
		if !reflect.DeepEqual(got[i], want[i]) {
			t.Fatalf("got  %+v\nwant %+v\n%s", got[i], want[i], text)
		}
	}
}

func TestYAMLRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPack(t, func(t *rapid.T, q *trivia.Question) {
			q.Kind = rapid.SampledFrom(kinds()).Draw(t, "kind")
			q.Ordered = rapid.Bool().Draw(t, "ordered")
			q.ChoiceOnly = rapid.Bool().Draw(t, "choice only") && len(q.Wrong) > 0
			if len(q.Wrong) == 0 && q.Kind == judge.Choice {
				q.Kind = judge.Other
			}
			if rapid.Bool().Draw(t, "rows") {
				q.Rows = []string{"academy-awards/97/best-picture#1"}
				q.Source = lines(t, "source", 20)
			}
		})
		got, text := again(t, p, YAML)
		same(t, got.Questions, p.Questions, text)
		if !reflect.DeepEqual(got.known(), p.known()) {
			t.Fatalf("%v is not %v\n%s", got.known(), p.known(), text)
		}
	})
}

func TestCSVRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPack(t, nil)
		got, text := again(t, p, CSV)
		got.Name = p.Name // a table has no room for it
		got.finish()
		same(t, got.Questions, p.Questions, text)
	})
}

// TestGIFTRoundTrip compares what Moodle has room for.
func TestGIFTRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPack(t, func(_ *rapid.T, q *trivia.Question) {
			if len(q.Wrong) > 0 {
				q.Answers = q.Answers[:1]
			}
			q.Difficulty, q.Kind = trivia.Medium, kindOf(*q)
			q.Ordered, q.ChoiceOnly = ordered(*q), choiceOnly(*q)
		})
		got, text := again(t, p, GIFT)
		got.Name = p.Name
		got.finish()
		for i := range got.Questions {
			got.Questions[i].Source = p.Questions[min(i, len(p.Questions)-1)].Source
		}
		same(t, got.Questions, p.Questions, text)
	})
}

func TestAikenRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPack(t, func(_ *rapid.T, q *trivia.Question) {
			q.Text, q.Answers, q.Wrong = "Q: "+q.Text, q.Answers[:1], append(q.Wrong, "none of them 1")
		})
		got, text := again(t, p, Aiken)
		for i, q := range p.Questions {
			g := got.Questions[min(i, len(got.Questions)-1)]
			slices.Sort(g.Wrong)
			slices.Sort(q.Wrong)
			if g.Text != q.Text || g.Answers[0] != q.Answers[0] || !slices.Equal(g.Wrong, q.Wrong) {
				t.Fatalf("got  %+v\nwant %+v\n%s", g, q, text)
			}
		}
	})
}

func TestRedRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		texts := map[string]bool{}
		p := drawPack(t, func(_ *rapid.T, q *trivia.Question) {
			for texts[q.Text] {
				q.Text += "?"
			}
			texts[q.Text] = true
			q.Wrong, q.ChoiceOnly = nil, false
		})
		p.Description = "short"
		got, text := again(t, p, Red)
		for i, q := range p.Questions {
			g := got.Questions[min(i, len(got.Questions)-1)]
			if g.Text != q.Text || !slices.Equal(g.Answers, q.Answers) {
				t.Fatalf("got  %+v\nwant %+v\n%s", g, q, text)
			}
		}
	})
}

// TestSamplesRoundTrip converts what every format gives to our YAML and back.
func TestSamplesRoundTrip(t *testing.T) {
	files := samples(t)
	for _, name := range sorted(files) {
		p, _ := Read(name, files[name], "")
		if len(p.Questions) == 0 {
			continue
		}
		var b bytes.Buffer
		if _, err := Write(&b, p, YAML); err != nil {
			t.Fatal(err)
		}
		got, faults := Read("pack.yaml", b.Bytes(), "")
		if len(faults.Errors()) > 0 || !reflect.DeepEqual(got.Questions, p.Questions) {
			t.Errorf("%s: %v\ngot  %+v\nwant %+v\n%s", name, faults, got.Questions, p.Questions, b.String())
		}
	}
}
