package bench

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/adrg/strutil"
	"github.com/adrg/strutil/metrics"
	fuzzy "github.com/paul-mannino/go-fuzzywuzzy"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/trivia/generate"
	"github.com/whowon-bot/whowon/trivia/judge"
)

// Rule is a way to judge. Compile does what needs doing once a question; what it returns accepts a typed text or does not.
type Rule struct {
	Name    string
	Compile func(Typed) func(given string) bool
}

// Similarity is a rule of a library: from 0 for nothing alike to 1 for equal.
type Similarity struct {
	Name  string
	Usual float64 // the threshold that is usual with it
	Score func(typed, right string) float64
}

// Similarities are the rules that other bots use, from public libraries, on text in lower case and without accents.
func Similarities() []Similarity {
	of := func(m strutil.StringMetric) func(a, b string) float64 {
		return func(a, b string) float64 { return strutil.Similarity(a, b, m) }
	}
	return []Similarity{
		{"Levenshtein ratio (strutil)", 0.80, of(metrics.NewLevenshtein())},
		{"token-set ratio (go-fuzzywuzzy)", 0.85, func(a, b string) float64 { return float64(fuzzy.TokenSetRatio(a, b)) / 100 }},
		{"Jaro-Winkler (strutil)", 0.90, of(metrics.NewJaroWinkler())},
		{"bigrams, Sørensen–Dice (strutil)", 0.70, of(metrics.NewSorensenDice())},
	}
}

// At is the rule that accepts from a threshold on.
func (s Similarity) At(threshold float64) Rule {
	return Rule{fmt.Sprintf("%s ≥ %.2f", s.Name, threshold), func(t Typed) func(string) bool {
		right := t.Answers()
		for i := range right {
			right[i] = plain(right[i])
		}
		return func(given string) bool {
			given = plain(given)
			for _, r := range right {
				if s.Score(given, r) >= threshold {
					return true
				}
			}
			return false
		}
	}}
}

// plain is lower case without accents, articles and marks at the edges.
func plain(s string) string {
	if !ascii(s) {
		t := transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC)
		if folded, _, err := transform.String(t, s); err == nil {
			s = folded
		}
	}
	s = strings.Trim(strings.ToLower(s), " .,!?\"'")
	return strings.TrimPrefix(s, "the ")
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Ours is trivia/judge; the pool may be nil.
func Ours(name string, pool *judge.Pool) Rule {
	return Rule{name, func(t Typed) func(string) bool {
		j := judge.Compile(judge.Spec{Question: t.Question, Answers: t.Answers(), Kind: t.Kind}, pool)
		return func(given string) bool { return j.Judge(given).Verdict == judge.Correct }
	}}
}

// Pool is what the embedded facts know.
func Pool() (*judge.Pool, error) {
	c, err := facts.Load()
	if err != nil {
		return nil, err
	}
	return judge.NewPool(generate.Known(c)), nil
}
