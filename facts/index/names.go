package index

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/lookup"
	"github.com/whowon-bot/whowon/facts/table"
)

// lexicon fills the dictionary of phrases. The order counts: of those that a word can mean, the first comes first.
func (b *builder) lexicon() error {
	b.lexAwards()
	b.lexCategories()
	b.lexPhrases()
	b.lexEditions()
	b.lexTold()
	b.lexPeople()
	b.lexWorks()
	return nil
}

func (b *builder) lexAwards() {
	for i, a := range b.set.Awards {
		for _, name := range append([]string{a.Name, a.Short, a.ID}, a.Aliases...) {
			b.lex.add(fold.String(name), IsAward, i, TokenPlain)
		}
	}
	for i, a := range b.set.Awards { // "stanley cups"
		for _, name := range append([]string{a.Name, a.Short}, a.Aliases...) {
			name = fold.String(name)
			long := strings.Contains(name, " ") || len(name) > 7 // "wimbledons"
			if !strings.HasSuffix(name, "s") && long && len(b.lex.items[name+"s"]) == 0 {
				b.lex.add(name+"s", IsAward, i, TokenPlain)
			}
		}
	}
}

func (b *builder) lexCategories() {
	for i, c := range b.set.Categories {
		for _, name := range append([]string{c.Name, c.ID}, c.Aliases...) {
			name = fold.String(name)
			b.lex.add(name, IsCategory, i, TokenPlain)
			b.lex.add(Bag(strings.Fields(name)), IsBag, i, TokenPlain)
		}
	}
}

// lexPhrases adds the wordings of people, and notes those that are the title of a category as well.
func (b *builder) lexPhrases() {
	titles := make([]uint32, len(b.set.Phrases))
	for i, p := range b.set.Phrases {
		phrase := fold.String(p.Phrase)
		if p.Award == "*" && strings.ContainsAny(phrase, "0123456789") {
			continue // "emmys 2023": the years that people call editions by say it already
		}
		for _, it := range b.lex.items[phrase] {
			if p.Award == "*" && it.Sort() == IsCategory {
				titles[i] = 1
			}
		}
		b.lex.add(phrase, IsPhrase, i, TokenPlain)
	}
	b.w.u32("phrase.title", titles)
}

func (b *builder) lexEditions() {
	for i, e := range b.set.Editions {
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			b.lex.add(fold.String(name), IsEdition, i, TokenPlain)
		}
	}
}

// lexTold marks the words that claims and firsts are told in.
func (b *builder) lexTold() {
	for _, c := range b.set.Claims {
		if c.Predicate != directedBy {
			for _, w := range fold.Words(c.Predicate + " " + c.Object + " " + c.Detail) {
				b.lex.token[w] |= TokenTold
			}
		}
	}
	for _, f := range b.set.Firsts {
		for _, w := range fold.Words(f.Claim + " " + f.Detail) {
			b.lex.token[w] |= TokenTold
		}
	}
}

func (b *builder) lexPeople() {
	for _, i := range byFame(b.personFame) {
		p := &b.set.People[i]
		for _, name := range append([]string{p.Name}, p.Aliases...) {
			b.lex.add(fold.String(name), IsPerson, i, TokenName)
		}
		b.lex.add(b.familyName(i), IsFamily, i, TokenName)
	}
}

// familyName is what a person is called for short, folded: as the table says, else the last of the names of a champion or
// laureate ("federer"), unless questions are put in that word.
func (b *builder) familyName(i int) string {
	p := &b.set.People[i]
	if p.Family != "" || p.Kind != "person" {
		return fold.String(p.Family)
	}
	words := fold.Words(p.Name)
	champion := slices.ContainsFunc(b.personRows[i], func(row uint32) bool {
		r := &b.set.Results[row]
		return r.Outcome == table.Won && b.set.Awards[b.award[r.Award]].Kind != "film"
	})
	if len(words) < 2 || !champion {
		return ""
	}
	last := words[len(words)-1]
	if len(last) < 4 || b.lex.token[last]&TokenPlain != 0 || slices.Contains(b.vocabulary, last) {
		return ""
	}
	return last
}

// lexWorks adds the titles, and after all of them the short ones.
func (b *builder) lexWorks() {
	works := byFame(b.workFame)
	for _, i := range works {
		w := &b.set.Works[i]
		for _, title := range append([]string{w.Title}, w.Aliases...) {
			b.lex.add(fold.String(title), IsWork, i, TokenName)
		}
	}
	for _, i := range works {
		w := &b.set.Works[i]
		for _, title := range append([]string{w.Title}, w.Aliases...) {
			for _, short := range shortTitles(title) {
				b.lex.add(short, IsShort, i, TokenName)
			}
		}
	}
}

