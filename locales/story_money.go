package locales

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
	s.payAsked(verdicts)
	listed := s.goThroughLists(verdicts)
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
	if len(found) == 0 && (gone || s.tellsPayment()) {
		found = open
	}
	return s.withoutTotals(partsOf(s.severalTimes(found, open), open))
}

// tellsPayment reports whether a payment is told anywhere, with no amount at it.
func (s *storyReader) tellsPayment() bool {
	for j := range s.toks {
		if paid, _ := s.paidAt(j); paid && s.verbAt(j) == lostMoney && !goneWords[s.talk.words[j]] && s.talk.bits[j]&(cut|sent|lost|handed) != 0 {
			return true
		}
	}
	return false
}

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
	if a.end+1 < stop && ofWords[s.talk.words[a.end]] && goodsWords[s.talk.words[a.end+1]] {
		return otherMoney
	}
	noun := s.nounBeside(a, first, stop, 1)
	if v := s.rightBefore(a, first); v != untold && !s.verbWithin(a.end, min(stop, a.end+nearVerb)) {
		return v
	}
	for j := a.end; j < min(stop, a.end+verbAfter) && s.clause[j] == s.clause[a.end-1]; j++ {
		if v := s.verbAt(j); v != untold && !(noun && j-a.end >= nearVerb) {
			return v
		}
	}
	for j := a.start - 1; j >= max(first, a.start-verbBefore) && s.clause[j] == s.clause[a.start]; j-- {
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
		if v := s.verbAt(j); v == askedMoney || v == otherMoney {
			return false
		}
	}
	return true
}

// payAsked makes what was asked for lost where a payment is told behind it
// without an amount of its own: "usne 5000 mange, maine bhej diye".
func (s *storyReader) payAsked(verdicts []verdict) {
	for k, v := range verdicts {
		if v != askedMoney {
			continue
		}
		from, stop := s.amounts[k].end, len(s.toks)
		if k+1 < len(s.amounts) {
			stop = s.amounts[k+1].start
		}
		asked := false
		for j := from; j < stop && s.clause[j] <= s.clause[from-1]+3; j++ {
			if asked = asked || askedWords[s.talk.words[j]] || s.clause[j] != s.clause[from-1]; !asked {
				continue
			}
			if paid, end := s.paidAt(j); paid && gaveWords[s.talk.words[j]] && s.verbAt(j) == lostMoney && !s.hasAmountBehind(end, k) {
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
		if ok {
			s.amounts = append(s.amounts, storyAmount{tokenSpan: tokenSpan{q.start, q.end}, paise: paise})
		}
		i = q.end
	}
}
