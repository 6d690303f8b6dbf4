package generate

import "slices"

// topic is a category of questions: what a player chooses.
type topic struct{ key, name, group string }

// Keys of topics that no single award has to itself.
const (
	topicDirectors = "directors"
	topicCasts     = "casts"
	topicPeople    = "people"
	topicTitles    = "titles"
	topicOverlaps  = "overlaps"
	topicFirsts    = "firsts"
	topicReleases  = "releases"
	topicStories   = "stories"
)

// topics lists all topics; a seed holds a number in it.
func topics() []topic {
	return []topic{
		{"oscars", "Oscars", "film"}, {"golden-globes", "Golden Globes", "film"}, {"baftas", "BAFTAs", "film"},
		{"cannes", "Cannes", "film"}, {"venice", "Venice", "film"}, {"berlinale", "Berlinale", "film"},
		{"cesars", "Césars", "film"}, {"critics-choice", "Critics' Choice", "film"}, {"spirit-awards", "Spirit Awards",
			"film"},
		{"sag-awards", "SAG Awards", "film"}, {"european-film-awards", "European Film Awards", "film"},
		{"toronto", "Toronto", "film"}, {"sundance", "Sundance", "film"}, {"razzies", "Razzies", "film"},
		{topicDirectors, "Who directed it", "film"}, {topicCasts, "Casts and roles", "film"},
		{topicPeople, "Birthdays", "film"}, {topicTitles, "Complete the title", "film"},
		{topicOverlaps, "Won both", "film"}, {topicFirsts, "Firsts", "film"}, {topicReleases, "Opening days", "film"},
		{topicStories, "Behind the awards", "film"},
		{"emmys", "Emmys", "television"}, {"grammys", "Grammys", "music"}, {"eurovision", "Eurovision", "music"},
		{"tonys", "Tonys", "stage"}, {"pulitzer", "Pulitzer", "books"}, {"booker", "Booker Prize", "books"},
		{"nobel", "Nobel Prize", "science"}, {"turing-fields", "Turing and Fields", "science"}, {"game-of-the-year",
			"Game of the Year", "games"},
		{"us-elections", "US elections", "history"}, {"world-cup", "Football World Cup", "sport"}, {"euro", "Euro", "sport"},
		{"champions-league", "Champions League", "sport"}, {"ballon-dor", "Ballon d'Or", "sport"}, {"rugby",
			"Rugby World Cup", "sport"},
		{"cricket", "Cricket World Cups", "sport"}, {"olympics", "Olympics", "sport"}, {"tennis", "Tennis", "sport"},
		{"formula-one", "Formula One", "sport"}, {"tour-de-france", "Tour de France", "sport"}, {"chess", "Chess", "sport"},
		{"super-bowl", "Super Bowl", "sport"}, {"nba", "NBA", "sport"}, {"stanley-cup", "Stanley Cup", "sport"},
		{"world-series", "World Series", "sport"},
	}
}

// topicNo is the number of a topic, -1 where there is none.
func topicNo(all []topic, key string) int {
	return slices.IndexFunc(all, func(t topic) bool { return t.key == key })
}
