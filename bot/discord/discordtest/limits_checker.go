package discordtest

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// The checks in the files limits_*.go are of bodies alone: they know no state of the server. A field of a wrong type ends a
// check with one error; all else that is wrong is reported together, as Discord does.

// checker collects what is wrong in a body.
type checker struct {
	errs []fieldError
	late []fieldError // of parts that are right in themselves and do not go together; told when all are

	// What holds of all components of a body together.
	components int
	text       int // characters of text displays
	ids        map[int64]bool
	customIDs  map[string]bool
}

func (c *checker) add(path, code, format string, args ...any) {
	c.errs = append(c.errs, fieldError{path, code, fmt.Sprintf(format, args...)})
}

func (c *checker) addLate(path, code, format string, args ...any) {
	c.late = append(c.late, fieldError{path, code, fmt.Sprintf(format, args...)})
}

// found is all that is wrong, by path.
func (c *checker) found() []fieldError {
	if len(c.errs) == 0 {
		c.errs = c.late
	}
	slices.SortStableFunc(c.errs, func(a, b fieldError) int { return strings.Compare(a.Path, b.Path) })
	return c.errs
}

// decode reads a body. It reports false, and says why, where that cannot be done.
func (c *checker) decode(body []byte, into any) bool {
	if err := json.Unmarshal(body, into); err != nil {
		c.add("", "BASE_TYPE_BAD", "%v", err)
		return false
	}
	return true
}

// characters is how long Discord takes a text to be: it counts code points, says its staff in
// https://github.com/discord/discord-api-docs/issues/1315.
func characters(s string) int { return utf8.RuneCountInString(s) }

// blank reports whether nothing is left of a text when Discord has trimmed it.
func blank(s string) bool { return strings.TrimSpace(s) == "" }

func (c *checker) required(path string) { c.add(path, "BASE_TYPE_REQUIRED", "This field is required") }

// filled is a text that must be there, with at most so many characters.
func (c *checker) filled(path, s string, most int) {
	if blank(s) {
		c.required(path)
		return
	}
	c.atMost(path, s, most)
}

func (c *checker) atMost(path, s string, most int) {
	if characters(s) > most {
		c.add(path, "BASE_TYPE_MAX_LENGTH", "Must be %d or fewer in length.", most)
	}
}

// count is the length of a list.
func (c *checker) count(path string, n, least, most int) {
	if n < least || n > most {
		c.add(path, "BASE_TYPE_BAD_LENGTH", "Must be between %d and %d in length.", least, most)
	}
}

// between is a number that may be left out.
func (c *checker) between(path string, n *int, least, most int) {
	switch {
	case n == nil:
	case *n < least:
		c.add(path, "NUMBER_TYPE_MIN", "int value should be greater than or equal to %d.", least)
	case *n > most:
		c.add(path, "NUMBER_TYPE_MAX", "int value should be less than or equal to %d.", most)
	}
}

// oneOf is a number of a closed list.
func (c *checker) oneOf(path string, n int, allowed ...int) bool {
	if slices.Contains(allowed, n) {
		return true
	}
	c.add(path, "BASE_TYPE_CHOICES", "Value must be one of %v.", allowed)
	return false
}

// absent is for fields that a thing of this kind does not have.
func (c *checker) absent(path string, there bool) {
	if there {
		c.add(path, "BASE_TYPE_FORBIDDEN", "This field cannot be used here.")
	}
}

// address is a URL of one of the schemes; "" is none.
func (c *checker) address(path, s string, most int, schemes ...string) {
	if s == "" {
		return
	}
	c.atMost(path, s, most)
	u, err := url.Parse(s)
	switch {
	case err != nil || u.Scheme == "" || u.Host == "":
		c.add(path, "URL_TYPE_INVALID_URL", "Not a well formed URL.")
	case !slices.Contains(schemes, strings.ToLower(u.Scheme)):
		c.add(path, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of %v.", schemes)
	}
}

// under is the path of a field, or of the element of a list, in what is at another path.
func under(path string, parts ...any) string {
	for _, part := range parts {
		s, ok := part.(string)
		if !ok {
			s = strconv.Itoa(part.(int)) //nolint:errcheck // parts are names and indexes
		}
		if path != "" {
			path += "."
		}
		path += s
	}
	return path
}
