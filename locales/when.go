package locales

import "time"

// MaxYearsBack is how old a told time may be.
const MaxYearsBack = 5

// justBefore is what "थोड़ी देर पहले" means.
const justBefore = 15 * time.Minute

// part is a part of the day, by the hour that stands for it when no hour is told.
type part int

const (
	noPart    part = 0
	morning   part = 9
	afternoon part = 13
	evening   part = 18
	night     part = 21
)

const perDay = 24 * time.Hour

var (
	article      = soundSet("a an ek")
	lastWords    = soundSet("last past pichle pichhle pichla pichhla pichale pichli gata gaye gye बीते पिछले पिछला पिछली गए पाछू beete")
	thisWords    = soundSet("this is current isi ehi इस इसी यही एही")
	aboutWords   = soundSet("around about approx karib lagbhag kareeb करीब लगभग")
	joinsDate    = soundSet("ka ki ke ko की का के को के ही mahine mahina महीने महीना month")
	unknownWords = soundSet("yaad yad pata malum maloom dhyan know remember sure याद पता मालूम ध्यान")
	vagueWords   = soundSet("bahut kai kuch kitne many several few boht bohot बहुत कई कुछ कितने")
	nowWords     = soundSet("अभी अब्भी तुरंत अभिच abhi abhee turant now")
	notNow       = soundSet("tak bhi nahi nhi to तक भी नहीं तो ke के")
	noons        = soundSet("noon midnight")
	awhile       = soundSet("der देर")
	pastWords    = soundSet("पहले पहिले पहिली पहिलहि पेहले पैले पहेले आगे हुवे भइल भईल गइल होगे हवय होगिस agey age paile pehele phele pahele pehley pahile pahilay pahili bhail gail hoge hogis hogaya hogaye hue huye पूर्व पहली ago pehle pahle pahale phle before back earlier हो हुए हुआ गए से बीत ho hue hua gaye gye se beet")
	dayWords     = soundTable(map[int]string{1: "आज आजु आजे आजही today aaj aj aaju aajke ajke ajk tonight todays", 2: "कल काल काली काल्ह काल्हि काल्ही कल्ह कल्हे बीतेकल yesterday kal kall kaal kaali kalh kaalh kalhe kaalhi kalhi kalhiya kalke gotokal gatakal gotokalke yesturday yesterdays yestarday", 3: "परसों परसो परोन परन परहों परों परसुं परोंदिन परनदिन parandin parso parson parsu parson paran parhon paron porshu parsho parsoon", 4: "नरसों तरसों नरसो तरसो narso tarso narson tarson"})
	partWords    = partTable()
	weekdaySay   = soundTable(map[int]string{
		1: "रविवार इतवार एतवार इत्तवार अतवार sunday sun robibar rabibar raviwar itbar ravivar itvar itwar", 2: "सोमवार सोम सम्मार सोमबार मंडे monday mon somar sombar somebar somvar somwar", 3: "मंगलवार मंगल मंगर ट्यूजडे tuesday mongolbar mangalbar mangal tue mangalvar mangalwar",
		4: "बुधवार बुध बुद्धवार वेडनेसडे wednesday budhbar budhwaar budh wed budhvar budhwar", 5: "गुरुवार बृहस्पतिवार बिरस्पत बृहस्पत बिफे बिफ्फे वीरवार बिरहस्पत थर्सडे thursday brihospotibar guruwaar guru bihaspat biphe thu guruvar guruwar brihaspativar veervar",
		6: "शुक्रवार शुक्र सुक शुक्करवार फ्राइडे friday shukrobar sukravar sukrawar jumma jume sukkar fri shukravar shukrawar sukrvar", 7: "शनिवार शनीचर शनिच्चर शनिचर सनीचर शनि सटरडे saturday sat shonibar sanivar saniwar sanichar shanichhar shanivar shaniwar shanichar",
	})
	// units are what "… पहले" counts, in minutes.
	units = soundTable(map[int]string{
		1: "मिनट मिनिट मिंट मिन minute minut mint minutes min mins minat minut", 60: "घंटा घंटे घण्टे घंटों घंटो hour hours hr hrs hour ghonta ghantaa ghntaa ghata ghante ghante ghanton ghnte ghnta",
		24 * 60: "रोज roj roz दिन दिना दिनों day days din dino dinon", 7 * 24 * 60: "हफ्ता हफ्ते सप्ताह हप्ता हफ़्ता हफ्तों सप्ता वीक week saptah soptaho hapta haphta haphte hapte weeks hafta hafte haftey",
		30 * 24 * 60: "महीना महीने माह महिना महीनों month mahiney mash maheena maah months mahina mahine mahene", 365 * 24 * 60: "साल वर्ष year years saal sal",
	})
)

