package fold_test

import (
	"testing"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
)

func TestString(t *testing.T) {
	for in, want := range map[string]string{
		"Palme d'Or":              "palme dor",
		"Palme d’Or":              "palme dor",
		"Emilia Pérez":            "emilia perez",
		"Michael B. Jordan":       "michael b jordan",
		"J.R.R. Tolkien":          "jrr tolkien",
		"M*A*S*H":                 "mash",
		"Best Feature - $500,000": "best feature 500000",
		"Fast & Furious":          "fast and furious",
		"Łódź":                    "lodz",
		"Straße":                  "strasse",
		"Goldener Bär":            "goldener bar",
		"  ¿!  ":                  "",
		"Оскар 2020":              "оскар 2020",
		"Se7en":                   "se7en",
		"Dune: Part Two":          "dune part two",
		"A. B. C":                 "a b c",
		"wall·e":                  "wall e",
	} {
		if got := fold.String(in); got != want {
			t.Errorf("String(%q) = %q, want %q", in, got, want)
		}
	}
}

func FuzzString(f *testing.F) {
	f.Add("Palme d’Or \x00 … \xff")
	f.Fuzz(func(t *testing.T, s string) {
		once := fold.String(s)
		if utf8.ValidString(s) && !utf8.ValidString(once) {
			t.Fatalf("String(%q) = %q is not UTF-8", s, once)
		}
	})
}
