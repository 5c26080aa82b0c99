package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxFoldPasses bounds the passes of Fold; words that people write settle in
// one, and a pass can only shorten a text or leave its length.
const maxFoldPasses = 8

// Devanagari code points that folding treats by name.
const (
	candrabindu = 'ँ' // ँ
	anusvara    = 'ं' // ं
	letterAA    = 'आ' // आ
	letterCanO  = 'ऑ' // ऑ
	signAA      = 'ा' // ा
	signCanO    = 'ॉ' // ॉ
	signI       = 'ि' // ि
	signII      = 'ी' // ी
	signU       = 'ु' // ु
	signUU      = 'ू' // ू
	signE       = 'े' // े
	letterE     = 'ए' // ए
	letterI     = 'इ' // इ
	letterBa    = 'ब' // ब
	letterYa    = 'य' // य
	nukta       = '़'
	virama      = '्'
	devaZero    = '०' // ०
	devaNine    = '९' // ९
	keycap      = '\u20E3'
)

// Fold brings the spellings of a text together: lower case, no nukta or
// invisible marks, one nasal, short vowel signs, ASCII digits, and words parted
// by single spaces with no punctuation or emoji. A letter written three times
// or more counts once, so "haaaan" is "han". Invalid UTF-8 is dropped. Folding
// a folded text changes nothing.
//
// It keeps vowel signs: dropping all of unicode.Mn would make पुलिस into पलिस.
func Fold(s string) string {
	var buf [256]rune
	if out, ok := foldPlain(s, buf[:0]); ok {
		for changed := true; changed; {
			var again bool
			out, changed = foldRepeats(out)
			out, again = foldSequences(out)
			changed = changed || again
		}
		return string(out)
	}
	for range maxFoldPasses {
		next := foldOnce(s)
		if next == s {
			break
		}
		s = next
	}
	return s
}

// foldPlain folds the characters of a text of Latin and Devanagari letters,
// common signs and emoji, which need no Unicode tables. It is false for others.
func foldPlain(s string, out []rune) ([]rune, bool) {
	for _, r := range s {
		switch {
		case r >= 'A' && r <= 'Z':
			r += 'a' - 'A'
		case r < utf8.RuneSelf:
		case r >= firstDeva && r <= lastDeva:
			r = devaFold[r-firstDeva]
			if r == 0 {
				continue
			}
			if r == unplain {
				return nil, false
			}
			out = append(out, r)
			if r == ' ' && (len(out) == 1 || out[len(out)-2] == ' ') {
				out = out[:len(out)-1]
			}
			continue
		case r == '₹', r >= 0x2000 && r < 0x2070, r == 0xFE0F, r == keycap, r >= 0x1F300 && r <= 0x1FAFF:
		default:
			return nil, false
		}
		out = appendFolded(out, r)
	}
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	return out, true
}

// appendFolded adds what r folds to, with no space first or twice.
func appendFolded(out []rune, r rune) []rune {
	r, keep := foldRune(r)
	if !keep || r == ' ' && (len(out) == 0 || out[len(out)-1] == ' ') {
		return out
	}
	return append(out, r)
}

// The Devanagari block, and what marks the few characters of it whose order
// among others matters to Unicode.
const (
	firstDeva = '\u0900'
	lastDeva  = '\u097F'
	unplain   = -1
)

// devaFold is what each character of the Devanagari block folds to; 0 is nothing.
var devaFold = func() (table [lastDeva - firstDeva + 1]rune) {
	for r := rune(firstDeva); r <= lastDeva; r++ {
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		folded, keep := foldRune(base)
		switch {
		case r >= 0x0951 && r <= 0x0954:
			folded = unplain
		case !keep:
			folded = 0
		}
		table[r-firstDeva] = folded
	}
	return table
}()

func foldOnce(s string) string {
	s = lowered(s)
	out := make([]rune, 0, len(s))
	for _, r := range s {
		out = appendFolded(out, r)
	}
	if n := len(out); n > 0 && out[n-1] == ' ' {
		out = out[:n-1]
	}
	out, _ = foldRepeats(out)
	out, _ = foldSequences(out)
	return string(out)
}

// lowered returns s valid, decomposed for compatibility and in lower case. NFKC
// then NFD is NFKD; composed forms would hide the nukta of क़ or फ़.
func lowered(s string) string {
	s = strings.ToValidUTF8(s, "")
	return norm.NFKD.String(strings.ToLower(norm.NFKD.String(s)))
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// foldRune returns what a single character folds to: itself, a relative, a
// space for what parts words, or nothing.
func foldRune(r rune) (rune, bool) {
	switch {
	case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
		return r, true
	case r == '\'', r == '’', r == '‘', r == '`':
		return 0, false
	case r < utf8.RuneSelf:
		return ' ', r != 0
	case r >= devaZero && r <= devaNine:
		return r - devaZero + '0', true
	}
	switch r {
	case nukta, keycap:
		return 0, false
	case candrabindu:
		return anusvara, true
	case signII:
		return signI, true
	case signUU:
		return signU, true
	case letterCanO:
		return letterAA, true
	case signCanO:
		return signAA, true
	}
	switch {
	case r >= 0x0300 && r <= 0x036F, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Variation_Selector, r):
		return 0, false
	case unicode.IsLetter(r), unicode.IsMark(r), unicode.IsNumber(r):
		return r, true
	}
	return ' ', true
}

