package locales

import "time"

// ago reads "10 minute pehle", "आधे घंटे पहले", "2 दिन हो गए", "hafte pehle".
func (t tokens) ago(i int) (ago time.Duration, days bool, end int, ok bool) {
	milli, at := int64(whole), i
	w := t.word(i)
	if n, isFraction := fractions[w]; isFraction {
		milli, at = int64(n), i+1
		if article[t.word(at)] {
			at++
		}
	} else if shift, isShift := shifts[w]; isShift && units[t.word(i+1)] > 0 { // "सवा घंटे पहले"
		milli, at = whole+int64(shift), i+1
	} else if article[w] && units[t.word(i+1)] > 0 {
		at = i + 1
	} else if shift, isShift := shifts[w]; isShift {
		n, isNumber := t.countAt(i + 1)
		if !isNumber {
			return 0, false, i, false
		}
		milli, at = int64(n)*whole+int64(shift), i+2
	} else if n, isNumber := t.countAt(i); isNumber {
		milli, at = int64(n)*whole, i+1
		if after := t.andHalfAt(at); after > at { // "one and a half hours ago"
			milli, at = milli+whole/2, after
		}
	} else if lastWords[w] {
		if unit, isUnit := units[t.word(i+1)]; isUnit && unit > 60 && !t.dateBehind(i+2) {
			return time.Duration(unit) * time.Minute, true, i + 2, true
		}
	}
	unit, isUnit := units[t.word(at)]
	if n, glued, ok := gluedAgo(w); ok && !isUnit && at == i {
		milli, unit, isUnit = int64(n)*whole, glued, true
	}
	if !isUnit {
		return 0, false, i, false
	}
	end = at + 1
	if w := t.word(end); w == "bhar" || w == "भर" {
		end++
	}
	if _, counted := t.countAt(i - 1); counted && at == i && units[w] > 0 {
		return 0, false, i, false // longer ago than is read
	}
	if at == i && units[w] > 0 && (t.word(end) == "before" || vagueWords[t.word(i-1)]) { // "day before yesterday"
		return 0, false, i, false
	}
	if !pastWords[t.word(end)] && (end < len(t) || at == i) {
		return 0, false, i, false
	}
	ago = time.Duration(milli*int64(unit)*60/whole) * time.Second
	return ago, unit >= 24*60, min(end+1, len(t)), ago <= (MaxYearsBack+1)*365*perDay
}

// rangeOfAgo returns where the higher count of "2-3 घंटे पहले" or "दो तीन दिन
// पहले" stands, or i: it was no longer ago than that.
func (t tokens) rangeOfAgo(i int) int {
	low, isLow := t.countAt(i)
	at := i + 1
	if t.at(at).is("-") || rangeWords[t.word(at)] {
		at++
	}
	high, isHigh := t.countAt(at)
	if !isLow || !isHigh || high <= low || high > low+5 && high > 2*low || at == i+1 && t.number(i) != "" {
		return i
	}
	if _, _, _, ok := t.ago(at); !ok {
		return i
	}
	return at
}

// gluedAgo reads "दोघंटे" and "teenghante": a count and its unit in one word.
func gluedAgo(w string) (count, unit int, ok bool) {
	if len(w) < 5 || len(w) > 40 {
		return 0, 0, false
	}
	for i := range w {
		if n := numberWords[w[:i]]; n > 0 && n < 100 && units[w[i:]] > 0 {
			return n, units[w[i:]], true
		}
	}
	return 0, 0, false
}

// andHalfAt returns the end of "and a half" at i, or i.
func (t tokens) andHalfAt(i int) int {
	if t.word(i) != "and" {
		return i
	}
	at := i + 1
	if article[t.word(at)] {
		at++
	}
	if t.word(at) != "half" {
		return i
	}
	return at + 1
}

// countAt reads a count of up to three digits, or in words.
func (t tokens) countAt(i int) (int, bool) {
	if n, ok := numberWords[t.word(i)]; ok {
		return n, true
	}
	digits := t.number(i)
	if len(digits) > 3 {
		return 0, false
	}
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n, digits != ""
}
