package table_test

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/whowon-bot/whowon/facts/table"
)

// What can be read can be checked, and written where every value is fit; what is written reads the same.
func FuzzRead(f *testing.F) {
	for name, file := range small() {
		f.Add(name, file.Data)
	}
	f.Add("people.tsv", []byte("id\tname\r\na\tb\r\n"))
	f.Add("editions.tsv", []byte("\ufeffaward\tid\tyear\tcalled\nx\t1\t-1\t1|2\n"))
	f.Add("results/x.tsv", []byte("id\taward\tedition\tcategory\toutcome\twork_ids\tdetail\ni\tx\t1\tc\tnone\t|\ta=|b==\n"))
	f.Add("works.tsv", []byte("id\ttitle\n\x00\xff\n"))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		fsys := small()
		if _, ok := fsys[name]; !ok && !strings.HasPrefix(name, "results/") {
			name = "people.tsv"
		}
		fsys[name] = &fstest.MapFile{Data: data}
		s, err := table.Read(fsys)
		if err != nil {
			return
		}
		table.Check(s, now)
		recs, err := s.Records(true)
		if err != nil {
			return
		}
		back, err := table.FromRecords(recs)
		if err != nil {
			t.Fatalf("what was read cannot be read back: %v", err)
		}
		again, err := back.Records(true)
		if err != nil || !reflect.DeepEqual(recs, again) {
			t.Fatalf("records differ: %v\n%v\n%v", err, recs, again)
		}
	})
}

// No overlay makes the loader panic, change its base or let a fault through.
func FuzzOverlay(f *testing.F) {
	seeds := []string{
		filmHead + "academy-awards^99^2027-03-14^2026^Best Actor^ACTOR^Ahoy;B^Ann;Bob^nm9;?^tt9;tt8^won^tie; role: X; Y^s\n",
		filmHead + "oscars^97th^^2024^best actor^^^;^^tt8999762^none^:^s\n",
		otherHead + "Nobel^2026^2026-10-06^2026^Physics^Ada; Bob^share=1/2; =; x^^s\nBooker Prize^x^^2026^^(not awarded)^^^s\n",
		oscarsHead + "99^2026/27^Acting^ACTOR^ACTOR^A|B^tt9|?^N^Ann, Bob^nm1,nm2^True^Cook|Mate\n1^1927/28^Special^X (Y^(Z)^^^^^^True\n",
		"id^award^edition^category^works^work_ids^people^outcome^source\n^academy-awards^97^Best Actor^A|B^|tt9^^nominated^s\n",
		"award^id^year^called^source\nacademy-awards^98^2026^2025^s\n",
		"id^name^aliases\nnm0004778^Brody^a|b\n",
		"", "\n", "award", "Ceremony,Year\n",
	}
	for _, s := range seeds {
		f.Add("a.tsv", []byte(strings.ReplaceAll(s, "^", "\t")))
	}
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if strings.Contains(name, "/") || name == "" || name == "." || name == ".." {
			name = "a.tsv"
		}
		base := overlayBase(t)
		s, _, err := table.Overlay(base, fstest.MapFS{name: {Data: data}}, spring)
		if !reflect.DeepEqual(base, overlayBase(t)) {
			t.Fatal("the base was changed")
		}
		if err != nil {
			return
		}
		for _, fault := range table.Check(s, spring).Faults() {
			if fault.Invariant != "orphans" {
				t.Fatalf("a fault went through: %v", fault)
			}
		}
		if _, err := s.Records(false); err != nil {
			t.Fatalf("the merged set cannot be stored: %v", err)
		}
	})
}
