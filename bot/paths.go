package bot

import (
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/whowon-bot/whowon/facts"
)

// The paths of our pages, as package bot/web/pages serves them. They are made of IDs, which never change, so that what an
// answer leads to today stays there. Each is "" where there is no ID.

// FactPath is the page of a row: a result, an event, a first, a claim.
func FactPath(id string) string { return pathOf("f", id) }

// PersonPath is the page of a person, team, country, place or group.
func PersonPath(id string) string { return pathOf("p", id) }

// WorkPath is the page of a film, series, book, song or game.
func WorkPath(id string) string { return pathOf("w", id) }

// AwardPath is the page of an award.
func AwardPath(id string) string { return pathOf("a", id) }

// EditionPath is the page of an edition.
func EditionPath(e facts.Edition) string { return pathOf("e", e.Award.ID, e.ID) }

// CategoryPath is the page of a category through the years.
func CategoryPath(a facts.Award, c facts.Category) string { return pathOf("c", a.ID, c.Slug()) }

// DayPath is the page of a day of the year.
func DayPath(month time.Month, day int) string { return fmt.Sprintf("/d/%02d-%02d", month, day) }

func pathOf(kind string, ids ...string) string {
	var b strings.Builder
	b.WriteString("/" + kind)
	for _, id := range ids {
		if id == "" || id == "." || id == ".." {
			return ""
		}
		b.WriteString("/" + url.PathEscape(id))
	}
	return b.String()
}

// onPage lets the first word of a line of sources lead to the page that shows what an answer rests on.
func onPage(l Line, path string) Line {
	if path == "" || len(l) == 0 || l[0].Kind != SpanText {
		return l
	}
	rest, ok := strings.CutPrefix(l[0].Text, "Source")
	if !ok {
		return l
	}
	return L(Page("Source", path), rest, l[1:])
}

// restsOn is the page that shows what an answer rests on: the row of one race, a person or work, a category or an edition;
// "" where it rests on more than a page shows.
func restsOn(a facts.Answer) string {
	switch a.Kind {
	case facts.KindWinner, facts.KindNominees, facts.KindRace:
		return racePath(a.Races)
	case facts.KindCeremony, facts.KindEvent:
		switch {
		case a.Event != nil:
			return EditionPath(*a.Event)
		case a.Edition != nil:
			return EditionPath(*a.Edition)
		}
	case facts.KindPerson:
		if a.Person != nil {
			return PersonPath(a.Person.ID)
		}
	case facts.KindWork:
		if a.Work != nil {
			return WorkPath(a.Work.ID)
		}
	case facts.KindFirst:
		if len(a.Firsts) == 1 {
			return FactPath(a.Firsts[0].ID)
		}
	case facts.KindClaims:
		switch {
		case len(a.Claims) == 1 && a.Claims[0].ID != "":
			return FactPath(a.Claims[0].ID)
		case a.Work != nil:
			return WorkPath(a.Work.ID)
		}
	}
	return ""
}

// racePath is the page that shows all of some races: of one its winner's row, of several the edition or the category that
// they share.
func racePath(races []facts.Race) string {
	if len(races) == 0 {
		return ""
	}
	edition, category := EditionPath(races[0].Edition), CategoryPath(races[0].Edition.Award, races[0].Category)
	if len(races) == 1 {
		if len(races[0].Winners) > 0 {
			return FactPath(races[0].Winners[0].ID)
		}
		return edition
	}
	for _, r := range races {
		if EditionPath(r.Edition) != edition {
			edition = ""
		}
		if CategoryPath(r.Edition.Award, r.Category) != category {
			category = ""
		}
	}
	if edition != "" {
		return edition
	}
	return category
}
