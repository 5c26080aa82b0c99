package locales

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
