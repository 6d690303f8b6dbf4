// Package judge decides whether a typed text is the answer to a question. It is deterministic: no model, no network.
//
// It does not know rounds, players or points, nor where questions come from.
package judge

// Kind is the sort of thing an answer is; it decides which rules apply.
type Kind string

// The kinds of answers.
const (
	Person Kind = "person"
	Place  Kind = "place"
	Work   Kind = "work" // a film, series, book, song, game
	Number Kind = "number"
	Date   Kind = "date" // a year or a date
	Choice Kind = "choice"
	Other  Kind = "other"
)

// Valid reports whether k is one of the kinds.
func (k Kind) Valid() bool {
	switch k {
	case Person, Place, Work, Number, Date, Choice, Other:
		return true
	}
	return false
}

// Verdict is what a typed answer is worth.
type Verdict string

// The verdicts. Close means: on the right track, be more specific. It costs and reveals nothing.
const (
	Correct Verdict = "correct"
	Close   Verdict = "close"
	Wrong   Verdict = "wrong"
)

// Reason says in one word what decided.
type Reason string

// The reasons: first those of what is right, then of what is close, then of what is wrong.
const (
	Exact      Reason = "exact"       // equal but for case, accents, articles, spaces, filler
	Inflection Reason = "inflection"  // another form of the same word
	Nickname   Reason = "nickname"    // Bob for Robert
	Acronym    Reason = "acronym"     // LOTR
	Typo       Reason = "typo"        // misspelt
	Surname    Reason = "surname"     // the surname of a person suffices
	Partial    Reason = "partial"     // words were left out that need not be there
	ExtraWords Reason = "extra_words" // more was typed than was asked; right or wrong
	List       Reason = "list"        // several answers: all right, or some right (close)

	Shorter       Reason = "shorter"         // words are missing
	FirstNameOnly Reason = "first_name_only" // Mark, for Mark Eidelstein
	Ambiguous     Reason = "ambiguous"       // fits another option of the question as well

	Empty       Reason = "empty"        // nothing was said
	Different   Reason = "different"    // nothing fits
	WrongNumber Reason = "number"       // a number is missing, too many, or another one
	KnownWord   Reason = "known_word"   // near, but a word of its own
	OtherAnswer Reason = "other_answer" // another answer that is known
	Conflict    Reason = "conflict"     // words that exclude each other: north and south
	Negation    Reason = "negation"     // "not"
)

// Spec is what a typed text is judged against.
type Spec struct {
	Question string   // as asked; its words need not be repeated
	Answers  []string // all that are right; the first is the canonical one
	Kind     Kind     // inferred from question and answers where it is empty
	Wrong    []string // other options of the question, such as those nominated; may be empty
}

// Result is a verdict, why, and which of the answers it is about; Alias is empty where none fits.
type Result struct {
	Verdict Verdict
	Reason  Reason
	Alias   string
}

// Judge judges the answers to one question. It is immutable and safe for concurrent use.
type Judge struct {
	answers  []string
	kind     Kind
	class    uint32 // of kind, in the pool; 0 is any
	forms    []form
	wrong    []form
	question text
	own      []uint32 // entities of the pool that the answers name
	pool     *Pool
}

// Compile prepares to judge the answers to a question. The pool may be nil.
func Compile(q Spec, pool *Pool) *Judge {
	j := &Judge{answers: q.Answers, kind: q.Kind, pool: pool}
	if j.kind == "" {
		if j.kind = Infer(q.Question, q.Answers); j.kind == Other && pool.person(q.Answers) {
			j.kind = Person
		}
	}
	if c := kindClass(j.kind); c < 4 {
		j.class = c
	}
	question := parse(q.Question)
	j.question = question.compact()
	for i, answer := range q.Answers {
		for _, v := range variants(answer, j.kind) {
			j.addForm(v, i)
		}
	}
	for i, other := range q.Wrong {
		if f, ok := j.compile(other, i); ok {
			j.wrong = append(j.wrong, f)
		}
	}
	return j
}

