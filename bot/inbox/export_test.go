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
