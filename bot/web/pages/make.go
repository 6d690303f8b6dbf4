package pages

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
)

// editionBody is a ceremony.
type editionBody struct{ facts.EditionPage }

// Dated is the path of the day that an edition was held on, "" where the day is not known.
func (b editionBody) Dated() string { return dayOf(b.Edition.Date) }

// Claim is a claim in a line.
func (editionBody) Claim(c facts.Claim) bot.Line { return bot.ClaimLine(c) }

func editionPage(c *facts.Corpus, r *http.Request) made {
	found, ok := c.EditionPage(r.PathValue("award"), r.PathValue("edition"))
	if !ok {
		return made{}
	}
	e := found.Edition
	about := "Winners and nominees of the " + bot.Clean(e.Name)
	if date := bot.LongDate(e.Date); date != "" {
		about += ", " + date
	}
	if len(found.Races) > 0 && len(found.Races[0].Winners) > 0 {
		first := found.Races[0]
		about += ". " + bot.Clean(first.Category.Name) + ": " + rowLine(first.Winners[0], first.About).String()
	}
	return made{page: &page{show: "edition", Title: bot.Clean(e.Name), Description: about + ".", Path: bot.EditionPath(e),
		Crumbs: awardCrumbs(e.Award), Body: editionBody{found}}}
}

// categoryBody is a category through the years.
type categoryBody struct{ facts.CategoryPage }

// Path is the page of another category of the award.
func (b categoryBody) Path(c facts.Category) string { return bot.CategoryPath(b.Award, c) }

// awardBody is an award.
type awardBody struct{ facts.AwardPage }

// Path is the page of a category.
func (b awardBody) Path(c facts.Category) string { return bot.CategoryPath(b.Award, c) }

func categoryPage(c *facts.Corpus, r *http.Request) made {
	found, ok := c.CategoryPage(r.PathValue("award"), r.PathValue("slug"))
	if !ok {
		return made{}
	}
	name := bot.Clean(found.Category.Name) + ", " + bot.Clean(found.Award.Name)
	about := "Who won " + name + ", year by year"
	if n := len(found.Races); n > 0 {
		about += fmt.Sprintf(", %d to %d", found.Races[n-1].Edition.Year, found.Races[0].Edition.Year)
	}
	return made{page: &page{show: "category", Title: name, Description: about + ".",
		Path: bot.CategoryPath(found.Award, found.Category), Crumbs: awardCrumbs(found.Award), Body: categoryBody{found}}}
}

func awardPage(c *facts.Corpus, r *http.Request) made {
	found, ok := c.AwardPage(r.PathValue("id"))
	if !ok {
		return made{}
	}
	slices.Reverse(found.Editions)
	name := bot.Clean(found.Award.Name)
	return made{page: &page{show: "award", Title: name, Path: bot.AwardPath(found.Award.ID),
		Crumbs: awardCrumbs(found.Award)[:1], Description: fmt.Sprintf("%s: %s and %s, with their winners.", name,
			countOf(len(found.Categories), "category", "categories"), countOf(len(found.Editions), "edition", "editions")),
		Body: awardBody{found}}}
}

// field is the awards of a sort.
type field struct {
	Name   string
	Awards []facts.Award
}

func (s *site) browsePage(c *facts.Corpus, _ *http.Request) made {
	var fields []field
	for _, a := range c.Awards() {
		i := slices.IndexFunc(fields, func(f field) bool { return f.Name == a.Kind })
		if i < 0 {
			i, fields = len(fields), append(fields, field{Name: a.Kind})
		}
		fields[i].Awards = append(fields[i].Awards, a)
	}
	return made{page: &page{show: "browse", Title: "Who won what", Path: "/browse", AwaitsText: true, Body: fields,
		Description: "Winners and nominees of film, television, music and book awards, and champions of sport, with sources."}}
}

func (s *site) searchPage(c *facts.Corpus, r *http.Request) made {
	typed := r.URL.Query().Get("q")
	p := &page{show: "search", Title: "Ask who won", AwaitsText: true,
		Description: "Ask for an award and a year, a film or a person."}
	if len(typed) > maxQuery {
		p.Status = http.StatusRequestURITooLong
		p.Body = HTML(bot.View{Lead: bot.L("That is too long to be a question. Ask for an award and a year, a film or a person.")})
		return made{page: p}
	}
	query := strings.Join(strings.Fields(bot.Clean(typed)), " ")
	if query == "" {
		p.Body = HTML(examples())
		return made{page: p}
	}
	a := c.Ask(query, s.o.Now())
	p.Query, p.Title, p.Body = query, bot.Clip(query, 100), HTML(bot.AnswerView(a, bot.Full))
	return made{page: p}
}

// examples are questions to begin with.
func examples() bot.View {
	l := &bot.List{Title: bot.L("For example:")}
	for _, q := range []string{"best picture 2025", "palme d'or 2019", "best actress nominees 2008", "meryl streep",
		"what did parasite win", "most oscars won by a film", "world cup 1998"} {
		l.Items = append(l.Items, bot.Item{Line: bot.L(bot.Ask(q))})
	}
	return bot.View{Lead: bot.L("Ask for an award and a year, a film or a person."), Blocks: []bot.Block{l}}
}
