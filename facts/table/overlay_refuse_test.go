package table_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whowon-bot/whowon/facts/table"
)

func TestOverlayRefuses(t *testing.T) {
	film := func(rows string) string { return filmHead + rows }
	for name, tc := range map[string]struct{ file, text, want string }{
		"no known table":    {"a.tsv", "foo^bar\n1^2\n", "a.tsv:1: the first line is not that of a known table"},
		"commas":            {"a.csv", "Ceremony,Year,Film\n1,2,3\n", "a.csv:1: the columns are separated by commas"},
		"column too many":   {"a.tsv", strings.Replace(filmHead, "note", "notes", 1), "a.tsv:1: column notes: no such column"},
		"column missing":    {"a.tsv", "award^edition^ceremony_date^category^work^people\n", "a.tsv:1: column result: missing"},
		"oscars column":     {"a.csv", strings.Replace(oscarsHead, "Class", "Klass", 1), "a.csv:1: column Klass: no such column"},
		"two tables":        {"a.tsv", "award^id^source\n", "a.tsv:1: the columns fit several tables: categories, editions"},
		"ragged":            {"a.tsv", film("academy-awards^97\n"), "a.tsv:2: the row has 2 cells and the header 13"},
		"NUL":               {"a.tsv", film("\x00"), "a.tsv:2: a NUL byte"},
		"not UTF-8":         {"a.tsv", film("\xff"), "a.tsv:2: the text is not UTF-8"},
		"empty":             {"a.tsv", "", "a.tsv:1: the file is empty"},
		"result":            {"a.tsv", film("academy-awards^97^^^Best Actor^^Anora^X^^^lost^^x\n"), `a.tsv:2: column result: "lost" is no result`},
		"award":             {"a.tsv", film("oskars^97^^^Best Actor^^Anora^X^^^won^^x\n"), `a.tsv:2: column award: there is no award "oskars"`},
		"no date":           {"a.tsv", film("oscars^99^^^Best Actor^^Anora^X^^^won^^x\n"), `a.tsv:2: column edition: academy-awards has no edition "99"`},
		"31 February":       {"a.tsv", film("oscars^99^2027-02-31^^Best Actor^^Anora^X^^^won^^x\n"), "a.tsv:2: column date: there is no day 2027-02-31"},
		"other date":        {"a.tsv", film("oscars^97^2026-03-02^^Best Actor^^Anora^X^^^won^^x\n"), "was held in 2025, and the row says 2026-03-02"},
		"other film year":   {"a.tsv", film("oscars^97^^2021^Best Actor^^Anora^X^^^won^^x\n"), "honours 2024, and the row says 2021"},
		"number of nowhere": {"a.tsv", film("oscars^96^2026-03-15^2025^Best Actor^^Anora^X^^^won^^x\n"), `edition "96" of academy-awards in 2026 does not fit`},
		"category misspelt": {"a.tsv", film("oscars^97^^^Best Actro^^Anora^X^^^won^^x\n"), `did you mean "Best Actor"?`},
		"wrong ID":          {"a.tsv", film("oscars^97^^^Best Actor^^Anora^Demi Moore^nm0004778^^nominated^^x\n"), `nm0004778 is Adrien Brody, and the row says "Demi Moore"`},
		"wrong work ID":     {"a.tsv", film("oscars^97^^^Best Actor^^Wicked^Demi Moore^^tt28607951^nominated^^x\n"), `tt28607951 is Anora, and the row says "Wicked"`},
		"two winners":       {"a.tsv", film("oscars^97^^^Best Actor^^Anora^X Y^^^won^^x\n"), "a.tsv:2: column outcome: academy-awards 97, Best Actor has 2 winners"},
		"contradiction": {"a.tsv", film("oscars^97^^^Best Actor^^Anora^X Y^^^nominated^^x\noscars^97^^^Best Actor^^Anora^X Y^^^special^^x\n"),
			"a.tsv:3: the row contradicts a.tsv:2"},
		"no source":        {"a.tsv", film("oscars^97^^^Best Actor^^Anora^X Y^^^nominated^^\n"), "a.tsv:2: column source: the source is empty"},
		"of next year":     {"a.tsv", film("oscars^100^2028-03-12^2027^Best Actor^^Anora^X Y^^^won^^x\n"), "which is in the future"},
		"bar":              {"a.tsv", film("oscars^97^^^Best Actor^^Anora^X|Y^^^nominated^^x\n"), "holds a |"},
		"oscars category":  {"a.csv", oscarsHead + "97^2024^Title^BEST STUNTS^STUNTS^Anora^tt28607951\n", `a.csv:2: column category: academy-awards has no category "BEST STUNTS"`},
		"oscars ceremony":  {"a.csv", oscarsHead + "xx^2024^Title^BEST PICTURE^BEST PICTURE^Anora^tt28607951\n", `a.csv:2: column Ceremony: "xx" is not a number`},
		"oscars winner":    {"a.csv", oscarsHead + "97^2024^Title^BEST PICTURE^BEST PICTURE^Anora^tt28607951^^^^yes\n", `a.csv:2: column Winner: "yes" is neither`},
		"year of a title":  {"a.tsv", otherHead + "Booker Prize^2026^2026^MMXXVI^Fiction^X^Y^^s\n", `a.tsv:2: column year: "MMXXVI" is not a year`},
		"empty winner":     {"a.tsv", otherHead + "Booker Prize^2026^2026^2026^Fiction^^Y^^s\n", "a.tsv:2: column winner: the winner is empty"},
		"own table":        {"people-1.tsv", "id^nome\n", "people-1.tsv:1: column nome: no such column"},
		"own table, cell":  {"z.tsv", "id^award^edition^category^outcome\n^academy-awards^97^Best Actor^lost\n", `z.tsv:2: column outcome: "lost"`},
		"own, unknown":     {"z.tsv", "id^award^edition^category^outcome^person_ids^source\nx^oscars^1^Best Actor^won^nm0004778^s\n", `z.tsv:2: column award: there is no award "oscars"`},
		"namesake's title": {"works-1.tsv", "id^title^source\nw-anorak^Anorak^\n", "works-1.tsv:2: column source: the source is empty"},
	} {
		base := overlayBase(t)
		s, _, err := table.Overlay(base, folder(tc.file, tc.text), spring)
		if err == nil || !strings.Contains(err.Error(), tc.want) || s != nil {
			t.Errorf("%s: error %v, want %q", name, err, tc.want)
		}
		if !reflect.DeepEqual(base, overlayBase(t)) {
			t.Errorf("%s: the base was changed", name)
		}
	}
}

