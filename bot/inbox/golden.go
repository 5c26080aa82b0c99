package inbox

import (
	"time"

	"mitan/bot"
)

// goldenHour is how long after a loss a hold works best.
const goldenHour = time.Hour

// A golden is the golden hour of a loss that is still running.
type golden struct {
	Until int64  // Unix milliseconds, for the page's clock
	Left  string // minutes and seconds when the page was made
	From  string // when it began, and when it ends, as times of day
	To    string
	left  time.Duration
}

// Whole and Seconds are how long it is, and how much of it is left, in seconds.
func (g *golden) Whole() int   { return int(goldenHour.Seconds()) }
func (g *golden) Seconds() int { return int(g.left.Seconds()) }

// goldenOf is the golden hour of a case, by its newest transaction whose time
// is known; nil where none runs.
func goldenOf(c bot.Case, now time.Time) *golden {
	if !c.MoneyGone || c.State == bot.CaseClosed || c.State == bot.Abandoned {
		return nil
	}
	var last time.Time
	for _, leg := range c.Legs {
		if leg.When.After(last) && !leg.When.After(now) {
			last = leg.When
		}
	}
	left := last.Add(goldenHour).Sub(now)
	if last.IsZero() || left <= 0 {
		return nil
	}
	return &golden{
		Until: last.Add(goldenHour).UnixMilli(), Left: minutes(left), left: left,
		From: clock(last), To: clock(last.Add(goldenHour)),
	}
}

// currentLoss is the newest case of a resident with money gone that is still
// open.
func currentLoss(cases []bot.Case) (bot.Case, bool) {
	for _, c := range cases {
		if c.MoneyGone && (c.State == bot.Draft || c.State == bot.Filed) {
			return c, true
		}
	}
	return bot.Case{}, false
}
