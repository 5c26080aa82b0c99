package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

var identityTests = map[string]func(*house){
	"a changed security code is noted until an officer confirms the person": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		turn := h.turn(asha, "computed before")
		resident, err := h.IdentityChanged(h.ctx, "handset", "9000000001", noon)
		h.ok(err)
		assert.Equal(h, asha, resident)
		assert.Equal(h, noon, h.conversation(asha).Resident.Changed)
		_, err = h.CommitTurn(h.ctx, turn)
		require.ErrorIs(h, err, bot.ErrStale)

		turn = h.turn(asha, "computed before")
		h.ok(h.ConfirmIdentity(h.ctx, asha, ravi, noon.Add(time.Hour)))
		assert.Zero(h, h.conversation(asha).Resident.Changed)
		_, err = h.CommitTurn(h.ctx, turn)
		require.ErrorIs(h, err, bot.ErrStale)
		h.ok(h.ConfirmIdentity(h.ctx, asha, ravi, noon.Add(time.Hour)))
		assert.Equal(h, []string{"identity"}, h.actions(asha), "there was nothing more to confirm")
	},
	"an address that is not known changes nothing": func(h *house) {
		resident, err := h.IdentityChanged(h.ctx, "handset", "unknown", noon)
		h.ok(err)
		assert.Zero(h, resident)
		require.ErrorIs(h, h.ConfirmIdentity(h.ctx, 404, h.officer("ravi"), noon), bot.ErrNotFound)
	},
}

var linkTests = map[string]func(*house){
	"what happened to the link is read the newest first, and counted": func(h *house) {
		events := []bot.LinkEvent{
			{At: noon, State: bot.LinkOnline},
			{At: noon.Add(time.Hour), State: bot.LinkOffline, Reason: "503"},
			{At: noon.Add(time.Hour), State: bot.LinkAlerted},
			{At: noon.Add(2 * time.Hour), State: bot.LinkOnline},
		}
		for _, e := range events {
			h.ok(h.AddLinkEvent(h.ctx, e))
		}
		h.reopen()
		newest, err := h.LinkEvents(h.ctx, 3)
		h.ok(err)
		assert.Equal(h, []bot.LinkEvent{events[3], events[2], events[1]}, newest)
		counts, err := h.LinkCounts(h.ctx, noon)
		h.ok(err)
		assert.Equal(h, map[bot.LinkState]int{bot.LinkOnline: 2, bot.LinkOffline: 1, bot.LinkAlerted: 1}, counts)
		counts, err = h.LinkCounts(h.ctx, noon.Add(90*time.Minute))
		h.ok(err)
		assert.Equal(h, map[bot.LinkState]int{bot.LinkOnline: 1}, counts)
	},
	"undelivered is what was sent in the week before and has reached no phone": func(h *house) {
		asha := h.resident(1)
		for _, state := range []bot.Delivery{bot.Queued, bot.Sent, bot.Sent, bot.Delivered, bot.Read, bot.Failed} {
			id := h.answered(asha, "x")[0]
			if state != bot.Queued {
				h.ok(h.SetDelivery(h.ctx, id, state, ""))
			}
		}
		h.say(asha, "tips", bot.Subscribe{})
		_, err := h.QueueTip(h.ctx, h.tip(asha, "tip", noon), noon)
		h.ok(err)
		thread := h.thread(asha)
		h.ok(h.MarkSent(h.ctx, []int64{thread[len(thread)-1].ID}))
		for before, want := range map[time.Time]int{
			noon:                                   0,
			noon.Add(time.Hour):                    2,
			noon.AddDate(0, 0, 7):                  2,
			noon.AddDate(0, 0, 7).Add(time.Minute): 0,
		} {
			n, err := h.Undelivered(h.ctx, before)
			h.ok(err)
			assert.Equal(h, want, n, before)
		}
	},
}

// untold are the residents of whom the group has not been told.
func (h *house) untold(since time.Time) (residents []int64) {
	h.Helper()
	open, err := h.Untold(h.ctx, since, 100)
	h.ok(err)
	for _, e := range open {
		residents = append(residents, e.Resident)
	}
	return residents
}

// notice writes a notice of the first escalation of which there is none.
func (h *house) notice(id, text string) bot.Notice {
	h.Helper()
	open, err := h.Untold(h.ctx, noon, 1)
	h.ok(err)
	require.Len(h, open, 1)
	n := bot.Notice{ExternalID: id, Resident: open[0].Resident, Escalation: open[0].ID, Text: text, At: open[0].At}
	h.ok(h.AddNotice(h.ctx, n))
	return n
}

