package raw

import (
	"strings"
	"sync"
	"unicode"
)

// commonNames are the names that people know, for those that the Nobel Prize table writes in full. The full name stays as
// an alias.
var commonNames = sync.OnceValue(func() map[string]string {
	return map[string]string{
		"Thomas Woodrow Wilson":                                      "Woodrow Wilson",
		"Barack H. Obama":                                            "Barack Obama",
		"Sir Winston Leonard Spencer Churchill":                      "Winston Churchill",
		"Ernest Miller Hemingway":                                    "Ernest Hemingway",
		"Eugene Gladstone O'Neill":                                   "Eugene O'Neill",
		"Sir Vidiadhar Surajprasad Naipaul":                          "V. S. Naipaul",
		"John M. Coetzee":                                            "J. M. Coetzee",
		"Pearl Buck":                                                 "Pearl S. Buck",
		"Thomas Stearns Eliot":                                       "T. S. Eliot",
		"Earl (Bertrand Arthur William) Russell":                     "Bertrand Russell",
		"Albert Arnold (Al) Gore Jr.":                                "Al Gore",
		"Selma Ottilia Lovisa Lagerlöf":                              "Selma Lagerlöf",
		"Knut Pedersen Hamsun":                                       "Knut Hamsun",
		"Gerhart Johann Robert Hauptmann":                            "Gerhart Hauptmann",
		"Bjørnstjerne Martinus Bjørnson":                             "Bjørnstjerne Bjørnson",
		"Christian Matthias Theodor Mommsen":                         "Theodor Mommsen",
		"Boris Leonidovich Pasternak":                                "Boris Pasternak",
		"Aleksandr Isayevich Solzhenitsyn":                           "Aleksandr Solzhenitsyn",
		"Mikhail Aleksandrovich Sholokhov":                           "Mikhail Sholokhov",
		"Mikhail Sergeyevich Gorbachev":                              "Mikhail Gorbachev",
		"Andrei Dmitrievich Sakharov":                                "Andrei Sakharov",
		"Ivan Alekseyevich Bunin":                                    "Ivan Bunin",
		"Desmond Mpilo Tutu":                                         "Desmond Tutu",
		"Mohamed Anwar al-Sadat":                                     "Anwar Sadat",
		"Frederik Willem de Klerk":                                   "F. W. de Klerk",
		"Henry A. Kissinger":                                         "Henry Kissinger",
		"Dag Hjalmar Agne Carl Hammarskjöld":                         "Dag Hammarskjöld",
		"George Catlett Marshall":                                    "George Marshall",
		"Albert John Lutuli":                                         "Albert Luthuli",
		"Lester Bowles Pearson":                                      "Lester B. Pearson",
		"Frank Billings Kellogg":                                     "Frank B. Kellogg",
		"Charles Gates Dawes":                                        "Charles G. Dawes",
		"Geoffrey E. Hinton":                                         "Geoffrey Hinton",
		"Linus Carl Pauling":                                         "Linus Pauling",
		"André Paul Guillaume Gide":                                  "André Gide",
		"Halldór Kiljan Laxness":                                     "Halldór Laxness",
		"Pär Fabian Lagerkvist":                                      "Pär Lagerkvist",
		"Johannes Vilhelm Jensen":                                    "Johannes V. Jensen",
		"Jean Henry Dunant":                                          "Henry Dunant",
		"Carl Gustaf Verner von Heidenstam":                          "Verner von Heidenstam",
		"Carl Friedrich Georg Spitteler":                             "Carl Spitteler",
		"Rudolf Christoph Eucken":                                    "Rudolf Eucken",
		"Paul Johann Ludwig Heyse":                                   "Paul Heyse",
		"Karl Hjalmar Branting":                                      "Hjalmar Branting",
		"Wangari Muta Maathai":                                       "Wangari Maathai",
		"Jean-Marie Gustave Le Clézio":                               "J. M. G. Le Clézio",
		"Abiy Ahmed Ali":                                             "Abiy Ahmed",
		"The 14th Dalai Lama (Tenzin Gyatso)":                        "14th Dalai Lama",
		"Władysław Stanisław Reymont":                                "Władysław Reymont",
		"Jacobus Henricus van 't Hoff":                               "Jacobus van 't Hoff",
		"Marie Curie, née Sklodowska":                                "Marie Curie",
		"Gerty Theresa Cori, née Radnitz":                            "Gerty Cori",
		"Wilhelm Conrad Röntgen":                                     "Wilhelm Röntgen",
		"Niels Henrik David Bohr":                                    "Niels Bohr",
		"Max Karl Ernst Ludwig Planck":                               "Max Planck",
		"Werner Karl Heisenberg":                                     "Werner Heisenberg",
		"Paul Adrien Maurice Dirac":                                  "Paul Dirac",
		"Antoine Henri Becquerel":                                    "Henri Becquerel",
		"Francis Harry Compton Crick":                                "Francis Crick",
		"James Dewey Watson":                                         "James Watson",
		"Maurice Hugh Frederick Wilkins":                             "Maurice Wilkins",
		"Sir Alexander Fleming":                                      "Alexander Fleming",
		"Ivan Petrovich Pavlov":                                      "Ivan Pavlov",
		"Richard P. Feynman":                                         "Richard Feynman",
		"Prince Louis-Victor Pierre Raymond de Broglie":              "Louis de Broglie",
		"Sir Chandrasekhara Venkata Raman":                           "C. V. Raman",
		"Friedrich August von Hayek":                                 "Friedrich Hayek",
		"John F. Nash Jr.":                                           "John Nash",
		"Joseph John Thomson":                                        "J. J. Thomson",
		"Frederick Grant Banting":                                    "Frederick Banting",
		"The (Theodor) Svedberg":                                     "The Svedberg",
		"C. A. R. (Tony) Hoare":                                      "Tony Hoare",
		"Count Maurice (Mooris) Polidore Marie Bernhard Maeterlinck": "Maurice Maeterlinck",
		"Baroness Bertha Sophie Felicita von Suttner, née Countess Kinsky von Chinic und Tettau": "Bertha von Suttner",
		"Paul Henri Benjamin Balluet d'Estournelles de Constant, " +
			"Baron de Constant de Rebecque": "Paul d'Estournelles de Constant",
		"Cecil of Chelwood, Viscount (Lord Edgar Algernon Robert Gascoyne Cecil)": "Robert Cecil",
		"Lord (John) Boyd Orr of Brechin":                                         "John Boyd Orr",
	}
})

