package table

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
)

// The public oscars.csv (DLu/oscar_data) is tab-separated, with a row per nomination:
//
//	Ceremony Year Class CanonicalCategory Category [NomId] Film FilmId Name Nominees NomineeIds Winner Detail [Placement]
//	Note Citation [MultifilmNomination]
//
// Film, FilmId, Nominees, NomineeIds and Detail are lists separated by "|". Older files have a row per film of a nomination
// (MultifilmNomination), separate people by ", ", and write "Canonical Category" and "Nominee(s)". Trailing tabs are cut, an
// unknown ID is "?", and quotes are escaped by a backslash.
const oscarsAward = "academy-awards"

var oscarsColumns = []string{"ceremony", "year", "class", "canonicalcategory", "category", "nomid", "film", "filmid", "name",
	"nominees", "nomineeids", "winner", "detail", "placement", "note", "citation", "multifilmnomination"}

// oscarsName is the name of a column in oscarsColumns.
func oscarsName(header string) string {
	return strings.ReplaceAll(fold.String(strings.Replace(header, "(s)", "s", 1)), " ", "")
}

func fitsOscars(in *sheet) *Fault {
	names := make([]string, len(in.header))
	for i, h := range in.header {
		names[i] = oscarsName(h)
		if !slices.Contains(oscarsColumns, names[i]) {
			return &Fault{Column: h, What: "no such column in oscars.csv", Mend: "take the file as it is published"}
		}
	}
	for _, needed := range []string{"ceremony", "year", "canonicalcategory", "category", "film", "nominees", "winner"} {
		if !slices.Contains(names, needed) {
			return &Fault{Column: needed, What: "missing in the first line", Mend: "take oscars.csv as it is published"}
		}
	}
	return nil
}

// cutOscars is the padding of oscars.csv, whose rows lose their trailing tabs.
func cutOscars(header []string) bool { return fitsOscars(&sheet{header: header}) == nil }

func readOscars(in *sheet, m *merger) []incoming {
	renamed := *in
	renamed.header = make([]string, len(in.header))
	for i, h := range in.header {
		renamed.header[i] = oscarsName(h)
	}
	var rows []incoming
	group := "" // of the row before: the rows of one nomination for several films
	for _, row := range in.rows {
		c := cells{&renamed, row}
		r, ok := m.oscarsRow(c)
		if !ok {
			continue
		}
		this := strings.Join([]string{c.get("ceremony"), c.get("category"), c.get("nominees"), c.get("winner")}, "\t")
		if c.get("multifilmnomination") == "True" && this == group {
			before := &rows[len(rows)-1]
			before.works = append(before.works, r.works...)
			before.detail = mergeDetail(before.detail, r.detail)
			continue
		}
		group = ""
		if c.get("multifilmnomination") == "True" {
			group = this
		}
		rows = append(rows, r)
	}
	return rows
}

func (m *merger) oscarsRow(c cells) (incoming, bool) {
	r := incoming{
		pos: c.in.pos(c.row.line), award: oscarsAward, edition: c.get("ceremony"), honoured: c.get("year"),
		category: c.get("canonicalcategory"), asThen: unshout(c.get("category")), outcome: Nominated,
		works:  bars(c.get("film"), c.get("filmid"), ""),
		people: bars(c.get("nominees"), c.get("nomineeids"), ", "),
		note:   oscarsNote(c), source: "DLu/oscar_data", byNumber: true, trusted: true,
	}
	if n, err := strconv.Atoi(r.edition); err != nil || n < 1 {
		m.fault(r.pos, "Ceremony", "write the number of the ceremony", "%q is not a number", r.edition)
		return r, false
	}
	_, last, ok := parseYears(r.honoured)
	if !ok {
		m.fault(r.pos, "Year", "write the year of the films (2026 or 1927/28)", "%q is not a year", r.honoured)
		return r, false
	}
	r.year = last + 1
	switch c.get("winner") {
	case "True":
		r.outcome = Won
		if class := c.get("class"); class == "Special" || class == "SciTech" {
			r.outcome = Special
		}
	case "", "False":
	default:
		m.fault(r.pos, "Winner", "write True or nothing", "%q is neither True nor empty", c.get("winner"))
		return r, false
	}
	r.detail = oscarsDetail(c)
	return r, true
}

// oscarsDetail names what Detail holds by the class of the prize: roles of acting, the title of a song.
func oscarsDetail(c cells) []KV {
	value := strings.ReplaceAll(unescape(c.get("detail")), "|", "; ")
	switch {
	case value == "":
		return nil
	case c.get("class") == "Acting":
		return []KV{{"role", value}}
	case strings.Contains(fold.String(c.get("canonicalcategory")), "song"):
		return []KV{{"song", value}}
	case strings.Contains(fold.String(c.get("canonicalcategory")), "film"):
		return []KV{{"country", value}}
	}
	return []KV{{"detail", value}}
}

// oscarsNote is what the bot can show of Note and Citation; the long notes of the file are for readers of the file.
func oscarsNote(c cells) string {
	if strings.Contains(c.get("note"), "NOT AN OFFICIAL NOMINATION") {
		return "unofficial nomination"
	}
	return ""
}

// bars joins names and IDs of two "|" lists; old is the separator of older files ("" where they have none).
func bars(names, ids, old string) []Ref {
	names = unescape(names)
	n, id := split(names), split(ids)
	if len(n) == 1 && old != "" {
		if byComma, byCommaID := strings.Split(names, old), strings.Split(ids, ","); len(byComma) == len(byCommaID) {
			n, id = byComma, byCommaID
		}
	}
	var refs []Ref
	for i, name := range n {
		ref := Ref{Name: strings.TrimSpace(name)}
		if len(id) == len(n) && strings.TrimSpace(id[i]) != "?" {
			ref.ID = strings.TrimSpace(id[i])
		}
		if ref.Name != "" {
			refs = append(refs, ref)
		}
	}
	return refs
}

func unescape(s string) string { return strings.ReplaceAll(s, `\"`, `"`) }

// smallWords stay in small letters within a name.
var smallWords = []string{"a", "an", "and", "for", "in", "of", "on", "or", "the", "to"}

// unshout writes words in capitals as a name: ACTOR IN A LEADING ROLE is Actor in a Leading Role.
func unshout(s string) string {
	words := strings.Split(s, " ")
	for i, w := range words {
		lower := strings.ToLower(w)
		switch {
		case w != strings.ToUpper(w):
		case i > 0 && slices.Contains(smallWords, lower):
			words[i] = lower
		default:
			r, n := utf8.DecodeRuneInString(w)
			if r == '(' && len(lower) > n {
				_, next := utf8.DecodeRuneInString(w[n:])
				n += next
			}
			words[i] = w[:n] + strings.ToLower(w[n:])
		}
	}
	return strings.Join(words, " ")
}
