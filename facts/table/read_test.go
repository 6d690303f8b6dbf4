package table_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whowon-bot/whowon/facts/table"
)

// folder makes a file system of name, text pairs. In the texts "," at a cell's edge would be unreadable, so cells are
// separated by "^".
func folder(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(pairs[i+1], "^", "\t"))}
	}
	return fsys
}

// small is a folder of every table, whole and without a fault.
func small() fstest.MapFS {
	return folder(
		"awards.tsv", "id^name^short^kind^aliases^default_category^years^source\n"+
			"academy-awards^Academy Awards^Oscars^film^oscar|oscars^Best Picture^held^editor\n",
		"categories.tsv", "award^id^name^aliases^importance^about^first^last^trivia^source\n"+
			"academy-awards^Best Actor^Best Actor^actor^1^person^1929^2026^yes^editor\n"+
			"academy-awards^Best Picture^Best Picture^^1^work^1929^2026^yes^editor\n",
		"editions.tsv", "award^id^ordinal^name^date^year^honoured^called^hosts^source\n"+
			"academy-awards^97^97^97th Academy Awards^2025-03-02^2025^2024^^Conan O'Brien^editor\n",
		"people.tsv", "id^name^kind^aliases^born^source\n"+
			"nm0004778^Adrien Brody^person^^1973-04-14^editor\nnm0004850^Timothée Chalamet^person^^^editor\n"+
			"nm0418761^Sean Baker^person^^^editor\n",
		"works.tsv", "id^title^year^aliases^cast^cast_ids^source\n"+
			"tt8999762^The Brutalist^2024^^Adrien Brody|Joe Alwyn^nm0004778|^editor\n"+
			"tt28607951^Anora^2024^anora movie^^^editor\ntt11563598^A Complete Unknown^2024^^^^editor\n",
		"phrases.tsv", "award^phrase^targets^mode^source\n*^actor^academy-awards^all^editor\n",
		"happenings.tsv", "id^month^day^year^kind^subject^fields^works^source\n"+
			"h1^5^21^2024^premiere^Anora^festival=Cannes^tt28607951^editor\n",
		"firsts.tsv", "id^award^edition^claim^subjects^works^date^source\n"+
			"f1^academy-awards^97^first four wins of one night^Sean Baker^Anora^2025-03-02^editor\n",
		"claims.tsv", "id^subject^subject_id^predicate^object^source\na1^Anora^tt28607951^directed by^Sean Baker^editor\n",
		"results/academy-awards.tsv", "id^award^edition^category^as_then^works^work_ids^people^person_ids^outcome^detail^source\n"+
			"academy-awards-97-aaaaaa^academy-awards^97^Best Actor^^The Brutalist^tt8999762^Adrien Brody^nm0004778^won^role=László Tóth^DLu\n"+
			"academy-awards-97-aaaaab^academy-awards^97^Best Actor^^A Complete Unknown^tt11563598^Timothée Chalamet^nm0004850^nominated^^DLu\n"+
			"academy-awards-97-aaaaac^academy-awards^97^Best Picture^^Anora^tt28607951^Sean Baker^nm0418761^won^^DLu\n",
	)
}

func mustRead(t *testing.T, fsys fstest.MapFS) *table.Set {
	t.Helper()
	s, err := table.Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestReadKeepsEverything(t *testing.T) {
	s := mustRead(t, small())
	r := s.Results[0]
	if r.People[0] != (table.Ref{ID: "nm0004778", Name: "Adrien Brody"}) || r.Detail[0] != (table.KV{Key: "role", Value: "László Tóth"}) {
		t.Errorf("read %+v", r)
	}
	if got := r.Pos.String(); got != "results/academy-awards.tsv:2" {
		t.Errorf("position %s", got)
	}
	if got := s.Works[0].Cast; len(got) != 2 || got[1] != (table.Ref{Name: "Joe Alwyn"}) {
		t.Errorf("cast %+v", got)
	}
}

func TestReadFillsNamesFromIDs(t *testing.T) {
	fsys := small()
	fsys["results/academy-awards.tsv"] = folder("x", "outcome^person_ids^work_ids^category^edition^award^id\n"+
		"won^nm0004778^tt8999762^Best Actor^97^academy-awards^a\n")["x"]
	r := mustRead(t, fsys).Results[0]
	if r.People[0].Name != "Adrien Brody" || r.Works[0].Name != "The Brutalist" {
		t.Errorf("names not filled in: %+v", r)
	}
}

func TestReadNamesTheFault(t *testing.T) {
	results := "id^award^edition^category^works^work_ids^outcome\n"
	for name, tc := range map[string]struct{ file, text, want string }{
		"unknown column": {"people.tsv", "id^name^colour\n", "people.tsv:1: column colour: no such column"},
		"missing column": {"people.tsv", "name\n", "people.tsv:1: column id: missing"},
		"column twice":   {"people.tsv", "id^name^id\n", `people.tsv:1: column "id" stands twice`},
		"ragged":         {"people.tsv", "id^name\na^b\na\n", "people.tsv:3: the row has 1 cells and the header 2"},
		"empty line":     {"people.tsv", "id^name\n\na^b\n", "people.tsv:2: the line is empty"},
		"empty file":     {"people.tsv", "", "people.tsv:1: the file is empty"},
		"NUL":            {"people.tsv", "id^name\na^b\x00\n", "people.tsv:2: a NUL byte"},
		"not UTF-8":      {"people.tsv", "id^name\na^b\nc^\xe9\n", "people.tsv:3: the text is not UTF-8"},
		"number":         {"categories.tsv", "award^id^first\na^b^19x\n", `categories.tsv:2: column first: "19x" is not a whole number`},
		"yes":            {"categories.tsv", "award^id^trivia\na^b^no\n", `column trivia: "no" is neither`},
		"pair":           {"happenings.tsv", "id^fields\na^score\n", `column fields: "score" is not key=value`},
		"empty in list":  {"people.tsv", "id^name^aliases\na^b^c||d\n", `column aliases: the list "c||d" holds an empty value`},
		"outcome":        {"results/x.tsv", results + "i^x^1^c^^^lost\n", `results/x.tsv:2: column outcome: "lost" is none of`},
		"not parallel":   {"results/x.tsv", results + "i^x^1^c^A|B^tt1^won\n", `column work_ids: 1 values, but 2 in works`},
		"wrong file":     {"results/x.tsv", results + "i^y^1^c^^^won\n", `results/x.tsv:2: column award: "y" stands in the file of "x"`},
		"no table":       {"peopel.tsv", "id\n", "peopel.tsv: no table of this name"},
	} {
		_, err := table.Read(folder(tc.file, tc.text))
		if err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
		}
	}
	if _, err := table.Read(fstest.MapFS{}); err == nil {
		t.Error("an empty folder was read")
	}
}

