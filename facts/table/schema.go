package table

import (
	"cmp"
	"slices"
	"strings"
)

// schema is one table: its columns, where its rows are in a Set, and the order of its rows in a file.
type schema[R any] struct {
	name    string
	columns []column[R]
	rows    func(*Set) *[]R
	pos     func(*R) *Pos
	key     func(*R) string // what makes two rows one: the ID, mostly
	sort    func(*Set, []R) // nil keeps the editor's order
}

// codec is a schema of whatever row type.
type codec interface {
	table() string
	header() []string
	// fits is what makes a header unfit for this table, nil where it fits.
	fits(header []string) *Fault
	// decode appends the rows of a sheet whose header fits.
	decode(s *Set, in *sheet, log *faultLog)
	// encode returns all rows; a value that cannot stand in a table is a fault.
	encode(s *Set, human bool, log *faultLog) Records
	// values tells each row, and each value that cannot stand in a table.
	values(s *Set, row func(), fault func(Fault))
	// cells tells the cells of one column.
	cells(s *Set, name string, cell func(Pos, string))
	// sorted puts the rows in the order of the files.
	sorted(s *Set)
	// patch lays the rows of a sheet whose header fits over those of s (see patch.go).
	patch(s *Set, in *sheet, log *faultLog) patched
	// share replaces the rows of dst by a copy of those of src.
	share(dst, src *Set)
}

func (t *schema[R]) table() string { return t.name }

func (t *schema[R]) header() []string {
	names := make([]string, len(t.columns))
	for i := range t.columns {
		names[i] = t.columns[i].name
	}
	return names
}

func (t *schema[R]) find(name string) *column[R] {
	for i := range t.columns {
		if t.columns[i].name == name {
			return &t.columns[i]
		}
	}
	return nil
}

func (t *schema[R]) fits(header []string) *Fault {
	for _, name := range header {
		if t.find(name) == nil {
			return &Fault{Column: name, What: "no such column in table " + t.name,
				Mend: "the columns are " + strings.Join(t.header(), ", ")}
		}
	}
	for i := range t.columns {
		if t.columns[i].must && !slices.Contains(header, t.columns[i].name) {
			return &Fault{Column: t.columns[i].name, What: "missing in the first line", Mend: "table " + t.name + " needs it"}
		}
	}
	return nil
}

func (t *schema[R]) decode(s *Set, in *sheet, log *faultLog) {
	columns := make([]*column[R], len(in.header))
	for i, name := range in.header {
		columns[i] = t.find(name)
	}
	rows := t.rows(s)
	*rows = slices.Grow(*rows, len(in.rows))
	for _, row := range in.rows {
		var r R
		*t.pos(&r) = in.pos(row.line)
		good := true
		for i, c := range columns {
			if err := c.set(&r, row.cells[i]); err != nil {
				log.add(Fault{Pos: in.pos(row.line), Column: c.name, What: err.Error(), Mend: "correct the cell"})
				good = false
			}
		}
		if good {
			*rows = append(*rows, r)
		}
		if log.full() {
			return
		}
	}
}

func (t *schema[R]) encode(s *Set, human bool, log *faultLog) Records {
	rec := Records{Table: t.name}
	var columns []*column[R]
	for i := range t.columns {
		if human || !t.columns[i].human {
			columns = append(columns, &t.columns[i])
			rec.Columns = append(rec.Columns, t.columns[i].name)
		}
	}
	rows := *t.rows(s)
	cells := make([]string, len(rows)*len(columns))
	for i := range rows {
		row := cells[i*len(columns) : (i+1)*len(columns) : (i+1)*len(columns)]
		for j, c := range columns {
			cell, err := c.get(&rows[i])
			if err != nil {
				log.add(t.fault(&rows[i], c.name, err))
			}
			row[j] = cell
		}
		rec.Rows = append(rec.Rows, row)
		rec.Pos = append(rec.Pos, *t.pos(&rows[i]))
	}
	return rec
}

