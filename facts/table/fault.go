package table

import (
	"fmt"
	"strings"
)

// MaxFaults is how many faults a reader collects before it gives up.
const MaxFaults = 20

// Fault is something wrong with a row: where, what, and how to mend it.
type Fault struct {
	Pos       Pos
	Invariant string // the rule of Check that is broken; "" while reading
	Column    string // "" where the fault is not of one column
	What      string
	Mend      string
}

// Error reads "results/cannes.tsv:12: column year: "19x" is not a number; write …".
func (f Fault) Error() string {
	var b strings.Builder
	switch {
	case f.Pos.Line > 0:
		b.WriteString(f.Pos.String() + ": ")
	case f.Pos.File != "":
		b.WriteString(f.Pos.File + ": ")
	}
	if f.Column != "" {
		fmt.Fprintf(&b, "column %s: ", f.Column)
	}
	b.WriteString(f.What)
	if f.Mend != "" {
		b.WriteString("; " + f.Mend)
	}
	return b.String()
}

// Faults is an error made of faults, one a line.
type Faults []Fault

func (fs Faults) Error() string {
	lines := make([]string, 0, min(len(fs), MaxFaults)+1)
	for i, f := range fs {
		if i == MaxFaults {
			lines = append(lines, fmt.Sprintf("and %d more faults", len(fs)-MaxFaults))
			break
		}
		lines = append(lines, f.Error())
	}
	return strings.Join(lines, "\n")
}

// err is fs as an error, nil when there is none.
func (fs Faults) err() error {
	if len(fs) == 0 {
		return nil
	}
	return fs
}

// faultLog collects faults until it is full.
type faultLog struct{ faults Faults }

func (l *faultLog) add(f Fault) {
	if !l.full() {
		l.faults = append(l.faults, f)
	}
}

func (l *faultLog) full() bool { return len(l.faults) >= MaxFaults }
