package locales

import "slices"

var (
	// callerWords beside a bank's name say that the thief only claimed it.
	callerWords = soundSet(`bol bola bole boli bolkar bolke bata batakar bataya calling caller call called phone fon manager officer adhikari karmchari karmachari staff employee helpline care customer head office taraf naam name
		kyc apk app link fake nakli farji message msg sms says saying claimed claiming pretending representative executive
		बोल बोला बोले बोली बोलकर बता बताकर बताया कॉल फोन मैनेजर अधिकारी अफसर कर्मचारी कस्टमर केयर हेल्पलाइन तरफ नाम केवाईसी लिंक फर्जी नकली मैसेज एप ऐप हेड ऑफिस`)
	// accountNear beside it say that it is where the money lay.
	accountNear = soundSet("khata khate khatey account acc ac acct a c card saving savings passbook wallet खाता खाते अकाउंट एकाउंट एसी कार्ड पासबुक वॉलेट")
	fromWords   = soundSet("se from via by through using te theke le से ले")
)

// legs puts bank, time and number to each lost amount.
func (s *storyReader) legs(amounts []storyAmount) []StoryLeg {
	amounts = amounts[:min(len(amounts), MaxStoryLegs)]
	legs := make([]StoryLeg, len(amounts))
	spans := make([]tokenSpan, len(amounts))
	for k, a := range amounts {
		legs[k].Paise, spans[k] = a.paise, a.tokenSpan
	}
	if len(legs) == 0 {
		legs, spans = make([]StoryLeg, 1), []tokenSpan{{0, len(s.toks)}}
	}
	s.putUTRs(legs, spans)
	s.putBanks(legs, spans)
	s.putMoments(legs, spans)
	if len(amounts) == 0 && legs[0] == (StoryLeg{}) {
		return nil
	}
	return legs
}

// putUTRs gives each transaction number to the leg told last before it.
func (s *storyReader) putUTRs(legs []StoryLeg, spans []tokenSpan) {
	for k, id := range s.names {
		if id.Type != TypeUTR {
			continue
		}
		to := 0
		for n := range legs {
			if spans[n].start <= s.places[k].start {
				to = n
			}
		}
		for to < len(legs) && legs[to].UTR != "" {
			to++
		}
		if to < len(legs) {
			legs[to].UTR = id.Value
		}
	}
}

// putBanks gives each leg the bank that is told nearest: in its clause, in its
// sentence, before it, behind it.
func (s *storyReader) putBanks(legs []StoryLeg, spans []tokenSpan) {
	banks := slices.DeleteFunc(slices.Clone(s.banks), func(b storyBank) bool { return s.claimed(b) })
	for n := range legs {
		best := -1
		for k, b := range banks {
			if best < 0 || s.distance(b.tokenSpan, spans[n]) < s.distance(banks[best].tokenSpan, spans[n]) {
				best = k
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
	if near(accountNear, 2, 2) && !near(callerWords, 1, 2) {
		return false
	}
	return near(callerWords, 2, 4)
}

// Distances between a fact and the amount that it may belong to.
const (
	sameClause   = 0
	sameSentence = 1000
	toldBefore   = 10000 // what was told before goes on
	toldBehind   = 100000
)

func (s *storyReader) distance(fact, amount tokenSpan) int {
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
func (s *storyReader) putMoments(legs []StoryLeg, spans []tokenSpan) {
	for n := range legs {
		best := -1
		for k, m := range s.moments {
			if best < 0 || s.distance(m.tokenSpan, spans[n]) < s.distance(s.moments[best].tokenSpan, spans[n]) {
				best = k
			}
		}
		if best >= 0 {
			legs[n].When, legs[n].HasClock = s.moments[best].at, s.moments[best].hasClock
		}
	}
}
