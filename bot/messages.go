package bot

import (
	"errors"
	"strings"
)

// exampleQuestions have an answer in every version of the tables; help shows all, a failed question the first few.
var exampleQuestions = []string{
	"best picture 2025",
	"palme d'or 2019",
	"oscars 2025",
	"best actress nominees 2008",
	"sean baker",
	"what did parasite win",
	"most oscars won by a film",
	"first woman to win best director",
	"who beat demi moore at the oscars",
	"when were the 97th oscars",
	"world cup 1998",
}

func helpView(commands []CommandInfo, dataTo string) View {
	v := View{Private: true, Lead: L("Ask who won: awards, films, people, records, and much of sport and music.")}
	t := &Table{}
	for _, c := range commands {
		t.Rows = append(t.Rows, []Line{L(B(strings.TrimSpace("/" + c.Name + " " + c.Args))), L(c.Help)})
	}
	v.add(t)
	l := &List{Title: L("Questions that have an answer:")}
	for _, q := range exampleQuestions {
		l.Items = append(l.Items, Item{MarkNone, L(Ask(q))})
	}
	v.add(l)
	v.say(L("A year is read as the year of the ceremony; “films of 2024” and “97th” are exact."))
	v.Footer = append(v.Footer, L("Data to "+longDate(dataTo)))
	return v
}

func unknownCommand(name string, commands []CommandInfo) View {
	v := View{Private: true, Lead: L("There is no command “/" + echo(name) + "”.")}
	var names []string
	for _, c := range commands {
		names = append(names, "/"+c.Name)
	}
	v.say(L("There are " + strings.Join(names, ", ") + "."))
	return v
}

func noFact(topic string) View {
	v := View{Private: true, Lead: L("No fact about “" + topic + "” in our tables.")}
	if topic == "" {
		v.Lead = L("There are no facts in our tables.")
	}
	v.say(L("Try an award, a film, a person or a year, or /fact alone."))
	return v
}

func badDay(typed string) View {
	v := View{Private: true, Lead: L("“" + typed + "” is not a day of the year.")}
	v.say(L(dayWords))
	return v
}

const dayWords = "Say a day like 2 March, March 2, 03-02, 2025-03-02, today or tomorrow."

// unknownButton is the answer to a button that nobody owns, of another version or forged.
func unknownButton() View {
	return View{Private: true, Lead: L("That button does nothing any more. /help tells what does.")}
}

// apology is shown when a command failed by a fault of ours.
func apology(id string, err error) View {
	v := View{Private: true, Lead: L("Sorry, something went wrong on our side; it has been logged.")}
	if errors.Is(err, ErrNotSaved) {
		v.Lead = L("Sorry, I cannot write anything down at the moment, so that did not count. Try again in a minute; " +
			"/whowon works meanwhile.")
	}
	if id != "" {
		v.Footer = append(v.Footer, L("Reference: "+echo(id)))
	}
	return v
}
