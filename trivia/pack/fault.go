package pack

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Fault is something wrong with a pack: where, what, and how to mend it.
type Fault struct {
	File    string
	Line    int  // of the text, or row of the sheet; 0 where the fault is of the file as a whole
	Warning bool // the question can be played all the same
	What    string
	Mend    string

	question int // number of the question in its pack, from 1; 0 where the fault is not of one
}

// Error reads "films.yaml:12: the answer is empty; write one or remove the line".
func (f Fault) Error() string {
	var b strings.Builder
	if f.File != "" {
		b.WriteString(f.File)
		if f.Line > 0 {
			fmt.Fprintf(&b, ":%d", f.Line)
		}
		b.WriteString(": ")
	}
	if f.Warning {
		b.WriteString("warning: ")
	}
	b.WriteString(f.What)
	if f.Mend != "" {
		b.WriteString("; " + f.Mend)
	}
	return b.String()
}

// Faults is a list of faults, in the order of their lines.
type Faults []Fault

// Error has one fault a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// Errors are the faults that are no warnings.
func (fs Faults) Errors() Faults {
	return slices.DeleteFunc(slices.Clone(fs), func(f Fault) bool { return f.Warning })
}

// Sound are the packs without faults but warnings.
func (fs Faults) Sound(packs []*Pack) []*Pack {
	bad := map[string]bool{}
	for _, f := range fs {
		bad[f.File] = bad[f.File] || !f.Warning
	}
	return slices.DeleteFunc(slices.Clone(packs), func(p *Pack) bool { return bad[p.File] })
}

func (fs Faults) sort() {
	slices.SortStableFunc(fs, func(a, b Fault) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
}

// faultLog collects faults until it is full. The last fault of a full log says so.
type faultLog struct {
	file   string
	about  string // goes before what is said: which question of several on a line
	number int    // of the question that is looked at
	faults Faults
	errors int  // faults that are no warnings
	ended  bool // no more is to be read
}

func (l *faultLog) fail(line int, mend, format string, args ...any) {
	what := l.about + fmt.Sprintf(format, args...)
	l.add(Fault{File: l.file, Line: line, What: what, Mend: mend, question: l.number})
}

func (l *faultLog) warn(line int, mend, format string, args ...any) {
	what := l.about + fmt.Sprintf(format, args...)
	l.add(Fault{File: l.file, Line: line, Warning: true, What: what, Mend: mend, question: l.number})
}

func (l *faultLog) add(f Fault) {
	switch {
	case l.full():
		return
	case len(l.faults) == maxFaults-1:
		f.Warning, f.question = false, 0
		f.What = fmt.Sprintf("there are more than %d faults: the rest is not read", maxFaults-2)
		f.Mend = "is the format right? See --from"
	}
	if !f.Warning {
		l.errors++
	}
	l.faults = append(l.faults, f)
	l.ended = len(l.faults) >= maxFaults
}

func (l *faultLog) full() bool { return l.ended }
