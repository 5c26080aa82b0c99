package locales

import "strconv"

// half says which half of the day an hour is in.
type half byte

const (
	unsaid half = iota // "9 baje"
	am
	pm
	said // 24 hours: "17:30"
)

// hourMinute is a time of day as it was told.
type hourMinute struct {
	hour, minute int
	half         half
}

// calendarDay is a date as it was told; a year or month left out is 0.
type calendarDay struct {
	year, month, day int
}

var (
	oclock   = soundSet("baje bje bajay bajkar baj bajke bajyo baja bajeke bajle baaje bajee baze tay tae tar tai clock oclock oclk बजके बज्जे बाजे बजे बजकर बजे")
	pastHour = soundSet("bajkar bajke बजकर बजके")
	monthSay = soundTable(map[int]string{
		1: "जनवरी january jan janvari janwari", 2: "फरवरी फ़रवरी february feb farvari farwari", 3: "मार्च march mar",
		4: "अप्रैल april apr aprail", 5: "मई may mai", 6: "जून june jun", 7: "जुलाई july jul julai",
		8: "अगस्त august aug agast", 9: "सितंबर सितम्बर september sept sep sitambar", 10: "अक्टूबर अक्तूबर october oct aktubar",
		11: "नवंबर नवम्बर novembar novamber november nov navambar", 12: "दिसंबर दिसम्बर december dec disambar",
	})
	dateWord    = soundSet("tarikh tareekh tarik taarikh tarikhe taareekh tarekh date dated तारीख तारिख")
	ordinalTail = soundSet("st nd rd th ko of को")
	monthJoin   = soundSet("ki ka ke me mein mahine mahina month की का के में महीने महीना माह")
)

// clock reads a time of day at i: "5:30", "9.30 baje", "9 pm", "साढ़े पांच बजे".
func (t tokens) clock(i int) (hourMinute, int, bool) {
	h, end, ok := t.hourAt(i)
	if !ok {
		return hourMinute{}, i, false
	}
	colon := t.at(end).isGlued(":") && t.at(end+1).glued && len(t.number(end+1)) == 2
	dot := t.at(end).isGlued(".") && t.at(end+1).glued && len(t.number(end+1)) == 2
	if colon || dot {
		h.minute, _ = strconv.Atoi(t.number(end + 1))
		end += 2
	}
	if t.at(end).isGlued(":") && t.at(end+1).glued && len(t.number(end+1)) == 2 { // seconds
		end += 2
	}
	after, isHour := t.halfAfter(end, &h)
	if oclock[t.word(after)] && (t.word(after+1) == "ke" || t.word(after+1) == "kar" || t.word(after+1) == "के" || t.word(after+1) == "कर") && units[t.word(after+3)] == 1 { // "10 baj ke 20 min"
		if minutes, ok := t.minutesAt(after + 2); ok && h.minute == 0 {
			h.minute = minutes
			return t.withMinutes(h, after+4)
		}
	}
	if oclock[t.word(after)] || oclock[t.word(after+1)] && t.word(after) == "o" {
		after, isHour = after+1, true
		t.halfAfter(after, &h)
	}
	if minutes, ok := t.minutesAt(after); ok && h.minute == 0 && pastHour[t.word(after-1)] && units[t.word(after+1)] == 1 { // "8 बजकर 20 मिनट"
		h.minute, after = minutes, after+2
	}
	if dot && (partWords[t.word(after)] != noPart || partWords[t.word(i-1)] != noPart) { // "10.40 सुबह", "subah 8.30"
		isHour = true
	}
	if !isHour && !colon {
		return hourMinute{}, i, false
	}
	return t.withMinutes(h, after)
}

// withMinutes ends a time of day whose minutes were told behind its hour.
func (t tokens) withMinutes(h hourMinute, end int) (hourMinute, int, bool) {
	if h.half == unsaid && (h.hour > 12 || h.hour == 0) {
		h.half = said
	}
	ok := h.hour <= 24 && h.minute <= 59
	h.hour %= 24
	return h, end, ok
}

// minutesAt reads a number of minutes in digits or one word.
func (t tokens) minutesAt(i int) (int, bool) {
	if n, ok := numberWords[t.word(i)]; ok {
		return n, n < 60
	}
	return smallNumber(t.number(i))
}

// hourAt reads the hour of a time: digits, words, "साढ़े 5", "डेढ़".
func (t tokens) hourAt(i int) (hourMinute, int, bool) {
	if n, ok := smallNumber(t.number(i)); ok {
		return hourMinute{hour: n}, i + 1, n <= 24
	}
	w := t.word(i)
	if n, ok := fractions[w]; ok && n > whole {
		return hourMinute{hour: n / whole, minute: n % whole * 60 / whole}, i + 1, true
	}
	if n, ok := numberWords[w]; ok {
		return hourMinute{hour: n}, i + 1, n >= 1 && n <= 12
	}
	shift, ok := shifts[w]
	if !ok {
		return hourMinute{}, i, false
	}
	n, ok := numberWords[t.word(i+1)]
	if !ok {
		n, ok = smallNumber(t.number(i + 1))
	}
	minutes := n*60 + shift*60/whole
	return hourMinute{hour: minutes / 60, minute: minutes % 60}, i + 2, ok && n >= 1 && n <= 12
}

