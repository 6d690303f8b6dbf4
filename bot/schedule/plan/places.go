package plan

import (
	_ "embed"
	"strings"
)

// placeWords are words that people type for a zone and that are not part of its name: abbreviations, countries, and big
// cities that share the zone of another. Each line is a word and its zones, the likeliest first.
//
//go:embed places.txt
var placeWords string

// place is a word and the zones it may mean, the likeliest first.
type place struct {
	word  string
	zones []string
}

func places() []place {
	var out []place
	for line := range strings.Lines(placeWords) {
		word, zones, _ := strings.Cut(line, ":")
		out = append(out, place{word, strings.Fields(zones)})
	}
	return out
}

// bigCities are the zones that many people choose, roughly in the order of how many.
func bigCities() []string {
	return strings.Fields(`
		America/New_York Europe/London America/Los_Angeles Europe/Berlin Asia/Kolkata America/Chicago Europe/Paris
		America/Sao_Paulo Asia/Tokyo Australia/Sydney America/Toronto Europe/Madrid Asia/Shanghai America/Denver
		Europe/Rome Asia/Singapore America/Mexico_City Asia/Manila Europe/Warsaw Europe/Istanbul Asia/Jakarta
		Africa/Lagos Asia/Seoul UTC Europe/Amsterdam America/Argentina/Buenos_Aires Africa/Johannesburg America/Bogota
		Asia/Dubai Africa/Cairo Asia/Hong_Kong Europe/Stockholm Pacific/Auckland Europe/Dublin America/Vancouver
		Asia/Karachi Asia/Dhaka Africa/Nairobi Asia/Bangkok Europe/Kyiv Europe/Moscow Asia/Jerusalem Asia/Riyadh
		Asia/Taipei America/Lima America/Santiago Australia/Melbourne America/Phoenix Europe/Lisbon Europe/Zurich
		Europe/Vienna Asia/Ho_Chi_Minh
`)
}
