package index

import (
	"slices"
	"strings"
)

// Bag is the order-free form of a category's name: its telling words, singular, sorted. "best performance by an actor in
// a drama" and "drama actor" have the same bag.
func Bag(words []string) string {
	var out []string
	for _, w := range words {
		if w = telling(w); w != "" && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// telling returns the form of a word that tells one category from another, or "" for a word that does not.
func telling(w string) string {
	switch w {
	case "best", "outstanding", "the", "a", "an", "in", "of", "for", "by", "at", "on", "to", "or", "and", "award", "awards",
		"prize", "prizes", "achievement", "performance", "winner", "most", "made", "role", "category", "as", "from", "with",
		"excellence", "given", "individual":
		return ""
	case "movie", "movies", "films", "picture", "pictures", "feature", "features", "film", "motion":
		return "film"
	case "lead", "leading":
		return "lead"
	case "directing", "direction", "directors", "directed":
		return "director"
	case "writing", "written", "writer", "script", "screenwriter", "screenplays":
		return "screenplay"
	case "editor":
		return "editing"
	case "cinematographer", "photography":
		return "cinematography"
	case "composer", "soundtrack":
		return "score"
	case "male", "men", "mens", "man":
		return "male"
	case "female", "women", "womens", "woman":
		return "female"
	case "actors":
		return "actor"
	case "actresses":
		return "actress"
	case "musicals":
		return "musical"
	case "comedies":
		return "comedy"
	case "dramas", "dramatic":
		return "drama"
	case "tv":
		return "television"
	case "foreign", "international":
		return "foreign"
	case "animation":
		return "animated"
	}
	return w
}
