package bot

import (
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/table"
)

var (
	oscars  = facts.Award{ID: "academy-awards", Name: "Academy Awards", Short: "Oscars", Kind: "film"}
	oscar97 = facts.Edition{Award: oscars, ID: "97", Name: "97th Academy Awards", Ordinal: 97, Date: "2025-03-02", Year: 2025,
		Honoured: "2024", Venue: "Dolby Theatre, Los Angeles", Hosts: []string{"Conan O'Brien"}}
	oscar98 = facts.Edition{Award: oscars, ID: "98", Name: "98th Academy Awards", Date: "2026-03-15", Year: 2026, Honoured: "2025"}
)

func film(title string, people ...string) facts.Row {
	r := facts.Row{Works: []facts.Entity{{Name: title}}, Outcome: table.Nominated}
	for _, p := range people {
		r.People = append(r.People, facts.Entity{Name: p})
	}
	return r
}

func won(r facts.Row) facts.Row { r.Outcome = table.Won; return r }

func with(r facts.Row, key, value string) facts.Row {
	r.Detail = append(r.Detail, table.KV{Key: key, Value: value})
	return r
}

func picture(e facts.Edition, winner facts.Row, others ...facts.Row) facts.Race {
	return facts.Race{Edition: e, Category: facts.Category{ID: "Best Picture", Name: "Best Picture"}, About: "work",
		Winners: []facts.Row{won(winner)}, Others: others}
}

func category(r facts.Race, name, about string) facts.Race {
	r.Category, r.About = facts.Category{ID: name, Name: name}, about
	return r
}

