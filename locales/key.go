package locales

import "strings"

// maxKeyWord is the length in bytes of the longest word that has a key of its
// own; what is longer is no word of anybody's and is its own key.
const maxKeyWord = 96

// key is what a folded word sounds like, in Latin letters, whichever script it
// was written in: पैसे and paise are "pese", शिकायत, shikayat and sikayt are
// "sikyt". It is for comparing, not for showing.
//
// Vowels that people leave out or lengthen at will go: an "a" inside a word (कर,
// kar, kr), a last anusvara. Those that tell words apart stay: the last "a"
// (बात is "bt", बता is "bta") and the aspirates (कट is "kt", खाता is "khta").
func key(word string) string {
	if word == "" || len(word) > maxKeyWord {
		return word
	}
	var buf, sounds, out [2 * maxKeyWord]byte
	latin, ok := appendLatin(buf[:0], word)
	if !ok {
		return word
	}
	return string(squeeze(out[:0], consonants(sounds[:0], latin)))
}

// Latin letters that one Devanagari letter is written with. The vowel signs are
// written as their letters are.
var devaLatin = func() (table [lastDeva - firstDeva + 1]string) {
	for latin, letters := range map[string]string{
		"k": "क", "kh": "ख", "g": "ग", "gh": "घ", "ch": "चछ", "j": "ज", "jh": "झ", "t": "टत", "th": "ठथ",
		"d": "डद", "dh": "ढध", "n": "ङञणनं", "p": "प", "f": "फ", "b": "ब", "bh": "भ", "m": "म", "y": "य",
		"r": "र", "l": "लळ", "v": "व", "s": "शषस", "h": "ह", "a": "अआा", "i": "इईिी", "u": "उऊुू",
		"ri": "ऋृ", "e": "एेॅऍ", "ai": "ऐै", "o": "ओोॉऑ", "au": "औौ",
	} {
		for _, r := range letters {
			table[r-firstDeva] = latin
		}
	}
	return table
}()

// appendLatin writes a word in Latin letters, with "a" for each vowel that
// Devanagari leaves unwritten inside it. It is false for other scripts.
func appendLatin(out []byte, word string) ([]byte, bool) {
	var last rune
	bare := false // the letter before is a consonant that no vowel sign has followed yet
	for i, r := range word {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			out, bare = append(out, byte(r)), false
		case r == virama:
			bare = false
		case r == last && isSign(r): // "पीछेे"
		case r >= firstDeva && r <= lastDeva:
			if r == anusvara && i+len(string(r)) >= len(word) && i > 0 {
				break
			}
			latin := devaLatin[r-firstDeva]
			if latin == "" {
				break
			}
			if bare && !isSign(r) {
				out = append(out, 'a')
			}
			out, bare = append(out, latin...), isConsonant(r)
		default:
			return nil, false
		}
		last = r
	}
	return out, true
}

func isConsonant(r rune) bool { return r >= 'क' && r <= 'ह' || r == 'ळ' }

// isSign reports whether r is a vowel sign, which stands for the vowel of the
// consonant before it.
func isSign(r rune) bool { return r >= signAA && r < virama || r == 'ृ' }

// squeeze brings the spellings of a word in Latin letters together.
func squeeze(out, w []byte) []byte {
	if string(w) == "kall" || string(w) == "kaal" { // a call, which is not yesterday
		return append(out, "kal"...)
	}
	for i := 0; i < len(w); i++ {
		b := w[i]
		next, prev := byteAt(w, i+1), lastByte(out)
		switch {
		case b == 'a' && (next == 'i' || next == 'u') && i > 0 && !isVowel(prev):
			// "ai" and "au" inside a word are what people write "e" and "o" for
			if after := byteAt(w, i+2); after != 0 && !isVowel(after) {
				b = 'o'
				if next == 'i' {
					b = 'e'
				}
				i++
			}
			out = append(out, b)
		case b == 'a' && next == 'y' && i+2 == len(w): // "may" is not "my"
			out = append(out, b)
		case b == 'a' && i > 0 && next != 0 && next != 'o':
			// left out
		case b == prev && (b < '0' || b > '9') && (b != 't' || w[i-1] == 't'): // "batata" is not "bata"

		case b == 'm' && (next == 'b' || next == 'p' || next == 'f'):
			if prev != 'n' {
				out = append(out, 'n')
			}
		default:
			out = append(out, b)
		}
	}
	return out
}

// consonants writes what sounds alike alike: "sh" is "s", "ph" is "f", "ch" and
// "chh" are "c", "ee" is "i".
func consonants(out, w []byte) []byte {
	for i := 0; i < len(w); i++ {
		b, next, prev := w[i], byteAt(w, i+1), lastByte(out)
		switch {
		case b == 'c' && next == 'h':
			out = append(out, 'c')
			for byteAt(w, i+1) == 'h' {
				i++
			}
		case b == 'c' && (next == 'c' || next == 'k'): // the second one counts
		case b == 'c' && (next == 'e' || next == 'i' || next == 'y'):
			out = append(out, 's')
		case b == 'c' && (next == 0 || strings.IndexByte("lrtaou", next) >= 0):
			out = append(out, 'k')
		case b == 'h' && (prev == 's' || prev == 'c' || prev == 'h' || prev == 'f'):
		case b == 'h' && prev == 'p':
			out[len(out)-1] = 'f'
		case b == 'w':
			out = append(out, 'v')
		case b == 'z':
			out = append(out, 'j')
		case b == 'q':
			out = append(out, 'k')
		case b == 'x':
			out = append(out, 'k', 's')
		case b == 'y' && (next == 'e' || len(out) > 0 && (next == 'i' || prev == 'i')):
			// "gaye" is "gae", "liya" is "lia", "ye" is "e"
		case b == 'e' && next == 'e', b == 'i' && next == 'i':
			out = append(out, 'i')
			i++
		case b == 'o' && next == 'o':
			out = append(out, 'u')
			i++
		case b == 'e' && next == 'i':
			out = append(out, 'a') // "ei" is "ai"
		default:
			out = append(out, b)
		}
	}
	return out
}

func isVowel(b byte) bool { return b == 'a' || b == 'e' || b == 'i' || b == 'o' || b == 'u' }

func byteAt(w []byte, i int) byte {
	if i < 0 || i >= len(w) {
		return 0
	}
	return w[i]
}

func lastByte(w []byte) byte { return byteAt(w, len(w)-1) }
