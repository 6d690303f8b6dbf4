package check

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"unicode/utf8"
)

// surface is where blocks are shown: https://docs.slack.dev/surfaces
type surface string

const (
	inMessage surface = "message"
	inModal   surface = "modal"
	inHome    surface = "home"
)

// maxFindings is how many findings are told at most: the first ones say enough.
const maxFindings = 50

// object is a JSON object.
type object = map[string]any

// checker gathers what is wrong with one message, view, answer or manifest.
type checker struct {
	code  string // the error Slack answers with
	on    surface
	found []string

	blockIDs  map[string]string // each block_id, and where it was first
	tables    int
	tableText int // characters in the cells of all tables
	inputs    int
	focused   string // where focus_on_load is
}

func newChecker(code string, on surface) *checker {
	return &checker{code: code, on: on, blockIDs: map[string]string{}}
}

// say adds a finding of the checker's own code.
func (c *checker) say(format string, args ...any) { c.sayAs(c.code, format, args...) }

func (c *checker) sayAs(code, format string, args ...any) {
	if len(c.found) < maxFindings {
		c.found = append(c.found, code+": "+fmt.Sprintf(format, args...))
	}
}

// full says that no more findings are kept, so that looking on is useless.
func (c *checker) full() bool { return len(c.found) >= maxFindings }

// decode reads JSON; numbers stay as they are written.
func decode(raw json.RawMessage) (any, error) {
	var v any
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil, err
	}
	if d.More() {
		return nil, fmt.Errorf("more than one value")
	}
	return v, nil
}

// field, item and the like name a place in the JSON: blocks[2].text.text
func field(at, name string) string {
	if at == "" {
		return name
	}
	return at + "." + name
}

func item(at string, i int) string { return at + "[" + strconv.Itoa(i) + "]" }

// kind is an object's type, or "".
func kind(o object) string {
	s, _ := o["type"].(string)
	return s
}

// object is v as an object; what is something else is told.
func (c *checker) object(at string, v any) (object, bool) {
	o, ok := v.(object)
	if !ok {
		c.say("%s is not an object", at)
	}
	return o, ok
}

// list is the list in a field with at least low and at most high items; what is something else is told. A missing one is
// wrong only where low is more than 0.
func (c *checker) list(o object, at, name string, low, high int) []any {
	at = field(at, name)
	v, there := o[name]
	if !there {
		if low > 0 {
			c.say("%s is missing", at)
		}
		return nil
	}
	l, ok := v.([]any)
	switch {
	case !ok:
		c.say("%s is not a list", at)
	case len(l) < low:
		c.say("%s has %d items; at least %d must be there", at, len(l), low)
	case len(l) > high:
		c.say("%s has %d items; %d are allowed", at, len(l), high)
		return l[:high]
	}
	return l
}

// str checks a string in a field that may be missing, and gives it.
func (c *checker) str(o object, at, name string, low, high int) string {
	v, there := o[name]
	if !there {
		return ""
	}
	s, ok := v.(string)
	if !ok {
		c.say("%s is not a string", field(at, name))
		return ""
	}
	c.length(field(at, name), s, low, high)
	return s
}

// need is str of a field that must be there.
func (c *checker) need(o object, at, name string, low, high int) string {
	if _, there := o[name]; !there {
		c.say("%s is missing", field(at, name))
		return ""
	}
	return c.str(o, at, name, low, high)
}

func (c *checker) length(at, s string, low, high int) {
	switch n := utf8.RuneCountInString(s); {
	case n == 0 && low > 0:
		c.say("%s is empty", at)
	case n < low:
		c.say("%s has %d characters; at least %d must be there", at, n, low)
	case n > high:
		c.say("%s has %d characters; %d are allowed", at, n, high)
	}
}

// oneOf checks a field with a few known values, which may be missing.
func (c *checker) oneOf(o object, at, name string, known ...string) {
	v, there := o[name]
	if !there {
		return
	}
	s, _ := v.(string)
	for _, k := range known {
		if s == k {
			return
		}
	}
	c.say("%s is %s; one of %v is allowed", field(at, name), short(v), known)
}

// boolean checks a field that is true or false, or missing.
func (c *checker) boolean(o object, at, name string) {
	if v, there := o[name]; there {
		if _, ok := v.(bool); !ok {
			c.say("%s is %s; true or false is allowed", field(at, name), short(v))
		}
	}
}

// integer checks a whole number from low to high, which may be missing.
func (c *checker) integer(o object, at, name string, low, high int) (int, bool) {
	v, there := o[name]
	if !there {
		return 0, false
	}
	number, _ := v.(json.Number)
	n, err := strconv.Atoi(number.String())
	switch {
	case err != nil:
		c.say("%s is %s; a whole number is needed", field(at, name), short(v))
	case n < low || n > high:
		c.say("%s is %d; %d to %d are allowed", field(at, name), n, low, high)
	}
	return n, err == nil
}

// short is a value for a finding, cut where it is long.
func short(v any) string {
	const most = 40
	switch v := v.(type) {
	case object:
		return "an object"
	case []any:
		return "a list"
	case string:
		if utf8.RuneCountInString(v) > most {
			v = string([]rune(v)[:most]) + "…"
		}
		return strconv.Quote(v)
	}
	return fmt.Sprint(v)
}
