package facts

import (
	"strings"

	"github.com/whowon-bot/whowon/facts/index"
)

// detail is one value of a cell of keys and values.
func detail(cell, key string) string {
	for part := range strings.SplitSeq(cell, "|") {
		if k, value, ok := strings.Cut(part, "="); ok && k == key {
			return value
		}
	}
	return ""
}

// PersonID is the ID of a person, team, country, place or group.
func (k *Catalogue) PersonID(p int) string { return k.c.text.perID.At(p) }

// PersonName is the canonical name.
func (k *Catalogue) PersonName(p int) string { return k.c.text.perName.At(p) }

// PersonKind is person, team, country, place or group.
func (k *Catalogue) PersonKind(p int) string { return k.c.text.perKind.At(p) }

// PersonAliases are other spellings and names.
func (k *Catalogue) PersonAliases(p int) []string { return list(k.extra.perAliases.At(p)) }

// PersonFamily is the part of a name that suffices as an answer, "" where it is not known.
func (k *Catalogue) PersonFamily(p int) string { return k.extra.perFamily.At(p) }

// PersonApart tells a person from a namesake, "" where there is none.
func (k *Catalogue) PersonApart(p int) string { return k.c.text.perApart.At(p) }

// PersonBorn is a date of birth, YYYY-MM-DD or as far as it is known; "" where it is not known with high confidence.
func (k *Catalogue) PersonBorn(p int) string {
	if k.extra.perConfidence.At(p) != "high" {
		return ""
	}
	return k.c.text.perBorn.At(p)
}

// PersonSex is m, f or "".
func (k *Catalogue) PersonSex(p int) string { return k.c.text.perSex.At(p) }

// PersonKnownFor are titles that a person is known for.
func (k *Catalogue) PersonKnownFor(p int) []string { return list(k.c.text.perKnown.At(p)) }

// PersonFame grows with what a person was nominated for and won; 0 is nobody.
func (k *Catalogue) PersonFame(p int) int { return int(k.c.db.PerFame.At(p)) }

// PersonRows are the results of a person, by edition within an award.
func (k *Catalogue) PersonRows(p int) index.U32 { return k.c.db.PerResults.At(p) }

// PersonClaims are the claims about a person.
func (k *Catalogue) PersonClaims(p int) index.U32 { return k.c.db.PerClaims.At(p) }

// FindPerson is the number of a person by ID, -1 where there is none.
func (k *Catalogue) FindPerson(id string) int { return k.c.find(id, index.IsPerson) }

// WorkID is the ID of a work.
func (k *Catalogue) WorkID(w int) string { return k.c.text.workID.At(w) }

// WorkTitle is the canonical title.
func (k *Catalogue) WorkTitle(w int) string { return k.c.text.workTitle.At(w) }

// WorkYear is the first year in a work's year, 0 where it is not known.
func (k *Catalogue) WorkYear(w int) int { return int(k.c.db.WorkYear.At(w)) }

// WorkAliases are other titles.
func (k *Catalogue) WorkAliases(w int) []string { return list(k.extra.workAliases.At(w)) }

// WorkApart tells a work from another of the same title ("1957 film"), "" where there is none.
func (k *Catalogue) WorkApart(w int) string { return k.c.text.workApart.At(w) }

// WorkCast are the known members of a work's cast, the leads first.
func (k *Catalogue) WorkCast(w int) []string { return list(k.extra.workCast.At(w)) }

// HasCast reports whether the cast of a work is known.
func (k *Catalogue) HasCast(w int) bool { return k.extra.workCast.At(w) != "" }

// WorkDirectors are the directors of a work, from claims and prizes for directing.
func (k *Catalogue) WorkDirectors(w int) []string { return k.c.directors(w) }

// WorkFame grows with what a work was nominated for and won; 0 is nobody.
func (k *Catalogue) WorkFame(w int) int { return int(k.c.db.WorkFame.At(w)) }

// WorkRows are the results of a work, by edition within an award.
func (k *Catalogue) WorkRows(w int) index.U32 { return k.c.db.WorkResults.At(w) }

// WorkClaims are the claims about a work.
func (k *Catalogue) WorkClaims(w int) index.U32 { return k.c.db.WorkClaims.At(w) }

// FindWork is the number of a work by ID, -1 where there is none.
func (k *Catalogue) FindWork(id string) int { return k.c.find(id, index.IsWork) }

// Happening is a dated event.
func (k *Catalogue) Happening(i int) Event { return k.c.happening(i) }

// HappeningID is the ID of a dated event.
func (k *Catalogue) HappeningID(i int) string { return k.c.text.hapID.At(i) }

// HappeningKind is birth, death, premiere, release, ceremony, final, opening or election.
func (k *Catalogue) HappeningKind(i int) string { return k.c.text.hapKind.At(i) }

// HappeningField is a field of a dated event by its key ("place", "award"), "" where there is none.
func (k *Catalogue) HappeningField(i int, key string) string {
	return detail(k.c.text.hapFields.At(i), key)
}

// HappeningSure reports whether a dated event rests on more than one source or a good one.
func (k *Catalogue) HappeningSure(i int) bool { return k.c.text.hapConfidence.At(i) == "" }

// HappeningDate is the date of an event, YYYY-MM-DD.
func (k *Catalogue) HappeningDate(i int) string {
	return date8(k.c.db.HapYear.At(i), k.c.db.HapDay.At(i))
}

// HappeningPerson is the first person of a dated event, -1 where it names none.
func (k *Catalogue) HappeningPerson(i int) int {
	return k.firstOf(k.c.text.hapPeople.At(i), index.IsPerson)
}

// HappeningWork is the first work of a dated event, -1 where it names none.
func (k *Catalogue) HappeningWork(i int) int { return k.firstOf(k.c.text.hapWorks.At(i), index.IsWork) }

func (k *Catalogue) firstOf(cell string, sortOf index.Sort) int {
	if cell == "" {
		return -1
	}
	id, _, _ := strings.Cut(cell, "|")
	return k.c.find(id, sortOf)
}

// First is a curated first.
func (k *Catalogue) First(i int) First { return k.c.first(i) }

// Claim is a statement that is not a result.
func (k *Catalogue) Claim(i int) Claim { return k.c.claim(i) }

// ClaimID is the ID of a claim.
func (k *Catalogue) ClaimID(i int) string { return k.c.text.claimID.At(i) }

// ClaimSubjectID is the ID of the work or person, or <award>/<edition>, that a claim is about; "" where it names none.
func (k *Catalogue) ClaimSubjectID(i int) string { return k.extra.claimSubjectID.At(i) }

// ClaimPredicate is what a claim says: "directed by".
func (k *Catalogue) ClaimPredicate(i int) string { return k.c.text.claimPredicate.At(i) }

// ClaimObject is what a claim says it of: "Sean Baker".
func (k *Catalogue) ClaimObject(i int) string { return k.c.text.claimObject.At(i) }
