package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/whowon-bot/whowon/bot"
	"github.com/whowon-bot/whowon/facts"
	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/facts/table"
	"github.com/whowon-bot/whowon/trivia/generate"
)

var appealsExport = command{
	name:  "appeals export",
	short: "write the answers that servers have accepted, to review and keep",
	long: `Writes every spelling that a server has accepted for an answer, once for all servers, with no
word about who played: a JSON object a line. With --table people or works it writes a table
for facts.d instead: the person or work that each answer is, with its aliases and the new
ones. Read it before you keep it; docs/trivia.md says how.

What the facts do not know, know already, or know as the name of something else is not in
the table, but named on standard error.`,
	examples: []string{
		"whowon appeals export > accepted.jsonl",
		"whowon appeals export --table people > people-accepted.tsv",
		"whowon appeals export --guild discord:613425648685547541 --table works > works-accepted.tsv",
	},
	setup: func(fs *flag.FlagSet) runner {
		x := new(aliasExport)
		x.flags(fs)
		fs.StringVar(&x.table, "table", "", "write `TABLE` of the facts: people or works")
		return x.run
	},
}

type aliasExport struct {
	appeals
	table string
}

// learned is a spelling that was accepted for an answer, somewhere.
type learned struct {
	Answer    string   `json:"answer"`
	Alias     string   `json:"alias"`
	Servers   []string `json:"servers"`
	Questions []string `json:"questions"`
	// Table and ID are what the answer is in the facts; empty where that is nothing, or not one thing.
	Table string `json:"table,omitempty"`
	ID    string `json:"id,omitempty"`
	// Fault says what speaks against keeping it.
	Fault string `json:"fault,omitempty"`
}

func (x *aliasExport) run(ctx context.Context, e env, words []string) (err error) {
	if len(words) > 0 {
		return usagef("appeals export takes no words; it writes to standard output")
	}
	if x.table != "" && x.table != "people" && x.table != "works" {
		return usagef("--table %s is not people or works", x.table)
	}
	q, err := x.query()
	if err != nil {
		return err
	}
	db, err := openStore(ctx, e, x.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	q.State = bot.AppealAccepted
	accepted, err := db.Appeals(ctx, q)
	if err != nil {
		return err
	}
	aliases, err := db.Aliases(ctx, q.Guild, "")
	if err != nil {
		return err
	}
	corpus, err := loadFacts(e, x.config)
	if err != nil {
		return err
	}
	k, err := newRegister(corpus)
	if err != nil {
		return err
	}
	all := learnedOf(accepted, aliases)
	for _, l := range all {
		k.find(l)
	}
	if x.table == "" {
		return writeLearned(e.stdout, all)
	}
	return k.write(e, x.table, all)
}

// learnedOf joins what servers have accepted: of an appeal, or, where that is not kept any more, of the alias it led to.
func learnedOf(accepted []bot.Appeal, aliases []bot.Alias) []*learned {
	found := map[string]*learned{}
	add := func(g bot.Guild, answer, alias, question string) {
		key := fold.String(answer) + "\n" + fold.String(alias)
		l := found[key]
		if l == nil {
			l = &learned{Answer: oneLine(answer), Alias: oneLine(alias), Servers: []string{}, Questions: []string{}}
			found[key] = l
		}
		if s := g.Platform + ":" + g.ID; !slices.Contains(l.Servers, s) {
			l.Servers = append(l.Servers, s)
		}
		if question != "" && !slices.Contains(l.Questions, question) {
			l.Questions = append(l.Questions, question)
		}
	}
	for _, a := range accepted {
		add(a.Guild, a.Answer, a.Text, a.QuestionID)
	}
	for _, a := range aliases {
		add(a.Guild, a.Answer, a.Alias, "")
	}
	var all []*learned
	for _, l := range found {
		slices.Sort(l.Servers)
		slices.Sort(l.Questions)
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *learned) int {
		return cmp.Or(cmp.Compare(a.Answer, b.Answer), cmp.Compare(a.Alias, b.Alias))
	})
	return all
}

// oneLine is a text of a user as it can stand in a cell.
func oneLine(s string) string {
	return strings.Join(strings.Fields(strings.ReplaceAll(bot.Clean(s), "|", " ")), " ")
}