var (
	lastAside = form(`^(.+?) \(([^()]+)\)$`)
	midAside  = form(`^(.+?) \(([^()]+)\) (.+)$`)
)

var (
	laterName = form(`,? (née .+|Jr\.|III|II)$`)
	rank      = form(`^(Sir|Lord|Count|Baroness|Prince|Earl) `)
)

// nameParts takes brackets out of a name: another name, a nickname, or what tells namesakes apart.
func nameParts(e *entry, s string) (name string, also []string, apart string) {
	if e.spec.group == "screen" {
		return lessCapitals(s), nil, ""
	}
	if common := commonNames()[s]; common != "" {
		return common, []string{strings.NewReplacer("(", "", ")", "").Replace(s)}, ""
	}
	if m := lastAside().FindStringSubmatch(s); m != nil {
		if e.spec.id == "ballon-dor" {
			return m[1], nil, m[2]
		}
		return m[1], []string{m[2]}, ""
	}
	if m := midAside().FindStringSubmatch(s); m != nil {
		words := strings.Fields(m[3])
		also = []string{m[1] + " " + m[2] + " " + m[3]}
		if len(words) > 0 {
			also = append(also, m[2]+" "+words[len(words)-1])
		}
		return m[1] + " " + m[3], also, ""
	}
	if e.spec.id == "nobel-prize" {
		if short := shortName(s); short != s {
			return s, []string{short}, ""
		}
	}
	return s, nil, ""
}

// shortName is the first and the last of somebody's names ("Werner Karl Heisenberg"): what people ask for.
func shortName(s string) string {
	if kindOfName(s) == "group" {
		return s
	}
	words := strings.Fields(rank().ReplaceAllString(laterName().ReplaceAllString(s, ""), ""))
	if len(words) < 2 {
		return s
	}
	last := len(words) - 1
	for last > 1 && words[last-1] == strings.ToLower(words[last-1]) { // van der Waals
		last--
	}
	return strings.Join(append(words[:1:1], words[last:]...), " ")
}

// lessCapitals takes the capitals from a name that an engineer's citation writes all in capitals ("DUNCAN MacLEAN").
func lessCapitals(s string) string {
	words := strings.Fields(s)
	if len(words) < 2 {
		return s
	}
	for i, w := range words {
		switch {
		case len(w) > 3 && w == strings.ToUpper(w) && strings.IndexFunc(w, notCapital) < 0 && !romanForm().MatchString(w) &&
			strings.Count(w, ".") < 2:
			parts := strings.Split(strings.ToLower(w), "-")
			for j := range parts {
				parts[j] = capital(parts[j])
			}
			words[i] = strings.Join(parts, "-")
		case strings.HasPrefix(w, "Mac") && len(w) > 4 && w[3:] == strings.ToUpper(w[3:]):
			words[i] = "Mac" + capital(strings.ToLower(w[3:]))
		case strings.HasPrefix(w, "Mc") && len(w) > 4 && w[2:] == strings.ToUpper(w[2:]):
			words[i] = "Mc" + capital(strings.ToLower(w[2:]))
		}
	}
	return strings.Join(words, " ")
}

func notCapital(r rune) bool { return !unicode.IsUpper(r) && r != '-' && r != '.' }
