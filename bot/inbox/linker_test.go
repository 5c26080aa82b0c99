package inbox_test

import (
	"context"
	"sync"
	"time"

	"mitan/bot"
)

// A linker is a link that does what the test says.
type linker struct {
	mu     sync.Mutex
	link   bot.Link
	asked  []string // what officers have asked of it
	broken error    // what it answers them, if set
}

func (l *linker) Link() bot.Link {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.link
}

func (l *linker) set(link bot.Link) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.link = link
}

func (l *linker) StartLinking(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, "start")
	if l.broken == nil {
		l.link.Code, l.link.CodeUntil = "2@first", morning.Add(20*time.Second)
	}
	return l.broken
}

func (l *linker) Reconnect(context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.asked = append(l.asked, "reconnect")
	return l.broken
}

func (l *linker) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.broken = err
}

// online is a link as it should be.
func online() bot.Link {
	return bot.Link{State: bot.LinkOnline, Since: ago(300), Number: "9000000100"}
}

// back is a link that has just come back.
func back() bot.Link {
	link := online()
	link.Since = morning
	return link
}

// outages are the links that are down, one for each state.
func outages() map[bot.LinkState]bot.Link {
	outages := map[bot.LinkState]bot.Link{}
	for _, state := range []bot.LinkState{bot.LinkNone, bot.LinkOffline, bot.LinkLoggedOut, bot.LinkBanned, bot.LinkReplaced, bot.LinkOutdated} {
		outages[state] = bot.Link{State: state, Since: ago(15), Number: "9000000100"}
	}
	for state, reason := range map[bot.LinkState]string{bot.LinkLoggedOut: "401", bot.LinkOutdated: "405", bot.LinkBanned: "101"} {
		link := outages[state]
		link.Reason = reason
		outages[state] = link
	}
	none, banned := outages[bot.LinkNone], outages[bot.LinkBanned]
	none.Number, none.Since = "", time.Time{}
	banned.Until = morning.Add(9 * time.Hour)
	outages[bot.LinkNone], outages[bot.LinkBanned] = none, banned
	return outages
}
