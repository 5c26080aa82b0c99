package locales

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

// TestLongTexts: what a text costs grows with its length and not faster, so a
// message of a megabyte is read like any other. A worse growth hangs this test.
func TestLongTexts(t *testing.T) {
	c := keywordCatalog(t)
	for _, piece := range []string{
		"1 ", "1", "1,11,", "1-", "1.", "a@", "x.", "otp 1234 ", "9000000001 ", "ji ", "मुझे मार ", "paisa ", "a@ybl ", "ये", "\u0301", "•", "password ", "1234 ", "do lakh ", "/", "21/11/", "nahi ", ".apk", "double ", "9 , ", "paisakatgaya ", "tips ", "हिंदी नहीं ",
	} {
		text := strings.Repeat(piece, 1<<17/len(piece))
		assert.LessOrEqual(t, len(Fold(text)), len(text), piece)
		masked, _ := Mask(text)
		assert.LessOrEqual(t, len(masked), 3*len(text), piece)
		assert.Empty(t, c.Command(text))
		Amounts(text)
		When(text, time.Unix(1.8e9, 0))
		Bank(text)
		c.MoneyGone(text)
		c.EnrolPhrase(text)
		c.Urgent(text)
		c.Hear(text).Request()
		c.YesNo(text)
		PhoneNumbers(text)
		assert.LessOrEqual(t, len(Identifiers(text)), MaxIdentifiers, piece)
	}
}
