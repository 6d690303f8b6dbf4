package judge_test

import (
	"testing"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// FuzzJudge: whatever is typed or stored, there is a verdict, always the same one; an answer is right for itself.
func FuzzJudge(f *testing.F) {
	pool := known()
	for _, c := range checks {
		f.Add("Which won?", c.answer, c.typed, string(c.kind))
	}
	f.Add("", "(1 of) \xff or (", "ﷺ ﷺ, II & 1,000.5", "work")
	f.Add("not", "no", "i don't know", "")
	f.Fuzz(func(t *testing.T, question, answer, typed, kind string) {
		spec := judge.Spec{Question: question, Answers: []string{answer}, Kind: judge.Kind(kind), Wrong: []string{question}}
		j := judge.Compile(spec, pool)
		got := j.Judge(typed)
		if again := judge.Compile(spec, pool).Judge(typed); again != got {
			t.Fatalf("%+v, then %+v", got, again)
		}
		switch got.Verdict {
		case judge.Correct, judge.Close:
			if got.Alias != answer {
				t.Fatalf("%+v names another answer", got)
			}
		case judge.Wrong:
		default:
			t.Fatalf("verdict %q", got.Verdict)
		}
		if got.Reason == "" {
			t.Fatal("no reason")
		}
		if utf8.RuneCountInString(answer) <= 100 {
			if self := j.Judge(answer); self.Verdict != judge.Correct && self.Reason != judge.Empty {
				t.Fatalf("%q is not right for itself: %+v", answer, self)
			}
		}
	})
}
