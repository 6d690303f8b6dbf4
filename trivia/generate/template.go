package generate

// template is one way to make questions of facts.
type template struct {
	key    string
	name   string  // what it asks, in a few words
	weight int     // how often it is drawn beside the others
	shift  float64 // added to the ease of what is asked about
	choice bool    // makes no sense without its options
	probe  bool    // whether there are options enough is found by building
	a, b   about
	each   func(e *enum)
	build  func(b *builder) bool
}

// templates lists all templates. Their order is that of the seeds, and may change: IDs hold the keys.
func templates() []template {
	all := []template{
		{key: "winner", name: "who won", weight: 12, each: eachWinner, build: buildWinner},
		{key: "for", name: "for which work did they win", weight: 8, shift: 0.03, each: eachFor, build: buildFor},
		{key: "nominated-for", name: "for which work were they nominated", weight: 3, shift: -0.12, each: eachNominatedFor,
			build: buildFor},
		{key: "credit", probe: true, name: "who won it for a film", weight: 3, shift: -0.1, each: eachCredit,
			build: buildCredit},
		{key: "year", name: "in which year", weight: 6, shift: -0.06, each: eachYear, build: buildYear},
		{key: "prize", choice: true, name: "which prize", weight: 5, shift: -0.05, each: eachPrize, build: buildPrize},
		{key: "not-nominated", choice: true, name: "which was not nominated", weight: 6, shift: -0.1,
			each: eachNotNominated, build: buildNotNominated},
		{key: "also-nominated", choice: true, name: "who else was nominated", weight: 3, shift: -0.13, each: eachAlso,
			build: buildAlso},
		{key: "beaten-by", name: "who won instead", weight: 5, shift: -0.05, each: eachBeaten, build: buildBeaten},
		{key: "runner-up", name: "who was beaten in the final", weight: 6, shift: -0.08, each: eachRunnerUp,
			build: buildRunnerUp},
		{key: "never", choice: true, name: "which did not win", weight: 4, shift: -0.08, each: eachNever, build: buildNever},
		{key: "first", choice: true, name: "which won first", weight: 4, shift: -0.07, each: eachFirst, build: buildFirst},
		{key: "order", choice: true, name: "put in order", weight: 4, shift: -0.13, each: eachOrder, build: buildOrder},
		{key: "true", choice: true, name: "true or false, of winners", weight: 2, shift: 0.02, each: eachTrue,
			build: buildTrueFalse},
		{key: "false", choice: true, name: "true or false, of losers", weight: 2, shift: -0.02, each: eachFalse,
			build: buildTrueFalse},
	}
	all = append(all, moreTemplates()...)
	return append(all, otherTemplates()...)
}

func moreTemplates() []template {
	return []template{
		{key: "wins", name: "how many Oscars for a film", weight: 3, shift: -0.12, a: ofWork, each: eachWins,
			build: buildWins},
		{key: "nominations", name: "how many nominations", weight: 2, shift: -0.2, a: ofWork, each: eachNominations,
			build: buildNominations},
		{key: "person-wins", name: "how many Oscars for a person", weight: 3, shift: -0.12, a: ofPerson,
			each: eachPersonWins, build: buildPersonWins},
		{key: "record", name: "who has most", weight: 5, each: eachRecord, build: buildRecord},
		{key: "both", choice: true, b: ofRow, name: "which won both", weight: 4, shift: -0.04, each: eachBoth,
			build: buildBoth},
		{key: "director", name: "who directed it", weight: 7, shift: -0.03, a: ofWork, each: eachDirector,
			build: buildDirector},
		{key: "directed", choice: true, name: "which did they direct", weight: 5, shift: 0.03, a: ofWork,
			each: eachDirected, build: buildDirected},
		{key: "cast", name: "in which film are they", weight: 6, a: ofWork, each: eachCast, build: buildCast},
		{key: "title", probe: true, name: "complete the title", weight: 5, a: ofWork, each: eachTitle, build: buildTitle},
		{key: "role", name: "who played the role", weight: 5, shift: -0.02, each: eachRole, build: buildRole},
		{key: "character", choice: true, name: "which role", weight: 3, shift: -0.08, each: eachCharacter,
			build: buildCharacter},
	}
}

func otherTemplates() []template {
	return []template{
		{key: "host", probe: true, name: "who hosted", weight: 4, shift: -0.1, a: ofEdition, each: eachHost,
			build: buildHost},
		{key: "venue", name: "where was it held", weight: 1, shift: -0.25, a: ofEdition, each: eachVenue, build: buildVenue},
		{key: "held", choice: true, name: "which ceremony was on that day", weight: 1, shift: -0.25, a: ofEdition,
			each: eachHeld, build: buildHeld},
		{key: "jury", name: "who presided over the jury", weight: 2, shift: -0.12, a: ofClaim, each: eachJury,
			build: buildJury},
		{key: "song", name: "from which film is the song", weight: 3, each: eachSong, build: buildSong},
		{key: "country", probe: true, name: "for which country", weight: 3, shift: -0.05, each: eachCountry,
			build: buildCountry},
		{key: "artist", name: "whose recording or song", weight: 4, shift: 0.02, each: eachArtist, build: buildArtist},
		{key: "with-song", name: "with which song", weight: 4, shift: -0.02, each: eachWithSong, build: buildWithSong},
		{key: "mvp", name: "who was most valuable player", weight: 3, shift: -0.08,
			each: eachDetail("super-bowl", "mvp"), build: buildMVP},
		{key: "party", name: "for which party", weight: 2, each: eachDetail("us-elections", "party"), build: buildParty},
		{key: "place", name: "where was it played", weight: 3, shift: 0.02, each: eachPlace, build: buildPlace},
		{key: "born-in", name: "where was the laureate born", weight: 2, shift: -0.1, each: eachBornIn, build: buildBornIn},
		{key: "on-day", name: "who won on this day", weight: 4, shift: -0.02, a: ofHappening, b: ofRow, each: eachOnDay,
			build: buildOnDay},
		{key: "birthday", probe: true, choice: true, name: "who was born on this day", weight: 2, a: ofHappening,
			each: eachBirthday, build: buildBirthday},
		{key: "birth-year", name: "born in which year", weight: 2, a: ofPerson, each: eachBirthYear, build: buildBirthYear},
		{key: "release", probe: true, choice: true, name: "what opened on this day", weight: 3, a: ofHappening,
			each: eachRelease, build: buildRelease},
		{key: "claim-first", name: "firsts and records", weight: 5, a: ofFirst, each: eachClaimFirst, build: buildClaimFirst},
		{key: "claim", probe: true, name: "what the articles tell", weight: 4, a: ofClaim, each: eachClaim,
			build: buildClaim},
	}
}

// enum collects the seeds of one template.
type enum struct {
	w     *world
	t     *template
	tpl   uint8
	seeds []seed
}

// The least ease of an easy and of a medium question.
const (
	easyFrom   = 0.80
	mediumFrom = 0.60
)

// add notes a possible question.
func (e *enum) add(a, b, topic int, ease float64) {
	if topic < 0 {
		return
	}
	ease = min(1, max(0, ease+e.t.shift))
	s := seed{a: int32(a), b: int32(b), tpl: e.tpl, topic: uint8(topic), ease: uint8(ease * 255), level: 3}
	switch {
	case ease >= easyFrom:
		s.level = 1
	case ease >= mediumFrom:
		s.level = 2
	}
	e.seeds = append(e.seeds, s)
}

// race notes a possible question about a row of a race.
func (e *enum) race(r *race, row int) { e.add(row, -1, e.w.prizes[r.cat].topic, e.w.ease(r, row)) }
