package locales

import "slices"

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
	denied := s.nothingGone()
	if !denied {
		s.payAsked(verdicts)
	}
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
		if paid, _ := s.paidAt(j); paid && s.verbAt(j) == lostMoney && !goneWords[s.talk.words[j]] && (s.talk.bits[j]&(cut|sent|lost|handed) != 0 || countWords[s.talk.words[j]] || s.hasBefore(tokenSpan{j, j + 1}, moneyWords, nearVerb)) {
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
	return untold
}

// worth is what stands right behind an amount that is no payment: the price of
// goods is asked for ("50 लाख का सामान", "22000 me"), and what lay there is
// something else ("4650 the").
func (s *storyReader) worth(a storyAmount, stop int) verdict {
	j := a.end
	for j < stop && (currency[s.talk.words[j]] || onlyWords[s.talk.words[j]]) {
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
	case ofWords[w] && j+1 < stop && goodsWords[s.talk.words[j+1]]:
		return otherMoney
	}
	return untold
}

// closes reports whether the "the" at j ends its clause, and is not English.
func (s *storyReader) closes(j int) bool {
	return j+1 == len(s.toks) || s.toks[j+1].kind != wordToken || s.clause[j+1] != s.clause[j] || allWords[s.talk.words[j+1]]
}

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

// sumUp makes the amounts lost that a "dono", "sab" behind them sums up: "18000 3
// nov ko, 22000 14 nov ko dono phonepe se"; and those of a sentence that has
// nothing but amounts: "3 message. Rs 10000, Rs 10000, Rs 7300."
func (s *storyReader) sumUp(verdicts []verdict) {
	last := func(j int) int { // the amount told last before j
		k := -1
		for n, a := range s.amounts {
			if a.end <= j {
				k = n
			}
		}
		return k
	}
	for j := range s.toks {
		if !allWords[s.talk.words[j]] || !s.tellsHow(j) {
			continue
		}
		for k := last(j); k >= 0 && (verdicts[k] == untold || verdicts[k] == askedMoney && !inWords[s.toks.word(s.amounts[k].end)]) && s.sentence[j]-s.sentence[s.amounts[k].start] <= sumReach; k-- {
			verdicts[k] = lostMoney
		}
	}
	for k := 0; k+1 < len(verdicts); k++ {
		if verdicts[k] == untold && verdicts[k+1] == untold && s.onlyAmounts(k) {
			verdicts[k], verdicts[k+1] = lostMoney, lostMoney
		}
	}
}

// sumReach is how many sentences behind its amounts a "dono" may stand.
const sumReach = 2

// tellsHow reports whether the "sab" at j goes on with a bank, a wallet or a
// verb of payment: "sab paytm se diya", "dono BoB se".
func (s *storyReader) tellsHow(j int) bool {
	for i := j + 1; i < len(s.toks) && i-j <= allReach && s.sentence[i] == s.sentence[j]; i++ {
		if slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return a.start == i }) {
			return false
		}
		bank := slices.ContainsFunc(s.banks, func(b storyBank) bool { return b.end == i })
		if bank && fromWords[s.talk.words[i]] || s.verbAt(i) == lostMoney {
			return true
		}
	}
	return false
}

// onlyAmounts reports whether the sentence of amount k and the next begins with
// it and has nothing else in it.
func (s *storyReader) onlyAmounts(k int) bool {
	a, n := s.amounts[k], s.sentence[s.amounts[k].start]
	if s.sentence[s.amounts[k+1].start] != n {
		return false
	}
	words := 0
	for i := a.start - 1; i >= 0 && a.start-i <= allReach && s.sentence[i] == n; i-- {
		if w := s.talk.words[i]; w != "" && !currency[w] && s.toks[i].kind == wordToken {
			words++
		}
	}
	for i := a.end; i < len(s.toks) && s.sentence[i] == n; i++ {
		if w := s.talk.words[i]; s.toks[i].kind == wordToken && !currency[w] && scales[w] == 0 && !clauseWords[w] {
			words++
		}
	}
	return words == 0
}

// nextWords before an amount with no verb say that it went as the one before.
var nextWords = soundSet("phir fir then dobara dubara again another next later baad और aur and uske iske phr fer फिर फेर दोबारा दुबारा बाद अउ")

// goOnWith makes the amounts lost that "phir", "again" adds to one that is,
// over a full stop too: "Paise gaye 12600. Phir 5000."
func (s *storyReader) goOnWith(verdicts []verdict, listed []bool) {
	for k := 1; k < len(verdicts); k++ {
		a, b := s.amounts[k-1], s.amounts[k]
		if verdicts[k] == untold && s.isCorrected(a.end) && insteadWords[s.toks.word(b.start-1)] {
			verdicts[k] = s.rightBefore(a, 0)
		}
		if verdicts[k] == untold && verdicts[k-1] == lostMoney && s.sentence[b.start]-s.sentence[a.start] <= 1 && s.hasBeforeIn(b.tokenSpan, nextWords, 2) && !s.verbWithin(b.end, min(len(s.toks), b.end+nearVerb)) {
			verdicts[k], listed[k] = lostMoney, true
		}
	}
}

// hasBeforeIn is hasBefore over clauses, times and currencies: "Phir 21 ko ₹".
func (s *storyReader) hasBeforeIn(at tokenSpan, set map[string]bool, reach int) bool {
	seen := 0
	for j := at.start - 1; j >= 0 && seen < reach && s.sentence[j] == s.sentence[at.start]; j-- {
		w := s.talk.words[j]
		if set[w] {
			return true
		}
		inMoment := slices.ContainsFunc(s.moments, func(m storyMoment) bool { return j >= m.start && j < m.end })
		if w != "" && !inMoment && !currency[w] && w != "ko" && w != "को" {
			seen++
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
			if j >= first && j < stop && otherNouns[s.talk.words[j]] && s.clause[j] == s.clause[a.start] {
				return true
			}
		}
	}
	return false
}