// halfAfter reads "am", "pm", "a.m." at i.
func (t tokens) halfAfter(i int, h *hourMinute) (int, bool) {
	w := t.word(i)
	if (w == "a" || w == "p") && t.at(i+1).is(".") && t.word(i+2) == "m" {
		w += "m"
		i += 2
	}
	switch w {
	case "am":
		h.half = am
	case "pm":
		h.half = pm
	default:
		return i, false
	}
	return i + 1, true
}

// date reads a date at i: "21/11", "21-11-2026", "2026-11-21", "21 nov 2026",
// "nov 21", "21 tarikh".
func (t tokens) date(i int) (calendarDay, int, bool) {
	if m, ok := monthSay[t.word(i)]; ok {
		at := i + 1
		for monthJoin[t.word(at)] {
			at++
		}
		d, isDay := t.dayNumber(at)
		if !isDay || at > i+1 && !dateWord[t.word(at+1)] && !ordinalTail[t.word(at+1)] {
			return calendarDay{}, i, false
		}
		end := at + 1
		if dateWord[t.word(end)] {
			end++
		}
		if ordinalTail[t.word(end)] {
			end++
		}
		return t.withYear(calendarDay{month: m, day: d}, end)
	}
	if t.at(i).glued && t.at(i-1).is("/") {
		return calendarDay{}, i, false
	}
	if dateWord[t.word(i)] && t.number(i+1) != "" && !t.at(i+2).glued && monthSay[t.word(i+2)] == 0 && !oclock[t.word(i+2)] { // "तारीख 18"
		d, ok := t.dayNumber(i + 1)
		return calendarDay{day: d}, i + 2, ok
	}
	if t.number(i) != "" {
		if day, end, ok := t.numericDate(i); ok {
			return day, end, true
		}
	}
	d, ok := t.dayNumber(i)
	if !ok {
		return calendarDay{}, i, false
	}
	end := i + 1
	if t.at(end).isGlued("-") && t.at(end+1).glued { // "21-Nov-26"
		end++
	}
	if dateWord[t.word(end)] {
		end++
		at := end
		for monthJoin[t.word(at)] {
			at++
		}
		if m, ok := monthSay[t.word(at)]; ok { // "12 तारीख नवंबर"
			return t.withYear(calendarDay{month: m, day: d}, at+1)
		}
		return calendarDay{day: d}, end, true
	}
	if ordinalTail[t.word(end)] {
		end++
	}
	if monthJoin[t.word(end)] || t.at(end).is("-") || t.at(end).is("/") { // "20-Nov-2026"
		end++
	}
	if m, ok := monthSay[t.word(end)]; ok && (t.number(i) != "" || m != 5 && m != 3) { // "एक मई", but not "do mai"
		return t.withYear(calendarDay{month: m, day: d}, end+1)
	}
	return calendarDay{}, i, false
}

// dayNumber reads a day of the month at i, in digits or one word.
func (t tokens) dayNumber(i int) (int, bool) {
	d, ok := smallNumber(t.number(i))
	if !ok {
		d, ok = numberWords[t.word(i)]
	}
	if n := ordinals[t.word(i)]; !ok && n > 0 && dateWord[t.word(i+1)] { // "पहली तारीख"
		d, ok = n, true
	}
	return d, ok && d >= 1 && d <= 31
}

// withYear reads a year that may follow a day and month.
func (t tokens) withYear(d calendarDay, end int) (calendarDay, int, bool) {
	at := end
	if t.at(at).is(",") || t.at(at).is("-") || t.at(at).is("/") {
		at++
	}
	if t.at(at).isGlued("-") && t.at(at+1).glued && len(t.number(at+1)) == 2 { // "21-Nov-26"
		n, _ := strconv.Atoi(t.number(at + 1))
		d.year = 2000 + n
		return d, at + 2, true
	}
	if n := t.number(at); len(n) == 4 && n >= "1990" && n < "2100" {
		d.year, _ = strconv.Atoi(n)
		return d, at + 1, true
	}
	return d, end, true
}

func (t tokens) numericDate(i int) (calendarDay, int, bool) {
	sep := t.at(i + 1)
	if !sep.glued || !(sep.is("/") || sep.is("-") || sep.is(".")) || !t.at(i+2).glued {
		return calendarDay{}, i, false
	}
	a, b := t.number(i), t.number(i+2)
	if t.at(i+3).isGlued(sep.text) && t.at(i+4).glued && t.number(i+4) != "" {
		c := t.number(i + 4)
		if len(a) == 4 {
			a, c = c, a
		}
		d, ok := dayOf(a, b, c)
		return d, i + 5, ok
	}
	if sep.is(".") {
		return calendarDay{}, i, false
	}
	d, ok := dayOf(a, b, "")
	return d, i + 3, ok
}

// dayOf makes a date of day, month and year in digits.
func dayOf(day, month, year string) (calendarDay, bool) {
	d, ok1 := smallNumber(day)
	m, ok2 := smallNumber(month)
	if !ok1 || !ok2 || d < 1 || d > 31 || m < 1 || m > 12 {
		return calendarDay{}, false
	}
	y, _ := strconv.Atoi(year)
	switch len(year) {
	case 0, 4:
	case 2:
		y += 2000
	default:
		return calendarDay{}, false
	}
	return calendarDay{year: y, month: m, day: d}, true
}

// smallNumber reads one or two digits.
func smallNumber(digits string) (int, bool) {
	if len(digits) == 0 || len(digits) > 2 {
		return 0, false
	}
	n, err := strconv.Atoi(digits)
	return n, err == nil
}
