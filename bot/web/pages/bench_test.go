package pages

import (
	"net/http"
	"testing"
)

// BenchmarkPages makes the largest pages of their kind.
func BenchmarkPages(b *testing.B) {
	c := corpus(b)
	h := serving(b, c, "https://whowon.example.org")
	award, edition, rows := "", "", 0
	k := c.Catalogue()
	for e := range k.Editions() {
		if from, to := k.EditionRows(e); to-from > rows {
			award, edition, rows = k.AwardID(k.Award(e)), k.EditionID(e), to-from
		}
	}
	person, most := "", 0
	for p := range k.People() {
		if n := k.PersonRows(p).Len(); n > most {
			person, most = k.PersonID(p), n
		}
	}
	last := k.RowID(k.Results() - 1)
	for name, path := range map[string]string{"ceremony": "/e/" + award + "/" + edition, "person": "/p/" + person, "film": "/w/tt0141842",
		"category": "/c/cannes/palme-dor", "fact": "/f/" + last, "day": "/d/03-02", "search": "/search?q=all+best+picture+winners",
		"award": "/a/golden-globes", "browse": "/browse", "nothing": "/f/nothing"} {
		b.Run(name, func(b *testing.B) {
			size := 0
			for b.Loop() {
				w := request(b, h, http.MethodGet, path)
				if size = w.Body.Len(); size == 0 {
					b.Fatal(path)
				}
			}
			b.ReportMetric(float64(size), "B/page")
		})
	}
}
