package facts

import (
	"slices"

	"github.com/whowon-bot/whowon/facts/fold"
)

// firsts answers curated firsts and records ("first woman to win best director") when the question asks for one.
func (p *plan) firsts(a *Answer) bool {
	if p.cues&cueFirst != 0 {
		return p.matchFirsts(a, 0.55)
	}
	if p.bigFive() || len(p.tokens) <= 5 || p.when.given() || p.when.latest || len(p.editions) > 0 {
		return false
	}
	return p.cues&(cueMost|cueBeat|cueLost|cueCount) == 0 && p.matchFirsts(a, sure)
}

// sure is the likeness at which a question that asks for no first is taken for one all the same: it says nearly all that
// the claim says, and nothing else.
const sure = 0.9

// anyFirst is the last resort of a question that nothing else answers.
func (p *plan) anyFirst(a *Answer) bool {
	return !p.when.given() && len(p.editions) == 0 && p.matchFirsts(a, 0.6)
}

// allSaid reports whether a row has every word of the question that is a name, or that nothing explains.
func (p *plan) allSaid(row []string) bool {
	asked := slices.Clone(p.unknown)
	for _, e := range p.entities {
		for i := e.from; i < e.to; i++ {
			asked = append(asked, i)
		}
	}
	for _, i := range asked {
		words := canonical([]string{p.tokens[i].text, p.spelling(i)})
		said := len(words) == 0
		for _, w := range words {
			said = said || slices.Contains(row, w) || p.bigFive() && (w == "big" || w == "five")
		}
		if !said {
			return false
		}
	}
	return true
}

// matchFirsts finds the curated rows that share the question's telling words.
func (p *plan) matchFirsts(a *Answer, least float64) bool {
	asked := p.telling()
	if len(asked) == 0 {
		return false
	}
	best := least
	var found []int
	for i, row := range p.c.firsts() {
		claim, all := row.claim, row.all
		score := p.likeness(asked, claim, all)
		if !p.allSaid(all) {
			continue
		}
		said := slices.DeleteFunc(slices.Clone(claim), ranks)
		if least == sure && (len(said) < 4 || p.likeness(said, asked, asked) < 0.8) {
			continue
		}
		switch {
		case score > best+0.001:
			best, found = score, []int{i}
		case score > best-0.001 && score >= least && len(found) > 0:
			found = append(found, i)
		}
	}
	if len(found) == 0 || len(found) > 5 {
		return false
	}
	a.Kind, p.unknown = KindFirst, nil
	for _, i := range found {
		a.Firsts = append(a.Firsts, p.c.first(i))
	}
	a.Award = &a.Firsts[0].Edition.Award
	return true
}

func (c *Corpus) first(i int) First {
	t := &c.text
	f := First{ID: t.firstID.At(i), Claim: t.firstClaim.At(i), Date: t.firstDate.At(i), Detail: t.firstDetail.At(i),
		Subjects: list(t.firstSubjects.At(i)), Works: list(t.firstWorks.At(i)), Source: t.firstSource.At(i)}
	if e := int(c.db.FirstOf.At(i)); e > 0 {
		f.Edition = c.edition(e - 1)
	}
	return f
}

// tellingWords are the words of a row that tell it from others.
type tellingWords struct {
	claim []string // of what is claimed
	all   []string // those, and the words of its detail, of those it is about, and of its award
}

// wordsOfFirsts are the telling words of every curated first.
func (c *Corpus) wordsOfFirsts() []tellingWords {
	t := &c.text
	out := make([]tellingWords, c.db.Firsts.N)
	for i := range out {
		claim := fold.Words(t.firstClaim.At(i))
		all := append(fold.Words(t.firstDetail.At(i)+" "+t.firstSubjects.At(i)+" "+t.firstWorks.At(i)), claim...)
		if e := int(c.db.FirstOf.At(i)); e > 0 {
			award := c.edition(e - 1).Award
			all = append(all, fold.Words(award.Name+" "+award.Short)...)
		}
		out[i] = tellingWords{canonical(claim), canonical(all)}
	}
	return out
}

// telling are the words of the question that tell one curated row from another.
func (p *plan) telling() []string {
	var words []string
	for i := range p.tokens {
		if t := &p.tokens[i]; t.number < 100 && !t.ordinal {
			words = append(words, t.text)
			if mended := p.spelling(i); mended != t.text {
				words = append(words, mended)
			}
		}
	}
	if p.bigFive() {
		words = append(words, "picture", "director", "actor", "actress", "screenplay")
		words = slices.DeleteFunc(words, func(w string) bool { return w == "big" || w == "five" })
	}
	return canonical(words)
}

// bigFive reports whether the question names the five main Oscars so.
func (p *plan) bigFive() bool { return p.has("big") && (p.has("five") || p.has("5")) }

// canonical drops fillers and puts words of one meaning into one form.
func canonical(words []string) []string {
	var out []string
	for _, w := range words {
		form, tells := canonicalForm(w)
		if tells && !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	return out
}

// canonicalForm is the form that stands for all words of one meaning. tells is false for a word that tells nothing.
func canonicalForm(w string) (form string, tells bool) {
	switch w {
	case "american", "non", "person", "people":
		return "", false
	case "female", "women", "woman", "lady", "females":
		return "woman", true
	case "male", "men", "man":
		return "man", true
	case "african", "black":
		return "black", true
	case "win", "winner", "winners", "won", "winning", "wins", "winer", "recipient", "recipients", "receive", "received":
		return "win", true
	case "film", "films", "movie", "movies":
		return "film", true
	case "picture":
		return "picture", true
	case "oscar", "oscars", "academy":
		return "oscar", true
	case "directing", "director", "directors":
		return "director", true
	case "foreign", "language", "english":
		return "english", true
	case "refused", "rejected", "turned", "declined", "decline", "refuse", "declining":
		return "decline", true
	case "nominee", "nominated", "nomination", "nominations", "nominees":
		return "nominated", true
	case "tied", "tie", "ties":
		return "tie", true
	case "performer", "performers":
		return "performer", true
	case "actors":
		return "actor", true
	case "old", "age", "aged":
		return "age", true
	case "set", "setting":
		return "setting", true
	case "four", "4":
		return "four", true
	case "eleven", "11":
		return "eleven", true
	}
	return w, !filler(w) && cueOf(w)&(cueDid|cueWho|cueYear|cueLatest|cueEver|cueWhen) == 0
}

// likeness is the share of the question's words that a row has, less a little for what the row says beyond them. Words
// that every row has count little.
func (p *plan) likeness(asked, claim, all []string) float64 {
	total, hit, extra := 0.0, 0.0, 0.0
	weight := func(w string) float64 {
		switch w {
		case "win", "oscar", "film", "awards", "film's", "person":
			return 0.3
		case "first", "only", "second", "third", "youngest", "oldest":
			return 1.2
		}
		return 1
	}
	for _, w := range asked {
		total += weight(w)
		switch {
		case slices.Contains(all, w):
			hit += weight(w)
		case ranks(w) && slices.ContainsFunc(claim, ranks):
			return 0 // the second is not the first
		}
	}
	for _, w := range claim {
		if !slices.Contains(asked, w) {
			extra += weight(w)
		}
	}
	if total == 0 || hit < 1 {
		return 0
	}
	return hit/total - 0.02*extra
}

func ranks(w string) bool {
	return w == "first" || w == "second" || w == "third" || w == "youngest" || w == "oldest" || w == "only"
}
