package locales

import (
	"slices"
	"strconv"
	"time"
)

type storyMoment struct {
	tokenSpan
	at       time.Time
	hasClock bool
	told     moment
	borrowed bool // its day was told at another
}

// momentGap is how many words may stand inside one time: "kal … shaam ko 7 baje".
const momentGap = 2

// readMoments finds the times, each as long as its words go together. What is
// threatened for an hour, and what the writer is not sure of, is none.
func (s *storyReader) readMoments() {
	for i := 0; i < len(s.toks); {
		if end, days := s.nextDay(i); end > i && len(s.moments) > 0 {
			last := s.moments[len(s.moments)-1]
			s.addMoment(tokenSpan{i, end}, midnight(last.at).AddDate(0, 0, days).Add(noon), moment{hasDay: true})
			s.moments[len(s.moments)-1].borrowed = true
			i = end
			continue
		}
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
		s.onToldDay(&m)
		s.byMachine(tokenSpan{start, end}, &m)
		if at, ok := m.resolve(s.now); ok {
			s.addMoment(tokenSpan{start, end}, at, m)
		}
		i = end
	}
	s.moments = slices.DeleteFunc(s.moments, s.isUnsure)
	s.shareDay()
}

// addMoment takes in a time that has been.
func (s *storyReader) addMoment(at tokenSpan, when time.Time, m moment) {
	if when.After(s.now) || when.Before(s.now.AddDate(-MaxYearsBack, 0, 0)) {
		return
	}
	if m.hasAgo && m.weekday == 0 && unsureOf[s.talk.words[at.start]] {
		when = time.Time{}
	}
	s.moments = append(s.moments, storyMoment{tokenSpan: at, at: when, hasClock: m.exact(), told: m})
	for j := at.start; j < at.end; j++ {
		s.taken[j] = s.taken[j] || s.toks[j].kind == numberToken
	}
}

// unsureOf begin a time that is no day: "last week".
var unsureOf = soundSet("last past pichle पिछले")

// noon stands for a day without an hour.
const noon = 12 * time.Hour

// tellsDay reports whether a day was told, not an hour alone.
func (m moment) tellsDay() bool {
	return m.date != nil || m.hasDay || m.weekday > 0 || m.hasAgo || m.justNow
}

// onToldDay puts an hour that is told alone on the day told before it: "on 22nd
// at 8.50pm. Then 2,000 more at 8.55pm", "raat 10:45 pe …, 10:52 pe …".
func (s *storyReader) onToldDay(m *moment) {
	if m.tellsDay() || len(s.moments) == 0 {
		return
	}
	last := s.moments[len(s.moments)-1].told
	if !last.tellsDay() || last.hasAgo && !last.agoDays || last.justNow && !last.hasDay {
		return
	}
	part, clock := m.part, m.clock
	if part == noPart {
		part = last.part
	}
	*m = last
	m.part, m.clock = part, clock
}

// shareDay puts the first hours of a story, told with no day, on the only day
// that is told behind them.
func (s *storyReader) shareDay() {
	first := slices.IndexFunc(s.moments, func(m storyMoment) bool { return m.told.tellsDay() })
	if first <= 0 || s.moments[first].told.hasAgo {
		return
	}
	for _, m := range s.moments[first:] {
		if !midnight(m.at).Equal(midnight(s.moments[first].at)) {
			return
		}
	}
	for n := range first {
		m := s.moments[first].told
		m.part, m.clock = s.moments[n].told.part, s.moments[n].told.clock
		if at, ok := m.resolve(s.now); ok && !at.After(s.now) {
			s.moments[n].at, s.moments[n].hasClock, s.moments[n].told, s.moments[n].borrowed = at, m.exact(), m, true
		}
	}
}

var (
	nextWord  = soundSet("next agle agla dusre dusra doosre following अगले अगला दूसरे दुसरे")
	sameWord  = soundSet("usi same ussi उसी")
	dayWord   = soundSet("day din दिन")
	nextSmall = soundSet("hi ही")
)

// nextDay reads "next day", "agle hi din", "same day" at i, and how many days on
// it is.
func (s *storyReader) nextDay(i int) (end, days int) {
	same := sameWord[s.talk.words[i]]
	if !nextWord[s.talk.words[i]] && !same {
		return i, 0
	}
	end = i + 1
	if nextSmall[s.toks.word(end)] {
		end++
	}
	if !dayWord[s.toks.word(end)] {
		return i, 0
	}
	if same {
		return end + 1, 0
	}
	return end + 1, 1
}

