// Package table is the text form of what whowon knows: its types, and the reading, writing, checking and overlaying of
// the tab-separated tables that people edit and review.
//
// It does not know how the facts are looked up (package facts), how they are laid out in the binary (package index), nor
// where they came from (package raw).
package table

import "fmt"

// Pos says where a row stands, so that a fault can be named by file and line. The zero Pos is a row made in memory.
type Pos struct {
	File string
	Line int
}

func (p Pos) String() string { return fmt.Sprintf("%s:%d", p.File, p.Line) }

// KV is one key and value of a detail column ("score=4-2").
type KV struct{ Key, Value string }

// Outcome is what became of a recipient in a race.
type Outcome string

// The outcomes. None stands for a prize that was expressly not given: such a row has no works and no people.
const (
	Won       Outcome = "won"
	Nominated Outcome = "nominated"
	Special   Outcome = "special" // honorary and other prizes outside a race
	None      Outcome = "none"
)

// Set is everything whowon knows.
type Set struct {
	Awards     []Award
	Categories []Category
	Editions   []Edition
	Results    []Result
	People     []Person
	Works      []Work
	Phrases    []Phrase
	Happenings []Happening
	Firsts     []First
	Claims     []Claim
}

// Award is a prize-giving body or a competition.
type Award struct {
	Pos
	ID              string // slug: academy-awards, fifa-world-cup
	Name            string // Academy Awards
	Short           string // Oscars
	Kind            string // film, tv, music, sport, …
	Aliases         []string
	Organiser       string
	Country         string
	DefaultCategory string // Category.ID of a question that names none; "" where several fit
	Years           string // how a bare year is read: held, film_year, season
	YearNote        string
	Website         string
	Source          string
}

// Category is one prize of an award.
type Category struct {
	Pos
	Award        string
	ID           string // unique within the award: "Best Picture"
	Name         string // as shown
	Aliases      []string
	Importance   int    // 1 (everybody knows it) to 5
	About        string // work, person, team, other: what the prize goes to
	First, Last  int    // years held
	Predecessors []string
	Trivia       bool
	Shared       bool // several winners in one edition are the rule: honorary prizes, lists of ten films
	Source       string
}

// Edition is one occasion of an award: a ceremony, a festival, a season, a final.
type Edition struct {
	Pos
	Award      string
	ID         string   // unique within the award: "97", "2024-25", "LVIII"
	Ordinal    int      // 97; 0 where editions are not counted
	Name       string   // 97th Academy Awards
	Date       string   // YYYY-MM-DD where the day is known, else YYYY
	Year       int      // the year it was held in
	Honoured   string   // the year or years honoured ("2024", "1927/28"); "" where it is Year
	Aliases    []string // other names of the occasion: "super bowl 58"
	Called     []int    // years people call it by, where they are not Year (Tokyo 2020, held 2021)
	Venue      string
	Hosts      []string
	Note       string // "not held: …", "second ceremony of 1930"
	Confidence string // of Date, Venue and Hosts: high, medium, low or ""
	Source     string
}

// Result is one nomination, win, special prize or prize not given.
//
// A race (award, edition, category) has one row with outcome won. Where it is otherwise, its rows say so in Detail, with
// the keys of Declared: every winner of a tie carries "tie=yes", every winner of a prize given to several "shared=yes"
// (needless where Category.Shared), and a nominee of a race whose winner is not known to us carries "winner=unknown". A
// race whose edition lies in the future has no winner yet. A category in which nobody ever won is a list, not a race.
type Result struct {
	Pos
	ID          string // never changes: academy-awards-97-7k3f2q
	Award       string
	Edition     string // Edition.ID
	Category    string // Category.ID
	AsThen      string // the category's name at the time, where it differs
	Works       []Ref
	People      []Ref // people, teams, countries: whoever the table names
	Outcome     Outcome
	Detail      []KV   // role=…, song=…, score=…, host=…
	Note        string // free text
	Others      string // runners-up where the table names no rows for them
	Unconfirmed bool   // rests on one source
	Trivia      bool   // fit to be asked
	Source      string
}

// Ref names a person or work: the ID joins, the name is for the reader.
type Ref struct{ ID, Name string }

// Person is whoever can receive a prize: a person, a team, a country, an organisation.
type Person struct {
	Pos
	ID         string // nm0048918, or p-<slug> where the sources carry none
	Name       string
	Kind       string // person, team, country, group
	Aliases    []string
	Family     string // the part of the name that suffices as an answer
	Sex        string
	Born, Died string // YYYY-MM-DD, YYYY-MM or YYYY; "" when unknown
	Country    string
	KnownFor   []string
	Apart      string // how to tell this person from a namesake
	Confidence string
	Source     string
}

// Work is a film, series, book, song, album, play or game.
type Work struct {
	Pos
	ID        string // tt28607951, or w-<slug>-<year>
	Title     string
	Year      string // of release as far as known: 2024, 1927/28
	Aliases   []string
	StrictNot []string // titles it must not be taken for
	Cast      []Ref
	Apart     string // how to tell this work from another of the same title
	Source    string
}

// Phrase is an ambiguous wording and the way to read it.
type Phrase struct {
	Pos
	Award   string // Award.ID; "*" where no award was named, and then Targets are awards
	Phrase  string
	Targets []string // Category.IDs of Award, or Award.IDs when Award is "*"
	Mode    string   // first, first_available, by_year, all
	Note    string
	Source  string
}

// Happening is a dated event fit for "on this day".
type Happening struct {
	Pos
	ID         string
	Month, Day int
	Year       int
	Kind       string // birth, death, premiere, release, ceremony, final, opening, election
	Subject    string
	Fields     []KV
	Works      []string // Work.IDs
	People     []string // Person.IDs
	Confidence string   // "" means good; single-source is second choice
	Source     string
}

// First is a curated first or record that rows cannot prove.
type First struct {
	Pos
	ID       string
	Award    string
	Edition  string
	Claim    string // first woman to win Best Director
	Subjects []string
	Works    []string // titles
	Date     string
	Detail   string
	Source   string
}

// Claim is one statement about a work, person or edition that is not a result: "Anora" "directed by" "Sean Baker".
type Claim struct {
	Pos
	ID        string
	Subject   string
	SubjectID string // Work.ID, Person.ID or <award>/<edition>
	Predicate string
	Object    string
	Date      string
	Detail    string
	Source    string
}