// shortTitles are the folded forms in which people clip a title: without its article, before its colon, after it.
func shortTitles(title string) []string {
	var out []string
	whole := fold.String(title)
	add := func(s string) {
		if bare := withoutArticle(s); bare != s && len(bare) > 2 {
			out = append(out, bare)
		}
		if s != whole && len(s) > 2 {
			out = append(out, s)
		}
	}
	add(whole)
	main, sub, ok := strings.Cut(title, ": ")
	if !ok {
		main, sub, ok = strings.Cut(title, " - ")
	}
	if ok {
		add(fold.String(main))
		if sub = fold.String(sub); strings.Count(sub, " ") > 0 && !strings.HasPrefix(sub, "part ") {
			add(sub)
		}
	}
	return out
}

func withoutArticle(s string) string {
	first, rest, ok := strings.Cut(s, " ")
	if ok {
		switch first {
		case "the", "a", "an", "le", "la", "les", "il", "el", "der", "die", "das", "los", "las", "gli", "lo", "un", "une":
			return rest
		}
	}
	return s
}

// byFame lists the numbers of things, best known first.
func byFame(fame []uint32) []int {
	order := make([]int, len(fame))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(fame[y], fame[x]) })
	return order
}

// weight squeezes fame into a byte: 8 steps for each doubling.
func weight(fame uint32) uint8 {
	n := bits.Len32(fame)
	if n < 4 {
		return uint8(fame)
	}
	return uint8(min(255, 8*(n-3)+int(fame>>(n-4))))
}

// names writes the indexes of names and of words that completion and the mending of typos use.
func (b *builder) names() error {
	var entries []lookup.Entry
	var items []uint32
	seen := map[string]bool{}
	add := func(text string, w uint8, it Item) {
		if text = fold.String(text); text != "" && len(text) < 80 && !seen[text] {
			seen[text] = true
			entries, items = append(entries, lookup.Entry{Text: text, Weight: w}), append(items, uint32(it))
		}
	}
	for i, c := range b.set.Categories {
		a := &b.set.Awards[b.catAward[i]]
		w := uint8(max(100, 250-b.catAward[i]-20*c.Importance))
		add(a.Short+" "+c.Name, w, item(IsCategory, i))
		add(c.Name+" "+a.Short, w, item(IsCategory, i))
	}
	for i, a := range b.set.Awards {
		add(a.Short, 255, item(IsAward, i))
		add(a.Name, 254, item(IsAward, i))
	}
	for _, i := range byFame(b.workFame) {
		add(b.set.Works[i].Title, weight(b.workFame[i]), item(IsWork, i))
	}
	for _, i := range byFame(b.personFame) {
		add(b.set.People[i].Name, weight(b.personFame[i]), item(IsPerson, i))
	}
	for _, i := range byFame(b.workFame) {
		for _, alias := range b.set.Works[i].Aliases {
			add(alias, weight(b.workFame[i])/2, item(IsWork, i))
		}
	}
	for _, i := range byFame(b.personFame) {
		for _, alias := range b.set.People[i].Aliases {
			add(alias, weight(b.personFame[i])/2, item(IsPerson, i))
		}
	}
	b.w.bytes("names", lookup.Build(entries))
	b.w.u32("names.item", items)
	plain, name := b.vocabularies()
	b.words("words", plain)
	b.words("tokens", name)
	return nil
}

// vocabularies splits the words of the lexicon into those of questions and those of names. Short words and numbers are
// left out: there is nothing to mend in them.
func (b *builder) vocabularies() (plain, name []string) {
	for _, v := range b.vocabulary {
		b.lex.token[v] |= TokenPlain
	}
	for w, flags := range b.lex.token {
		if len(w) < 4 || strings.ContainsAny(w, "0123456789") {
			continue
		}
		if flags&TokenPlain != 0 {
			plain = append(plain, w)
		}
		if flags&TokenName != 0 {
			name = append(name, w)
		}
	}
	slices.Sort(plain)
	slices.Sort(name)
	return plain, name
}

func (b *builder) words(section string, list []string) {
	entries, ids := make([]lookup.Entry, len(list)), make([]uint32, len(list))
	for i, w := range list {
		entries[i], ids[i] = lookup.Entry{Text: w}, b.pool.id(w)
	}
	b.w.bytes(section, lookup.Build(entries))
	b.w.u32(section+".text", ids)
}