var (
	// unsureWords beside a time say that the writer does not know it.
	unsureWords = soundSet("shayad sayad maybe perhaps yaad yad remember exact शायद याद")
	// threatWords beside it say that it is yet to come.
	threatWords = soundSet("denge dega degi jayega jayegi jayenge jaega jaegi katega kategi katenge hoga hogi honge milega milenge aayega aayenge aaunga dunga doonga dungi lautaunga lautaungi karunga karungi chalkar will going must shall would within tak देंगे देगा देगी जाएगा जाएगी जायेगा जायेगी कटेगा कटेगी होगा होगी मिलेगा आएगा दूंगा दूँगा दूंगी दूँगी लौटाऊंगा लौटाऊंगी करूंगा करूंगी चलकर चलके तक")
)

// isUnsure reports whether a time is a threat's, a promise's or a guess.
func (s *storyReader) isUnsure(m storyMoment) bool {
	threat := false
	for j := max(0, m.start-momentReach); j < min(len(s.toks), m.end+momentReach); j++ {
		if j >= m.start && j < m.end || s.clause[j] != s.clause[m.start] {
			continue
		}
		w := s.talk.words[j]
		if unsureWords[w] {
			return true
		}
		if s.talk.bits[j]&(lost|past) != 0 || paidWords[w] {
			return false
		}
		threat = threat || threatWords[w]
	}
	return threat
}

// tellAt is tokens.tell for a place that is nothing else.
func (s *storyReader) tellAt(i int, m *moment) int {
	if s.taken[i] || s.isCall(i) || s.isDuration(i) || s.isSince(i) || nowWords[s.talk.words[i]] && !s.isJustNow(i) {
		return i
	}
	if sunWord[s.talk.words[i]] && heardWords[s.toks.word(i+1)] || screenWords[s.toks.word(i-1)] && dayWords[s.talk.words[i]] > 0 { // "heard", no Sunday; "black", no yesterday
		return i
	}
	for _, tell := range []func(int, *moment) int{s.tellSpan, s.tellFirstOf, s.tellStamp, s.tellHalf, s.tellHour} {
		if end := tell(i, m); end > i {
			return end
		}
	}
	if end := s.toks.tell(i, m); end > i {
		return end
	}
	return s.tellDay(i, m)
}

// tellHour reads "11 in the morning", "8 at night".
func (s *storyReader) tellHour(i int, m *moment) int {
	hour, ok := smallNumber(s.toks.number(i))
	next := i + 1
	if w := s.toks.word(next); !ok || hour < 1 || hour > 12 || m.clock != nil || w != "in" && w != "at" {
		return i
	}
	if next++; s.toks.word(next) == "the" {
		next++
	}
	p, isPart := partWords[s.toks.word(next)]
	if !isPart {
		return i
	}
	m.clock, m.part = &hourMinute{hour: hour}, p
	return next + 1
}

// tellFirstOf reads the 13 of "13 और 14 नवंबर", "5, 9 nov": it has the month of
// the next.
func (s *storyReader) tellFirstOf(i int, m *moment) int {
	day, ok := smallNumber(s.toks.number(i))
	if !ok || day < 1 || day > 31 || m.date != nil || s.toks.at(i).glued || s.toks.at(i+1).glued && !s.toks.at(i+1).is(",") {
		return i
	}
	if next := s.toks.at(i + 1); !moreWords[next.text] && next.text != "and" && !next.is(",") && !next.is("&") {
		return i
	}
	later, to, ok := s.toks.date(i + 2)
	if !ok || later.month == 0 || later.day == day || s.toks.number(i+2) == "" || monthSay[s.toks.word(i+3)] == 0 {
		return i
	}
	if betweenWord[s.toks.word(i-1)] { // no day
		return to
	}
	m.date = &calendarDay{year: later.year, month: later.month, day: day}
	return i + 1
}

// tellSpan passes over "2 se 3 baje", "between 3 pm and 4 pm", which tell no hour.
func (s *storyReader) tellSpan(i int, m *moment) int {
	if p := partWords[s.toks.word(i)]; p != noPart { // "dopahar ke 2 se 3 baje"
		next := i + 1
		if joinsHour[s.toks.word(next)] {
			next++
		}
		if partWords[s.toks.word(next)] != noPart {
			return i
		}
		end := s.tellSpan(next, m)
		if end == next {
			return i
		}
		m.part = p
		return end
	}
	_, end, ok := s.toks.hourAt(i)
	if !ok || m.clock != nil {
		return i
	}
	if _, to, ok := s.toks.clock(i); ok {
		end = to
	}
	if !spanWords[s.toks.word(end)] && !(s.toks.at(end).is("-") && s.toks.number(i) != "") {
		return i
	}
	if h, to, ok := s.toks.clock(end + 1); ok && (oclock[s.toks.word(to-1)] || h.half != unsaid) {
		return to
	}
	return i
}

