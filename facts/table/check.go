package table

import (
	"fmt"
	"io"
	"text/tabwriter"
	"time"
)

// Report is what Check found: one entry per invariant, in a fixed order.
type Report struct{ Invariants []Invariant }

// Invariant is one rule of the tables: how many rows it was tried on, and which broke it.
type Invariant struct {
	Name    string // unique, dates, future, references, winners, years, orphans, sources, characters, names
	Rule    string // what it says, for the reader
	Checked int
	Faults  []Fault
}

// Faults are those of all invariants.
func (r Report) Faults() Faults {
	var all Faults
	for _, inv := range r.Invariants {
		all = append(all, inv.Faults...)
	}
	return all
}

// WriteTable prints a line per invariant (name, rows checked, faults, rule), aligned, and then a line per fault.
func (r Report) WriteTable(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(tw, "invariant\trows\tfaults\trule")
	for _, inv := range r.Invariants {
		fmt.Fprintf(tw, "%s\t%d\t%d\t%s\n", inv.Name, inv.Checked, len(inv.Faults), inv.Rule)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, f := range r.Faults() {
		if _, err := fmt.Fprintf(w, "%s: %s\n", f.Invariant, f.Error()); err != nil {
			return err
		}
	}
	return nil
}

// Check tries every invariant of the tables on a set. now decides what lies in the future. It changes nothing.
func Check(s *Set, now time.Time) Report {
	c := &checker{set: s, look: newLookup(s), today: today(now)}
	c.run("unique", "an ID stands once in its table", (*checker).unique)
	c.run("dates", "every date is a real day, and nobody died before being born", (*checker).dates)
	c.run("future", "nothing has a result before it was held", (*checker).future)
	c.run("references", "whatever a row names is there", (*checker).references)
	c.run("winners", "a race has one winner, unless it declares otherwise", (*checker).winners)
	c.run("years", "the years of a row agree with its edition", (*checker).years)
	c.run("orphans", "every row is there for something", (*checker).orphans)
	c.run("sources", "every row says where it is from", (*checker).sources)
	c.run("characters", "no value holds a bar, a tab, a line end or an edge of space", (*checker).characters)
	c.run("names", "names in results are names of what they stand for", (*checker).names)
	return c.report
}

// checker runs the invariants; each is a method that calls row once per row it looks at and fault where a row breaks it.
type checker struct {
	set    *Set
	look   *lookup
	today  int
	report Report
	now    *Invariant // the one running
}

func (c *checker) run(name, rule string, check func(*checker)) {
	inv := Invariant{Name: name, Rule: rule}
	c.now = &inv
	check(c)
	c.report.Invariants = append(c.report.Invariants, inv)
}

func (c *checker) row() { c.now.Checked++ }

// fault notes that the row at pos breaks the invariant. column may be "".
func (c *checker) fault(pos Pos, column, mend, format string, args ...any) {
	c.now.Faults = append(c.now.Faults, Fault{
		Pos: pos, Invariant: c.now.Name, Column: column, What: fmt.Sprintf(format, args...), Mend: mend,
	})
}
