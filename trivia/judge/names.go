package judge

// nickname numbers first names that stand for each other; 0 is none.
//
//nolint:gocyclo,funlen // a table
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
	case "bong", "park", "kim", "lee", "choi", "jung", "kang", "cho", "yoon", "jang", "lim", "han", "hong", "hwang",
		"song", "ahn", "wong", "zhang", "chen", "wang", "li", "liu", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun",
		"zhu", "lin", "guo", "hou", "tsai", "chan", "cheung", "leung", "lau", "jia", "hu", "feng", "gong", "gao", "tran",
		"nguyen", "mao", "deng", "chow", "youn", "im", "na", "ryu", "shin", "yoo", "xi", "ang", "ng":
		return true
	}
	return false
}

// particle reports whether w belongs to the surname that follows it.
func particle(w []byte) bool {
	switch string(w) {
	case "de", "del", "della", "di", "da", "du", "la", "le", "van", "von", "der", "den", "ter", "ten", "st", "al",
		"el", "bin", "ben", "mac", "mc", "o", "dos", "das", "des", "lo", "zu", "af", "d":
		return true
	}
	return false
}
