package bot

import (
	"time"

	"mitan/locales"
)

func istYear(t time.Time) string { return t.In(locales.IST).Format("06") }

// later is the later of two times.
func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
