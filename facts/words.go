package facts

// cue is what a word of a question asks for, beyond the names in it.
type cue uint32

const (
	cueNominees cue = 1 << iota
	cueNominations
	cueCount // how many
	cueEver  // did X ever
	cueMost
	cueFirst // first, youngest, oldest, only …
	cueWithout
	cueBeat
	cueLost
	cueWhen
	cueWhere
	cueHost
	cueDirected
	cueCast
	cueBoth
	cueFilm   // the question is about films
	cuePerson // the question is about people
	cueLatest
	cueNext
	cuePrevious
	cueWin
	cueYear
	cueFilmYear
	cueDid
	cueDecade
	cuePlace // country, team
	cueAge
	cueAll
	cueWho
	cueTwice
	cueReleased
)

// cueOf is what a folded word asks for; 0 for a word that asks for nothing. No word asks for things of two kinds.
func cueOf(w string) cue {
	return resultCue(w) | thingCue(w) | timeCue(w)
}

// resultCue is what a word asks for of the results: who won, who was nominated, how often.
func resultCue(w string) cue {
	switch w {
	case "nominee", "nominees", "contender", "contenders", "shortlist", "shortlisted", "runners", "candidates":
		return cueNominees
	case "nominated":
		return cueNominees | cueNominations
	case "nomination", "nominations", "nods", "noms", "nod":
		return cueNominations
	case "many", "count", "tally":
		return cueCount
	case "ever":
		return cueEver
	case "did", "has", "have", "was", "is", "were", "does", "had":
		return cueDid
	case "most", "record", "records", "highest", "leader", "leaders":
		return cueMost
	case "first", "youngest", "oldest", "only", "second", "third", "declined", "decline", "refused", "refuse", "rejected",
		"reject", "posthumous", "posthumously", "wrong", "envelope", "tie", "tied", "ties":
		return cueFirst
	case "without", "never", "winless":
		return cueWithout
	case "beat", "beaten", "beats", "defeated", "defeat", "ahead", "over", "against":
		return cueBeat
	case "lost", "lose", "losing", "loss":
		return cueLost
	case "both":
		return cueBoth
	case "won", "win", "wins", "winner", "winners", "winning", "wons", "champion", "champions", "championships", "victory",
		"victories", "titles", "trophies":
		return cueWin
	case "all", "every", "list", "everything", "complete", "results", "history":
		return cueAll
	case "twice", "thrice", "multiple", "two", "repeat", "repeatedly":
		return cueTwice
	}
	return 0
}

// thingCue is what a word asks for of people, works and places.
func thingCue(w string) cue {
	switch w {
	case "host", "hosts", "hosted", "hosting", "emcee", "emceed", "presenter", "mc":
		return cueHost
	case "directed", "directs", "helmed":
		return cueDirected
	case "cast", "plays", "played", "starred", "starring", "stars", "actors":
		return cueCast
	case "film", "films", "movie", "movies", "series", "show", "shows", "book", "novel", "song", "album", "game", "games",
		"title":
		return cueFilm
	case "person", "people", "actor", "actress", "actresses", "directors", "filmmaker", "filmmakers", "performer",
		"performers", "woman", "women", "man", "men", "player", "players", "driver", "drivers", "artist", "author", "writer",
		"individual", "somebody", "anyone", "whose", "laureate", "laureates", "cyclist", "rider", "composer",
		"cinematographer", "designer":
		return cuePerson
	case "who", "whos", "whom":
		return cueWho
	case "country", "countries", "nation", "nations", "team", "teams", "club", "clubs":
		return cuePlace
	case "age", "old":
		return cueAge
	}
	return 0
}

// timeCue is what a word asks for of times and venues.
func timeCue(w string) cue {
	switch w {
	case "when", "date", "day":
		return cueWhen
	case "where", "venue", "location", "held", "place":
		return cueWhere
	case "latest", "last", "recent", "recently", "current", "currently", "reigning", "newest", "now", "defending":
		return cueLatest
	case "next", "upcoming", "forthcoming":
		return cueNext
	case "previous", "before":
		return cuePrevious
	case "year", "years", "season":
		return cueYear
	case "released", "release", "premiered", "premiere":
		return cueReleased
	}
	return 0
}

