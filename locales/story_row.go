package locales

import "slices"

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
		for k := last(j); k >= 0 && (verdicts[k] == untold || verdicts[k] == lostMoney || verdicts[k] == askedMoney && !inWords[s.toks.word(s.amounts[k].end)]) && s.sentence[j]-s.sentence[s.amounts[k].start] <= sumReach; k-- {
			if verdicts[k] == askedMoney && s.nounBeside(s.amounts[k], 0, len(s.toks), nounReach) {
				continue // a rent that was promised
			}
			verdicts[k] = lostMoney
		}
	}
	for k := 0; k+1 < len(verdicts); k++ {
		if (verdicts[k] == untold || verdicts[k] == lostMoney) && verdicts[k+1] == untold && (s.onlyAmounts(k) || s.isDated(k) && s.isDated(k+1) && s.inRow(k)) {
			verdicts[k], verdicts[k+1] = lostMoney, lostMoney
		}
	}
}

// isDated reports whether a day stands right at amount k: "5 Nov - 10000".
func (s *storyReader) isDated(k int) bool {
	a := s.amounts[k]
	return slices.ContainsFunc(s.moments, func(m storyMoment) bool {
		gap := max(a.start-m.end, m.start-a.end)
		return m.told.tellsDay() && !m.told.justNow && gap >= 0 && gap <= datedReach
	})
}

// datedReach is how many signs and currencies may stand between a day and its
// amount.
const datedReach = 3

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

// sayWords right before an amount say that it was only asked for: "phir bola 55 hazar aur".
var sayWords = soundSet("bola bole boli bolta bolte bolti kaha kahte kahta boltaa said says बोला बोले बोली बोलता बोलते बोलती कहा कहते कहता कहिस")

// goOnWith makes the amounts lost that "phir", "again" adds to one that is,
// over a full stop too: "Paise gaye 12600. Phir 5000."
func (s *storyReader) goOnWith(verdicts []verdict, listed []bool) {
	for k := 1; k < len(verdicts); k++ {
		a, b := s.amounts[k-1], s.amounts[k]
		if verdicts[k] == untold && s.isCorrected(a.end) && insteadWords[s.toks.word(b.start-1)] {
			verdicts[k] = s.rightBefore(a, 0)
		}
		if verdicts[k] == untold && verdicts[k-1] == lostMoney && s.sentence[b.start]-s.sentence[a.start] <= 1 && s.hasBeforeIn(b.tokenSpan, nextWords, 3) && !sayWords[s.toks.word(b.start-1)] && !s.verbWithin(b.end, min(len(s.toks), b.end+nearVerb)) {
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
		if w != "" && !s.inMoment(j) && !currency[w] && w != "ko" && w != "को" {
			seen++
		}
	}
	return false
}

// inMoment reports whether token i is part of a time.
func (s *storyReader) inMoment(i int) bool {
	return slices.ContainsFunc(s.moments, func(m storyMoment) bool { return i >= m.start && i < m.end })
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
