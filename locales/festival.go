package locales

import (
	"strings"
	"time"
)

// A festival is a day of the year that people tell a time by: "दिवाली के दिन".
// Those that follow the moon have their dates here, as the almanacs for northern
// India give them: a day's difference by place or by sight of the moon is possible.
// A year that is missing is one that this festival is not read in.
type festival struct {
	names string   // of one or two words joined by "-"; one script is enough
	days  []string // "01-26" for each year, or whole dates
}

var festivals = []festival{
	{"diwali divali deepawali dipawali deepavali dipabali diwalee dipavli devali deewali kalipuja kali-puja lakshmi-puja laxmi-puja", []string{"2025-10-20", "2026-11-08", "2027-10-29"}},
	{"choti-diwali chhoti-diwali narak-chaturdashi roop-chaudas", []string{"2025-10-19", "2026-11-07", "2027-10-28"}},
	{"dhanteras dhanterash dhantres dhanteres", []string{"2025-10-18", "2026-11-06", "2027-10-27"}},
	{"govardhan gobardhan gowardhan goverdhan annakut", []string{"2025-10-22", "2026-11-10", "2027-10-30"}},
	{"bhai-dooj bhaidooj bhai-duj bhaiya-dooj bhaiduj bhai-phonta bhaifonta", []string{"2025-10-23", "2026-11-11", "2027-10-31"}},
	{"chhath chhathi छठ chhat-puja chhatpuja chhathpuja", []string{"2025-10-27", "2026-11-15", "2027-11-04"}},
	{"devuthani dev-uthani dev-uthni jethauni jethoni tulsi-vivah dev-uthauni", []string{"2025-11-01", "2026-11-20", "2027-11-10"}},
	{"guru-nanak nanak-jayanti gurunanak gurupurab guruparv guru-parab kartik-purnima kartik-purnma", []string{"2025-11-05", "2026-11-24", "2027-11-14"}},
	{"dussehra dasahra dashahra dashehra dasehra dussera dushera dusehra dasera dashera dasra dasara दशहरा दसेहरा विजयादशमी vijayadashami vijaya-dashami vijayadasmi vijay-dashami bijoya bijoya-dashami", []string{"2025-10-02", "2026-10-20", "2027-10-09"}},
	{"navami navmi naumi nabami maha-navami durga-puja durgapuja durga-pooja durgapooja", []string{"2025-10-01", "2026-10-19", "2027-10-08"}},
	{"holi holee dol-jatra", []string{"2025-03-14", "2026-03-04", "2027-03-22"}},
	{"eid ईद eed eid-ul meethi-eid mithi-eid eidulfitr ramzan-eid", []string{"2025-03-31", "2026-03-21", "2027-03-10"}},
	{"bakrid bakreid bakra-eid bakareid baqrid eid-uladha kurbani", []string{"2025-06-07", "2026-05-27", "2027-05-17"}},
	{"muharram moharram mohurram", []string{"2025-07-06", "2026-06-26", "2027-06-16"}},
	{"rakhi raksha-bandhan rakshabandhan raksha-bandan rakhi-purnima rakshabandan raksabandhan rakhi-bandhan", []string{"2025-08-09", "2026-08-28", "2027-08-17"}},
	{"janmashtami janmastami janamashtami janmasthmi krishna-janmashtami janamastami janmastmi", []string{"2025-08-16", "2026-09-04", "2027-08-25"}},
	{"ganesh-chaturthi ganesh-chaturthy ganesh-chauth ganesh-puja ganeshchaturthi ganesh-chaturti", []string{"2025-08-27", "2026-09-14", "2027-09-04"}},
	{"teej teeja tija hartalika", []string{"2025-08-26", "2026-09-14", "2027-09-03"}},
	{"karwa-chauth karva-chauth karwachauth karvachauth karwa-chouth karwachouth", []string{"2025-10-10", "2026-10-29", "2027-10-18"}},
	{"shivratri shivaratri mahashivratri maha-shivratri sivratri", []string{"2025-02-26", "2026-02-15", "2027-03-06"}},
	{"ram-navami ramnavami ram-navmi ramnavmi ramnaumi ram-naumi", []string{"2025-04-06", "2026-03-26", "2027-04-15"}},
	{"basant-panchami vasant-panchami saraswati-puja saraswati-pooja basant-panchmi", []string{"2025-02-02", "2026-01-23", "2027-02-11"}},
	{"guru-purnima gurupurnima guru-poornima", []string{"2025-07-10", "2026-07-29", "2027-07-18"}},
	{"independence-day independance-day swatantrata swatantrata-diwas svatantrata swatantra-diwas swadhinota-dibos", []string{"08-15"}},
	{"republic-day gantantra gantantra-diwas ganatantra prajatantra-diwas", []string{"01-26"}},
	{"gandhi-jayanti gandhi-jayanthi gandhijayanti", []string{"10-02"}},
	{"ambedkar-jayanti", []string{"04-14"}},
	{"christmas xmas krismas chrismas bada-din crismas", []string{"12-25"}},
	{"new-year newyear naye-saal naya-saal nav-varsh", []string{"01-01"}},
	{"sankranti makar-sankranti sankrati sankrant khichdi-parv", []string{"01-14"}},
	{"lohri", []string{"01-13"}},
}

