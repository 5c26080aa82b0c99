package fraud

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A rule and the texts for which it holds.
func TestRules(t *testing.T) {
	l := newLexicon()
	l.classes["power"] = l.slot("bijli", "बिजली", "power")
	l.classes["cut"] = l.slot("kat*", "cut off")
	for _, test := range []struct {
		rule, text string
		holds      bool
	}{
		{"@power + @cut", "aaj bijli kategi", true},
		{"@power + @cut", "katne wali hai bijli", true},
		{"@power + @cut", "bijli aa gayi", false},
		{"@power + @cut", "the power may be cut it off", true},
		{"@power + @cut", "the power may be cut", false},
		{"@power|gas + @cut", "gas ka connection katega", true},
		{"@power + #mobile", "बिजली 9000000011", true},
		{"@power + #mobile", "बिजली 1912", false},
		{"@power + !@cut", "bijli aa gayi", true},
		{"@power + !@cut", "bijli kat gayi", false},
		{"@power + @cut /4", "bijli ki line kat gayi", true},
		{"@power + @cut /4", "bijli ki wahi purani line kat gayi", false},
	} {
		r, err := l.rule(test.rule)
		require.NoError(t, err)
		m := readText(test.text, l.knows)
		never := func(string) bool { return false }
		b := &book{lexicon: l, asks: never, traps: never}
		seen := b.look(m)
		_, holds := r.holds(&seen)
		assert.Equal(t, test.holds, holds, "%s: %q", test.rule, test.text)
	}
}

// What is forbidden is not asked for.
func TestForbiddenVerbsDoNotCount(t *testing.T) {
	asks := askWords([]string{"share", "click", "send", "scan", "batao", "batana", "karein", "शेयर", "बताएं", "দেবেন"})
	for text, want := range map[string]bool{
		"share your OTP":                   false,
		"do not share your OTP":            true,
		"never ever click or share":        true,
		"never enter a PIN or scan to get": true,
		"KYC not updated, click here":      false,
		"Do not worry. Share your OTP":     false,
		"otp mat batana":                   true,
		"otp batao na":                     false,
		"ओटीपी शेयर न करें":                true,
		"किसी को न बताएं":                  true,
		"ओटीपी बताएं":                      false,
		"share nahi karein":                true,
		"bill update nahi hua, link share": false,
		"OTP দেবেন না":                     true,
	} {
		m := readText(text, func(string) bool { return false })
		forbid(m.tokens, asks)
		got := false
		for _, tok := range m.tokens {
			got = got || tok.forbidden
		}
		assert.Equal(t, want, got, text)
	}
}

// A newcomer who adds a kind is told what is wrong with its rules.
func TestBookSaysWhatIsWrong(t *testing.T) {
	book := func(words, signs string, k Kind) error {
		k.Words = []string{"x"}
		_, err := newBook(fstest.MapFS{"words.toml": {Data: []byte(words)}, "signs.toml": {Data: []byte(signs)}}, []Kind{k})
		return err
	}
	const words = "ask = 'share'\ncut = 'kat*'\n"
	for _, test := range []struct{ name, words, signs, rule, want string }{
		{"good", words, "", "@cut", ""},
		{"no such class", words, "", "@cut + @moon", "no class moon"},
		{"no such mark", words, "", "@cut + #moon", "no mark moon"},
		{"nothing to look for", words, "", "@cut + ...", "no letters"},
		{"only what must be absent", words, "", "!@cut", "nothing to look for"},
		{"too wide", words, "", "@cut /99", "number of words from 1 to 40"},
		{"too many parts", words, "", "@cut + a + b + c + d + e + f", "more than 6 parts"},
		{"a class that nobody uses", words + "moon = 'chand'\n", "", "@cut", "no rule uses the class moon"},
		{"a field nobody knows", words, "[[cue]]\nkey = 'x'\ncolour = 1\n", "@cut", "unknown field"},
	} {
		err := book(test.words, test.signs, Kind{Strong: []string{test.rule}})
		if test.want == "" {
			assert.NoError(t, err, test.name)
		} else {
			assert.ErrorContains(t, err, test.want, test.name)
		}
	}
}

// Each red flag gives a reason that the talk has words for.
func TestFlagsHaveReasons(t *testing.T) {
	for _, flag := range lore.flags {
		key := flag.Key
		if other, ok := sameReason[key]; ok {
			key = other
		}
		if flag.Weight > 0 {
			assert.Contains(t, ReasonKeys(), key)
		}
	}
}
