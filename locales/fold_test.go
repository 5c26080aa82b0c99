package locales

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"
)

func TestFold(t *testing.T) {
	for text, want := range map[string]string{
		"":                 "",
		"MENU":             "menu",
		"  menu \n now ":   "menu now",
		"*1*":              "1",
		"1️⃣":              "1",
		"1️⃣2️⃣":           "12",
		"१२३":              "123",
		"①":                "1",
		"ｍｅｎｕ":             "menu",
		"don't":            "dont",
		"don’t!":           "dont",
		"haaaan":           "han",
		"haan":             "haan",
		"1000":             "1000",
		"हाँ":              "हां",
		"हां":              "हां",
		"हिन्दी":           "हिंदि",
		"हिंदी":            "हिंदि",
		"बन्द":             "बंद",
		"अँग्रेज़ी":        "अंग्रेजि",
		"अंग्रेजी":         "अंग्रेजि",
		"फ\u093Cोन":        "फोन",
		"\u095Eोन":         "फोन",
		"ऑफिसर":            "आफिसर",
		"गये":              "गए",
		"सायबर":            "साइबर",
		"मेनू":             "मेनु",
		"पुलिस":            "पुलिस",
		"क्\u200dषमा":      "क्षमा",
		"\u202Emenu\u202C": "menu",
		"me\u200Bnu\ufeff": "menu",
		"menu\xff\xfe":     "menu",
		"😀 👍🏽":             "",
		"मदद🙏कीजिए।":       "मदद किजिए",
		"हां,नहीं":         "हां नहिं",
		"कॉल":              "काल",
		"सम्पर्क":          "संपर्क",
		"पञ्च":             "पंच",
		"वाङ्मय":           "वाङ्मय",
		"न्न":              "न्न",
		"police-se-baat":   "police se baat",
		"José":             "jose",
	} {
		assert.Equal(t, want, Fold(text), "%q", text)
	}
}

// trickyText draws texts of the letters that folding treats, and of any others.
func trickyText() *rapid.Generator[string] {
	letters := []rune("aAeEoOhHsSpPwzqnm10०९ँंिीुूऑॉआायबेएइन्दम्पक़फ़\u200d\u200c\ufe0f\u20e3\u0301 .,'*-İKſ①½ﷺ𝟗가\U0001F1EE")
	return rapid.OneOf(
		rapid.StringOf(rapid.SampledFrom(letters)),
		rapid.String(),
		rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }),
	)
}

func TestFoldProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := trickyText().Draw(t, "text")
		once := Fold(text)
		if twice := Fold(once); twice != once {
			t.Fatalf("not idempotent: %q, then %q", once, twice)
		}
		if !utf8.ValidString(once) {
			t.Fatalf("invalid UTF-8: %q", once)
		}
		// The longest expansion is of U+FDFA: 3 bytes to 33.
		if len(once) > 11*len(text) {
			t.Fatalf("%d bytes of %d", len(once), len(text))
		}
		if once != strings.TrimSpace(once) || strings.Contains(once, "  ") {
			t.Fatalf("spaces: %q", once)
		}
		for _, w := range strings.Fields(once) {
			if sound(sound(w)) != sound(w) {
				t.Fatalf("sound: %q, %q, %q", w, sound(w), sound(sound(w)))
			}
		}
	})
}

func TestSound(t *testing.T) {
	for _, same := range [][]string{
		{"wapas", "vapas", "waapas"},
		{"peeche", "piche"},
		{"shikayat", "sikayat"},
		{"hazar", "hajar", "hazaar"},
		{"phone", "fone"},
		{"नहीं", "नही", "नहि"},
		{"शिकायत", "सिकायत"},
		{"गई", "गयी"},
		{"hoon", "huun", "hun"},
		{"achha", "acha", "accha"},
	} {
		for _, w := range same[1:] {
			assert.Equal(t, sound(Fold(same[0])), sound(Fold(w)), "%s and %s", same[0], w)
		}
	}
	for _, differ := range [][2]string{{"पुलिस", "पलिस"}, {"100", "10"}, {"kal", "kl"}, {"दिन", "दान"}} {
		assert.NotEqual(t, sound(Fold(differ[0])), sound(Fold(differ[1])))
	}
}
