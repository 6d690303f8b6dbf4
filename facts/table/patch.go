package table

import "slices"

// patched is what the rows of a sheet did to a table.
type patched struct {
	added, changed, same int
	rows                 []int // indexes of the rows in the table, in the order of the sheet
}

// patch lays the rows of a sheet over the table: a row with the key of a known one takes its place, keeping what the sheet
// has no column for; other rows are appended.
func (t *schema[R]) patch(s *Set, in *sheet, log *faultLog) patched {
	var news Set
	t.decode(&news, in, log)
	rows := t.rows(s)
	at := make(map[string]int, len(*rows))
	for i := range *rows {
		note(at, t.key(&(*rows)[i]), i)
	}
	var p patched
	for _, r := range *t.rows(&news) {
		i, known := at[t.key(&r)]
		switch {
		case !known:
			i = len(*rows)
			at[t.key(&r)] = i
			*rows = append(*rows, r)
			p.added++
		case t.complete(&r, &(*rows)[i], in.header):
			(*rows)[i] = r
			p.changed++
		default:
			p.same++
		}
		p.rows = append(p.rows, i)
	}
	return p
}

// complete gives r the cells of old that the header does not hold, and reports whether r then says anything else than old.
func (t *schema[R]) complete(r, old *R, header []string) (differs bool) {
	for i := range t.columns {
		c := &t.columns[i]
		was, _ := c.get(old)
		if !slices.Contains(header, c.name) && (c.pair == "" || !slices.Contains(header, c.pair)) {
			_ = c.set(r, was) // a cell that came out goes back in
			continue
		}
		is, _ := c.get(r)
		differs = differs || is != was
	}
	return differs
}

// own applies a sheet of one of our own tables.
func (m *merger) own(c codec, in *sheet) {
	if c.table() == resultsFolder {
		m.ownResults(c, in)
		return
	}
	p := c.patch(m.set, in, &m.log)
	m.now.Added, m.now.Changed, m.now.Same = p.added, p.changed, p.same
	m.index()
}

// ownResults applies a sheet of results. A row without an ID is looked for like one of another format; names without an ID
// are looked up.
func (m *merger) ownResults(c codec, in *sheet) {
	at := in.column("id")
	with, without := *in, *in
	with.rows, without.rows = nil, nil
	for _, row := range in.rows {
		if row.cells[at] != "" {
			with.rows = append(with.rows, row)
		} else {
			without.rows = append(without.rows, row)
		}
	}
	p := c.patch(m.set, &with, &m.log)
	m.now.Added, m.now.Changed, m.now.Same = p.added, p.changed, p.same
	m.index()
	for _, i := range p.rows {
		m.join(&m.set.Results[i])
		m.now.Results = append(m.now.Results, m.set.Results[i].ID)
	}
	var rest Set
	c.decode(&rest, &without, &m.log)
	rows := make([]incoming, len(rest.Results))
	for i := range rest.Results {
		rows[i] = fromResult(&rest.Results[i])
	}
	m.apply(rows)
}

// join gives the works and people of a result their IDs where the row has names only, and widens its category's years.
func (m *merger) join(r *Result) {
	award, e := m.look.award(r.Award), m.look.edition(r.Award, r.Edition)
	k := m.look.category(r.Award, r.Category)
	if award == nil || e == nil || k == nil {
		return // Check says what is missing
	}
	k.held(e.Year)
	in := fromResult(r)
	if works, ok := m.works(award, e, k, &in); ok {
		r.Works = works
	}
	if people, ok := m.people(award, e, k, &in); ok {
		r.People = people
	}
}

func fromResult(r *Result) incoming {
	return incoming{
		pos: r.Pos, award: r.Award, edition: r.Edition, category: r.Category, asThen: r.AsThen, works: r.Works,
		people: r.People, outcome: r.Outcome, detail: r.Detail, note: r.Note, others: r.Others, source: r.Source,
	}
}
