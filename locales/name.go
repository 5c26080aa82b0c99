package locales

import "strings"

// What stands around a name when people say it: "मेरा नाम … है", "I am …".
var (
	beforeName = [][]string{
		{"मेरा", "नाम"},
		{"मेरा", "नाव"},
		{"मोर", "नाव"},
		{"नाम"},
		{"मैं"},
		{"मै"},
		{"हमारा", "नाम"},
		{"उनका", "नाम"},
		{"उसका", "नाम"},
		{"mor", "nav"},
		{"mor", "naav"},
		{"mor", "naam"},
		{"mera", "naam"},
		{"mera", "nam"},
		{"mera", "name"},
		{"unka", "naam"},
		{"naam"},
		{"main"},
		{"mai"},
		{"my", "name", "is"},
		{"my", "name"},
		{"name", "is"},
		{"name"},
		{"i", "am"},
		{"i'm"},
		{"im"},
		{"this", "is"},
		{"his", "name", "is"},
		{"her", "name", "is"},
		{"their", "name", "is"},
	}
	afterName = wordSet("है हैं हे हूं हूँ हुं हु hai he h hain hoon hu hun ho")
)

// PersonName is the name in an answer to "what is your name?", without the
// sentence around it, on one line.
func PersonName(text string) string {
	words := strings.Fields(strings.NewReplacer(":", " ", "।", " ").Replace(text))
	for _, before := range beforeName {
		if len(words) > len(before) && startsWith(words, before) {
			words = words[len(before):]
			break
		}
	}
	for len(words) > 1 && afterName[strings.ToLower(words[len(words)-1])] {
		words = words[:len(words)-1]
	}
	return strings.Trim(strings.Join(words, " "), " .,-")
}

func startsWith(words, start []string) bool {
	for i, w := range start {
		if strings.ToLower(words[i]) != w {
			return false
		}
	}
	return true
}