func TestReadCollectsTwentyFaults(t *testing.T) {
	_, err := table.Read(folder("people.tsv", "id^name\n"+strings.Repeat("a\n", 50)))
	if n := strings.Count(err.Error(), "\n") + 1; n != table.MaxFaults {
		t.Errorf("%d faults, want %d", n, table.MaxFaults)
	}
}

func TestWriteThenRead(t *testing.T) {
	dir := t.TempDir()
	stale := filepath.Join(dir, "results", "gone.tsv")
	if err := os.MkdirAll(filepath.Dir(stale), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(stale, []byte("id\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	first := mustRead(t, small())
	if err := table.Write(dir, first); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(stale); !os.IsNotExist(err) {
		t.Errorf("stale results file still there: %v", err)
	}
	second, err := table.Read(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	if second.People[0].ID != "nm0004778" || len(second.Results) != 3 || second.Results[0].Detail[0].Value != "László Tóth" {
		t.Errorf("read back %+v", second)
	}
	before, _ := os.ReadFile(filepath.Join(dir, "works.tsv"))
	if err := table.Write(dir, second); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.ReadFile(filepath.Join(dir, "works.tsv")); string(after) != string(before) {
		t.Errorf("written twice, two texts:\n%s\n%s", before, after)
	}
}

func TestWriteRefusesWhatCannotBeReadBack(t *testing.T) {
	for name, p := range map[string]table.Person{
		"tab":     {ID: "a", Name: "b\tc"},
		"newline": {ID: "a", Name: "b\nc"},
		"bar":     {ID: "a", Name: "b", Aliases: []string{"c|d"}},
		"empty":   {ID: "a", Name: "b", Aliases: []string{""}},
		"space":   {ID: "a", Name: "b "},
	} {
		dir := t.TempDir()
		err := table.Write(dir, &table.Set{People: []table.Person{p}})
		if err == nil || !strings.Contains(err.Error(), "people (a)") {
			t.Errorf("%s: error %v", name, err)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 0 {
			t.Errorf("%s: something was written", name)
		}
	}
}

func TestRecordsThereAndBack(t *testing.T) {
	s := mustRead(t, small())
	for _, human := range []bool{true, false} {
		recs, err := s.Records(human)
		if err != nil {
			t.Fatal(err)
		}
		back, err := table.FromRecords(recs)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(s, back) {
			t.Errorf("human %v: the set came back different:\n%+v\n%+v", human, s, back)
		}
	}
}

func TestResultID(t *testing.T) {
	id := table.ResultID("cannes", "77", "Palme d'Or", []string{"Anora"}, []string{"Sean Baker"})
	if again := table.ResultID("cannes", "77", "palme dor", []string{"ANORA"}, []string{"Seán Baker"}); again != id {
		t.Errorf("spelling changed the ID: %s, %s", id, again)
	}
	if !strings.HasPrefix(id, "cannes-77-") || len(id) != len("cannes-77-")+6 {
		t.Errorf("ID %s", id)
	}
	var ids table.IDs
	song := &table.Category{Award: "academy-awards", ID: "Best Original Song", About: "work"}
	one := ids.Result(song, "97", []string{"Emilia Pérez"}, []string{"Camille"})
	two := ids.Result(song, "97", []string{"Emilia Perez"}, []string{"Clément Ducol"})
	if two != one+"-2" {
		t.Errorf("two rows of one key: %s, %s", one, two)
	}
	actor := &table.Category{Award: "academy-awards", ID: "Best Actor", About: "person"}
	if a, b := ids.Result(actor, "97", nil, []string{"A"}), ids.Result(actor, "97", nil, []string{"B"}); a == b || len(b) != len(a) {
		t.Errorf("two people of one race: %s, %s", a, b)
	}
	if got := table.WorkID("!!!", ""); got == "w-" {
		t.Error("a title without letters has an empty ID")
	}
}

// Files saved on Windows or by a spreadsheet are read like any other.
func TestReadBOMAndCRLF(t *testing.T) {
	s := mustRead(t, folder("people.tsv", "\ufeffname^id\r\nAda^a\r\nBob^b"))
	if len(s.People) != 2 || s.People[0].ID != "a" || s.People[1].Name != "Bob" || s.People[1].Pos.Line != 3 {
		t.Errorf("people %+v", s.People)
	}
}
