package judge_test

import (
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/whowon-bot/whowon/trivia/judge"
)

// known is a small pool: what the facts would know about the answers below.
func known() *judge.Pool {
	return judge.NewPool(func(yield func(judge.Known) bool) {
		for kind, list := range map[judge.Kind][]string{
			judge.Work: {
				"Rocky", "Rocky II", "The Godfather", "The Godfather Part II", "Dune", "Dune: Part Two", "Avatar", "The Aviator", "Alien",
				"Aliens", "Se7en|Seven", "Birdman or (The Unexpected Virtue of Ignorance)|Birdman", "12 Years a Slave", "Emilia Pérez",
				"The Lord of the Rings: The Return of the King", "The Piano", "The Piano Teacher", "Titane", "Titanic",
			},
			judge.Person: {
				"Daniel Day-Lewis", "Pedro Almodóvar", "Zoe Saldaña|Zoe Saldana", "Alfonso Cuarón", "Bong Joon Ho", "Mark Eidelstein|Mark Eydelshteyn",
				"Mark Ruffalo", "Paul Thomas Anderson", "Wes Anderson", "Steve McQueen", "Ben Affleck", "Casey Affleck", "Joel Coen",
				"Ethan Coen", "George Burns", "George Bruns",
			},
		} {
			for _, names := range list {
				for name := range strings.SplitSeq(names, "|") {
					if !yield(judge.Known{Kind: kind, Entity: names, Text: name}) {
						return
					}
				}
			}
		}
	})
}

type ruling struct {
	kind    judge.Kind
	answer  string
	typed   string
	verdict judge.Verdict
	reason  judge.Reason // not looked at where it is empty
}

func try(t *testing.T, pool *judge.Pool, list []ruling) {
	t.Helper()
	for _, r := range list {
		j := judge.Compile(judge.Spec{Question: "Which won?", Answers: strings.Split(r.answer, "|"), Kind: r.kind}, pool)
		got := j.Judge(r.typed)
		if got.Verdict != r.verdict || r.reason != "" && got.Reason != r.reason {
			t.Errorf("%q for %q (%s): %s, %s; want %s, %s", r.typed, r.answer, r.kind, got.Verdict, got.Reason, r.verdict, r.reason)
		}
		if (got.Alias == "") != (got.Verdict == judge.Wrong) || got.Alias != "" && !slices.Contains(strings.Split(r.answer, "|"), got.Alias) {
			t.Errorf("%q for %q: alias %q with verdict %s", r.typed, r.answer, got.Alias, got.Verdict)
		}
	}
}

