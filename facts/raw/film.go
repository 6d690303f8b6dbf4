package raw

import (
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// entry is a result before its works and people are known to be somebody: names as the tables write them, with the IDs
// they carry. Names and IDs are parallel; an ID is "" where there is none.
type entry struct {
	at       string // file:line
	spec     *spec
	edition  string // our Edition.ID
	category string
	asThen   string
	filmYear string

	titles, titleIDs []string
	alsoTitles       []string // other titles of the first work that the row names
	names, nameIDs   []string
	kinds            []string // person, team, country, place, group; parallel to names

	outcome     table.Outcome
	detail      []table.KV
	note        string
	others      string
	unconfirmed bool
	untold      bool // stays out of trivia
	tie         bool // the source says tie
	both        bool // one list says won, another nominated
	source      string

	works, people []string // the IDs they resolve to
	line          *line
}

func (e *entry) add(key, value string) {
	if value != "" {
		e.detail = append(e.detail, table.KV{Key: key, Value: value})
	}
}

func (e *entry) comment(text string) {
	if text == "" || e.note == text {
		return
	}
	if e.note != "" {
		e.note += "; "
	}
	e.note += text
}

// sciTech is the note of prizes that are given on another evening, to engineers.
const sciTech = "scientific and technical"

// filmEntries turns the rows of film/ into entries.
func (b *builder) filmEntries(sh *sheet) {
	for _, l := range sh.rows {
		e := &entry{
			at: l.pos(), line: l, spec: specOf(l.get("award")), edition: filmEdition(l), category: l.get("category"),
			asThen: l.get("category_as_then"), filmYear: l.get("film_year"), outcome: table.Outcome(l.get("result")),
			source: cleanSource(l.get("source")), unconfirmed: l.doubtful || strings.Contains(l.get("source"), "VERIFY"),
		}
		e.titles, e.titleIDs = filmWorks(l)
		e.names, e.nameIDs = b.filmPeople(l)
		for _, name := range e.names {
			e.kinds = append(e.kinds, kindOfName(name))
		}
		e.readNote(l.get("note"))
		if strings.EqualFold(e.asThen, e.category) {
			e.asThen = ""
		}
		e.asThen = lessShouting(e.asThen)
		if len(e.titles)+len(e.names) == 0 {
			b.report.note("%s: nobody and nothing is named; row left out", e.at)
			continue
		}
		b.entries = append(b.entries, e)
	}
}

// filmEdition is our edition ID of a row of film/: its ordinal, or the year where editions are not counted.
func filmEdition(l *line) string {
	award, edition, year := l.get("award"), l.get("edition"), yearOf(l)
	if award == "venice" && edition == "7" && year == "1946" {
		return "7-1946" // 1939 is counted as the seventh, too
	}
	if edition == "" {
		return year
	}
	return edition
}

// yearOf is the year a row of film/ was held in.
func yearOf(l *line) string {
	if d := l.get("ceremony_date"); len(d) >= 4 {
		return d[:4]
	}
	return l.get("film_year")
}

// filmWorks are the works of a row. Only where it carries several IDs does it name several works: titles hold semicolons.
func filmWorks(l *line) (titles, ids []string) {
	work, ids := l.get("work"), parallel(l.get("work_ids"))
	if work == "" {
		return nil, nil
	}
	if titles = parallel(work); len(ids) > 1 && len(titles) == len(ids) {
		return titles, ids
	}
	if len(ids) != 1 {
		ids = []string{""}
	}
	return []string{work}, ids
}

func (b *builder) filmPeople(l *line) (names, ids []string) {
	all, allIDs := parallel(l.get("people")), parallel(l.get("person_ids"))
	if named := slices.DeleteFunc(slices.Clone(allIDs), func(id string) bool { return id == "" }); len(named) == len(all) {
		allIDs = named // a name was taken out, its empty ID was not
	}
	if len(allIDs) > 0 && len(allIDs) != len(all) {
		b.report.note("%s: %d people and %d ids; the ids are left out", l.pos(), len(all), len(allIDs))
		allIDs = nil
	}
	seen := map[string]bool{}
	for i, name := range all {
		name = strings.TrimSpace(strings.ReplaceAll(name, `\"`, `"`))
		id := ""
		if len(allIDs) > 0 {
			id = allIDs[i]
		}
		if name == "" || seen[name+id] {
			continue
		}
		seen[name+id] = true
		names, ids = append(names, name), append(ids, id)
	}
	return names, ids
}

// noteKeys are what the notes of film/ say with a key; detail is the key of ours, "" where it is another title.
var noteKeys = []struct{ prefix, detail string }{
	{"role: ", "role"}, {"song: ", "song"}, {"country: ", "country"}, {"number: ", "number"},
	{"English title: ", ""}, {"also listed as: ", ""}, {"original title ", ""},
}

// readNote sorts a note into details, other titles, and text. A part without a key belongs to the key before it: roles in
// two films are separated by semicolons too.
func (e *entry) readNote(note string) {
	key := -1
	for _, part := range strings.Split(note, "; ") {
		switch next := noteKey(part); {
		case part == "":
		case next >= 0:
			key = next
			e.keyed(key, strings.TrimPrefix(part, noteKeys[key].prefix), false)
		case part == "tie":
			e.tie = true
		case part == "people list may be incomplete":
			e.comment("others may have shared it")
		case part == "unofficial nomination":
			e.untold = true
			e.comment("unofficial nomination")
		case key >= 0:
			e.keyed(key, part, true)
		case strings.HasPrefix(part, sciTech), part == "presented at scientific and technical ceremony":
			e.untold = true
			e.comment("presented at the Scientific and Technical Awards")
		case strings.HasPrefix(part, "IMDb-derived"):
			e.comment("sources differ")
		default:
			e.comment(strings.TrimPrefix(part, "see Academy record: "))
		}
	}
}

func noteKey(part string) int {
	for i, k := range noteKeys {
		if strings.HasPrefix(part, k.prefix) {
			return i
		}
	}
	return -1
}

func (e *entry) keyed(key int, value string, more bool) {
	value = strings.TrimSpace(strings.ReplaceAll(value, `\"`, `"`))
	if m := wholeMark().FindStringSubmatch(value); m != nil {
		value = m[1]
	}
	switch detail := noteKeys[key].detail; {
	case detail == "":
		e.alsoTitles = append(e.alsoTitles, value)
	case more && len(e.detail) > 0:
		e.detail[len(e.detail)-1].Value += "; " + value
	default:
		e.add(detail, value)
	}
}

// orgName recognises names that are no person's.
var orgName = form(`(?i)\b(Inc|Corp|Corporation|Company|Co\.|Ltd|LLC|GmbH|Studios?|Pictures|Department|` +
	`Laborator(y|ies)|Bros\.?|Productions?|Films?|Academy|Institute|University|Association|Foundation|Museum|Committee|` +
	`Organi[sz]ation|Council|Nations|Union|Agency|Bank|Campaign|Quartet|Programme|Program|Croix[ -]Rouge|Red Cross|Bureau|` +
	`Institut|Office|Ligue|Panel|Center|Centre|Forces|Nihon|Amnesty|Médecins|Memorial|Conferences|Physicians|Grameen|` +
	`Board|Service|Government|Society|Army|Navy|Network|Television|Radio|Division|Engineering|` +
	`Technologies|Systems|Group|Kodak|Technicolor|Dolby)\b`)

func kindOfName(name string) string {
	if orgName().MatchString(name) {
		return "group"
	}
	return "person"
}

// lessShouting brings names of categories that the tables write all in capitals or all in small letters to normal case.
func lessShouting(s string) string {
	if s == "" || s != strings.ToUpper(s) && s != strings.ToLower(s) {
		return s
	}
	return titleCase(s)
}

var (
	fileNumber = form(`(?i)\s*\(?third-party quizzes conflict:[^)]*\)?|` +
		`[;,]? an uncited file \d+ says otherwise|;? ?topic id \d+|\bfixture `)
	fileWord = form(`(?i)public web files?( \+ public web file|; public web file)?|\bfiles? \d+`)
)

// cleanSource names a source for the reader: numbers of files that nobody else can open are of no use.
func cleanSource(s string) string {
	s = fileNumber().ReplaceAllString(s, " ")
	s = fileWord().ReplaceAllString(s, "public web pages")
	s = strings.NewReplacer("SA; facts", "SA, facts", "announce date: ", "", "medal lead: ", "").Replace(s)
	s = strings.ReplaceAll(s, "VERIFY", "(sources differ)")
	s = strings.ReplaceAll(s, "award researcher ceremonies.tsv (editor)", "editor")
	s = strings.Join(strings.Fields(s), " ")
	s = strings.ReplaceAll(strings.ReplaceAll(s, " ;", ";"), ";;", ";")
	if s = strings.Trim(s, "; "); s == "" {
		return "editor"
	}
	return s
}
