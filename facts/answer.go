package facts

import "github.com/whowon-bot/whowon/facts/table"

// Kind says which sort of question an Answer answers, or why it cannot.
type Kind string

// The kinds of answer.
const (
	KindWinner    Kind = "winner"    // Races: who won one category, or the same category of several editions
	KindNominees  Kind = "nominees"  // Races: everybody in the race
	KindCeremony  Kind = "ceremony"  // Races of one edition, most important first; Event
	KindPerson    Kind = "person"    // Person, Tally, Races won or lost
	KindWork      Kind = "work"      // Work, Tally, Races
	KindRecord    Kind = "record"    // Ranking, computed from rows
	KindFirst     Kind = "first"     // Firsts, curated
	KindOverlap   Kind = "overlap"   // Ranking of those that won both
	KindEvent     Kind = "event"     // Event: when, where, who hosted
	KindRace      Kind = "race"      // Races that somebody lost, and to whom
	KindClaims    Kind = "claims"    // Claims: director, distributor, jury president …
	KindNoResult  Kind = "no_result" // the question is clear and the answer is that nobody won: Notes say why
	KindAmbiguous Kind = "ambiguous" // Suggestions are the things it could mean
	KindNotFound  Kind = "not_found"
	KindInvalid   Kind = "invalid" // empty, too long: Notes say what is wrong
)

// Found reports whether the answer holds what was asked for; "nobody won that year" is an answer.
func (k Kind) Found() bool { return k != KindNotFound && k != KindAmbiguous && k != KindInvalid }

// Answer is what Corpus.Ask understood and found. It is data: package bot turns it into views.
type Answer struct {
	Query       string
	Kind        Kind
	Award       *Award    // understood
	Category    *Category // understood
	Edition     *Edition  // understood
	Year        int       // understood; 0 when none was asked for
	Races       []Race
	Person      *Person
	Work        *Work
	Tally       *Tally
	Ranking     *Ranking
	AlsoRanking *Ranking // the same record counted the other way the question can be read: of works, of the main category
	Firsts      []First
	Claims      []Claim
	Event       *Edition
	Notes       []Note
	Others      []Reading // other readings of the same question
	Suggestions []string  // up to five queries that have an answer
	Sources     []string
	Unconfirmed bool
	DataTo      string // the last date the award's table reaches (YYYY-MM-DD or YYYY)
}

// Award, Category, Edition, Person, Work, First and Claim are views of the tables' rows for the reader of an answer.
type (
	// Award names a prize-giving body.
	Award struct{ ID, Name, Short, Kind string }
	// Category names one prize of an award.
	Category struct{ ID, Name string }
	// Edition is one occasion of an award.
	Edition struct {
		Award    Award
		ID, Name string // "97", "97th Academy Awards"
		Ordinal  int
		Date     string // YYYY-MM-DD or YYYY
		Year     int
		Honoured string
		Venue    string
		Hosts    []string
		Note     string
	}
	// Entity names a person, team or work.
	Entity struct{ ID, Name string }
	// Person is a recipient.
	Person struct {
		ID, Name, Kind, Born, Died, Country string
		KnownFor                            []string
		Apart                               string
	}
	// Work is a film, series, book, song or game.
	Work struct {
		ID, Title, Year string
		Directors       []string
		Cast            []string
		Premiere        string // YYYY-MM-DD of the first dated premiere or release, with PremiereAt
		PremiereAt      string
		Apart           string
	}
	// First is a curated first.
	First struct {
		ID, Claim, Date, Detail string
		Edition                 Edition
		Subjects, Works         []string
		Source                  string
	}
	// Claim is a statement that is not a result.
	Claim struct{ ID, Subject, Predicate, Object, Date, Detail, Source string }
)

// Row is one result.
type Row struct {
	ID          string
	Works       []Entity
	People      []Entity
	Outcome     table.Outcome
	Detail      []table.KV // role, song, score, host …
	Note        string
	Others      string // runners-up
	Source      string
	Unconfirmed bool
}

// Race is one category of one edition.
type Race struct {
	Edition  Edition
	Category Category
	About    string // work, person, team, other: which of Works and People is the recipient
	AsThen   string // the category's name at the time, where it differs
	Winners  []Row  // several on a tie or a shared prize; empty when Outcome none or unknown
	Others   []Row  // nominees who did not win
	NotGiven string // why there is no winner, where a row says so
	Mine     []Row  // for KindPerson, KindWork and KindRace: the rows of the one asked about
}

// Tally counts a person's or work's wins and nominations, over the rows known. Nominations include wins.
type Tally struct {
	Subject    Entity
	Asked      *Count  // for the award or category asked about, if one was
	ByAward    []Count // most wins first
	Wins, Noms int
	FirstYear  int
	LastYear   int
	WonNone    bool // asked whether it ever won, and it did not
}

// Count is the wins and nominations at one award (or in one category of it).
type Count struct {
	Award    Award
	Category *Category
	Wins     int
	Noms     int // 0 where the table names only winners
	Special  int // honorary and other prizes outside a race, not in Wins
}

// Ranking is a computed record: who has most of something.
type Ranking struct {
	What     string // machine-readable: wins, nominations, nominations_without_win, both, all
	Subject  string // work, person, team, country, place
	Award    *Award
	Category *Category
	Entries  []Rank
	Over     int // rows counted
	From     int // first year counted
	To       int // last year counted
}

// Rank is one entry of a Ranking. Equal counts share a place.
type Rank struct {
	Place  int
	Entity Entity
	Count  int
	Years  []int
	Detail []string // the categories or titles behind the count
}

// Reading is another way to read the same question, with its short answer.
type Reading struct {
	Query string // asking this gives the full answer
	Why   string // machine-readable: film_year, year_held, award, category, person, work, edition
	Label string // "for films of 2025 (98th Academy Awards)"
	Races []Race // winners only
}

// Note is a remark that belongs to an answer. Args are in the order the code's comment gives.
type Note struct {
	Code NoteCode
	Args []string
}

// NoteCode names a remark.
type NoteCode string

// The remarks.
const (
	NoteTie          NoteCode = "tie"           // the prize was shared: number of winners
	NoteAssumedAward NoteCode = "assumed_award" // no award was named: award read
	NoteNotGiven     NoteCode = "not_given"     // category, edition, reason
	NoteNoEdition    NoteCode = "no_edition"    // no edition that year: award, year, reason or ""
	NoteTwoEditions  NoteCode = "two_editions"  // award, year
	NoteBeforeFirst  NoteCode = "before_first"  // award, year asked, name and date of the first edition
	NoteAfterLast    NoteCode = "after_last"    // award, year asked, date the data reaches
	NoteNotYet       NoteCode = "not_yet"       // award, year asked: in the future
	NoteNoCategory   NoteCode = "no_category"   // award, category, edition that did not give it, its first year, its last
	NoteUnknownWords NoteCode = "unknown_words" // the words that were not understood
	NoteReadAs       NoteCode = "read_as"       // a typo was mended: typed, read
	NotePhrase       NoteCode = "phrase"        // how an ambiguous wording was read: text of the table
	NoteTeams        NoteCode = "teams"         // only teams win it: award, the person asked about
	NoteNeverWon     NoteCode = "never_won"     // subject, award: nominations
	NoteNotNominated NoteCode = "not_nominated" // subject, award
	NoteIncomplete   NoteCode = "incomplete"    // no nominees in the table, or no winner: award, category, edition
	NoteEmpty        NoteCode = "empty"         // nothing was asked
	NoteTooLong      NoteCode = "too_long"      // runes typed, runes read
	NoteRenamed      NoteCode = "renamed"       // category asked, category of that time
)
