package trivia

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// MaxOptions is how many options a question shows at most: what a row of buttons of every platform holds.
const MaxOptions = 5

// Options are the options of a question that stands alone, in the order shown: the right one and the wrong ones, each
// once, at most MaxOptions. The order depends on the seed alone. A question without an answer has none.
func Options(q *Question, seed uint64) []string { return options(q, seed, 0) }

// options are the options of a question in the order shown. The order depends on the seed and the question's number
// alone, so every replica and every restart shows the same.
func options(q *Question, seed uint64, question int) []string {
	if len(q.Answers) == 0 {
		return nil
	}
	out := make([]string, 1, MaxOptions)
	out[0] = q.Answers[0]
	for _, w := range q.Wrong {
		if len(out) < MaxOptions && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	if q.Ordered {
		slices.SortStableFunc(out, natural)
		return out
	}
	rng := sequence(seed + uint64(question)*0x9e3779b97f4a7c15)
	shuffle(&rng, out)
	return out
}

// sequence is a splitmix64 generator: our own, because a saved round must be shown alike by the next version of Go.
type sequence uint64

func (s *sequence) next() uint64 {
	*s += 0x9e3779b97f4a7c15
	z := uint64(*s)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func shuffle[T any](rng *sequence, s []T) {
	for i := len(s) - 1; i > 0; i-- {
		j := int(rng.next() % uint64(i+1))
		s[i], s[j] = s[j], s[i]
	}
}

// afterNumbers is greater than every number an option can begin with.
const afterNumbers = 1e300

// natural orders options that have an order of their own: true before false, numbers by value, others by letters.
func natural(a, b string) int {
	na, restA := leadingNumber(a)
	nb, restB := leadingNumber(b)
	return cmp.Or(cmp.Compare(na, nb), cmp.Compare(restA, restB), cmp.Compare(a, b))
}

// leadingNumber splits "97 points" into 97 and " points". What begins otherwise comes after all numbers, true first.
func leadingNumber(s string) (float64, string) {
	if strings.EqualFold(s, "true") || strings.EqualFold(s, "yes") {
		return afterNumbers, ""
	}
	end := 0
	for end < len(s) && (s[end] >= '0' && s[end] <= '9' || s[end] == ',' && end > 0 || s[end] == '-' && end == 0) {
		end++
	}
	n, err := strconv.ParseFloat(strings.ReplaceAll(s[:end], ",", ""), 64)
	if err != nil {
		return afterNumbers, s
	}
	return n, s[end:]
}
