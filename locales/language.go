package locales

// Distances, in words, between a language's name and what is said of it.
const (
	languageBefore = 4  // "cannot read Hindi"
	languageAfter  = 5  // "हिंदी पढ़ना मुझे नहीं आता"
	languageWords  = 16 // of a sentence that asks for a language
	languageAlone  = 2  // words that ask for it by its name alone
)

// language finds which language is asked for in a sentence that names one or
// both: "english nahi aati, hindi me likho" asks for Hindi, and so does its first
// half alone.
func (t talk) language(all meaning) Command {
	marks := &t.lex.marks
	if len(t.words) > languageWords || !marks.languages.meets(all) {
		return ""
	}
	direct := false // "हिंदी में बताइए"
	for i := range t.words {
		direct = direct || t.is(i, marks.languages) && t.is(i+1, marks.inside) && t.is(i+2, marks.directCue) && !t.is(i+3, marks.habit)
	}
	for i := range t.words {
		if !direct && t.is(i, marks.noCue) && !t.is(i-1, marks.denial) { // "nahi aaye" tells no tale
			return ""
		}
	}
	var hindi, english languageNamed
	for i := range t.words {
		if t.is(i, marks.hindi) {
			hindi.note(t.languageDenied(i))
		}
		if t.is(i, marks.english) {
			english.note(t.languageDenied(i))
		}
	}
	if !hindi.denied && !english.denied && len(t.words) > languageAlone && (!marks.languageCue.meets(all) || !direct && marks.habit.meets(all)) {
		return ""
	}
	switch {
	case hindi.wanted && !english.wanted, english.onlyDenied() && !hindi.denied:
		return CmdHindi
	case english.wanted && !hindi.wanted, hindi.onlyDenied() && !english.denied:
		return CmdEnglish
	}
	return ""
}

// languageNamed is what a sentence says of a language.
type languageNamed struct{ wanted, denied bool }

func (l *languageNamed) note(denied bool) {
	l.denied = l.denied || denied
	l.wanted = l.wanted || !denied
}

func (l *languageNamed) onlyDenied() bool { return l.denied && !l.wanted }

// languageDenied reports whether the language named at i is one that the writer
// does not know or want.
func (t talk) languageDenied(i int) bool {
	marks := &t.lex.marks
	able := false
	for j := i + 1; j <= min(i+languageAfter, len(t.words)-1) && !t.is(j, marks.languages); j++ {
		switch {
		case t.is(j, marks.hard):
			return true
		case t.is(j, marks.na) && !able && j > i+1 && !t.is(j+1, marks.able): // it only asks nicely
		case t.is(j, marks.denial) && (j == i+1 || able || t.is(j+1, marks.able.or(marks.says))):
			return true
		case t.is(j, marks.says) && !t.is(j+1, marks.denial): // what comes now is of something else
			return t.dontBefore(i)
		}
		able = able || t.is(j, marks.able)
	}
	return t.dontBefore(i)
}

// dontBefore reports whether "cannot read" and the like stands before the language
// named at i.
func (t talk) dontBefore(i int) bool {
	marks := &t.lex.marks
	for j := i - 1; j >= max(0, i-languageBefore) && !t.is(j, marks.languages); j-- {
		if t.is(j, marks.dont) {
			return true
		}
	}
	return false
}
