package raw

import (
	"strconv"
	"strings"
)

// goldTable is not compiled: its 5,851 medals are another subject, and it ends in 2012.
const goldTable = "olympics-gold.tsv"

// spec is what the tables do not say about an award: its ID here, who its winners are, and what its occasions are called.
type spec struct {
	raw   string // as other/*.tsv call it; "" where it is the ID
	id    string
	group string // within which a name alone names one person: screen, culture, science, or the sport
	kind  string // of winners: person, team, country, place, work
	work  bool   // for_work_or_detail is the work
	jury  bool   // several winners share the prize; elsewhere they tie
	name  string // of an edition: %o is the ordinal (97th), %y the year, %e the edition as the table writes it
	women string // of an edition of a women's tournament that is an edition of its own
}

// specs are the awards of film/ and other/, in the order of our own tables.
var specs = []spec{
	{id: "academy-awards", group: "screen", name: "%o Academy Awards"},
	{id: "golden-globes", group: "screen", name: "%o Golden Globe Awards"},
	{id: "bafta-film", group: "screen", name: "%o British Academy Film Awards"},
	{id: "cannes", group: "screen", jury: true, name: "%o Cannes Film Festival"},
	{id: "venice", group: "screen", jury: true, name: "%o Venice Film Festival"},
	{id: "berlin", group: "screen", jury: true, name: "%o Berlin International Film Festival"},
	{id: "cesar", group: "screen", name: "%o César Awards"},
	{id: "critics-choice", group: "screen", name: "%o Critics' Choice Awards"},
	{id: "independent-spirit", group: "screen", name: "%o Film Independent Spirit Awards"},
	{id: "sag-awards", group: "screen", name: "%o Screen Actors Guild Awards"},
	{id: "european-film-awards", group: "screen", name: "%o European Film Awards"},
	{id: "tiff", group: "screen", name: "%o Toronto International Film Festival"},
	{id: "sundance", group: "screen", jury: true, name: "%y Sundance Film Festival"},
	{id: "razzies", group: "screen", name: "%o Golden Raspberry Awards"},
	{id: "emmys-primetime", group: "screen", raw: "Primetime Emmy Awards", name: "%o Primetime Emmy Awards", kind: "work"},
	{id: "grammy-awards", raw: "Grammy Awards", group: "culture", work: true, name: "%o Grammy Awards"},
	{id: "eurovision", raw: "Eurovision Song Contest", group: "culture", kind: "country", name: "Eurovision Song Contest %y"},
	{id: "tony-awards", raw: "Tony Awards", group: "culture", kind: "work", name: "%o Tony Awards"},
	{id: "pulitzer-prize", raw: "Pulitzer Prize", group: "culture", work: true, jury: true, name: "Pulitzer Prize %y"},
	{id: "booker-prize", raw: "Booker Prize", group: "culture", work: true, jury: true, name: "Booker Prize %y"},
	{id: "international-booker-prize", raw: "International Booker Prize", group: "culture", work: true, jury: true,
		name: "International Booker Prize %y"},
	{id: "nobel-prize", raw: "Nobel Prize", jury: true, group: "science", name: "Nobel Prize %y"},
	{id: "turing-award", raw: "ACM A.M. Turing Award", jury: true, group: "science", name: "Turing Award %y"},
	{id: "fields-medal", raw: "Fields Medal", jury: true, group: "science", name: "Fields Medal %y"},
	{id: "the-game-awards", raw: "The Game Awards", group: "games", kind: "work", name: "The Game Awards %y"},
	{id: "spike-video-game-awards", raw: "Spike Video Game Awards / VGX", group: "games", kind: "work",
		name: "%y Spike Video Game Awards"},
	{id: "dice-awards", raw: "D.I.C.E. Awards", group: "games", kind: "work", name: "%y D.I.C.E. Awards"},
	{id: "us-presidential-election", raw: "US presidential election", group: "politics",
		name: "%y US presidential election"},
	{id: "fifa-world-cup", raw: "FIFA World Cup", group: "football", kind: "country", name: "%y FIFA World Cup",
		women: "%y FIFA Women's World Cup"},
	{id: "uefa-euro", raw: "UEFA European Championship", group: "football", kind: "country", name: "%e", women: "%e"},
	{id: "uefa-champions-league", raw: "European Cup / UEFA Champions League", group: "football", kind: "team",
		name: "UEFA Champions League %e"},
	{id: "ballon-dor", raw: "Ballon d'Or", group: "football", name: "Ballon d'Or %y"},
	{id: "rugby-world-cup", raw: "Rugby World Cup", group: "rugby", kind: "country", name: "%y Rugby World Cup",
		women: "%y Women's Rugby World Cup"},
	{id: "cricket-world-cup", raw: "Cricket World Cup", group: "cricket", kind: "country", name: "%y Cricket World Cup",
		women: "%y Women's Cricket World Cup"},
	{id: "t20-world-cup", raw: "ICC T20 World Cup", group: "cricket", kind: "country", name: "%y ICC T20 World Cup",
		women: "%y ICC Women's T20 World Cup"},
	{id: "summer-olympics", raw: "Olympic Games (Summer)", group: "olympics", kind: "country", name: "%y Summer Olympics"},
	{id: "winter-olympics", raw: "Olympic Games (Winter)", group: "olympics", kind: "country", name: "%y Winter Olympics"},
	{id: "wimbledon", raw: "Tennis Grand Slam: Wimbledon", group: "tennis", name: "Wimbledon %y"},
	{id: "us-open", raw: "Tennis Grand Slam: US Open", group: "tennis", name: "US Open %y"},
	{id: "australian-open", raw: "Tennis Grand Slam: Australian Open", group: "tennis", name: "Australian Open %y"},
	{id: "french-open", raw: "Tennis Grand Slam: French Open", group: "tennis", name: "French Open %y"},
	{id: "formula-one", raw: "Formula One World Championship", group: "motor sport", name: "Formula One season %y"},
	{id: "tour-de-france", raw: "Tour de France", group: "cycling", name: "Tour de France %y",
		women: "Tour de France Femmes %y"},
	{id: "world-chess-championship", raw: "World Chess Championship", group: "chess", name: "World Chess Championship %y"},
	{id: "super-bowl", raw: "Super Bowl", group: "american football", kind: "team", name: "Super Bowl %e"},
	{id: "nba-championship", raw: "NBA Championship", group: "basketball", kind: "team", name: "%y NBA Finals"},
	{id: "stanley-cup", raw: "Stanley Cup", group: "ice hockey", kind: "team", name: "%y Stanley Cup"},
	{id: "world-series", raw: "World Series", group: "baseball", kind: "team", name: "%y World Series"},
}

