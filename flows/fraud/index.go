package fraud

import (
	"iter"
	"slices"
	"strings"
	"unicode/utf8"

	"mitan/locales"
)

// Limits of matching.
const (
	maxGap   = 2    // other words that may stand between two words of a phrase
	maxHits  = 4000 // hits of one text that are looked at
	minStem  = 5    // consonants that a stem must have to be known by them
	maxAlike = 3    // words with the same consonants that are tried

	maxPlaces = 6 // words of a phrase whose places are kept
)

// A phrase is folded words that stand in a text in this order, whole, with at
// most [maxGap] others between neighbours.
type phrase []term

// A term is one folded word of a phrase.
type term struct {
	word   string
	prefix bool // longer words that begin with word match too
}

func (t term) matches(tok token) bool {
	if t.word == "" {
		return false
	}
	return tok.word == t.word || t.prefix && strings.HasPrefix(tok.word, t.word) ||
		tok.other != "" && (tok.other == t.word || t.prefix && strings.HasPrefix(tok.other, t.word))
}

// newPhrase folds a phrase of a data file. A field may fold to several words
// ("e-challan"); its star then belongs to the last.
func newPhrase(s string) phrase {
	var p phrase
	for _, field := range strings.Fields(s) {
		parts := strings.Fields(locales.Fold(field))
		for i, part := range parts {
			last := i == len(parts)-1
			p = append(p, term{word: spoken(part), prefix: last && strings.HasSuffix(field, "*")})
		}
	}
	return p
}

// A slot is what an index finds: the words of a kind, a class of words, a part
// of a rule.
type slot int32

// A hit is where a phrase of a slot stands in a text.
type hit struct {
	slot       slot
	start, end int32 // its first and last token
	words      int32 // how many words the phrase has
	next       int32 // the next hit of the slot, -1 if none
	places     [maxPlaces]int32
	negated    bool // it is forbidden, not asked: "do not share"
}

// An index finds the phrases of all slots by their first words.
type index struct {
	slots  int
	first  map[string][]entry
	prefix map[string][]entry  // those whose first word has a star
	vocab  map[string]bool     // all words of phrases; true for those with a star
	alike  map[string][]string // words by their consonants
	stems  map[string][]string // words with a star, by theirs
}

type entry struct {
	slot    slot
	negator bool // the phrase itself says no
	phrase  phrase
}

func newIndex() *index {
	return &index{
		first: make(map[string][]entry), prefix: make(map[string][]entry), vocab: make(map[string]bool),
		alike: make(map[string][]string), stems: make(map[string][]string),
	}
}

// slot makes a slot of phrases.
func (x *index) slot(phrases ...string) slot {
	s := slot(x.slots)
	x.slots++
	for _, p := range phrases {
		x.add(s, newPhrase(p))
	}
	return s
}

func (x *index) add(s slot, p phrase) {
	if len(p) == 0 {
		return
	}
	table := x.first
	if p[0].prefix {
		table = x.prefix
	}
	table[p[0].word] = append(table[p[0].word], entry{slot: s, phrase: p, negator: slices.ContainsFunc(p, isNegator)})
	for _, t := range p {
		if _, ok := x.vocab[t.word]; !ok {
			if b, ok := bones(t.word); ok && !slices.Contains(x.alike[b], t.word) && len(x.alike[b]) < maxAlike {
				x.alike[b] = append(x.alike[b], t.word)
			}
		}
		if t.prefix && !x.vocab[t.word] {
			if b, ok := bones(t.word); ok && len(b) >= minStem && len(x.stems[b]) < maxAlike {
				x.stems[b] = append(x.stems[b], t.word)
			}
		}
		x.vocab[t.word] = x.vocab[t.word] || t.prefix
	}
}

// knows reports whether a word stands in some phrase, or begins as one does.
func (x *index) knows(word string) bool {
	if _, ok := x.vocab[word]; ok {
		return true
	}
	for end := 4; end < len(word); end++ {
		if x.vocab[word[:end]] {
			return true
		}
	}
	return false
}

