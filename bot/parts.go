package bot

import "strings"

// MaxMessage is how many characters a message of the bot has at most; what is
// longer goes out as several. Phones fold longer ones away.
const MaxMessage = 4000

// parts cuts a text into messages: between lines, or within one that is too
// long by itself between words, or else anywhere.
func parts(text string) []string {
	var all []string
	rest := []rune(text)
	for len(rest) > MaxMessage {
		end := lastOf(rest[:MaxMessage+1], '\n')
		if end <= 0 {
			end = lastOf(rest[:MaxMessage+1], ' ')
		}
		if end <= 0 {
			end = MaxMessage
		}
		all = append(all, strings.TrimRight(string(rest[:end]), "\n "))
		rest = []rune(strings.TrimLeft(string(rest[end:]), "\n "))
	}
	return append(all, string(rest))
}

// lastOf is where a character stands last; -1 if it does not.
func lastOf(text []rune, r rune) int {
	for i := len(text) - 1; i >= 0; i-- {
		if text[i] == r {
			return i
		}
	}
	return -1
}
