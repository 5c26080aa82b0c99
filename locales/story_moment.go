package locales

import "time"

type storyMoment struct {
	tokenSpan
	at       time.Time
	hasClock bool
}

// momentGap is how many words may stand inside one time: "kal … shaam ko 7 baje".
const momentGap = 2

// readMoments finds the times, each as long as its words go together.
func (s *storyReader) readMoments() {
	for i := 0; i < len(s.toks); {
		var m moment
		end := s.tellAt(i, &m)
		if end == i {
			i++
			continue
		}
		start := i
		for next := end; next < len(s.toks) && next-end <= momentGap && s.sentence[next] == s.sentence[start]; next++ {
			before := m
			if to := s.tellAt(next, &m); to > next {
				if m == before { // the same kind of telling once more: another time
					break
				}
				end, next = to, to-1
			}
		}
		if at, ok := m.resolve(s.now); ok && !at.After(s.now) && !at.Before(s.now.AddDate(-MaxYearsBack, 0, 0)) {
			s.moments = append(s.moments, storyMoment{tokenSpan{start, end}, at, m.exact()})
			for j := start; j < end; j++ {
				s.taken[j] = s.taken[j] || s.toks[j].kind == numberToken
			}
		}
		i = end
	}
}

// tellAt is tokens.tell for a place that is nothing else.
func (s *storyReader) tellAt(i int, m *moment) int {
	if s.taken[i] || s.isCall(i) || s.isSince(i) || nowWords[s.talk.words[i]] && !s.isJustNow(i) {
		return i
	}
	if end := s.toks.tell(i, m); end > i {
		return end
	}
	return s.tellDay(i, m)
}

// tellDay reads a day of the month that has no month beside it: "20 ko", "on
// 18th".
func (s *storyReader) tellDay(i int, m *moment) int {
	day, ok := smallNumber(s.toks.number(i))
	if !ok || day < 1 || day > 31 || m.date != nil || s.toks.at(i).glued {
		return i
	}
	next := s.toks.at(i + 1)
	ordinal := next.glued && (next.text == "th" || next.text == "st" || next.text == "nd" || next.text == "rd")
	if !ordinal && (next.glued || next.text != "ko" && next.text != "को") {
		return i
	}
	m.date = &calendarDay{day: day}
	return i + 2
}

// isSince reports whether "आज" at i is the "today" of "to this day".
func (s *storyReader) isSince(i int) bool {
	next := s.toks.word(i + 1)
	return dayWords[s.talk.words[i]] == 1 && (next == "tak" || next == "bhi" || next == "तक" || next == "भी")
}

// isJustNow reports whether the "now" at i is when money went, and not how soon
// the thief wants it.
func (s *storyReader) isJustNow(i int) bool {
	w := s.talk.words[i]
	if s.toks.word(i-1) == "just" || s.toks.word(i+1) == w {
		return true
	}
	if w == "turant" || w == "तुरंत" || w == "now" {
		return false
	}
	for j := i; j < min(len(s.toks), i+momentReach) && s.clause[j] == s.clause[i]; j++ {
		if s.verbAt(j) == lostMoney {
			return true
		}
	}
	return false
}

// isCall tells कॉल, a call, from काल, yesterday: folded they are one.
func (s *storyReader) isCall(i int) bool {
	for _, r := range s.text[s.toks[i].start:s.toks[i].end] {
		if r == signCanO {
			return true
		}
	}
	return false
}

// exact tells whether an hour was told, or a time that is as exact.
func (m moment) exact() bool {
	return m.clock != nil || m.hasAgo && !m.agoDays || m.justNow && !m.hasDay
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
