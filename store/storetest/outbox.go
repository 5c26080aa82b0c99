package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// outbox are the words of what is due at a time.
func (h *house) outbox(now time.Time) []string {
	h.Helper()
	queue, err := h.Outbox(h.ctx, now, 100)
	h.ok(err)
	return texts(queue)
}

func (h *house) outboxIDs(now time.Time) (ids []int64) {
	h.Helper()
	queue, err := h.Outbox(h.ctx, now, 100)
	h.ok(err)
	for _, m := range queue {
		ids = append(ids, m.ID)
	}
	return ids
}

// answered is a resident who got replies, and their ids.
func (h *house) answered(resident int64, replies ...string) []int64 {
	h.Helper()
	turn := h.turn(resident, "?")
	for _, text := range replies {
		turn.Out = append(turn.Out, h.reply(turn.In, text))
	}
	h.commit(turn)
	var ids []int64
	for _, m := range turn.Out {
		ids = append(ids, m.ID)
	}
	return ids
}

func (h *house) tip(resident int64, text string, at time.Time) bot.Message {
	h.sent++
	return bot.Message{
		Resident: resident, By: bot.ByBot, Kind: bot.Text, Text: text, Bulk: true,
		ExternalID: "TIP-" + text, At: at, Due: at,
	}
}