// foldRepeats writes a letter that stands three times or more once, and tells
// whether any did. Digits stay.
func foldRepeats(in []rune) ([]rune, bool) {
	out := in[:0]
	for i := 0; i < len(in); {
		r := in[i]
		j := i + 1
		for j < len(in) && in[j] == r {
			j++
		}
		n := j - i
		if n >= 3 && (r < '0' || r > '9') {
			n = 1
		}
		for range n {
			out = append(out, r)
		}
		i = j
	}
	return out, len(out) < len(in)
}

// foldSequences writes one nasal for न्द and ंद, ए for ये, and ाइब for ायब, and
// tells whether it changed any.
func foldSequences(in []rune) ([]rune, bool) {
	out := in[:0]
	changed := false
	for i := 0; i < len(in); i++ {
		r := in[i]
		switch {
		case r < firstDeva:
		case i+2 < len(in) && in[i+1] == virama && homorganic(r, in[i+2]):
			r = anusvara
			i++
			changed = true
		case r == letterYa && i+1 < len(in) && in[i+1] == signE:
			r = letterE
			i++
			changed = true
		case r == letterYa && i+1 < len(in) && in[i+1] == letterBa && len(out) > 0 && out[len(out)-1] == signAA:
			r = letterI
			changed = true
		}
		out = append(out, r)
	}
	return out, changed
}

// homorganic reports whether nasal is the nasal of the row that next is in
// (क, च, ट, त or प row), so that "nasal + virama" before it is an anusvara.
func homorganic(nasal, next rune) bool {
	row := -1
	switch nasal {
	case 'ङ':
		row = 'क'
	case 'ञ':
		row = 'च'
	case 'ण':
		row = 'ट'
	case 'न':
		row = 'त'
	case 'म':
		row = 'प'
	default:
		return false
	}
	return next >= rune(row) && next < rune(row)+4
}

// sound folds a folded word further, to what it sounds like, for look-ups: "aa"
// is "a", "ee" is "i", "w" is "v", "z" is "j", "sh" is "s"; श and ष are स, and a
// last anusvara is dropped, so that नहीं and नही meet. It is for comparing, not
// for showing.
func sound(word string) string {
	if word == "" {
		return word
	}
	for {
		next := soundOnce(word)
		if next == word {
			return word
		}
		word = next
	}
}

func soundOnce(word string) string {
	if isASCII(word) {
		return soundLatin(word)
	}
	return soundDeva(word)
}

func soundLatin(word string) string {
	if plainSound(word) {
		return word
	}
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); i++ {
		b := word[i]
		var prev byte
		if len(out) > 0 {
			prev = out[len(out)-1]
		}
		double := i > 0 && word[i-1] == b
		switch {
		case b >= '0' && b <= '9':
			out = append(out, b)
		case b == 'e' && double && prev == 'e':
			out[len(out)-1] = 'i'
		case b == 'o' && double && prev == 'o':
			out[len(out)-1] = 'u'
		case double:
		case b == 'w':
			out = append(out, 'v')
		case b == 'z':
			out = append(out, 'j')
		case b == 'q':
			out = append(out, 'k')
		case b == 'h' && prev == 's', b == 'h' && prev == 'h':
		case b == 'h' && prev == 'p':
			out[len(out)-1] = 'f'
		default:
			out = append(out, b)
		}
	}
	return string(out)
}

// plainSound reports whether soundLatin would leave word as it is.
func plainSound(word string) bool {
	for i := range len(word) {
		switch b := word[i]; {
		case b == 'w', b == 'z', b == 'q':
			return false
		case i == 0:
		case b == word[i-1] && (b < '0' || b > '9'):
			return false
		case b == 'h' && (word[i-1] == 's' || word[i-1] == 'p'):
			return false
		}
	}
	return true
}

func soundDeva(word string) string {
	if !strings.ContainsAny(word, "शषणईऊय"+string(anusvara)) {
		return word
	}
	var out strings.Builder
	out.Grow(len(word))
	runes := 0
	for i, r := range word {
		size := utf8.RuneLen(r)
		last := i+size >= len(word)
		runes++
		switch {
		case r == anusvara && last && runes > 1:
		case r == 'श', r == 'ष':
			out.WriteRune('स')
		case r == 'ण':
			out.WriteRune('न')
		case r == 'ई':
			out.WriteRune('इ')
		case r == 'ऊ':
			out.WriteRune('उ')
		case r == letterYa && strings.HasPrefix(word[i+size:], string(signI)):
			out.WriteRune(letterI)
		case r == signI && strings.HasSuffix(word[:i], string(letterYa)):
		default:
			out.WriteRune(r)
		}
	}
	return out.String()
}

// words returns the folded words of a text by their sound.
func words(text string) []string {
	folded := strings.Fields(Fold(text))
	for i, w := range folded {
		folded[i] = sound(w)
	}
	return folded
}
