package raw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// edition is an occasion while the tables are being read.
type edition struct {
	spec       *spec
	id         string
	ordinal    int
	written    string // as the table of other/ writes it
	women      bool
	date       string
	year       int
	honoured   string
	called     []int
	venue      string
	hosts      []string
	note       string
	confidence string
	source     string
}

type editionID struct{ award, edition string }

// edition finds or begins an edition.
func (b *builder) edition(s *spec, id string) *edition {
	key := editionID{s.id, id}
	if b.editions[key] == nil {
		b.editions[key] = &edition{spec: s, id: id}
	}
	return b.editions[key]
}

// offer notes a date, exact or not, and the year. The most exact date wins, and of two days the later: finals of men and
// women are played on two days.
func (ed *edition) offer(date string, year int) {
	if ed.year == 0 || len(ed.date) < 10 {
		ed.year = year
	}
	if len(date) > len(ed.date) || len(date) == len(ed.date) && date > ed.date {
		ed.date = date
	}
}

// filmEditions notes what the entries of film/ say about their editions.
func (b *builder) filmEditions() {
	for _, e := range b.entries {
		if e.line == nil || !slices.Contains(e.line.sheet.header, "film_year") {
			continue
		}
		ed := b.edition(e.spec, e.edition)
		if n, err := strconv.Atoi(e.edition); err == nil && n < 1000 {
			ed.ordinal = n
		} else if e.edition == "7-1946" {
			ed.ordinal = 7
		}
		year, _ := strconv.Atoi(yearOf(e.line))
		ed.offer(e.line.get("ceremony_date"), year)
		if e.filmYear != "" && e.filmYear != strconv.Itoa(year) && ed.honoured == "" {
			ed.honoured = e.filmYear
		}
		if ed.source == "" {
			ed.source = e.source
		}
	}
}

// ceremonies adds dates, venues and hosts of ceremonies.tsv. The hosts of a festival are its jury's president; that is a
// claim, not a host.
func (b *builder) ceremonies(sh *sheet) {
	for _, l := range sh.rows {
		award := l.get("award")
		if award == "academy-awards-governors" {
			continue
		}
		s := specOf(award)
		ed := b.editions[editionID{award, l.get("edition")}]
		if ed == nil && award == "emmys-primetime" { // ceremonies whose winners the tables do not have
			ed = b.edition(s, l.get("edition"))
			ed.ordinal, _ = strconv.Atoi(ed.id)
			ed.year, _ = strconv.Atoi(l.get("date")[:4])
			ed.source = cleanSource(l.get("source"))
		}
		if s == nil || ed == nil {
			b.report.note("%s: %s %s is in no table; left out", l.pos(), award, l.get("edition"))
			continue
		}
		date, confidence := l.get("date"), l.get("confidence")
		if len(ed.date) == 10 && date != ed.date {
			b.report.note("%s: %s %s was held %s by the results and %s here (%s)", l.pos(), award, ed.id, ed.date, date, confidence)
		}
		if len(ed.date) < 10 && date[:4] == strconv.Itoa(ed.year) || confidence == "high" {
			ed.date = date
		}
		ed.confidence, ed.venue = confidence, l.get("venue")
		host := l.get("host")
		if president, ok := strings.CutPrefix(host, "jury president "); ok {
			b.juries = append(b.juries, jury{ed, president, l.get("source")})
		} else {
			ed.hosts = list(host)
		}
	}
}

// jury is who presided over the jury of a festival.
type jury struct {
	edition           *edition
	president, source string
}

// otherYears are the years by which people call an edition that was held in another one.
var otherYears = map[editionID]int{
	{"emmys-primetime", "75"}: 2023, {"critics-choice", "22"}: 2017, {"european-film-awards", "38"}: 2025,
	{"summer-olympics", "XXXII"}: 2020, {"uefa-euro", "2021"}: 2020, {"uefa-euro", "2022-women"}: 2021,
	{"rugby-world-cup", "2022-women"}: 2021, {"tony-awards", "74"}: 2020,
}

