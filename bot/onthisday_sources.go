package bot

import "strings"

// sourcesPage credits all sources.
const sourcesPage = "https://github.com/whowon-bot/whowon/blob/main/facts/data/SOURCES.md"

// published are the sources that lie open somewhere, by what their names in the tables have in them; SOURCES.md has the same
// addresses.
func published() []struct{ name, url string } {
	return []struct{ name, url string }{
		{"whowon's editors", sourcesPage},
		{"DLu/oscar_data", "https://github.com/DLu/oscar_data"},
		{"kometa-imdb-awards", "https://github.com/Kometa-Team/IMDb-Awards"},
		{"prasertcbs/basic-dataset", "https://github.com/prasertcbs/basic-dataset"},
		{"basic-dataset disney_gross", "https://github.com/prasertcbs/basic-dataset"},
		{"prust/wikipedia-movie-data", "https://github.com/prust/wikipedia-movie-data"},
		{"vega-datasets", "https://github.com/vega/vega-datasets"},
		{"Rdatasets", "https://github.com/vincentarelbundock/Rdatasets"},
		{"f1db/f1db", "https://github.com/f1db/f1db"},
		{"JeffSackmann/tennis_atp", "https://github.com/JeffSackmann/tennis_atp"},
		{"JeffSackmann/tennis_wta", "https://github.com/JeffSackmann/tennis_wta"},
		{"thomascamminady/LeTourDataSet", "https://github.com/thomascamminady/LeTourDataSet"},
		{"martj42/international_results", "https://github.com/martj42/international_results"},
		{"jfjelstul/worldcup", "https://github.com/jfjelstul/worldcup"},
		{"openfootball/worldcup", "https://github.com/openfootball/worldcup"},
		{"openfootball/champions-league", "https://github.com/openfootball/champions-league"},
		{"jalapic/engsoccerdata", "https://github.com/jalapic/engsoccerdata"},
		{"the-pudding/data", "https://github.com/the-pudding/data"},
		{"baseballdatabank", "https://github.com/chadwickbureau/baseballdatabank"},
		{"craighillelson/super_bowls", "https://github.com/craighillelson/super_bowls"},
		{"unitedstates/congress-legislators", "https://github.com/unitedstates/congress-legislators"},
		{"carsonp4/Final-Project", "https://github.com/carsonp4/Final-Project"},
		{"JN2187/Oscar_Race", "https://github.com/JN2187/Oscar_Race"},
		{"AM117-cyber/Mujeres_en_Oscars", "https://github.com/AM117-cyber/Mujeres_en_Oscars"},
	}
}

// origins names up to n of the sources of a cell, without what they were checked against, and leads to those that lie open.
// An address is a source of its own.
func origins(source string, n int) Line {
	var l Line
	had := map[string]bool{}
	left := 0
	for _, one := range splitSources(source) {
		name := one
		if !strings.Contains(one, "Rdatasets") { // which says where the data lies
			name, _, _ = strings.Cut(one, " (")
		}
		if name = Clip(strings.Trim(name, " )"), 80); name == "" || had[name] {
			continue
		}
		if had[name] = true; len(had) > n {
			left++
			continue
		}
		if len(l) > 0 {
			l = append(l, T(", "))
		}
		l = append(l, Link(name, addressOf(one)))
	}
	switch {
	case len(l) == 0:
		return L(Link("whowon's tables", sourcesPage))
	case left > 0:
		l = append(l, T(" and "+thousands(left)+" more"))
	}
	return l
}

// addressOf is where a source lies open, "" where it does not.
func addressOf(source string) string {
	if strings.HasPrefix(source, "https://") {
		return source
	}
	for _, p := range published() {
		if strings.Contains(source, p.name) {
			return p.url
		}
	}
	return ""
}

// splitSources are the sources that a cell names.
func splitSources(cell string) []string {
	var out []string
	for one := range strings.SplitSeq(strings.ReplaceAll(cell, " + ", ";"), ";") {
		if one = sourceName(one); one != "" {
			out = append(out, one)
		}
	}
	return out
}
