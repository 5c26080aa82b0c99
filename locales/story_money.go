package locales

import (
	"slices"
	"strings"
)

// How far, in words, an amount looks for its verb: Hindi has it behind, English
// before.
const (
	verbAfter  = 14
	verbBefore = 8
	nounReach  = 4
)

// verdict says what is told of an amount.
type verdict int

const (
	untold verdict = iota
	lostMoney
	askedMoney
	otherMoney
)

// lostAmounts are the amounts that are told as lost. Where money is gone and
// none is, those that are told as nothing else are.
func (s *storyReader) lostAmounts(gone bool) []storyAmount {
	verdicts := make([]verdict, len(s.amounts))
	for k := range s.amounts {
		verdicts[k] = s.verdictOn(k)
	}
	refused := s.refusedAt()
	denied := refused >= 0
	s.payAsked(verdicts, refused)
	s.sumUp(verdicts)
	listed := s.goThroughLists(verdicts)
	s.goOnWith(verdicts, listed)
	var found, open []storyAmount
	for k, a := range s.amounts {
		switch verdicts[k] {
		case lostMoney:
			if n := s.repeats(found, a); listed[k] || n < 0 {
				found = append(found, a)
			} else {
				found[n].again = a.tokenSpan
			}
		case untold:
			if n := s.repeats(found, a); n >= 0 {
				found[n].again = a.tokenSpan
			} else if n := s.repeats(open, a); n >= 0 {
				open[n].again = a.tokenSpan
			} else {
				open = append(open, a)
			}
		}
	}
	if len(found) == 0 && (gone || s.tellsPayment()) && !denied {
		found = open
	}
	return s.withoutTotals(partsOf(s.severalTimes(found, open), open))
}

// tellsPayment reports whether a payment is told anywhere, with no amount at it.
func (s *storyReader) tellsPayment() bool {
	for j := range s.toks {
		if paid, _ := s.paidAt(j); paid && s.verbAt(j) == lostMoney && (!goneWords[s.talk.words[j]] || s.hasBefore(tokenSpan{j, j + 1}, fromWords, 1)) && (s.talk.bits[j]&(cut|sent|lost|handed) != 0 || countWords[s.talk.words[j]] || s.hasBefore(tokenSpan{j, j + 1}, moneyWords, nearVerb)) {
			return true
		}
	}
	return false
}

var moneyWords = soundSet("paisa paise paisey pesa rupay rupaye rupya money पैसा पैसे पइसा रुपया रुपये रुपए")

// verdictOn reads the words around an amount: the nearest verb behind it, then
// the nearest before it, then what noun it goes with.
func (s *storyReader) verdictOn(k int) verdict {
	a := s.amounts[k]
	first, stop := 0, len(s.toks)
	if k > 0 {
		first = s.amounts[k-1].end
	}
	if k+1 < len(s.amounts) {
		stop = s.amounts[k+1].start
	}
	if v := s.worth(a, stop); v != untold {
		return v
	}
	if a.end < stop && s.isCorrected(a.end) {
		return otherMoney
	}
	if s.isLabelledAmount(a) && !s.verbWithin(a.end, min(stop, a.end+nearVerb)) {
		return lostMoney
	}
	noun := s.nounBeside(a, first, stop, 1)
	if v := s.rightBefore(a, first); v != untold && !s.verbWithin(a.end, min(stop, a.end+nearVerb)) {
		return v
	}
	for j := a.end; j < min(stop, a.end+verbAfter) && s.clause[j] == s.clause[a.end-1]; j++ {
		if w := s.talk.words[j]; objectBehind[w] && j > a.end+1 || triedWords[w] && j > a.end+nearVerb {
			break
		}
		if v := s.verbAt(j); v != untold && !(noun && j-a.end >= nearVerb) {
			return v
		}
	}
	for j := a.start - 1; j >= max(first, a.start-verbBefore) && s.clause[j] == s.clause[a.start]; j-- {
		if s.talk.words[j] == "to" && !paidStems[s.talk.words[j+1]] { // "nahi aayi to dobara 1000"
			break
		}
		if a.start-j > nearVerb && !englishPaid[s.talk.words[j]] && !englishAsked[s.talk.words[j]] {
			continue
		}
		if v := s.verbAt(j); v != untold {
			return v
		}
	}
	if s.nounBeside(a, first, stop, nounReach) {
		return otherMoney
	}
	if s.hasUTR(a) {
		return lostMoney
	}
	return untold
}

// hasUTR reports whether the sentence of an amount has the number of a
// transaction: "date 20.11.2026 amount Rs 13,500 utr 6324…" needs no verb.
func (s *storyReader) hasUTR(a storyAmount) bool {
	for k, id := range s.names {
		if id.Type == TypeUTR && s.sentence[s.places[k].start] == s.sentence[a.start] {
			return true
		}
	}
	return false
}

