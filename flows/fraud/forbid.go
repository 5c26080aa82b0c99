package fraud

import "strings"

// How far from its verb a word that forbids may stand.
const (
	forbidAhead  = 5 // "do not ever click or share": English, before
	forbidBefore = 2 // "mat kabhi batana", "किसी को न बताएं"
	forbidBehind = 2 // "share na karein", "शेयर कभी न करें", "শেয়ার করবেন না"
)

var (
	// The words after which English forbids, with "not", and those that do alone.
	notAfter   = wordSet("do should must shall did please to")
	neverWords = wordSet("dont donot never avoid refrain")
	// Words that forbid beside a verb in Hindi and Bengali.
	notWords = wordSet("mat mt na naa matt मत न ना নয় না নেভার kabhi")
	naWords  = wordSet("na naa ना না") // also a friendly "won't you" at the end: "bata do na"
	nahiWord = wordSet("nahi nahin nhi nai नहीं नही")
	negators = wordSet("not dont never no mat mt na naa nahi nahin nhi without bina bin bagair मत न ना नहीं नही बिना बगैर না নেই নি ছাড়া")
	// Endings of verbs that ask: "nahi karein", "नहीं करना".
	orderEndings = []string{"na", "ein", "en", "iye", "ie", "iega", "ना", "ें", "िए", "एं", "ए", "ने"}
	bengaliEnds  = []string{"ben", "ুন", "বেন", "ben"}
)

func isNegator(t term) bool { return negators[t.word] }

// orWords go on with what was forbidden before: "never click or share".
var orWords = wordSet("or nor and aur ya na और या एवं तथा ও বা")

// joinedBy is how far behind a forbidden verb another may stand that is too.
const joinedBy = 4

// forbid marks the verbs that a message forbids. asks tells whether a word is a
// verb of what thieves ask for.
func forbid(tokens []token, asks func(word string) bool) {
	for i := range tokens {
		t := &tokens[i]
		if t.word != "" && asks(t.word) {
			t.forbidden = forbiddenAt(tokens, i) || joined(tokens, i)
		}
	}
}

// joined reports whether the verb at i is one more of those that are forbidden.
func joined(tokens []token, i int) bool {
	or := false
	for j := i; j > 0 && j > i-joinedBy && !tokens[j].first; j-- {
		if tokens[j-1].forbidden {
			return or
		}
		or = or || orWords[tokens[j-1].word]
	}
	return false
}

func forbiddenAt(tokens []token, i int) bool {
	for j := i - 1; j >= 0 && j >= i-forbidAhead; j-- {
		if tokens[j+1].first {
			break
		}
		w := tokens[j].word
		if neverWords[w] || w == "not" && j > 0 && notAfter[tokens[j-1].word] {
			return true
		}
		if i-j == 1 && nahiWord[w] && strings.HasPrefix(tokens[i].word, "mang") || i-j == 1 && nahiWord[w] && strings.HasPrefix(tokens[i].word, "मांग") {
			return true
		}
		if i-j <= forbidBefore && (notWords[w] && w != "" || nahiWord[w] && ordered(tokens[i].word)) {
			return true
		}
	}
	for j := i + 1; j < len(tokens) && j <= i+forbidBehind; j++ {
		if tokens[j].first {
			break
		}
		w := tokens[j].word
		switch {
		case naWords[w]:
			last := j+1 >= len(tokens) || tokens[j+1].first
			return !last || endsIn(tokens[j-1].word, bengaliEnds)
		case notWords[w]:
			return true
		case nahiWord[w] && j+1 < len(tokens) && ordered(tokens[j+1].word):
			return true
		}
	}
	return false
}

func ordered(word string) bool { return endsIn(word, orderEndings) }

func endsIn(word string, endings []string) bool {
	for _, e := range endings {
		if len(word) > len(e) && word[len(word)-len(e):] == e {
			return true
		}
	}
	return false
}
