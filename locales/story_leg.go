package locales

import "slices"

var (
	// callerWords beside a bank's name say that the thief only claimed it.
	callerWords = soundSet(`bol bola bole boli bolkar bolke bata batakar bataya calling caller call called phone fon manager officer adhikari karmchari karmachari staff employee helpline care customer head office taraf unka uska
		kyc apk link fake nakli farji message msg sms says saying claimed claiming pretending representative executive
		बोल बोला बोले बोली बोलकर बता बताकर बताया कॉल फोन मैनेजर अधिकारी अफसर कर्मचारी कस्टमर केयर हेल्पलाइन तरफ उनका उसका केवाईसी लिंक फर्जी नकली मैसेज हेड ऑफिस`)
	// accountNear beside it say that it is where the money lay.
	// walletCaller is what it takes for a wallet, which few claim to be.
	walletCaller = soundSet("care customer helpline officer manager calling representative executive केयर कस्टमर हेल्पलाइन मैनेजर अधिकारी")
	accountNear  = soundSet("khata khate khatey account acc ac acct a c card saving savings passbook wallet खाता खाते अकाउंट एकाउंट एसी कार्ड पासबुक वॉलेट")
	fromWords    = soundSet("se from via by through using te theke le से ले")
)

// legs puts bank, time and number to each lost amount.
func (s *storyReader) legs(amounts []storyAmount) []StoryLeg {
	amounts = amounts[:min(len(amounts), MaxStoryLegs)]
	legs := make([]StoryLeg, len(amounts))
	for k, a := range amounts {
		legs[k].Paise = a.paise
	}
	told := len(amounts) > 0
	if !told {
		legs, amounts = make([]StoryLeg, 1), []storyAmount{{tokenSpan: tokenSpan{0, len(s.toks)}}}
	}
	s.putUTRs(legs, amounts)
	s.putBanks(legs, amounts)
	s.putMoments(legs, amounts)
	if !told && legs[0] == (StoryLeg{}) {
		return nil
	}
	return legs
}

// putUTRs gives each transaction number to the leg told last before it; several
// numbers in a row go to as many legs, in their order.
func (s *storyReader) putUTRs(legs []StoryLeg, amounts []storyAmount) {
	behind := make([][]string, len(legs))
	for k, id := range s.names {
		if id.Type != TypeUTR {
			continue
		}
		to := 0
		for n := range legs {
			if amounts[n].start <= s.places[k].start {
				to = n
			}
		}
		behind[to] = append(behind[to], id.Value)
	}
	for to, numbers := range behind {
		n := max(0, to+1-len(numbers))
		for _, number := range numbers {
			for n < len(legs) && legs[n].UTR != "" {
				n++
			}
			if n < len(legs) {
				legs[n].UTR = number
			}
		}
	}
}

// wallets hold no money of their own mostly: where a bank is told too, the bank
// is where it left.
var wallets = map[string]bool{"PhonePe": true, "Google Pay": true, "Paytm": true, "BHIM": true, "Amazon Pay": true, "MobiKwik": true, "CRED": true}

// putBanks gives each leg the bank that is told nearest: in its clause, in its
// sentence, before it, behind it. The writer's own comes before others.
func (s *storyReader) putBanks(legs []StoryLeg, amounts []storyAmount) {
	banks := slices.DeleteFunc(slices.Clone(s.banks), func(b storyBank) bool { return s.claimed(b) })
	if slices.ContainsFunc(banks, func(b storyBank) bool { return !wallets[b.name] }) {
		banks = slices.DeleteFunc(banks, func(b storyBank) bool { return wallets[b.name] })
	}
	for n := range legs {
		best, least := -1, 0
		for k, b := range banks {
			d := s.distance(b.tokenSpan, amounts[n])
			if d >= sameSentence && s.hasBefore(b.tokenSpan, myWords, 2) {
				d = sameSentence
			}
			if best < 0 || d < least {
				best, least = k, d
			}
		}
		if best >= 0 {
			legs[n].Bank = banks[best].name
		}
	}
}

