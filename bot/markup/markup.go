// Package markup shows a message's text as WhatsApp does: on the practice phone,
// and where officers read what the talk says.
package markup

import (
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"
)

// marks are WhatsApp's signs of formatting and their elements.
var marks = map[byte]string{'*': "strong", '_': "em", '~': "s"}

// HTML is a message's text as WhatsApp shows it: *bold*, _italic_, ~struck~.
// A mark counts only where it hugs its words. Everything else, links among it,
// is inert text. Line breaks are left to the style sheet.
func HTML(text string) template.HTML {
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

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsMark(r) }
