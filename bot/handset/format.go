package handset

import (
	"html/template"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"mitan/bot"
)

// marks are WhatsApp's signs of formatting and their elements.
var marks = map[byte]string{'*': "strong", '_': "em", '~': "s"}

// Format is a message's text as WhatsApp shows it: *bold*, _italic_, ~struck~.
// A mark counts only where it hugs its words. Everything else, links among it,
// is inert text. Line breaks are left to the style sheet.
func Format(text string) template.HTML {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = formatLine(line)
	}
	return template.HTML(strings.Join(lines, "\n")) // formatLine escapes
}

func formatLine(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		element, isMark := marks[s[i]]
		if isMark && opens(s, i) {
			if end := closing(s, i); end > 0 {
				out.WriteString("<" + element + ">" + formatLine(s[i+1:end]) + "</" + element + ">")
				i = end + 1
				continue
			}
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		out.WriteString(template.HTMLEscapeString(s[i : i+size]))
		i += size
	}
	return out.String()
}

// opens tells whether the mark at i may open: at the start of a word, with a
// word right after it.
func opens(s string, i int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:i])
	after, _ := utf8.DecodeRuneInString(s[i+1:])
	return (i == 0 || !inWord(before)) && i+1 < len(s) && !unicode.IsSpace(after)
}

// closing finds the mark that closes the one at i; 0 if there is none.
func closing(s string, i int) int {
	for end := i + 2; end < len(s); end++ {
		if s[end] != s[i] {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:end])
		after, _ := utf8.DecodeRuneInString(s[end+1:])
		if !unicode.IsSpace(before) && (end+1 == len(s) || !inWord(after)) {
			return end
		}
	}
	return 0
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || isSign(r) }

// isSign tells a vowel sign or another mark that belongs to the letter before.
func isSign(r rune) bool { return unicode.IsMark(r) }

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
