package locales

import "strings"

// meaning is what a word can be: of the classes that tell a loss, and of the
// concepts that tell a request.
type meaning struct {
	class    class
	concepts concepts
}

// vocabulary has the words of all keyword lists.
type vocabulary struct {
	words  map[string]meaning // by key
	pieces map[string]bool    // folded, as they are written: what glued words are made of
	near   map[string]string  // a key with one letter left out, to the one key that it is of; "" for several
}

const (
	// leastNear is the shortest key, in letters, that a misspelt word is taken for.
	leastNear = 5
	// Lengths, in bytes, of a word that may be several written together, and of
	// each of these.
	leastGlued, mostGlued = 7, 72
	leastPiece, mostPiece = 2, 30
	// maxGlued is how many words of a text are looked at for this, so that a text
	// of nothing else costs no more.
	maxGlued = 6
)

func newVocabulary() *vocabulary {
	return &vocabulary{words: map[string]meaning{}, pieces: map[string]bool{}, near: map[string]string{}}
}

// add takes in a word of a list.
func (v *vocabulary) add(word string, m meaning) {
	k := key(word)
	old := v.words[k]
	v.words[k] = meaning{old.class | m.class, old.concepts.or(m.concepts)}
	if n := len(word); n >= leastPiece && n <= mostPiece {
		v.pieces[word] = true
	}
}

// index prepares for misspelt words: each key of a word that means something is
// filed under itself with any one letter left out.
func (v *vocabulary) index() {
	for k, m := range v.words {
		if len(k) < leastNear || m == (meaning{}) || !isASCII(k) {
			continue
		}
		for i := range len(k) {
			v.file(k[:i]+k[i+1:], k)
		}
		v.file(k, k)
	}
}

func (v *vocabulary) has(k string) bool {
	_, ok := v.words[k]
	return ok
}

func (v *vocabulary) file(short, k string) {
	if other, ok := v.near[short]; ok && other != k && v.words[other] != v.words[k] {
		k = ""
	}
	v.near[short] = k
}

// meaning returns the key of a folded word and what it can be. A word that is
// in no list and one letter away from one that is, and from no other, is that.
func (v *vocabulary) meaning(word string) (string, meaning) {
	k := key(word)
	m, ok := v.words[k]
	if ok || len(k) < leastNear || len(k) > 2*maxKeyWord || hasDigit(k) {
		return k, m
	}
	if other, ok := v.nearest(k); ok && !inflected(k) {
		return other, v.words[other]
	}
	return k, meaning{}
}

// inflected reports whether a key has an ending of what will be: "dekhega" is no
// misspelt "dekhiega".
func inflected(k string) bool {
	for _, ending := range []string{"ega", "egi", "enge", "unga", "ungi", "oge"} {
		if strings.HasSuffix(k, ending) {
			return true
		}
	}
	return false
}

// nearest finds the one key that k is a letter away from: one more, one less,
// one changed or two changed over. The first letter is hardly ever the wrong one.
func (v *vocabulary) nearest(k string) (string, bool) {
	if other := v.near[k]; other != "" && other[0] == k[0] {
		return other, true
	}
	found := ""
	var buf [2 * maxKeyWord]byte
	for i := 1; i < len(k); i++ {
		short := append(append(buf[:0], k[:i]...), k[i+1:]...)
		other, ok := v.near[string(short)]
		switch {
		case !ok:
		case other == "" || found != "" && found != other:
			return "", false
		case other[0] == k[0] && (len(k) > leastNear || len(other) >= len(k)):
			found = other
		}
	}
	return found, found != ""
}

// split parts a folded word into the fewest words of the lists that it is
// written together of: "paisakatgaya". None if it is not made of them alone.
func (v *vocabulary) split(word string, into []string) []string {
	if len(word) < leastGlued || len(word) > mostGlued {
		return nil
	}
	var fewest, from [mostGlued + 1]int
	for end := 1; end <= len(word); end++ {
		for start := max(0, end-mostPiece); start <= end-leastPiece; start++ {
			if start > 0 && fewest[start] == 0 || fewest[end] > 0 && fewest[end] <= fewest[start]+1 {
				continue
			}
			if v.pieces[word[start:end]] {
				fewest[end], from[end] = fewest[start]+1, start
			}
		}
	}
	n := fewest[len(word)]
	if n < 2 || n > len(word)/3 {
		return nil
	}
	for range n {
		into = append(into, "")
	}
	for end, i := len(word), len(into)-1; end > 0; end, i = from[end], i-1 {
		into[i] = word[from[end]:end]
	}
	return into
}

// join returns what two words are when one word was torn in two: "रि कार्ड".
func (v *vocabulary) join(a, b string) (string, meaning, bool) {
	if len(a)+len(b) > mostPiece {
		return "", meaning{}, false
	}
	k := key(a + b)
	m, ok := v.words[k]
	return k, m, ok && len(k) >= leastNear && m.concepts != (concepts{})
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
