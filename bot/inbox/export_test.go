package inbox

import "strings"

// PagePaths are the addresses of all pages that need no number in them: what
// the tests of the look open, beside conversations.
func PagePaths() []string {
	var paths []string
	for _, route := range routes() {
		path := strings.TrimSuffix(route.Pattern, "{$}")
		if route.Method == "GET" && !strings.Contains(path, "{") && !strings.Contains(path, ".") && path != "/events" && path != "/healthz" {
			paths = append(paths, path)
		}
	}
	return paths
}

// Routes are the addresses of the inbox.
func Routes() []struct{ Method, Pattern string } {
	var all []struct{ Method, Pattern string }
	for _, r := range routes() {
		all = append(all, struct{ Method, Pattern string }{r.Method, r.Pattern})
	}
	return all
}

// KeptFields are the fields that the lock keeps, with their keys of words, and
// those for which it keeps no form at all.
func KeptFields() (kept map[string]string, secret []string) {
	kept = map[string]string{}
	for _, field := range wordFields {
		kept[field.name] = field.key
	}
	return kept, secretFields
}
