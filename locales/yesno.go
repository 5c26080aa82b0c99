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
	all := t.all()
	if t.unsure(all) || t.asksOne(t.lex.patterns[cmdNoAnswer], all) {
		return ""
	}
	if !t.begins(t.lex.marks.yes.or(t.lex.marks.never)) && t.asksOne(t.lex.patterns[cmdAside], all) {
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
			return t.shortNo(all)
		}
	}
	return t.shortNo(all)
}

// begins reports whether the first word, polite ones aside, is one of these and
// means nothing else: "haan", not the "thik" of "main thik hu".
func (t talk) begins(with meaning) bool {
	for i := range min(leadingWords, len(t.words)) {
		switch {
		case t.is(i, with):
			return !t.is(i, t.lex.marks.weak)
		case t.bits[i]&filler == 0 && !t.is(i, t.lex.marks.lead):
			return false
		}
	}
	return false
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

// shortNo is the "no" of a few words that deny what is asked about, wherever they
// do: "मैंने नहीं दिया". What is denied must be something done or wanted; "बेटा घर
// पर नहीं है" answers nothing.
func (t talk) shortNo(all meaning) Command {
	if len(t.words) > shortDenial || !t.lex.marks.deed.meets(all) && !t.deniesAlone() {
		return ""
	}
	for i := range t.words {
		if t.negates(i) {
			return CmdNo
		}
	}
	return ""
}

// deniesAlone reports whether there is nothing but a denial: "हम तो नहीं".
func (t talk) deniesAlone() bool {
	for i := range t.words {
		if t.bits[i]&(filler|soft|particle|ending) == 0 && !t.is(i, t.lex.marks.lead.or(t.lex.marks.never).or(t.lex.marks.yes)) {
			return false
		}
	}
	return true
}

// unsure reports whether the text says that its writer does not know or has not
// understood, or asks something.
func (t talk) unsure(all meaning) bool {
	return t.lex.marks.unsure.meets(all) || t.lex.marks.unknown.meets(all) && t.lex.marks.denial.meets(all)
}
