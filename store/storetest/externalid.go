package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// sendWith commits a turn whose one reply has a payload.
func (h *house) sendWith(resident int64, kind bot.MessageKind, payload string) bot.Message {
	h.Helper()
	turn := h.turn(resident, "?")
	turn.Out = []bot.Message{h.reply(turn.In, "reply")}
	turn.Out[0].Kind, turn.Out[0].Payload = kind, []byte(payload)
	h.commit(turn)
	return turn.Out[0]
}

var externalIDTests = map[string]func(*house){
	"a message of the thread is found by the channel's id, either way": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		in := h.say(asha, "mine").In
		out := h.sendWith(asha, bot.Text, "bytes")
		for id, want := range map[string]string{in.ExternalID: "mine", out.ExternalID: "reply"} {
			m, err := h.MessageOf(h.ctx, asha, id)
			h.ok(err)
			assert.Equal(h, want, m.Text)
			_, err = h.MessageOf(h.ctx, birju, id)
			require.ErrorIs(h, err, bot.ErrNotFound)
		}
	},
	"a poll is the newest until something else is written": func(h *house) {
		asha := h.resident(1)
		text, poll := h.sendWith(asha, bot.Text, "text"), h.sendWith(asha, bot.Poll, "poll")
		_, _, err := h.PollOf(h.ctx, asha, text.ExternalID)
		require.ErrorIs(h, err, bot.ErrNotFound, "no poll")
		_, _, err = h.PollOf(h.ctx, h.resident(2), poll.ExternalID)
		require.ErrorIs(h, err, bot.ErrNotFound, "another's poll")
		h.about(asha, bot.Vote, poll.ExternalID, "1")
		for _, want := range []bool{true, false} {
			got, newest, err := h.PollOf(h.ctx, asha, poll.ExternalID)
			h.ok(err)
			assert.Equal(h, poll.ID, got.ID)
			assert.Equal(h, []byte("poll"), got.Payload)
			assert.Equal(h, want, newest)
			h.sendWith(asha, bot.Text, "later")
		}
	},
	"a message that a phone could not read is queued again, until it has arrived or was tried too often": func(h *house) {
		asha := h.resident(1)
		m := h.sendWith(asha, bot.Text, "bytes")
		again := func() bool {
			h.Helper()
			_, fresh, err := h.Requeue(h.ctx, m.Channel, m.ExternalID, 3)
			h.ok(err)
			return fresh
		}
		assert.False(h, again(), "it is queued")
		for range 2 {
			h.ok(h.MarkSent(h.ctx, []int64{m.ID}))
			assert.True(h, again())
			queue, err := h.Outbox(h.ctx, noon.Add(time.Hour), 10)
			h.ok(err)
			require.Len(h, queue, 1)
			assert.Equal(h, []byte("bytes"), queue[0].Payload)
		}
		h.ok(h.MarkSent(h.ctx, []int64{m.ID}))
		assert.True(h, again())
		h.ok(h.MarkSent(h.ctx, []int64{m.ID}))
		assert.False(h, again(), "tried too often")
		other := h.sendWith(asha, bot.Text, "bytes")
		h.ok(h.MarkSent(h.ctx, []int64{other.ID}))
		_, err := h.SetDeliveryByExternalID(h.ctx, other.Channel, other.ExternalID, bot.Delivered)
		h.ok(err)
		at, fresh, err := h.Requeue(h.ctx, other.Channel, other.ExternalID, 3)
		h.ok(err)
		assert.False(h, fresh, "it has arrived")
		assert.Equal(h, bot.Delivered, at)
		at, fresh, err = h.Requeue(h.ctx, other.Channel, "unknown", 3)
		h.ok(err)
		assert.False(h, fresh)
		assert.Equal(h, bot.Failed, at)
	},
	"the bytes of a queued message are fixed, and stay once it is sent": func(h *house) {
		asha := h.resident(1)
		id := h.answered(asha, "reply")[0]
		h.ok(h.SetPayload(h.ctx, id, []byte("final")))
		queue, err := h.Outbox(h.ctx, noon.Add(time.Hour), 10)
		h.ok(err)
		require.Len(h, queue, 1)
		assert.Equal(h, []byte("final"), queue[0].Payload)
		h.ok(h.MarkSent(h.ctx, []int64{id}))
		h.ok(h.SetPayload(h.ctx, id, []byte("too late")))
		assert.Equal(h, []byte("final"), h.thread(asha)[1].Payload)
		require.ErrorIs(h, h.SetPayload(h.ctx, 404, nil), bot.ErrNotFound)
	},
	"the bytes of a message are found by any address of its resident, whatever became of it": func(h *house) {
		asha := h.resident(1)
		_, _, err := h.Join(h.ctx, "handset", "9000000001", "lid", noon)
		h.ok(err)
		for _, state := range []bot.Delivery{bot.Queued, bot.Sent, bot.Delivered, bot.Read} {
			m := h.sendWith(asha, bot.Text, string(state))
			if state != bot.Queued {
				h.ok(h.SetDelivery(h.ctx, m.ID, state, ""))
			}
			for _, address := range []string{"9000000001", "lid"} {
				payload, err := h.Payload(h.ctx, "handset", address, m.ExternalID)
				h.ok(err)
				assert.Equal(h, []byte(state), payload)
			}
		}
	},
	"the bytes of a message are for its own resident": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		m := h.sendWith(asha, bot.Text, "bytes")
		for _, address := range []string{"unknown", h.conversation(birju).Address} {
			_, err := h.Payload(h.ctx, "handset", address, m.ExternalID)
			require.ErrorIs(h, err, bot.ErrNotFound)
		}
		_, err := h.Payload(h.ctx, "other", "9000000001", m.ExternalID)
		require.ErrorIs(h, err, bot.ErrNotFound, "ids belong to a channel")
	},
	"a message that was asked for again may come under another stamp, and is one": func(h *house) {
		asha := h.resident(1)
		first := h.say(asha, "once").In
		again := h.turn(asha, "once")
		again.In.ExternalID, again.In.Again = first.ExternalID, true
		duplicate, err := h.CommitTurn(h.ctx, again)
		h.ok(err)
		assert.True(h, duplicate)
		assert.Equal(h, []string{"once"}, texts(h.thread(asha)))
	},
	"what has no fixed bytes, and what residents wrote, is not sent again": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "?")
		turn.Out = []bot.Message{h.reply(turn.In, "no bytes")}
		h.commit(turn)
		for _, id := range []string{turn.In.ExternalID, turn.Out[0].ExternalID, "unknown"} {
			_, err := h.Payload(h.ctx, "handset", "9000000001", id)
			require.ErrorIs(h, err, bot.ErrNotFound)
		}
	},
	"a tip keeps its bytes": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "tips", bot.Subscribe{})
		tip := h.tip(asha, "tip", noon)
		tip.Payload = []byte("bytes")
		_, err := h.QueueTip(h.ctx, tip, noon)
		h.ok(err)
		queue, err := h.Outbox(h.ctx, noon.Add(time.Hour), 10)
		h.ok(err)
		require.Len(h, queue, 1)
		assert.Equal(h, tip.Payload, queue[0].Payload)
	},
}