// worth is what stands right behind an amount that is no payment: the price of
// goods is asked for ("50 लाख का सामान", "22000 me"), and what lay there is
// something else ("4650 the").
func (s *storyReader) worth(a storyAmount, stop int) verdict {
	j := a.end
	for j < stop && (currency[s.talk.words[j]] || onlyWords[s.talk.words[j]] || s.toks[j].is("/") || s.toks[j].is("-") && s.toks[j].glued) {
		j++
	}
	if j >= stop || s.clause[j] != s.clause[a.end-1] {
		return untold
	}
	w := s.talk.words[j]
	switch {
	case wasWords[w] && s.closes(j) && !s.allTaken(j):
		return otherMoney
	case inWords[w]:
		return askedMoney
	case ofWords[w] && j+1 < stop && goodsWords[s.talk.words[j+1]] && !boughtWords[s.toks.word(j+2)]:
		return otherMoney
	}
	return untold
}

// closes reports whether the "the" at j ends its clause, and is not English.
func (s *storyReader) closes(j int) bool {
	return j+1 == len(s.toks) || s.toks[j+1].kind != wordToken || s.clause[j+1] != s.clause[j] || allWords[s.talk.words[j+1]]
}

// isLabelledAmount reads "Amount: Rs 34,500", "रकम - 18,000" at the beginning of a clause.
func (s *storyReader) isLabelledAmount(a storyAmount) bool {
	i := a.start - 1
	for i >= 0 && (s.toks[i].is(":") || s.toks[i].is("-") || s.toks[i].is(".") || currency[s.talk.words[i]] && s.toks[i].text != "paisa") {
		i--
	}
	return i >= 0 && amountLabels[s.talk.words[i]] && (i == 0 || s.clause[i-1] != s.clause[i])
}

// boughtWords behind goods say that they were paid for: "67,800 ka saman kharid
// liya kisi ne".
var boughtWords = soundSet("kharid khareed kharida kharide mangaya mangvaya order online खरीद खरीदा खरीदे मंगाया मंगवाया")

var amountLabels = soundSet("amount amt rakam rakm raqam rashi paisa paise loss रकम राशि पैसा पैसे")

// isCorrected reads "1260 nahi balki 12600" behind its first amount.
func (s *storyReader) isCorrected(end int) bool {
	return end+1 < len(s.toks) && notPaid[s.talk.words[end]] && insteadWords[s.talk.words[end+1]]
}

var insteadWords = soundSet("balki but rather बल्कि")

var (
	onlyWords = soundSet("hi bas sirf only ही बस सिर्फ")
	inWords   = soundSet("me mein mai में मे")
	allWords  = soundSet("sab sabhi saara sara saare sare pura poora poore pure dono donon teeno teenon tino charo chaaro all both everything सब सभी सारा सारे पूरा पूरे दोनों दोनो तीनों तीनो चारों")
)

// allReach is how many words behind "sab", "dono" tell how it was paid.
const allReach = 6

// allTaken reports whether all of what lay there, told before j, was taken:
// "3200 the sab le gaye".
func (s *storyReader) allTaken(j int) bool {
	for i := j; i < len(s.toks) && i-j <= 3; i++ {
		if allWords[s.talk.words[i]] && s.verbWithin(i, min(len(s.toks), i+allReach)) {
			return true
		}
	}
	return false
}

// rightBefore is what a verb right before an amount says: "paisa gaya 15000".
func (s *storyReader) rightBefore(a storyAmount, first int) verdict {
	for j := a.start - 1; j >= max(first, a.start-2); j-- {
		if v := s.verbAt(j); v == lostMoney && s.clause[j] == s.clause[a.start] {
			return v
		}
	}
	return untold
}

func (s *storyReader) verbWithin(from, to int) bool {
	for j := from; j < to; j++ {
		if s.clause[j] == s.clause[from] && s.verbAt(j) != untold {
			return true
		}
	}
	return false
}

// isForIt reports whether the noun at j is only what something was paid for: "1
// लाख लोन के लिए पहले 1800".
func (s *storyReader) isForIt(j int) bool {
	return ofWords[s.toks.word(j+1)] && forWords[s.toks.word(j+2)]
}

var forWords = soundSet("liye lie vaste waste khatir लिए लिये वास्ते खातिर")

// nearVerb is within how many words a verb counts more than a noun, and a Hindi
// verb counts that stands before its amount.
const nearVerb = 3

