package raw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// readDated reads the tables of films and people.
func (c *calendar) readDated(sh *sheet) {
	for _, l := range sh.rows {
		h, ok := c.begin(l)
		if !ok {
			c.b.report.note("%s: %s-%s is no date; left out", l.pos(), l.get("year"), l.get("month_day"))
			continue
		}
		h.Fields = fields(l.get("text_facts"))
		h.Confidence = fieldValue(h.Fields, "confidence")
		h.Fields = slices.DeleteFunc(h.Fields, func(kv table.KV) bool { return kv.Key == "confidence" })
		key := h.Kind + "/" + fold.String(h.Subject)
		switch h.Kind {
		case "birth", "death":
			if id, name := c.b.somebody(h.Subject, l); id != "" {
				h.People, h.Subject, key = []string{id}, name, h.Kind+"/"+id
			}
		case "premiere", "release":
			key += "/" + l.get("year") + "/" + fieldValue(h.Fields, "territory") + l.get("month_day")
			if id, title := c.b.someWork(h.Subject, l); id != "" {
				h.Works, h.Subject = []string{id}, title
				key = h.Kind + "/" + id + "/" + l.get("year") + l.get("month_day")
			}
		case "ceremony":
			if e := fieldValue(h.Fields, "edition"); strings.HasPrefix(h.Subject, "Academy Awards (") {
				key = "ceremony/academy-awards/" + e
			}
		}
		c.put(key, h)
	}
}

// somebody is the person of that name, if it is one that the results know.
func (b *builder) somebody(name string, l *line) (id, canonical string) {
	nobel := strings.Contains(l.get("text_facts"), "Nobel laureate")
	if strings.Contains(l.get("text_facts"), "US president") {
		if full := presidents[name+" "+l.get("year")]; full != "" {
			name = full
		} else if full := presidents[name]; full != "" {
			name = full
		}
		if p := b.people[table.PersonID(name)]; p != nil {
			return p.id, b.personName(p.id)
		}
	}
	if nobel {
		name, _, _ = nameParts(&entry{spec: specOf("nobel-prize")}, name)
	} else if ids := b.nameIDs[fold.String(name)]; len(ids) == 1 {
		for id := range ids {
			if p := b.people[id]; p != nil {
				return id, b.personName(id)
			}
		}
	} else if len(ids) > 1 {
		return "", ""
	}
	if p := b.people[table.PersonID(name)]; p != nil && p.row.Kind == "person" {
		return p.id, b.personName(p.id)
	}
	if ids := b.nameIDs[fold.String(name)]; len(ids) == 1 && b.nobelNames[fold.String(name)] != "" {
		id := b.nobelNames[fold.String(name)]
		return id, b.personName(id)
	}
	return "", ""
}

func (b *builder) personName(id string) string {
	p := b.personRow(id)
	if p == nil {
		return ""
	}
	return p.Name
}

// personRow is the row of somebody once the people are in their order, nil where there is none.
func (b *builder) personRow(id string) *table.Person {
	byID := func(p table.Person, id string) int { return strings.Compare(p.ID, id) }
	i, ok := slices.BinarySearchFunc(b.set.People, id, byID)
	if !ok {
		return nil
	}
	return &b.set.People[i]
}