// editionNotes are oddities that the tables do not say.
var editionNotes = map[editionID]string{
	{"academy-awards", "2"}:           "first of two ceremonies in 1930; no nominees were announced",
	{"academy-awards", "3"}:           "second of two ceremonies in 1930",
	{"academy-awards", "6"}:           "honours 17 months; no ceremony was held in 1933",
	{"emmys-primetime", "75"}:         "the 2023 Emmys, put off to January 2024; 2024 has two ceremonies",
	{"emmys-primetime", "76"}:         "second ceremony of 2024",
	{"critics-choice", "21"}:          "first of two ceremonies in 2016",
	{"critics-choice", "22"}:          "held in December 2016; second ceremony of 2016, and none in 2017",
	{"european-film-awards", "38"}:    "for 2025, held in January 2026",
	{"cannes", "1939"}:                "the festival of 1939 was called off; the prize was given in retrospect in 2002",
	{"cannes", "21"}:                  "stopped before the awards in May 1968; no prizes were given",
	{"cannes", "73"}:                  "not held because of the pandemic; no prizes were given",
	{"berlin", "20"}:                  "the jury resigned and the competition was broken off; no prizes were given",
	{"summer-olympics", "XXXII"}:      "Tokyo 2020, put off to 2021",
	{"uefa-euro", "2021"}:             "Euro 2020, played in 2021",
	{"uefa-euro", "2022-women"}:       "Women's Euro 2021, put off to 2022",
	{"rugby-world-cup", "2022-women"}: "the tournament of 2021, put off to 2022",
	{"tony-awards", "74"}:             "for the season 2019/20, held in September 2021",
	{"venice", "7"}:                   "the festival of 1946 is counted as the 7th, too",
	{"venice", "7-1946"}:              "the festival of 1939 is counted as the 7th, too",
	{"eurovision", "2020"}:            "the contest of 2020 was cancelled because of the pandemic",
}

// finishEditions turns the editions into rows.
func (b *builder) finishEditions() {
	for key, ed := range b.editions {
		b.dates(key, ed)
		row := table.Edition{
			Award: key.award, ID: key.edition, Ordinal: ed.ordinal, Date: ed.date, Year: ed.year, Honoured: ed.honoured,
			Called: ed.called, Venue: ed.venue, Hosts: ed.hosts, Note: ed.note, Confidence: ed.confidence, Source: ed.source,
		}
		if row.Note == "" {
			row.Note = editionNotes[key]
		}
		row.Name = ed.name()
		row.Aliases = ed.otherNames(row.Name)
		b.set.Editions = append(b.set.Editions, row)
	}
	order := map[string]int{}
	for i, s := range specs {
		order[s.id] = i
	}
	slices.SortFunc(b.set.Editions, func(x, y table.Edition) int {
		counted := 0
		if x.Ordinal > 0 && y.Ordinal > 0 {
			counted = x.Ordinal - y.Ordinal
		}
		return cmpAll(order[x.Award]-order[y.Award], x.Year-y.Year, counted, strings.Compare(x.Date, y.Date),
			strings.Compare(inYear(x.ID), inYear(y.ID)))
	})
}

// inYear puts the two Australian Opens of 1977 in order.
func inYear(id string) string { return strings.Replace(id, "-january", "-1", 1) }

func cmpAll(parts ...int) int {
	for _, p := range parts {
		if p != 0 {
			return p
		}
	}
	return 0
}

