package locales

var (
	// clauseWords begin a new clause.
	clauseWords = soundSet(`aur or phir fir and then so but lekin magar par jab tab jisme jisse jiske uske iske toh warna varna nahito otherwise
		because kyunki kyonki ki after before when while which who
		और फिर फेर लेकिन मगर जब तब जिससे जिसमें जिसके उसके इसके तो वरना क्योंकि कि अउर आउर`)
	// abbreviations have a full stop behind them that ends nothing.
	abbreviations = soundSet("rs no a ac c mr mrs ms dr sh smt st rd nd th dt ref mob mo ph col capt maj lt prof retd er adv approx amt txn upi id sr jr रु रू नं डॉ")
)

// readClauses counts the clauses and sentences.
func (s *storyReader) readClauses() {
	s.clause, s.sentence = make([]int, len(s.toks)), make([]int, len(s.toks))
	clause, sentence := 0, 0
	for i, tok := range s.toks {
		switch {
		case i > 0 && containsNewline(s.text[s.toks[i-1].end:tok.start]):
			clause++
			sentence++
		case tok.kind == wordToken && clauseWords[tok.text] && !s.goesOn(i):
			clause++
		}
		s.clause[i], s.sentence[i] = clause, sentence
		switch {
		case s.endsSentence(i):
			clause++
			sentence++
		case tok.is(",") && !(tok.glued && s.toks.at(i+1).glued && s.toks.number(i+1) != ""), tok.is(";"), tok.is(":") && !s.toks.at(i+1).glued, tok.is("-") && !tok.glued:
			clause++
		}
	}
}

// goesOn reports whether the word at i, behind an amount, begins no clause: the
// "more" of "5000 और कट गए", the "of" of "5000 की मांग".
func (s *storyReader) goesOn(i int) bool {
	last := i - 1
	for last > 0 && s.toks[last].glued && (s.toks[last].is("-") || s.toks[last].is("/")) { // "4,90,000/- ki FD"
		last--
	}
	before, after := s.toks.at(last), s.toks.at(i+1)
	if before.kind != numberToken && scales[before.text] == 0 && !currency[before.text] {
		return false
	}
	return ofWords[s.toks[i].text] || paidStems[after.text] || paidWords[after.text] || askedWords[after.text]
}

func containsNewline(between string) bool {
	for i := range len(between) {
		if between[i] == '\n' {
			return true
		}
	}
	return false
}

func (s *storyReader) endsSentence(i int) bool {
	tok := s.toks[i]
	switch {
	case tok.is("!"), tok.is("?"), tok.is("।"), tok.is("॥"):
		next := s.toks.at(i + 1)
		return !(next.is("!") || next.is("?") || next.is("।")) // the last of "!!!"
	case !tok.is("."):
		return false
	}
	before, after := s.toks.at(i-1), s.toks.at(i+1)
	if monthSay[before.text] > 0 && len(before.text) <= 4 && after.start < len(s.text) && s.text[after.start] >= 'a' && s.text[after.start] <= 'z' { // "22 nov. subah"
		return false
	}
	if ordinalTail[before.text] && before.glued && after.start < len(s.text) && !after.glued && s.isCapital(i+1) && monthSay[after.text] == 0 { // "on 18th. Telecom …"
		return true
	}
	if before.kind == wordToken && (abbreviations[before.text] || len(before.text) == 1 && s.text[before.start] != 'h') || before.is(".") {
		return false
	}
	if !after.glued {
		return true
	}
	return before.kind == wordToken && after.kind == wordToken && len(before.text) > 2 && len(after.text) > 2
}
