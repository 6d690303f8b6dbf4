package raw

import (
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
)

// superBowlCategory is the one category of the Super Bowl: the table makes a category of every season.
const superBowlCategory = "Champion"

// otherEntries turns the rows of other/ into entries.
func (b *builder) otherEntries(sh *sheet) {
	for _, l := range sh.rows {
		award, category := l.get("award"), l.get("category")
		if strings.HasPrefix(category, "International (body of work)") {
			award = "International Booker Prize"
		}
		s := specOf(award)
		id, ordinal := s.editionID(l.get("edition"), l.get("year"), category)
		e := &entry{
			at: l.pos(), line: l, spec: s, edition: id, category: category, outcome: table.Won,
			others: l.get("runner_up_or_others"), source: cleanSource(l.get("source")),
			unconfirmed: l.doubtful || strings.Contains(l.get("source"), "VERIFY"), filmYear: l.get("year"),
		}
		if s.id == "super-bowl" {
			e.add("season", strings.TrimPrefix(category, "NFL season "))
			e.category = superBowlCategory
		}
		b.otherEdition(e, l, ordinal)
		e.readDetail(l.get("for_work_or_detail"))
		e.readWinner(l.get("winner"), s.kindOf(e.category))
		b.entries = append(b.entries, e)
	}
}

// readDetail sorts for_work_or_detail into the work, details and text.
func (e *entry) readDetail(text string) {
	if e.spec.work && text != "" && !strings.HasSuffix(e.category, "(body of work)") && e.category != "Best New Artist" {
		e.readWork(text)
		return
	}
	for _, part := range outside(text) {
		key, value, ok := strings.Cut(part, "=")
		key = strings.ToLower(strings.ReplaceAll(key, " ", "_"))
		switch {
		case part == "", strings.HasPrefix(part, "ceremony held "): // the edition has the date
		case part == "tie":
			e.tie = true
		case ok && key == "score" && e.spec.group == "tennis" && value == "":
		case ok:
			e.add(key, stripGames(value))
		case e.spec.kind == "work" && e.spec.id != "tony-awards":
			e.comment(part)
		default:
			e.comment(part)
		}
	}
}

// outside splits at semicolons that stand outside brackets.
func outside(text string) []string {
	var out []string
	for _, part := range strings.Split(text, "; ") {
		if n := len(out); n > 0 && strings.Count(out[n-1], "(") > strings.Count(out[n-1], ")") {
			out[n-1] += "; " + part
			continue
		}
		out = append(out, part)
	}
	return out
}

var translatorForm = form(`^(.*?)\s*\(translators?: (.+)\)$`)

var asideForm = form(`^(.*?)\s*\((tie|declined)\)$`)

func (e *entry) readWork(text string) {
	if m := translatorForm().FindStringSubmatch(text); m != nil {
		text = m[1]
		e.add("translator", m[2])
	}
	if m := asideForm().FindStringSubmatch(text); m != nil {
		text = m[1]
		if m[2] == "tie" {
			e.tie = true
		} else {
			e.comment(m[2])
		}
	}
	e.titles, e.titleIDs = []string{text}, []string{""}
}

// readWinner sorts the winner into works or people.
func (e *entry) readWinner(winner, kind string) {
	if winner == "(not awarded)" || winner == "(no winner)" {
		e.outcome, e.titles, e.titleIDs = table.None, nil, nil
		if e.note == "" {
			e.note = "not awarded"
		}
		return
	}
	if kind == "work" {
		e.titles, e.titleIDs = []string{winner}, []string{""}
		return
	}
	names := []string{stripGames(winner)}
	if kind == "person" {
		names = split(winner, e)
	}
	for _, name := range names {
		k := kind
		if k == "person" {
			k = kindOfName(name)
		}
		e.names, e.nameIDs, e.kinds = append(e.names, name), append(e.nameIDs, ""), append(e.kinds, k)
	}
	for _, kv := range e.detail {
		if e.spec.id == "eurovision" && kv.Key == "artist" { // so that the artist can be asked for
			for _, name := range split(kv.Value, e) {
				e.names, e.nameIDs, e.kinds = append(e.names, name), append(e.nameIDs, ""), append(e.kinds, "person")
			}
		}
	}
}

// stripGames takes "(2020 Games)" from "Tokyo (2020 Games)".
func stripGames(s string) string { return strings.TrimSuffix(s, " (2020 Games)") }

// split separates people who share a prize. Only writers are always several people: a band's name holds "&" as well.
func split(winner string, e *entry) []string {
	writers := e.category == "Song of the Year" || e.spec.id == "pulitzer-prize"
	if strings.Contains(winner, "; ") && e.spec.group == "culture" {
		return strings.Split(winner, "; ")
	}
	parts := strings.Split(winner, " & ")
	if len(parts) == 1 || e.spec.group != "culture" {
		return []string{winner}
	}
	if !writers {
		for _, p := range parts {
			if len(strings.Fields(p)) < 2 || strings.HasPrefix(strings.ToLower(p), "the ") || strings.HasPrefix(p, "various") ||
				strings.Contains(p, ",") {
				return []string{winner}
			}
		}
		return parts
	}
	var out []string
	for _, p := range parts {
		for _, q := range strings.Split(p, ", ") {
			if q = strings.TrimSpace(q); q != "" {
				out = append(out, q)
			}
		}
	}
	return out
}

// otherEdition notes what a row of other/ says about its edition.
func (b *builder) otherEdition(e *entry, l *line, ordinal int) {
	year, _ := strconv.Atoi(l.get("year"))
	ed := b.edition(e.spec, e.edition)
	ed.ordinal = ordinal
	ed.written = l.get("edition")
	ed.women = e.spec.women != "" && isWomens(e.category)
	date := l.get("date")
	if e.spec.id == "nobel-prize" && len(date) == 10 { // each prize is announced on a day of its own
		e.add("announced", date)
		date = l.get("year")
	}
	if e.spec.id == "ballon-dor" && len(date) == 10 && date[:4] != l.get("year") {
		e.add("presented", date)
		date = l.get("year")
	}
	ed.offer(date, year)
	if fold.String(ed.source) == "" {
		ed.source = e.source
	}
}
