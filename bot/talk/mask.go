package talk

import (
	"strings"
	"unicode"

	"mitan/bot"
	"mitan/locales"
)

// MaxRead is how many characters of a message are read for understanding. All
// of it is stored, and all of it is searched for secrets.
const MaxRead = 4000

// mask removes secrets from the message before anything is kept of it.
func (t *Talk) mask() {
	masked, found := locales.Mask(t.in.Text)
	if (t.in.Kind == bot.Text || t.in.Kind == bot.Edit) && len(found) == 0 && !t.s.Kind.takesNumbers() && looksLikeCode(masked) {
		masked, found = strings.Repeat("•", 6), append(found, locales.OTP)
	}
	t.out.Text, t.out.Masked = masked, len(found) > 0 || t.in.Masked
	runes := []rune(masked)
	t.text = strings.TrimSpace(string(runes[:min(len(runes), MaxRead)]))
}

// withoutDigits is text with each digit covered.
func withoutDigits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return '•'
		}
		return r
	}, text)
}

// looksLikeCode tells whether a message is nothing but a code of four or six
// digits. A round number is more likely an amount.
func looksLikeCode(text string) bool {
	digits := locales.Fold(text)
	return locales.BareCode(text) && (len(digits) == 4 || len(digits) == 6) && !strings.HasSuffix(digits, "00")
}
