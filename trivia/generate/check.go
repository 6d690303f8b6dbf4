package generate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/whowon-bot/whowon/facts/fold"
	"github.com/whowon-bot/whowon/trivia"
)

// maxText is the longest text of a question, in runes.
const maxText = 400

// Check tries what can be known of a question by itself, and says what is wrong with it: nothing for a good one. Whether
// its answer is right is Auditor's business, who has the facts.
func Check(q trivia.Question) []string {
	var faults []string
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	switch {
	case q.ID == "" || strings.ContainsAny(q.ID, " \t\n"):
		fault("the ID %q is empty or holds a space", q.ID)
	case q.Category == "":
		fault("it has no category")
	case q.Difficulty < trivia.Easy || q.Difficulty > trivia.Hard:
		fault("difficulty %d is not 1 to 3", q.Difficulty)
	case q.Kind == "":
		fault("the kind of its answer is not set")
	case len(q.Rows) == 0 || q.Rows[0] == "":
		fault("it does not say on which rows it stands")
	case q.Source == "":
		fault("it does not say where its rows come from")
	}
	checkText(q.Text, fault)
	if len(q.Answers) == 0 {
		fault("it has no answer")
		return faults
	}
	checkOptions(q, fault)
	if !yesNo(q) && told(q.Text, q.Answers[0]) {
		fault("the answer %q stands in the question", q.Answers[0])
	}
	if !q.ChoiceOnly && (strings.Contains(q.Text, "hich of these") || strings.Contains(q.Text, "hree of these")) {
		fault("it speaks of options, and can be asked without them")
	}
	return faults
}

func checkText(text string, fault func(string, ...any)) {
	first, _ := utf8.DecodeRuneInString(text)
	switch {
	case text == "":
		fault("it has no text")
	case utf8.RuneCountInString(text) > maxText:
		fault("its text is longer than %d characters", maxText)
	case strings.Contains(text, "  ") || text != strings.TrimSpace(text):
		fault("its text has spaces too many")
	case unicode.IsLower(first):
		fault("its text begins with a small letter")
	case !strings.HasSuffix(text, "?") && !strings.HasSuffix(text, "."):
		fault("its text ends without a mark")
	case strings.ContainsAny(text, "|\t\n") || strings.Contains(text, "()") || strings.Contains(text, "%"):
		fault("its text holds a mark that belongs into tables")
	}
	if edition := ordinal(text); edition != "" && !strings.Contains(text, "held in ") && !strings.Contains(text,
		"was held on") {
		fault("it names the %s edition and not the year it was held", edition)
	}
}

// ordinal is the ordinal of a ceremony that a text names: "97th" before "Academy Awards"; "" where it names none.
func ordinal(text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		if i+1 == len(words) || word[0] < '1' || word[0] > '9' || !unicode.IsUpper(rune(words[i+1][0])) {
			continue
		}
		digits := strings.TrimRight(word, "sthndr")
		if digits != word && strings.Trim(digits, "0123456789") == "" &&
			strings.Contains(strings.Join(words[i:min(len(words), i+7)], " "), "Awards") {
			return word
		}
	}
	return ""
}

func checkOptions(q trivia.Question, fault func(string, ...any)) {
	if n := len(q.Wrong); n != wrongOptions && (n != 1 || !yesNo(q)) {
		fault("it has %d wrong options", n)
	}
	seen := map[string]bool{}
	for _, a := range q.Answers {
		seen[fold.String(a)] = true
	}
	for _, label := range append(q.Wrong, q.Answers[0]) {
		if n := utf8.RuneCountInString(label); n == 0 || n > trivia.MaxLabel {
			fault("the option %q has %d characters", label, n)
		}
	}
	for _, label := range q.Wrong {
		f := fold.String(label)
		if seen[f] {
			fault("the wrong option %q is also an answer, or there twice", label)
		}
		seen[f] = true
	}
}

// yesNo reports whether a question is answered by true or false.
func yesNo(q trivia.Question) bool {
	return len(q.Wrong) == 1 && (q.Answers[0] == "True" || q.Answers[0] == "False")
}
