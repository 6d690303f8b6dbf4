package console

// Interactive reports whether a console of these options edits lines on a terminal: somebody sits there.
func Interactive(o Options) bool {
	_, in := terminal(o.In)
	_, out := terminal(o.Out)
	return in && out && (o.Getenv == nil || o.Getenv("TERM") != "dumb")
}
