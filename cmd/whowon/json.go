package main

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// jsonAnswer is what `whowon ask --json` prints, one object a line. Fields are only ever added.
type jsonAnswer struct {
	Query         string        `json:"query"`
	Kind          facts.Kind    `json:"kind"`
	Found         bool          `json:"found"`
	Text          string        `json:"text"`
	Rows          []jsonRow     `json:"rows"`
	OtherReadings []jsonReading `json:"other_readings"`
	Suggestions   []string      `json:"suggestions"`
	Notes         []jsonNote    `json:"notes"`
	Unconfirmed   bool          `json:"unconfirmed"`
	Sources       []string      `json:"sources"`
	DataTo        string        `json:"data_to"`
}

// jsonRow is a row the answer rests on: a result, an edition (an outcome of "held"), a curated first or claim
// (which have a Statement).
type jsonRow struct {
	ID          string   `json:"id"`
	Award       string   `json:"award"`
	Edition     string   `json:"edition"`
	Date        string   `json:"date"`
	Category    string   `json:"category"`
	Works       []string `json:"works"`
	People      []string `json:"people"`
	Outcome     string   `json:"outcome"`
	Statement   string   `json:"statement,omitempty"`
	Source      string   `json:"source"`
	Unconfirmed bool     `json:"unconfirmed"`
}

type jsonReading struct {
	Query string    `json:"query"`
	Why   string    `json:"why"`
	Label string    `json:"label"`
	Rows  []jsonRow `json:"rows"`
}

type jsonNote struct {
	Code facts.NoteCode `json:"code"`
	Args []string       `json:"args"`
}

func answerJSON(a facts.Answer, text string) jsonAnswer {
	j := jsonAnswer{
		Query: a.Query, Kind: a.Kind, Found: a.Kind.Found(), Text: strings.TrimRight(text, "\n"), Rows: []jsonRow{},
		OtherReadings: []jsonReading{}, Suggestions: append([]string{}, a.Suggestions...), Notes: []jsonNote{},
		Unconfirmed: a.Unconfirmed, Sources: append([]string{}, a.Sources...), DataTo: a.DataTo,
	}
	for _, r := range a.Races {
		j.Rows = append(j.Rows, raceRows(a.Kind, r)...)
	}
	if a.Event != nil && (a.Kind == facts.KindEvent || a.Kind == facts.KindCeremony) {
		j.Rows = append(j.Rows, jsonRow{ID: a.Event.Award.ID + "/" + a.Event.ID, Award: a.Event.Award.ID, Edition: a.Event.ID,
			Date: a.Event.Date, Works: []string{}, People: append([]string{}, a.Event.Hosts...), Outcome: "held"})
	}
	for _, f := range a.Firsts {
		j.Rows = append(j.Rows, jsonRow{ID: f.ID, Award: f.Edition.Award.ID, Edition: f.Edition.ID, Date: f.Date,
			Works: append([]string{}, f.Works...), People: append([]string{}, f.Subjects...), Statement: f.Claim, Source: f.Source})
	}
	for _, c := range a.Claims {
		j.Rows = append(j.Rows, jsonRow{ID: c.ID, Date: c.Date, Works: []string{}, People: []string{},
			Statement: c.Subject + " " + c.Predicate + " " + c.Object, Source: c.Source})
	}
	for _, o := range a.Others {
		r := jsonReading{Query: o.Query, Why: o.Why, Label: o.Label, Rows: []jsonRow{}}
		for _, race := range o.Races {
			r.Rows = append(r.Rows, rows(race, race.Winners)...)
		}
		j.OtherReadings = append(j.OtherReadings, r)
	}
	for _, n := range a.Notes {
		j.Notes = append(j.Notes, jsonNote{n.Code, append([]string{}, n.Args...)})
	}
	return j
}

// raceRows are the rows of a race that an answer of its kind shows.
func raceRows(k facts.Kind, r facts.Race) []jsonRow {
	switch k {
	case facts.KindPerson, facts.KindWork:
		return rows(r, r.Mine)
	case facts.KindRace:
		return append(rows(r, r.Winners), rows(r, r.Mine)...)
	case facts.KindCeremony:
		return rows(r, r.Winners)
	}
	return append(rows(r, r.Winners), rows(r, r.Others)...)
}

func rows(race facts.Race, rs []facts.Row) []jsonRow {
	js := make([]jsonRow, 0, len(rs))
	for _, r := range rs {
		js = append(js, jsonRow{ID: r.ID, Award: race.Edition.Award.ID, Edition: race.Edition.ID, Date: race.Edition.Date,
			Category: race.Category.ID, Works: names(r.Works), People: names(r.People), Outcome: string(r.Outcome),
			Source: r.Source, Unconfirmed: r.Unconfirmed})
	}
	return js
}

func names(es []facts.Entity) []string {
	ns := make([]string, len(es))
	for i, e := range es {
		ns[i] = e.Name
	}
	return ns
}