// listReach is how far apart, in words, amounts of one list are: "21,000 on 5
// November, then 1,00,000 on 11 November".
const listReach = 10

// goThroughLists makes the amounts lost that are told in one row with one that
// is: "पहले 22 हजार फिर 31 हजार जमा कराए". It returns which were in such a row.
func (s *storyReader) goThroughLists(verdicts []verdict) []bool {
	listed := make([]bool, len(verdicts))
	join := func(k, to int) {
		if verdicts[k] == untold && verdicts[to] == lostMoney && s.inRow(min(k, to)) {
			verdicts[k] = lostMoney
			listed[max(k, to)] = true
		}
	}
	for k := len(verdicts) - 2; k >= 0; k-- {
		join(k, k+1)
	}
	for k := 1; k < len(verdicts); k++ {
		join(k, k-1)
	}
	return listed
}

// inRow reports whether amount k and the next stand in one row.
func (s *storyReader) inRow(k int) bool {
	a, b := s.amounts[k], s.amounts[k+1]
	if b.start-a.end > listReach || s.sentence[a.start] != s.sentence[b.start] {
		return false
	}
	for j := a.end; j < b.start; j++ {
		if v := s.verbAt(j); v == askedMoney || v == otherMoney || s.talk.words[j] == "karke" || s.talk.words[j] == "करके" {
			return false
		}
	}
	return true
}

// payReach is how many clauses behind a demand its payment is told.
const payReach = 6

// leftWords are stems of money that left by itself.
var leftWords = soundSet("chala chale chali kat katt kata kate nikal ud चला चले चली कट कटा कटे निकल उड़")

// payAsked makes what was asked for lost where a payment is told behind it
// without an amount of its own: "usne 5000 mange, maine bhej diye".
func (s *storyReader) payAsked(verdicts []verdict) {
	for k, v := range verdicts {
		if v != askedMoney {
			continue
		}
		from, stop := s.amounts[k].end, len(s.toks)
		for n := k + 1; n < len(s.amounts) && stop == len(s.toks); n++ {
			if verdicts[n] != otherMoney { // "8000 bhejo, 16000 milega": the promise goes with it
				stop = s.amounts[n].start
			}
		}
		asked := inWords[s.toks.word(from)] // a price
		for j := from; j < stop && s.clause[j] <= s.clause[from-1]+payReach; j++ {
			if asked = asked || askedWords[s.talk.words[j]] || s.clause[j] != s.clause[from-1]; !asked {
				continue
			}
			w := s.talk.words[j]
			if paid, end := s.paidAt(j); paid && (gaveWords[w] || doWords[w] || leftWords[w]) && s.verbAt(j) == lostMoney && !s.hasAmountBehind(end, k) {
				verdicts[k] = lostMoney
				break
			}
		}
	}
}

// hasAmountBehind reports whether the next amount is in the clause of the verb
// that ends at end: "I paid 2000".
func (s *storyReader) hasAmountBehind(end, k int) bool {
	return k+1 < len(s.amounts) && s.clause[s.amounts[k+1].start] == s.clause[end]
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
		q, ok := s.toks.quantity(i)
		if !ok {
			i++
			continue
		}
		paise, ok := s.toks.amount(q)
		if !ok && !q.plain && !q.tooLarge && q.digits > 3 && q.decimals <= 2 && !s.toks.inName(q) { // "transaction 99,999"
			paise, ok = q.milli/10, true
		}
		ok = ok && paise > 0 && !s.isCount(q)
		if !ok && s.isSmallLoss(q) {
			paise, ok = q.milli/10, true
		}
		if ok {
			s.amounts = append(s.amounts, storyAmount{tokenSpan: tokenSpan{q.start, q.end}, paise: paise})
		}
		i = q.end
	}
}

// countedWords behind a number make it a count, and no amount.
var countedWords = soundSet("form forms product products order orders review reviews video videos share shares page pages gram kg kilo log member members follower followers fomr फॉर्म फार्म वीडियो ग्राम किलो पेज")

// isCount reports whether a number counts forms, is what a message is sent to
// ("121 pe bhejo") or the tail of an account ("A/c *5528").
func (s *storyReader) isCount(q quantity) bool {
	next := s.toks.word(q.end)
	_, money := s.toks.currencyAfter(q.end)
	switch {
	case money || s.toks.currencyBefore(q.start):
		return false
	case countedWords[next]:
		return true
	case s.toks.at(q.start-1).is("*") && s.toks.at(q.start).glued:
		return !s.toks.at(q.end).isGlued("*")
	}
	return q.plain && q.digits <= 3 && (next == "pe" || next == "par" || next == "पे" || next == "पर")
}

// isSmallLoss reports whether a number too small to be an amount by itself is
// one for what happened to it: "13 कटा", "5 gaya".
func (s *storyReader) isSmallLoss(q quantity) bool {
	return q.plain && q.milli > 0 && q.digits > 0 && q.digits <= 2 && q.decimals == 0 && !s.toks.inName(q) && smallGone[s.toks.word(q.end)]
}

// smallGone are verbs of a loss right behind a number.
var smallGone = soundSet("gaya gya gaye gye kata kate kta kat cut गया गए कटा कटे कट")