// nounBeside reports whether a word within reach says that the amount is a
// bill, a balance, a prize.
func (s *storyReader) nounBeside(a storyAmount, first, stop, reach int) bool {
	if a.start > first && haveWords[s.talk.words[a.start-1]] {
		return true
	}
	for d := 1; d <= reach; d++ {
		for _, j := range []int{a.start - d, a.end - 1 + d} {
			if j >= first && j < stop && otherNouns[s.talk.words[j]] && s.clause[j] == s.clause[a.start] && !(j < a.start && s.isForIt(j)) {
				return true
			}
		}
	}
	return false
}

type storyAmount struct {
	tokenSpan
	paise int64
	again tokenSpan // where it is told once more
}

// readAmounts finds the amounts of money, whatever they are about.
func (s *storyReader) readAmounts() {
	for i := 0; i < len(s.toks); {
		if s.taken[i] {
			i++
			continue
		}
		if next := s.toks.skipOther(i); next > i {
			i = next
			continue
		}
		if a := s.spelledAt(i); a.end > i {
			s.amounts = append(s.amounts, a)
			i = a.end
			continue
		}
		q, ok := s.toks.quantity(i)
		if !ok {
			i++
			continue
		}
		paise, ok := s.toks.amount(q)
		if !ok && !q.plain && !q.tooLarge && q.digits > 3 && q.decimals <= 2 && !s.toks.inName(q) { // "transaction 99,999"
			paise, ok = q.milli/10, true
		}
		counts := s.isCount(q)
		ok = ok && paise > 0 && !counts
		if !ok && !counts && s.isSmallLoss(q) {
			paise, ok = q.milli/10, true
		}
		if ok && !s.inBrackets(q, paise) {
			s.amounts = append(s.amounts, storyAmount{tokenSpan: tokenSpan{q.start, q.end}, paise: paise})
		}
		i = q.end
	}
}

// inBrackets reports whether an amount tells the last once more: "Rs 2,00,000/-
// (two lakh)".
func (s *storyReader) inBrackets(q quantity, paise int64) bool {
	if len(s.amounts) == 0 {
		return false
	}
	last := s.amounts[len(s.amounts)-1]
	return last.paise == paise && q.start-last.end <= nounReach && strings.Contains(s.text[s.toks[last.end-1].end:s.toks[q.start].start], "(")
}

// spelledAt reads an amount whose digits are told one by one: "4 9 0 0 rupay".
func (s *storyReader) spelledAt(i int) storyAmount {
	rupees, end := int64(0), i
	for end < len(s.toks) && end-i < maxSpelled && len(s.toks.number(end)) == 1 && (end == i || !s.toks[end].glued) {
		rupees = rupees*10 + int64(s.toks.number(end)[0]-'0')
		end++
	}
	if end-i < minSpelled || rupees == 0 || !currency[s.toks.word(end)] {
		return storyAmount{}
	}
	return storyAmount{tokenSpan: tokenSpan{i, end}, paise: rupees * 100}
}

// From how many to how many digits are told one by one.
const minSpelled, maxSpelled = 3, 8

// countedWords behind a number make it a count, and no amount.
var countedWords = soundSet("form forms product products order orders review reviews video videos share shares page pages gram kg kilo log member members follower followers fomr फॉर्म फार्म वीडियो ग्राम किलो पेज")

// isCount reports whether a number counts forms, is what a message is sent to
// ("121 pe bhejo") or the tail of an account ("A/c *5528").
func (s *storyReader) isCount(q quantity) bool {
	next := s.toks.word(q.end)
	_, money := s.toks.currencyAfter(q.end)
	switch {
	case evenWords[next] && q.milli == whole: // "paisa ek bhi nahi gaya"
		return true
	case money || s.toks.currencyBefore(q.start):
		return false
	case countedWords[next]:
		return true
	case starWords[s.toks.word(q.start-1)] || starWords[next]: // "स्टार 401 स्टार"
		return true
	case s.toks.at(q.start-1).is("*") && s.toks.at(q.start).glued:
		return !s.toks.at(q.end).isGlued("*") || q.digits <= 3
	}
	return q.plain && q.digits <= 3 && (next == "pe" || next == "par" || next == "पे" || next == "पर")
}

var starWords = soundSet("star hash ishtar स्टार हैश")

// isSmallLoss reports whether a number too small to be an amount by itself is
// one for what happened to it: "13 कटा", "5 gaya".
func (s *storyReader) isSmallLoss(q quantity) bool {
	small := q.plain && q.milli > 0 && q.digits > 0 && q.digits <= 2 && q.decimals == 0 && !s.toks.inName(q)
	next := s.toks.word(q.end)
	return small && (smallGone[next] || (paidWords[next] || paidStems[next] || pastDo[next]) && slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return a.paise == q.milli/10 }))
}

// smallGone are verbs of a loss right behind a number.
var smallGone = soundSet("gaya gya gaye gye kata kate kta kat cut गया गए कटा कटे कट")
