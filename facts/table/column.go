package table

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// column is one column of a table of rows R: its name and how a cell is read into a row and written from it. Errors name
// what is wrong; the caller adds the place.
type column[R any] struct {
	name  string
	must  bool   // a file without it is refused
	pair  string // the column that is parallel to this one
	human bool   // names for the reader, which the IDs give back: may be left out of Records
	get   func(*R) (string, error)
	set   func(*R, string) error
}

func text[R any](name string, field func(*R) *string) column[R] {
	return column[R]{
		name: name,
		get:  func(r *R) (string, error) { return *field(r), cellFault(*field(r)) },
		set:  func(r *R, cell string) error { *field(r) = cell; return nil },
	}
}

// must is a text column without which the table makes no sense.
func must[R any](name string, field func(*R) *string) column[R] {
	c := text(name, field)
	c.must = true
	return c
}

// number is a column of whole numbers; 0 is the empty cell.
func number[R any](name string, field func(*R) *int) column[R] {
	return column[R]{
		name: name,
		get: func(r *R) (string, error) {
			if *field(r) == 0 {
				return "", nil
			}
			return strconv.Itoa(*field(r)), nil
		},
		set: func(r *R, cell string) error {
			if cell == "" {
				return nil
			}
			n, err := strconv.Atoi(cell)
			if err != nil {
				return fmt.Errorf("%q is not a whole number", cell)
			}
			*field(r) = n
			return nil
		},
	}
}

// yes is a column of "yes" and "".
func yes[R any](name string, field func(*R) *bool) column[R] {
	return column[R]{
		name: name,
		get: func(r *R) (string, error) {
			if *field(r) {
				return "yes", nil
			}
			return "", nil
		},
		set: func(r *R, cell string) error {
			if cell != "" && cell != "yes" {
				return fmt.Errorf(`%q is neither "yes" nor empty`, cell)
			}
			*field(r) = cell == "yes"
			return nil
		},
	}
}

// list is a column of values separated by "|".
func list[R any](name string, field func(*R) *[]string) column[R] {
	return column[R]{
		name: name,
		get: func(r *R) (string, error) {
			for _, v := range *field(r) {
				if v == "" {
					return "", errors.New("the list holds an empty value")
				}
				if err := cellFault(v); err != nil {
					return "", err
				}
			}
			return strings.Join(*field(r), "|"), nil
		},
		set: func(r *R, cell string) error {
			*field(r) = split(cell)
			if slices.Contains(*field(r), "") {
				return fmt.Errorf("the list %q holds an empty value", cell)
			}
			return nil
		},
	}
}

// numbers is a list of whole numbers.
func numbers[R any](name string, field func(*R) *[]int) column[R] {
	return column[R]{
		name: name,
		get: func(r *R) (string, error) {
			parts := make([]string, len(*field(r)))
			for i, n := range *field(r) {
				parts[i] = strconv.Itoa(n)
			}
			return strings.Join(parts, "|"), nil
		},
		set: func(r *R, cell string) error {
			*field(r) = nil
			for _, part := range split(cell) {
				n, err := strconv.Atoi(part)
				if err != nil {
					return fmt.Errorf("%q is not a whole number", part)
				}
				*field(r) = append(*field(r), n)
			}
			return nil
		},
	}
}

// pairs is a column "key=value|key=value".
func pairs[R any](name string, field func(*R) *[]KV) column[R] {
	return column[R]{
		name: name,
		get: func(r *R) (string, error) {
			parts := make([]string, len(*field(r)))
			for i, kv := range *field(r) {
				if kv.Key == "" || strings.Contains(kv.Key, "=") {
					return "", fmt.Errorf("the key %q is empty or holds a =", kv.Key)
				}
				parts[i] = kv.Key + "=" + kv.Value
				if err := cellFault(parts[i]); err != nil {
					return "", err
				}
			}
			return strings.Join(parts, "|"), nil
		},
		set: func(r *R, cell string) error {
			*field(r) = nil
			for _, part := range split(cell) {
				key, value, ok := strings.Cut(part, "=")
				if !ok || key == "" {
					return fmt.Errorf("%q is not key=value", part)
				}
				*field(r) = append(*field(r), KV{key, value})
			}
			return nil
		},
	}
}

// refs are two parallel columns, names and IDs, over one field. Either may be missing or empty.
func refs[R any](names, ids string, field func(*R) *[]Ref) (name, id column[R]) {
	half := func(name, other string, part func(*Ref) *string) column[R] {
		return column[R]{
			name: name,
			pair: other,
			get: func(r *R) (string, error) {
				parts, any := make([]string, len(*field(r))), false
				for i := range *field(r) {
					parts[i] = *part(&(*field(r))[i])
					any = any || parts[i] != ""
					if err := cellFault(parts[i]); err != nil {
						return "", err
					}
				}
				if !any {
					return "", nil
				}
				return strings.Join(parts, "|"), nil
			},
			set: func(r *R, cell string) error {
				parts := split(cell)
				if len(parts) == 0 {
					return nil
				}
				if len(*field(r)) == 0 {
					*field(r) = make([]Ref, len(parts))
				}
				if len(*field(r)) != len(parts) {
					return fmt.Errorf("%d values, but %d in %s", len(parts), len(*field(r)), other)
				}
				for i, p := range parts {
					*part(&(*field(r))[i]) = p
				}
				return nil
			},
		}
	}
	return half(names, ids, func(r *Ref) *string { return &r.Name }), half(ids, names, func(r *Ref) *string { return &r.ID })
}

func split(cell string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, "|")
}

// cellFault says why a single value cannot stand in a table.
func cellFault(v string) error {
	for i, r := range v {
		switch {
		case r == '|':
			return fmt.Errorf("%q holds a |, which separates values", v)
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', r == '\ufeff':
			return fmt.Errorf("%q holds a tab, line end or control character", v)
		case r == utf8.RuneError:
			if _, n := utf8.DecodeRuneInString(v[i:]); n == 1 {
				return fmt.Errorf("%q is not UTF-8", v)
			}
		}
	}
	if strings.TrimSpace(v) != v {
		return fmt.Errorf("%q has a space at its edge", v)
	}
	return nil
}
