package locales

// marks are the lists of requests.toml that the code knows by name.
type marks struct {
	not, dont, na, denial meaning // words that say no
	naBefore, naAfter     meaning // verbs beside which "na" does
	or, machine           meaning
	notice, firstPerson   meaning // what tells a company's message from a resident's words
	idle                  meaning // small talk: what a short text with it asks for is not clear
	notMitan, self        meaning // what makes the name of the Cyber Mitan a question, a denial or a tale; and a wish

	yes, weak, never, lead, deed, why, unsure, unknown meaning // of answers

	hindi, english, languages meaning
	languageCue, directCue    meaning
	noCue, habit              meaning // what does and does not ask for a language
	inside                    meaning // "हिंदी में"
	prize, you                meaning // of money that is promised
	able, hard, says          meaning
}

func (lex *lexicon) newMarks() marks {
	return marks{
		not: lex.concept("not", "dont"), dont: lex.concept("dont"), na: lex.concept("na"), denial: lex.concept("not", "na", "dont"),
		naBefore: lex.concept("nabefore"), naAfter: lex.concept("naafter"),
		notice: lex.concept("notice"), firstPerson: lex.concept("self", "me", "mine"),
		idle: lex.concept("idle", "told", "later", "meaning"), or: lex.concept("or"), machine: lex.concept("machine"), notMitan: lex.concept("meaning", "not", "what", "told"), self: lex.concept("self"),
		yes: lex.concept("yes"), weak: lex.concept("weak"), deed: lex.concept("deed"), never: lex.concept("never"), lead: lex.concept("lead"), why: lex.concept("why"),
		unsure: lex.concept("unsure"), unknown: lex.concept("unknown", "understand"),
		hindi: lex.concept("hindi"), english: lex.concept("english"), languages: lex.concept("hindi", "english"),
		directCue:   lex.concept("imper", "do", "tell", "write", "speak", "send", "talk", "query"),
		languageCue: lex.concept("ask", "talk", "change", "query", "speak", "able", "use"), noCue: lex.concept("told", "lesson"), habit: lex.concept("habit"),
		inside: lex.concept("inside"), prize: lex.concept("prize"), you: lex.concept("you"),
		able: lex.concept("able"), hard: lex.concept("hard"),
		says: lex.concept("write", "speak", "tell", "send", "query", "use"),
	}
}

// concept is what a word of any of the lists is.
func (lex *lexicon) concept(names ...string) (m meaning) {
	for _, name := range names {
		m.concepts = m.concepts.or(lex.concepts[name])
	}
	return m
}
