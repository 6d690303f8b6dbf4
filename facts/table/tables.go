package table

import "fmt"

// codecs are the ten tables, in the order in which they are read and written. Results come last: their names are filled
// in from people and works.
func codecs() []codec {
	return []codec{
		awards(), categories(), editions(), people(), works(), phrases(), happenings(), firsts(), claims(), results(),
	}
}

func awards() *schema[Award] {
	return &schema[Award]{name: "awards", rows: func(s *Set) *[]Award { return &s.Awards },
		pos: func(r *Award) *Pos { return &r.Pos },
		key: func(r *Award) string { return r.ID },
		columns: []column[Award]{
			must("id", func(r *Award) *string { return &r.ID }),
			must("name", func(r *Award) *string { return &r.Name }),
			text("short", func(r *Award) *string { return &r.Short }),
			text("kind", func(r *Award) *string { return &r.Kind }),
			list("aliases", func(r *Award) *[]string { return &r.Aliases }),
			text("organiser", func(r *Award) *string { return &r.Organiser }),
			text("country", func(r *Award) *string { return &r.Country }),
			text("default_category", func(r *Award) *string { return &r.DefaultCategory }),
			text("years", func(r *Award) *string { return &r.Years }),
			text("year_note", func(r *Award) *string { return &r.YearNote }),
			text("website", func(r *Award) *string { return &r.Website }),
			text("source", func(r *Award) *string { return &r.Source }),
		}}
}

func categories() *schema[Category] {
	return &schema[Category]{name: "categories", rows: func(s *Set) *[]Category { return &s.Categories },
		pos:  func(r *Category) *Pos { return &r.Pos },
		key:  func(r *Category) string { return r.Award + "\t" + r.ID },
		sort: sortCategories,
		columns: []column[Category]{
			must("award", func(r *Category) *string { return &r.Award }),
			must("id", func(r *Category) *string { return &r.ID }),
			text("name", func(r *Category) *string { return &r.Name }),
			list("aliases", func(r *Category) *[]string { return &r.Aliases }),
			number("importance", func(r *Category) *int { return &r.Importance }),
			text("about", func(r *Category) *string { return &r.About }),
			number("first", func(r *Category) *int { return &r.First }),
			number("last", func(r *Category) *int { return &r.Last }),
			list("predecessors", func(r *Category) *[]string { return &r.Predecessors }),
			yes("trivia", func(r *Category) *bool { return &r.Trivia }),
			yes("shared", func(r *Category) *bool { return &r.Shared }),
			text("source", func(r *Category) *string { return &r.Source }),
		}}
}

func editions() *schema[Edition] {
	return &schema[Edition]{name: "editions", rows: func(s *Set) *[]Edition { return &s.Editions },
		pos:  func(r *Edition) *Pos { return &r.Pos },
		key:  func(r *Edition) string { return r.Award + "\t" + r.ID },
		sort: sortEditions,
		columns: []column[Edition]{
			must("award", func(r *Edition) *string { return &r.Award }),
			must("id", func(r *Edition) *string { return &r.ID }),
			number("ordinal", func(r *Edition) *int { return &r.Ordinal }),
			text("name", func(r *Edition) *string { return &r.Name }),
			text("date", func(r *Edition) *string { return &r.Date }),
			number("year", func(r *Edition) *int { return &r.Year }),
			text("honoured", func(r *Edition) *string { return &r.Honoured }),
			list("aliases", func(r *Edition) *[]string { return &r.Aliases }),
			numbers("called", func(r *Edition) *[]int { return &r.Called }),
			text("venue", func(r *Edition) *string { return &r.Venue }),
			list("hosts", func(r *Edition) *[]string { return &r.Hosts }),
			text("note", func(r *Edition) *string { return &r.Note }),
			text("confidence", func(r *Edition) *string { return &r.Confidence }),
			text("source", func(r *Edition) *string { return &r.Source }),
		}}
}

func people() *schema[Person] {
	return &schema[Person]{name: "people", rows: func(s *Set) *[]Person { return &s.People },
		pos:  func(r *Person) *Pos { return &r.Pos },
		key:  func(r *Person) string { return r.ID },
		sort: byKey(func(r *Person) string { return r.ID }),
		columns: []column[Person]{
			must("id", func(r *Person) *string { return &r.ID }),
			must("name", func(r *Person) *string { return &r.Name }),
			text("kind", func(r *Person) *string { return &r.Kind }),
			list("aliases", func(r *Person) *[]string { return &r.Aliases }),
			text("family", func(r *Person) *string { return &r.Family }),
			text("sex", func(r *Person) *string { return &r.Sex }),
			text("born", func(r *Person) *string { return &r.Born }),
			text("died", func(r *Person) *string { return &r.Died }),
			text("country", func(r *Person) *string { return &r.Country }),
			list("known_for", func(r *Person) *[]string { return &r.KnownFor }),
			text("apart", func(r *Person) *string { return &r.Apart }),
			text("confidence", func(r *Person) *string { return &r.Confidence }),
			text("source", func(r *Person) *string { return &r.Source }),
		}}
}

func works() *schema[Work] {
	cast, castIDs := refs("cast", "cast_ids", func(r *Work) *[]Ref { return &r.Cast })
	return &schema[Work]{name: "works", rows: func(s *Set) *[]Work { return &s.Works },
		pos:  func(r *Work) *Pos { return &r.Pos },
		key:  func(r *Work) string { return r.ID },
		sort: byKey(func(r *Work) string { return r.ID }),
		columns: []column[Work]{
			must("id", func(r *Work) *string { return &r.ID }),
			must("title", func(r *Work) *string { return &r.Title }),
			text("year", func(r *Work) *string { return &r.Year }),
			list("aliases", func(r *Work) *[]string { return &r.Aliases }),
			list("strict_not", func(r *Work) *[]string { return &r.StrictNot }),
			cast, castIDs,
			text("apart", func(r *Work) *string { return &r.Apart }),
			text("source", func(r *Work) *string { return &r.Source }),
		}}
}

