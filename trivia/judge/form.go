package judge

import "strings"

// form is one way to write an answer.
type form struct {
	text
	answer  int // which of the answers it is a form of
	key     uint64
	content int  // tokens that say something
	surname int  // where the surname starts; of persons only, else -1
	family  int  // the end of a family name that stands first, else 0
	named   bool // written with capitals
	work    bool
}

// compile reads a form of an answer.
func (j *Judge) compile(s string, answer int) (form, bool) {
	f := form{answer: answer, surname: -1, work: j.kind == Work, text: parse(s)}
	if f.count == 0 {
		return f, false
	}
	if j.kind == Date {
		f.months()
	}
	f.key = f.text.key()
	f.speak()
	f.named = true
	for i := range f.count {
		if !f.has(i, isStop|isNumber) && j.given(&f.text, i) {
			f.tok[i].flags |= isGiven
		}
		if f.text.content(i) {
			f.content++
			f.named = f.named && f.has(i, isCapital|isNumber)
		}
	}
	if j.kind == Person {
		f.person()
	}
	f.text = f.text.compact()
	return f, true
}

// speak makes sure that something in the form counts: "The Who" and "It" are more than filler.
func (f *form) speak() {
	for _, fl := range []flags{isFiller | isNegation, isStop} {
		for i := range f.count {
			if f.text.content(i) {
				return
			}
		}
		for i := range f.count {
			f.tok[i].flags &^= fl
		}
	}
}

// person finds the surname.
func (f *form) person() {
	last := -1
	for i := range f.count {
		if f.has(i, isHidden|isNumber|isTitle) || rival(f.word(i)) == 2 {
			continue
		}
		f.tok[i].flags &^= isStop | isFiller | isClass
		last = i
	}
	if last < 1 {
		return
	}
	if f.count == 3 && len(f.word(1)) <= 5 && len(f.word(2)) <= 5 && familyFirst(f.word(0)) {
		f.family = 1
	}
	for f.has(last, afterHyphen) && last > 1 && f.family == 0 {
		last--
	}
	for last > 1 && particle(f.word(last-1)) {
		last--
	}
	f.surname = last
}

// given reports whether token i of t stands in the question, in whatever form.
func (j *Judge) given(t *text, i int) bool {
	if t.has(i, isNumber) {
		for q := range j.question.count {
			if j.question.has(q, isNumber) && j.question.tok[q].num == t.tok[i].num {
				return true
			}
		}
		return false
	}
	w := t.word(i)
	for q := range j.question.count {
		if j.question.has(q, isNumber) {
			continue
		}
		x := j.question.word(q)
		if x[0] == w[0] && (string(x) == string(w) || inflected(x, w) || derived(x, w)) {
			return true
		}
	}
	return false
}

// headed reports whether t is what stands before a colon in the form: "Dune" of "Dune: Part Two".
func (f *form) headed(t *text) bool {
	n := 0
	for n < f.count && (n == 0 || !f.has(n, afterColon)) {
		n++
	}
	if n == f.count {
		return false
	}
	head := text{count: n, buf: f.buf, tok: f.tok}
	return head.key() == t.key()
}

// variants are the ways to read an answer as it is written: without brackets, each side of "or", a subtitle alone.
func variants(answer string, kind Kind) []string {
	whole := answer
	answer = strings.TrimSpace(answer)
	for _, p := range []string{"(1 of)", "(one of)", "(any of)", "1 of:", "one of:"} {
		if len(answer) > len(p) && strings.EqualFold(answer[:len(p)], p) {
			answer = answer[len(p):]
		}
	}
	out := []string{whole, answer}
	outer, inner, ok := brackets(answer)
	if ok {
		if answer[0] != '(' { // (Franklin) Roosevelt is read as it is
			out = append(out, outer)
		}
		if stands(inner) {
			out = append(out, inner)
		}
	}
	if kind == Work {
		return append(out, titles(answer)...)
	}
	out = append(out, mainTitle(answer)...)
	if head, _, ok := strings.Cut(answer, " of "); ok && kingly(head, kind) {
		out = append(out, head)
	}
	for _, sep := range []string{", who ", ", which ", ", as ", " (accept ", " accept "} {
		if head, _, ok := strings.Cut(answer, sep); ok && head != "" {
			out = append(out, head)
		}
	}
	if head, ok := beforeComma(answer); ok {
		out = append(out, head)
	}
	for _, s := range out {
		for _, sep := range []string{" or ", "/", " aka ", " a.k.a. "} {
			if parts := strings.Split(s, sep); len(parts) > 1 && splits(parts, sep) {
				out = append(out, parts...)
			}
		}
	}
	return out
}