// The cases that other bots lose.
func TestFilmsAndNames(t *testing.T) {
	list := []ruling{
		{judge.Person, "Daniel Day-Lewis", "day lewis", judge.Correct, judge.Surname},
		{judge.Work, "Birdman or (The Unexpected Virtue of Ignorance)", "birdman", judge.Correct, judge.Exact},
		{judge.Work, "12 Years a Slave", "twelve years a slave", judge.Correct, judge.Exact},
		{judge.Work, "The Lord of the Rings: The Return of the King", "lotr return of the king", judge.Correct, judge.Acronym},
		{judge.Work, "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "dr strangelove", judge.Correct, judge.Exact},
		{judge.Work, "Emilia Pérez", "emilia perez", judge.Correct, judge.Exact},
		{judge.Person, "Pedro Almodóvar", "almodovar", judge.Correct, judge.Surname},
		{judge.Person, "Zoe Saldaña", "zoe saldana", judge.Correct, judge.Exact},
		{judge.Person, "Alfonso Cuarón", "cuaron", judge.Correct, judge.Surname},
		{judge.Work, "The Godfather Part II", "godfather 2", judge.Correct, ""},
		{judge.Work, "Seven", "se7en", judge.Correct, judge.Exact},
		{judge.Work, "Se7en", "seven", judge.Correct, judge.Exact},
		{judge.Person, "Bong Joon Ho", "bong", judge.Correct, judge.Surname},
		{judge.Person, "Mark Eidelstein", "mark eydelshteyn", judge.Correct, judge.Typo},

		{judge.Work, "Rocky", "Rocky II", judge.Wrong, ""},
		{judge.Work, "The Godfather Part II", "The Godfather", judge.Wrong, ""},
		{judge.Work, "Dune: Part Two", "Dune", judge.Close, judge.Shorter},
		{judge.Person, "Mark Eidelstein", "Mark", judge.Close, judge.FirstNameOnly},
		{judge.Person, "Steve McQueen", "Steve", judge.Close, judge.FirstNameOnly},
		{judge.Person, "Casey Affleck", "Ben Affleck", judge.Wrong, ""},
		{judge.Work, "The Aviator", "Avatar", judge.Wrong, ""},
		{judge.Work, "Aviator", "Avatar", judge.Wrong, ""},
		{judge.Work, "Aliens", "Alien", judge.Wrong, ""},
	}
	try(t, known(), list)
	for _, r := range list { // without the facts nothing wrong becomes right, and nothing right wrong
		got := judge.Compile(judge.Spec{Answers: []string{r.answer}, Kind: r.kind}, nil).Judge(r.typed)
		if (got.Verdict == judge.Correct) != (r.verdict == judge.Correct) {
			t.Errorf("without a pool %q for %q: %s, %s", r.typed, r.answer, got.Verdict, got.Reason)
		}
	}
}

// A surname that two of those nominated share is not enough, a full name is.
func TestOtherOptions(t *testing.T) {
	j := judge.Compile(judge.Spec{
		Question: "Who won best director?", Answers: []string{"Paul Thomas Anderson"}, Kind: judge.Person,
		Wrong: []string{"Wes Anderson", "Ryan Coogler"},
	}, known())
	for typed, want := range map[string]judge.Result{
		"Anderson":              {Verdict: judge.Close, Reason: judge.Ambiguous, Alias: "Paul Thomas Anderson"},
		"Andersen":              {Verdict: judge.Close, Reason: judge.Ambiguous, Alias: "Paul Thomas Anderson"},
		"paul anderson":         {Verdict: judge.Correct, Reason: judge.Partial, Alias: "Paul Thomas Anderson"},
		"paul thomas andersson": {Verdict: judge.Correct, Reason: judge.Typo, Alias: "Paul Thomas Anderson"},
		"wes anderson":          {Verdict: judge.Wrong, Reason: judge.OtherAnswer},
		"wes andersson":         {Verdict: judge.Wrong, Reason: judge.Different},
		"coogler":               {Verdict: judge.Wrong, Reason: judge.Different},
	} {
		if got := j.Judge(typed); got != want {
			t.Errorf("%q: %+v, want %+v", typed, got, want)
		}
	}
}

// Without a kind the facts tell who is a person, and what is another film.
func TestUnknownKind(t *testing.T) {
	try(t, known(), []ruling{
		{"", "Pedro Almodóvar", "almodovar", judge.Correct, judge.Surname},
		{"", "Daniel Day-Lewis", "day lewis", judge.Correct, judge.Surname},
		{"", "Mark Eidelstein", "mark", judge.Close, judge.FirstNameOnly},
		{"", "Bong Joon Ho", "bong", judge.Correct, judge.Surname},
		{"", "Aliens", "alien", judge.Wrong, judge.OtherAnswer},
		{"", "The Piano", "the piano teacher", judge.Wrong, judge.OtherAnswer},
		{"", "Titanic", "titane", judge.Wrong, ""},
		{"", "Rocky", "rocky 2", judge.Wrong, judge.WrongNumber},
		{"", "Dune: Part Two", "dune", judge.Close, judge.Shorter},
		{"", "Casey Affleck", "ben affleck", judge.Wrong, judge.OtherAnswer},
		{"", "Birdman or (The Unexpected Virtue of Ignorance)", "birdman", judge.Correct, judge.Exact},
		{"", "Dr. Strangelove or: How I Learned to Stop Worrying and Love the Bomb", "dr strangelove", judge.Correct, judge.Exact},
		{"", "The Lord of the Rings: The Return of the King", "lotr return of the king", judge.Correct, judge.Acronym},
		{"", "12 Years a Slave", "twelve years a slave", judge.Correct, ""},
		{"", "The Godfather Part II", "the godfather", judge.Wrong, ""},
		{"", "The Aviator", "avatar", judge.Wrong, ""},
	})
}

func TestNormalise(t *testing.T) {
	try(t, nil, []ruling{
		{judge.Other, "Kraków", "KRAKOW!", judge.Correct, judge.Exact},
		{judge.Other, "Øresund", "oresund", judge.Correct, judge.Exact},
		{judge.Other, "Łódź", "lodz", judge.Correct, judge.Exact},
		{judge.Other, "Strauß", "strauss", judge.Correct, judge.Exact},
		{judge.Other, "Encyclopædia", "encyclopaedia", judge.Correct, judge.Exact},
		{judge.Person, "Андрей Тарковский", "andrey tarkovskiy", judge.Correct, ""},
		{judge.Person, "Yorgos Lanthimos", "Λάνθιμος", judge.Correct, ""},
		{judge.Work, "Ocean's Eleven", "oceans 11", judge.Correct, judge.Exact},
		{judge.Work, "Ocean’s Eleven", "ocean's eleven", judge.Correct, judge.Exact},
		{judge.Person, "J.R.R. Tolkien", "j r r tolkien", judge.Correct, judge.Exact},
		{judge.Person, "J. R. R. Tolkien", "JRR Tolkien", judge.Correct, judge.Exact},
		{judge.Work, "M*A*S*H", "mash", judge.Correct, judge.Exact},
		{judge.Work, "Fast & Furious", "fast and furious", judge.Correct, judge.Exact},
		{judge.Work, "The Artist", "artist", judge.Correct, judge.Exact},
		{judge.Work, "Artist", "the artist", judge.Correct, judge.Exact},
		{judge.Other, "Paris", "what is paris?", judge.Correct, ""},
		{judge.Other, "Paris", "I think it's Paris", judge.Correct, ""},
		{judge.Other, "Paris", "paris, i guess. not sure", judge.Correct, ""},
		{judge.Other, "Paris", "i don't know, paris?", judge.Correct, ""},
		{judge.Other, "Mayflower", "may flower", judge.Correct, judge.Exact},
		{judge.Other, "The Hay Wain", "haywain", judge.Correct, judge.Exact},
		{judge.Other, "Capone", "alcapone", judge.Correct, ""},
		{judge.Work, "It", "it", judge.Correct, judge.Exact},
		{judge.Work, "The Who", "who", judge.Correct, judge.Exact},
		{judge.Work, "What Is Love", "what is love", judge.Correct, judge.Exact},
		{judge.Other, "(1 of) jai alai or polo", "polo", judge.Correct, judge.Exact},
		{judge.Other, "The (Holy) Grail", "grail", judge.Correct, judge.Exact},
		{judge.Other, "Orange (album)", "album", judge.Wrong, ""},
		{judge.Other, "Seattle, Washington", "seattle", judge.Correct, judge.Exact},
		{judge.Other, "千と千尋の神隠し", "千と千尋の神隠し", judge.Correct, judge.Exact},
		{judge.Other, "Paris", "", judge.Wrong, judge.Empty},
		{judge.Other, "Paris", "?!", judge.Wrong, judge.Empty},
		{judge.Other, "Paris", "no idea", judge.Wrong, judge.Empty},
		{judge.Other, "", "", judge.Wrong, judge.Empty},
	})
}

func TestNumbers(t *testing.T) {
	try(t, nil, []ruling{
		{judge.Other, "Kill Bill: Vol. 1", "kill bill volume one", judge.Correct, ""},
		{judge.Other, "Kill Bill: Vol. 1", "kill bill 2", judge.Wrong, judge.WrongNumber},
		{judge.Other, "Henry VIII", "henry the eighth", judge.Correct, ""},
		{judge.Other, "Henry VIII", "henry vii", judge.Wrong, judge.WrongNumber},
		{judge.Other, "World War II", "ww2", judge.Correct, ""},
		{judge.Other, "World War II", "second world war", judge.Correct, ""},
		{judge.Other, "World War II", "wwi", judge.Wrong, judge.WrongNumber},
		{judge.Number, "1984", "nineteen eighty-four", judge.Correct, ""},
		{judge.Number, "2001", "two thousand and one", judge.Correct, ""},
		{judge.Number, "18 million", "18,000,000", judge.Correct, ""},
		{judge.Number, "18 million", "18 thousand", judge.Wrong, judge.WrongNumber},
		{judge.Number, "1,000", "1000", judge.Correct, ""},
		{judge.Number, "3.5", "3,5", judge.Wrong, ""},
		{judge.Number, "42", "41 or 42", judge.Close, judge.List},
		{judge.Number, "18", "18 years old", judge.Correct, ""},
		{judge.Date, "14 July 1976", "1976-07-14", judge.Correct, ""},
		{judge.Date, "July 14, 1976", "14th of july 1976", judge.Correct, ""},
		{judge.Date, "July 14, 1976", "1976", judge.Close, judge.Shorter},
		{judge.Number, "1981", "January 17, 1981", judge.Correct, ""},
		{judge.Date, "1981", "17 january 1981", judge.Correct, ""},
		{judge.Number, "1981", "January 17, 1982", judge.Wrong, judge.WrongNumber},
		{judge.Number, "1981", "17 and 1981", judge.Close, judge.List},
		{judge.Date, "July 14, 1976", "july 15 1976", judge.Wrong, judge.WrongNumber},
		{judge.Work, "Blade Runner", "blade runner 2049", judge.Wrong, judge.WrongNumber},
		{judge.Work, "Anora", "anora (2024)", judge.Correct, ""},
		{judge.Work, "The Man from the First Century", "the man from the firsst century", judge.Correct, judge.Typo},
		{judge.Person, "Xi Jinping", "xi jinping", judge.Correct, judge.Exact},
		{judge.Person, "Jet Li", "jet li", judge.Correct, judge.Exact},
		{judge.Person, "Malcolm X", "malcolm x", judge.Correct, judge.Exact},
	})
}

func TestTypos(t *testing.T) {
	try(t, known(), []ruling{
		{judge.Other, "Picasso", "piccaso", judge.Correct, judge.Typo},
		{judge.Other, "Charlemagne", "charlamane", judge.Correct, judge.Typo},
		{judge.Other, "Kidney", "kidneys", judge.Correct, judge.Inflection},
		{judge.Other, "Uruguay", "uruguayan", judge.Correct, judge.Inflection},
		{judge.Other, "Liver", "river", judge.Wrong, judge.KnownWord},
		{judge.Other, "Harlem", "Hamlet", judge.Wrong, ""},
		{judge.Other, "capitalism", "capital", judge.Wrong, ""},
		{judge.Other, "Edvard Munch", "edward munch", judge.Correct, ""},
		{judge.Other, "Gout", "goat", judge.Wrong, judge.KnownWord},
		{judge.Person, "George Burns", "george bruns", judge.Wrong, judge.OtherAnswer},
		{judge.Person, "Ethan Coen", "ethan cohen", judge.Correct, judge.Typo},
		{judge.Person, "Robert De Niro", "bob de niro", judge.Correct, judge.Nickname},
		{judge.Work, "Titanic", "titane", judge.Wrong, judge.OtherAnswer},
		{judge.Work, "Titanic", "titanc", judge.Correct, judge.Typo},
		{judge.Person, "T S ELIOT", "T. S. Elliott", judge.Correct, judge.Typo},
		{judge.Person, "Katherine Parre", "catherine parr", judge.Correct, judge.Typo},
		{judge.Other, "GB", "gv", judge.Wrong, judge.Different},
	})
}

func TestWords(t *testing.T) {
	try(t, known(), []ruling{
		{judge.Other, "South Korea", "north korea", judge.Wrong, judge.Conflict},
		{judge.Other, "Korea", "south korea", judge.Wrong, judge.Conflict},
		{judge.Other, "South Korea", "korea", judge.Close, judge.Shorter},
		{judge.Person, "Oliver Wendell Holmes Sr.", "oliver wendell holmes jr", judge.Wrong, judge.Conflict},
		{judge.Person, "Robert Downey Jr.", "robert downey", judge.Correct, ""},
		{judge.Person, "Andrew Johnson", "andrew jackson", judge.Wrong, ""},
		{judge.Person, "Joaquin Phoenix", "river phoenix", judge.Wrong, ""},
		{judge.Person, "George W. Bush", "george bush", judge.Correct, ""},
		{judge.Person, "Helena Bonham Carter", "bonham carter", judge.Correct, judge.Surname},
		{judge.Person, "Martin Luther", "martin luther king", judge.Wrong, judge.ExtraWords},
		{judge.Person, "Elizabeth II", "queen elizabeth the second", judge.Correct, ""},
		{judge.Other, "Mississippi River", "the mississippi", judge.Correct, judge.Partial},
		{judge.Other, "Congo River", "mackenzie river", judge.Wrong, judge.Different},
		{judge.Other, "Manhattan", "the manhattan project", judge.Correct, ""},
		{judge.Other, "Marble", "white marble", judge.Correct, judge.ExtraWords},
		{judge.Other, "Rainier", "not rainier", judge.Wrong, judge.Negation},
		{judge.Other, "McKinley", "not rainier but mckinley", judge.Correct, ""},
		{judge.Other, "Mississippi River|Missouri River", "mississippi and missouri", judge.Correct, judge.List},
		{judge.Other, "Mississippi River|Missouri River", "hudson and missouri", judge.Close, judge.List},
		{judge.Other, "(Franklin) Roosevelt", "roosevelt", judge.Correct, ""},
		{judge.Other, "(Franklin) Roosevelt", "franklin roosevelt", judge.Correct, ""},
		{judge.Other, "(Franklin) Roosevelt", "president roosevelt", judge.Correct, ""},
		{judge.Other, "(Franklin) Roosevelt", "theodore roosevelt", judge.Wrong, ""},
		{judge.Person, "(Franklin) Roosevelt", "theodore roosevelt", judge.Wrong, ""},
		{judge.Person, "(Woodrow) Wilson", "wilson", judge.Correct, ""},
		{judge.Work, "Monsters vs. Aliens", "monsters v. aliens", judge.Correct, ""},
		{judge.Other, "St. Augustine", "st augustine, florida", judge.Correct, ""},
		{judge.Other, "Congress", "congress - house, and senate", judge.Correct, ""},
		{judge.Other, "Congress", "congress, made of house and senate", judge.Correct, ""},
		{judge.Other, "Congress", "congress and the president", judge.Close, judge.List},
		{judge.Other, "France", "france, germany", judge.Close, judge.List},
		{judge.Other, "Paris", "paris or london", judge.Close, judge.List},
		{judge.Person, "Louis XV of France", "louis xv", judge.Correct, ""},
		{judge.Person, "Louis XV of France", "louis xvi", judge.Wrong, judge.WrongNumber},
		{judge.Person, "Joan of Arc", "joan", judge.Close, ""},
		{judge.Person, "Paul William Thomas Anderson", "paul anderson", judge.Correct, judge.Partial},
		{judge.Other, "Mississippi River|Missouri River", "hudson and erie", judge.Wrong, ""},
		{judge.Other, "Federal Bureau of Investigation", "fbi", judge.Correct, judge.Acronym},
		{judge.Other, "FBI", "federal bureau of investigation", judge.Correct, judge.Acronym},
		{judge.Work, "One Battle After Another", "obaa", judge.Correct, judge.Acronym},
		{judge.Work, "The Piano Teacher", "the piano", judge.Wrong, judge.OtherAnswer},
		{judge.Work, "The Piano", "the piano teacher", judge.Wrong, judge.OtherAnswer},
		{judge.Work, "On Her Majesty's Secret Service", "in his majesty's secret service", judge.Wrong, judge.Conflict},
		{judge.Work, "One Battle After Another", "one battle", judge.Close, judge.Shorter},
		{judge.Work, "The Lord of the Rings: The Return of the King", "return of the king", judge.Correct, judge.Exact},
		{judge.Choice, "Best Picture", "best pictire", judge.Correct, judge.Typo},
		{judge.Choice, "Best Picture", "best director", judge.Wrong, judge.Different},
	})
}

func TestInfer(t *testing.T) {
	for _, tt := range []struct {
		question, answer string
		want             judge.Kind
	}{
		{"Who won?", "Daniel Day-Lewis", judge.Person},
		{"Which actor played Jim Rockford?", "James Garner", judge.Person},
		{"What is the capital of New South Wales?", "Sydney", judge.Other},
		{"", "South Korea", judge.Other},
		{"In what year?", "1972", judge.Number},
		{"How many?", "1,000", judge.Number},
		{"When?", "July 14, 1976", judge.Date},
		{"Who makes laws?", "Senate and House of Representatives", judge.Other},
		{"Who?", "", judge.Other},
	} {
		if got := judge.Infer(tt.question, []string{tt.answer}); got != tt.want {
			t.Errorf("Infer(%q, %q) = %s, want %s", tt.question, tt.answer, got, tt.want)
		}
	}
	if got := judge.Infer("Who?", nil); got != judge.Other {
		t.Errorf("Infer without answers = %s", got)
	}
}

// Only the first 200 runes are read.
func TestLongInput(t *testing.T) {
	j := judge.Compile(judge.Spec{Answers: []string{"Paris"}}, nil)
	if got := j.Judge(strings.Repeat("x ", 99) + "paris"); got.Verdict == judge.Correct {
		t.Errorf("what stands behind the 200th rune was read: %+v", got)
	}
	if got := j.Judge("paris " + strings.Repeat("é", 1<<20)); got.Verdict != judge.Correct {
		t.Errorf("a long tail: %+v", got)
	}
}

func TestConcurrentUse(t *testing.T) {
	j := judge.Compile(judge.Spec{Answers: []string{"Mark Eidelstein"}, Kind: judge.Person}, known())
	want := j.Judge("eidelstien")
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 200 {
				if got := j.Judge("eidelstien"); got != want {
					t.Errorf("got %+v, want %+v", got, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestNoAllocation(t *testing.T) {
	pool := known()
	for _, c := range checks {
		j := judge.Compile(judge.Spec{Question: "Which won?", Answers: []string{c.answer}, Kind: c.kind}, pool)
		for _, typed := range []string{c.typed, c.answer, "Ünïcödé, Тарковский & ﷺ", strings.Repeat("a b,c ", 60)} {
			if n := testing.AllocsPerRun(100, func() { j.Judge(typed) }); n != 0 {
				t.Errorf("%q for %q: %v allocations", typed, c.answer, n)
			}
		}
	}
}
