package inbox

import (
	"strings"

	"mitan/bot"
)

// inBar is how many places a phone's bar shows; the rest are under "More".
const inBar = 4

// A place is one entry of the rail.
type place struct {
	Key  string // of words: "rail.KEY"
	Path string // its page, and the beginning of the pages under it
	Icon string
	Here bool // the page stands here
	Bar  bool // it stands in a phone's bar
}

// Pages are grouped by who does what with them.
type placeGroup struct {
	Key    string // of words: "rail.KEY"
	Places []place
}

// groupAdmin is the group that the rail keeps folded: pages for the quiet hour.
const groupAdmin = "admin"

// railPlan is the order of the rail. A place shows up as soon as routes has its
// page, for those who may use it: no entry leads nowhere, or to a refusal. The
// bank desk and the campaign have their place here for the day they have pages.
func railPlan() []placeGroup {
	return []placeGroup{
		{"work", []place{
			{Key: "inbox", Path: "/", Icon: "inbox"},
			{Key: "cases", Path: "/cases", Icon: "folder-open"},
			{Key: "search", Path: "/search", Icon: "search"},
			{Key: "handover", Path: "/handover", Icon: "clipboard-list"},
			{Key: "bank", Path: "/bank", Icon: "landmark"},
			{Key: "campaign", Path: "/campaign", Icon: "megaphone"},
		}},
		{"oversight", []place{
			{Key: "dashboard", Path: "/dashboard", Icon: "chart-column"},
			{Key: "audit", Path: "/audit", Icon: "scroll-text"},
		}},
		{groupAdmin, []place{
			{Key: "officers", Path: "/officers", Icon: "users"},
			{Key: "thanas", Path: "/thanas", Icon: "building-2"},
			{Key: "replies", Path: "/replies", Icon: "zap"},
			{Key: "link", Path: "/link", Icon: "smartphone"},
			{Key: "menus", Path: "/menus", Icon: "messages-square"},
			{Key: "settings", Path: "/settings", Icon: "settings"},
			{Key: "health", Path: "/health", Icon: "heart-pulse"},
		}},
	}
}

// A rail is what an officer can go to.
type rail struct {
	Groups []placeGroup // but for the folded one
	Admin  []place      // the folded group; it may be empty
	More   []placeGroup // what does not fit into a phone's bar
	InMore bool         // the page stands under More
	Inside bool         // the page stands in the folded group
}

// railFor is the rail of an officer with a role who looks at the page at path.
func railFor(role bot.Role, path string) rail {
	var r rail
	left := inBar
	for _, group := range railPlan() {
		shown, rest := placeGroup{Key: group.Key}, placeGroup{Key: group.Key}
		for _, p := range group.Places {
			if !mayGet(role, p.Path) {
				continue
			}
			p.Here = isUnder(path, p.Path)
			p.Bar = left > 0 && group.Key != groupAdmin
			if p.Bar {
				left--
			} else {
				rest.Places = append(rest.Places, p)
				r.InMore = r.InMore || p.Here
			}
			shown.Places = append(shown.Places, p)
			r.Inside = r.Inside || p.Here && group.Key == groupAdmin
		}
		if len(rest.Places) > 0 {
			r.More = append(r.More, rest)
		}
		switch {
		case group.Key == groupAdmin:
			r.Admin = shown.Places
		case len(shown.Places) > 0:
			r.Groups = append(r.Groups, shown)
		}
	}
	return r
}

// isUnder tells whether the page at path belongs to a place. Conversations are
// the inbox's.
func isUnder(path, place string) bool {
	if place == "/" {
		return path == "/" || strings.HasPrefix(path, "/conversations/")
	}
	return path == place || strings.HasPrefix(path, place+"/")
}

// mayGet tells whether there is a page at path, and whether the role may see it.
func mayGet(role bot.Role, path string) bool { return mayUse(role, "GET", path) }

// mayUse tells whether there is such a route, and whether the role may use it.
func mayUse(role bot.Role, method, path string) bool {
	if path == "/" {
		path = "/{$}"
	}
	for _, route := range routes() {
		if route.Method == method && route.Pattern == path {
			return route.Least == "" || role.May(route.Least)
		}
	}
	return false
}
