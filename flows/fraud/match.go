package fraud

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
	m := lore.read(text)
	seen := lore.find(m.tokens)
	kind := lore.named(m, &seen)
	if kind < 0 {
		return "", false
	}
	return kinds[kind].Key, true
}

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

// named returns the kind that a text names, or -1.
func (b *book) named(m message, seen *sight) int {
	best, kind := fit{}, -1
	covered := make([]bool, len(m.tokens))
	for i, names := range b.names {
		if seen.heads[names] < 0 {
			continue
		}
		clear(covered)
		var f fit
		for h := range seen.of(names) {
			f.longest = max(f.longest, h.words)
			for _, place := range h.places[:min(int(h.words), maxPlaces)] {
				if !covered[place] {
					covered[place] = true
					f.covered++
				}
			}
		}
		if f.beats(best) {
			best, kind = f, i
		}
	}
	return kind
}
