package locales

import "slices"

// payReach is how many clauses behind an amount its payment may be told.
const payReach = 6

var (
	// leftWords are stems of money that left by itself.
	leftWords = soundSet("chala chale chali kat katt kata kate nikal ud चला चले चली कट कटा कटे निकल उड़")
	// handedWords are stems of what a writer does with an amount told before.
	handedWords = soundSet("le bhar bhara bhare bharva jama ले भर भरा भरे भरवा जमा")
	// filledWords are also told of a form that was filled in.
	filledWords = soundSet("bhar bhara bhare bharva dala dale dal भर भरा भरे भरवा डाल डाला डाले")
	// requestWords before an amount that "came" say that it was to be paid.
	requestWords = soundSet("request collect mandate रिक्वेस्ट कलेक्ट")
	// feeWords beside an amount say that it is to be paid.
	feeWords = soundSet("fee fees charge charges tax gst insurance token deposit advance registration duty customs stamp noc processing फीस चार्ज टैक्स जीएसटी बीमा टोकन एडवांस रजिस्ट्रेशन")
	// stillWords say that it is asked for now.
	stillWords = soundSet("ab abhi now still अब अभी")
	// thatToo stand for the amount told before: "wo bhi de diya".
	thatToo = soundSet("vo wo woh yeh ye usko uska utna वो वह ये यह उतना")
)

// payAsked makes what was asked for lost where a payment is told behind it
// without an amount of its own: "usne 5000 mange, maine bhej diye"; and what is
// told as nothing, where it is the amount paid: "fee 1550. Humne scan kar bhar
// diya", "3600 insurance. wo bhi de diya".
//
// Where a payment was refused, that is the last amount before the refusal.
func (s *storyReader) payAsked(verdicts []verdict, refused int) {
	for k, v := range verdicts {
		if refused >= 0 && (k+1 == len(s.amounts) || s.amounts[k+1].start > refused) {
			break
		}
		if a := s.amounts[k]; v == askedMoney && s.hasBeforeIn(a.tokenSpan, moreWords, 1) && s.hasBeforeIn(a.tokenSpan, stillWords, 3) {
			continue // "ab aur 12000 maang rahe"
		}
		if v == untold || v == askedMoney || v == otherMoney && s.isRequest(s.amounts[k]) {
			if s.paidBehind(k, v, verdicts) {
				verdicts[k] = lostMoney
			}
		}
	}
}

// paidBehind reports whether amount k is paid behind its clause, before another
// amount is told.
func (s *storyReader) paidBehind(k int, v verdict, verdicts []verdict) bool {
	from, stop := s.amounts[k].end, len(s.toks)
	for n := k + 1; n < len(s.amounts) && stop == len(s.toks); n++ {
		if verdicts[n] != otherMoney { // "8000 bhejo, 16000 milega": the promise goes with it
			stop = s.amounts[n].start
		}
	}
	asked := inWords[s.toks.word(from)] // a price
	fee := s.hasNear(s.amounts[k].tokenSpan, feeWords, nounReach)
	for j := from; j < stop && s.clause[j] <= s.clause[from-1]+payReach; j++ {
		if asked = asked || askedWords[s.talk.words[j]] || s.clause[j] != s.clause[from-1]; !asked {
			continue
		}
		w := s.talk.words[j]
		if goneWords[w] && s.beginsSentence(j) {
			return true
		}
		paid, end := s.paidAt(j)
		if !paid || s.hasAmountBehind(end, k) || s.verbAt(j) != lostMoney {
			continue
		}
		if v == untold && !fee && !thatToo[s.toks.word(j-1)] && !thatToo[s.toks.word(j-2)] {
			continue
		}
		if gaveWords[w] || doWords[w] || leftWords[w] || handedWords[w] {
			return true
		}
	}
	return false
}

// beginsSentence reports whether the word at j is the first of its sentence.
func (s *storyReader) beginsSentence(j int) bool {
	return j > 0 && s.sentence[j-1] != s.sentence[j]
}

// isRequest reads "collect request aaya 12,500".
func (s *storyReader) isRequest(a storyAmount) bool {
	return s.hasBefore(a.tokenSpan, requestWords, 4) || slices.ContainsFunc(s.toks[a.end:min(len(s.toks), a.end+4)], func(t token) bool { return requestWords[t.text] })
}

// hasAmountBehind reports whether the next amount is in the clause of the verb
// that ends at end: "I paid 2000".
func (s *storyReader) hasAmountBehind(end, k int) bool {
	return k+1 < len(s.amounts) && s.clause[s.amounts[k+1].start] == s.clause[end]
}
