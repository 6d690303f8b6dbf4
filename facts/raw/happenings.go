package raw

import (
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// happenings gathers the dated events: those of onthisday/, ceremonies whose date is sure, births and deaths, firsts and
// claims. What several tables tell stands once.
func (b *builder) happenings() {
	h := &calendar{b: b, seen: map[string]int{}}
	h.readAwards(b.tables["onthisday/onthisday-awards.tsv"])
	h.readCeremonies(b.tables["film/ceremonies.tsv"])
	h.readLives()
	h.readDated(b.tables["onthisday/onthisday-film.tsv"])
	h.readDated(b.tables["onthisday/onthisday-people.tsv"])
	h.readFirsts()
	h.finish()
}

// calendar is the happenings while they are gathered.
type calendar struct {
	b    *builder
	rows []table.Happening
	seen map[string]int // what happened to whom: the row
}

// put adds an event, or adds its sources and fields to the same event of another table. key says what is the same.
func (c *calendar) put(key string, h table.Happening) {
	i, ok := c.seen[key]
	if !ok {
		c.seen[key] = len(c.rows)
		c.rows = append(c.rows, h)
		return
	}
	have := &c.rows[i]
	if have.Month != h.Month || have.Day != h.Day || have.Year != h.Year {
		c.b.report.note("%s of %s: %04d-%02d-%02d (%s) or %04d-%02d-%02d (%s); the first is kept", h.Kind, h.Subject,
			have.Year, have.Month, have.Day, have.Source, h.Year, h.Month, h.Day, h.Source)
		return
	}
	if h.Confidence == "" {
		have.Confidence = ""
	}
	for _, kv := range h.Fields {
		if !slices.ContainsFunc(have.Fields, func(k table.KV) bool { return k.Key == kv.Key }) {
			have.Fields = append(have.Fields, kv)
		}
	}
	if !strings.Contains(have.Source, h.Source) {
		have.Source += "; " + h.Source
	}
}

// on begins an event on a date of the form YYYY-MM-DD.
func on(date, kind, subject, source string) (table.Happening, bool) {
	h := table.Happening{Kind: kind, Subject: strings.ReplaceAll(subject, "|", "/"), Source: source}
	if len(date) != 10 {
		return h, false
	}
	var err1, err2, err3 error
	h.Year, err1 = strconv.Atoi(date[:4])
	h.Month, err2 = strconv.Atoi(date[5:7])
	h.Day, err3 = strconv.Atoi(date[8:])
	return h, err1 == nil && err2 == nil && err3 == nil
}

func (c *calendar) begin(l *line) (table.Happening, bool) {
	return on(l.get("year")+"-"+l.get("month_day"), l.get("kind"), l.get("subject"), cleanSource(l.get("source")))
}

var fieldStart = form(`(?:^|; )([A-Za-z_][A-Za-z_ ]*)=`)

// fields splits text_facts; the field "work" can hold fields of its own ("work=score=4-2; host=Uruguay").
func fields(text string) []table.KV {
	var out []table.KV
	starts := fieldStart().FindAllStringSubmatchIndex(text, -1)
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		key, value := text[m[2]:m[3]], text[m[1]:end]
		if inner := fieldStart().FindStringSubmatchIndex(value); len(inner) > 0 && inner[0] == 0 {
			key, value = value[inner[2]:inner[3]], value[inner[1]:]
		}
		key = strings.ToLower(strings.ReplaceAll(key, " ", "_"))
		if value = strings.TrimSpace(strings.ReplaceAll(value, "|", "/")); value != "" {
			out = append(out, table.KV{Key: key, Value: value})
		}
	}
	return out
}

func fieldValue(kvs []table.KV, key string) string {
	for _, kv := range kvs {
		if kv.Key == key {
			return kv.Value
		}
	}
	return ""
}

// readAwards reads the occasions of other/: several winners of one prize on one day are one event.
func (c *calendar) readAwards(sh *sheet) {
	for _, l := range sh.rows {
		h, ok := c.begin(l)
		kvs := fields(l.get("text_facts"))
		ed := c.b.writtenEdition(h.Subject, l.get("year"), fieldValue(kvs, "category"))
		if !ok || ed == nil {
			c.b.report.note("%s: %q is no occasion of a table; left out", l.pos(), h.Subject)
			continue
		}
		category := c.b.categoryName(ed.spec.id, fieldValue(kvs, "category"))
		h.Subject = ed.name()
		h.Fields = []table.KV{
			{Key: "award", Value: ed.spec.id}, {Key: "edition", Value: ed.id}, {Key: "category", Value: category},
		}
		winners := c.winners(&h, ed, category)
		if winners == "" {
			winners = fieldValue(kvs, "winner")
		}
		h.Fields = append(h.Fields, table.KV{Key: "winner", Value: winners})
		for _, kv := range kvs {
			if kv.Key != "category" && kv.Key != "winner" && kv.Key != "share" && kv.Key != "born_country" {
				h.Fields = append(h.Fields, kv)
			}
		}
		c.put(strings.Join([]string{h.Kind, ed.spec.id, ed.id, category, l.get("month_day")}, "/"), h)
	}
}

