package fraud

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of reading a message.
const (
	maxText  = 12_000 // bytes of a text that are looked at; the rest is ignored
	maxWords = 2000   // words of a text that are looked at
	maxChunk = 1000   // bytes without a space between that are read together
)

// A mark is what a piece of a message is, beside its words: a link, a number.
type mark byte

// The marks, by the names that rules call them: "#mobile".
const (
	noMark        mark = iota
	markMobile         // an Indian mobile number, or one whose end is hidden
	markAbroad         // a number from abroad
	markTollfree       // 1800 …, 1930, 112, 139: numbers of offices and firms
	markCode           // four to eight digits, as of a one-time password
	markAmount         // an amount of money
	markPercent        // a share of a hundred
	markMasked         // the end of an account or card: XX1234
	markDialcode       // *401*: sends calls elsewhere
	markUPI            // a UPI id
	markEmail          // an e-mail address
	markFreemail       // one that anybody can have
	markHeader         // a registered sender: VM-SBIINB-S
	markApk            // an app's file
	markLink           // a link of nobody that we know
	markBait           // such a link, with words that thieves' links have
	markOfficial       // a link of an office, bank or firm that we know
	markShort          // a link that hides where it goes
	markChat           // a link to a chat or group
	markLookalike      // a link with a name that is not its own
	markDisguise       // disguised letters
	markForbidden      // a verb that the message forbids: share, in "do not share"
	markCount
)

var markNames = map[string]mark{
	"mobile": markMobile, "abroad": markAbroad, "tollfree": markTollfree, "code": markCode, "amount": markAmount, "percent": markPercent, "masked": markMasked,
	"dialcode": markDialcode, "upi": markUPI, "email": markEmail, "freemail": markFreemail, "header": markHeader, "apk": markApk,
	"link": markLink, "bait": markBait, "official": markOfficial, "short": markShort, "chat": markChat, "lookalike": markLookalike,
	"disguise": markDisguise, "forbidden": markForbidden,
}

// A token is a word of a message, or one of its links and numbers.
type token struct {
	word       string // as it sounds; "" for a link
	other      string // another reading of the word, "" if none
	marks      [2]mark
	start, end int  // bytes in the text
	glued      bool // no space stands between it and the token before
	first      bool // it begins a sentence
	forbidden  bool // a verb that the message forbids: share, in "do not share"
}

func (t token) is(m mark) bool { return t.marks[0] == m || t.marks[1] == m }

// isLink reports whether a phone would make a link of the token.
func (t token) isLink() bool {
	return t.is(markLink) || t.is(markOfficial) || t.is(markChat) || t.is(markEmail) || t.is(markLookalike) || t.is(markShort)
}

func (t *token) set(m mark) {
	switch {
	case t.is(m):
	case t.marks[0] == noMark:
		t.marks[0] = m
	default:
		t.marks[1] = m
	}
}

// A message is a text as the checker reads it.
type message struct {
	text   string
	tokens []token
}

// readText splits a text into tokens and unfolds what is disguised. known tells
// whether a word is one that matters.
func readText(text string, known func(word string) bool) message {
	if len(text) > maxText {
		text = text[:maxText]
	}
	m := message{text: text, tokens: make([]token, 0, len(text)/5+4)}
	m.dialcodes()
	first := true
	for start := 0; start < len(text) && len(m.tokens) < maxWords; {
		r, size := utf8.DecodeRuneInString(text[start:])
		if space(r) {
			first = first || r == '\n'
			start += size
			continue
		}
		end := start + strings.IndexFunc(text[start:], space)
		if end < start {
			end = len(text)
		}
		if end-start > maxChunk {
			for end = start + maxChunk; !utf8.RuneStart(text[end]) && end > start+1; end-- {
			}
		}
		before := len(m.tokens)
		m.chunk(start, end, known)
		if len(m.tokens) > before {
			m.tokens[before].first = first
			first = strings.ContainsRune(".!?।॥", lastRune(text[start:end]))
		}
		start = end
	}
	m.tokens = joinLetters(m.tokens, known)
	for i := range m.tokens {
		if word := m.tokens[i].word; len(word) == 1 && shorthand[word] != "" {
			m.tokens[i].word = shorthand[word]
		}
	}
	m.numbers()
	return m
}

func space(r rune) bool { return r <= ' ' || r == 0xA0 || r == 0x3000 }

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// edges are the signs that may stand around a link or a word.
const edges = `.,:;!?*_~'"/-=<>()[]{}“”‘’|।…`

// chunk reads what stands between two spaces.
func (m *message) chunk(start, end int, known func(string) bool) {
	if at := indexLatin(m.text[start:end], "http"); at > 0 { // "link:https://…"
		m.chunk(start, start+at, known)
		start += at
	}
	s := m.text[start:end]
	trimmed := strings.TrimLeft(s, edges)
	from := start + len(s) - len(trimmed)
	trimmed = strings.TrimRight(trimmed, edges)
	if i := strings.IndexAny(trimmed, ",;()<>\"|"); i > 0 && strings.ContainsAny(trimmed[:i], ".@") { // two things without a space
		m.chunk(start, from+i, known)
		m.chunk(from+i, end, known)
		return
	}
	if marks := wholeMarks(trimmed, s); marks[0] != noMark {
		if marks[0] == markDialcode {
			from = start + strings.IndexByte(s, '*')
			trimmed = strings.TrimRight(m.text[from:end], `.,:;'")।`)
		}
		m.tokens = append(m.tokens, token{marks: marks, start: from, end: from + len(trimmed)})
		if marks[0] != markApk {
			return
		}
	}
	m.words(start, end, known)
}

