package pack

import (
	"math"
	"strconv"
	"strings"
)

// yaml11 says what YAML 1.1 makes of an unquoted text when it is not a text to it: the text as it is written, and then
// what Red-DiscordBot accepts for it. It is false for a text. The list is empty for what Red refuses: nothing and dates.
//
// So the answer yes is Yes, True and On, 12:30 is also 750 (in base 60), 007 is also 7, and 1.50 is also 1.5.
func yaml11(s string) (accepted []string, ok bool) {
	switch strings.ToLower(s) {
	case "", "~", "null":
		return nil, true
	}
	if oneCase(s) {
		switch strings.ToLower(s) {
		case "yes", "true", "on":
			return unique([]string{titled(s), "True", "Yes", "On"}), true
		case "no", "false", "off":
			return unique([]string{titled(s), "False", "No", "Off"}), true
		}
	}
	if date11(s) {
		return nil, true
	}
	if n, ok := int11(s); ok {
		return unique([]string{s, strconv.FormatInt(n, 10)}), true
	}
	if f, ok := float11(s); ok {
		return unique([]string{s, pythonFloat(s, f)}), true
	}
	return nil, false
}

// oneCase reports whether a word is lower, UPPER or Title case: only those are truth values.
func oneCase(s string) bool {
	return s == strings.ToLower(s) || s == strings.ToUpper(s) || s == titled(s)
}

func titled(s string) string { return strings.ToUpper(s[:1]) + strings.ToLower(s[1:]) }

func date11(s string) bool {
	day, _, _ := strings.Cut(strings.ToUpper(s), "T")
	parts := strings.Split(day, "-")
	return len(parts) == 3 && len(parts[0]) == 4 && len(parts[1]) <= 2 && len(parts[2]) <= 2 &&
		digits(parts[0]) && digits(parts[1]) && digits(parts[2])
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// int11 reads an integer of YAML 1.1: binary, octal by a leading zero, hexadecimal, or in base 60 with colons.
func int11(s string) (int64, bool) {
	sign, body := int64(1), strings.ReplaceAll(strings.TrimPrefix(s, "+"), "_", "")
	if strings.HasPrefix(s, "_") {
		return 0, false
	}
	if rest, minus := strings.CutPrefix(body, "-"); minus {
		sign, body = -1, rest
	}
	if body == "" || body[0] < '0' || body[0] > '9' {
		return 0, false
	}
	if strings.Contains(body, ":") {
		v, ok := sexagesimal(body)
		return sign * int64(v), ok && body[0] != '0' && !strings.Contains(body, ".")
	}
	base := 10
	switch {
	case strings.HasPrefix(body, "0b"):
		base, body = 2, body[2:]
	case strings.HasPrefix(body, "0x"):
		base, body = 16, body[2:]
	case body[0] == '0' && len(body) > 1:
		base, body = 8, body[1:]
	}
	n, err := strconv.ParseInt(body, base, 64)
	return sign * n, err == nil && body[0] != '-' && body[0] != '+'
}

// float11 reads a floating-point number of YAML 1.1: with a dot, and a sign in the exponent.
func float11(s string) (float64, bool) {
	body := strings.ReplaceAll(s, "_", "")
	unsigned := strings.TrimLeft(body, "+-")
	switch strings.ToLower(unsigned) {
	case ".inf":
		return math.Inf(1), true
	case ".nan":
		return math.NaN(), true
	}
	if !strings.Contains(body, ".") || len(body)-len(unsigned) > 1 || strings.Trim(unsigned, "0123456789.:eE+-") != "" {
		return 0, false
	}
	if strings.Contains(unsigned, ":") {
		return sexagesimal(unsigned)
	}
	if e := strings.IndexAny(unsigned, "eE"); e >= 0 && (e+1 >= len(unsigned) || unsigned[e+1] != '+' && unsigned[e+1] != '-') {
		return 0, false
	}
	f, err := strconv.ParseFloat(body, 64)
	return f, err == nil
}

// sexagesimal reads 12:30 as 12·60+30.
func sexagesimal(s string) (float64, bool) {
	v := 0.0
	for i, part := range strings.Split(s, ":") {
		n, err := strconv.ParseFloat(part, 64)
		whole, _, _ := strings.Cut(part, ".")
		if err != nil || i > 0 && (n >= 60 || len(whole) > 2) || strings.Trim(part, "0123456789.") != "" {
			return 0, false
		}
		v = v*60 + n
	}
	return v, v < 1<<53
}

// pythonFloat is the number as Python prints it, or as it is written where Python would use an exponent.
func pythonFloat(written string, f float64) string {
	if math.IsInf(f, 0) || math.IsNaN(f) || math.Abs(f) >= 1e16 || f != 0 && math.Abs(f) < 1e-4 {
		return written
	}
	s := strconv.FormatFloat(f, 'f', -1, 64)
	if !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
}

func parseNumber(s string) (float64, error) {
	return strconv.ParseFloat(strings.ReplaceAll(s, "_", ""), 64)
}