// claimed reports whether a bank is named only as whom the thief says he is, or
// where the money went.
func (s *storyReader) claimed(b storyBank) bool {
	near := func(set map[string]bool, before, after int) bool {
		for i := max(0, b.start-before); i < min(len(s.toks), b.end+after); i++ {
			if (i < b.start || i >= b.end) && set[s.talk.words[i]] && s.clause[i] == s.clause[b.start] {
				return true
			}
		}
		return false
	}
	switch {
	case wallets[b.name]:
		return near(walletCaller, 1, 3)
	case s.leftBank(b), near(accountNear, 2, 2) && !near(callerWords, 1, 2), s.hasBefore(b.tokenSpan, myWords, 2):
		return false
	}
	return near(callerWords, 2, 4)
}

// leftBank reads "SBI se 25000 kat gaye": money left it.
func (s *storyReader) leftBank(b storyBank) bool {
	if b.end >= len(s.toks) || !fromWords[s.talk.words[b.end]] {
		return false
	}
	for j := b.end + 1; j < min(len(s.toks), b.end+4); j++ {
		if s.verbAt(j) == lostMoney || scales[s.talk.words[j]] > 0 || slices.ContainsFunc(s.amounts, func(a storyAmount) bool { return a.start == j }) {
			return true
		}
		if callerWords[s.talk.words[j]] {
			return false
		}
	}
	return false
}

// Distances between a fact and the amount that it may belong to.
const (
	sameClause   = 0
	sameSentence = 1000
	toldBefore   = 10000 // what was told before goes on
	toldBehind   = 100000
)

func (s *storyReader) distance(fact tokenSpan, a storyAmount) int {
	d := s.between(fact, a.tokenSpan)
	if a.again.end > 0 {
		d = min(d, s.between(fact, a.again))
	}
	return d
}

func (s *storyReader) between(fact, amount tokenSpan) int {
	if fact.start >= len(s.toks) || amount.start >= len(s.toks) {
		return toldBehind
	}
	gap := fact.start - amount.end
	if fact.start < amount.start {
		gap = amount.start - fact.end
	}
	switch {
	case s.clause[fact.start] == s.clause[amount.start]:
		return sameClause + gap
	case s.sentence[fact.start] == s.sentence[amount.start]:
		return sameSentence + gap
	case fact.start < amount.start:
		return toldBefore + gap
	}
	return toldBehind + gap
}

// putMoments gives each leg the time that is told nearest.
func (s *storyReader) putMoments(legs []StoryLeg, amounts []storyAmount) {
	if row := s.momentRow(len(legs)); row != nil {
		for n, m := range row {
			legs[n].When, legs[n].HasClock = m.at, m.hasClock
		}
		return
	}
	for n := range legs {
		best, least := -1, 0
		for k, m := range s.moments {
			d := s.distance(m.tokenSpan, amounts[n])
			if d >= sameSentence && s.otherEvent(m) {
				d += toldBehind * 10
			}
			if best < 0 || d < least {
				best, least = k, d
			}
		}
		if best >= 0 {
			legs[n].When, legs[n].HasClock = s.moments[best].at, s.moments[best].hasClock
		}
	}
}

// momentRow is as many days as there are legs, told in one row by themselves:
// "17 और 18 तारीख को". Nil where there is no such row.
func (s *storyReader) momentRow(legs int) []storyMoment {
	if legs < 2 {
		return nil
	}
	for from := 0; from+legs <= len(s.moments); from++ {
		row := s.moments[from : from+legs]
		inRow := true
		for n := 1; n < legs && inRow; n++ {
			inRow = row[n].start-row[n-1].end <= 1 && row[n].at.After(row[n-1].at) && s.sentence[row[n].start] == s.sentence[row[0].start]
		}
		if inRow {
			return row
		}
	}
	return nil
}

// eventWords tell what else happened at a time than the loss.
var eventWords = soundSet("block blocked pata complaint shikayat added joined dekha dekhe saw seen complained gone ब्लॉक पता शिकायत जुड़ा जोड़ा देखा देखे")

// otherEvent reports whether a time is told of something else.
func (s *storyReader) otherEvent(m storyMoment) bool {
	for j := max(0, m.start-momentReach); j < min(len(s.toks), m.end+momentReach); j++ {
		if eventWords[s.talk.words[j]] && s.clause[j] == s.clause[m.start] {
			return true
		}
	}
	return false
}

// momentReach is how many words around a time tell what happened then.
const momentReach = 6
