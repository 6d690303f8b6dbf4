package judge

// lexicon tells what part a word plays, whatever the question.
func lexicon(w []byte) flags {
	switch string(w) {
	case "the", "a", "an", "of", "in", "on", "at", "for", "from", "by", "with", "to", "into", "as",
		"le", "la", "les", "el", "los", "las", "il", "lo", "gli", "der", "die", "das", "den", "un", "une", "una", "ein", "eine",
		"du", "des", "de", "di", "da", "del", "della", "von", "van", "und", "et":
		return isStop
	case "and", "or", "n":
		return isStop | isJoin
	case "i", "think", "thinking", "guess", "guessing", "believe", "maybe", "probably", "perhaps", "possibly", "is", "was", "are",
		"were", "it", "its", "this", "that", "thats", "these", "those", "what", "whats", "who", "whos", "where", "answer", "my",
		"final", "please", "um", "uh", "umm", "er", "erm", "hmm", "lol", "haha", "ok", "okay", "so", "well", "yes", "yeah",
		"sorry", "would", "be", "called", "named", "might", "must", "should", "say", "going", "go", "im", "id", "sort", "kind",
		"just", "also", "known", "aka", "ie", "eg", "your", "their", "his", "her", "our", "some", "wait":
		return isFiller
	case "not", "never", "isnt", "wasnt", "arent", "werent", "doesnt", "dont", "didnt", "except", "neither", "nor", "anything", "cannot":
		return isNegation
	case "pt", "vol", "ch", "ep", "no", "nr", "season", "part", "volume", "chapter", "episode", "number":
		return isMarker
	case "mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "king", "queen", "prince", "princess", "emperor", "tsar",
		"president", "pope", "prof", "general", "capt", "senator", "rev", "count", "duke", "mister", "doctor",
		"professor", "captain":
		return isTitle
	}
	return classNoun(w)
}