func writeLearned(out io.Writer, all []*learned) error {
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for _, l := range all {
		if err := enc.Encode(l); err != nil {
			return err
		}
	}
	return nil
}

// register is what the facts know by name.
type register struct {
	set   *table.Set
	gen   *generate.Generator
	names map[string][]entity // by folded name
}

// entity is a row of people or works.
type entity struct {
	table, id string
	own       bool // the name is its own, not an alias
}

func newRegister(c *facts.Corpus) (*register, error) {
	set, err := c.Set()
	if err != nil {
		return nil, err
	}
	k := &register{set: set, gen: generate.New(c, 1), names: map[string][]entity{}}
	add := func(table, id, name string, aliases []string) {
		k.names[fold.String(name)] = append(k.names[fold.String(name)], entity{table, id, true})
		for _, a := range aliases {
			k.names[fold.String(a)] = append(k.names[fold.String(a)], entity{table, id, false})
		}
	}
	for i := range set.People {
		p := &set.People[i]
		add("people", p.ID, p.Name, p.Aliases)
	}
	for i := range set.Works {
		w := &set.Works[i]
		add("works", w.ID, w.Title, w.Aliases)
	}
	return k, nil
}

// find finds what an answer is, and what speaks against its new name.
func (k *register) find(l *learned) {
	it, ok := k.entity(l)
	if fold.String(l.Alias) == "" {
		l.Fault = "there is no letter and no digit in it"
		return
	}
	if !ok {
		l.Fault = "the facts have no one person or work of that name"
		return
	}
	l.Table, l.ID = it.table, it.id
	for _, other := range k.names[fold.String(l.Alias)] {
		switch {
		case other.id == it.id:
			l.Fault = "the facts know it already"
			return
		case other.own:
			l.Fault = fmt.Sprintf("it is the name of another: %s of %s", other.id, other.table)
		}
	}
}

// entity is the one person or work with the answer as its name; of several, the one that the question's rows name.
func (k *register) entity(l *learned) (entity, bool) {
	var with []entity
	for _, it := range k.names[fold.String(l.Answer)] {
		if it.own {
			with = append(with, it)
		}
	}
	if len(with) < 2 {
		return one(with)
	}
	var rows []string
	for _, id := range l.Questions {
		if q, ok := k.gen.ByID(id); ok {
			rows = append(rows, q.Rows...)
		}
	}
	named := map[string]bool{}
	for i := range k.set.Results {
		if r := &k.set.Results[i]; slices.Contains(rows, r.ID) {
			for _, ref := range slices.Concat(r.Works, r.People) {
				named[ref.ID] = true
			}
		}
	}
	return one(slices.DeleteFunc(with, func(it entity) bool { return !named[it.id] }))
}

func one(list []entity) (entity, bool) {
	if len(list) != 1 {
		return entity{}, false
	}
	return list[0], true
}

// write writes a table of ours, which facts.d takes: rows that are known, with more aliases.
func (k *register) write(e env, name string, all []*learned) error {
	more := map[string][]string{}
	for _, l := range all {
		switch {
		case l.Fault != "":
			fmt.Fprintf(e.stderr, "left out: “%s” for “%s”: %s\n", l.Alias, l.Answer, l.Fault)
		case l.Table == name:
			more[l.ID] = append(more[l.ID], l.Alias)
		}
	}
	line := func(id, name string, aliases []string) {
		if len(more[id]) > 0 {
			fmt.Fprintf(e.stdout, "%s\t%s\t%s\n", id, name, strings.Join(append(slices.Clone(aliases), more[id]...), "|"))
		}
	}
	if name == "works" {
		fmt.Fprintln(e.stdout, "id\ttitle\taliases")
		for i := range k.set.Works {
			w := &k.set.Works[i]
			line(w.ID, w.Title, w.Aliases)
		}
		return nil
	}
	fmt.Fprintln(e.stdout, "id\tname\taliases")
	for i := range k.set.People {
		p := &k.set.People[i]
		line(p.ID, p.Name, p.Aliases)
	}
	return nil
}