// winners adds the winners of a race to an event, and names them.
func (c *calendar) winners(h *table.Happening, ed *edition, category string) string {
	var names []string
	for _, r := range c.b.byEdition[editionID{ed.spec.id, ed.id}] {
		if r.Category != category || r.Outcome != table.Won {
			continue
		}
		refs := r.People
		if k := c.b.categories[categoryID{r.Award, r.Category}]; len(refs) == 0 || k.About == "work" {
			refs = r.Works
		}
		if len(refs) == 0 {
			refs = r.People
		}
		for _, ref := range refs {
			names = append(names, ref.Name)
		}
		for _, ref := range r.Works {
			if !slices.Contains(h.Works, ref.ID) {
				h.Works = append(h.Works, ref.ID)
			}
		}
		for _, ref := range r.People {
			if !slices.Contains(h.People, ref.ID) {
				h.People = append(h.People, ref.ID)
			}
		}
	}
	return and(names)
}

// and joins names: "A", "A and B", "A, B and C".
func and(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// writtenEdition finds the edition that onthisday-awards.tsv writes as award and edition ("Super Bowl LVIII").
func (b *builder) writtenEdition(subject, year, category string) *edition {
	for i := range specs {
		s := &specs[i]
		if s.raw == "" {
			continue
		}
		written, ok := strings.CutPrefix(subject, s.raw+" ")
		if !ok {
			continue
		}
		id, _ := s.editionID(written, year, category)
		if ed := b.editions[editionID{s.id, id}]; ed != nil {
			return ed
		}
		for _, ed := range b.editions { // a ceremony in the January after its year
			if ed.spec == s && ed.written == written && ed.women == (s.women != "" && isWomens(category)) {
				return ed
			}
		}
	}
	return nil
}

// readCeremonies reads the film ceremonies whose date is sure, with who won the prize that the award is known for.
func (c *calendar) readCeremonies(sh *sheet) {
	for _, l := range sh.rows {
		if l.get("confidence") != "high" {
			continue
		}
		award, governors := strings.CutSuffix(l.get("award"), "-governors")
		ed := c.b.editions[editionID{award, l.get("edition")}]
		if ed == nil {
			continue
		}
		subject := ed.name()
		if governors {
			subject = "Governors Awards of the " + subject
		}
		h, ok := on(l.get("date"), "ceremony", subject, cleanSource(l.get("source")))
		if !ok {
			continue
		}
		h.Fields = []table.KV{{Key: "award", Value: award}, {Key: "edition", Value: ed.id}}
		if !governors {
			category := c.b.defaultCategory(award)
			if winners := c.winners(&h, ed, category); winners != "" {
				h.Fields = append(h.Fields, table.KV{Key: "category", Value: category}, table.KV{Key: "winner", Value: winners})
			}
		}
		for _, column := range []string{"venue", "host"} {
			if v := strings.ReplaceAll(l.get(column), "; ", ", "); v != "" && !strings.HasPrefix(v, "jury president") {
				h.Fields = append(h.Fields, table.KV{Key: column, Value: v})
			}
		}
		c.put("ceremony/"+l.get("award")+"/"+ed.id, h)
	}
}

func (b *builder) defaultCategory(award string) string {
	for _, a := range b.set.Awards {
		if a.ID == award {
			return a.DefaultCategory
		}
	}
	return ""
}

// readLives reads births and deaths of people.tsv that are sure.
func (c *calendar) readLives() {
	for i := range c.b.set.People {
		p := &c.b.set.People[i]
		if p.Confidence != "high" {
			continue
		}
		for kind, date := range map[string]string{"birth": p.Born, "death": p.Died} {
			h, ok := on(date, kind, p.Name, "editor")
			if !ok {
				continue
			}
			h.People = []string{p.ID}
			if len(p.KnownFor) > 0 {
				h.Fields = []table.KV{{Key: "known_for", Value: and(p.KnownFor)}}
			}
			c.put(kind+"/"+p.ID, h)
		}
	}
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
