package inbox

// Routes are the addresses of the inbox.
func Routes() []struct{ Method, Pattern string } {
	var all []struct{ Method, Pattern string }
	for _, r := range routes() {
		all = append(all, struct{ Method, Pattern string }{r.Method, r.Pattern})
	}
	return all
}
