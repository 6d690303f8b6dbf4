module github.com/whowon-bot/whowon/trivia/bench

go 1.26.8

require (
	github.com/adrg/strutil v0.3.1
	github.com/paul-mannino/go-fuzzywuzzy v0.0.0-20241117160931-a1769aeb6b21
	github.com/whowon-bot/whowon v0.0.0
	golang.org/x/text v0.44.0
)

replace github.com/whowon-bot/whowon => ../..
