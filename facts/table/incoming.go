package table

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
)

// incoming is a row of an overlay in whatever format: a result as its file names it, before awards, categories, editions,
// people and works are looked up.
type incoming struct {
	pos       Pos
	award     string
	edition   string
	date      string // held; "" where the format has none
	year      int    // held, where date is ""
	honoured  string // the film year
	category  string
	asThen    string
	works     []Ref // ID "" where the file has none
	people    []Ref
	found     []Ref // the works, once they are looked up
	outcome   Outcome
	detail    []KV
	note      string
	others    string
	source    string
	byNumber  bool // the edition is known by its number alone, and numbers follow the years
	trusted   bool // the format is published, not typed: its IDs go before names, and two winners are a tie
	shareable bool // two winners share a prize that was shared before
}

// cells reads one row of a sheet by column name; a column that is missing is empty.
type cells struct {
	in  *sheet
	row sheetRow
}

func (c cells) get(name string) string {
	if i := c.in.column(name); i >= 0 {
		return strings.TrimSpace(c.row.cells[i])
	}
	return ""
}

// filmColumns are those of film results: one row per nomination or win.
var filmColumns = []string{"award", "edition", "ceremony_date", "film_year", "category", "category_as_then", "work",
	"people", "person_ids", "work_ids", "result", "note", "source"}

func readFilm(in *sheet, m *merger) []incoming {
	var rows []incoming
	for _, row := range in.rows {
		c := cells{in, row}
		r := incoming{
			pos: in.pos(row.line), award: c.get("award"), edition: c.get("edition"), date: c.get("ceremony_date"),
			honoured: c.get("film_year"), category: c.get("category"), asThen: unshout(c.get("category_as_then")),
			outcome: Outcome(c.get("result")), source: c.get("source"), byNumber: true,
		}
		switch r.outcome {
		case Won, Nominated, Special, None:
		default:
			m.fault(r.pos, "result", "write won, nominated, special or none", "%q is no result", r.outcome)
			continue
		}
		if r.outcome != None {
			r.works = parallel(c.get("work"), c.get("work_ids"), true)
			r.people = parallel(c.get("people"), c.get("person_ids"), false)
		}
		r.detail, r.note = splitNote(c.get("note"))
		rows = append(rows, r)
	}
	return rows
}

// parallel joins the names and IDs of two ";" lists. Of a cell that may be one title with a ";" in it, only as many parts
// are made as there are IDs.
func parallel(names, ids string, title bool) []Ref {
	n, id := semicolons(names), semicolons(ids)
	if title && len(n) != len(id) && names != "" {
		n = []string{names}
	}
	refs := make([]Ref, 0, max(len(n), len(id)))
	for i, name := range n {
		ref := Ref{Name: name}
		if len(id) == len(n) && id[i] != "?" {
			ref.ID = id[i]
		}
		refs = append(refs, ref)
	}
	if len(n) == 0 { // IDs alone: the names are those we know
		for _, v := range id {
			refs = append(refs, Ref{ID: v})
		}
	}
	return refs
}

// semicolons cuts a cell at ";", keeping empty parts of a list since it may be parallel to another.
func semicolons(cell string) []string {
	if cell == "" {
		return nil
	}
	parts := strings.Split(cell, ";")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return parts
}

// noteKeys are the keys by which a note of film results carries details ("role: Ani; song: …").
var noteKeys = []string{"role", "song", "country"}

// declared are the notes by which a winner of several is told, and the detail that they become.
var declared = map[string]string{
	"tie": DetailTie, "tied": DetailTie, "shared": DetailShared, "ex aequo": DetailShared, "ex-aequo": DetailShared,
	"joint winner": DetailShared,
}