var outboxTests = map[string]func(*house){
	"replies come in their order, tips after them": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "tips", bot.Subscribe{})
		queued, err := h.QueueTip(h.ctx, h.tip(asha, "tip", noon), noon)
		h.ok(err)
		require.True(h, queued)
		h.answered(asha, "one", "two")
		h.answered(birju, "three")
		later := noon.Add(time.Hour)
		assert.Equal(h, []string{"one", "two", "three", "tip"}, h.outbox(later))
		some, err := h.Outbox(h.ctx, later, 2)
		h.ok(err)
		assert.Equal(h, []string{"one", "two"}, texts(some))
	},
	"a reply has its final id and bytes": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "?")
		turn.Out = []bot.Message{h.reply(turn.In, "reply")}
		turn.Out[0].Payload = []byte{1, 0, 2}
		h.commit(turn)
		h.reopen()
		queue, err := h.Outbox(h.ctx, noon.Add(time.Hour), 10)
		h.ok(err)
		want := turn.Out[0]
		want.Delivery = bot.Queued
		assert.Equal(h, []bot.Message{want}, queue)
	},
	"a message that waits holds up the later ones to the same resident only": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		ids := h.answered(asha, "one", "two", "three")
		h.answered(birju, "other")
		now := noon.Add(time.Hour)
		h.ok(h.Retry(h.ctx, ids[1], now.Add(time.Minute), "no network"))
		assert.Equal(h, []string{"one", "other"}, h.outbox(now))
		h.ok(h.SetDelivery(h.ctx, ids[0], bot.Sent, ""))
		next, err := h.NextDue(h.ctx)
		h.ok(err)
		assert.True(h, next.Before(now), "the other resident's is due")
		assert.Equal(h, []string{"two", "three", "other"}, h.outbox(now.Add(time.Minute)))
		other := h.outboxIDs(now)
		h.ok(h.SetDelivery(h.ctx, other[0], bot.Sent, ""))
		next, err = h.NextDue(h.ctx)
		h.ok(err)
		assert.Equal(h, now.Add(time.Minute), next, "what is behind it waits for it")
		two := h.thread(asha)[2]
		assert.Equal(h, 1, two.Attempts)
		assert.Equal(h, "no network", two.Error)
	},
	"a try that does not count only moves the time": func(h *house) {
		asha := h.resident(1)
		id := h.answered(asha, "one")[0]
		due := noon.Add(5 * time.Hour)
		h.ok(h.Postpone(h.ctx, id, due, "barred"))
		assert.Empty(h, h.outbox(due.Add(-time.Minute)))
		assert.Equal(h, []string{"one"}, h.outbox(due))
		one := h.thread(asha)[1]
		assert.Zero(h, one.Attempts)
		assert.Equal(h, "barred", one.Error)
		h.ok(h.SetDelivery(h.ctx, id, bot.Sent, ""))
		h.ok(h.Postpone(h.ctx, id, due.Add(time.Hour), "late"))
		assert.Equal(h, bot.Sent, h.thread(asha)[1].Delivery, "what has been sent stays so")
		require.ErrorIs(h, h.Postpone(h.ctx, 404, due, ""), bot.ErrNotFound)
	},
	"a tip that waits for the morning holds up no reply, a reply that waits holds up a tip": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "tips", bot.Subscribe{})
		morning := noon.Add(20 * time.Hour)
		tip := h.tip(asha, "tip", noon)
		tip.Due = morning
		_, err := h.QueueTip(h.ctx, tip, noon)
		h.ok(err)
		last, err := h.LastBulkDue(h.ctx)
		h.ok(err)
		assert.Equal(h, morning, last)
		ids := h.answered(asha, "reply")
		assert.Equal(h, []string{"reply"}, h.outbox(noon.Add(time.Hour)))
		h.ok(h.SetDelivery(h.ctx, ids[0], bot.Sent, ""))
		next, err := h.NextDue(h.ctx)
		h.ok(err)
		assert.Equal(h, morning, next)
	},
	"an empty outbox is never due": func(h *house) {
		next, err := h.NextDue(h.ctx)
		h.ok(err)
		assert.Zero(h, next)
		last, err := h.LastBulkDue(h.ctx)
		h.ok(err)
		assert.Zero(h, last)
		assert.Empty(h, h.outbox(noon))
	},
	"what was sent is marked at once, and nothing goes back": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		ids := append(h.answered(asha, "one", "two", "three"), h.answered(birju, "other")...)
		h.ok(h.SetDelivery(h.ctx, ids[1], bot.Read, ""))
		h.ok(h.SetDelivery(h.ctx, ids[2], bot.Failed, "no account"))
		h.ok(h.MarkSent(h.ctx, append(ids, 404)))
		var states []bot.Delivery
		for _, m := range append(h.thread(asha), h.thread(birju)...) {
			if m.By == bot.ByBot {
				states = append(states, m.Delivery)
			}
		}
		assert.Equal(h, []bot.Delivery{bot.Sent, bot.Read, bot.Failed, bot.Sent}, states)
		assert.Equal(h, "no account", h.thread(asha)[3].Error)
		h.reopen()
		assert.Empty(h, h.outbox(noon.Add(time.Hour)))
	},
	"a delivery moves forward and never back": func(h *house) {
		for _, step := range []struct{ from, to, then bot.Delivery }{
			{bot.Queued, bot.Sent, bot.Sent},
			{bot.Queued, bot.Read, bot.Read},
			{bot.Sent, bot.Delivered, bot.Delivered},
			{bot.Delivered, bot.Sent, bot.Delivered},
			{bot.Read, bot.Delivered, bot.Read},
			{bot.Read, bot.Queued, bot.Read},
			{bot.Queued, bot.Failed, bot.Failed},
			{bot.Sent, bot.Failed, bot.Failed},
			{bot.Delivered, bot.Failed, bot.Delivered},
			{bot.Failed, bot.Sent, bot.Failed},
		} {
			resident := h.resident(1)
			id := h.answered(resident, "x")[0]
			if step.from != bot.Queued {
				h.ok(h.SetDelivery(h.ctx, id, step.from, ""))
			}
			h.ok(h.SetDelivery(h.ctx, id, step.to, "why"))
			thread := h.thread(resident)
			last := thread[len(thread)-1]
			assert.Equal(h, step.then, last.Delivery, "%s to %s", step.from, step.to)
			if step.then == bot.Failed && step.to == bot.Failed {
				assert.Equal(h, "why", last.Error)
			}
		}
	},
	"a receipt finds its message by the channel's id, also before the sending is noted": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "?")
		turn.Out = []bot.Message{h.reply(turn.In, "reply")}
		h.commit(turn)
		receipt := func(channel, id string, to bot.Delivery) int64 {
			resident, err := h.SetDeliveryByExternalID(h.ctx, channel, id, to)
			h.ok(err)
			return resident
		}
		id := turn.Out[0].ExternalID
		assert.Zero(h, receipt("handset", "unknown", bot.Read))
		assert.Zero(h, receipt("other", id, bot.Read))
		assert.Equal(h, asha, receipt("handset", id, bot.Delivered))
		h.ok(h.SetDelivery(h.ctx, turn.Out[0].ID, bot.Sent, ""))
		assert.Equal(h, bot.Delivered, h.thread(asha)[1].Delivery)
		assert.Zero(h, receipt("handset", id, bot.Delivered))
		assert.Equal(h, asha, receipt("handset", id, bot.Read))
		assert.Empty(h, h.outbox(noon.Add(time.Hour)))
	},
	"a subscriber gets one tip a week and none after stopping": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "tips", bot.Subscribe{}, bot.Subscribe{})
		due, err := h.DueSubscriptions(h.ctx, noon.Add(-time.Hour), 10)
		h.ok(err)
		require.Empty(h, due, "this week's tips went out before the resident asked for them")
		due, err = h.DueSubscriptions(h.ctx, noon.AddDate(0, 0, 7), 10)
		h.ok(err)
		require.Len(h, due, 1)
		assert.Equal(h, asha, due[0].Resident)
		assert.Zero(h, due[0].Sent)

		queue := func(resident int64, text string, at, since time.Time) bool {
			queued, err := h.QueueTip(h.ctx, h.tip(resident, text, at), since)
			h.ok(err)
			return queued
		}
		assert.False(h, queue(birju, "not wanted", noon, noon))
		assert.True(h, queue(asha, "first", noon, noon))
		assert.False(h, queue(asha, "again", noon.Add(time.Minute), noon), "one has come since")
		week := noon.AddDate(0, 0, 7)
		assert.True(h, queue(asha, "second", week, week))
		assert.Equal(h, 3, h.conversation(asha).Messages)

		h.say(asha, "stop", bot.Unsubscribe{})
		assert.Empty(h, h.outbox(week.Add(time.Hour)), "queued tips are withdrawn")
		assert.Equal(h, bot.Withdrawn, h.thread(asha)[1].Delivery)
		assert.False(h, queue(asha, "stopped", week.AddDate(0, 0, 7), week.AddDate(0, 0, 7)))
		h.say(asha, "tips", bot.Subscribe{})
		due, err = h.DueSubscriptions(h.ctx, week.AddDate(0, 0, 14), 10)
		h.ok(err)
		require.Len(h, due, 1)
		assert.Equal(h, 2, due[0].Sent, "the tips go on where they stood")
	},
}
