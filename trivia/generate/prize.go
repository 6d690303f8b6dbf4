package generate

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// receiver is what a prize goes to in a question.
type receiver uint8

const (
	toWork   receiver = iota
	toPerson          // everybody named in the row
	toTeam            // the first named: a team, country or city
	toSong            // the song of the row's detail
)

// prize is one category of an award, ready to be spoken of.
type prize struct {
	manner
	fit        bool // may be asked
	award      int
	topic      int
	to         receiver
	noun       string // film; the plural is noun + s or nouns
	nouns      string
	name       string // the Oscar for Best Picture
	label      string // Best Picture
	past, base string // won, win; hosted, host
	tv         bool
	weight     float64 // how well known, 0 to 1
	acting     bool
	craft      bool // given for work on a film to those who did it: not to producers, not to countries
	importance int
	single     string // the prize without its edition where name needs one: "a US presidential election"
}

// prizes describes all categories.
func prizes(k *facts.Catalogue) []prize {
	all := topics()
	out := make([]prize, k.Categories())
	for c := range out {
		out[c] = describe(k, all, c)
	}
	return out
}

func describe(k *facts.Catalogue, all []topic, c int) prize {
	award := k.CategoryAward(c)
	m, ok := mannerOf(k.AwardID(award))
	label := tidy(k.CategoryName(c))
	p := prize{manner: m, award: award, label: label, importance: k.Importance(c), past: "won", base: "win"}
	p.topic = topicNo(all, m.topic)
	p.fit = ok && k.CategoryFit(c) && p.topic >= 0
	p.name, p.noun = m.of(label), m.works
	p.weight = m.renown * []float64{1, 1, 0.72, 0.45, 0.3, 0.2}[min(5, max(0, p.importance))]
	switch k.CategoryAbout(c) {
	case "person":
		p.to = toPerson
	case "team", "other":
		p.to, p.noun = toTeam, m.teams
	}
	low := strings.ToLower(label)
	p.tv = strings.Contains(low, "television") || strings.Contains(low, "series") || k.AwardKind(award) == "television"
	p.acting = p.to == toPerson && (strings.Contains(low, "act") || strings.Contains(low, "performance") ||
		strings.Contains(low, "lead"))
	p.special(k.AwardID(award), k.CategoryID(c), low)
	p.craft = p.works == "film" && !p.tv && !strings.Contains(low, "sound") && slices.ContainsFunc(
		[]string{"cinematography", "screenplay", "editing", "score", "costume", "music"},
		func(word string) bool { return strings.Contains(low, word) })
	if p.nouns == "" {
		p.nouns = plural(p.noun)
	}
	if p.single == "" {
		p.single = p.name
	}
	return p
}

// special mends what the pattern of an award does not say well for one of its categories.
func (p *prize) special(award, id, low string) {
	switch {
	case p.topic < 0:
	case p.to == toWork && strings.Contains(low, "original song") && !strings.Contains(low, "score") && award != "razzies":
		p.to, p.noun = toSong, "song"
	case strings.Contains(low, "short") && p.to == toWork:
		p.noun = "short film"
	case p.tv && p.to == toWork:
		p.noun, p.nouns = "series", "series"
		if strings.Contains(low, "movie") || strings.Contains(low, "limited") {
			p.noun, p.nouns = "series or TV film", "series or TV films"
		}
	}
	if p.time == atFestival {
		p.festival()
		if p.to == toPerson {
			p.weight *= 0.75
		}
	}
	if p.tv && p.to == toPerson {
		p.noun, p.nouns = "series", "series"
		if strings.Contains(low, "movie") || strings.Contains(low, "limited") {
			p.noun = "series or TV film"
		}
	}
	switch award {
	case "grammy-awards":
		p.grammy(id)
	case "tony-awards":
		p.noun = map[string]string{"Best Musical": "musical", "Best Play": "play"}[id]
	case "pulitzer-prize":
		p.pulitzer(id)
	default:
		p.specialOther(award, id)
	}
}

// festival names a prize of a festival: with the festival where the sentence does not say which.
func (p *prize) festival() {
	if strings.HasPrefix(p.label, "Best ") {
		p.name = "the " + p.label + " prize"
	}
	for _, known := range []string{"Palme", "Golden", "Caméra", "Bear", "Lion", "Volpi", "Certain Regard"} {
		if strings.Contains(p.label, known) {
			return
		}
	}
	p.single = p.name + " at " + map[string]string{"cannes": "Cannes", "venice": "Venice", "berlinale": "the Berlinale",
		"toronto": "the Toronto festival", "sundance": "Sundance"}[p.manner.topic]
}

func (p *prize) grammy(id string) {
	switch id {
	case "Album of the Year":
		p.noun = "album"
	case "Song of the Year":
		p.noun = "song"
	case "Record of the Year":
		p.noun = "record"
	}
}

func (p *prize) pulitzer(id string) {
	if id == "Drama" {
		p.noun = "play"
	}
	p.name = "the Pulitzer Prize for " + id
	if id == "Novel" {
		p.name = "the Pulitzer Prize for the Novel"
	}
}

func (p *prize) specialOther(award, id string) {
	women := strings.HasPrefix(id, "Women")
	switch award {
	case "summer-olympics", "winter-olympics":
		if id == "Host city" {
			p.past, p.base, p.noun, p.nouns = "hosted", "host", "city", "cities"
		} else {
			p.past, p.base = "won the most gold medals at", "win the most gold medals at"
		}
		p.single = map[string]string{"summer-olympics": "a Summer Olympics", "winter-olympics": "a Winter Olympics"}[award]
	case "fifa-world-cup", "uefa-euro", "rugby-world-cup", "cricket-world-cup", "t20-world-cup":
		p.noun, p.nouns = "team", "teams"
		sort := "men's "
		if women {
			sort = "women's "
		}
		p.name = strings.Replace(p.name, "the ", "the "+sort, 1)
	case "the-game-awards":
		p.single = "Game of the Year at The Game Awards"
	case "spike-video-game-awards":
		p.single = "Game of the Year at the Spike Video Game Awards"
	case "dice-awards":
		p.single = "Game of the Year at the D.I.C.E. Awards"
	case "ballon-dor", "tour-de-france":
		if women && award == "ballon-dor" {
			p.name = "the women's Ballon d'Or"
		} else if women {
			p.name = "the Tour de France Femmes"
		}
	case "wimbledon", "us-open", "australian-open", "french-open":
		p.name = "the " + strings.ToLower(id) + strings.TrimPrefix(p.name, p.label)
	case "formula-one":
		p.name = "the Formula One " + strings.ToLower(id) + "' championship"
		p.noun, p.nouns = "team", "teams"
	case "world-chess-championship":
		if id != "Undisputed" {
			p.fit = p.fit && id == "FIDE"
			p.name = "the FIDE World Chess Championship"
		}
	case "european-film-awards":
		p.name = "the European Film Award for best film"
	}
}

// tidy drops what a name holds in brackets at its end, but for "(film)", which tells a prize from the one for television.
func tidy(name string) string {
	if i := strings.LastIndex(name, " ("); i > 0 && strings.HasSuffix(name, ")") && name[i:] != " (film)" {
		return name[:i]
	}
	return name
}

func plural(noun string) string {
	switch {
	case noun == "":
		return ""
	case strings.HasSuffix(noun, "y"):
		return noun[:len(noun)-1] + "ies"
	}
	return noun + "s"
}
