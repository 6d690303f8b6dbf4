package bot

import "github.com/whowon-bot/whowon/facts"

// This file lends words to package bot/web/pages, so that a page says a thing as an answer does.

// LongDate writes a date of the tables for people: "2025-03-02" is "2 March 2025"; what is no date stays as it is.
func LongDate(s string) string { return longDate(Clean(s)) }

// HonouredWords say what an edition honours where that is not the year it was held in: "films of 2024".
func HonouredWords(e facts.Edition) string { return Clean(honoured(e)) }

// HeldWords are venue, hosts and remark of an edition.
func HeldWords(e facts.Edition) string { return Clean(heldWords(e)) }

// RowWords word what a row says beyond who and what: role, score, place, votes.
func RowWords(r facts.Row) string { return Clean(details(r)) }

// CountWords count wins and nominations: "4 Oscars from 4 nominations".
func CountWords(c facts.Count) string { return Clean(wins(c)) }

// RowDetail is a detail of a row by its key, "" where there is none.
func RowDetail(r facts.Row, key string) string { return Clean(detail(r, key)) }

// ThenName is the name of a race's category at the time, where it says something else than today's.
func ThenName(r facts.Race) string {
	if !renamed(r.Category.Name, r.AsThen) {
		return ""
	}
	return Clean(unshout(r.AsThen))
}

// WorkName is the title of a work with its year.
func WorkName(w *facts.Work) string { return Clean(workName(w)) }

// Origins names up to n of the sources of a row and leads to those that lie open.
func Origins(source string, n int) Line { return origins(source, n) }

// ClaimLine is a claim in one line, without its source.
func ClaimLine(c facts.Claim) Line { return claimLine([]facts.Claim{c}) }

// FirstLine is a curated first in one line, without its source.
func FirstLine(f facts.First) Line { return firstLine(f) }

// EventLine is what happened, in one line without year and source.
func EventLine(e facts.Event) Line { return eventWords(e) }

// Unconfirmed marks what rests on one source.
const Unconfirmed = unconfirmedWords
