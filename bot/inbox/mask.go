package inbox

import (
	"html/template"
	"regexp"

	"mitan/bot"
)

// phoneInWords is a mobile number as people write it, in either digits.
var phoneInWords = regexp.MustCompile(`([6-9६-९][0-9०-९]{4})[ -]?[0-9०-९]{3}([0-9०-९]{2})`)

// maskWords hides the middle of the mobile numbers in a text.
func maskWords(text string) string {
	return phoneInWords.ReplaceAllString(text, "$1 •••$2")
}

// wordsFor are a resident's words, as far as somebody may see them: a viewer
// sees no numbers in them.
func wordsFor(o bot.Officer, text string) string {
	if o.Role.May(bot.RoleOfficer) {
		return text
	}
	return maskWords(text)
}

// maskEntries hides numbers in a thread that a viewer sees.
func maskEntries(entries []entry) {
	for i := range entries {
		e := &entries[i]
		e.Text = template.HTML(maskWords(string(e.Text))) // it was made safe before, and digits keep it so
		e.Choice = maskWords(e.Choice)
		if e.Quote != nil {
			e.Quote.Text = maskWords(e.Quote.Text)
		}
	}
}