// festivalNames has the festivals by the keys of their names, numbered from one.
var festivalNames = func() map[string]int {
	table := map[string]int{}
	for i, f := range festivals {
		for name := range strings.FieldsSeq(f.names) {
			var keys []string
			for part := range strings.SplitSeq(name, "-") {
				keys = append(keys, key(Fold(part)))
			}
			table[strings.Join(keys, " ")] = i + 1
		}
	}
	return table
}()

var (
	// festivalTail stands between a festival and what is told of it: "राखी के दिन".
	festivalTail = soundSet("ke ki ka ko pe par wale wala se puja pooja day din tyohar jayanti diwas के की का को पर वाले वाला से पूजा दिन त्यौहार त्योहार जयंती दिवस er r")
	// noFestival sounds like ईद in Devanagari.
	noFestival = map[string]bool{"id": true, "aid": true}
	// kept is what the Roman "rakhi" may be instead, if nothing of a day follows.
	kept      = soundSet("rakhi राखी")
	afterWord = soundSet("baad bad after pore por बाद बाद")
	beforeDay = soundSet("before pehle pahle phle pahile age पहले पहिले before")
	nextDay   = soundSet("agle dusre doosre bihan agla अगले दूसरे दुसरे next")
)

// festivalAt reads the name of a festival at i, and returns its number.
func (t tokens) festivalAt(i int) (n, end int) {
	w := t.word(i)
	if w == "" {
		return 0, i
	}
	first := key(w)
	if next := t.word(i + 1); next != "" {
		if n := festivalNames[first+" "+key(next)]; n > 0 {
			return n, i + 2
		}
	}
	n = festivalNames[first]
	if n == 0 || noFestival[w] || kept[w] && i+1 < len(t) && !festivalTail[t.word(i+1)] {
		return 0, i
	}
	return n, i + 1
}

// tellFestival reads a festival at i and the days told from it: "दिवाली के दो दिन
// बाद", "day before Diwali". With only "before" or "after" it tells no day.
func (t tokens) tellFestival(i int, m *moment) (int, bool) {
	start, shift := i, 0
	if days, end, ok := t.daysFrom(i); ok {
		start, shift = end, days
	}
	n, end := t.festivalAt(start)
	if n == 0 {
		return i, false
	}
	at := end
	for festivalTail[t.word(at)] && at < end+3 {
		at++
	}
	count, isCount := t.countAt(at)
	unit := units[t.word(at+1)] / (24 * 60)
	switch w := t.word(at); {
	case afterWord[w] || beforeDay[w]:
		return at + 1, true
	case nextDay[w]:
		shift, end = 1, at+1
	case isCount && unit > 0 && afterWord[t.word(at+2)]:
		shift, end = count*unit, at+3
	case isCount && unit > 0 && beforeDay[t.word(at+2)]:
		shift, end = -count*unit, at+3
	}
	if m.festival == 0 {
		m.festival, m.shift = n, shift
	}
	return end, true
}

// daysFrom reads "two days after" and "the day before" at i, in days.
func (t tokens) daysFrom(i int) (days, end int, ok bool) {
	days, at := 1, i
	if n, isCount := t.countAt(i); isCount {
		days, at = n, i+1
	}
	if units[t.word(at)] != 24*60 {
		return 0, i, false
	}
	switch t.word(at + 1) {
	case "after":
		return days, at + 2, true
	case "before":
		return -days, at + 2, true
	}
	return 0, i, false
}

// on returns the last day of the festival, moved by shift days, that is not after
// today; of the last year where that was said.
func (f festival) on(today time.Time, shift int, lastYear bool) (last time.Time, ok bool) {
	for _, day := range f.days {
		for back := range 2 {
			date := day
			if len(day) == len("01-26") {
				date = today.AddDate(-back, 0, 0).Format("2006-") + day
			}
			at, err := time.ParseInLocation(time.DateOnly, date, IST)
			if at = at.AddDate(0, 0, shift); err != nil || at.After(today) || lastYear && at.Year() == today.Year() {
				continue
			}
			if !ok || at.After(last) {
				last, ok = at, true
			}
		}
	}
	return last, ok
}
