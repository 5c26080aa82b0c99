package fraud

import (
	"strings"

	"mitan/locales"
)

// Limits of matching.
const (
	maxGap   = 2    // other words that may stand between two words of a phrase
	maxWords = 2000 // words of a text that are looked at; the rest is ignored
)

// Match returns the key of the kind whose words the text names, and whether
// there is one.
//
// A word of a [Kind] is a phrase: its words stand in the text in this order,
// whole, with at most two others between neighbours; one that ends in "*" also
// matches longer words that begin so. Both sides are folded, so spellings,
// scripts' marks and punctuation do not matter. The kind that explains the most
// words of the text wins, then the one with the longest phrase, then the one
// that residents name more often.
func Match(text string) (key string, ok bool) {
	words := strings.Fields(locales.Fold(text))
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	var best score
	for kind, found := range phrases.find(words) {
		s := score{covered: len(found.covered), longest: found.longest}
		if s.beats(best) {
			best, key = s, kinds[kind].Key
		}
	}
	return key, key != ""
}

// A score says how well a kind explains a text.
type score struct {
	covered int // words of the text that stand in one of its phrases
	longest int // words of the longest of these phrases
}

func (s score) beats(t score) bool {
	if s.covered != t.covered {
		return s.covered > t.covered
	}
	return s.longest > t.longest
}

// A phrase is the folded words that stand for a kind.
type phrase []term

// A term is one folded word of a phrase.
type term struct {
	word   string
	prefix bool // longer words that begin with word match too
}

func (t term) matches(word string) bool {
	return word == t.word || t.prefix && strings.HasPrefix(word, t.word)
}

// newPhrase folds a word of a data file. A field may fold to several words
// ("e-challan"); its star then belongs to the last.
func newPhrase(s string) phrase {
	var p phrase
	for _, field := range strings.Fields(s) {
		parts := strings.Fields(locales.Fold(field))
		for i, part := range parts {
			last := i == len(parts)-1
			p = append(p, term{word: part, prefix: last && strings.HasSuffix(field, "*")})
		}
	}
	return p
}

// in returns where the words of the phrase are, if its first one is at start.
func (p phrase) in(words []string, start int) (places []int, ok bool) {
	at := start
	for _, t := range p[1:] {
		next := -1
		for i := at + 1; i < len(words) && i <= at+1+maxGap; i++ {
			if t.matches(words[i]) {
				next = i
				break
			}
		}
		if next < 0 {
			return nil, false
		}
		places = append(places, next)
		at = next
	}
	return append(places, start), true
}

// An index finds the phrases of all kinds by their first words.
type index struct {
	kinds  int
	first  map[string][]entry
	prefix map[string][]entry // those whose first word has a star
}

type entry struct {
	kind   int // its place in the list of kinds
	phrase phrase
}

// A finding is what a text says of one kind.
type finding struct {
	covered map[int]bool // places of the text's words that its phrases cover
	longest int
}

func newIndex(all []Kind) index {
	x := index{kinds: len(all), first: make(map[string][]entry), prefix: make(map[string][]entry)}
	for i, k := range all {
		for _, word := range k.Words {
			p := newPhrase(word)
			table := x.first
			if p[0].prefix {
				table = x.prefix
			}
			table[p[0].word] = append(table[p[0].word], entry{kind: i, phrase: p})
		}
	}
	return x
}

// find returns a finding a kind, in the order of the kinds.
func (x index) find(words []string) []finding {
	found := make([]finding, x.kinds)
	for start, word := range words {
		for _, e := range x.starting(word) {
			places, ok := e.phrase.in(words, start)
			if !ok {
				continue
			}
			f := &found[e.kind]
			if f.covered == nil {
				f.covered = make(map[int]bool)
			}
			for _, place := range places {
				f.covered[place] = true
			}
			f.longest = max(f.longest, len(e.phrase))
		}
	}
	return found
}

// starting returns the phrases that may start with word.
func (x index) starting(word string) []entry {
	entries := x.first[word]
	if len(x.prefix) == 0 {
		return entries
	}
	for end := range word {
		entries = append(entries[:len(entries):len(entries)], x.prefix[word[:end]]...)
	}
	return append(entries[:len(entries):len(entries)], x.prefix[word]...)
}
