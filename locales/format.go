package locales

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Rupees writes an amount of paise with Indian grouping: ₹1,25,000, and
// ₹1,25,000.50 where there are odd paise.
func Rupees(paise int64) string {
	sign := ""
	n := uint64(paise)
	if paise < 0 {
		sign, n = "-", -n
	}
	s := sign + "₹" + indianGroups(strconv.FormatUint(n/100, 10))
	if odd := n % 100; odd != 0 {
		s += fmt.Sprintf(".%02d", odd)
	}
	return s
}

// indianGroups puts commas before the last three digits and each two before.
func indianGroups(digits string) string {
	if len(digits) <= 3 {
		return digits
	}
	head, tail := digits[:len(digits)-3], digits[len(digits)-3:]
	var b strings.Builder
	for i, d := range head {
		if i > 0 && (len(head)-i)%2 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(d)
	}
	return b.String() + "," + tail
}

// FormatPhone writes a phone number as people read it, "90000 00001"; what is no
// Indian mobile number stays as it is.
func FormatPhone(phone string) string {
	if ten, ok := phoneOf(asciiDigits(phone)); ok {
		return ten[:5] + " " + ten[5:]
	}
	return phone
}

var (
	hindiMonths = [...]string{
		"जनवरी", "फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
	}
	hindiParts = [...]string{0: "रात", 1: "तड़के", 4: "सुबह", 12: "दोपहर", 16: "शाम", 20: "रात"}
)

// FormatWhen writes a time as people say it, in [IST]: "आज सुबह 9 बजे", "today
// 9 am", "कल शाम 5:30 बजे", and from the day before yesterday on with its date,
// "21 नवंबर, सुबह 9 बजे", and its year if that is another than now's.
func FormatWhen(lang Lang, t, now time.Time) string {
	t, now = t.In(IST), now.In(IST)
	days := int(midnight(now).Sub(midnight(t)) / perDay)
	if lang == English {
		return englishDay(t, now, days) + strings.ToLower(strings.Replace(t.Format("3:04 PM"), ":00", "", 1))
	}
	return hindiDay(t, now, days) + hindiPart(t.Hour()) + " " + strings.TrimSuffix(t.Format("3:04"), ":00") + " बजे"
}

func englishDay(t, now time.Time, days int) string {
	switch {
	case days == 0:
		return "today "
	case days == 1:
		return "yesterday "
	case t.Year() != now.Year():
		return t.Format("2 January 2006, ")
	}
	return t.Format("2 January, ")
}

func hindiDay(t, now time.Time, days int) string {
	switch days {
	case 0:
		return "आज "
	case 1:
		return "कल "
	}
	day := strconv.Itoa(t.Day()) + " " + hindiMonths[t.Month()-1]
	if t.Year() != now.Year() {
		day += " " + strconv.Itoa(t.Year())
	}
	return day + ", "
}

// hindiPart names the part of the day of an hour.
func hindiPart(hour int) string {
	for h := min(hour, len(hindiParts)-1); h > 0; h-- {
		if hindiParts[h] != "" {
			return hindiParts[h]
		}
	}
	return hindiParts[0]
}
