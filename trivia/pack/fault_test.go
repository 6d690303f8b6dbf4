package pack

import "testing"

// TestSound: a pack with a fault is left out, one with a warning is not.
func TestSound(t *testing.T) {
	packs := []*Pack{{File: "a.yaml"}, {File: "b.yaml"}, {File: "c.yaml"}}
	faults := Faults{{File: "a.yaml", Warning: true, What: "x"}, {File: "b.yaml", What: "x"}, {File: "b.yaml", Warning: true, What: "x"}}
	sound := faults.Sound(packs)
	if len(sound) != 2 || sound[0].File != "a.yaml" || sound[1].File != "c.yaml" {
		t.Errorf("sound: %v", sound)
	}
	if len(packs) != 3 || packs[1].File != "b.yaml" {
		t.Error("the list given was changed")
	}
}
