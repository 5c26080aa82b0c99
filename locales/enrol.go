package locales

// enrolReach is how many words may stand between "cyber" and "mitan".
const enrolReach = 3

// enrolAlone is within how many words the phrase asks for it by itself.
const enrolAlone = 3

// EnrolPhrase reports whether the text names the Cyber Mitan in any spelling,
// in any order ("मैं हूं साइबर मितान"). "मैं साइबर मितान नहीं हूं" does too:
// whoever asks must have it confirmed.
func (c *Catalog) EnrolPhrase(text string) bool {
	return c.talk(text).namesMitan()
}

func (t talk) namesMitan() bool {
	lastCyber, lastMitan := -1, -1
	for i, word := range t.words {
		bits := t.bits[i]
		isCyber := bits&cyber != 0 || near(word, cyberForms)
		isMitan := bits&mitan != 0 || near(word, mitanForms)
		switch {
		case isCyber && isMitan: // written together
			return true
		case isCyber:
			lastCyber = i
		case isMitan:
			lastMitan = i
		default:
			continue
		}
		if lastCyber >= 0 && lastMitan >= 0 && max(lastCyber, lastMitan)-min(lastCyber, lastMitan) <= enrolReach+1 {
			return true
		}
	}
	return false
}

// What the key of a word of the enrolment phrase may be one letter away from.
var (
	cyberForms = []string{"syber", "seber", "sebr"}
	mitanForms = []string{"mitn", "miton"}
)

// near reports whether word is at most one letter from one of the forms.
func near(word string, forms []string) bool {
	for _, form := range forms {
		if len(word) >= 4 && word[0] == form[0] && oneEdit(word, form) {
			return true
		}
	}
	return false
}

// oneEdit reports whether a and b differ by at most one letter changed, added
// or dropped.
func oneEdit(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i == len(a) || a[i+1:] == b[i+1:]
	}
	return a[i:] == b[i+1:]
}
