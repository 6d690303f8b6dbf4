package discord

import (
	"strconv"
	"strings"
)

// A custom ID is the state of a button as it is, "t/a/…", or with what to do with it in front: "p2:" shows the third page
// of a view that the state gives, "i:" asks for a text first. States begin with letters and a slash, so they cannot be
// taken for one of these.

// maxCustomID is how long a custom ID may be. Discord counts characters; bytes are never fewer.
const maxCustomID = 100

const inputPrefix = "i:"

func pageID(state string, page int) string { return "p" + strconv.Itoa(page) + ":" + state }

func inputID(state string) string { return inputPrefix + state }

// parseCustomID reads a custom ID, of any version of the program. It reports false for what never was one.
func parseCustomID(id string) (state string, page int, asks, ok bool) {
	if rest, ok := strings.CutPrefix(id, inputPrefix); ok {
		return rest, 0, true, rest != ""
	}
	head, rest, found := strings.Cut(id, ":")
	if digits, paged := strings.CutPrefix(head, "p"); found && paged {
		if n, err := strconv.Atoi(digits); err == nil && n >= 0 {
			return rest, n, false, rest != ""
		}
	}
	return id, 0, false, id != ""
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }
