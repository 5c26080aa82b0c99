package inbox

import (
	"fmt"
	"html/template"
	"regexp"
	"strings"
	"time"
	"unicode"

	"mitan/locales"
)

// clock is a time of day in IST.
func clock(t time.Time) string { return t.In(locales.IST).Format("15:04") }

// A day is a date in IST as people say it: a key of words with its arguments.
type day struct {
	Key  string // day.today, day.yesterday or month.1 to month.12
	Date int
	Year int // 0 for this year's
}

// dayOf says which day t is, seen from now.
func dayOf(t, now time.Time) day {
	t, now = t.In(locales.IST), now.In(locales.IST)
	y, m, d := t.Date()
	switch {
	case sameDay(t, now):
		return day{Key: "day.today"}
	case sameDay(t, now.AddDate(0, 0, -1)):
		return day{Key: "day.yesterday"}
	case y == now.Year():
		return day{Key: fmt.Sprintf("month.%d", m), Date: d}
	}
	return day{Key: fmt.Sprintf("month.%d", m), Date: d, Year: y}
}

// A moment is a day and a time of it.
type moment struct {
	Day  day
	Time string
}

// momentOf says when t was, seen from now; nil for the zero time.
func momentOf(t, now time.Time) *moment {
	if t.IsZero() {
		return nil
	}
	return &moment{Day: dayOf(t, now), Time: clock(t)}
}

func sameDay(a, b time.Time) bool {
	ay, am, ad := a.Date()
	by, bm, bd := b.Date()
	return ay == by && am == bm && ad == bd
}

// plain makes a name safe to show in one line: what would turn the direction
// of writing or is no letter to see goes, so that exe.gpj stays exe.gpj.
func plain(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // joiners, which Indian scripts need
			return r
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "�"))
	return strings.TrimSpace(s)
}

// initials are the first letters of the first and last word of a name; of a
// name in Devanagari, whose letters are wide, of its first word, after any
// rank in Latin letters; "?" where there is no letter.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	for _, word := range words {
		if script(word) == locales.Hindi {
			return firstLetter(word)
		}
	}
	switch len(words) {
	case 0:
		return "?"
	case 1:
		return firstLetter(words[0])
	}
	return firstLetter(words[0]) + firstLetter(words[len(words)-1])
}

// firstLetter is the first letter with the marks that belong to it.
func firstLetter(word string) string {
	for i, r := range word {
		if i > 0 && !unicode.IsMark(r) {
			return strings.ToUpper(word[:i])
		}
	}
	return strings.ToUpper(word)
}

var bold = regexp.MustCompile(`\*(\S(?:[^*\n]*\S)?)\*`)

// chatText shows words as WhatsApp does: *so* is bold. All else is text; a
// link stays letters that lead nowhere.
func chatText(s string) template.HTML {
	s = strings.ToValidUTF8(s, "�")
	return template.HTML(bold.ReplaceAllString(template.HTMLEscapeString(s), "<b>$1</b>"))
}

// fileSize is a number of bytes for people.
func fileSize(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1000*1000:
		return fmt.Sprintf("%d KB", (n+500)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// maskedPhone shows the ends of a number, 90000 •••01, for those who need no more.
func maskedPhone(phone string) string {
	if len(phone) != 10 {
		return "•••"
	}
	return phone[:5] + " •••" + phone[8:]
}

// script is the language that a text is written in, as far as letters tell:
// it chooses the font's line height, nothing more.
func script(s string) locales.Lang {
	for _, r := range s {
		if unicode.Is(unicode.Devanagari, r) {
			return locales.Hindi
		}
	}
	return locales.English
}

// minutes is a duration as minutes and seconds, 24:14.
func minutes(d time.Duration) string {
	s := max(0, int(d/time.Second))
	return fmt.Sprintf("%02d:%02d", s/60, s%60)
}
