package bot

// View is an answer ready to be shown, without a word about how: Discord draws it as an embed, Slack as blocks, a
// terminal with colours, a browser as HTML, and Plain as text.
type View struct {
	Title   Line // what was understood; may be empty
	Lead    Line // the answer itself, the only large text; may be empty
	Blocks  []Block
	Footer  []Line // source, the date the data reaches
	Buttons []Button
	// Next are questions worth asking next, for a platform with buttons: whoever presses one asks it. Those in the text,
	// spans of the kind SpanAsk, are not repeated here.
	Next    []Suggestion
	Private bool // only for the one who asked, where the platform can
	// Again is the state of a button that would show the same view: a platform whose messages are short turns pages with
	// it. At most 90 bytes; "" where the view cannot be had again.
	Again string
}

// Button is something to press. State is what comes back as Press.State: at most 100 bytes, never the answer to a question,
// and good for ever, since buttons outlive restarts.
type Button struct {
	State string
	Label string // at most 80 runes; an option of a question is its letter and its text: "B  Anora"
	Style Style
	Asks  bool // pressing it asks for a text, which comes as Press.Text, where the platform can; else it is left out
}

// Style is how a button looks; its label says the same in words.
type Style int

// The styles.
const (
	StylePlain Style = iota
	StyleMain        // what most people want next
	StyleDanger
)

// Empty reports whether a view shows nothing.
func (v View) Empty() bool {
	return len(v.Title)+len(v.Lead)+len(v.Blocks)+len(v.Footer)+len(v.Buttons) == 0
}

// Block is a part of a view: *Text, *List or *Table. The set is closed; an adapter switches over it.
type Block interface{ block() }

// Text is a few lines of prose, one below the other.
type Text struct{ Lines []Line }

// List is a list with an optional heading. Marks, parallel to Items where present, say what an item is.
type List struct {
	Title Line
	Items []Item
	More  Line // what was left out and how to get it; may be empty
}

// Item is one entry of a list.
type Item struct {
	Mark Mark
	Line Line
}

// Mark is a symbol in front of an item. It never stands alone: the text says the same in a word.
type Mark int

// The marks.
const (
	MarkNone Mark = iota
	MarkWon
)

// Table has a heading for each column; a cell is a line.
type Table struct {
	Head []string
	Rows [][]Line
	More Line
}

func (*Text) block()  {}
func (*List) block()  {}
func (*Table) block() {}

// add appends a block unless it is empty.
func (v *View) add(b Block) {
	switch b := b.(type) {
	case *Text:
		if len(b.Lines) == 0 {
			return
		}
	case *List:
		if len(b.Items) == 0 {
			return
		}
	case *Table:
		if len(b.Rows) == 0 {
			return
		}
	}
	v.Blocks = append(v.Blocks, b)
}

// say appends lines of prose, to the last block if that is prose.
func (v *View) say(lines ...Line) {
	if n := len(v.Blocks); n > 0 {
		if t, ok := v.Blocks[n-1].(*Text); ok {
			t.Lines = append(t.Lines, lines...)
			return
		}
	}
	v.add(&Text{Lines: lines})
}