// kingly reports whether what stands before "of" is a name of its own: Louis XV of France, but not Joan of Arc.
func kingly(head string, kind Kind) bool {
	t := parse(head)
	number := false
	for i := range t.count {
		if !t.has(i, isCapital) || t.has(i, isClass|isTitle|isStop) {
			return false
		}
		number = number || t.has(i, isNumber)
	}
	return t.count >= 2 && (number || kind == Person)
}

// beforeComma is the place of "Seattle, Washington".
func beforeComma(s string) (string, bool) {
	head, rest, ok := strings.Cut(s, ", ")
	if !ok || strings.Contains(rest, ",") || strings.ContainsAny(s, "0123456789&/") {
		return "", false
	}
	t := parse(s)
	if t.count > 5 {
		return "", false
	}
	for i := range t.count {
		if !t.has(i, isCapital) || t.has(i, isJoin|isNumber) || rival(t.word(i)) == 2 {
			return "", false
		}
	}
	return head, true
}

// brackets takes a bracketed part out of s; inner is empty where it does not stand at the end.
func brackets(s string) (outer, inner string, ok bool) {
	open := strings.IndexAny(s, "([")
	if open < 0 {
		return "", "", false
	}
	length := strings.IndexAny(s[open:], ")]")
	if length < 0 {
		return "", "", false
	}
	outer = strings.TrimSpace(strings.TrimSpace(s[:open]) + " " + strings.TrimSpace(s[open+length+1:]))
	if outer == "" {
		return "", "", false
	}
	if open > 0 && strings.TrimSpace(s[open+length+1:]) == "" {
		inner = strings.TrimSpace(s[open+1 : open+length])
	}
	return outer, inner, true
}

// stands reports whether what stood in brackets is a name of its own and not a remark: a capital, no number, no class noun.
func stands(s string) bool {
	t := parse(s)
	if t.count == 0 || !t.has(0, isCapital) {
		return false
	}
	for i := range t.count {
		if t.has(i, isNumber|isClass|isMarker) || string(t.word(i)) == "tv" {
			return false
		}
	}
	return true
}

// splits reports whether the parts are answers of their own.
func splits(parts []string, sep string) bool {
	for _, p := range parts {
		if p = strings.TrimSpace(p); len(p) < 2 || sep == "/" && (len(p) < 3 || isDigit(p[0])) {
			return false
		}
	}
	return true
}

// mainTitle is what stands before "or": Dr. Strangelove.
func mainTitle(title string) []string {
	lower := strings.ToLower(title)
	if len(lower) != len(title) {
		return nil
	}
	for _, sep := range []string{" or: ", ", or ", " or ("} {
		if i := strings.Index(lower, sep); i > 0 {
			return []string{title[:i]}
		}
	}
	return nil
}

// titles are the parts of a title that people take for the whole: before "or", after a colon.
func titles(title string) []string {
	out := mainTitle(title)
	if i := strings.LastIndex(title, ": "); i > 0 {
		t := parse(title[i+1:])
		n := 0
		for k := range t.count {
			if t.content(k) {
				n++
			}
		}
		if n >= 2 && !t.has(0, isMarker|isNumber) && !t.has(1, isNumber) {
			out = append(out, title[i+2:])
		}
	}
	return out
}
