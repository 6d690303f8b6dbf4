// Package raw compiles the tables that the project started from into our own (package table): it applies their
// corrections, gives people and works one ID each, joins tables of one award, and names editions. This is the step
// behind "whowon facts build"; it is repeatable, and the same tables give the same set, byte for byte.
//
// It does not know how facts are looked up, and it is not needed to run whowon: the compiled tables are in facts/data.
package raw

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// Report is what Build did and what it found odd. Notes are for the editor of the tables, not faults.
type Report struct {
	Corrections, Skipped int // corrections applied, and those of the table that is not compiled
	Entries              int // rows that became results
	Merged               int // rows that said what another row says
	Days                 int // days of the year with a happening
	Unused               int // rows of people.tsv that nobody in the results is
	Notes                []string
}

func (r *Report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

// WriteTo prints the report: a line of counts and a line for each note.
func (r Report) WriteTo(w io.Writer) (int64, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d corrections applied, %d skipped; %d results, %d rows merged; %d of 366 days have a happening\n",
		r.Corrections, r.Skipped, r.Entries, r.Merged, r.Days)
	for _, n := range r.Notes {
		b.WriteString(n + "\n")
	}
	n, err := io.WriteString(w, b.String())
	return int64(n), err
}

// builder is a set in the making.
type builder struct {
	set    *table.Set
	report *Report

	sheets  map[string]*sheet // results, by the name of the file
	tables  map[string]*sheet // the rest, by path
	renamed map[categoryID]string
	entries []*entry

	editions map[editionID]*edition
	juries   []jury

	about      []*about
	aboutID    map[string]*about
	aboutName  map[string]*about
	people     map[string]*person
	nameIDs    map[string]map[string]bool
	namesakes  map[string]namesakes
	splits     map[splitKey]string
	aparts     map[string]string
	engineers  map[string]bool
	ownGroups  map[string]string
	joinedOnce map[string]bool

	works      map[string]*work
	byWork     map[string][]*entry
	byTitle    map[string][]*work
	spellings  map[string][]*spelling
	titleYears map[titleYear][]*spelling
	sameTitles map[string]string

	categories       map[categoryID]*table.Category
	sharedCategories map[categoryID]bool

	byEdition  map[editionID][]*table.Result
	nobelNames map[string]string
	pages      map[string]string // of Wikipedia: the work
	nameIndex  map[string]string
	nameFame   map[string]int
}

// Build compiles the tables in fsys, which is laid out as film/, other/, onthisday/ and the tables of names beside them.
// Errors name the file and line; what is merely odd is in the report. told hears how many of how many steps are done; nobody
// does when it is nil.
func Build(fsys fs.FS, told func(done, total int)) (*table.Set, Report, error) {
	b := &builder{
		set: &table.Set{}, report: &Report{}, sheets: map[string]*sheet{}, tables: map[string]*sheet{},
		renamed: map[categoryID]string{}, editions: map[editionID]*edition{}, aboutID: map[string]*about{},
		aboutName: map[string]*about{}, people: map[string]*person{}, namesakes: map[string]namesakes{},
		splits: map[splitKey]string{}, aparts: map[string]string{}, engineers: map[string]bool{}, ownGroups: map[string]string{},
		joinedOnce: map[string]bool{}, works: map[string]*work{}, byWork: map[string][]*entry{},
		spellings: map[string][]*spelling{}, titleYears: map[titleYear][]*spelling{}, sameTitles: map[string]string{},
		categories: map[categoryID]*table.Category{},
	}
	if err := b.build(fsys, told); err != nil {
		return nil, *b.report, fmt.Errorf("build facts: %w", err)
	}
	return b.set, *b.report, nil
}

func (b *builder) build(fsys fs.FS, told func(done, total int)) error {
	sure := func(step func()) func() error { return func() error { step(); return nil } }
	steps := []func() error{
		func() error { return b.read(fsys) },
		func() error { return b.correct(b.tables["corrections.tsv"]) },
		b.correctOurs,
		func() error { b.doubts(b.sheets["TO_VERIFY.tsv"]); return nil },
		sure(b.readResults),
		b.readNames,
	}
	for _, step := range slices.Concat(b.resolve(), b.finish()) {
		steps = append(steps, sure(step))
	}
	for i, step := range steps {
		if told != nil {
			told(i, len(steps))
		}
		if err := step(); err != nil {
			return err
		}
	}
	if told != nil {
		told(len(steps), len(steps))
	}
	return nil
}

