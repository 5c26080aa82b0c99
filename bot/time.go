package bot

import (
	"time"

	"mitan/locales"
)

func istYear(t time.Time) string { return t.In(locales.IST).Format("06") }