// filler reports whether a folded word can be passed over: it tells no question from another.
func filler(w string) bool {
	switch w {
	case "a", "an", "the", "of", "in", "at", "on", "for", "to", "by",
		"from", "with", "and", "or", "as", "that", "this", "it", "its",
		"what", "which", "how", "why", "whats", "do", "does", "be", "been",
		"being", "are", "am", "i", "me", "my", "we", "us", "you",
		"your", "he", "she", "his", "her", "him", "they", "their", "there", "these", "those", "not", "no", "yes",
		"award", "awards", "prize", "prizes", "trophy", "statue", "statuette", "statuettes", "ceremony", "ceremonies",
		"edition", "editions", "category", "categories", "best", "get", "gets",
		"got", "gotten", "getting", "take", "took", "takes", "taken",
		"home", "receive", "received", "receives", "receiver", "recipient", "recipients",
		"go", "goes", "went", "give", "gives", "given", "gave",
		"bag", "bagged", "scoop", "scooped", "claim", "claimed", "pick", "picked",
		"up", "earn", "earned", "grab", "grabbed", "collect", "collected",
		"awarded", "honored", "honoured", "honor", "honour", "honors", "honours",
		"hand", "handed", "out", "land", "landed", "secured", "secure",
		"tell", "please", "show", "know", "name", "named", "about", "say",
		"find", "could", "can", "would", "will", "should", "want", "like",
		"born", "back", "so", "far", "then", "than", "more", "total", "time",
		"times", "number", "any", "some", "one", "ones", "different", "often", "frequently",
		"s", "d", "vs", "versus", "hey", "hi", "hello", "bot", "whowon",
		"um", "uh", "ok", "okay", "just", "actually", "really", "remind",
		"thanks", "thank", "pls", "plz", "same", "list", "during", "into", "between", "through", "among", "per", "each",
		"annual", "event", "festival", "fest", "competition", "tournament", "once", "again", "also", "but", "if", "let",
		"full", "mvp", "score", "scoreline", "final", "finals", "runner",
		"runnerup", "result", "champs", "football", "soccer", "fussball", "election",
		"triumph", "triumphed", "victorious", "night", "wide", "world", "history",
		"single", "ago", "answer", "question", "quiz", "trivia", "happened", "happen", "taking", "role",
		"weltmeister", "sieger", "gewinner", "ganador", "vincitore", "gagnant", "vainqueur", "city",
		"wer", "hat", "gewonnen", "gewann", "der", "die", "das", "des", "den", "im", "von", "bei", "fur", "und",
		"qui", "gagne", "le", "la", "les", "du", "de", "aux", "au", "en", "et",
		"quien", "gano", "el", "los", "las", "del", "chi", "vinto", "il", "ha":
		return true
	}
	return false
}

// vocabulary are the words of cueOf and the longer ones of filler, so that a typo in them can be mended.
func vocabulary() []string {
	return []string{
		"nominee", "nominees", "nominated", "nomination", "nominations", "contenders", "winner", "winners", "winning",
		"host", "hosts", "hosted", "directed", "starred", "cast", "latest",
		"last", "recent", "current", "most", "record", "youngest", "oldest",
		"first", "only", "when", "where", "which", "what", "many", "ever",
		"beat", "both", "films", "movie", "movies", "without", "never",
		"film", "festival", "award", "awards", "ceremony", "received", "best",
		"year", "country", "champion", "champions", "person", "actor",
		"actress", "premiere", "released", "previous", "defeated", "venue", "held", "edition", "category", "prize", "prizes",
	}
}

// ordinalWord reads "first" to "ninety ninth": value and how many words it takes.
func ordinalWord(w []string) (value, words int) {
	tens := 0
	if t := tensWord(w[0]); t > 0 && len(w) > 1 {
		tens = t
		w = w[1:]
		words = 1
	}
	for i, o := range [...]string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth"} {
		if w[0] == o {
			return tens + i + 1, words + 1
		}
	}
	if tens > 0 {
		return 0, 0
	}
	teens := [...]string{
		"tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth",
		"eighteenth", "nineteenth",
	}
	for i, o := range teens {
		if w[0] == o {
			return i + 10, 1
		}
	}
	tenths := [...]string{
		"twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth",
	}
	for i, o := range tenths {
		if w[0] == o {
			return (i + 2) * 10, 1
		}
	}
	return 0, 0
}

func tensWord(w string) int {
	for i, t := range [...]string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"} {
		if w == t {
			return (i + 2) * 10
		}
	}
	return 0
}
