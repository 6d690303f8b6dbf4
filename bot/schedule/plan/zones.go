package plan

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// zoneNames are the names of zones to choose from, one on a line and sorted: Area/City for every area of a country, and
// UTC, from the IANA time zone database (public domain, https://www.iana.org/time-zones).
//
//go:embed zones.txt
var zoneNames string

// zoneLinks are older names, one on a line with the name of today, as the same database has them.
//
//go:embed links.txt
var zoneLinks string

// longestZone bounds the name of a zone, in bytes; the longest there is has 32.
const longestZone = 64

// Zones lists the names of zones to choose from, sorted.
func Zones() []string {
	return strings.Fields(zoneNames)
}

// Canonical is the proper name of a zone: "europe/berlin" is Europe/Berlin, and US/Pacific is America/Los_Angeles. Where
// there is no such zone the error proposes up to three.
//
// EST, MST and GMT are refused with proposals, though the database has them: there they are zones without summer time, and
// hardly anybody who types them wants to be an hour off for half of the year.
func Canonical(s string) (string, error) {
	name := strings.ReplaceAll(strings.TrimSpace(s), " ", "_")
	switch upper := strings.ToUpper(name); {
	case len(name) > longestZone:
		return "", unknown(s)
	case misleads(upper):
		return "", fmt.Errorf("%s has no summer time: did you mean %s?", upper, list(nearest(upper, 3), "or", "UTC"))
	}
	for line := range strings.Lines(zoneNames) {
		if zone := strings.TrimSpace(line); strings.EqualFold(zone, name) {
			return zone, nil
		}
	}
	for line := range strings.Lines(zoneLinks) {
		if old, zone, _ := strings.Cut(strings.TrimSpace(line), " "); strings.EqualFold(old, name) {
			return zone, nil
		}
	}
	if n, ok := strings.CutPrefix(strings.ToLower(name), "etc/gmt"); ok && isOffset("Etc/GMT"+n) {
		return "Etc/GMT" + n, nil
	}
	if isPlace(name) {
		if _, err := load(name); err == nil { // younger than our list
			return name, nil
		}
	}
	return "", unknown(s)
}

// load reads a zone. It takes every name that the database has, also older ones, but not the directories in which systems
// keep other versions of it, and not what is not the zone of a place.
func load(name string) (*time.Location, error) {
	switch {
	case name == "":
		return nil, errors.New("the time zone is missing: give an IANA name, such as Europe/Berlin")
	case strings.EqualFold(name, "local"):
		return nil, errors.New("the zone Local is that of whatever machine this runs on: give an IANA name, such as Europe/Berlin")
	case len(name) > longestZone || !listed(name) && !isPlace(name):
		return nil, unknown(name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, unknown(name)
	}
	return loc, nil
}

// listed reports whether name is one of our lists, or one of the few that are in neither.
func listed(name string) bool {
	if strings.ContainsAny(name, " \n") {
		return false
	}
	return hasLine(zoneNames, name+"\n") || hasLine(zoneLinks, name+" ") ||
		misleads(name) || isOffset(name)
}

// misleads reports whether the database has name as a zone without summer time, where people mean one that has it.
func misleads(name string) bool {
	return name == "EST" || name == "MST" || name == "GMT"
}

// hasLine reports whether a line of text begins with s.
func hasLine(text, s string) bool {
	return strings.HasPrefix(text, s) || strings.Contains(text, "\n"+s)
}

// isOffset reports whether name is a zone by its distance from UTC: Etc/GMT-14 to Etc/GMT+12.
func isOffset(name string) bool {
	n, ok := strings.CutPrefix(name, "Etc/GMT")
	if !ok || len(n) < 2 || n[0] != '-' && n[0] != '+' || n[1] == '0' {
		return false
	}
	hours, err := strconv.Atoi(n)
	return err == nil && hours >= -14 && hours <= 12
}

// isPlace reports whether name has the form Area/City, of an area that the database has.
func isPlace(name string) bool {
	area, city, ok := strings.Cut(name, "/")
	return ok && city != "" && hasLine(zoneNames, area+"/")
}

// unknown says that there is no such zone, and which were perhaps meant.
func unknown(name string) error {
	near := nearest(name, 3)
	if len(near) == 0 {
		return fmt.Errorf("there is no time zone %s: give an IANA name, such as Europe/Berlin", quote(name))
	}
	return fmt.Errorf("there is no time zone %s: did you mean %s?", quote(name), list(near, "or", ""))
}

// quote repeats what somebody typed, in quotation marks and short, with whatever is not a printable letter escaped.
func quote(s string) string {
	return strconv.Quote(clip(s, 40))
}

// clip is at most n bytes of s, cut between letters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