// dates makes year and date of an edition agree: the year is the one it was held in, except where everybody goes by
// another and the editions would change places (the Ballon d'Or, the Turing Award).
func (b *builder) dates(key editionID, ed *edition) {
	if len(ed.date) >= 4 {
		if y, _ := strconv.Atoi(ed.date[:4]); y != ed.year {
			if _, moved := otherYears[key]; moved || ed.year == 0 {
				ed.year = y
			} else {
				b.report.note("%s %s: the year is %d and the date %s; the date is left out", key.award, key.edition, ed.year, ed.date)
				ed.note, ed.date = "held "+ed.date, strconv.Itoa(ed.year)
			}
		}
	}
	if y, ok := otherYears[key]; ok && y != ed.year {
		ed.called = []int{y}
	}
	switch key.award {
	case "super-bowl":
		ed.honoured = strconv.Itoa(ed.year - 1)
	case "dice-awards":
		ed.honoured = strconv.Itoa(ed.year - 1)
	}
	if ed.honoured == strconv.Itoa(ed.year) {
		ed.honoured = ""
	}
	if ed.source == "" {
		ed.source = "editor"
	}
}

// name is what an edition is called.
func (ed *edition) name() string {
	form := ed.spec.name
	switch {
	case ed.women:
		form = ed.spec.women
	case ed.spec.id == "uefa-champions-league" && ed.year <= 1992:
		form = "European Cup %e"
	case ed.spec.id == "sag-awards" && ed.ordinal >= 32:
		form = "%o Actor Awards"
	case ed.spec.id == "grammy-awards" && ed.ordinal == 0, strings.Contains(form, "%o") && ed.ordinal == 0:
		form = strings.Replace(form, "%o", "%y", 1)
	case strings.HasSuffix(ed.id, "-january"):
		form += " (January)"
	case strings.HasSuffix(ed.id, "-december"):
		form += " (December)"
	}
	year := ed.year
	if len(ed.called) > 0 && !strings.Contains(form, "%o") && ed.spec.id != "european-film-awards" {
		year = ed.called[0]
	}
	written := ed.written
	if written == "" {
		written = ed.id
	}
	return strings.NewReplacer("%o", nth(ed.ordinal), "%y", strconv.Itoa(year), "%e", written).Replace(form)
}

// otherNames are what else people call an edition.
func (ed *edition) otherNames(name string) []string {
	var out []string
	add := func(names ...string) {
		for _, n := range names {
			if n != name && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	y := strconv.Itoa(ed.year)
	switch ed.spec.id {
	case "super-bowl":
		n, season := strconv.Itoa(ed.ordinal), strconv.Itoa(ed.year-1)
		add("super bowl "+n, "superbowl "+n, "sb "+n, "sb "+strings.ToLower(ed.id), season+" nfl season", "nfl season "+season,
			season+" season", season+"-"+y[2:]+" season")
	case "cannes", "venice", "berlin", "tiff":
		short := map[string]string{"cannes": "Cannes Film Festival", "venice": "Venice Film Festival",
			"berlin": "Berlin International Film Festival", "tiff": "Toronto International Film Festival"}[ed.spec.id]
		add(y + " " + short)
		if ed.spec.id == "berlin" && ed.ordinal > 0 {
			add(nth(ed.ordinal)+" Berlinale", y+" Berlinale")
		}
	case "nba-championship", "stanley-cup", "uefa-champions-league":
		add(ed.written, ed.written+" season")
		if ed.spec.id == "uefa-champions-league" {
			add("UEFA Champions League "+ed.written, y+" Champions League final")
		}
	case "summer-olympics", "winter-olympics":
		if ed.venue != "" {
			nominal := y
			if len(ed.called) > 0 {
				nominal = strconv.Itoa(ed.called[0])
			}
			add(ed.venue+" "+nominal, nominal+" "+ed.venue)
		}
	case "bafta-film":
		add(nth(ed.ordinal) + " BAFTA Film Awards")
	case "sag-awards":
		add(nth(ed.ordinal) + " Screen Actors Guild Awards")
	case "tour-de-france", "formula-one", "fifa-world-cup", "eurovision":
		if ed.ordinal > 0 && !ed.women {
			add(nth(ed.ordinal) + " " + strings.TrimSuffix(strings.TrimPrefix(ed.spec.name, "%y "), " %y"))
		}
	}
	return out
}
