package locales

import "slices"

// repeats returns which of the amounts is told again by a: in the words and once
// more in the bank's message; -1 if none.
func (s *storyReader) repeats(found []storyAmount, a storyAmount) int {
	n := slices.IndexFunc(found, func(b storyAmount) bool {
		return b.paise == a.paise && a.start-b.end > nearVerb
	})
	if n < 0 || s.hasNear(a.tokenSpan, againWords, 4) {
		return -1
	}
	more := a.start > 0 && moreWords[s.talk.words[a.start-1]] || a.end < len(s.toks) && moreWords[s.talk.words[a.end]] && s.goesOn(a.end)
	if more && (s.sentence[found[n].start] == s.sentence[a.start] || s.verbWithin(a.end, min(len(s.toks), a.end+nearVerb))) {
		return -1
	}
	return n
}

// severalTimes makes n of what was paid n times: "1,99,998 nikala, do
// transaction 99,999 ke", "9,999 three times", "chaar baar 10000".
func (s *storyReader) severalTimes(found, open []storyAmount) []storyAmount {
	for _, a := range slices.Concat(found, open) {
		n, sure := s.timesOf(a)
		if n == 0 {
			continue
		}
		total := slices.IndexFunc(found, func(b storyAmount) bool { return b.paise == a.paise*int64(n) })
		if total < 0 && len(found) == 1 && found[0] == a && sure {
			total = 0
		}
		if total < 0 || s.hasParts(found, total) {
			continue
		}
		rest := slices.DeleteFunc(slices.Clone(found), func(b storyAmount) bool { return b == found[total] || b.paise == a.paise })
		for range n {
			rest = append(rest, a)
		}
		return rest
	}
	return found
}

// hasParts reports whether the others sum up to a total: "21 lakh in three
// parts: 9 lakh, 7 lakh, 5 lakh".
func (s *storyReader) hasParts(found []storyAmount, total int) bool {
	sum := -found[total].paise
	for _, a := range found {
		sum += a.paise
	}
	return sum == found[total].paise
}

// timesOf returns how many times an amount is told to have gone, 0 if not told,
// and whether it went so each time: "teen baar me" may part it. "3 baar call"
// counts calls.
func (s *storyReader) timesOf(a storyAmount) (n int, sure bool) {
	for j := max(0, a.start-timesReach); j < min(len(s.toks), a.end+4); j++ {
		if j >= a.start && j < a.end {
			continue
		}
		n, ok := s.toks.countAt(j)
		word := j + 1
		if fold := timesInOne[s.talk.words[j]]; fold > 0 {
			n, ok, word = fold, true, j
		} else if !countWords[s.toks.word(word)] {
			continue
		}
		after := s.toks.word(word + 1)
		if ok && n >= 2 && n <= MaxStoryLegs && !notTimes[after] && s.sentence[j] == s.sentence[a.start] {
			return n, !inWords[after]
		}
	}
	return 0, false
}

// timesReach is how many words before an amount its "teen baar" may stand.
const timesReach = 8

// timesInOne are counts in one word.
var timesInOne = soundTable(map[int]string{2: "twice", 3: "thrice"})

// notTimes behind "3 baar" count something else than payments.
var notTimes = soundSet("call phone fon msg message koshish kosis try otp video कॉल फोन मैसेज कोशिश ओटीपी")

// partsOf puts the parts in place of a sum where they are told behind it by
// themselves: "kul 1.5 lakh dale. pehle 50000, fir 1 lakh".
func partsOf(found, open []storyAmount) []storyAmount {
	for k, total := range found {
		for from := range open {
			var sum int64
			for to := from; to < len(open); to++ {
				if sum += open[to].paise; to > from && sum == total.paise {
					rest := slices.Delete(slices.Clone(found), k, k+1)
					return append(rest, open[from:to+1]...)
				}
			}
		}
	}
	return found
}

// withoutTotals drops the sum of the others.
func (s *storyReader) withoutTotals(found []storyAmount) []storyAmount {
	if len(found) < 2 {
		return found
	}
	var sum int64
	for _, a := range found {
		sum += a.paise
	}
	for k, a := range found {
		total := s.hasNear(a.tokenSpan, sumWords, 3)
		if total && len(found) > 2 || 2*a.paise == sum && (total || len(found) > 2 && (k == 0 || s.toldApart(found, k))) {
			return slices.Delete(found, k, k+1)
		}
	}
	return found
}

// toldApart reports whether amount k is in another sentence than the others: one
// of a row is no sum of it.
func (s *storyReader) toldApart(found []storyAmount, k int) bool {
	for n := range found {
		if n != k && s.sentence[found[n].start] == s.sentence[found[k].start] {
			return false
		}
	}
	return true
}

// hasNear reports whether one of the words stands near, in the same sentence.
func (s *storyReader) hasNear(at tokenSpan, set map[string]bool, reach int) bool {
	for i := max(0, at.start-reach); i < min(len(s.toks), at.end+reach); i++ {
		if set[s.talk.words[i]] && s.sentence[i] == s.sentence[at.start] {
			return true
		}
	}
	return false
}
