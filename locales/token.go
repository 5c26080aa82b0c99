package locales

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenKind is what a token is.
type tokenKind byte

const (
	wordToken   tokenKind = iota // letters and their marks
	numberToken                  // digits, in any script
	signToken                    // any other visible character
)

// token is a piece of a text as the parsers of answers see it.
type token struct {
	kind       tokenKind
	text       string // a word by its sound; digits in ASCII; a sign as it is
	start, end int    // bytes in the text
	glued      bool   // nothing stands between it and the token before
}

func (t token) is(sign string) bool { return t.kind == signToken && t.text == sign }

// isGlued reports whether the token is the sign, with no space before it.
func (t token) isGlued(sign string) bool { return t.glued && t.is(sign) }

// tokens is a scanned text.
type tokens []token

// scan splits a text into words, numbers and signs. Invisible marks, variation
// selectors and keycaps are skipped.
func scan(text string) tokens {
	toks := make(tokens, 0, len(text)/5+4)
	glued := false
	var kind tokenKind
	start, end := -1, 0
	flush := func() {
		if start < 0 {
			return
		}
		toks = append(toks, token{kind: kind, text: tokenText(kind, text[start:end]), start: start, end: end, glued: glued})
		start, glued = -1, true
	}
	for i, r := range text {
		size := runeSize(text, i, r)
		switch {
		case invisible(r):
			continue
		case unicode.IsSpace(r):
			flush()
			glued = false
			continue
		}
		k := kindOf(r)
		if start >= 0 && (k != kind || k == signToken) {
			flush()
		}
		if start < 0 {
			start, kind = i, k
		}
		end = i + size
	}
	flush()
	return toks
}

func kindOf(r rune) tokenKind {
	switch {
	case r < utf8.RuneSelf:
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return wordToken
		case r >= '0' && r <= '9':
			return numberToken
		}
		return signToken
	case r >= firstDeva && r < '।', r > 0x0970 && r <= lastDeva:
		return wordToken
	case digitValue(r) >= 0:
		return numberToken
	case unicode.IsLetter(r), unicode.IsMark(r):
		return wordToken
	}
	return signToken
}

func tokenText(kind tokenKind, raw string) string {
	switch kind {
	case wordToken:
		return sound(Fold(raw))
	case numberToken:
		return asciiDigits(raw)
	}
	return raw
}

// runeSize is the length of the rune at i, which is 1 for an invalid byte.
func runeSize(text string, i int, r rune) int {
	if r == unicode.ReplacementChar && !strings.HasPrefix(text[i:], string(unicode.ReplacementChar)) {
		return 1
	}
	return len(string(r))
}

func invisible(r rune) bool {
	if r < utf8.RuneSelf || r >= firstDeva && r <= lastDeva {
		return false
	}
	return r == keycap || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}

// digitValue is the value of a decimal digit of any script, or -1.
func digitValue(r rune) int {
	switch {
	case r >= '0' && r <= '9':
		return int(r - '0')
	case r >= devaZero && r <= devaNine:
		return int(r - devaZero)
	case r < utf8.RuneSelf || r >= firstDeva && r <= lastDeva || !unicode.IsDigit(r):
		return -1
	}
	for _, in := range unicode.Nd.R16 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return int(r-rune(in.Lo)) % 10
		}
	}
	for _, in := range unicode.Nd.R32 {
		if rune(in.Lo) <= r && r <= rune(in.Hi) {
			return int(r-rune(in.Lo)) % 10
		}
	}
	return -1
}

// asciiDigits returns the digits of a text, in ASCII.
func asciiDigits(text string) string {
	if isDigits(text) {
		return text
	}
	out := make([]byte, 0, len(text))
	for _, r := range text {
		if v := digitValue(r); v >= 0 {
			out = append(out, byte('0'+v))
		}
	}
	return string(out)
}

// at returns token i, or an empty sign outside the text.
func (t tokens) at(i int) token {
	if i < 0 || i >= len(t) {
		return token{kind: signToken}
	}
	return t[i]
}

// word returns the word at i, or "".
func (t tokens) word(i int) string {
	if w := t.at(i); w.kind == wordToken {
		return w.text
	}
	return ""
}

// number returns the digits at i, or "".
func (t tokens) number(i int) string {
	if n := t.at(i); n.kind == numberToken {
		return n.text
	}
	return ""
}

// maxRun is how many digits a run of numbers may have before it is cut; a card
// has 19 at most.
const maxRun = 24

// run returns the end of the run of numbers at i, which are parted by single
// spaces or hyphens as in "90000 00001", and all their digits.
func (t tokens) run(i int) (end int, digits string) {
	digits = t.number(i)
	end = i + 1
	for len(digits) < maxRun {
		switch next := t.at(end); {
		case next.kind == numberToken && !next.glued && next.start-t[end-1].end == 1:
			digits += next.text
			end++
		case next.isGlued("-") && t.at(end+1).kind == numberToken && t.at(end+1).glued:
			digits += t[end+1].text
			end += 2
		default:
			return end, digits
		}
	}
	return end, digits
}

// soundSet makes a look-up set of folded words by their sound.
func soundSet(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range words(list) {
		set[w] = true
	}
	return set
}