// readResults turns the corrected tables of results into entries.
func (b *builder) readResults() {
	for _, name := range sorted(b.sheets) {
		sh := b.sheets[name]
		switch {
		case name == "TO_VERIFY.tsv":
		case name == "emmy.tsv":
			b.emmyEntries(sh)
		case slices.Contains(sh.header, "film_year"):
			b.filmEntries(sh)
		default:
			b.otherEntries(sh)
		}
	}
}

// readNames reads the tables that give names.
func (b *builder) readNames() error {
	for _, step := range []func() error{
		func() error { return b.readPeople(b.tables["people.tsv"]) },
		func() error { return b.readNamesakes(b.tables["same_names.tsv"]) },
		func() error { return b.readAliases(b.tables["work_aliases.tsv"]) },
		func() error { return b.readTitles(b.tables["same_titles.tsv"]) },
		func() error { return b.readAwards(b.tables["awards.tsv"]) },
		func() error { return b.readCategories(b.tables["categories.tsv"]) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

// resolve are the steps that give works, people and editions their IDs, and make one of rows that say the same.
func (b *builder) resolve() []func() {
	return []func(){
		b.filmEditions,
		func() { b.ceremonies(b.tables["film/ceremonies.tsv"]) },
		b.gaps,
		b.resolveWorks,
		b.resolvePeople,
		b.merge,
	}
}

// finish are the steps that turn what was gathered into rows; the order matters, since later tables look names up in
// earlier ones.
func (b *builder) finish() []func() {
	return []func(){
		b.finishEditions,
		func() { b.finishPeople(b.tables["film/persons.tsv"]) },
		func() { b.finishWorks(b.tables["film/casts.tsv"]) },
		b.finishCategories,
		b.finishResults,
		func() { b.firsts(b.tables["firsts.tsv"]) },
		b.indexResults,
		func() { b.claims(b.tables["articles.tsv"]) },
		b.directors,
		b.happenings,
		func() { b.phrases(b.tables["ambiguous.tsv"]) },
		b.tidy,
	}
}

// read reads every table. other/olympics-gold.tsv is left out, see goldTable.
func (b *builder) read(fsys fs.FS) error {
	for _, folder := range []string{"film", "other"} {
		names, err := fs.Glob(fsys, folder+"/*.tsv")
		if err != nil {
			return err
		}
		if len(names) == 0 {
			return fmt.Errorf("no tables in %s/: is this the folder that holds film/, other/ and awards.tsv?", folder)
		}
		for _, name := range names {
			if err := b.readOne(fsys, name); err != nil {
				return err
			}
		}
	}
	for _, name := range []string{"awards.tsv", "categories.tsv", "ambiguous.tsv", "people.tsv", "same_names.tsv",
		"same_titles.tsv", "work_aliases.tsv", "firsts.tsv", "articles.tsv", "corrections.tsv",
		"onthisday/onthisday-film.tsv", "onthisday/onthisday-awards.tsv", "onthisday/onthisday-people.tsv"} {
		sh, err := readSheet(fsys, name)
		if err != nil {
			return err
		}
		b.tables[name] = sh
	}
	for _, name := range []string{"film/casts.tsv", "film/ceremonies.tsv", "film/persons.tsv"} {
		if b.tables[name] == nil {
			return fmt.Errorf("%s is missing", name)
		}
	}
	if b.sheets["TO_VERIFY.tsv"] == nil || b.sheets["emmy.tsv"] == nil {
		return fmt.Errorf("film/TO_VERIFY.tsv or other/emmy.tsv is missing")
	}
	return nil
}

// readOne reads a table of film/ or other/.
func (b *builder) readOne(fsys fs.FS, name string) error {
	base := path.Base(name)
	if base == goldTable {
		return nil
	}
	sh, err := readSheet(fsys, name)
	if err != nil {
		return err
	}
	switch base {
	case "casts.tsv", "ceremonies.tsv", "persons.tsv":
		b.tables[name] = sh
		return nil
	case "TO_VERIFY.tsv":
	default:
		if err := b.knownAwards(sh); err != nil {
			return err
		}
	}
	b.sheets[base] = sh
	return nil
}

func (b *builder) knownAwards(sh *sheet) error {
	columns := []string{"award", "edition", "date", "year", "category", "winner", "for_work_or_detail",
		"runner_up_or_others", "source"}
	if strings.HasPrefix(sh.file, "film/") {
		columns = []string{"award", "edition", "ceremony_date", "film_year", "category", "category_as_then", "work", "people",
			"person_ids", "work_ids", "result", "note", "source"}
	}
	if err := sh.need(columns...); err != nil {
		return err
	}
	for _, l := range sh.rows {
		if specOf(l.get("award")) == nil {
			return fmt.Errorf("%s: there is no award %q", l.pos(), l.get("award"))
		}
	}
	return nil
}
