package facts

import (
	"github.com/whowon-bot/whowon/facts/index"
	"github.com/whowon-bot/whowon/facts/table"
)

// RowID is the ID of a result.
func (k *Catalogue) RowID(row int) string { return k.c.text.resID.At(row) }

// RowSource tells where a result comes from.
func (k *Catalogue) RowSource(row int) string { return k.c.text.resSource.At(row) }

// RowNote is the remark on a result, "" mostly.
func (k *Catalogue) RowNote(row int) string { return k.c.text.resNote.At(row) }

// RowOthers names the runners-up of a result that have no rows of their own: "Kamala Harris 226".
func (k *Catalogue) RowOthers(row int) string { return k.c.text.resOthers.At(row) }

// RowAsThen is the official name of a result's category at the time, where it differs.
func (k *Catalogue) RowAsThen(row int) string { return k.c.text.resAsThen.At(row) }

// RowDetail is a detail of a result by its key ("role", "song", "score"), "" where there is none.
func (k *Catalogue) RowDetail(row int, key string) string {
	return detail(k.c.text.resDetail.At(row), key)
}

// RowEdition is the edition of a result.
func (k *Catalogue) RowEdition(row int) int { return int(k.c.db.ResEdition.At(row)) }

// RowCategory is the category of a result.
func (k *Catalogue) RowCategory(row int) int { return int(k.c.db.ResCat.At(row)) }

// RowOutcome is what became of a row.
func (k *Catalogue) RowOutcome(row int) table.Outcome { return outcomeOf(k.c.db.ResOutcome.At(row)) }

// Won reports whether a row won its race. Honorary prizes win no race.
func (k *Catalogue) Won(row int) bool { return k.c.db.ResOutcome.At(row) == index.Won }

// Lost reports whether a row was nominated and did not win.
func (k *Catalogue) Lost(row int) bool { return k.c.db.ResOutcome.At(row) == index.Nominated }

// Fit reports whether a row may be asked in a quiz: it is marked so, and confirmed.
func (k *Catalogue) Fit(row int) bool { return k.extra.resTrivia.At(row) != "" && k.Confirmed(row) }

// Confirmed reports whether a row rests on more than one source or a good one.
func (k *Catalogue) Confirmed(row int) bool { return k.c.text.resUnsure.At(row) == "" }

// RowWorks are the works of a result.
func (k *Catalogue) RowWorks(row int) index.U32 { return k.c.db.ResWorks.At(row) }

// RowPeople are the people, teams, countries and places of a result.
func (k *Catalogue) RowPeople(row int) index.U32 { return k.c.db.ResPeople.At(row) }

// Award is the award of an edition, as a number.
func (k *Catalogue) Award(edition int) int { return k.c.awardOf(edition) }

// AwardID is the ID of an award.
func (k *Catalogue) AwardID(award int) string { return k.c.text.awardID.At(award) }

// AwardKind is the sort of an award: film, television, music, sport, …
func (k *Catalogue) AwardKind(award int) string { return k.c.text.awardKind.At(award) }

// AwardName is the full name of an award.
func (k *Catalogue) AwardName(award int) string { return k.c.text.awardName.At(award) }

// AwardShort is what an award is called in a chat.
func (k *Catalogue) AwardShort(award int) string { return k.c.text.awardShort.At(award) }

// Awards counts the awards.
func (k *Catalogue) Awards() int { return k.c.db.Awards.N }

// CategoryID is the ID of a category, unique within its award.
func (k *Catalogue) CategoryID(cat int) string { return k.c.text.catID.At(cat) }

// CategoryName is the name of a category as shown.
func (k *Catalogue) CategoryName(cat int) string { return k.c.text.catName.At(cat) }

// CategoryAward is the award of a category.
func (k *Catalogue) CategoryAward(cat int) int { return int(k.c.db.CatAward.At(cat)) }

// CategoryAbout says what a category's prize goes to: work, person, team, other.
func (k *Catalogue) CategoryAbout(cat int) string { return aboutOf(k.c.db.CatAbout.At(cat)) }

// Importance is how well known a category is, from 1 (everybody knows it) to 5.
func (k *Catalogue) Importance(cat int) int { return int(k.c.db.CatRank.At(cat)) }

// CategoryFit reports whether a category may be asked in a quiz.
func (k *Catalogue) CategoryFit(cat int) bool { return k.extra.catTrivia.At(cat) != "" }

// CategoryShared reports whether several winners in one edition are the rule.
func (k *Catalogue) CategoryShared(cat int) bool { return k.extra.catShared.At(cat) != "" }

// CategoryRelatives are the same prize under the names of other times: what a category continues, and what continues it.
func (k *Catalogue) CategoryRelatives(cat int) index.U32 { return k.c.db.CatRelatives.At(cat) }

// CategoryRows are the results of a category, by edition.
func (k *Catalogue) CategoryRows(cat int) index.U32 { return k.c.db.CatResults.At(cat) }

// EditionID is the ID of an edition, unique within its award.
func (k *Catalogue) EditionID(e int) string { return k.c.text.edID.At(e) }

// EditionName is the name of an edition: "97th Academy Awards".
func (k *Catalogue) EditionName(e int) string { return k.c.text.edName.At(e) }

// EditionYear is the year an edition was held in.
func (k *Catalogue) EditionYear(e int) int { return int(k.c.db.EdYear.At(e)) }

// EditionDate is the date of an edition, YYYY-MM-DD or as far as it is known.
func (k *Catalogue) EditionDate(e int) string { return k.c.text.edDate.At(e) }

// EditionHonoured is the year or years that an edition honours ("2024", "1927/28"), "" where that is the year it was held.
func (k *Catalogue) EditionHonoured(e int) string { return k.c.text.edHonoured.At(e) }

// EditionCalled are the years people call an edition by, where that is not the year it was held (Tokyo 2020).
func (k *Catalogue) EditionCalled(e int) index.U32 { return k.c.db.EdCalled.At(e) }

// EditionHosts are the hosts of an edition.
func (k *Catalogue) EditionHosts(e int) []string { return list(k.c.text.edHosts.At(e)) }

// EditionVenue is where an edition was held.
func (k *Catalogue) EditionVenue(e int) string { return k.c.text.edVenue.At(e) }

// EditionSure reports whether date, venue and hosts of an edition are of high confidence.
func (k *Catalogue) EditionSure(e int) bool { return k.extra.edSure.At(e) == "high" }

// EditionDoubtful reports whether date, venue and hosts of an edition are known to be less than certain.
func (k *Catalogue) EditionDoubtful(e int) bool {
	sure := k.extra.edSure.At(e)
	return sure != "" && sure != "high"
}

// EditionClaims are the claims about an edition.
func (k *Catalogue) EditionClaims(e int) index.U32 { return k.c.db.EdClaims.At(e) }

// EditionRows are the results of an edition: from ≤ row < to.
func (k *Catalogue) EditionRows(e int) (from, to int) {
	return int(k.c.db.EdResults.At(e)), int(k.c.db.EdResults.At(e + 1))
}
