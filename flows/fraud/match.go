package fraud

// Match returns the key of the kind that the text tells of, and whether there
// is one.
//
// A word of a [Kind] is a phrase: its words stand in the text in this order,
// whole, with at most two others between neighbours; one that ends in "*" also
// matches longer words that begin so. Both sides are folded, so spellings,
// scripts' marks and punctuation do not matter. What counts is how many words of
// the text a kind's phrases explain, and how many of its rules hold (the thief's
// words, as the resident repeats them); then the longest phrase, then which kind
// residents name more often.
func Match(text string) (key string, ok bool) {
	m := lore.read(text)
	seen := lore.look(m)
	best, kind := fit{}, -1
	for i, f := range lore.fits(m, &seen) {
		if count, _ := lore.signals[i].count(&seen); f.covered > 0 || count >= weightSure {
			f.covered = wordWeight*f.covered + count
		}
		if f.covered > yielded && lore.signals[i].yield(&seen) {
			f.covered = yielded
		}
		if f.beats(best) {
			best, kind = f, i
		}
	}
	if kind < 0 {
		return "", false
	}
	return kinds[kind].Key, true
}

// wordWeight is how much a word that names a kind counts beside its rules.
const wordWeight = 3

// A fit says how well a kind's words explain a text.
type fit struct {
	covered int   // words of the text that stand in one of its phrases
	longest int32 // words of the longest of these phrases
}

func (f fit) beats(g fit) bool {
	if f.covered != g.covered {
		return f.covered > g.covered
	}
	return f.longest > g.longest
}

// fits returns how well the words of each kind explain a text.
func (b *book) fits(m message, seen *sight) []fit {
	all := make([]fit, len(b.names))
	covered := make([]bool, len(m.tokens))
	for i, names := range b.names {
		if seen.heads[names] < 0 {
			continue
		}
		clear(covered)
		f := &all[i]
		for h := range seen.of(names) {
			f.longest = max(f.longest, h.words)
			for _, place := range h.places[:min(int(h.words), maxPlaces)] {
				if !covered[place] {
					covered[place] = true
					f.covered++
				}
			}
		}
	}
	return all
}