func (t *schema[R]) values(s *Set, row func(), fault func(Fault)) {
	rows := *t.rows(s)
	for i := range rows {
		row()
		for j := range t.columns {
			if _, err := t.columns[j].get(&rows[i]); err != nil {
				fault(t.fault(&rows[i], t.columns[j].name, err))
			}
		}
	}
}

func (t *schema[R]) cells(s *Set, name string, cell func(Pos, string)) {
	rows, c := *t.rows(s), t.find(name)
	for i := range rows {
		v, _ := c.get(&rows[i]) // an unfit value is the business of values
		cell(*t.pos(&rows[i]), v)
	}
}

// fault is a fault of a row that may have been made in memory: then its first cell says which row it is.
func (t *schema[R]) fault(r *R, column string, err error) Fault {
	f := Fault{Pos: *t.pos(r), Column: column, What: err.Error(), Mend: "correct the value"}
	if f.Pos == (Pos{}) {
		first, _ := t.columns[0].get(r)
		f.Pos.File = t.name + " (" + first + ")"
	}
	return f
}

func (t *schema[R]) sorted(s *Set) {
	if t.sort != nil {
		t.sort(s, *t.rows(s))
	}
}

func (t *schema[R]) share(dst, src *Set) { *t.rows(dst) = slices.Clone(*t.rows(src)) }

// byKey sorts rows by a string; rows of equal keys keep their order.
func byKey[R any](key func(*R) string) func(*Set, []R) {
	return func(_ *Set, rows []R) {
		slices.SortStableFunc(rows, func(a, b R) int { return strings.Compare(key(&a), key(&b)) })
	}
}

// sortCategories groups by award, in the order of the awards, best known first; else the editor's order stays.
func sortCategories(s *Set, rows []Category) {
	award := awardOrder(s)
	slices.SortStableFunc(rows, func(a, b Category) int {
		return cmp.Or(cmp.Compare(award[a.Award], award[b.Award]), strings.Compare(a.Award, b.Award),
			cmp.Compare(a.Importance, b.Importance))
	})
}

func sortEditions(s *Set, rows []Edition) {
	award := awardOrder(s)
	slices.SortStableFunc(rows, func(a, b Edition) int {
		return cmp.Or(cmp.Compare(award[a.Award], award[b.Award]), strings.Compare(a.Award, b.Award),
			cmp.Compare(a.Year, b.Year), strings.Compare(a.Date, b.Date), cmp.Compare(a.Ordinal, b.Ordinal),
			strings.Compare(a.ID, b.ID))
	})
}

// sortResults follows the editions in time, then the categories by name, winners first.
func sortResults(s *Set, rows []Result) {
	type when struct {
		year int
		date string
	}
	held := make(map[editionKey]when, len(s.Editions))
	for i := range s.Editions {
		e := &s.Editions[i]
		held[editionKey{e.Award, e.ID}] = when{e.Year, e.Date}
	}
	rank := map[Outcome]int{Won: 0, Special: 1, None: 2, Nominated: 3}
	slices.SortStableFunc(rows, func(a, b Result) int {
		x, y := held[editionKey{a.Award, a.Edition}], held[editionKey{b.Award, b.Edition}]
		return cmp.Or(strings.Compare(a.Award, b.Award), cmp.Compare(x.year, y.year), strings.Compare(x.date, y.date),
			strings.Compare(a.Edition, b.Edition), strings.Compare(a.Category, b.Category),
			cmp.Compare(rank[a.Outcome], rank[b.Outcome]), strings.Compare(a.ID, b.ID))
	})
}

func sortHappenings(_ *Set, rows []Happening) {
	slices.SortStableFunc(rows, func(a, b Happening) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day), cmp.Compare(a.Year, b.Year),
			strings.Compare(a.ID, b.ID))
	})
}

func awardOrder(s *Set) map[string]int {
	order := make(map[string]int, len(s.Awards))
	for i := range s.Awards {
		order[s.Awards[i].ID] = i
	}
	return order
}
