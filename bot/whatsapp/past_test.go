package whatsapp

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"mitan/bot"
)

// What a restart knows from the events of the link, the newest first: until when
// it is banned, and what of a new phone's past is for us.
func TestPastOfTheLink(t *testing.T) {
	at := time.UnixMilli(1_764_000_000_000)
	never := time.Time{}
	event := func(state bot.LinkState, reason string) bot.LinkEvent {
		return bot.LinkEvent{State: state, Reason: reason}
	}
	online, offline := event(bot.LinkOnline, ""), event(bot.LinkOffline, "")
	ban := event(bot.LinkBanEnds, "1764000000000 101")
	linked := event(bot.LinkLinked, "1764000000000 9000000900")
	other := event(bot.LinkLinked, "0 9000000901")
	for name, c := range map[string]struct {
		past   []bot.LinkEvent
		ban    time.Time
		reason string
		since  time.Time
		number string
	}{
		"nothing":             {nil, never, "", never, ""},
		"banned":              {[]bot.LinkEvent{event(bot.LinkBanned, "101"), ban, online}, at, "101", never, ""},
		"banned, then cut":    {[]bot.LinkEvent{offline, ban, online}, at, "101", never, ""},
		"online since":        {[]bot.LinkEvent{offline, online, ban}, never, "", never, ""},
		"a new link since":    {[]bot.LinkEvent{linked, ban}, never, "", at, "9000000900"},
		"the newest link":     {[]bot.LinkEvent{online, other, online, linked}, never, "", never, "9000000901"},
		"without the number":  {[]bot.LinkEvent{online, event(bot.LinkLinked, "1764000000000")}, never, "", at, ""},
		"without any history": {[]bot.LinkEvent{event(bot.LinkLinked, "0")}, never, "", never, ""},
		"what nobody wrote":   {[]bot.LinkEvent{event(bot.LinkBanEnds, "?"), event(bot.LinkLinked, "?")}, never, "", never, ""},
	} {
		t.Run(name, func(t *testing.T) {
			until, reason := banEnd(c.past)
			assert.True(t, c.ban.Equal(until), "%v", until)
			assert.Equal(t, c.reason, reason)
			since, number := lastLinked(c.past)
			assert.True(t, c.since.Equal(since), "%v", since)
			assert.Equal(t, c.number, number)
		})
	}
}

// Only the newest ids are remembered, however many come.
func TestNewestIDs(t *testing.T) {
	var n newestIDs
	for i := range maxUnread + 1 {
		assert.False(t, n.add(fmt.Sprint(i)))
	}
	assert.True(t, n.add(fmt.Sprint(maxUnread)))
	assert.True(t, n.add("1"))
	assert.Len(t, n.list, maxUnread)
	assert.False(t, n.add("0"), "the oldest is forgotten")
}
