package judge

import "testing"

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		typed, right string
		want         int
	}{
		{"picasso", "picasso", 0},
		{"piccaso", "picasso", costVowel + costSimilar + costVowel}, // pic-a-s-so
		{"morphien", "morphine", costSwap},
		{"banama", "panama", costEdit + costFirst},
		{"moskow", "moscow", costSimilar},
		{"lincoin", "lincoln", costAdjacent},
		{"valhala", "valhalla", costDoubled},
		{"caspar", "casper", costVowels},
		{"", "abc", 2*costEdit + costVowel + costFirst},
	} {
		if got := distance([]byte(tt.typed), []byte(tt.right), 100); got != tt.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tt.typed, tt.right, got, tt.want)
		}
	}
}

// FuzzDistance: it is as far back as there, nothing is farther than the limit plus one, and only equal words are equal.
func FuzzDistance(f *testing.F) {
	f.Add("piccaso", "picasso", 30)
	f.Add("aab", "aba", 3)
	f.Add("0ab", "ba", 100)
	f.Add("\x00\x00\x04\x00<g\x9a\xf5:y\x04\x00\x00\x04\x00", "\x00\x04\x00\x04\x00p\x7f\x97\x00\x7f\x97\x00\x04\x00\x04\x00", 79)
	f.Fuzz(func(t *testing.T, x, y string, limit int) {
		limit = max(0, min(limit, 1000))
		a, b := []byte(x), []byte(y)
		d := distance(a, b, limit)
		if back := distance(b, a, limit); back != d {
			t.Fatalf("distance(%q, %q) = %d, and back %d", x, y, d, back)
		}
		if d < 0 || d > limit+1 {
			t.Fatalf("distance(%q, %q) = %d with the limit %d", x, y, d, limit)
		}
		if len(x) <= longestFuzzy && len(y) <= longestFuzzy && (d == 0) != (x == y) {
			t.Fatalf("distance(%q, %q) = %d", x, y, d)
		}
		if full := distance(a, b, 1<<20); full <= limit && full != d {
			t.Fatalf("distance(%q, %q) = %d with the limit %d, else %d", x, y, d, limit, full)
		}
	})
}

func TestWords(t *testing.T) {
	for w, want := range map[string]bool{
		"river": true, "rivers": true, "rivery": false, "goat": true, "goats": true, "cities": true, "walked": true, "walking": true, "making": true,
		"hoped": true, "moniter": false, "capser": false, "peakness": false, "ab": false, "": false, "zzz": false, "cat": true, "aachen": true, "zyrtec": true, "zymurgy": false,
		"fbi": false,
	} {
		if got := isWord([]byte(w)); got != want {
			t.Errorf("isWord(%q) = %v", w, got)
		}
	}
}