func partTable() map[string]part {
	table := map[string]part{}
	for p, list := range map[part]string{
		morning:   "सुबह सबेरे सवेरे सुबे भोर तड़के भोरे सकाल सकारे बिहाने बिहनिया बिहान भिनसारे मॉर्निंग tadke bihaniya bihniya bihane bihan bhinsare bhore shokal sokal sokale shokale sakal sakale sakare morn subaah sawerey savera sabera sabere saberey morning subhe बिहनिया morning subah subha subhah subeh subh suba savere sawere bhor",
		afternoon: "दोपहर दुपहर दोपहरी मंझनिया मझनिया मंझन दुपहरिया दुपहरी दिनमें afternoon majhaniya manjhaniya manjhania dupahariya dupahari dupahar dupur dupure dupehar dopaher noontime dopahar dopehar dophar dopahr duphar",
		evening:   "शाम सांझ संझा संझौती सांझे संझे सांय इवनिंग evening sanjhe sanjhaa sandhya sandhya sondhe sondhya sondhyay bikel bikele sham saam evng eve shaam sham sanjh sanjha",
		night:     "रात रात्रि राति रतिया रातके नाइट night raate rate raati ratiya raater tonight raat rat ratri",
	} {
		for w := range soundSet(list) {
			table[w] = p
		}
	}
	return table
}

// Told is a time as a text tells it.
type Told struct {
	At time.Time // in IST, never after now
	// Exact is true where an hour was told, or how many minutes or hours ago;
	// else only the day of At was told.
	Exact bool
}

// String is the day, and the minute if it was told: "2026-11-23T19:00".
func (t Told) String() string {
	if t.Exact {
		return t.At.Format("2006-01-02T15:04")
	}
	return t.At.Format(time.DateOnly)
}

// When returns the time that a text tells, in [IST]: "अभी", "10 minute pehle",
// "आज सुबह 9 बजे", "kal shaam 5 baje", "21/11", "सोमवार को". It is about what has
// happened, so कल is yesterday, the result is never after now, and an hour
// without its half of the day is the last one that was. A day without an hour
// is noon. Nothing is older than [MaxYearsBack] years.
func When(text string, now time.Time) (time.Time, bool) {
	told, ok := ToldTime(text, now)
	return told.At, ok
}

// ToldTime is [When], with whether the hour was told.
func ToldTime(text string, now time.Time) (Told, bool) {
	now = now.In(IST)
	toks := scan(text)
	m, ok := toks.moment()
	if !ok {
		m, ok = toks.bareDay()
	}
	if !ok {
		return Told{}, false
	}
	at, ok := m.resolve(now)
	if !ok || at.After(now) || at.Before(now.AddDate(-MaxYearsBack, 0, 0)) {
		return Told{}, false
	}
	return Told{at, m.exact()}, true
}

// exact reports whether more than a day, or a part of it, was told.
func (m moment) exact() bool {
	switch {
	case m.hasAgo && !m.agoDays:
		return !m.vague
	case m.clock != nil:
		return true
	}
	return m.justNow && !m.hasDay && !m.hasAgo && m.date == nil && m.weekday == 0 && m.part == noPart
}

// moment collects what the tokens tell of a time; the first of each kind counts.
func (t tokens) moment() (moment, bool) {
	var m moment
	found := false
	for i := 0; i < len(t); {
		next := t.tell(i, &m)
		found = found || next > i
		i = max(next, i+1)
	}
	if m == (moment{part: m.part}) && t.unsure() {
		return m, false // "सुबह या शाम, याद नहीं"
	}
	return m, found
}

// unsure reports whether the text says that its writer does not know.
func (t tokens) unsure() bool {
	return t.anyWord(unknownWords, 0, len(t)) && t.anyWord(takesBack, 0, len(t))
}

// tell reads what the token at i tells, and returns where that ends, or i.
func (t tokens) tell(i int, m *moment) int {
	if end, ok := t.tellFestival(i, m); ok {
		return end
	}
	if end, ok := t.dayOfMonth(i, m); ok {
		return end
	}
	if n, _ := t.festivalAt(i + 2); n > 0 && lastWords[t.word(i)] && units[t.word(i+1)] == 365*24*60 {
		m.lastYear = true
		return i + 2
	}
	if end := t.rangeOfAgo(i); end > i {
		return t.tell(end, m)
	}
	if ago, days, end, ok := t.ago(i); ok {
		if !m.hasAgo {
			m.hasAgo, m.ago, m.agoDays = true, ago, days
		}
		return end
	}
	if d, end, ok := t.date(i); ok && scales[t.word(end)] == 0 && (!currency[t.word(end)] || t.number(end+1) != "" || t.at(end+1).is(".")) {
		if m.date == nil {
			m.date = &d
		}
		return end
	}
	if h, end, ok := t.clock(i); ok {
		if m.clock == nil {
			m.clock = &h
		}
		return end
	}
	if h, end, ok := t.hourAt(i); ok && m.clock == nil && h.hour >= 1 && h.hour <= 12 && t.partBehind(end) { // "5 in the evening"
		m.clock = &h
		return end
	}
	return t.tellWord(i, m)
}

