package pack

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/trivia"
)

// TestIDs holds IDs to what was published: rounds and boards remember them.
func TestIDs(t *testing.T) {
	id := func(text, answer string) string {
		return ID("film-night", trivia.Question{Text: text, Answers: []string{answer, "another"}})
	}
	want := id("Who won?", "Zoë Saldaña")
	if want != "p/film-night/6aeb102aa65ee682" {
		t.Errorf("ID %s", want)
	}
	for _, same := range [][2]string{{"who won", "zoe saldana"}, {"  Who won?? ", "ZOË SALDAÑA"}, {"“Who” won?", "Zoe-Saldana"}} {
		if got := id(same[0], same[1]); got != want {
			t.Errorf("%q %q has another ID", same[0], same[1])
		}
	}
	for _, other := range [][2]string{{"Who won it?", "Zoë Saldaña"}, {"Who won?", "Demi Moore"}, {"Who won C++?", "Zoë Saldaña"}} {
		if got := id(other[0], other[1]); got == want {
			t.Errorf("%q %q has the same ID", other[0], other[1])
		}
	}
	if id("What is C++?", "a") == id("What is C#?", "a") || id("?!", "a") == id("!", "a") {
		t.Error("signs are lost")
	}
}

func TestDetect(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       Format
	}{
		{"a.yaml", "name: A\nquestions:\n- text: q\n", YAML},
		{"a.yml", "questions:\n  - question: a\n    correct_answer: b\n", LakeYS},
		{"a.yaml", "Who?:\n- a\n", Red},
		{"a", "Who?:\n- a\n", Red},
		{"a", "name: A\nquestions:\n  - text: b\n", YAML},
		{"a.txt", "Who?\nA. a\nB. b\nANSWER: A\n", Aiken},
		{"a.txt", "Who? {=a ~b}\n", GIFT},
		{"a.txt", "// only\n\n$CATEGORY: x\n", GIFT},
		{"a.txt", "question\tanswer\nWho?\ta\n", CSV},
		{"movies", "\n#Q Who?\n^ a\n", OpenQA},
		{"a", `{"results":[{"correct_answer":"a"}]}`, OpenTDB},
		{"a.json", `{}`, OpenTDB},
		{"a.csv", "x;y\n;Question - max 120 characters;Answer 1 - max;Answer 2 - max;Correct answer(s)\n", Kahoot},
		{"a.csv", "Question #,Question Text,Answer 1,Answer 2,Correct Answer(s)\n", Blooket},
		{"a.csv", "Question Text,Question Type,Option 1,Option 2,Correct Answer\n", Wayground},
		{"a.csv", "Question,Correct Answer,Incorrect Answer 1\n", Gimkit},
		{"a.csv", "x,y\n", CSV},
		{"a.txt", "Dear reader,\nnothing here.\n", ""},
		{"a", "", ""},
	} {
		if got, ok := detect(tt.name, tt.text); got != tt.want || ok != (tt.want != "") {
			t.Errorf("%s %q is %q, want %q", tt.name, tt.text, got, tt.want)
		}
	}
	// What is given is not doubted.
	p, faults := Read("a.csv", []byte("Who?\nA. a\nB. b\nANSWER: B\n"), Aiken)
	if len(p.Questions) != 1 || p.Questions[0].Answers[0] != "b" || len(faults.Errors()) > 0 {
		t.Errorf("Aiken called a.csv: %v", faults)
	}
}

func TestYAML11(t *testing.T) {
	for s, want := range map[string][]string{
		"yes": {"Yes", "True", "On"}, "ON": {"On", "True", "Yes"}, "False": {"False", "No", "Off"}, "no": {"No", "False", "Off"},
		"12:30": {"12:30", "750"}, "1:02:03": {"1:02:03", "3723"}, "-12:30": {"-12:30", "-750"}, "12:30.5": {"12:30.5", "750.5"},
		"1990": {"1990"}, "007": {"007", "7"}, "0b11": {"0b11", "3"}, "0xff": {"0xff", "255"}, "1_000": {"1_000", "1000"}, "+5": {"+5", "5"},
		"1.50": {"1.50", "1.5"}, "1.": {"1.", "1.0"}, ".5": {".5", "0.5"}, "1.5e+3": {"1.5e+3", "1500.0"}, ".inf": {".inf"},
		"~": {}, "null": {}, "": {}, "2001-01-01": {}, "2001-1-1T10:00": {},
		"yEs": nil, "08": nil, "0o7": nil, "1e3": nil, "12:75": nil, "1.5e3": nil, "y": nil, "n": nil, "a1": nil, "1-2": nil, "é": nil, "_1": nil,
	} {
		got, special := yaml11(s)
		if special != (want != nil) || len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("yaml11(%q) = %q, %v, want %q", s, got, special, want)
		}
	}
}

func TestStale(t *testing.T) {
	for text, want := range map[string]string{
		"Who is the current champion?": "current", "Who currently holds it?": "currently", "As of now, who leads?": "as of now",
		"What is the LATEST film?": "latest", "Who won this year?": "this year", "the most recent winner": "most recent",
		"Where does the Gulf current end?": "", "What is an alternating current?": "", "Who knows now?": "", "Is this the most?": "",
		"Who won in 1990?": "",
	} {
		if got := stale(text); got != want {
			t.Errorf("stale(%q) = %q, want %q", text, got, want)
		}
	}
}