func TestOverlayRefusesNamesakes(t *testing.T) {
	base := overlayBase(t)
	for _, id := range []string{"nm1", "nm2"} {
		base.People = append(base.People, table.Person{ID: id, Name: "Steve McQueen", Source: "editor"})
	}
	_, _, err := table.Overlay(base, folder("a.tsv", filmHead+"oscars^97^^^Best Actor^^Anora^Steve McQueen^^^nominated^^x\n"), spring)
	if err == nil || !strings.Contains(err.Error(), `a.tsv:2: column people: "Steve McQueen" can be nm1 or nm2; give the ID`) {
		t.Errorf("error %v", err)
	}
}

func TestOverlayKeepsTradesApart(t *testing.T) {
	base := overlayBase(t)
	s, _ := overlay(t, base, "a.tsv", otherHead+"Nobel Prize^2026^2026-10-06^2026^Physics^Adrien Brody^^^x\n")
	if got := last(s).People[0].ID; got != "p-adrien-brody" {
		t.Errorf("the physicist is %s", got)
	}
}

func TestOverlayRefusesAGiant(t *testing.T) {
	fsys := fstest.MapFS{"big.tsv": {Data: bytes.Repeat([]byte{'a'}, table.MaxFile+1)}}
	if _, _, err := table.Overlay(overlayBase(t), fsys, spring); err == nil || !strings.Contains(err.Error(), "big.tsv: the file is larger than 64 MiB") {
		t.Errorf("error %v", err)
	}
}

func TestOverlayOfNothing(t *testing.T) {
	base := overlayBase(t)
	s, report, err := table.Overlay(base, folder("README.md", "hello", ".hidden.tsv", "x"), spring)
	if err != nil || s != base || len(report.Files) != 0 || !reflect.DeepEqual(report.Ignored, []string{"README.md"}) {
		t.Errorf("%v, %+v", err, report)
	}
}

// A fault that the base had before is not held against an overlay.
func TestOverlayAnswersForItselfOnly(t *testing.T) {
	base := overlayBase(t)
	base.Results[2].Source = ""
	if _, _, err := table.Overlay(base, folder("people.tsv", "id^name^died^source\nnm0004778^Adrien Brody^2027-01-01^editor\n"), spring); err != nil {
		t.Errorf("error %v", err)
	}
}