func (j *Judge) addForm(s string, answer int) {
	f, ok := j.compile(s, answer)
	if !ok {
		return
	}
	for i := range j.forms {
		if j.forms[i].key == f.key {
			return
		}
	}
	j.forms = append(j.forms, f)
	if j.pool != nil {
		j.pool.names.find(f.key, func(tag uint32) {
			if j.class == 0 || tag&7 == j.class {
				j.own = append(j.own, tag)
			}
		})
	}
}

// Judge judges a typed text, of which it reads the first 200 runes.
func (j *Judge) Judge(typed string) Result {
	var room paper
	t := room.text()
	t.read(typed, maxRunes)
	t.prepare()
	if t.count == 0 {
		return Result{Wrong, Empty, ""}
	}
	if j.kind == Date {
		t.months()
	}
	key := t.key()
	for i := range j.forms {
		if j.forms[i].key == key {
			return j.result(outcome{Correct, Exact, i, 0})
		}
	}
	t.hedges()
	if !t.says() {
		return Result{Wrong, Empty, ""}
	}
	for i := range j.wrong {
		if j.wrong[i].key == key {
			return Result{Wrong, OtherAnswer, ""}
		}
	}
	best := j.whole(&t)
	switch best.reason {
	case KnownWord, Conflict, Negation:
	case WrongNumber:
		if j.kind != Date {
			best = j.list(&t, best)
		}
	default:
		best = j.list(&t, best)
	}
	return j.result(j.known(&t, key, best))
}

func (j *Judge) result(o outcome) Result {
	r := Result{Verdict: o.verdict, Reason: o.reason}
	if o.form >= 0 && o.verdict != Wrong {
		r.Alias = j.answers[j.forms[o.form].answer]
	}
	return r
}

// says reports whether any token is not hidden.
func (t *text) says() bool {
	for i := range t.count {
		if !t.has(i, isHidden) {
			return true
		}
	}
	return false
}

// whole compares the text with every form of every answer.
func (j *Judge) whole(t *text) outcome {
	best := outcome{Wrong, Different, -1, 0}
	var a alignment
	for i := range j.forms {
		f := &j.forms[i]
		a.align(j, f, t)
		o := j.decide(f, t, &a)
		o.form = i
		if o.better(best) {
			best = o
		}
		if best.verdict == Correct && best.cost == 0 {
			break
		}
	}
	return best
}

// known takes credit away from what is known as another answer, or fits another option.
func (j *Judge) known(t *text, key uint64, best outcome) outcome {
	if best.verdict == Wrong {
		if j.class != 0 && j.pool.other(key, j.class, j.own) {
			best.reason = OtherAnswer
		}
		return best
	}
	strict := j.class == 1 || j.class == 3 || j.sibling(key)
	lenient := best.verdict == Close || best.reason == Surname
	switch {
	case best.reason == Surname || best.reason == List:
	case j.kind == Person && best.reason == Partial && best.cost == 0: // Christopher Lloyd, for Christopher Allen Lloyd
	case !strict && best.reason != Typo && best.reason != KnownWord:
	case !j.pool.other(key, j.class, j.own):
		if best.cost > costEdit+costFirst && !lenient && j.nearOther(t) {
			return outcome{Wrong, OtherAnswer, best.form, best.cost}
		}
	case best.verdict == Close && j.forms[best.form].headed(t):
	default:
		return outcome{Wrong, OtherAnswer, best.form, best.cost}
	}
	return j.options(t, best)
}

// sibling reports whether the key is that of another thing of the kind that the answer is to the facts, where the question
// does not tell the kind: Alien is not Aliens, if both are films.
func (j *Judge) sibling(key uint64) bool {
	for _, tag := range j.own {
		if j.class == 0 && j.pool.other(key, tag&7, j.own) {
			return true
		}
	}
	return false
}

// options compares what is near right with the other options of the question.
func (j *Judge) options(t *text, best outcome) outcome {
	if best.verdict != Correct {
		return best
	}
	var a alignment
	for i := range j.wrong {
		f := &j.wrong[i]
		a.align(j, f, t)
		o := j.decide(f, t, &a)
		if o.verdict != Correct || o.cost > best.cost {
			continue
		}
		if o.cost < best.cost {
			return outcome{Wrong, OtherAnswer, best.form, best.cost}
		}
		return outcome{Close, Ambiguous, best.form, best.cost}
	}
	return best
}
