package index

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// Build lays out a snapshot of the set. The same set gives the same bytes. References that do not resolve are errors that
// name the row; table.Check finds them before.
// Vocabulary are the words that questions are put in ("nominees", "hosted"), so that their typos can be mended too.
func Build(set *table.Set, vocabulary []string) ([]byte, error) {
	b := &builder{set: arrange(set), pool: newPool(), lex: newLexicon(), vocabulary: vocabulary}
	b.number()
	steps := []func() error{
		b.awards, b.results, b.fame, b.phrases, b.happenings, b.firsts, b.claims, b.cells, b.lexicon, b.names,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	b.pool.write(&b.w)
	b.lex.write(&b.w)
	return b.w.finish()
}

type builder struct {
	w    writer
	set  *table.Set
	pool *pool
	lex  *lexicon

	vocabulary []string

	award, person, work map[string]int
	category, edition   map[[2]string]int

	editionRows  [][]uint32 // results by edition
	categoryRows [][]uint32
	personRows   [][]uint32
	workRows     [][]uint32
	catAward     []int
	edAward      []int
	resultCat    []int
	personFame   []uint32
	workFame     []uint32
}

// arrange copies the set in the order of the snapshot: awards as listed; categories, editions and results of an award
// together; the results of a race together, winners first.
func arrange(s *table.Set) *table.Set {
	out := *s
	rank := map[string]int{}
	for i, a := range s.Awards {
		rank[a.ID] = i
	}
	out.Categories = slices.Clone(s.Categories)
	slices.SortStableFunc(out.Categories, func(x, y table.Category) int {
		return cmp.Or(cmp.Compare(rank[x.Award], rank[y.Award]), cmp.Compare(x.Importance, y.Importance))
	})
	catRank := map[[2]string]int{}
	for i, c := range out.Categories {
		catRank[[2]string{c.Award, c.ID}] = i
	}
	out.Editions = slices.Clone(s.Editions)
	slices.SortStableFunc(out.Editions, func(x, y table.Edition) int {
		return cmp.Or(cmp.Compare(rank[x.Award], rank[y.Award]), cmp.Compare(x.Year, y.Year), cmp.Compare(x.Date, y.Date),
			cmp.Compare(x.Ordinal, y.Ordinal), cmp.Compare(x.ID, y.ID))
	})
	edRank := map[[2]string]int{}
	for i, e := range out.Editions {
		edRank[[2]string{e.Award, e.ID}] = i
	}
	out.Results = slices.Clone(s.Results)
	slices.SortStableFunc(out.Results, func(x, y table.Result) int {
		return cmp.Or(
			cmp.Compare(edRank[[2]string{x.Award, x.Edition}], edRank[[2]string{y.Award, y.Edition}]),
			cmp.Compare(catRank[[2]string{x.Award, x.Category}], catRank[[2]string{y.Award, y.Category}]),
			cmp.Compare(outcome(x.Outcome), outcome(y.Outcome)))
	})
	out.People, out.Works = slices.Clone(s.People), slices.Clone(s.Works)
	slices.SortStableFunc(out.People, func(x, y table.Person) int { return cmp.Compare(x.ID, y.ID) })
	slices.SortStableFunc(out.Works, func(x, y table.Work) int { return cmp.Compare(x.ID, y.ID) })
	out.Happenings = slices.Clone(s.Happenings)
	slices.SortStableFunc(out.Happenings, func(x, y table.Happening) int {
		return cmp.Or(cmp.Compare(x.Month*100+x.Day, y.Month*100+y.Day), cmp.Compare(x.Year, y.Year))
	})
	return &out
}

func outcome(o table.Outcome) uint32 {
	switch o {
	case table.Won:
		return Won
	case table.Special:
		return Special
	case table.None:
		return None
	}
	return Nominated
}

func about(s string) uint32 {
	switch s {
	case "person":
		return AboutPerson
	case "team":
		return AboutTeam
	case "other":
		return AboutOther
	}
	return AboutWork
}

func (b *builder) number() {
	s := b.set
	b.award, b.person, b.work = map[string]int{}, map[string]int{}, map[string]int{}
	b.category, b.edition = map[[2]string]int{}, map[[2]string]int{}
	for i, a := range s.Awards {
		b.award[a.ID] = i
	}
	for i, c := range s.Categories {
		b.category[[2]string{c.Award, c.ID}] = i
	}
	for i, e := range s.Editions {
		b.edition[[2]string{e.Award, e.ID}] = i
	}
	for i, p := range s.People {
		b.person[p.ID] = i
	}
	for i, w := range s.Works {
		b.work[w.ID] = i
	}
}

func (b *builder) awards() error {
	s := b.set
	years, cats, eds := make([]uint32, 0, len(s.Awards)), []uint32{0}, []uint32{0}
	for i, a := range s.Awards {
		years = append(years, uint32(max(0, slices.Index([]string{"held", "film_year", "season"}, a.Years))))
		for len(b.catAward) < len(s.Categories) && s.Categories[len(b.catAward)].Award == a.ID {
			b.catAward = append(b.catAward, i)
		}
		cats = append(cats, uint32(len(b.catAward)))
		for len(b.edAward) < len(s.Editions) && s.Editions[len(b.edAward)].Award == a.ID {
			b.edAward = append(b.edAward, i)
		}
		eds = append(eds, uint32(len(b.edAward)))
	}
	if len(b.catAward) < len(s.Categories) {
		c := s.Categories[len(b.catAward)]
		return fmt.Errorf("%v: category %q is of award %q, which is not in awards.tsv", c.Pos, c.ID, c.Award)
	}
	if len(b.edAward) < len(s.Editions) {
		e := s.Editions[len(b.edAward)]
		return fmt.Errorf("%v: edition %q is of award %q, which is not in awards.tsv", e.Pos, e.ID, e.Award)
	}
	b.w.u32("award.years", years)
	b.w.u32("award.cats", cats)
	b.w.u32("award.eds", eds)
	b.categories()
	b.editions()
	return nil
}

func (b *builder) categories() {
	var rank, abouts, first, last []uint32
	for _, c := range b.set.Categories {
		rank, abouts = append(rank, uint32(c.Importance)), append(abouts, about(c.About))
		first, last = append(first, uint32(c.First)), append(last, uint32(c.Last))
	}
	b.relatives()
	b.w.u32("cat.award", u32s(b.catAward))
	b.w.u32("cat.rank", rank)
	b.w.u32("cat.about", abouts)
	b.w.u32("cat.first", first)
	b.w.u32("cat.last", last)
}

// relatives lists, for each category, those that it continues and those that continue it: the same prize under the names
// of other times.
func (b *builder) relatives() {
	out := make([][]uint32, len(b.set.Categories))
	for i, c := range b.set.Categories {
		for _, name := range c.Predecessors {
			if n, ok := b.category[[2]string{c.Award, name}]; ok && n != i {
				out[i] = append(out[i], uint32(n))
				out[n] = append(out[n], uint32(i))
			}
		}
	}
	b.w.lists("cat.relatives", out)
}

func (b *builder) editions() {
	var year, ordinal, date []uint32
	var honoured, called [][]uint32
	for _, e := range b.set.Editions {
		year, ordinal, date = append(year, uint32(e.Year)), append(ordinal, uint32(e.Ordinal)), append(date, dateNumber(e.Date))
		honoured, called = append(honoured, yearsIn(e.Honoured)), append(called, u32s(e.Called))
	}
	b.w.u32("ed.award", u32s(b.edAward))
	b.w.u32("ed.year", year)
	b.w.u32("ed.ordinal", ordinal)
	b.w.u32("ed.date", date)
	b.w.lists("ed.honoured", honoured)
	b.w.lists("ed.called", called)
}

// dateNumber is yyyymmdd of a date that may lack its day or month.
func dateNumber(s string) uint32 {
	n, err := strconv.ParseUint((strings.ReplaceAll(s, "-", "") + "00000000")[:8], 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}

// yearsIn reads "2024", "1927/28" and "1932/33".
func yearsIn(s string) []uint32 {
	var out []uint32
	for part := range strings.SplitSeq(s, "/") {
		n, err := strconv.Atoi(part)
		if err != nil {
			continue
		}
		if n < 100 && len(out) > 0 {
			n += int(out[0]) / 100 * 100
		}
		out = append(out, uint32(n))
	}
	return out
}

func (b *builder) results() error {
	s := b.set
	b.categoryRows, b.editionRows = make([][]uint32, len(s.Categories)), make([][]uint32, len(s.Editions))
	b.personRows, b.workRows = make([][]uint32, len(s.People)), make([][]uint32, len(s.Works))
	var edition, category, outcomes []uint32
	var works, people [][]uint32
	for i := range s.Results {
		r := &s.Results[i]
		e, ok := b.edition[[2]string{r.Award, r.Edition}]
		if !ok {
			return fmt.Errorf("%v: edition %q of %q is not in editions.tsv", r.Pos, r.Edition, r.Award)
		}
		c, ok := b.category[[2]string{r.Award, r.Category}]
		if !ok {
			return fmt.Errorf("%v: category %q of %q is not in categories.tsv", r.Pos, r.Category, r.Award)
		}
		ws, err := refs(r, "works.tsv", r.Works, b.work, b.workRows, i)
		if err != nil {
			return err
		}
		ps, err := refs(r, "people.tsv", r.People, b.person, b.personRows, i)
		if err != nil {
			return err
		}
		edition, category, outcomes = append(edition, uint32(e)), append(category, uint32(c)), append(outcomes, outcome(r.Outcome))
		works, people = append(works, ws), append(people, ps)
		b.categoryRows[c] = append(b.categoryRows[c], uint32(i))
		b.editionRows[e] = append(b.editionRows[e], uint32(i))
		b.resultCat = append(b.resultCat, c)
	}
	starts := []uint32{0}
	for _, rows := range b.editionRows {
		starts = append(starts, starts[len(starts)-1]+uint32(len(rows)))
	}
	b.w.u32("ed.results", starts)
	b.w.lists("cat.results", b.categoryRows)
	b.w.u32("res.edition", edition)
	b.w.u32("res.cat", category)
	b.w.u32("res.outcome", outcomes)
	b.w.lists("res.works", works)
	b.w.lists("res.people", people)
	b.w.lists("person.results", b.personRows)
	b.w.lists("work.results", b.workRows)
	return nil
}

// refs resolves the references of result i and notes the result with each thing it names.
func refs(r *table.Result, file string, list []table.Ref, number map[string]int, rows [][]uint32, i int) ([]uint32, error) {
	var out []uint32
	for _, ref := range list {
		n, ok := number[ref.ID]
		if !ok {
			return nil, fmt.Errorf("%v: %q (%s) is not in %s", r.Pos, ref.ID, ref.Name, file)
		}
		out = append(out, uint32(n))
		if l := rows[n]; len(l) == 0 || l[len(l)-1] != uint32(i) {
			rows[n] = append(rows[n], uint32(i))
		}
	}
	return out, nil
}

// fame ranks people and works by what they won and where, so that a name that fits several is read as the best known.
func (b *builder) fame() error {
	score := func(rows []uint32) (n uint32) {
		for _, i := range rows {
			r := &b.set.Results[i]
			points := uint32(max(1, 12-b.catAward[b.resultCat[i]]/2))
			points *= uint32(6 - min(5, max(1, b.set.Categories[b.resultCat[i]].Importance)))
			if r.Outcome == table.Won {
				points *= 3
			}
			n += points
		}
		return n
	}
	for _, rows := range b.personRows {
		b.personFame = append(b.personFame, score(rows))
	}
	for _, rows := range b.workRows {
		b.workFame = append(b.workFame, score(rows))
	}
	var called []uint32
	for _, w := range b.set.Works {
		y := yearsIn(w.Year)
		called = append(called, append(y, 0)[0])
	}
	b.w.u32("person.fame", b.personFame)
	b.w.u32("work.fame", b.workFame)
	b.w.u32("work.year", called)
	return nil
}

func u32s(in []int) []uint32 {
	out := make([]uint32, len(in))
	for i, v := range in {
		out[i] = uint32(v)
	}
	return out
}
