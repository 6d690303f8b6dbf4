module github.com/whowon-bot/whowon/trivia/bench

go 1.26.8

require github.com/whowon-bot/whowon v0.0.0

replace github.com/whowon-bot/whowon => ../..