func TestAnswerView(t *testing.T) {
	best := picture(oscar97, film("Anora", "Alex Coco", "Samantha Quan", "Sean Baker"), film("The Brutalist"), film("Conclave"))
	actress := category(picture(oscar97, film("Anora", "Mikey Madison"), film("The Substance", "Demi Moore")), "Best Actress", "person")
	song := category(picture(oscar97, with(film("Emilia Pérez", "Clément Ducol", "Camille"), "song", "El Mal")), "Best Original Song", "work")
	sources := []string{"DLu/oscar_data"}
	tests := []struct {
		name string
		a    facts.Answer
		want string
	}{
		{"winner and the other reading", facts.Answer{Kind: facts.KindWinner, Races: []facts.Race{best},
			Others: []facts.Reading{{Why: "film_year", Label: "for films of 2025 (98th Academy Awards)",
				Races: []facts.Race{picture(oscar98, film("One Battle After Another"))}},
				{Why: "award", Label: "Golden Globe Awards", Races: []facts.Race{picture(facts.Edition{
					Award: facts.Award{Short: "Golden Globes"}}, film("The Brutalist"))}}},
			Notes: []facts.Note{{Code: facts.NoteAssumedAward, Args: []string{"Oscars"}}}, Sources: sources, DataTo: "2026-03-15"}, `
Best Picture · 97th Academy Awards (2 March 2025, films of 2024)
Winner: Anora — Alex Coco, Samantha Quan and Sean Baker
Also nominated: The Brutalist · Conclave
No award was named, so this is about the Oscars.
By film year, for films of 2025 (98th Academy Awards, 15 March 2026): One Battle After Another
At other awards: Golden Globes: The Brutalist
Source: DLu/oscar_data · data to 15 March 2026
`},
		{"a person comes first", facts.Answer{Kind: facts.KindWinner, Races: []facts.Race{actress}}, `
Best Actress · 97th Academy Awards (2 March 2025, films of 2024)
Winner: Mikey Madison — Anora
Also nominated: Demi Moore (The Substance)
Source: whowon's tables
`},
		{"a song with its film", facts.Answer{Kind: facts.KindWinner, Races: []facts.Race{song}}, `
Best Original Song · 97th Academy Awards (2 March 2025, films of 2024)
Winner: “El Mal” from Emilia Pérez — Clément Ducol and Camille
Source: whowon's tables
`},
		{"a tie, unconfirmed", facts.Answer{Kind: facts.KindWinner, Unconfirmed: true, Races: []facts.Race{{Edition: facts.Edition{
			Name: "1979 Cannes Film Festival", Date: "1979", Year: 1979}, Category: facts.Category{Name: "Palme d'Or"}, About: "work",
			Winners: []facts.Row{film("Apocalypse Now"), {Works: []facts.Entity{{Name: "The Tin Drum"}}, Unconfirmed: true}}}},
			Notes: []facts.Note{{Code: facts.NoteTie, Args: []string{"2"}}}}, `
Palme d'Or · 1979 Cannes Film Festival
Winners: Apocalypse Now; The Tin Drum (unconfirmed: one source)
The prize was shared: 2 winners.
Source: whowon's tables
`},
		{"nominees", facts.Answer{Kind: facts.KindNominees, Races: []facts.Race{actress}}, `
Best Actress · 97th Academy Awards (2 March 2025, films of 2024)
★ Mikey Madison — Anora (winner)
Demi Moore — The Substance
Source: whowon's tables
`},
		{"who beat whom", facts.Answer{Kind: facts.KindRace, Races: []facts.Race{func() facts.Race {
			r := actress
			r.Mine = r.Others
			return r
		}()}}, `
Best Actress · 97th Academy Awards (2 March 2025, films of 2024)
Mikey Madison (Anora) won over Demi Moore (The Substance)
Source: whowon's tables
`},
		{"ceremony", facts.Answer{Kind: facts.KindCeremony, Event: &oscar97, Races: []facts.Race{best, song}}, `
97th Academy Awards (2 March 2025, films of 2024)
Dolby Theatre, Los Angeles · hosted by Conan O'Brien
  Best Picture        Anora
  Best Original Song  “El Mal” (Emilia Pérez)
Source: whowon's tables
`},
		{"when and where", facts.Answer{Kind: facts.KindEvent, Event: &oscar97}, `
97th Academy Awards (films of 2024)
2 March 2025 · Dolby Theatre, Los Angeles · hosted by Conan O'Brien
Source: whowon's tables
`},
		{"never won", facts.Answer{Kind: facts.KindPerson, Query: "did glenn close ever win an oscar?", Person: &facts.Person{Name: "Glenn Close"},
			Tally: &facts.Tally{WonNone: true, Asked: &facts.Count{Award: oscars, Noms: 8}}}, `
No. Glenn Close: 0 wins from 8 nominations at the Oscars
Source: whowon's tables
`},
		{"a person's record", facts.Answer{Kind: facts.KindPerson, Person: &facts.Person{Name: "Sean Baker", Born: "1971-02-26"},
			Tally: &facts.Tally{ByAward: []facts.Count{{Award: oscars, Wins: 2, Noms: 2}}, Wins: 2, Noms: 2},
			Races: []facts.Race{mine(best, won(film("Anora", "Sean Baker"))), mine(category(best, "Best Director", "person"), won(film("Anora", "Sean Baker")))}}, `
Sean Baker: 2 Oscars from 2 nominations
Born 26 February 1971.
★ 97th Academy Awards (2025): won Best Picture, Best Director for Anora
Source: whowon's tables
`},
		{"a film's record", facts.Answer{Kind: facts.KindWork, Work: &facts.Work{Title: "Anora", Year: "2024", Directors: []string{"Sean Baker"},
			Cast: []string{"Mikey Madison"}, Premiere: "2024-05-21", PremiereAt: "Cannes"},
			Tally: &facts.Tally{Subject: facts.Entity{Name: "Anora"}, ByAward: []facts.Count{{Award: oscars, Wins: 2, Noms: 2}}, Wins: 2, Noms: 2},
			Races: []facts.Race{mine(best, won(film("Anora", "Sean Baker"))), mine(actress, won(film("Anora", "Mikey Madison")))}}, `
Anora (2024): 2 Oscars from 2 nominations
★ 97th Academy Awards (2025): won Best Picture, Best Actress (Mikey Madison)
Directed by Sean Baker
With Mikey Madison
First shown 21 May 2024, Cannes
Source: whowon's tables
`},
		{"a computed record with a tie", facts.Answer{Kind: facts.KindRecord, Ranking: &facts.Ranking{What: "wins", Subject: "work", Award: &oscars,
			Entries: []facts.Rank{{Place: 1, Entity: facts.Entity{Name: "Ben-Hur"}, Count: 11, Years: []int{1960}},
				{Place: 1, Entity: facts.Entity{Name: "Titanic"}, Count: 11, Years: []int{1998}}},
			Over: 12137, From: 1929, To: 2026}}, `
Most wins at the Oscars (titles)
Ben-Hur, Titanic: 11 each
1. Ben-Hur: 11 (1960)
1. Titanic: 11 (1998)
Counted over 12,137 rows, 1929–2026.
Source: whowon's tables
`},
		{"a curated first", facts.Answer{Kind: facts.KindFirst, Firsts: []facts.First{{Claim: "first woman to win Best Director",
			Subjects: []string{"Kathryn Bigelow"}, Works: []string{"The Hurt Locker"}, Date: "2010-03-07", Edition: facts.Edition{Name: "82nd Academy Awards"}}}}, `
First woman to win Best Director: Kathryn Bigelow, The Hurt Locker (82nd Academy Awards, 7 March 2010)
Source: whowon's tables
`},
		{"no result says why", facts.Answer{Kind: facts.KindNoResult, Award: &oscars, Year: 1933,
			Notes: []facts.Note{{Code: facts.NoteNoEdition, Args: []string{"Oscars", "1933", ""}}}}, `
Academy Awards · 1933
No edition of the Oscars was held in 1933.
Source: whowon's tables
`},
		{"not found", facts.Answer{Kind: facts.KindNotFound, Query: "best\x1b[31m  wurst", Award: &oscars,
			Notes: []facts.Note{{Code: facts.NoteUnknownWords, Args: []string{"wurst"}}}, Suggestions: []string{"best picture 2025"}}, `
No answer to “best[31m wurst”.
Understood: Academy Awards
Not understood: “wurst”.
Did you mean:
  “best picture 2025”
Source: whowon's tables
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := Plain(AnswerView(tt.a, Brief)), strings.TrimPrefix(tt.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func mine(r facts.Race, rows ...facts.Row) facts.Race { r.Mine = rows; return r }

func TestEveryNoteHasASentence(t *testing.T) {
	for _, c := range []facts.NoteCode{
		facts.NoteTie, facts.NoteAssumedAward, facts.NoteNotGiven, facts.NoteNoEdition, facts.NoteTwoEditions, facts.NoteBeforeFirst,
		facts.NoteAfterLast, facts.NoteNotYet, facts.NoteNoCategory, facts.NoteUnknownWords, facts.NoteReadAs, facts.NotePhrase,
		facts.NoteTeams, facts.NoteNeverWon, facts.NoteNotNominated, facts.NoteIncomplete, facts.NoteEmpty, facts.NoteTooLong, facts.NoteRenamed,
	} {
		full := noteLine(facts.Note{Code: c, Args: []string{"a", "b", "c", "d", "e"}}).String()
		if !strings.HasSuffix(full, ".") {
			t.Errorf("%s: %q is no sentence", c, full)
		}
		noteLine(facts.Note{Code: c}) // must not panic without arguments
	}
}

func TestEmptyAnswersOfEveryKind(t *testing.T) {
	for _, k := range []facts.Kind{facts.KindWinner, facts.KindNominees, facts.KindCeremony, facts.KindPerson, facts.KindWork,
		facts.KindRecord, facts.KindFirst, facts.KindOverlap, facts.KindEvent, facts.KindRace, facts.KindClaims, facts.KindNoResult,
		facts.KindAmbiguous, facts.KindNotFound, facts.KindInvalid, ""} {
		for _, a := range []facts.Answer{{Kind: k}, {Kind: k, Races: []facts.Race{{}}, Firsts: make([]facts.First, 1),
			Claims: make([]facts.Claim, 1), Event: &facts.Edition{}, Tally: &facts.Tally{}, Ranking: &facts.Ranking{Entries: make([]facts.Rank, 1)}}} {
			if Plain(AnswerView(a, Full)) == "" {
				t.Errorf("%s: empty text", k)
			}
		}
	}
}

func TestCeremonyIsCut(t *testing.T) {
	a := facts.Answer{Kind: facts.KindCeremony, Event: &oscar97}
	for _, n := range strings.Fields("Picture Director Actor Actress Song Score Editing Sound Makeup Costume Design Short Documentary") {
		a.Races = append(a.Races, category(picture(oscar97, film("Winner of "+n)), n, "work"))
	}
	brief, full := Plain(AnswerView(a, Brief)), Plain(AnswerView(a, Full))
	if !strings.Contains(brief, "and 3 more: ask “Design 97th Academy Awards”") || strings.Contains(brief, "Winner of Short") {
		t.Errorf("brief:\n%s", brief)
	}
	if !strings.Contains(full, "Winner of Documentary") || strings.Contains(full, "more") {
		t.Errorf("full:\n%s", full)
	}
}

func TestAsksWhether(t *testing.T) {
	for q, want := range map[string]bool{
		"did glenn close ever win an oscar": true, "Has Parasite won best picture?": true, "was anora ever a winner": true,
		"did X ever get nominated": false, "how many oscars did x win": false, "what did parasite win": false, "glenn close": false, "": false,
		"did parasite": false,
	} {
		if asksWhether(q) != want {
			t.Errorf("asksWhether(%q) = %v", q, !want)
		}
	}
}
