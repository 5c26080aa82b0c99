package locales

import "slices"

// putMoments gives each leg the time that is told nearest.
func (s *storyReader) putMoments(legs []StoryLeg, amounts []storyAmount) {
	if row := s.momentRow(len(legs)); row != nil {
		for n, m := range row {
			legs[n].When, legs[n].HasClock = m.at, m.hasClock
		}
		return
	}
	if row := s.inTurn(amounts); row != nil {
		for n, m := range row {
			legs[n].When, legs[n].HasClock = m.at, m.hasClock
		}
		return
	}
	for n := range legs {
		if s.beforeAllDays(amounts, n) {
			continue
		}
		best, least := -1, 0
		for k, m := range s.moments {
			d := s.distance(m.tokenSpan, amounts[n])
			switch {
			case s.foundOut(m) && (d >= sameSentence || s.hasOtherDay(m)):
				continue
			case d < sameSentence:
			case !m.told.tellsDay() && m.told.clock == nil:
				continue // "raat ko video call aaya" is no day of the payment
			case s.isWhole(m):
				d = sameSentence - 1
			case s.isDemand(m):
				continue
			case s.otherEvent(m):
				d += toldBehind * 10
			}
			if best < 0 || d < least {
				best, least = k, d
			}
		}
		if best >= 0 {
			m := s.withClock(s.moments[best])
			legs[n].When, legs[n].HasClock = m.at, m.hasClock
		}
	}
}

// withClock is the only hour told of the same day, where a day was told without:
// "Today at 4.30 am: … debited on 24Nov26".
func (s *storyReader) withClock(m storyMoment) storyMoment {
	found := m
	for _, other := range s.moments {
		if m.hasClock || m.borrowed || other.borrowed || !other.hasClock || !other.told.tellsDay() || !midnight(other.at).Equal(midnight(m.at)) {
			continue
		}
		if found.hasClock || s.otherEvent(other) {
			return m
		}
		found = other
	}
	return found
}

// inTurn are the times of a story in which amount and day take turns: "1000
// bheja 17 nov ko, baki 2500 bhi bhej diya 18 ko". Nil where they do not.
func (s *storyReader) inTurn(amounts []storyAmount) []storyMoment {
	days := slices.DeleteFunc(slices.Clone(s.moments), func(m storyMoment) bool { return !m.told.tellsDay() || s.otherEvent(m) })
	if len(days) != len(amounts) || len(days) < 2 {
		return nil
	}
	first, second := amounts[0].start, days[0].start
	for n := range days {
		a, d := amounts[n].start, days[n].start
		if (a < d) != (first < second) || s.sentence[max(a, d)]-s.sentence[min(a, d)] > 1 {
			return nil
		}
		if n > 0 && min(a, d) < max(amounts[n-1].start, days[n-1].start) {
			return nil
		}
	}
	return days
}

// beforeAllDays reports whether leg n is told before the days of all others,
// which are not its own: "2000 diye. 21 ko 15000 diye aur 22 ko 38000".
func (s *storyReader) beforeAllDays(amounts []storyAmount, n int) bool {
	owned := map[int]bool{}
	for _, m := range s.moments {
		if !m.told.tellsDay() {
			continue
		}
		if m.start < amounts[n].start || s.distance(m.tokenSpan, amounts[n]) < toldBefore {
			return false
		}
		for k := range amounts {
			if k != n && s.distance(m.tokenSpan, amounts[k]) < toldBefore {
				owned[m.at.YearDay()] = true
			}
		}
	}
	return len(owned) > 1
}

var (
	wholeBehind = soundSet("baat bat ghatna ghatana waqia vakya incident happened बात घटना वाकया")
	wholeBefore = soundSet("all yeh ye ghatna ghatana incident happened यह ये घटना")
)

// isWhole reports whether a time is told of the whole story: "kal dopahar ki
// baat hai", "all this at 7.15 pm".
func (s *storyReader) isWhole(m storyMoment) bool {
	for j := m.end; j < min(len(s.toks), m.end+nearVerb) && s.sentence[j] == s.sentence[m.start]; j++ {
		if wholeBehind[s.talk.words[j]] {
			return true
		}
	}
	for j := m.start - 1; j >= max(0, m.start-nearVerb) && s.sentence[j] == s.sentence[m.start]; j-- {
		if wholeBefore[s.talk.words[j]] {
			return true
		}
	}
	return false
}

// demandReach is how many words around a time may tell of a demand.
const demandReach = 12

// isDemand reports whether a time is of a demand, with nothing paid in its
// clause: "kal aur 14 hazar maang rahe the".
func (s *storyReader) isDemand(m storyMoment) bool {
	asked, last := false, s.clause[m.start]
	if moreWords[s.toks.word(m.end)] {
		last = s.clause[m.end]
	}
	for j := max(0, m.start-demandReach); j < min(len(s.toks), m.end+demandReach); j++ {
		if s.clause[j] < s.clause[m.start] || s.clause[j] > last {
			continue
		}
		v := s.verbAt(j)
		if v == lostMoney {
			return false
		}
		asked = asked || v == askedMoney
	}
	return asked
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

var (
	foundWords   = soundSet("pata pta maloom malum dekha dekhe dekhi saw noticed checked came knew discovered पता मालूम देखा देखे देखी")
	noticedWords = soundSet("saw noticed checked knew discovered found")
	foundBehind  = soundSet("chala chla chali chale laga hua padi to know ki that then तो चला चली चले लगा हुआ पड़ा कि")
)

// foundOut reports whether a time is told of how the writer learnt of it: "kal hi
// pata chala", "आज देखा तो".
func (s *storyReader) foundOut(m storyMoment) bool {
	if s.hasBefore(m.tokenSpan, noticedWords, nearVerb) {
		return true
	}
	for j := m.end; j < min(len(s.toks), m.end+momentReach) && s.clause[j] == s.clause[m.start]; j++ {
		if v := s.verbAt(j); v == lostMoney {
			return false
		}
		if foundWords[s.talk.words[j]] && foundBehind[s.toks.word(j+1)] {
			return true
		}
	}
	return false
}

// hasOtherDay reports whether another day is told too.
func (s *storyReader) hasOtherDay(m storyMoment) bool {
	return slices.ContainsFunc(s.moments, func(other storyMoment) bool {
		return other.told.tellsDay() && !other.borrowed && !midnight(other.at).Equal(midnight(m.at))
	})
}

// momentReach is how many words around a time tell what happened then.
const momentReach = 6
