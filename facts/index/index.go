// Package index lays the facts out in one block of bytes that is read where it lies: opening it parses nothing, so a
// program that holds it answers in the first milliseconds of its life.
//
// Build makes the block from a table.Set; Open reads it; DB.Set gives the tables back whole, which is how overlays are
// laid over the embedded facts. It does not know what questions mean: that is package facts.
package index

import (
	"github.com/whowon-bot/whowon/facts/lookup"
)

// DB is an open snapshot. It is immutable and safe for concurrent use. Things are named by their number in their table;
// every column below has as many entries as its table has rows.
type DB struct {
	Str    Strings
	Tables map[string]*Cells
	Lex    Lexicon

	Awards     *Cells
	AwardCats  U32 // first category of an award; one more entry than awards
	AwardEds   U32 // first edition of an award, by date; one more entry than awards
	AwardYears U32 // 0 held, 1 film_year, 2 season

	Categories   *Cells
	CatAward     U32
	CatRank      U32 // importance, 1 best known
	CatAbout     U32 // AboutWork …
	CatFirst     U32
	CatLast      U32
	CatResults   Lists // by edition
	CatRelatives Lists // the same prize under the names of other times

	Editions   *Cells
	EdAward    U32
	EdYear     U32
	EdOrdinal  U32
	EdDate     U32   // yyyymmdd; mm and dd are 00 when unknown
	EdHonoured Lists // years
	EdCalled   Lists // years
	EdResults  U32   // first result of an edition; one more entry than editions
	EdClaims   Lists

	Results    *Cells
	ResEdition U32
	ResCat     U32
	ResOutcome U32 // Outcome
	ResWorks   Lists
	ResPeople  Lists

	People     *Cells
	PerFame    U32
	PerResults Lists // by edition within an award
	PerClaims  Lists

	Works          *Cells
	WorkFame       U32
	WorkYear       U32   // the first year in the work's year, 0 if none
	WorkResults    Lists // by edition within an award
	WorkClaims     Lists
	WorkHappenings Lists

	Phrases  *Cells
	PhrAward U32   // 1 + the award, or 0 for "*"
	PhrTo    Lists // categories, or awards for "*"
	PhrTitle U32   // 1 where a phrase of no award is also the name of a category ("best picture")

	Happenings *Cells
	HapDay     U32 // month*100 + day, ascending
	HapYear    U32

	Firsts  *Cells
	FirstOf U32 // 1 + the edition, or 0

	Claims *Cells
	Told   U32 // the claims that are more than who directed what

	Names     *lookup.Index // full names and titles
	NameItem  U32           // Item of an entry of Names
	Words     *lookup.Index // the words of awards, categories, editions and ambiguous phrases
	WordText  U32           // string number of an entry of Words
	Tokens    *lookup.Index // the words of people and works
	TokenText U32           // string number of an entry of Tokens
}

// What a category's prize goes to.
const (
	AboutWork = iota
	AboutPerson
	AboutTeam
	AboutOther
)

// Outcomes, in the order in which the results of a race are kept.
const (
	Won = iota
	Special
	None
	Nominated
)

// Cells are the text cells of one table.
type Cells struct {
	N    int
	from *reader
	str  Strings
	name string
	head U32 // the count of rows, then the string numbers of the columns' names
	line U32
}

// Column is a column by name; a column that there is not reads as empty cells.
func (c *Cells) Column(name string) Column { return c.open(cellSection(c.name, name)) }

func (c *Cells) open(section string) Column {
	distinct, ok := c.from.sections[section]
	if !ok {
		return Column{}
	}
	col := Column{str: c.str, distinct: U32(distinct), rows: c.from.sections[section+".row"]}
	if col.width = codeWidth(col.distinct.Len()); len(col.rows) != col.width*c.N {
		return Column{} // damaged
	}
	return col
}

// columns are the names of all columns, in order.
func (c *Cells) columns() []string {
	var names []string
	for i := 1; i < c.head.Len(); i++ {
		names = append(names, c.str.At(c.head.At(i)))
	}
	return names
}

// Column is one column of text cells: the distinct cells, and a number among them for each row.
type Column struct {
	str      Strings
	distinct U32
	rows     string
	width    int // bytes of a row's number
}

// At is the text of row i.
func (c Column) At(i int) string {
	switch c.width {
	case 0:
		return ""
	case 1:
		return c.str.At(c.distinct.At(int(c.rows[i])))
	case 2:
		return c.str.At(c.distinct.At(int(c.rows[2*i]) | int(c.rows[2*i+1])<<8))
	}
	return c.str.At(c.distinct.At(int(U32(c.rows).At(i))))
}
