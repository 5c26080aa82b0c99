package locales

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// story is a message of about 200 characters.
const story = "नमस्ते साहब, कल शाम 5 बजे एक फोन आया, बोला बिजली कट जाएगी, उसने OTP मांगा। मैंने बता दिया तो मेरे खाते से 25,000 रुपये कट गए। उसका नंबर 90000 00001 था और UPI thug@ybl था। अब क्या करूं? मदद कीजिए।"

const romanStory = "namaste sahab, kal shaam 5 baje ek phone aaya, bola bijli kat jayegi, usne OTP maanga. maine bata diya to mere khate se 25,000 rupaye kat gaye. uska number 90000 00001 tha aur UPI thug@ybl tha. ab kya karu?"

func benchTexts(b *testing.B, f func(text string)) {
	for name, text := range map[string]string{"deva": story, "latn": romanStory, "short": "1"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f(text)
			}
		})
	}
}

func BenchmarkFold(b *testing.B)        { benchTexts(b, func(s string) { Fold(s) }) }
func BenchmarkAmounts(b *testing.B)     { benchTexts(b, func(s string) { Amounts(s) }) }
func BenchmarkIdentifiers(b *testing.B) { benchTexts(b, func(s string) { Identifiers(s) }) }
func BenchmarkMask(b *testing.B)        { benchTexts(b, func(s string) { Mask(s) }) }

func BenchmarkWhen(b *testing.B) {
	now := time.Date(2026, 11, 23, 16, 30, 0, 0, IST)
	benchTexts(b, func(s string) { When(s, now) })
}

func BenchmarkCommand(b *testing.B) {
	c := keywordCatalog(b)
	benchTexts(b, func(s string) { c.Command(s) })
}

func BenchmarkMoneyGone(b *testing.B) {
	c := keywordCatalog(b)
	benchTexts(b, func(s string) { c.MoneyGone(s) })
}

func BenchmarkUrgent(b *testing.B) {
	c := keywordCatalog(b)
	benchTexts(b, func(s string) { c.Urgent(s) })
}

func BenchmarkEnrolPhrase(b *testing.B) {
	c := keywordCatalog(b)
	benchTexts(b, func(s string) { c.EnrolPhrase(s) })
}

// BenchmarkStory reads stories of growing length: the time a byte must not grow.
func BenchmarkStory(b *testing.B) {
	c := keywordCatalog(b)
	for _, times := range []int{1, 2, 4, 8} {
		text := strings.Repeat(romanStory+" ", times)
		b.Run(strconv.Itoa(len(text)), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				c.Story(text, storyNow)
			}
		})
	}
}

func BenchmarkText(b *testing.B) {
	c, err := load(fstest.MapFS{
		"hi/a.toml": {Data: []byte("plain = \"कितना पैसा गया?\"\nfilled = \"नंबर {{.case}}\"\n")},
		"en/a.toml": {Data: []byte("plain = \"How much?\"\nfilled = \"Number {{.case}}\"\n")},
	}, nil)
	if err != nil {
		b.Fatal(err)
	}
	vars := map[string]any{"case": "BSP-26-000001"}
	for _, key := range []string{"plain", "filled"} {
		b.Run(key, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Text(Hindi, key, vars)
			}
		})
	}
}

// contains is what a reading of keywords costs at least: a plain search of a
// folded text for each of them.
func contains(keywords []string, text string) int {
	found := 0
	folded := Fold(text)
	for _, k := range keywords {
		if strings.Contains(folded, k) {
			found++
		}
	}
	return found
}

// BenchmarkIntent reads requests of 200 characters, beside a plain search of the
// same text for the same keywords.
func BenchmarkIntent(b *testing.B) {
	c := keywordCatalog(b)
	var keywords []string
	for piece := range c.lex.vocab.pieces {
		keywords = append(keywords, piece)
	}
	slices.Sort(keywords)
	for name, text := range map[string]string{"deva": story, "latn": romanStory, "unknown": strings.Repeat("gharwali bazaar ", 13)[:200]} {
		b.Run(name+"/request", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				heard := c.Hear(text)
				heard.Request()
				heard.MoneyGone()
			}
		})
		b.Run(name+"/contains", func(b *testing.B) {
			for b.Loop() {
				contains(keywords, text)
			}
		})
	}
}

// BenchmarkIntentGrowing reads texts of growing length: what a character costs
// does not grow.
func BenchmarkIntentGrowing(b *testing.B) {
	c := keywordCatalog(b)
	for _, n := range []int{1, 4, 16, 64, 256} {
		text := strings.Repeat(romanStory+" ", n)
		b.Run(fmt.Sprint(len(text)), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				heard := c.Hear(text)
				heard.Request()
				heard.MoneyGone()
			}
		})
	}
}
