package generate

import "strings"

// timing is how the time of a race is told, so that both readings of a year are there where there are two.
type timing uint8

const (
	atCeremony timing = iota // at the 97th Academy Awards (held in 2025, for films of 2024)
	atFestival               // at the 2024 Cannes Film Festival
	inYear                   // in 1998
	ofYear                   // of 2013
	forYear                  // for 2018: the prize for one year may be decided and given in the next
	inSeason                 // in the 1997-98 season (decided in 1998)
	inName                   // the edition's name is the prize: the 1904 US presidential election
	superBowl                // Super Bowl XXX (played in 1996, for the 1995 season)
)

// manner is how questions speak of an award.
type manner struct {
	topic   string  // key of the topic
	prize   string  // %s is the category
	time    timing  //
	works   string  // what a work is, in the singular: film
	teams   string  // what wins where it is neither a work nor a person: team, country, club
	renown  float64 // how well the award is known, 0 to 1
	records bool    // all winners are known, so that records can be asked
	nights  bool    // the prizes are given at one ceremony, so that "which prizes did it win" makes sense
	plural  string  // its prizes in the plural: Oscars
}

func (m manner) of(category string) string { return strings.ReplaceAll(m.prize, "%s", category) }

// mannerOf is how questions speak of an award; false for an award that nobody has described: it is not asked.
func mannerOf(award string) (manner, bool) {
	if m, ok := filmManner(award); ok {
		return m, true
	}
	return otherManner(award)
}

func filmManner(award string) (manner, bool) {
	m := manner{works: "film", time: atCeremony, nights: true}
	switch award {
	case "academy-awards":
		m.topic, m.prize, m.renown, m.records, m.plural = "oscars", "the Oscar for %s", 1, true, "Oscars"
	case "golden-globes":
		m.topic, m.prize, m.renown, m.plural = "golden-globes", "the Golden Globe for %s", 0.72, "Golden Globes"
	case "bafta-film":
		m.topic, m.prize, m.renown, m.plural = "baftas", "the BAFTA for %s", 0.62, "BAFTAs"
	case "cesar":
		m.topic, m.prize, m.renown, m.plural = "cesars", "the César for %s", 0.3, "Césars"
	case "critics-choice":
		m.topic, m.prize, m.renown, m.plural = "critics-choice", "the Critics' Choice Award for %s", 0.4,
			"Critics' Choice Awards"
	case "independent-spirit":
		m.topic, m.prize, m.renown, m.plural = "spirit-awards", "the Independent Spirit Award for %s", 0.35,
			"Independent Spirit Awards"
	case "sag-awards":
		m.topic, m.prize, m.renown, m.plural = "sag-awards", "the Screen Actors Guild Award for %s", 0.45,
			"Screen Actors Guild Awards"
	case "european-film-awards":
		m.topic, m.prize, m.renown, m.nights = "european-film-awards", "the European Film Award for %s", 0.3, false
	case "razzies":
		m.topic, m.prize, m.renown, m.plural = "razzies", "the Razzie for %s", 0.45, "Razzies"
	case "emmys-primetime":
		m.topic, m.prize, m.renown, m.works, m.nights = "emmys", "the Emmy for %s", 0.55, "series", false
	default:
		return festivalManner(award)
	}
	return m, true
}

func festivalManner(award string) (manner, bool) {
	m := manner{works: "film", time: atFestival, prize: "the %s", nights: true, plural: "prizes"}
	switch award {
	case "cannes":
		m.topic, m.renown = "cannes", 0.8
	case "venice":
		m.topic, m.renown = "venice", 0.55
	case "berlin":
		m.topic, m.renown = "berlinale", 0.52
	case "tiff":
		m.topic, m.renown, m.nights = "toronto", 0.35, false
	case "sundance":
		m.topic, m.renown, m.nights = "sundance", 0.35, false
	default:
		return m, false
	}
	return m, true
}

