package judge

// region reports whether t names a country or state that people write behind a city: Paris, France.
func (t *text) region() bool {
	var w []byte
	said := 0
	for i := range t.count {
		if t.content(i) {
			said++
			w = t.word(i)
		}
	}
	if said == 2 { // New York, North Carolina
		switch string(w) {
		case "york", "jersey", "mexico", "hampshire", "zealand", "carolina", "dakota", "virginia", "korea", "africa",
			"kingdom", "states":
			return true
		}
	}
	if said != 1 {
		return false
	}
	switch string(w) {
	case "alabama", "alaska", "arizona", "arkansas", "california", "colorado", "connecticut", "delaware", "florida",
		"georgia", "hawaii", "idaho", "illinois", "indiana", "iowa", "kansas", "kentucky", "louisiana", "maine",
		"maryland", "massachusetts", "michigan", "minnesota", "mississippi", "missouri", "montana", "nebraska", "nevada",
		"ohio", "oklahoma", "oregon", "pennsylvania", "tennessee", "texas", "utah", "vermont", "virginia", "washington",
		"wisconsin", "wyoming", "us", "usa", "uk", "england", "scotland", "wales", "ireland", "france", "germany",
		"italy", "spain", "portugal", "belgium", "netherlands", "holland", "switzerland", "austria", "poland", "russia",
		"ukraine", "greece", "turkey", "sweden", "norway", "denmark", "finland", "hungary", "canada", "mexico", "brazil",
		"argentina", "chile", "peru", "colombia", "australia", "china", "japan", "india", "egypt", "israel", "iran",
		"iraq":
		return true
	}
	return false
}
