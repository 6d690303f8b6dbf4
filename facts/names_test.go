package facts_test

import (
	"slices"
	"testing"

	"github.com/whowon-bot/whowon/facts"
)

// All that can be an answer is there, with its aliases behind it and under the same ID.
func TestNames(t *testing.T) {
	corpus, err := facts.Load()
	if err != nil {
		t.Fatal(err)
	}
	set, err := corpus.Set()
	if err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, p := range set.People {
		want += 1 + len(p.Aliases)
	}
	for _, w := range set.Works {
		want += 1 + len(w.Aliases)
	}
	n := 0
	byID := map[string][]string{}
	for name := range corpus.Names() {
		n++
		if name.Text == "" || name.ID == "" || name.Kind == "" {
			t.Fatalf("%+v lacks something", name)
		}
		key := name.Kind + " " + name.ID
		byID[key] = append(byID[key], name.Text)
	}
	if n != want {
		t.Errorf("%d names, want %d", n, want)
	}
	if sunrise := byID["work tt0018455"]; !slices.Equal(sunrise, []string{"Sunrise: A Song of Two Humans", "Sunrise"}) {
		t.Errorf("Sunrise is called %q", sunrise)
	}
	for range corpus.Names() {
		break // an iterator that is stopped must not go on
	}
}