func otherManner(award string) (manner, bool) {
	m := manner{time: inYear, works: "work", teams: "team"}
	switch award {
	case "grammy-awards":
		m.topic, m.prize, m.time, m.renown, m.works = "grammys", "the Grammy for %s", atCeremony, 0.75, "recording"
	case "eurovision":
		m.topic, m.prize, m.renown, m.teams, m.records = "eurovision", "the Eurovision Song Contest", 0.75, "country", true
	case "tony-awards":
		m.topic, m.prize, m.time, m.renown, m.works = "tonys", "the Tony Award for %s", atCeremony, 0.5, "show"
	case "pulitzer-prize":
		m.topic, m.prize, m.renown, m.works = "pulitzer", "the Pulitzer Prize for %s", 0.5, "book"
	case "booker-prize":
		m.topic, m.prize, m.renown, m.works = "booker", "the Booker Prize", 0.62, "novel"
	case "international-booker-prize":
		m.topic, m.prize, m.renown, m.works = "booker", "the International Booker Prize", 0.4, "book"
	case "nobel-prize":
		m.topic, m.prize, m.time, m.renown = "nobel", "the %s", forYear, 0.7
	case "turing-award":
		m.topic, m.prize, m.time, m.renown = "turing-fields", "the Turing Award", forYear, 0.42
	case "fields-medal":
		m.topic, m.prize, m.renown = "turing-fields", "a Fields Medal", 0.38
	case "the-game-awards":
		m.topic, m.prize, m.time, m.renown, m.works = "game-of-the-year", "%s", atCeremony, 0.75, "game"
	case "spike-video-game-awards":
		m.topic, m.prize, m.time, m.renown, m.works = "game-of-the-year", "%s", atCeremony, 0.5, "game"
	case "dice-awards":
		m.topic, m.prize, m.time, m.renown, m.works = "game-of-the-year", "%s", atCeremony, 0.5, "game"
	case "us-presidential-election":
		m.topic, m.prize, m.time, m.renown = "us-elections", "a US presidential election", inName, 0.95
	default:
		return sportManner(award)
	}
	return m, true
}

func sportManner(award string) (manner, bool) {
	m := manner{time: inYear, teams: "team", renown: 0.7, records: true}
	switch award {
	case "fifa-world-cup":
		m.topic, m.prize, m.renown = "world-cup", "the FIFA World Cup", 1
	case "uefa-euro":
		m.topic, m.prize, m.renown = "euro", "the UEFA European Championship", 0.85
	case "uefa-champions-league":
		m.topic, m.prize, m.time, m.teams, m.renown = "champions-league", "the European Cup / Champions League", inSeason,
			"club", 0.8
	case "ballon-dor":
		m.topic, m.prize, m.time, m.renown = "ballon-dor", "the Ballon d'Or", ofYear, 0.8
	case "rugby-world-cup":
		m.topic, m.prize = "rugby", "the Rugby World Cup"
	case "cricket-world-cup":
		m.topic, m.prize = "cricket", "the Cricket World Cup"
	case "t20-world-cup":
		m.topic, m.prize = "cricket", "the T20 World Cup"
	case "summer-olympics", "winter-olympics":
		m.topic, m.prize, m.time, m.teams, m.renown, m.records = "olympics", "the %s", inName, "country", 0.85, false
	case "wimbledon":
		m.topic, m.prize, m.renown = "tennis", "%s at Wimbledon", 0.75
	case "us-open":
		m.topic, m.prize = "tennis", "%s at the US Open"
	case "australian-open":
		m.topic, m.prize = "tennis", "%s at the Australian Open"
	case "french-open":
		m.topic, m.prize = "tennis", "%s at the French Open"
	case "formula-one":
		m.topic, m.prize, m.renown = "formula-one", "the Formula One %s championship", 0.78
	case "tour-de-france":
		m.topic, m.prize = "tour-de-france", "the Tour de France"
	case "world-chess-championship":
		m.topic, m.prize, m.records = "chess", "the World Chess Championship", false
	case "super-bowl":
		m.topic, m.prize, m.time, m.renown = "super-bowl", "the Super Bowl", superBowl, 0.85
	case "nba-championship":
		m.topic, m.prize, m.time = "nba", "the NBA championship", inSeason
	case "stanley-cup":
		m.topic, m.prize, m.time = "stanley-cup", "the Stanley Cup", inSeason
	case "world-series":
		m.topic, m.prize = "world-series", "the World Series"
	default:
		return m, false
	}
	return m, true
}
