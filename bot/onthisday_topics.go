package bot

import (
	"strings"

	"github.com/whowon-bot/whowon/facts"
)

// Topics is what knows the topics that a day's events can be narrowed to; *facts.Corpus does.
type Topics interface {
	Topics() []facts.Topic
	Topic(word string) (key string, ok bool)
}

// SuggestTopics proposes up to n topics for what somebody has begun to type: those whose name has a word that begins so,
// and what the prefix is another name of. Each value is understood by Topics.Topic.
func SuggestTopics(f Topics, prefix string, n int) []Suggestion {
	prefix = strings.ToLower(strings.Join(strings.Fields(Clean(prefix)), " "))
	key, known := f.Topic(prefix)
	var list []Suggestion
	for _, t := range f.Topics() {
		name := " " + strings.ToLower(Clean(t.Name))
		fits := strings.Contains(name, " "+prefix) || known && t.Key == key
		if fits && len(list) < n && len([]rune(t.Name)) <= suggestionLimit {
			list = append(list, Suggestion{Clean(t.Name), Clean(t.Name)})
		}
	}
	return list
}

// maxNear is how many topics are proposed in place of one that is not known.
const maxNear = 5

// badTopic says that a word is no topic, and offers the day with topics that it may have meant.
func badTopic(f Topics, word, typed string, d Day) View {
	v := View{Private: true, Lead: L("“" + word + "” is not a topic.")}
	if word == typed { // it may have been meant as a day
		v.Lead = L("“" + word + "” is neither a topic nor a day of the year.")
		v.say(L(dayWords))
	}
	var names []string
	for _, near := range nearTopics(f, word) {
		names = append(names, near.Label)
		if state := CommandState("onthisday", d.typed()+" "+near.Value); state != "" {
			v.Buttons = append(v.Buttons, Button{State: state, Label: Clip(near.Label, maxButton)})
		}
	}
	v.say(L(topicWords(strings.Join(names, ", "))))
	return v
}

func topicWords(near string) string {
	return "Topics are " + near + ", …: a field like film or sport, births or deaths, any award."
}

// maxButton is how long the label of a button may be, in runes.
const maxButton = 80

// nearTopics are the topics that a word may have meant: those that begin as it does, or that are one or two letters from it;
// the first of all where there are none.
func nearTopics(f Topics, word string) []Suggestion {
	letters := []rune(strings.ToLower(word))
	if len(letters) > 3 {
		if near := SuggestTopics(f, string(letters[:len(letters)/2+1]), maxNear); len(near) > 0 {
			return near
		}
	}
	var near []Suggestion
	for _, s := range SuggestTopics(f, "", len(f.Topics())) {
		if len(near) < maxNear && slips(letters, []rune(strings.ToLower(s.Label))) <= min(2, len(letters)/3) {
			near = append(near, s)
		}
	}
	if len(near) > 0 {
		return near
	}
	return SuggestTopics(f, "", maxNear)
}

// slips counts the letters to add, drop and change that make one word another.
func slips(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		last := row[0] // of the row above, one to the left
		row[0] = i + 1
		for j, y := range b {
			change := last
			if x != y {
				change++
			}
			last = row[j+1]
			row[j+1] = min(change, row[j]+1, last+1)
		}
	}
	return row[len(b)]
}
