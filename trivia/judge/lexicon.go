package judge

// lexicon tells what part a word plays, whatever the question.
func lexicon(w []byte) flags {
	switch string(w) {
	case "the", "a", "an", "of", "in", "on", "at", "for", "from", "by", "with", "to", "into", "as", "le", "la", "les",
		"el", "los", "las", "il", "lo", "gli", "der", "die", "das", "den", "un", "une", "una", "ein", "eine", "du",
		"des", "de", "di", "da", "del", "della", "von", "van", "und", "et":
		return isStop
	case "and", "or", "n":
		return isStop | isJoin
	case "i", "think", "thinking", "guess", "guessing", "believe", "maybe", "probably", "perhaps", "possibly", "is",
		"was", "are", "were", "it", "its", "this", "that", "thats", "these", "those", "what", "whats", "who", "whos",
		"where", "answer", "my", "final", "please", "um", "uh", "umm", "er", "erm", "hmm", "lol", "haha", "ok", "okay",
		"so", "well", "yes", "yeah", "sorry", "would", "be", "called", "named", "might", "must", "should", "say",
		"going", "go", "im", "id", "sort", "kind", "just", "also", "known", "aka", "ie", "eg", "your", "their", "his",
		"her", "our", "some", "wait":
		return isFiller
	case "not", "never", "isnt", "wasnt", "arent", "werent", "doesnt", "dont", "didnt", "except", "neither", "nor",
		"anything", "cannot":
		return isNegation
	case "pt", "vol", "ch", "ep", "no", "nr", "season", "part", "volume", "chapter", "episode", "number":
		return isMarker
	case "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "king", "queen", "prince", "princess",
		"emperor", "tsar", "president", "pope", "prof", "general", "capt", "senator", "rev", "count", "duke", "mister",
		"doctor", "professor", "captain":
		return isTitle
	}
	return classNoun(w)
}

func classNoun(w []byte) flags {
	switch string(w) {
	case "river", "lake", "sea", "ocean", "mountain", "mountains", "mt", "island", "islands", "isle", "isles", "city",
		"town", "county", "state", "country", "republic", "kingdom", "empire", "province", "region", "district",
		"desert", "canal", "strait", "bay", "gulf", "peninsula", "valley", "falls", "park", "street", "road", "avenue",
		"square", "bridge", "tower", "building", "palace", "castle", "church", "cathedral", "abbey", "airport",
		"station", "museum", "university", "college", "school", "war", "battle", "treaty", "project", "program",
		"company", "corporation", "corp", "inc", "ltd", "co", "party", "act", "dynasty", "tribe", "people", "language",
		"film", "movie", "series", "show", "book", "novel", "poem", "song", "album", "game", "opera", "musical", "band",
		"group", "team", "club", "disease", "syndrome", "virus", "plant", "tree", "flower", "bird", "fish", "snake",
		"animal", "element", "gas", "metal", "colour", "color", "system", "age", "year", "years", "yrs", "day",
		"festival", "award", "prize", "family", "brothers", "sisters", "dance", "sport", "religion", "god", "goddess",
		"constellation", "planet", "moon", "currency", "cheese", "wine", "beer", "sauce", "nut", "nuts", "juice",
		"games":
		return isClass
	}
	return 0
}

// short is how a word is written for comparing that is often abbreviated, and empty for all others.
func short(w []byte) string {
	switch string(w) {
	case "doctor", "dr":
		return "dr"
	case "mister", "mr":
		return "mr"
	case "saint", "street", "st":
		return "st"
	case "mount", "mt":
		return "mt"
	case "fort", "ft":
		return "ft"
	case "versus", "vs", "v":
		return "vs"
	case "junior", "jnr", "jr":
		return "jr"
	case "senior", "snr", "sr":
		return "sr"
	case "part", "pt":
		return "pt"
	case "volume", "vol":
		return "vol"
	case "chapter", "ch":
		return "ch"
	case "episode", "ep":
		return "ep"
	case "number", "no", "nr":
		return "no"
	case "professor", "prof":
		return "prof"
	case "captain", "capt":
		return "capt"
	case "usa", "us":
		return "us"
	}
	return month(w)
}

// rival are classes of words of which one excludes another; 0 is none.
func rival(w []byte) uint8 {
	switch string(w) {
	case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest",
		"southeast", "southwest", "central":
		return 1
	case "jr", "sr", "junior", "senior", "elder", "younger":
		return 2
	case "old", "new":
		return 3
	case "upper", "lower":
		return 4
	case "king", "queen", "prince", "princess", "emperor", "empress", "duke", "duchess", "pope":
		return 5
	case "red", "green", "blue", "yellow", "black", "white", "orange", "purple", "pink", "brown", "grey", "gray",
		"golden", "silver":
		return 6
	case "big", "great", "little", "small", "lesser", "greater":
		return 7
	case "man", "woman", "men", "women", "boy", "girl", "male", "female", "mother", "father", "brother", "sister",
		"son", "daughter":
		return 8
	case "good", "bad", "first", "last", "best", "worst":
		return 9
	case "mrs", "mr", "miss", "ms", "missus":
		return 10
	case "my", "your", "his", "her", "our", "their":
		return 11
	case "in", "on", "at", "to", "from", "for", "by", "with", "of":
		return 12
	}
	return 0
}

// excludes reports whether a word of class c that was added to an answer makes it another one, whatever the answer is:
// South Korea is not Korea, while King Arthur is Arthur and white marble is marble.
func excludes(c uint8) bool { return c >= 1 && c <= 4 }
