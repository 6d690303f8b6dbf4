package generate

import "strings"

// Wrong options are real: those who lost the same race, and where they are too few, those who won or were nominated for
// the same prize in the years around it.

// rivals adds those who lost a race as wrong options.
func (b *builder) rivals(r *race, p *prize) {
	lost := b.w.losers(r, p)
	shuffle(&b.r, lost)
	for _, row := range lost {
		if !b.w.sharesWinner(r, p, row) && !b.wrong(b.w.label(p, row)) {
			return
		}
	}
	for row := int(r.from); row < int(r.from+r.won); row++ {
		for _, name := range runnersUp(b.w.k.RowOthers(row)) {
			if p.to != toWork && !b.wrong(name) {
				return
			}
		}
	}
}

// sharesWinner reports whether one of those in a losing row won the race with others.
func (w *world) sharesWinner(r *race, p *prize, row int) bool {
	for won := int(r.from); won < int(r.from+r.won); won++ {
		if w.shares(p, row, won) {
			return true
		}
	}
	return false
}

// near calls visit for the races of the same prize around a race, the nearest years first but mixed: it ends when visit
// returns false.
func (b *builder) near(r *race, visit func(*race) bool) {
	all := b.w.byCat[r.cat]
	at := 0
	for at < len(all) && all[at] != b.w.raceNo(r) {
		at++
	}
	for from := 1; from < len(all); {
		to := min(from*2+1, len(all))
		var ring []int32
		for d := from; d <= to; d++ {
			if at-d >= 0 {
				ring = append(ring, all[at-d])
			}
			if at+d < len(all) {
				ring = append(ring, all[at+d])
			}
		}
		shuffle(&b.r, ring)
		for _, n := range ring {
			if !visit(&b.w.races[n]) {
				return
			}
		}
		from = to + 1
	}
}

// raceNo is the number of a race in the world's list.
func (w *world) raceNo(r *race) int32 {
	lo, hi := 0, len(w.races)
	for lo < hi {
		mid := (lo + hi) / 2
		if w.races[mid].from < r.from {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return int32(lo)
}

// neighbours adds winners of the same prize in years around a race as wrong options, where ok allows the row.
func (b *builder) neighbours(r *race, p *prize, ok func(row int) bool) {
	b.near(r, func(other *race) bool {
		for row := int(other.from); row < int(other.from+other.won); row++ {
			if b.w.k.Confirmed(row) && ok(row) && !b.wrong(b.w.label(p, row)) {
				return false
			}
		}
		return true
	})
}

// nominees adds those nominated for the same prize in years around a race as wrong options, one a race.
func (b *builder) nominees(r *race, p *prize, ok func(row int) bool) {
	b.near(r, func(other *race) bool {
		n := int(other.to - other.from)
		for i, from := 0, b.r.below(n); i < n; i++ {
			row := int(other.from) + (from+i)%n
			if !b.w.k.Confirmed(row) || !ok(row) {
				continue
			}
			before := len(b.q.Wrong)
			if !b.wrong(b.w.label(p, row)) {
				return false
			}
			if len(b.q.Wrong) > before {
				break
			}
		}
		return true
	})
}

// outsideRace reports whether a row's receiver is not in a race.
func (b *builder) outsideRace(r *race, p *prize) func(int) bool {
	return func(row int) bool { return !b.w.inRace(r, p, row) }
}

// runnersUp are the names in a cell of runners-up: "Richard Nixon 219; Harry F. Byrd 15" or "Argentina".
func runnersUp(cell string) []string {
	var out []string
	for part := range strings.SplitSeq(cell, ";") {
		name := strings.TrimRight(strings.TrimSpace(part), "0123456789")
		if i := strings.Index(name, " ("); i > 0 {
			name = name[:i]
		}
		if name = strings.TrimSpace(name); name != "" {
			out = append(out, name)
		}
	}
	return out
}