func classNoun(w []byte) flags {
	switch string(w) {
	case "river", "lake", "sea", "ocean", "mountain", "mountains", "mt", "island", "islands", "isle", "isles", "city", "town",
		"county", "state", "country", "republic", "kingdom", "empire", "province", "region", "district", "desert", "canal",
		"strait", "bay", "gulf", "peninsula", "valley", "falls", "park", "street", "road", "avenue", "square", "bridge", "tower",
		"building", "palace", "castle", "church", "cathedral", "abbey", "airport", "station", "museum", "university", "college",
		"school", "war", "battle", "treaty", "project", "program", "company", "corporation", "corp", "inc", "ltd", "co", "party", "act",
		"dynasty", "tribe", "people", "language", "film", "movie", "series", "show", "book", "novel", "poem", "song", "album",
		"game", "opera", "musical", "band", "group", "team", "club", "disease", "syndrome", "virus", "plant", "tree",
		"flower", "bird", "fish", "snake", "animal", "element", "gas", "metal", "colour", "color", "system", "age", "year",
		"years", "yrs", "day", "festival", "award", "prize", "family", "brothers", "sisters", "dance", "sport", "religion", "god",
		"goddess", "constellation", "planet", "moon", "currency", "cheese", "wine", "beer", "sauce", "nut", "nuts", "juice", "games":
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

func month(w []byte) string {
	switch string(w) {
	case "january", "jan":
		return "jan"
	case "february", "feb":
		return "feb"
	case "march", "mar":
		return "mar"
	case "april", "apr":
		return "apr"
	case "june", "jun":
		return "jun"
	case "july", "jul":
		return "jul"
	case "august", "aug":
		return "aug"
	case "september", "sept", "sep":
		return "sep"
	case "october", "oct":
		return "oct"
	case "november", "nov":
		return "nov"
	case "december", "dec":
		return "dec"
	}
	return ""
}

// rival are classes of words of which one excludes another; 0 is none.
func rival(w []byte) uint8 {
	switch string(w) {
	case "north", "south", "east", "west", "northern", "southern", "eastern", "western", "northeast", "northwest", "southeast",
		"southwest", "central":
		return 1
	case "jr", "sr", "junior", "senior", "elder", "younger":
		return 2
	case "old", "new":
		return 3
	case "upper", "lower":
		return 4
	case "king", "queen", "prince", "princess", "emperor", "empress", "duke", "duchess", "pope":
		return 5
	case "red", "green", "blue", "yellow", "black", "white", "orange", "purple", "pink", "brown", "grey", "gray", "golden", "silver":
		return 6
	case "big", "great", "little", "small", "lesser", "greater":
		return 7
	case "man", "woman", "men", "women", "boy", "girl", "male", "female", "mother", "father", "brother", "sister", "son", "daughter":
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

// nickname numbers first names that stand for each other; 0 is none.
func nickname(w []byte) uint8 {
	switch string(w) {
	case "robert", "bob", "rob", "bobby", "robbie", "bert":
		return 1
	case "william", "bill", "will", "billy", "willie", "willy", "liam":
		return 2
	case "richard", "dick", "rick", "ricky", "rich", "richie":
		return 3
	case "james", "jim", "jimmy", "jamie":
		return 4
	case "john", "jack", "johnny", "jon":
		return 5
	case "michael", "mike", "mick", "mickey", "mikey":
		return 6
	case "thomas", "tom", "tommy":
		return 7
	case "charles", "charlie", "chuck", "charley":
		return 8
	case "edward", "ed", "eddie", "ted", "ned", "teddy":
		return 9
	case "joseph", "joe", "joey":
		return 10
	case "daniel", "dan", "danny":
		return 11
	case "david", "dave", "davy":
		return 12
	case "steven", "stephen", "steve", "stephan":
		return 13
	case "andrew", "andy", "drew":
		return 14
	case "anthony", "tony":
		return 15
	case "christopher", "chris", "kit":
		return 16
	case "matthew", "matt":
		return 17
	case "nicholas", "nick", "nicolas":
		return 18
	case "samuel", "sam", "sammy":
		return 19
	case "benjamin", "ben", "benny":
		return 20
	case "alexander", "alex", "alec", "sandy":
		return 21
	case "francis", "frank", "franklin", "frankie":
		return 22
	case "frederick", "fred", "freddie", "freddy":
		return 23
	case "george", "georgie":
		return 24
	case "henry", "harry", "hank", "hal":
		return 25
	case "lawrence", "larry", "laurence":
		return 26
	case "leonard", "leo", "lenny", "len":
		return 27
	case "timothy", "tim":
		return 28
	case "gregory", "greg":
		return 29
	case "jeffrey", "jeff", "geoffrey", "geoff":
		return 30
	case "kenneth", "ken", "kenny":
		return 31
	case "peter", "pete":
		return 32
	case "philip", "phil", "phillip":
		return 33
	case "ronald", "ron", "ronnie":
		return 34
	case "donald", "don", "donnie":
		return 35
	case "gerald", "gerry", "jerry", "jerome":
		return 36
	case "walter", "walt", "wally":
		return 37
	case "raymond", "ray":
		return 38
	case "albert", "al":
		return 39
	case "elizabeth", "liz", "beth", "betty", "eliza", "lizzie", "bette":
		return 40
	case "margaret", "maggie", "meg", "peggy", "marge":
		return 41
	case "katherine", "catherine", "kate", "kathy", "katie", "kathryn", "cathy", "katharine":
		return 42
	case "susan", "sue", "suzy", "susie":
		return 43
	case "deborah", "debbie", "debra", "deb":
		return 44
	case "patricia", "pat", "patty", "tricia", "trish":
		return 45
	case "jennifer", "jen", "jenny":
		return 46
	case "jessica", "jess", "jessie":
		return 47
	case "victoria", "vicky", "vicki":
		return 48
	case "rebecca", "becky", "becca":
		return 49
	case "barbara", "barb", "barbra":
		return 50
	case "judith", "judy":
		return 51
	case "dorothy", "dot", "dolly":
		return 52
	case "jacqueline", "jackie":
		return 53
	case "theodore", "theo":
		return 54
	case "vincent", "vince", "vinnie":
		return 55
	case "zachary", "zach", "zack":
		return 56
	case "joshua", "josh":
		return 57
	case "nathaniel", "nathan", "nate":
		return 58
	case "abraham", "abe":
		return 59
	case "louis", "lou", "lewis":
		return 60
	}
	return 0
}

// familyFirst reports whether w is a family name that is written before the given names.
func familyFirst(w []byte) bool {
	switch string(w) {
	case "bong", "park", "kim", "lee", "choi", "jung", "kang", "cho", "yoon", "jang", "lim", "han", "hong", "hwang", "song", "ahn",
		"wong", "zhang", "chen", "wang", "li", "liu", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "zhu", "lin", "guo", "hou",
		"tsai", "chan", "cheung", "leung", "lau", "jia", "hu", "feng", "gong", "gao", "tran", "nguyen", "mao", "deng", "chow", "youn",
		"im", "na", "ryu", "shin", "yoo", "xi", "ang", "ng":
		return true
	}
	return false
}

// particle reports whether w belongs to the surname that follows it.
func particle(w []byte) bool {
	switch string(w) {
	case "de", "del", "della", "di", "da", "du", "la", "le", "van", "von", "der", "den", "ter", "ten", "st", "al", "el", "bin", "ben",
		"mac", "mc", "o", "dos", "das", "des", "lo", "zu", "af", "d":
		return true
	}
	return false
}