// someWork is the work of that title and year: by its page in Wikipedia where casts.tsv knows it, else the only one.
func (b *builder) someWork(title string, l *line) (id, canonical string) {
	if page, ok := strings.CutPrefix(l.get("ids"), "wp:"); ok && b.pages[page] != "" && b.works[b.pages[page]] != nil {
		w := b.works[b.pages[page]]
		return w.id, w.canon
	}
	clean, _ := cleanTitle(title)
	year, _ := strconv.Atoi(l.get("year"))
	var found []*work
	for _, w := range b.byTitle[fold.String(clean)] {
		if w.group == "screen" && (w.years[year] || w.years[year-1] || w.years[year+1]) && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	if len(found) != 1 {
		return "", ""
	}
	return found[0].id, found[0].canon
}

// presidents are the names of onthisday-people.tsv for presidents, by the year of birth or death where two had one name.
var presidents = map[string]string{
	"George Bush 1924": "George H. W. Bush", "George Bush 2018": "George H. W. Bush", "George Bush 1946": "George W. Bush",
	"John Adams 1767": "John Quincy Adams", "John Adams 1848": "John Quincy Adams",
	"Franklin Roosevelt": "Franklin D. Roosevelt", "William Harrison": "William Henry Harrison",
	"Dwight Eisenhower": "Dwight D. Eisenhower", "Harry Truman": "Harry S. Truman", "Lyndon Johnson": "Lyndon B. Johnson",
	"John Kennedy": "John F. Kennedy", "Ulysses Grant": "Ulysses S. Grant", "Rutherford Hayes": "Rutherford B. Hayes",
	"James Garfield": "James A. Garfield", "Warren Harding": "Warren G. Harding", "William Taft": "William Howard Taft",
	"James Polk": "James K. Polk", "Joseph Biden": "Joe Biden", "William Clinton": "Bill Clinton",
	"James Carter": "Jimmy Carter",
}

// fillLives gives people of whom people.tsv knows no dates those of a good source.
func (c *calendar) fillLives() {
	for _, h := range c.rows {
		if h.Confidence != "" || len(h.People) != 1 || h.Kind != "birth" && h.Kind != "death" {
			continue
		}
		p := c.b.personRow(h.People[0])
		if p == nil {
			continue
		}
		date := strconv.Itoa(h.Year) + "-" + two(h.Month) + "-" + two(h.Day)
		if h.Kind == "birth" && p.Born == "" {
			p.Born = date
		} else if h.Kind == "death" && p.Died == "" {
			p.Died = date
		}
	}
}

// readFirsts makes events of the dated firsts and claims.
func (c *calendar) readFirsts() {
	for _, f := range c.b.set.Firsts {
		subject := and(f.Subjects)
		if subject == "" {
			subject = f.Claim
		}
		h, ok := on(f.Date, "first", subject, f.Source)
		if !ok {
			continue
		}
		h.Fields = []table.KV{{Key: "claim", Value: f.Claim}}
		if w := and(f.Works); w != "" {
			h.Fields = append(h.Fields, table.KV{Key: "work", Value: w})
		}
		if f.Detail != "" {
			h.Fields = append(h.Fields, table.KV{Key: "detail", Value: f.Detail})
		}
		for _, n := range f.Subjects {
			if id := c.b.named(n); c.b.people[id] != nil {
				h.People = append(h.People, id)
			}
		}
		c.put("first/"+f.ID, h)
	}
	for _, cl := range c.b.set.Claims {
		h, ok := on(cl.Date, "claim", cl.Subject, cl.Source)
		if !ok {
			continue
		}
		h.Fields = []table.KV{{Key: "predicate", Value: cl.Predicate}, {Key: "object", Value: cl.Object}}
		if cl.Detail != "" {
			h.Fields = append(h.Fields, table.KV{Key: "detail", Value: cl.Detail})
		}
		if c.b.people[cl.SubjectID] != nil {
			h.People = []string{cl.SubjectID}
		} else if c.b.works[cl.SubjectID] != nil {
			h.Works = []string{cl.SubjectID}
		}
		c.put("claim/"+cl.ID, h)
	}
}

// finish gives the events IDs and sorts them.
func (c *calendar) finish() {
	slices.SortStableFunc(c.rows, func(x, y table.Happening) int {
		return cmpAll(x.Month-y.Month, x.Day-y.Day, x.Year-y.Year,
			strings.Compare(x.Kind, y.Kind), strings.Compare(x.Subject, y.Subject),
			strings.Compare(fieldValue(x.Fields, "category"), fieldValue(y.Fields, "category")),
			strings.Compare(fieldValue(x.Fields, "predicate"), fieldValue(y.Fields, "predicate")))
	})
	taken := map[string]bool{}
	for i := range c.rows {
		h := &c.rows[i]
		parts := []string{two(h.Month), two(h.Day), strconv.Itoa(h.Year), h.Kind, fold.Slug(h.Subject)}
		if k := fold.Slug(fieldValue(h.Fields, "category") + " " + fieldValue(h.Fields, "predicate")); k != "" {
			parts = append(parts, k)
		}
		id := strings.Join(parts, "-")
		h.ID = id
		for n := 2; taken[h.ID]; n++ {
			h.ID = id + "-" + strconv.Itoa(n)
		}
		taken[h.ID] = true
	}
	c.b.set.Happenings = c.rows
	c.fillLives()
}
