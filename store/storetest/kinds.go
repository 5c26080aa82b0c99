package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// about commits a message of a kind that is about another of the resident's.
func (h *house) about(resident int64, kind bot.MessageKind, quote, text string) *bot.Turn {
	h.Helper()
	turn := h.turn(resident, text)
	turn.In.Kind, turn.In.QuoteID = kind, quote
	return h.commit(turn)
}

// unreadable is a turn with a message that could not be decrypted.
func (h *house) unreadable(resident int64, externalID string) *bot.Turn {
	h.Helper()
	turn := h.turn(resident, "")
	turn.In.Kind, turn.In.ExternalID, turn.Kept = bot.Unreadable, externalID, true
	return turn
}

var kindTests = map[string]func(*house){
	"an edit is kept beside the first version, which it marks; both are found": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		first := h.say(asha, "first version")
		other := h.turn(birju, "another's")
		other.In.ExternalID = first.In.ExternalID
		h.commit(other)
		h.about(asha, bot.Edit, first.In.ExternalID, "second version")
		last := h.about(asha, bot.Edit, first.In.ExternalID, "third version")

		thread := h.thread(asha)
		assert.Equal(h, []string{"first version", "second version", "third version"}, texts(thread))
		assert.Equal(h, last.At, thread[0].Edited, "the last edit counts")
		assert.Zero(h, thread[1].Edited)
		assert.Zero(h, thread[0].Deleted)
		assert.Zero(h, h.thread(birju)[0].Edited)
		assert.Len(h, h.search("version"), 3)
		assert.Equal(h, "third version", h.conversation(asha).LastText)
		assert.Equal(h, bot.Edit, h.conversation(asha).LastKind)
	},
	"a deleted message stays and says when": func(h *house) {
		asha := h.resident(1)
		first := h.say(asha, "regretted")
		h.say(asha, "next")
		gone := h.about(asha, bot.Deletion, first.In.ExternalID, "")
		thread := h.thread(asha)
		assert.Equal(h, []string{"regretted", "next", ""}, texts(thread))
		assert.Equal(h, gone.At, thread[0].Deleted)
		assert.Equal(h, bot.Deletion, thread[2].Kind)
		assert.Equal(h, []string{"regretted"}, h.search("regretted"))
	},
	"an edit or a deletion of what is not kept, or not the resident's, marks nothing": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "?")
		turn.Out = []bot.Message{h.reply(turn.In, "the bot's")}
		h.commit(turn)
		h.about(asha, bot.Edit, "unknown", "x")
		h.about(asha, bot.Deletion, turn.Out[0].ExternalID, "")
		h.about(asha, bot.Edit, "", "x")
		for _, m := range h.thread(asha) {
			assert.Zero(h, m.Edited)
			assert.Zero(h, m.Deleted)
		}
	},
	"what has no words leaves the list's text, the unread and a closed conversation": func(h *house) {
		for n, kind := range []bot.MessageKind{bot.Deletion, bot.Reaction, bot.Unreadable} {
			asha, ravi := h.resident(n), h.officer(string(kind))
			first := h.say(asha, "words", bot.Escalate{Reason: bot.ReasonAsked})
			turn := h.about(asha, kind, first.In.ExternalID, "👍")
			c := h.conversation(asha)
			assert.Equal(h, "words", c.LastText, kind)
			assert.Equal(h, bot.Text, c.LastKind, kind)
			assert.Equal(h, 1, c.Unread, kind)
			assert.Equal(h, 2, c.Messages, kind)
			assert.Equal(h, turn.At, c.LastAt, kind)
			h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
			h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: noon}))
			h.about(asha, kind, first.In.ExternalID, "👍")
			assert.Equal(h, bot.Closed, h.conversation(asha).State, kind)
		}
	},
	"a message that could not be read is not held for an answer": func(h *house) {
		asha := h.resident(1)
		turn := h.unreadable(asha, "U1")
		turn.In.Held = true
		turn.Effects = []bot.Effect{bot.Escalate{Reason: bot.ReasonUnread}}
		h.commit(turn)
		c := h.conversation(asha)
		assert.Zero(h, c.Held)
		assert.Zero(h, c.Unread)
		assert.Equal(h, bot.Waiting, c.State)
		assert.Len(h, h.heldOf(asha), 1)
	},
	"what can be read at last takes the place of what could not, at the end": func(h *house) {
		for _, late := range []time.Duration{0, 4 * time.Second} {
			asha := h.resident(1 + int(late.Seconds()))
			placeholder := h.commit(h.unreadable(asha, "U1"))
			h.say(asha, "between")
			h.about(asha, bot.Edit, "U1", "edit")
			before := h.conversation(asha)

			turn := h.turn(asha, "readable")
			turn.In.ExternalID, turn.In.At = "U1", placeholder.In.At.Add(late)
			turn.Out = []bot.Message{h.reply(turn.In, "answer")}
			h.commit(turn)
			thread := h.thread(asha)
			assert.Equal(h, []string{"between", "edit", "readable", "answer"}, texts(thread))
			assert.NotZero(h, thread[2].Edited, "it was edited before it could be read")
			c := h.conversation(asha)
			assert.Equal(h, 4, c.Messages)
			assert.Equal(h, "readable", c.LastText)
			assert.Equal(h, turn.Session, c.Session)
			assert.Greater(h, c.Version, before.Version)

			again := h.turn(asha, "readable")
			again.In.ExternalID, again.In.At = turn.In.ExternalID, turn.In.At
			duplicate, err := h.CommitTurn(h.ctx, again)
			h.ok(err)
			assert.True(h, duplicate)
		}
		assert.Len(h, h.search("readable"), 2)
	},
	"a refused turn leaves what could not be read": func(h *house) {
		for _, late := range []time.Duration{0, 4 * time.Second} {
			asha := h.resident(1 + int(late.Seconds()))
			placeholder := h.commit(h.unreadable(asha, "U1"))
			before := h.conversation(asha)
			stale := h.turn(asha, "readable")
			stale.In.ExternalID, stale.In.At, stale.Version = "U1", placeholder.In.At.Add(late), before.Version-1
			_, err := h.CommitTurn(h.ctx, stale)
			require.ErrorIs(h, err, bot.ErrStale)
			assert.Equal(h, before, h.conversation(asha))
			assert.Equal(h, bot.Unreadable, h.thread(asha)[0].Kind)
			stale.Version = before.Version
			h.commit(stale)
			assert.Equal(h, []string{"readable"}, texts(h.thread(asha)))
		}
	},
	"what could not be read, twice or after it was read, changes nothing": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		read := h.say(asha, "read")
		h.commit(h.unreadable(asha, "U1"))
		before := h.conversation(asha)
		for _, id := range []string{"U1", read.In.ExternalID} {
			duplicate, err := h.CommitTurn(h.ctx, h.unreadable(asha, id))
			h.ok(err)
			assert.True(h, duplicate, id)
		}
		assert.Equal(h, before, h.conversation(asha))
		h.commit(h.unreadable(birju, "U1"))
		assert.Len(h, h.thread(birju), 1, "another's id is another message")
	},
}
