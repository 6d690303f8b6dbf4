package bot

// Check is one thing that was looked at by whoever sees whether the bot is set up well.
type Check struct {
	What string // "token"
	OK   bool
	Says string // what was found
	Mend string // what to do; "" where nothing is wrong
}
