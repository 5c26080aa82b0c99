package fraud

import (
	"strings"
	"unicode/utf8"

	"mitan/locales"
)

// fold brings the spellings of one word together: as [locales.Fold] does, and
// then by its sound, so that jaayega is jaega and दीजिये is दीजिए.
func fold(word string) string { return spoken(locales.Fold(word)) }

// shorthand are words as they are shortened in chats.
var shorthand = map[string]string{
	"u": "you", "ur": "your", "yr": "your", "urs": "yours", "hv": "have", "pls": "please", "plz": "please", "msg": "mesage", "msge": "mesage",
	"acnt": "acount", "acct": "acount", "amt": "amount", "b4": "before", "tmrw": "tomorow", "wid": "vith", "dis": "this", "d": "the",
	"h": "hai", "hn": "hain", "nhi": "nahi", "nai": "nahi", "kr": "kar", "krna": "karna", "krne": "karne", "kro": "karo", "kre": "kare", "krke": "karke",
	"rha": "raha", "rhe": "rahe", "rhi": "rahi", "gya": "gaya", "gyi": "gai", "gye": "gae", "mje": "mujhe", "muje": "mujhe", "phn": "fon",
	"nmbr": "number", "num": "number", "nambar": "number", "lnk": "link", "vdo": "video", "vidio": "video", "pic": "foto", "pics": "fotos", "bnk": "bank",
}

// spoken writes a folded word as it sounds, and a shortened one in full.
func spoken(word string) string {
	if long, ok := shorthand[word]; ok && len(word) > 1 { // one letter may be part of "u p i"
		return long
	}
	return sounded(word)
}

// sounded writes long vowels short, and one letter for those that are mixed up.
func sounded(word string) string {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf {
			return spokenIndic(word)
		}
	}
	return spokenLatin(word)
}

// spokenLatin writes long vowels short, double letters single, and one letter
// for those that are mixed up when Hindi is written in Roman letters.
func spokenLatin(word string) string {
	out := make([]byte, 0, len(word))
	for i := 0; i < len(word); i++ {
		b := word[i]
		var prev, next byte
		if len(out) > 0 {
			prev = out[len(out)-1]
		}
		if i+1 < len(word) {
			next = word[i+1]
		}
		switch {
		case b >= '0' && b <= '9':
			out = append(out, b)
		case i > 0 && word[i-1] == b && b == 'e':
			out[len(out)-1] = 'i'
		case i > 0 && word[i-1] == b && b == 'o':
			out[len(out)-1] = 'u'
		case i > 0 && word[i-1] == b:
		case b == 'w':
			out = append(out, 'v')
		case b == 'z':
			out = append(out, 'j')
		case b == 'q':
			out = append(out, 'k')
		case b == 'c' && next == 'k':
		case b == 'h' && (prev == 's' || prev == 'h'):
		case b == 'h' && prev == 'p':
			out[len(out)-1] = 'f'
		case b == 'y' && isVowel(prev) && isVowel(next): // jayega, kijiye
		default:
			out = append(out, b)
		}
	}
	return string(out)
}

func isVowel(b byte) bool { return b == 'a' || b == 'e' || b == 'i' || b == 'o' || b == 'u' }

// indicSound is what a letter of Devanagari sounds like; Bengali letters are
// brought to Devanagari's places first, for the two blocks are laid out alike.
var indicSound = map[rune]rune{
	'श': 'स', 'ष': 'स', 'ण': 'न', 'ई': 'इ', 'ऊ': 'उ', 'ऐ': 'ए', 'औ': 'ओ', 'ै': 'े', 'ौ': 'ो', 'ी': 'ि', 'ू': 'ु', 'ॅ': 'े', 'ऍ': 'ए',
}

const (
	firstDeva    = '\u0900'
	lastDeva     = '\u097F'
	firstBengali = '\u0980'
	lastBengali  = '\u09FF'
	bengaliZero  = '\u09E6'
	anusvara     = 'ं'
	nukta        = '़'
	signI        = 'ि'
)

func spokenIndic(word string) string {
	out := make([]rune, 0, len(word)/3+1)
	for _, r := range word {
		bengali := r >= firstBengali && r <= lastBengali
		base := r
		if r >= bengaliZero && r <= bengaliZero+9 {
			out = append(out, r-bengaliZero+'0')
			continue
		}
		if bengali {
			base = r - firstBengali + firstDeva
		}
		if base == nukta {
			continue
		}
		if s, ok := indicSound[base]; ok {
			base = s
		}
		if bengali {
			base += firstBengali - firstDeva
		}
		if base == 'य' && len(out) > 0 && out[len(out)-1] == signI { // दीजिये, दीजिए
			continue
		}
		out = append(out, base)
	}
	if n := len(out); n > 2 && out[n-1] == anusvara {
		out = out[:n-1]
	}
	return string(out)
}

// latinBones and indicBones are the consonants of a word, without breath: for
// bones, which see.
var (
	latinBones = [256]byte{
		'b': 'b', 'c': 'k', 'd': 'd', 'f': 'f', 'g': 'g', 'j': 'j', 'k': 'k', 'l': 'l', 'm': 'n', 'n': 'n',
		'p': 'p', 'q': 'k', 'r': 'r', 's': 's', 't': 't', 'v': 'b', 'w': 'b', 'x': 'x', 'z': 'j',
	}
	indicBones = map[rune]byte{
		'क': 'k', 'ख': 'k', 'ग': 'g', 'घ': 'g', 'ङ': 'n', 'च': 'c', 'छ': 'c', 'ज': 'j', 'झ': 'j', 'ञ': 'n',
		'ट': 't', 'ठ': 't', 'ड': 'd', 'ढ': 'd', 'ण': 'n', 'त': 't', 'थ': 't', 'द': 'd', 'ध': 'd', 'न': 'n',
		'प': 'p', 'फ': 'f', 'ब': 'b', 'भ': 'b', 'म': 'n', 'र': 'r', 'ल': 'l', 'व': 'b', 'श': 's', 'ष': 's', 'स': 's',
		'ं': 'n', 'ँ': 'n',
	}
)

// minBones is how many consonants a word must have to be known by them alone.
const minBones = 4

// bones returns the consonants of a spoken word, the same for both scripts, if
// it has enough of them to be known by them: vrfksn for verification, वेरिफिकेशन
// and verifcation, trnt for turant. It is for words that are not known as
// written.
func bones(word string) (string, bool) {
	out := make([]byte, 0, len(word))
	add := func(b byte) {
		if b != 0 && (len(out) == 0 || out[len(out)-1] != b) {
			out = append(out, b)
		}
	}
	word = strings.ReplaceAll(word, "tion", "sn")
	for i, r := range word {
		switch {
		case r >= '0' && r <= '9':
			return "", false
		case r == 'x':
			add('k')
			add('s')
		case r == 'c' && i+1 < len(word) && (word[i+1] == 'e' || word[i+1] == 'i'):
			add('s')
		case r == 'c' && i+1 < len(word) && word[i+1] == 'h':
			add('c')
		case r < utf8.RuneSelf:
			add(latinBones[r])
		case r >= firstBengali && r <= lastBengali:
			add(indicBones[r-firstBengali+firstDeva])
		default:
			add(indicBones[r])
		}
	}
	return string(out), len(out) >= minBones
}
