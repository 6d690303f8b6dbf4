package raw

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/table"
)

// doubts marks the rows that rest on one source: those of TO_VERIFY.tsv, unless a correction confirms them as certain.
func (b *builder) doubts(sh *sheet) {
	for _, v := range sh.rows {
		if v.confirmed {
			continue
		}
		marked := 0
		for _, name := range sorted(b.sheets) {
			target := b.sheets[name]
			if target == sh || !strings.HasPrefix(target.file, "film/") {
				continue
			}
			for _, l := range target.rows {
				if l.get("award") == v.get("award") && l.get("edition") == v.get("edition") &&
					l.get("category") == v.get("category") && l.get("work") == v.get("work") && l.get("result") != "nominated" &&
					!l.confirmed {
					l.doubtful, marked = true, marked+1
				}
			}
		}
		if marked == 0 {
			b.report.note("%s: %s %s, %s, %s is in no table, or confirmed there", v.pos(), v.get("award"), v.get("edition"),
				v.get("category"), v.get("work"))
		}
	}
}

// emmyCategories are the names of emmy.tsv and those of emmys-primetime.tsv for the same prizes.
var emmyCategories = map[string]string{
	"Outstanding Limited or Anthology Series / Miniseries": "Outstanding Limited Series",
	"Lead Actor, Drama":            "Outstanding Lead Actor in a Drama Series",
	"Lead Actress, Drama":          "Outstanding Lead Actress in a Drama Series",
	"Lead Actor, Comedy":           "Outstanding Lead Actor in a Comedy Series",
	"Lead Actress, Comedy":         "Outstanding Lead Actress in a Comedy Series",
	"Lead Actor, Limited Series":   "Outstanding Lead Actor in a Limited Series or Movie",
	"Lead Actress, Limited Series": "Outstanding Lead Actress in a Limited Series or Movie",
	"Supporting Actor, Drama":      "Outstanding Supporting Actor in a Drama Series",
	"Supporting Actress, Drama":    "Outstanding Supporting Actress in a Drama Series",
	"Supporting Actor, Comedy":     "Outstanding Supporting Actor in a Comedy Series",
	"Supporting Actress, Comedy":   "Outstanding Supporting Actress in a Comedy Series",
}

// emmyEntries turns other/emmy.tsv into entries of the award that emmys-primetime.tsv is about.
func (b *builder) emmyEntries(sh *sheet) {
	for _, l := range sh.rows {
		s := specOf("emmys-primetime")
		id, ordinal := s.editionID(l.get("edition"), l.get("year"), "")
		e := &entry{at: l.pos(), line: l, spec: s, edition: id, category: emmyCategory(l.get("category")), outcome: table.Won,
			source: cleanSource(l.get("source")), unconfirmed: l.doubtful || strings.Contains(l.get("source"), "VERIFY")}
		if strings.Contains(e.category, "Actor") || strings.Contains(e.category, "Actress") {
			e.names, e.nameIDs, e.kinds = []string{l.get("winner")}, []string{""}, []string{"person"}
			if w := l.get("for_work_or_detail"); w != "" {
				e.titles, e.titleIDs = []string{w}, []string{""}
			}
		} else {
			e.titles, e.titleIDs = []string{l.get("winner")}, []string{""}
			if t := emmyTitles[l.get("winner")]; t != "" {
				e.titles[0], e.alsoTitles = t, []string{l.get("winner")}
			}
		}
		b.otherEdition(e, l, ordinal)
		b.entries = append(b.entries, e)
	}
}

// emmyTitles are titles of emmy.tsv that emmys-primetime.tsv writes otherwise.
var emmyTitles = map[string]string{
	"Anne Frank: The Whole Story": "Anne Frank", "Taken": "Steven Spielberg Presents Taken",
	"The People v. O. J. Simpson: American Crime Story": "The People v. O.J. Simpson: American Crime Story",
}

func emmyCategory(name string) string {
	if c := emmyCategories[name]; c != "" {
		return c
	}
	return name
}
