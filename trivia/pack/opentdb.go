package pack

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// OpenTDBLicence and OpenTDBSource are those of the Open Trivia Database.
const (
	OpenTDBLicence = "CC BY-SA 4.0"
	OpenTDBSource  = "https://opentdb.com"
)

// openTDBQuestion is a question as the API of the Open Trivia Database gives it.
type openTDBQuestion struct {
	Type       string   `json:"type"`
	Difficulty string   `json:"difficulty"`
	Category   string   `json:"category"`
	Question   string   `json:"question"`
	Correct    string   `json:"correct_answer"`
	Incorrect  []string `json:"incorrect_answers"`
}

// readOpenTDB reads an answer of the API, or the list of questions in it.
func readOpenTDB(r *reader, text string) {
	r.pack.Licence, r.pack.Source = OpenTDBLicence, OpenTDBSource
	j := jsonReader{r: r, text: text, dec: json.NewDecoder(strings.NewReader(text))}
	if !j.intoResults() {
		return
	}
	for j.dec.More() && !r.full() {
		line := j.line()
		var q openTDBQuestion
		if err := j.dec.Decode(&q); err != nil {
			j.broken(err)
			return
		}
		q.add(r, line)
	}
	if r.full() {
		return
	}
	if _, err := j.dec.Token(); err != nil {
		j.broken(err)
	}
}

// add undoes the encoding of the texts: HTML entities by default, or what was asked for by encode=.
func (q openTDBQuestion) add(r *reader, line int) {
	decode := q.decoder()
	d := draft{
		text: q.Question, answers: []string{q.Correct}, wrong: q.Incorrect, category: q.Category, difficulty: q.Difficulty,
	}
	d = d.each(decode)
	r.about = fmt.Sprintf("%q: ", clip(clean(d.text))) // the API writes all questions on one line
	defer func() { r.about = "" }()
	switch kind := decode(q.Type); {
	case kind == "boolean" && len(q.Incorrect) != 1, kind == "multiple" && len(q.Incorrect) < 1:
		r.fail(line, "mend the list incorrect_answers", "a question of type %q has %d incorrect answers", kind, len(q.Incorrect))
	case kind != "boolean" && kind != "multiple" && kind != "":
		r.fail(line, `write "multiple" or "boolean"`, "%q is not a type of question", kind)
	default:
		r.add(line, d)
	}
}

// decoder finds how a question is encoded. Its type is one of two words, which shows base64 for certain.
func (q openTDBQuestion) decoder() func(string) string {
	kind, err := base64.StdEncoding.DecodeString(q.Type)
	if err == nil && slices.Contains([]string{"multiple", "boolean"}, string(kind)) {
		return func(s string) string {
			if b, err := base64.StdEncoding.DecodeString(s); err == nil && utf8.Valid(b) {
				return string(b)
			}
			return s
		}
	}
	all := q.Question + q.Correct + strings.Join(q.Incorrect, "") + q.Category
	if strings.Contains(all, " ") || !strings.ContainsAny(all, "%+") {
		return html.UnescapeString
	}
	unescape := url.QueryUnescape // a space is "+" in the old way and "%20" in that of RFC 3986, where "+" is "%2B"
	return func(s string) string {
		if t, err := unescape(s); err == nil && utf8.ValidString(t) {
			return t
		}
		return s
	}
}

// each applies f to every text that comes encoded.
func (d draft) each(f func(string) string) draft {
	d.text, d.category, d.difficulty, d.note = f(d.text), f(d.category), f(d.difficulty), f(d.note)
	for _, list := range [][]string{d.answers, d.wrong} {
		for i, s := range list {
			list[i] = f(s)
		}
	}
	return d
}

// jsonReader knows the line at which it is.
type jsonReader struct {
	r       *reader
	text    string
	dec     *json.Decoder
	counted int64 // offset up to which lines are counted
	lines   int
}

// intoResults reads up to the first question: into a list, or into the list "results" of an object.
func (j *jsonReader) intoResults() bool {
	t, err := j.dec.Token()
	if err != nil {
		j.broken(err)
		return false
	}
	if t == json.Delim('[') {
		return true
	}
	if t != json.Delim('{') {
		j.r.fail(1, "save the whole answer of the API", "this is neither a list nor an object")
		return false
	}
	for j.dec.More() {
		key, err := j.dec.Token()
		if err == nil && key == "results" {
			if t, err = j.dec.Token(); err == nil && t == json.Delim('[') {
				return true
			}
			j.r.fail(j.line(), "save the whole answer of the API", "results is not a list")
			return false
		}
		var skip json.RawMessage
		if err == nil {
			err = j.dec.Decode(&skip)
		}
		if err != nil {
			j.broken(err)
			return false
		}
	}
	j.r.fail(j.line(), "save the whole answer of the API", "there are no results")
	return false
}

// line is the line of the next value.
func (j *jsonReader) line() int {
	at := j.dec.InputOffset()
	for at < int64(len(j.text)) && strings.IndexByte(" \t\r\n,:", j.text[at]) >= 0 {
		at++
	}
	return j.lineAt(at)
}

func (j *jsonReader) lineAt(at int64) int {
	at = min(at, int64(len(j.text)))
	if at > j.counted {
		j.lines += strings.Count(j.text[j.counted:at], "\n")
		j.counted = at
	}
	return j.lines + 1
}

// broken makes a fault of what the decoder says.
func (j *jsonReader) broken(err error) {
	line := j.line()
	switch e := err.(type) { //nolint:errorlint // the decoder returns them unwrapped
	case *json.SyntaxError:
		line = 1 + strings.Count(j.text[:min(e.Offset, int64(len(j.text)))], "\n")
	case *json.UnmarshalTypeError:
		j.r.fail(line, "texts stand in quotes, incorrect_answers is a list of them",
			"%s in a question is not what it must be (%s)", e.Field, e.Value)
		return
	}
	if err == io.EOF || err == io.ErrUnexpectedEOF { //nolint:errorlint // see above
		line = j.lineAt(int64(len(j.text)))
		j.r.fail(line, "save the whole answer of the API", "the file ends in the middle")
		return
	}
	j.r.fail(line, "save the answer of the API as it is", "this is not JSON: %v", err)
}