// TestRows holds a file to the number of questions that are read.
func TestRows(t *testing.T) {
	var b strings.Builder
	b.WriteString("question,answer\n")
	for i := range MaxRows + 50 {
		fmt.Fprintf(&b, "q%d,a\n", i)
	}
	p, faults := Read("a.csv", []byte(b.String()), "")
	errs := faults.Errors()
	if len(p.Questions) != MaxRows || len(errs) != 1 || errs[0].Line != MaxRows+2 || !strings.Contains(errs[0].What, "more than 100000") {
		t.Errorf("%d questions, %v", len(p.Questions), errs)
	}
}

// TestManyFaults ends the reading of what has nothing but faults.
func TestManyFaults(t *testing.T) {
	p, faults := Read("a.gift", []byte(strings.Repeat("no answers\n\n", 50_000)), "")
	if len(p.Questions) != 0 || len(faults) > maxFaults+5 || !strings.Contains(faults.Error(), "the rest is not read") {
		t.Errorf("%d faults", len(faults))
	}
}

// TestSharedLine drops the faulty question of a line, and says which it is.
func TestSharedLine(t *testing.T) {
	const q = `{"type":"multiple","difficulty":"easy","category":"x","question":"%s","correct_answer":"%s","incorrect_answers":["b"]}`
	text := `{"results":[` + fmt.Sprintf(q, "One?", "a") + "," + fmt.Sprintf(q, "Two?", "b") + "," + fmt.Sprintf(q, "Three?", "c") + `]}`
	p, faults := Read("a.json", []byte(text), "")
	if len(p.Questions) != 2 || p.Questions[1].Text != "Three?" || len(faults) != 1 || !strings.Contains(faults[0].What, `"Two?": `) {
		t.Errorf("%d questions, %v", len(p.Questions), faults)
	}
}

// TestQuotedBoundary reads texts in quotes that go on at the margin, or like an item of the list.
func TestQuotedBoundary(t *testing.T) {
	text := "name: A\nquestions:\n  - text: \"Who\n  - said:\nthis?\"\n    answers: [a]\n  - text: Next?\n    answers: [b]\nsource: us\nlicence: MIT\n"
	p, faults := Read("a.yaml", []byte(text), "")
	if len(faults) > 0 || len(p.Questions) != 2 || p.Questions[0].Text != "Who - said: this?" || p.Lines[1] != 7 {
		t.Errorf("%+v, %v", p.Questions, faults)
	}
}

// TestSchema holds docs/pack.schema.json to the keys and limits of the reader.
func TestSchema(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "pack.schema.json"))
	if err != nil {
		t.Fatal(err)
	}
	type schema struct {
		Properties map[string]struct {
			Enum      []any `json:"enum"`
			MaxLength int   `json:"maxLength"`
			MaxItems  int   `json:"maxItems"`
			Items     struct {
				Ref string `json:"$ref"`
			} `json:"items"`
		} `json:"properties"`
		Additional *bool    `json:"additionalProperties"`
		Required   []string `json:"required"`
	}
	var s struct {
		schema
		Defs map[string]schema `json:"$defs"`
	}
	if err := json.Unmarshal(data, &s); err != nil {
		t.Fatal(err)
	}
	top := []string{"$schema", "questions"}
	for _, a := range new(Pack).about() {
		top = append(top, a.key)
	}
	q := s.Defs["question"]
	for _, tt := range []struct {
		schema schema
		keys   []string
	}{{s.schema, top}, {q, questionKeys()}} {
		var keys []string
		for k := range tt.schema.Properties {
			keys = append(keys, k)
		}
		slices.Sort(keys)
		slices.Sort(tt.keys)
		if !slices.Equal(keys, tt.keys) || tt.schema.Additional == nil || *tt.schema.Additional {
			t.Errorf("the schema has the keys %v, the reader %v", keys, tt.keys)
		}
	}
	var enum []string
	for _, k := range q.Properties["kind"].Enum {
		enum = append(enum, fmt.Sprint(k))
	}
	var want []string
	for _, k := range kinds() {
		want = append(want, string(k))
	}
	if !slices.Equal(enum, want) || q.Properties["text"].MaxLength != maxText || q.Properties["note"].MaxLength != maxNote ||
		q.Properties["wrong"].MaxItems != maxWrong || s.Properties["questions"].MaxItems != MaxRows {
		t.Errorf("kinds %v or limits differ", enum)
	}
}

// TestExample reads the example of docs/packs.md.
func TestExample(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("..", "..", "docs", "packs.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(data), "```yaml\n")
	example, _, _ := strings.Cut(rest, "```")
	p, faults := Read("example.yaml", []byte(example), "")
	if !ok || len(faults) > 0 || len(p.Questions) < 4 {
		t.Errorf("%d questions, %v", len(p.Questions), faults)
	}
	_, rest, _ = strings.Cut(string(data), "```csv\n")
	example, _, _ = strings.Cut(rest, "```")
	if p, faults := Read("example.csv", []byte(example), ""); len(faults.Errors()) > 0 || len(p.Questions) < 2 {
		t.Errorf("%d questions of the table, %v", len(p.Questions), faults)
	}
}
