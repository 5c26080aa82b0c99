package locales

// Limits of a yes or a no, in words.
const (
	leadingWords = 4 // in which an answer says yes or no, whatever it tells behind
	shortDenial  = 6 // in which a "नहीं" anywhere answers: "मैंने नहीं दिया"
)

// YesNo returns [CmdYes] or [CmdNo] for an answer to a yes-or-no question, or ""
// for what is neither: "haan ji bilkul", "ji nahi", "abhi nahi kiya". A yes that is
// denied later on, and not knowing, are neither.
func (c *Catalog) YesNo(text string) Command { return c.Hear(text).YesNo() }

func (t talk) yesNo() Command {
	if cmd := t.command(); cmd == CmdYes || cmd == CmdNo {
		return cmd
	} else if cmd == CmdDontKnow {
		return ""
	}
	if t.unsure() {
		return ""
	}
	saysYes, saysNo, lead := t.lex.marks.yes, t.lex.marks.never, t.lex.marks.lead
	for i := 0; i < min(leadingWords, len(t.words)); i++ {
		switch {
		case i == 0 && len(t.words) > 1 && t.is(i, lead) && !t.is(i, saysYes):
		case t.is(i, saysNo) || t.lex.commands[t.words[i]] == CmdNo:
			if t.is(i-1, t.lex.marks.why) {
				return CmdYes // "why not"
			}
			return CmdNo
		case t.is(i, saysYes) || t.lex.commands[t.words[i]] == CmdYes:
			if t.deniedLater(i+1) || t.negates(i+1) {
				continue
			}
			return CmdYes
		case t.bits[i]&filler == 0 && !t.is(i, lead):
			return t.shortNo()
		}
	}
	return t.shortNo()
}

// deniedLater reports whether a yes before i is taken back: "ji nahi". The "na" of
// "haan na" is none.
func (t talk) deniedLater(i int) bool {
	for ; i < len(t.words); i++ {
		if t.is(i, t.lex.marks.not.or(t.lex.marks.never)) && !t.is(i, t.lex.marks.na) {
			return true
		}
	}
	return false
}

func (t talk) shortNo() Command {
	if len(t.words) > shortDenial {
		return ""
	}
	for i := range t.words {
		if t.negates(i) {
			return CmdNo
		}
	}
	return ""
}

// unsure reports whether the text says that its writer does not know or has not
// understood, or asks something.
func (t talk) unsure() bool {
	all := t.all()
	return t.lex.marks.unsure.meets(all) || t.lex.marks.unknown.meets(all) && t.lex.marks.denial.meets(all)
}