// splitNote cuts a note into details and the rest: "tie; role: A; B" is tie=yes, role=A; B.
func splitNote(note string) (detail []KV, rest string) {
	var free []string
	last := -1 // the detail that a part without a key goes on with
	for _, part := range semicolons(note) {
		key, value, ok := strings.Cut(part, ":")
		switch {
		case part == "":
		case declared[strings.ToLower(part)] != "":
			detail, last = append(detail, KV{declared[strings.ToLower(part)], "yes"}), -1
		case ok && slices.Contains(noteKeys, key):
			detail = append(detail, KV{key, strings.TrimSpace(value)})
			last = len(detail) - 1
		case last >= 0:
			detail[last].Value += "; " + part
		default:
			free = append(free, part)
		}
	}
	return detail, strings.Join(free, "; ")
}

// otherColumns are those of other results: one row per title, prize or office.
var otherColumns = []string{"award", "edition", "date", "year", "category", "winner", "for_work_or_detail",
	"runner_up_or_others", "source"}

func readOther(in *sheet, m *merger) []incoming {
	var rows []incoming
	for _, row := range in.rows {
		c := cells{in, row}
		r := incoming{
			pos: in.pos(row.line), award: c.get("award"), edition: c.get("edition"), date: c.get("date"),
			category: c.get("category"), outcome: Won, others: c.get("runner_up_or_others"), source: c.get("source"),
			shareable: true,
		}
		if y := c.get("year"); y != "" {
			n, err := strconv.Atoi(y)
			if err != nil {
				m.fault(r.pos, "year", "write the year it was held in", "%q is not a year", y)
				continue
			}
			r.year = n
		}
		m.readWinner(&r, c.get("winner"), c.get("for_work_or_detail"))
		rows = append(rows, r)
	}
	return rows
}

// readWinner decides whether the winner is a work or a person, and what the text beside it is: details ("score=4-2"), the
// work it was won for, or a note.
func (m *merger) readWinner(r *incoming, winner, beside string) {
	text := ""
	for _, part := range semicolons(beside) {
		if how := declared[strings.ToLower(part)]; how != "" {
			r.detail = append(r.detail, KV{how, "yes"})
		} else if key, value, ok := strings.Cut(part, "="); ok && key != "" {
			r.detail = append(r.detail, KV{detailKey(key), strings.TrimSpace(value)})
		} else if part != "" {
			text = strings.TrimPrefix(text+"; "+part, "; ")
		}
	}
	if t, ok := strings.CutSuffix(text, " (tie)"); ok {
		text, r.detail = t, append(r.detail, KV{DetailTie, "yes"})
	}
	if why, ok := noWinner(winner); ok {
		r.outcome, r.note = None, cmp.Or(text, why)
		return
	}
	if winner == "" {
		m.fault(r.pos, "winner", "name the winner, or write (not awarded)", "the winner is empty")
	}
	about, rows := m.aboutOf(r)
	switch {
	case about == "work" && (text == "" || rows.works && !rows.people):
		r.works, r.note = []Ref{{Name: winner}}, text
		return
	case text != "" && (about == "work" || rows.works):
		r.works = []Ref{{Name: text}}
	default:
		r.note = text
	}
	for _, name := range m.winners(winner) {
		r.people = append(r.people, Ref{Name: name})
	}
}

// detailKey is a key of ours: "Finals MVP" is finals_mvp.
func detailKey(key string) string {
	return strings.ToLower(strings.ReplaceAll(strings.TrimSpace(key), " ", "_"))
}

// noWinner reads "(not awarded)", "(no winner)", "(cancelled)": what is in brackets is why nobody won.
func noWinner(winner string) (why string, ok bool) {
	inside, ok1 := strings.CutPrefix(winner, "(")
	inside, ok2 := strings.CutSuffix(inside, ")")
	return inside, ok1 && ok2 && inside != ""
}

// winners separates those who share a row by ";", and by "&" where each part is somebody known and the whole is not: bands
// have names with "&".
func (m *merger) winners(winner string) []string {
	parts := strings.Split(winner, " & ")
	known := func(name string) bool { return len(m.names.people[fold.String(name)]) > 0 }
	if len(parts) > 1 && !known(winner) && !slices.ContainsFunc(parts, func(p string) bool { return !known(p) }) {
		return parts
	}
	return semicolons(winner)
}
