package raw

import (
	"regexp"
	"sync"
)

// form gives a regular expression that is compiled when it is first used: the program links this package, but compiles raw
// tables in few of its runs.
func form(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
