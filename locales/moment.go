package locales

import "time"

// moment is what a text tells of a time.
type moment struct {
	clock   *hourMinute
	part    part
	daysAgo int // with hasDay
	hasDay  bool
	date    *calendarDay
	weekday int // 1 is Sunday
	ago     time.Duration
	agoDays bool // ago is in whole days: an hour may be told beside it
	hasAgo  bool
	vague   bool // ago is a guess: "थोड़ी देर पहले"
	justNow bool
	// lastMonth is true for a day "पिछले महीने", lastYear for a festival "पिछले साल".
	lastMonth, lastYear bool
	festival            int // its number
	shift               int // days from the festival
}

// resolve makes a time of what was told.
func (m moment) resolve(now time.Time) (time.Time, bool) {
	if m.hasAgo && !m.agoDays {
		return now.Add(-m.ago), true
	}
	day, told, ok := m.day(now)
	if !ok {
		return time.Time{}, false
	}
	today := day.Equal(midnight(now))
	switch {
	case m.clock != nil:
		return m.atClock(day, today, told, now), true
	case m.part != noPart:
		at := day.Add(time.Duration(m.part) * time.Hour)
		if at.After(now) && told && today {
			return now, true
		}
		return notAfter(at, now, perDay), true
	case !told:
		return now, m.justNow
	}
	at := day.Add(12 * time.Hour)
	if at.After(now) && today {
		at = now
	}
	return at, true
}

// day returns the day that was told, at midnight; today when none was.
func (m moment) day(now time.Time) (day time.Time, told, ok bool) {
	today := midnight(now)
	switch {
	case m.festival > 0 && m.date == nil:
		day, ok := festivals[m.festival-1].on(today, m.shift, m.lastYear)
		return day, true, ok
	case m.date != nil && m.lastMonth && m.date.month == 0:
		first := time.Date(today.Year(), today.Month()-1, 1, 0, 0, 0, 0, IST)
		day = first.AddDate(0, 0, m.date.day-1)
		return day, true, day.Month() == first.Month()
	case m.date != nil:
		day, ok := m.date.before(today)
		return day, true, ok
	case m.hasAgo && m.weekday > 0 && m.ago == 7*perDay: // "पिछले हफ्ते सोमवार को"
		week := today.AddDate(0, 0, -7-(int(today.Weekday())+6)%7)
		return week.AddDate(0, 0, (m.weekday+5)%7), true, true
	case m.hasAgo:
		return midnight(now.Add(-m.ago)), true, true
	case m.weekday > 0:
		back := (int(today.Weekday()) - (m.weekday - 1) + 7) % 7
		if back == 0 && !m.hasDay {
			back = 7
		}
		return today.AddDate(0, 0, -back), true, true
	case m.hasDay:
		return today.AddDate(0, 0, -m.daysAgo), true, true
	}
	return today, false, true
}

// before completes a date to the last such day that is not after today.
func (d calendarDay) before(today time.Time) (time.Time, bool) {
	year, month := d.year, d.month
	if year == 0 {
		year = today.Year()
	}
	if month == 0 {
		month = int(today.Month())
	}
	at := time.Date(year, time.Month(month), d.day, 0, 0, 0, 0, IST)
	if at.After(today) {
		switch {
		case d.month == 0:
			at = time.Date(year, time.Month(month-1), d.day, 0, 0, 0, 0, IST)
		case d.year == 0:
			at = time.Date(year-1, time.Month(month), d.day, 0, 0, 0, 0, IST)
		}
	}
	return at, at.Day() == d.day && !at.After(today)
}

// atClock puts the told hour on the day.
func (m moment) atClock(day time.Time, today, told bool, now time.Time) time.Time {
	h, sure := m.hour()
	if sure {
		if m.part == night && h < 5 && told && !today && !day.AddDate(0, 0, 1).After(now) {
			day = day.AddDate(0, 0, 1) // the small hours of a night belong to its evening
		}
		return notAfter(day.Add(time.Duration(h)*time.Hour+m.minutes()), now, perDay)
	}
	if !told || today {
		last := day.Add(time.Duration(h%12+12)*time.Hour + m.minutes())
		return notAfter(last, now, 12*time.Hour)
	}
	if h < 7 {
		h += 12
	}
	return notAfter(day.Add(time.Duration(h)*time.Hour+m.minutes()), now, perDay)
}

func (m moment) minutes() time.Duration { return time.Duration(m.clock.minute) * time.Minute }

// hour returns the hour of the day, and whether its half is sure.
func (m moment) hour() (int, bool) {
	h := m.clock.hour
	switch m.clock.half {
	case am:
		return h % 12, true
	case pm:
		return h%12 + 12, true
	case said:
		return h, true
	}
	switch m.part {
	case morning:
		return h, true
	case afternoon:
		if h < 6 {
			h += 12
		}
		return h, true
	case evening:
		return h%12 + 12, true
	case night:
		if h == 12 || h < 5 {
			return h % 12, true
		}
		return h + 12, true
	}
	return h, false
}

// notAfter takes steps off at until it is not after now.
func notAfter(at, now time.Time, step time.Duration) time.Time {
	for at.After(now) {
		at = at.Add(-step)
	}
	return at
}

func midnight(t time.Time) time.Time {
	y, mo, d := t.In(IST).Date()
	return time.Date(y, mo, d, 0, 0, 0, 0, IST)
}
