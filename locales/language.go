package locales

// Distances, in words, between a language's name and what is said of it.
const (
	languageBefore = 4  // "cannot read Hindi"
	languageAfter  = 5  // "हिंदी पढ़ना मुझे नहीं आता"
	languageWords  = 16 // of a sentence that asks for a language
)

// language finds which language is asked for in a sentence that names one or
// both: "english nahi aati, hindi me likho" asks for Hindi, and so does its first
// half alone.
func (t talk) language() Command {
	if len(t.words) > languageWords {
		return ""
	}
	c := t.lex.concepts
	var wanted, denied [2]bool
	named := false
	for i := range t.words {
		for n, name := range [2]concepts{c["hindi"], c["english"]} {
			if !t.concepts[i].meets(name) {
				continue
			}
			named = true
			if t.languageDenied(i, c["hindi"].or(c["english"])) {
				denied[n] = true
			} else {
				wanted[n] = true
			}
		}
	}
	if !named || t.stands(meaning{concepts: c["told"].or(c["lesson"])}, 0, len(t.words)) {
		return ""
	}
	cue := denied[0] || denied[1] || len(t.words) <= 2 ||
		t.stands(meaning{concepts: c["ask"].or(c["talk"]).or(c["change"]).or(c["query"]).or(c["speak"])}, 0, len(t.words))
	switch {
	case !cue:
		return ""
	case wanted[0] && !wanted[1], denied[1] && !wanted[1] && !denied[0]:
		return CmdHindi
	case wanted[1] && !wanted[0], denied[0] && !wanted[0] && !denied[1]:
		return CmdEnglish
	}
	return ""
}

// languageDenied reports whether the language named at i is one that the writer
// does not know or want.
func (t talk) languageDenied(i int, names concepts) bool {
	c := t.lex.concepts
	able := false
	for j := i + 1; j <= min(i+languageAfter, len(t.words)-1) && !t.concepts[j].meets(names); j++ {
		if t.concepts[j].meets(c["hard"]) {
			return true
		}
		if t.concepts[j].meets(c["na"]) && !able && j > i+1 && !t.concepts[j].meets(c["not"]) && !t.is(j+1, t.lex.concept("able")) {
			continue
		}
		if t.concepts[j].meets(c["not"].or(c["na"])) && (j == i+1 || able || j+1 < len(t.words) && t.concepts[j+1].meets(c["able"])) {
			return true
		}
		able = able || t.concepts[j].meets(c["able"])
	}
	for j := i - 1; j >= max(0, i-languageBefore) && !t.concepts[j].meets(names); j-- {
		if t.concepts[j].meets(c["dont"]) {
			return true
		}
	}
	return false
}