var noticeTests = map[string]func(*house){
	"the group is told once of each open escalation, the oldest first": func(h *house) {
		asha, birju, chanda, ravi := h.resident(1), h.resident(2), h.resident(3), h.officer("ravi")
		first := h.say(asha, "help", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		h.say(birju, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.say(chanda, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, chanda, ravi, false, noon, time.Time{}))
		h.ok(h.CloseConversation(h.ctx, chanda, ravi, bot.Message{At: noon}))
		assert.Equal(h, []int64{asha, birju}, h.untold(noon))
		assert.Equal(h, []int64{birju}, h.untold(first.At.Add(time.Millisecond)))
		open, err := h.Untold(h.ctx, noon, 1)
		h.ok(err)
		assert.Equal(h, []bot.OpenEscalation{{ID: open[0].ID, Resident: asha, Reason: bot.ReasonLoss, Urgent: true, At: first.At}}, open)

		told := h.notice("N1", "about asha")
		assert.Equal(h, []int64{birju}, h.untold(noon))
		told.ExternalID, told.Text = "N2", "again"
		h.ok(h.AddNotice(h.ctx, told))
		unsent, err := h.UnsentNotices(h.ctx, 10)
		h.ok(err)
		require.Len(h, unsent, 1)
		assert.Equal(h, "about asha", unsent[0].Text)
	},
	"a notice is sent once and found by its id in the group": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		want := h.notice("N1", "about asha")
		got, err := h.NoticeByExternalID(h.ctx, "N1")
		h.ok(err)
		want.ID = got.ID
		assert.Equal(h, want, got)
		h.ok(h.NoticeSent(h.ctx, got.ID))
		unsent, err := h.UnsentNotices(h.ctx, 10)
		h.ok(err)
		assert.Empty(h, unsent)
		got, err = h.NoticeByExternalID(h.ctx, "N1")
		h.ok(err)
		assert.True(h, got.Sent)
		_, err = h.NoticeByExternalID(h.ctx, "N2")
		require.ErrorIs(h, err, bot.ErrNotFound)
		require.ErrorIs(h, h.NoticeSent(h.ctx, 404), bot.ErrNotFound)
	},
	"the words of a notice go with those of the resident, and with age": func(h *house) {
		asha, birju, chanda := h.resident(1), h.resident(2), h.resident(3)
		words := func(id string) string {
			n, err := h.NoticeByExternalID(h.ctx, id)
			h.ok(err)
			return n.Text
		}
		sent := func(id string) {
			n, err := h.NoticeByExternalID(h.ctx, id)
			h.ok(err)
			h.ok(h.NoticeSent(h.ctx, n.ID))
		}
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.notice("N1", "about asha")
		sent("N1")
		h.say(asha, "more", bot.Escalate{Reason: bot.ReasonMisses})
		h.notice("N2", "more about asha")
		h.say(birju, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.notice("N3", "about birju")
		sent("N3")
		h.say(asha, "erase", bot.Erase{})
		assert.Empty(h, words("N1"))
		assert.Equal(h, "about birju", words("N3"))
		_, err := h.NoticeByExternalID(h.ctx, "N2")
		require.ErrorIs(h, err, bot.ErrNotFound, "it was not sent yet")
		assert.Equal(h, []int64{asha}, h.untold(noon), "it is written anew")

		h.sent += 3600
		h.notice("N2", "someone waits")
		h.say(chanda, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.notice("N4", "about chanda")
		sent("N4")
		_, err = h.Prune(h.ctx, noon.Add(30*time.Minute))
		h.ok(err)
		assert.Empty(h, words("N3"))
		assert.Equal(h, "someone waits", words("N2"), "what is not sent keeps its words")
		assert.Equal(h, "about chanda", words("N4"))
	},
	"an officer who may sign in is known by the phone": func(h *house) {
		add := func(login, phone string, disabled bool) error {
			_, err := h.AddOfficer(h.ctx, bot.Officer{Login: login, Phone: phone, Disabled: disabled, Since: noon})
			return err
		}
		h.ok(add("gone", "9000000901", true))
		_, err := h.OfficerByPhone(h.ctx, "9000000901")
		require.ErrorIs(h, err, bot.ErrNotFound)
		h.ok(add("ravi", "9000000901", false))
		h.ok(add("sita", "", false))
		h.ok(add("gita", "", false))
		require.ErrorIs(h, add("amar", "9000000901", false), bot.ErrExists)
		ravi, err := h.OfficerByPhone(h.ctx, "9000000901")
		h.ok(err)
		assert.Equal(h, "ravi", ravi.Login)
		assert.Equal(h, "9000000901", ravi.Phone)
		_, err = h.OfficerByPhone(h.ctx, "")
		require.ErrorIs(h, err, bot.ErrNotFound)
		same, err := h.OfficerByLogin(h.ctx, "ravi")
		h.ok(err)
		assert.Equal(h, ravi, same)
	},
}
