package locales

// talk is a text as the keys of its words and what each can be.
type talk struct {
	lex      *lexicon
	words    []string
	bits     []class
	concepts []concepts
}

func (c *Catalog) talk(text string) talk {
	folded := foldedWords(text)
	most := len(folded) + 8 // words written together are more
	t := talk{lex: c.lex, words: make([]string, 0, most), bits: make([]class, 0, most), concepts: make([]concepts, 0, most)}
	glued := 0
	for i := 0; i < len(folded); i++ {
		word := folded[i]
		if word == "no" && i > 0 && numbered[folded[i-1]] {
			word = "number" // "ye no asli hai kya"
		}
		k, m := c.lex.vocab.meaning(word)
		if i+1 < len(folded) && m == (meaning{}) && !isDigit(word[0]) {
			if joined, m, ok := c.lex.vocab.join(word, folded[i+1]); ok {
				t.add(joined, m)
				i++
				continue
			}
		}
		if len(word) >= leastGlued && glued < maxGlued && !c.lex.vocab.has(k) {
			var buf [8]string
			glued++
			if pieces := c.lex.vocab.split(word, buf[:0]); pieces != nil {
				for _, piece := range pieces {
					t.add(c.lex.vocab.meaning(piece))
				}
				continue
			}
		}
		t.add(k, m)
	}
	return t
}

// numbered are the words behind which "no" is a number.
var numbered = map[string]bool{"ye": true, "yeh": true, "phone": true, "fon": true, "mobile": true, "mob": true, "whatsapp": true, "contact": true, "ei": true, "ई": true, "ये": true, "यह": true, "इस": true, "फोन": true, "मोबाइल": true, "iss": true}

func (t *talk) add(k string, m meaning) {
	if n := len(k); n >= 3 && n <= 8 && isDigits(k) {
		m.class |= money
	}
	t.words = append(t.words, k)
	t.bits = append(t.bits, m.class)
	t.concepts = append(t.concepts, m.concepts)
}

// foldedWords returns the folded words of a text, with numbers parted from
// letters: "25हजार" is two.
func foldedWords(text string) []string {
	folded := Fold(text)
	words := make([]string, 0, len(folded)/5+4)
	start := -1
	for i := 0; i < len(folded); i++ {
		b := folded[i]
		switch {
		case b == ' ':
			if start >= 0 {
				words = append(words, folded[start:i])
			}
			start = -1
		case start < 0:
			start = i
		case isDigit(b) != isDigit(folded[i-1]):
			words = append(words, folded[start:i])
			start = i
		}
	}
	if start >= 0 {
		words = append(words, folded[start:])
	}
	return words
}

// is reports whether the word at i can be what m is.
func (t talk) is(i int, m meaning) bool {
	return i >= 0 && i < len(t.words) && (t.bits[i]&m.class != 0 || t.concepts[i].meets(m.concepts))
}