var betweenWord = soundSet("between")

var joinsHour = soundSet("ke ko me mein के को में")

var spanWords = soundSet("se to and aur से और")

// tellStamp reads the day of a bank's stamp: "2026:11:23 13:22:09".
func (s *storyReader) tellStamp(i int, m *moment) int {
	var n [3]int
	for k := range n {
		digits := s.toks.number(i + 2*k)
		if k > 0 && (!s.toks.at(i+2*k-1).isGlued(":") || len(digits) != 2) || k == 0 && len(digits) != 4 {
			return i
		}
		n[k], _ = strconv.Atoi(digits)
	}
	if m.date != nil || n[1] > 12 || n[2] > 31 {
		return i
	}
	m.date = &calendarDay{year: n[0], month: n[1], day: n[2]}
	return i + 5
}

var partsOfHour = soundTable(map[int]string{30: "half", 15: "quarter"})

// tellHalf reads "half past four", "quarter to 5".
func (s *storyReader) tellHalf(i int, m *moment) int {
	minutes := partsOfHour[s.talk.words[i]]
	h, end, ok := s.toks.hourAt(i + 2)
	if minutes == 0 || !ok || m.clock != nil {
		return i
	}
	switch s.toks.word(i + 1) {
	case "past":
		h.minute = minutes
	case "to":
		h.hour, h.minute = (h.hour+11)%12, 60-minutes
	default:
		return i
	}
	m.clock = &h
	if next := s.toks.word(end); next == "in" || next == "at" {
		end++
	}
	if p, ok := partWords[s.toks.word(end)]; ok && m.part == noPart {
		m.part, end = p, end+1
	}
	return end
}

// byMachine takes the hour of a bank's message as it stands: behind a date,
// "03:17" and "09:02:33" are of 24 hours.
func (s *storyReader) byMachine(at tokenSpan, m *moment) {
	if m.clock == nil || m.date == nil || m.part != noPart || m.clock.half != unsaid {
		return
	}
	for i := at.start; i+2 < at.end; i++ {
		hour, seconds := s.toks.number(i), i+4 < at.end && s.toks[i+3].is(":")
		if len(hour) == 2 && s.toks[i+1].isGlued(":") && (hour[0] == '0' || seconds) {
			m.clock.half = said
			return
		}
	}
}

var (
	screenWords = soundSet("screen display skrin mobile phone स्क्रीन मोबाइल फोन")
	sunWord     = soundSet("sun")
	heardWords  = soundSet("ke kar kr liya li lo raha rahe rahi na ne te ta ti kiya rakha")
)

// tellDay reads a day of the month that has no month beside it: "20 ko", "on
// 18th".
func (s *storyReader) tellDay(i int, m *moment) int {
	day, ok := smallNumber(s.toks.number(i))
	if !ok || day < 1 || day > 31 || m.date != nil || s.toks.at(i).glued {
		return i
	}
	next := s.toks.at(i + 1)
	ordinal := next.glued && (next.text == "th" || next.text == "st" || next.text == "nd" || next.text == "rd")
	dated := i > 0 && dateWord[s.talk.words[i-1]] && !next.glued
	if !ordinal && !dated && (next.glued || next.text != "ko" && next.text != "को") {
		return i
	}
	m.date = &calendarDay{day: day}
	if dated {
		return i + 1
	}
	return i + 2
}

// isSince reports whether "आज" at i is the "today" of "to this day".
func (s *storyReader) isSince(i int) bool {
	next := s.toks.word(i + 1)
	return dayWords[s.talk.words[i]] == 1 && (next == "tak" || next == "bhi" || next == "तक" || next == "भी")
}

var wasSince = soundSet("hue hua ho gaye gye beet हुए हुआ हो गए बीत")

// isDuration reports whether "40 saal se", "15 din hue … nahi aaya" stands at i,
// which tells no time.
func (s *storyReader) isDuration(i int) bool {
	_, _, end, ok := s.toks.ago(i)
	if ok && wasSince[s.toks.word(end-1)] {
		for j := end; j < min(len(s.toks), end+momentReach) && s.sentence[j] == s.sentence[i]; j++ {
			if notPaid[s.talk.words[j]] {
				return true
			}
		}
	}
	return ok && (s.toks.word(end-1) == "se" || s.toks.word(end-1) == "से")
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