// specOf finds an award by its ID or by its name in other/.
func specOf(name string) *spec {
	for i := range specs {
		if specs[i].id == name || specs[i].raw != "" && specs[i].raw == name {
			return &specs[i]
		}
	}
	return nil
}

// kindOf is what the winners of a category are.
func (s *spec) kindOf(category string) string {
	switch {
	case s.id == "formula-one" && category == "Constructors":
		return "team"
	case category == "Host city":
		return "place"
	case s.id == "emmys-primetime" && !strings.HasSuffix(category, "Series") && !strings.HasSuffix(category, "Program") &&
		!strings.HasSuffix(category, "Movie"), s.kind == "":
		return "person"
	case s.id == "emmys-primetime" && strings.Contains(category, "Act"):
		return "person"
	}
	return s.kind
}

var (
	ordinalForm = form(`^(\d+)(st|nd|rd|th)$`)
	romanForm   = form(`^[IVXLC]+$`)
)

// editionID is our ID of an edition of other/, and its ordinal where the table counts them.
func (s *spec) editionID(edition, year, category string) (id string, ordinal int) {
	if m := ordinalForm().FindStringSubmatch(edition); m != nil {
		ordinal, _ = strconv.Atoi(m[1])
	} else if romanForm().MatchString(edition) {
		ordinal = roman(edition)
	}
	women := s.women != "" && isWomens(category)
	switch {
	case s.women != "":
		id = year
	case ordinalForm().MatchString(edition):
		id = strconv.Itoa(ordinal)
	case strings.HasSuffix(edition, "(January)"), strings.HasSuffix(edition, "(December)"):
		_, month, _ := strings.Cut(edition, "(")
		id = year + "-" + strings.ToLower(strings.Trim(month, "()"))
	case ordinal > 0, seasonForm().MatchString(edition):
		id = edition
	default:
		id = year
	}
	if women {
		id += "-women"
	}
	return id, ordinal
}

var seasonForm = form(`^\d{4}-\d{2}$`)

func isWomens(category string) bool {
	return strings.HasPrefix(category, "Women")
}

func roman(s string) int {
	value := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	total, last := 0, 0
	for _, r := range s {
		v := value[r]
		if total += v; last != 0 && last < v {
			total -= 2 * last
		}
		last = v
	}
	return total
}

// nth writes an ordinal: 1st, 2nd, 97th.
func nth(n int) string {
	suffix := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}
