package pack

import (
	"path"
	"strings"
)

// detect finds the format of a text by what it holds; the extension decides where that leaves a doubt.
func detect(name, text string) (Format, bool) {
	ext := strings.ToLower(path.Ext(name))
	switch ext {
	case ".yaml", ".yml":
		return yamlFormat(text), true
	case ".gift":
		return GIFT, true
	case ".aiken":
		return Aiken, true
	case ".csv", ".tsv":
		return CSV.orFound(text), true
	}
	trimmed := strings.TrimLeft(text, " \t\n")
	switch {
	case trimmed == "":
		return "", false
	case ext == ".json", (trimmed[0] == '{' || trimmed[0] == '[') && strings.Contains(trimmed, `"correct_answer"`):
		return OpenTDB, true
	case strings.HasPrefix(trimmed, "#Q "), strings.Contains(text, "\n#Q ") && strings.Contains(text, "\n^ "):
		return OpenQA, true
	}
	l := marks(text)
	switch {
	case l.answers > 0 && l.options > 1:
		return Aiken, true
	case l.gift > 0:
		return GIFT, true
	}
	if _, f := separator(text, ""); f != "" {
		return f, true
	}
	if l.keys > 0 {
		return yamlFormat(text), true
	}
	return "", false
}

// orFound is the format whose columns the table has, or f when it has none of those known.
func (f Format) orFound(text string) Format {
	if _, found := separator(text, ""); found != "" {
		return found
	}
	return f
}

// yamlFormat tells the three kinds of YAML apart by their keys.
func yamlFormat(text string) Format {
	questions, theirs, ours, named := false, false, false, false
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > 2000 {
			break
		}
		if strings.HasPrefix(line, "questions:") || strings.HasPrefix(line, "{") {
			questions = true
		}
		named = named || strings.HasPrefix(line, "name: ") || strings.HasPrefix(line, "licence: ")
		key := strings.TrimLeft(line, " -{")
		theirs = theirs || strings.HasPrefix(key, "correct_answer:") || strings.HasPrefix(key, "incorrect_answers:")
		ours = ours || strings.HasPrefix(key, "text:") || strings.HasPrefix(key, "answers:")
	}
	switch {
	case questions && theirs && !ours:
		return LakeYS
	case questions, named, ours:
		return YAML
	}
	return Red
}

// marked counts what tells text formats apart.
type marked struct{ answers, options, gift, keys int }

func marks(text string) marked {
	var m marked
	n := 0
	for line := range strings.Lines(text) {
		if n++; n > 2000 {
			break
		}
		line = strings.TrimRight(line, " \t\n")
		if _, ok := aikenAnswer(line); ok {
			m.answers++
		}
		if _, _, ok := aikenOption(line); ok {
			m.options++
		}
		brace := strings.IndexByte(line, '{')
		if strings.HasPrefix(line, "$CATEGORY:") || strings.HasPrefix(line, "::") ||
			brace > 0 && strings.TrimSpace(line[:brace]) != "" {
			m.gift++
		}
		if strings.HasSuffix(line, ":") {
			m.keys++
		}
	}
	return m
}