func phrases() *schema[Phrase] {
	return &schema[Phrase]{name: "phrases", rows: func(s *Set) *[]Phrase { return &s.Phrases },
		pos: func(r *Phrase) *Pos { return &r.Pos },
		key: func(r *Phrase) string { return r.Award + "\t" + r.Phrase },
		columns: []column[Phrase]{
			must("award", func(r *Phrase) *string { return &r.Award }),
			must("phrase", func(r *Phrase) *string { return &r.Phrase }),
			list("targets", func(r *Phrase) *[]string { return &r.Targets }),
			text("mode", func(r *Phrase) *string { return &r.Mode }),
			text("note", func(r *Phrase) *string { return &r.Note }),
			text("source", func(r *Phrase) *string { return &r.Source }),
		}}
}

func happenings() *schema[Happening] {
	return &schema[Happening]{name: "happenings", rows: func(s *Set) *[]Happening { return &s.Happenings },
		pos:  func(r *Happening) *Pos { return &r.Pos },
		key:  func(r *Happening) string { return r.ID },
		sort: sortHappenings,
		columns: []column[Happening]{
			must("id", func(r *Happening) *string { return &r.ID }),
			number("month", func(r *Happening) *int { return &r.Month }),
			number("day", func(r *Happening) *int { return &r.Day }),
			number("year", func(r *Happening) *int { return &r.Year }),
			text("kind", func(r *Happening) *string { return &r.Kind }),
			text("subject", func(r *Happening) *string { return &r.Subject }),
			pairs("fields", func(r *Happening) *[]KV { return &r.Fields }),
			list("works", func(r *Happening) *[]string { return &r.Works }),
			list("people", func(r *Happening) *[]string { return &r.People }),
			text("confidence", func(r *Happening) *string { return &r.Confidence }),
			text("source", func(r *Happening) *string { return &r.Source }),
		}}
}

func firsts() *schema[First] {
	return &schema[First]{name: "firsts", rows: func(s *Set) *[]First { return &s.Firsts },
		pos: func(r *First) *Pos { return &r.Pos },
		key: func(r *First) string { return r.ID },
		columns: []column[First]{
			must("id", func(r *First) *string { return &r.ID }),
			text("award", func(r *First) *string { return &r.Award }),
			text("edition", func(r *First) *string { return &r.Edition }),
			must("claim", func(r *First) *string { return &r.Claim }),
			list("subjects", func(r *First) *[]string { return &r.Subjects }),
			list("works", func(r *First) *[]string { return &r.Works }),
			text("date", func(r *First) *string { return &r.Date }),
			text("detail", func(r *First) *string { return &r.Detail }),
			text("source", func(r *First) *string { return &r.Source }),
		}}
}

func claims() *schema[Claim] {
	return &schema[Claim]{name: "claims", rows: func(s *Set) *[]Claim { return &s.Claims },
		pos: func(r *Claim) *Pos { return &r.Pos },
		key: func(r *Claim) string { return r.ID },
		columns: []column[Claim]{
			must("id", func(r *Claim) *string { return &r.ID }),
			text("subject", func(r *Claim) *string { return &r.Subject }),
			text("subject_id", func(r *Claim) *string { return &r.SubjectID }),
			must("predicate", func(r *Claim) *string { return &r.Predicate }),
			text("object", func(r *Claim) *string { return &r.Object }),
			text("date", func(r *Claim) *string { return &r.Date }),
			text("detail", func(r *Claim) *string { return &r.Detail }),
			text("source", func(r *Claim) *string { return &r.Source }),
		}}
}

func results() *schema[Result] {
	works, workIDs := refs("works", "work_ids", func(r *Result) *[]Ref { return &r.Works })
	people, personIDs := refs("people", "person_ids", func(r *Result) *[]Ref { return &r.People })
	works.human, people.human = true, true
	outcome := must("outcome", func(r *Result) *string { return (*string)(&r.Outcome) })
	outcome.set = func(r *Result, cell string) error {
		switch r.Outcome = Outcome(cell); r.Outcome {
		case Won, Nominated, Special, None:
			return nil
		}
		return fmt.Errorf("%q is none of won, nominated, special, none", cell)
	}
	return &schema[Result]{name: "results", rows: func(s *Set) *[]Result { return &s.Results },
		pos:  func(r *Result) *Pos { return &r.Pos },
		key:  func(r *Result) string { return r.ID },
		sort: sortResults,
		columns: []column[Result]{
			must("id", func(r *Result) *string { return &r.ID }),
			must("award", func(r *Result) *string { return &r.Award }),
			must("edition", func(r *Result) *string { return &r.Edition }),
			must("category", func(r *Result) *string { return &r.Category }),
			text("as_then", func(r *Result) *string { return &r.AsThen }),
			works, workIDs, people, personIDs, outcome,
			pairs("detail", func(r *Result) *[]KV { return &r.Detail }),
			text("note", func(r *Result) *string { return &r.Note }),
			text("others", func(r *Result) *string { return &r.Others }),
			yes("unconfirmed", func(r *Result) *bool { return &r.Unconfirmed }),
			yes("trivia", func(r *Result) *bool { return &r.Trivia }),
			text("source", func(r *Result) *string { return &r.Source }),
		}}
}
