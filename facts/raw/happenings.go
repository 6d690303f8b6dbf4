package raw

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
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

var fieldStart = regexp.MustCompile(`(?:^|; )([A-Za-z_][A-Za-z_ ]*)=`)

// fields splits text_facts; the field "work" can hold fields of its own ("work=score=4-2; host=Uruguay").
func fields(text string) []table.KV {
	var out []table.KV
	starts := fieldStart.FindAllStringSubmatchIndex(text, -1)
	for i, m := range starts {
		end := len(text)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		key, value := text[m[2]:m[3]], text[m[1]:end]
		if inner := fieldStart.FindStringSubmatchIndex(value); inner != nil && inner[0] == 0 {
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
		h.Fields = []table.KV{{Key: "award", Value: ed.spec.id}, {Key: "edition", Value: ed.id}, {Key: "category", Value: category}}
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
	i, ok := slices.BinarySearchFunc(b.set.People, id, func(p table.Person, id string) int { return strings.Compare(p.ID, id) })
	if !ok {
		return ""
	}
	return b.set.People[i].Name
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
		return cmpAll(x.Month-y.Month, x.Day-y.Day, x.Year-y.Year, strings.Compare(x.Kind, y.Kind), strings.Compare(x.Subject, y.Subject),
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
}

func two(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// presidents are the names of onthisday-people.tsv for presidents, by the year of birth or death where two had one name.
var presidents = map[string]string{
	"George Bush 1924": "George H. W. Bush", "George Bush 2018": "George H. W. Bush", "George Bush 1946": "George W. Bush",
	"John Adams 1767": "John Quincy Adams", "John Adams 1848": "John Quincy Adams", "Franklin Roosevelt": "Franklin D. Roosevelt",
	"William Harrison": "William Henry Harrison", "Dwight Eisenhower": "Dwight D. Eisenhower", "Harry Truman": "Harry S. Truman",
	"Lyndon Johnson": "Lyndon B. Johnson", "John Kennedy": "John F. Kennedy", "Ulysses Grant": "Ulysses S. Grant",
	"Rutherford Hayes": "Rutherford B. Hayes", "James Garfield": "James A. Garfield", "Warren Harding": "Warren G. Harding",
	"William Taft": "William Howard Taft", "James Polk": "James K. Polk", "Joseph Biden": "Joe Biden", "William Clinton": "Bill Clinton",
	"James Carter": "Jimmy Carter",
}