func (t tokens) tellWord(i int, m *moment) int {
	w := t.word(i)
	if w == "" {
		return i
	}
	if lastWords[w] && units[t.word(i+1)] == 30*24*60 && t.dateBehind(i+2) {
		m.lastMonth = true
		return i + 2
	}
	if d, ok := dayWords[w]; ok {
		if d == 2 && t.word(i-1) == "before" {
			d++
		}
		if !m.hasDay {
			m.hasDay, m.daysAgo = true, d-1
		}
		return i + 1
	}
	if d, ok := weekdaySay[w]; ok {
		m.weekday = d
		return i + 1
	}
	if p, ok := partWords[w]; ok && t.word(i-1) != "good" && t.word(i-1) != "gud" {
		return t.tellPart(i, p, m)
	}
	switch {
	case noons[w]:
		h := hourMinute{hour: 12}
		m.clock, m.part = &h, afternoon
		if w == "midnight" || w == "midnite" {
			m.part = night
		}
	case nowWords[w] && !notNow[t.word(i+1)]:
		m.justNow = true
	case awhile[w] && pastWords[t.word(i+1)]:
		m.hasAgo, m.ago, m.vague = true, justBefore, true
	default:
		return i
	}
	return i + 1
}

// tellPart takes in a part of the day and a bare hour behind it: "subah 9".
func (t tokens) tellPart(i int, p part, m *moment) int {
	if m.part == noPart {
		m.part = p
	}
	prev := t.word(i - 1)
	switch {
	case prev == "last" && p == night && !m.hasDay:
		m.hasDay, m.daysAgo = true, 1
	case p == night && (prev == "adhi" || prev == "आधि") && m.clock == nil:
		m.clock = &hourMinute{hour: 12}
	}
	next := i + 1
	if w := t.word(next); aboutWords[w] {
		next++
	}
	if w := t.word(next); w == "ko" || w == "me" || w == "mein" || w == "ke" || w == "को" || w == "में" || w == "मे" || w == "के" || w == "at" {
		next++
	}
	if h, end, ok := t.clock(next); ok && m.clock == nil {
		m.clock = &h
		return end
	}
	if h, end, ok := t.hourAt(next); ok && m.clock == nil && h.hour >= 1 && h.hour <= 12 && t.bareHour(end) && !oneThing[t.word(next)] {
		m.clock = &h
		return end
	}
	return i + 1
}

// oneThing is more often "a" than one o'clock: "रात में एक औरत".
var oneThing = soundSet("ek one एक येक")

// partBehind reports whether "in the evening" stands at i.
func (t tokens) partBehind(i int) bool {
	if t.word(i) != "in" {
		return false
	}
	if i++; t.word(i) == "the" {
		i++
	}
	return partWords[t.word(i)] != noPart
}

// bareHour reports whether what ends at end can be an hour without "baje".
func (t tokens) bareHour(end int) bool {
	w, after := t.word(end), t.at(end)
	if after.glued && t.at(end+1).glued && t.number(end+1) != "" { // "3,00,000"
		return false
	}
	if after.glued && !after.is(",") && !after.is(".") && !after.is("।") && !after.is("?") && !after.is("!") {
		return false
	}
	return scales[w] == 0 && units[w] == 0 && !currency[w] && !notMoney[w]
}

// dayOfMonth reads "12th of this month" at i.
func (t tokens) dayOfMonth(i int, m *moment) (int, bool) {
	d, ok := t.dayNumber(i)
	if !ok || m.date != nil {
		return i, false
	}
	at := i + 1
	for ordinalTail[t.word(at)] || dateWord[t.word(at)] || t.word(at) == "the" {
		at++
	}
	last := lastWords[t.word(at)]
	if at == i+1 || !last && !thisWords[t.word(at)] || units[t.word(at+1)] != 30*24*60 {
		return i, false
	}
	m.date, m.lastMonth = &calendarDay{day: d}, last
	return at + 2, true
}

// bareDay reads "22 को", where it is all there is.
func (t tokens) bareDay() (moment, bool) {
	d, ok := t.dayNumber(0)
	if !ok || len(t) != 2 || !ordinalTail[t.word(1)] {
		return moment{}, false
	}
	return moment{date: &calendarDay{day: d}}, true
}

// dateBehind reports whether a day of the month is told at i: "… की 12 तारीख".
func (t tokens) dateBehind(i int) bool {
	for joinsDate[t.word(i)] {
		i++
	}
	d, _, ok := t.date(i)
	return ok && d.month == 0
}
