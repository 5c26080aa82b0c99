package handset

import (
	"regexp"
	"strings"
	"unicode"

	"mitan/bot"
)

// plain is a text in one line without its marks, for a list.
func plain(text string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("*", "", "_", "", "~", "").Replace(text)), " ")
}

// Choice is a number that the helpline offers, to be tapped.
type Choice struct {
	Number string
	Label  string // "" where the number stands inside a sentence
}

// choiceRule finds the numbers that are offered: one or two digits in bold.
var choiceRule = regexp.MustCompile(`\*(\p{Nd}{1,2})\*`)

// maxChoices is how many numbers are offered for tapping.
const maxChoices = 12

// choices reads the numbers that a text offers, as in "*1* हाँ  *2* नहीं". A
// number at the start of a line is labelled by what follows it.
func choices(text string) []Choice {
	var out []Choice
	seen := map[string]bool{}
	for line := range strings.SplitSeq(text, "\n") {
		found := choiceRule.FindAllStringSubmatchIndex(line, -1)
		labelled := len(found) > 0 && strings.TrimSpace(line[:found[0][0]]) == ""
		for i, at := range found {
			c := Choice{Number: line[at[2]:at[3]]}
			if labelled {
				end := len(line)
				if i+1 < len(found) {
					end = found[i+1][0]
				}
				c.Label = plain(line[at[1]:end])
			}
			if !seen[c.Number] && len(out) < maxChoices {
				out, seen[c.Number] = append(out, c), true
			}
		}
	}
	return out
}

// offered are the numbers of the newest message of the helpline that offers
// any, as long as the resident has not answered.
func offered(messages []bot.Message) []Choice {
	for i := len(messages) - 1; i >= 0 && messages[i].By != bot.ByResident; i-- {
		if found := choices(messages[i].Text); len(found) > 0 {
			return found
		}
	}
	return nil
}

// isSign tells a vowel sign or another mark that belongs to the letter before.
func isSign(r rune) bool { return unicode.IsMark(r) }
