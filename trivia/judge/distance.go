package judge

import "strings"

// Costs of edits are in tenths of an edit.
const (
	costEdit      = 10
	costAdjacent  = 8
	costVowels    = 6
	costDoubled   = 6
	costSwap      = 5
	costSilentH   = 5
	costSimilar   = 3
	costVowel     = 3 // a vowel too many or too few
	costFirst     = 3 // on top, where the first letter is wrong
	longestFuzzy  = 31
	phoneticBonus = 7
)

// budget is what a typo may cost in a word of n letters.
func budget(n int) int {
	switch {
	case n <= 2:
		return 0
	case n == 3:
		return 6
	case n == 4:
		return 11
	case n == 5:
		return 13
	case n == 6:
		return 14
	case n == 7:
		return 18
	case n == 8:
		return 19
	}
	return 26 + 2*(n-9)
}

// distance is the weighted optimal string alignment of a typed word with the right one, or limit+1 where it is more than
// limit. Both must be shorter than longestFuzzy.
func distance(typed, right []byte, limit int) int {
	longer := max(len(typed), len(right))
	if longer > longestFuzzy || longer-min(len(typed), len(right)) > limit/costVowel {
		return limit + 1
	}
	var rows [3][longestFuzzy + 1]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	var insert [longestFuzzy + 1]int
	for j := 1; j <= len(right); j++ {
		insert[j] = indel(right, j-1)
		last[j] = last[j-1] + insert[j]
	}
	leastBefore := 0
	for i := 1; i <= len(typed); i++ {
		row[0] = last[0] + indel(typed, i-1)
		least := row[0]
		del := indel(typed, i-1)
		for j := 1; j <= len(right); j++ {
			c := min(last[j-1]+substitute(typed[i-1], right[j-1], i == 1 || j == 1), last[j]+del, row[j-1]+insert[j])
			if i > 1 && j > 1 && typed[i-1] == right[j-2] && typed[i-2] == right[j-1] && typed[i-1] != typed[i-2] {
				swap := costSwap
				if i == 2 || j == 2 {
					swap += costFirst
				}
				c = min(c, before[j-2]+swap)
			}
			row[j] = c
			least = min(least, c)
		}
		if min(least, leastBefore+costSwap) > limit { // a swap skips a row
			return limit + 1
		}
		leastBefore = least
		before, last, row = last, row, before
	}
	return min(last[len(right)], limit+1)
}

// indel is what it costs to put in or leave out w[i].
func indel(w []byte, i int) int {
	c := costEdit
	switch {
	case isVowel(w[i]):
		c = costVowel
	case i > 0 && w[i] == w[i-1] || i+1 < len(w) && w[i] == w[i+1]:
		c = costDoubled
	case w[i] == 'h':
		c = costSilentH
	}
	if i == 0 {
		c += costFirst
	}
	return c
}

func substitute(a, b byte, first bool) int {
	if a == b {
		return 0
	}
	c := costEdit
	switch {
	case related(&soundalikes, a, b):
		c = costSimilar
	case isVowel(a) && isVowel(b):
		c = costVowels
	case related(&neighbours, a, b):
		c = costAdjacent
	}
	if first {
		c += costFirst
	}
	return c
}

func isVowel(c byte) bool {
	switch c {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	}
	return false
}

// related looks a pair of bytes up in a table of the letters from a to z.
func related(table *[26]string, a, b byte) bool {
	return 'a' <= a && a <= 'z' && strings.IndexByte(table[a-'a'], b) >= 0
}

// soundalikes are, for each letter, those that are taken for it: consonants, and i for y.
var soundalikes = [26]string{
	"", "", "kqs", "", "", "v", "j", "", "y",
	"g", "cq", "", "", "", "", "", "ck",
	"", "cz", "", "", "fw", "v", "", "i", "s",
}

// neighbours are, for each letter, the keys that touch its own on a QWERTY keyboard.
var neighbours = [26]string{
	"qswz", "ghnv", "dfvx", "cefrswx", "dfrsw", "cdegrtv", "bfhrtvy", "bgjntuy", "jklou",
	"hikmnuy", "ijlmou", "ikop", "jkn", "bhjm", "iklp", "lo", "asw",
	"defgt", "adeqwxz", "fghry", "hijky", "bcfg", "adeqs", "cdsz", "ghjtu", "asx",
}
