package table_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"github.com/whowon-bot/whowon/facts/table"
)

func TestImportPrintsATableThatReadsTheSame(t *testing.T) {
	for name, text := range map[string]string{
		"oscars.csv": oscarsHead + "99^2026^Acting^ACTOR^ACTOR^Ahoy|Bounty^tt9|tt10^Ann Other^Ann Other^?^True^The Cook|The Mate\n" +
			"99^2026^Acting^ACTOR^ACTOR^Ahoy; A Life^tt11^Bob^Bob Some|Cy Body^nm8|nm7^True\n",
		"film.tsv":  filmHead + "academy-awards^99^2027-03-14^2026^Best Actor^ACTOR^Ahoy^Timothée Chalamet^^tt9^won^odd; role: The Cook; his twin^academy\n",
		"other.tsv": otherHead + "Booker Prize^2026^2026-11-10^2026^Fiction^David Szalay^Bone; pages=300^Some; Body^booker\n",
		"own.tsv":   "id^award^edition^category^works^people^outcome^source\nmine^academy-awards^97^Best Picture^The Brutalist^Ann Other^nominated^editor\n",
	} {
		base := overlayBase(t)
		im, err := table.Import(base, name, strings.NewReader(strings.ReplaceAll(text, "^", "\t")), spring)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var printed bytes.Buffer
		if err := im.WriteTable(&printed); err != nil {
			t.Fatal(err)
		}
		again, err := table.Import(base, im.Name(), &printed, spring)
		if err != nil {
			t.Errorf("%s: printed as %s: %v", name, im.Name(), err)
			continue
		}
		first, second := im.Set.Results, again.Set.Results
		if len(first) == len(base.Results) || len(first) != len(second) {
			t.Errorf("%s: %d results, then %d", name, len(first), len(second))
			continue
		}
		for i := range first {
			first[i].Pos, second[i].Pos = table.Pos{}, table.Pos{}
		}
		if !reflect.DeepEqual(first, second) {
			t.Errorf("%s: printed, it reads\n%+v\nnot\n%+v", name, second[len(base.Results):], first[len(base.Results):])
		}
	}
}

func TestImportedName(t *testing.T) {
	im, err := table.Import(overlayBase(t), "x.tsv", strings.NewReader(strings.ReplaceAll(filmHead+
		"academy-awards^99^2027-03-14^2026^Best Picture^^Ahoy^Ann Other^^^won^^academy\n", "^", "\t")), spring)
	if err != nil || im.Name() != "2027-03-14-academy-awards.tsv" {
		t.Errorf("%v, %v", im, err)
	}
}