// indexLatin is strings.Index for a word of small letters, in either case.
// [strings.ToLower] would move what stands behind an invalid byte.
func indexLatin(s, word string) int {
	for i := 0; i+len(word) <= len(s); i++ {
		if strings.EqualFold(s[i:i+len(word)], word) {
			return i
		}
	}
	return -1
}

// wholeMarks tells what a chunk is as a whole: a link, an address, a sender, a
// code to dial.
func wholeMarks(s, raw string) [2]mark {
	if len(s) < 3 {
		return [2]mark{}
	}
	if isDialcode(raw) {
		return [2]mark{markDialcode}
	}
	if len(s) >= 5 && strings.EqualFold(s[len(s)-4:], ".apk") {
		if _, ok := hostOf(s[:len(s)-4] + ".com"); ok && strings.Contains(s, "/") {
			return [2]mark{markApk, markLink}
		}
		return [2]mark{markApk}
	}
	if isHeader(s) {
		return [2]mark{markHeader}
	}
	if host, ok := hostOf(s); ok {
		return linkMarks(host, s)
	}
	at := strings.IndexByte(s, '@')
	if at < 2 || strings.IndexByte(s[at+1:], '@') >= 0 || !addressName(s[:at]) {
		return [2]mark{}
	}
	host := strings.ToLower(s[at+1:])
	switch {
	case strings.Contains(host, ".") && hostLetters(host):
		if below(host, freemail) {
			return [2]mark{markEmail, markFreemail}
		}
		return [2]mark{markEmail}
	case len(host) >= 2 && isLatin(host):
		return [2]mark{markUPI}
	}
	return [2]mark{}
}

var freemail = wordList("gmail.com yahoo.com yahoo.in yahoo.co.in outlook.com hotmail.com rediffmail.com protonmail.com proton.me")

func linkMarks(host, s string) [2]mark {
	if strings.HasSuffix(strings.ToLower(s), ".apk") {
		return [2]mark{markApk, markLink}
	}
	switch placeOf(host) {
	case official:
		return [2]mark{markOfficial}
	case shortener:
		return [2]mark{markShort, markLink}
	case chat:
		return [2]mark{markChat}
	case lookalike:
		return [2]mark{markLookalike, markLink}
	case bait:
		return [2]mark{markBait, markLink}
	}
	return [2]mark{markLink}
}

func addressName(s string) bool {
	for i := range len(s) {
		b := s[i]
		if !(b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '.' || b == '_' || b == '-' || b == '+') {
			return false
		}
	}
	return true
}

func isLatin(s string) bool {
	for i := range len(s) {
		if b := s[i] | 0x20; b < 'a' || b > 'z' {
			return false
		}
	}
	return s != ""
}

// words reads the words and numbers of a chunk.
func (m *message) words(start, end int, known func(string) bool) {
	glued := false
	at := -1
	for i := start; i <= end; {
		r, size := rune(' '), 1
		if i < end {
			r, size = utf8.DecodeRuneInString(m.text[i:end])
		}
		if i < end && inWord(r) || at >= 0 && i+size < end && leetSign(r) && letterAt(m.text, i-1) && letterAt(m.text, i+size) {
			if at < 0 {
				at = i
			}
			i += size
			continue
		}
		if at >= 0 {
			if t, ok := newToken(m.text[at:i], m.tokens, known); ok {
				t.start, t.end, t.glued = at, i, glued
				m.tokens = append(m.tokens, t)
				glued = true
			}
			at = -1
		}
		i += size
	}
}

func inWord(r rune) bool {
	switch {
	case r < utf8.RuneSelf:
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '\''
	case r == '₹' || r == '।' || r == '॥':
		return false
	case r >= firstDeva && r <= lastBengali:
		return true
	case r == '’' || r == '‘':
		return true
	}
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsNumber(r) || invisible(r)
}

// invisible reports whether nothing is seen of a character.
func invisible(r rune) bool {
	return r == 0xFE0F || r == 0x20E3 || r == 0xAD || unicode.Is(unicode.Cf, r)
}

func letterAt(s string, i int) bool {
	return i >= 0 && i < len(s) && (s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z' || s[i] >= '0' && s[i] <= '9')
}

// newToken reads one word or number, which stands after tokens.
func newToken(raw string, tokens []token, known func(string) bool) (token, bool) {
	plain, disguised := unmask(raw)
	word := fold(plain)
	if word == "" {
		return token{}, false
	}
	if strings.IndexByte(word, ' ') >= 0 { // of several parts by compatibility; rare
		word = strings.ReplaceAll(word, " ", "")
	}
	t := token{word: word}
	if !known(word) {
		if read, ok := unleeted(plain, known); ok {
			t.word, disguised = read, true
		} else if mixed(raw) {
			if k := mixedMark(plain); k != markMobile || len(tokens) == 0 || !idWords[tokens[len(tokens)-1].word] {
				t.set(k)
			}
		}
	} else if disguised && len(word) < 3 {
		disguised = false
	}
	if disguised {
		t.set(markDisguise)
	}
	return t, true
}

// mixed reports whether a word has both letters and digits.
func mixed(s string) bool {
	letter, digit := false, false
	for i := range len(s) {
		digit = digit || s[i] >= '0' && s[i] <= '9'
		letter = letter || s[i] >= 'A'
	}
	return letter && digit
}