// readings gives the words that no phrase has as they are written another
// reading: the known word with the same consonants.
func (x *index) readings(tokens []token) {
	for i := range tokens {
		t := &tokens[i]
		if t.word == "" || t.marks[0] != noMark && t.marks[0] != markDisguise || x.knows(t.word) {
			continue
		}
		b, ok := bones(t.word)
		if !ok {
			continue
		}
		if t.other = nearest(t.word, b, x.alike[b]); t.other != "" {
			continue
		}
		for end := len(b) - 1; end >= minStem && t.other == ""; end-- {
			t.other = nearest(t.word, b, x.stems[b[:end]])
		}
	}
}

// minAbroad is how many consonants a word must share with one of another script.
const minAbroad = 5

// nearest returns the first of some words with the same consonants that is
// near enough to be meant: of another script, or the same but for a letter, or
// with some left out.
func nearest(word, bones string, words []string) string {
	for _, w := range words {
		if latin := word[0] < utf8.RuneSelf; latin != (w[0] < utf8.RuneSelf) {
			if len(bones) >= minAbroad {
				return w
			}
			continue
		}
		if leavesOut(word, w) || leavesOut(w, word) || swapped(word, w) {
			return w
		}
	}
	return ""
}

// leavesOut reports whether short is long without some of its letters.
func leavesOut(short, long string) bool {
	i := 0
	for j := 0; j < len(long) && i < len(short); j++ {
		if short[i] == long[j] {
			i++
		}
	}
	return i == len(short)
}

// swapped reports whether two words of one length differ in one letter, or in
// two neighbours that changed places.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	differ, last := 0, 0
	for i := range len(a) {
		if a[i] != b[i] {
			differ++
			last = i
		}
	}
	return differ == 1 || differ == 2 && last > 0 && a[last] == b[last-1] && a[last-1] == b[last]
}

// A sight is what an index finds in a text.
type sight struct {
	hits  []hit
	heads []int32 // the first hit of each slot, -1 if none
}

// find looks for all phrases in a text.
func (x *index) find(tokens []token) sight {
	s := sight{heads: make([]int32, x.slots), hits: make([]hit, 0, 4*len(tokens))}
	for i := range s.heads {
		s.heads[i] = -1
	}
	for start := range tokens {
		t := tokens[start]
		if t.word == "" {
			continue
		}
		x.starting(t.word, func(e entry) { s.try(e, tokens, start) })
		if t.other != "" {
			x.starting(t.other, func(e entry) { s.try(e, tokens, start) })
		}
	}
	return s
}

// starting gives the phrases that may start with word.
func (x *index) starting(word string, yield func(entry)) {
	for _, e := range x.first[word] {
		yield(e)
	}
	for end := 2; end <= len(word); end++ {
		for _, e := range x.prefix[word[:end]] {
			yield(e)
		}
	}
}

// try adds a hit if the whole phrase stands at start.
func (s *sight) try(e entry, tokens []token, start int) {
	at := start
	h := hit{slot: e.slot, start: int32(start), words: int32(len(e.phrase)), negated: tokens[start].forbidden}
	h.places[0] = int32(start)
	for n, t := range e.phrase[1:] {
		next := -1
		for i := at + 1; i < len(tokens) && i <= at+1+maxGap; i++ {
			if t.matches(tokens[i]) {
				next = i
				break
			}
		}
		if next < 0 {
			return
		}
		at = next
		h.negated = h.negated || tokens[at].forbidden
		if n+1 < maxPlaces {
			h.places[n+1] = int32(at)
		}
	}
	h.end, h.negated = int32(at), h.negated && !e.negator
	s.add(h)
}

// mark adds a hit for what token i is.
func (s *sight) mark(which slot, i int) {
	s.add(hit{slot: which, start: int32(i), end: int32(i), words: 1})
}

func (s *sight) add(h hit) {
	if len(s.hits) >= maxHits {
		return
	}
	h.next = s.heads[h.slot]
	s.heads[h.slot] = int32(len(s.hits))
	s.hits = append(s.hits, h)
}

// of gives the hits of a slot, the last in the text first.
func (s *sight) of(which slot) iter.Seq[hit] {
	return func(yield func(hit) bool) {
		for i := s.heads[which]; i >= 0; i = s.hits[i].next {
			if !yield(s.hits[i]) {
				return
			}
		}
	}
}

// has reports whether a slot was seen, and not only as forbidden.
func (s *sight) has(which slot) bool {
	for i := s.heads[which]; i >= 0; i = s.hits[i].next {
		if !s.hits[i].negated {
			return true
		}
	}
	return false
}
