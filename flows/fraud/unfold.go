package fraud

import (
	"strings"
	"unicode/utf8"

	"mitan/locales"
)

// lookalikes are letters of other scripts that look like Latin ones.
var lookalikes = map[rune]byte{
	'а': 'a', 'в': 'b', 'с': 'c', 'ԁ': 'd', 'е': 'e', 'ё': 'e', 'һ': 'h', 'н': 'h', 'і': 'i', 'ї': 'i', 'ј': 'j', 'к': 'k', 'ӏ': 'l', 'м': 'm',
	'о': 'o', 'р': 'p', 'ѕ': 's', 'т': 't', 'у': 'y', 'ѵ': 'v', 'ԝ': 'w', 'х': 'x', 'г': 'r', 'п': 'n', 'и': 'u',
	'А': 'a', 'В': 'b', 'С': 'c', 'Е': 'e', 'Н': 'h', 'І': 'i', 'Ј': 'j', 'К': 'k', 'М': 'm', 'О': 'o', 'Р': 'p', 'Ѕ': 's', 'Т': 't', 'У': 'y', 'Х': 'x',
	'α': 'a', 'β': 'b', 'ε': 'e', 'η': 'n', 'ι': 'i', 'κ': 'k', 'ν': 'v', 'ο': 'o', 'ρ': 'p', 'τ': 't', 'υ': 'u', 'χ': 'x', 'ω': 'w',
	'Α': 'a', 'Β': 'b', 'Ε': 'e', 'Ζ': 'z', 'Η': 'h', 'Ι': 'i', 'Κ': 'k', 'Μ': 'm', 'Ν': 'n', 'Ο': 'o', 'Ρ': 'p', 'Τ': 't', 'Υ': 'y', 'Χ': 'x',
	'ı': 'i', 'ɑ': 'a', 'ɡ': 'g', 'ӧ': 'o', 'ѐ': 'e',
}

// unmask writes a word with Latin letters where others look like them and
// without what is not seen, and tells whether it was disguised so.
func unmask(raw string) (plain string, disguised bool) {
	odd := false
	for i := range len(raw) {
		if raw[i] >= utf8.RuneSelf {
			odd = true
			break
		}
	}
	if !odd {
		return raw, false
	}
	var out strings.Builder
	latin, other := false, false
	var before rune
	for _, r := range raw {
		b, ok := lookalikes[r]
		switch {
		case ok:
			out.WriteByte(b)
			other = true
		case invisible(r) && r != 0xFE0F && r != 0x20E3:
			disguised = disguised || before < utf8.RuneSelf && before > ' '
			if before >= utf8.RuneSelf { // Indic scripts need theirs
				out.WriteRune(r)
			}
		default:
			// The bold, wide and circled alphabets.
			disguised = disguised || r >= 0x1D400 && r <= 0x1D7FF || r >= 0xFF21 && r <= 0xFF5A || r >= 0x24B6 && r <= 0x24E9
			latin = latin || r|0x20 >= 'a' && r|0x20 <= 'z'
			out.WriteRune(r)
		}
		before = r
	}
	if other && !latin && len([]rune(raw)) < 3 { // a Greek or Russian letter alone
		return raw, false
	}
	return out.String(), disguised || other
}

func leetSign(r rune) bool { return r == '@' || r == '$' || r == '!' || r == '|' }

// unleet reads digits as the letters that they look like; one is what 1 is.
func unleet(s string, one byte) string {
	out := []byte(s)
	for i, b := range out {
		switch b {
		case '0':
			out[i] = 'o'
		case '1', '!', '|':
			out[i] = one
		case '3':
			out[i] = 'e'
		case '4', '@':
			out[i] = 'a'
		case '5', '$':
			out[i] = 's'
		case '7':
			out[i] = 't'
		case '8':
			out[i] = 'b'
		}
	}
	return string(out)
}

// minUnleet is how long a word must be to be read so: 5g is no word, nor is a1.
const minUnleet = 3

// unleeted reads a word with digits or signs among its letters, such as W0N,
// FL1PKART or cl!ck, if that gives a known one.
func unleeted(plain string, known func(string) bool) (string, bool) {
	if len(plain) < minUnleet || len(plain) > 24 || !strings.ContainsAny(plain, "01345789@$!|") {
		return "", false
	}
	letters := 0
	for i := range len(plain) {
		if plain[i]|0x20 >= 'a' && plain[i]|0x20 <= 'z' {
			letters++
		}
	}
	if letters == 0 || letters*2 < len(plain) {
		return "", false
	}
	for _, one := range []byte("il") {
		if w := fold(unleet(strings.ToLower(plain), one)); len(w) >= minUnleet && known(w) {
			return w, true
		}
	}
	return "", false
}

// joinLetters joins letters that stand apart, "b l o c k" or "K.Y.C", and the
// parts of words with signs between, "acc.ount", where that gives a known word.
func joinLetters(in []token, known func(string) bool) []token {
	out := in[:0]
	for i := 0; i < len(in); {
		if n, word := letters(in[i:], known); n > 1 {
			t := in[i]
			t.word, t.end = word, in[i+n-1].end
			if n > 4 {
				t.set(markDisguise)
			}
			out = append(out, t)
			i += n
			continue
		}
		if i+1 < len(in) && in[i+1].glued && in[i].marks[0] == noMark && in[i+1].marks[0] == noMark && len(in[i].word) < 20 && len(in[i+1].word) < 20 {
			if word := spoken(locales.Fold(in[i].word + in[i+1].word)); len(word) >= 5 && !known(in[i].word) && known(word) {
				t := in[i]
				t.word, t.end = word, in[i+1].end
				t.set(markDisguise)
				out = append(out, t)
				i += 2
				continue
			}
		}
		out = append(out, in[i])
		i++
	}
	return out
}

// maxApart is how many letters that stand apart are read as one word.
const maxApart = 14

// letters returns how many tokens from the first on are single letters that
// make a known word, the longest, and that word.
func letters(in []token, known func(string) bool) (int, string) {
	n, word := 0, ""
	var joined [maxApart]byte
	for i := range min(len(in), maxApart) {
		w := in[i].word
		if len(w) != 1 || i > 0 && in[i].first {
			break
		}
		joined[i] = w[0]
		if i < 1 {
			continue
		}
		for _, one := range []byte("il") {
			if w := spoken(unleet(string(joined[:i+1]), one)); i >= 2 && known(w) {
				n, word = i+1, w
				break
			}
		}
	}
	return n, word
}
