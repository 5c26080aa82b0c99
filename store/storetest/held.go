package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// hold commits a message that is only written down, to be answered later.
func (h *house) hold(resident int64, text string, set ...bot.Timer) *bot.Turn {
	h.Helper()
	turn := h.turn(resident, text)
	turn.In.Held, turn.Kept, turn.Session, turn.Set = true, true, nil, set
	return h.commit(turn)
}

// timers are all timers, the earliest first.
func (h *house) timers() []bot.Timer {
	h.Helper()
	timers, err := h.DueTimers(h.ctx, noon.AddDate(10, 0, 0), 1000)
	h.ok(err)
	return timers
}

func (h *house) heldOf(resident int64) []bot.Message {
	h.Helper()
	held, err := h.HeldOf(h.ctx, resident)
	h.ok(err)
	return held
}

// fire is the turn of a timer that is due.
func (h *house) fire(resident int64, kind bot.TimerKind, at time.Time) *bot.Turn {
	h.Helper()
	return &bot.Turn{
		Resident: resident, Version: h.conversation(resident).Version, At: at, Timer: kind,
		Session: []byte("session after " + string(kind)),
	}
}

var heldTests = map[string]func(*house){
	"a held message is written down; the session and the talk's timer stay": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "before")
		turn.Wake = noon.Add(time.Hour)
		h.commit(turn)
		before := h.conversation(asha)
		held := h.hold(asha, "while the link was down")

		c := h.conversation(asha)
		assert.Equal(h, before.Version+1, c.Version)
		assert.Equal(h, turn.Session, c.Session)
		assert.Equal(h, 2, c.Messages)
		assert.Equal(h, 1, c.Held)
		assert.Equal(h, "while the link was down", c.LastText)
		assert.Equal(h, held.At, c.LastAt)
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerTalk, Due: turn.Wake}}, h.timers())
		assert.Equal(h, []string{"while the link was down"}, texts(h.heldOf(asha)))
		assert.True(h, h.thread(asha)[1].Held)
		assert.Empty(h, h.heldOf(h.resident(2)))
	},
	"a held message counts as unread, and gives a closed conversation back to the bot": func(h *house) {
		asha, birju, ravi := h.resident(1), h.resident(2), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.hold(asha, "more")
		assert.Equal(h, 2, h.conversation(asha).Unread)
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, time.Time{}))
		h.ok(h.CloseConversation(h.ctx, birju, ravi, bot.Message{At: noon}))
		h.hold(birju, "again")
		assert.Equal(h, bot.WithBot, h.conversation(birju).State)
	},
	"timers are set where there is none of their kind": func(h *house) {
		asha := h.resident(1)
		first := bot.Timer{Resident: asha, Kind: bot.TimerBacklog, Due: noon.Add(time.Minute)}
		h.hold(asha, "one", first)
		h.hold(asha, "two", bot.Timer{Kind: bot.TimerBacklog, Due: noon.Add(time.Hour)},
			bot.Timer{Kind: bot.TimerUnreadable, Due: noon.Add(2 * time.Hour)})
		assert.Equal(h, []bot.Timer{first, {Resident: asha, Kind: bot.TimerUnreadable, Due: noon.Add(2 * time.Hour)}}, h.timers())
	},
	"the backlog's turn answers what was held, and all of it is evidence": func(h *house) {
		asha := h.resident(1)
		one := h.hold(asha, "one", bot.Timer{Kind: bot.TimerBacklog, Due: noon.Add(time.Minute)})
		two := h.hold(asha, "two")
		answer := h.fire(asha, bot.TimerBacklog, noon.Add(time.Minute))
		answer.Answers = []int64{one.In.ID, two.In.ID}
		answer.Effects = []bot.Effect{bot.SaveCase{Case: draft(1)}, bot.KeepEvidence{Case: 1}}
		answer.Out = []bot.Message{h.reply(one.In, "to both")}
		answer.Wake = noon.Add(time.Hour)
		h.commit(answer)

		c := h.conversation(asha)
		assert.Zero(h, c.Held)
		assert.Equal(h, answer.Session, c.Session)
		assert.Empty(h, h.heldOf(asha))
		story, err := h.StoryOf(h.ctx, 1)
		h.ok(err)
		assert.Equal(h, []string{"one", "two"}, texts(story))
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerTalk, Due: answer.Wake}}, h.timers())
		_, err = h.CommitTurn(h.ctx, h.fire(asha, bot.TimerBacklog, noon.Add(time.Hour)))
		require.ErrorIs(h, err, bot.ErrStale, "it fires once")
	},
	"a message answers the held ones before it, and only its resident's": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		mine, other := h.hold(asha, "mine"), h.hold(birju, "another's")
		turn := h.turn(asha, "live", bot.KeepEvidence{})
		turn.Answers = []int64{mine.In.ID, other.In.ID}
		turn.Effects = nil
		h.commit(turn)
		assert.Zero(h, h.conversation(asha).Held)
		assert.Equal(h, 1, h.conversation(birju).Held)
	},
	"a refused turn answers nothing": func(h *house) {
		asha := h.resident(1)
		held := h.hold(asha, "held")
		stale := h.turn(asha, "stale")
		stale.Version--
		stale.Answers, stale.Set = []int64{held.In.ID}, []bot.Timer{{Kind: bot.TimerBacklog, Due: noon}}
		_, err := h.CommitTurn(h.ctx, stale)
		require.ErrorIs(h, err, bot.ErrStale)
		assert.Equal(h, 1, h.conversation(asha).Held)
		assert.Empty(h, h.timers())
	},
	"asking for what could not be read leaves the talk as it is": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "hello")
		turn.Wake = noon.Add(time.Hour)
		turn.Set = []bot.Timer{{Kind: bot.TimerUnreadable, Due: noon.Add(time.Minute)}}
		h.commit(turn)
		ask := h.fire(asha, bot.TimerUnreadable, noon.Add(time.Minute))
		ask.Kept, ask.Session = true, nil
		ask.Out = []bot.Message{h.reply(turn.In, "please send it again")}
		h.commit(ask)
		c := h.conversation(asha)
		assert.Equal(h, turn.Session, c.Session)
		assert.Equal(h, 2, c.Messages)
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerTalk, Due: turn.Wake}}, h.timers())
	},
	"closing ends the talk's timers, and leaves what is still to be answered": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		backlog := bot.Timer{Resident: asha, Kind: bot.TimerBacklog, Due: noon.Add(time.Minute)}
		h.hold(asha, "held", backlog)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Hour)))
		h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: noon}))
		assert.Equal(h, []bot.Timer{backlog}, h.timers())
		assert.Equal(h, 1, h.conversation(asha).Held)
	},
	"timers of a kind are hurried, never put off": func(h *house) {
		asha, birju, chanda := h.resident(1), h.resident(2), h.resident(3)
		h.hold(asha, "x", bot.Timer{Kind: bot.TimerBacklog, Due: noon.Add(time.Hour)})
		h.hold(birju, "x", bot.Timer{Kind: bot.TimerBacklog, Due: noon.Add(-time.Hour)})
		h.hold(chanda, "x", bot.Timer{Kind: bot.TimerUnreadable, Due: noon.Add(time.Hour)})
		h.ok(h.HurryTimers(h.ctx, bot.TimerBacklog, noon))
		assert.Equal(h, []bot.Timer{
			{Resident: birju, Kind: bot.TimerBacklog, Due: noon.Add(-time.Hour)},
			{Resident: asha, Kind: bot.TimerBacklog, Due: noon},
			{Resident: chanda, Kind: bot.TimerUnreadable, Due: noon.Add(time.Hour)},
		}, h.timers())
	},
	"what is erased is held no longer": func(h *house) {
		asha := h.resident(1)
		h.hold(asha, "secret")
		h.say(asha, "erase", bot.Erase{})
		assert.Zero(h, h.conversation(asha).Held)
		assert.Empty(h, h.heldOf(asha))
	},
}
