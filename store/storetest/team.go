package storetest

import (
	"strings"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// unsent are an officer's drafts beside a conversation, by their forms.
func (h *house) unsent(officer, resident int64) map[bot.UnsentForm]string {
	h.Helper()
	drafts, err := h.UnsentOf(h.ctx, officer, resident)
	h.ok(err)
	texts := map[bot.UnsentForm]string{}
	for _, d := range drafts {
		texts[d.Form] = d.Text
	}
	return texts
}

func (h *house) saveUnsent(officer, resident int64, form bot.UnsentForm, text string) {
	h.Helper()
	h.ok(h.SaveUnsent(h.ctx, bot.Unsent{Officer: officer, Resident: resident, Form: form, Text: text, At: noon}))
}

// answer is an officer's answer that is due in five seconds.
func (h *house) answer(officer, resident int64, text string, at time.Time) int64 {
	h.Helper()
	id, err := h.Reply(h.ctx, bot.Message{Resident: resident, Officer: officer, Kind: bot.Text, Text: text, At: at, Due: at.Add(5 * time.Second)}, nil)
	h.ok(err)
	return id
}

func (h *house) transfers() []bot.Transfer {
	h.Helper()
	all, err := h.Transfers(h.ctx)
	h.ok(err)
	return all
}

var teamTests = map[string]func(*house){
	"a draft is each officer's own, of each form, as typed, and survives a restart": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		h.saveUnsent(ravi, asha, bot.UnsentReply, " half a wo")
		h.saveUnsent(ravi, asha, bot.UnsentReply, " half a word\n")
		h.saveUnsent(ravi, asha, bot.UnsentNote, "call her son")
		h.saveUnsent(sita, asha, bot.UnsentReply, "mine")
		h.reopen()
		assert.Equal(h, map[bot.UnsentForm]string{"reply": " half a word\n", "note": "call her son"}, h.unsent(ravi, asha))
		h.saveUnsent(ravi, asha, bot.UnsentReply, "")
		assert.Equal(h, map[bot.UnsentForm]string{"note": "call her son"}, h.unsent(ravi, asha))
		assert.Equal(h, map[bot.UnsentForm]string{"reply": "mine"}, h.unsent(sita, asha))
		assert.Empty(h, h.thread(asha), "it is no message")
		require.ErrorIs(h, h.SaveUnsent(h.ctx, bot.Unsent{Officer: ravi, Resident: 404, Form: bot.UnsentReply, Text: "x"}), bot.ErrNotFound)
	},
	"drafts go when messages as old do": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.saveUnsent(ravi, asha, bot.UnsentReply, "old")
		_, err := h.Prune(h.ctx, noon)
		h.ok(err)
		assert.NotEmpty(h, h.unsent(ravi, asha))
		_, err = h.Prune(h.ctx, noon.Add(time.Second))
		h.ok(err)
		assert.Empty(h, h.unsent(ravi, asha))
	},
	"an answer is refused where the resident has written since it was begun": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		reply := func(seen int64, file bool) error {
			m := bot.Message{Resident: asha, Officer: ravi, Kind: bot.Text, Text: "x", At: noon, Seen: seen}
			if file {
				_, err := h.Reply(h.ctx, m, strings.NewReader("%PDF-1.7"))
				return err
			}
			_, err := h.Reply(h.ctx, m, nil)
			return err
		}
		thread := h.thread(asha)
		seen := thread[len(thread)-1].ID
		h.ok(reply(seen, false))
		h.say(asha, "wait, it was another bank")
		require.ErrorIs(h, reply(seen, false), bot.ErrNewer)
		require.ErrorIs(h, reply(seen, true), bot.ErrNewer)
		assert.Equal(h, []string{"help", "x", "wait, it was another bank"}, texts(h.thread(asha)))
		h.ok(reply(0, false))
		thread = h.thread(asha)
		h.ok(reply(thread[len(thread)-1].ID, false))
	},
	"what is taken back is never sent, and its words are a draft again": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		silence := noon.Add(time.Hour)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, silence))
		id := h.answer(ravi, asha, "too soon", noon)
		h.saveUnsent(ravi, asha, bot.UnsentReply, "next words")
		version := h.conversation(asha).Version
		require.ErrorIs(h, h.Withdraw(h.ctx, asha, sita, id, noon, silence), bot.ErrNotFound, "another's")
		require.ErrorIs(h, h.Withdraw(h.ctx, 404, ravi, id, noon, silence), bot.ErrNotFound)
		require.ErrorIs(h, h.Withdraw(h.ctx, asha, ravi, id, noon.Add(5*time.Second), silence), bot.ErrTooLate, "it is due")
		h.ok(h.Withdraw(h.ctx, asha, ravi, id, noon.Add(4*time.Second), silence))
		assert.Empty(h, h.outbox(noon.Add(time.Hour)))
		assert.Equal(h, "too soon\nnext words", h.unsent(ravi, asha)[bot.UnsentReply])
		assert.Greater(h, h.conversation(asha).Version, version)
		timers, err := h.DueTimers(h.ctx, noon.AddDate(1, 0, 0), 10)
		h.ok(err)
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerSilence, Due: silence}}, timers, "she waits again")
		require.ErrorIs(h, h.Withdraw(h.ctx, asha, ravi, id, noon, silence), bot.ErrTooLate, "a second time")
		assert.Equal(h, []string{"claim", "reply", "undo"}, h.actions(asha))
	},
	"what was tried cannot be taken back": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		tried, sent := h.answer(ravi, asha, "tried", noon), h.answer(ravi, asha, "sent", noon)
		h.ok(h.Retry(h.ctx, tried, noon.Add(time.Hour), "x"))
		h.ok(h.MarkSent(h.ctx, []int64{sent}))
		require.ErrorIs(h, h.Withdraw(h.ctx, asha, ravi, tried, noon, time.Time{}), bot.ErrTooLate)
		require.ErrorIs(h, h.Withdraw(h.ctx, asha, ravi, sent, noon, time.Time{}), bot.ErrTooLate)
	},
	"an officer who was answered by another message does not wait after an undo": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Hour)))
		later := noon.Add(time.Minute)
		h.answer(ravi, asha, "first", later)
		h.ok(h.Withdraw(h.ctx, asha, ravi, h.answer(ravi, asha, "second", later), later, noon.Add(time.Hour)))
		timers, err := h.DueTimers(h.ctx, noon.AddDate(1, 0, 0), 10)
		h.ok(err)
		assert.Empty(h, timers)
	},
	"each officer has read as far as they looked": func(h *house) {
		asha, birju, ravi, sita := h.resident(1), h.resident(2), h.officer("ravi"), h.officer("sita")
		h.say(asha, "one")
		h.say(asha, "two")
		thread := h.thread(asha)
		h.ok(h.Looked(h.ctx, ravi, asha, thread[0].ID))
		h.ok(h.Looked(h.ctx, sita, asha, thread[1].ID))
		h.ok(h.Looked(h.ctx, sita, asha, thread[0].ID))
		unread := func(officer int64) map[int64]int {
			n, err := h.UnreadOf(h.ctx, officer, []int64{asha, birju})
			h.ok(err)
			return n
		}
		assert.Equal(h, map[int64]int{asha: 1}, unread(ravi), "birju's thread was never looked at")
		assert.Equal(h, map[int64]int{asha: 0}, unread(sita))
		h.say(asha, "three")
		assert.Equal(h, map[int64]int{asha: 2}, unread(ravi))
		assert.Equal(h, map[int64]int{asha: 1}, unread(sita))
		h.ok(h.Looked(h.ctx, sita, 404, 1))
	},
	"a conversation says since when its officer has it": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		since := func() time.Time {
			at, err := h.ClaimedAt(h.ctx, asha)
			h.ok(err)
			return at
		}
		assert.Zero(h, since())
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		assert.Equal(h, noon, since())
		h.ok(h.Claim(h.ctx, asha, sita, true, noon.Add(time.Minute), time.Time{}))
		assert.Equal(h, noon.Add(time.Minute), since())
		h.ok(h.CloseConversation(h.ctx, asha, sita, bot.Message{At: noon.Add(time.Hour)}))
		assert.Zero(h, since())
	},
	"silence is written down with whose it was": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Minute)))
		h.commit(&bot.Turn{Resident: asha, Version: h.conversation(asha).Version, At: noon.Add(time.Hour), Timer: bot.TimerSilence})
		assert.Equal(h, []string{"claim", "silence"}, h.actions(asha))
		assert.Equal(h, bot.ReasonSilence, h.conversation(asha).Reason)
	},
	"a transfer stays the sender's until it is taken": func(h *house) {
		asha, ravi, sita, gita := h.resident(1), h.officer("ravi"), h.officer("sita"), h.officer("gita")
		offer := bot.Transfer{Resident: asha, Sender: ravi, Officer: sita, Reason: "my shift ends", At: noon}
		require.ErrorIs(h, h.OfferTransfers(h.ctx, []bot.Transfer{offer}), bot.ErrNotYours)
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Hour)))
		h.ok(h.OfferTransfers(h.ctx, []bot.Transfer{offer}))
		offer.SenderName, offer.OfficerName = "SI ravi", "SI sita"
		assert.Equal(h, []bot.Transfer{offer}, h.transfers())
		assert.Equal(h, ravi, h.conversation(asha).Officer)
		notes, err := h.Notes(h.ctx, asha)
		h.ok(err)
		require.Len(h, notes, 1)
		assert.Equal(h, "my shift ends", notes[0].Text)
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: gita}, noon, time.Time{}), bot.ErrNotFound, "it is not offered to her")
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: ravi}, noon, time.Time{}), bot.ErrNotFound)
		h.ok(h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita}, noon.Add(time.Minute), noon.Add(2*time.Hour)))
		assert.Equal(h, sita, h.conversation(asha).Officer)
		assert.Empty(h, h.transfers())
		at, err := h.ClaimedAt(h.ctx, asha)
		h.ok(err)
		assert.Equal(h, noon.Add(time.Minute), at)
		timers, err := h.DueTimers(h.ctx, noon.AddDate(1, 0, 0), 10)
		h.ok(err)
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerSilence, Due: noon.Add(2 * time.Hour)}}, timers)
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita}, noon, time.Time{}), bot.ErrNotFound, "once")
		assert.Equal(h, []string{"claim", "transfer", "transfer_accept"}, h.actions(asha))
	},
	"one offered to a thana is taken by one of it; of several one gets it": func(h *house) {
		asha, ravi, sita, gita := h.resident(1), h.officer("ravi"), h.officer("sita"), h.officer("gita")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.ok(h.OfferTransfers(h.ctx, []bot.Transfer{{Resident: asha, Sender: ravi, Thana: "Kotwali", Reason: "theirs", At: noon}}))
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita, Thana: "Tarbahar"}, noon, time.Time{}), bot.ErrNotFound)
		h.ok(h.EndTransfer(h.ctx, asha, bot.Officer{ID: sita, Thana: "Kotwali"}, noon))
		h.ok(h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: gita, Thana: "Kotwali"}, noon, time.Time{}))
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita, Thana: "Kotwali"}, noon, time.Time{}), bot.ErrNotFound)
		assert.Equal(h, gita, h.conversation(asha).Officer)
	},
	"one that nobody takes comes back": func(h *house) {
		asha, birju, ravi, sita := h.resident(1), h.resident(2), h.officer("ravi"), h.officer("sita")
		offer := func(resident int64, at time.Time) {
			h.ok(h.Claim(h.ctx, resident, ravi, false, noon, time.Time{}))
			h.ok(h.OfferTransfers(h.ctx, []bot.Transfer{{Resident: resident, Sender: ravi, Officer: sita, Reason: "x", At: at}}))
		}
		offer(asha, noon)
		offer(birju, noon.Add(time.Minute))
		lapsed, err := h.LapseTransfers(h.ctx, noon.Add(-time.Second), noon)
		h.ok(err)
		assert.Empty(h, lapsed)
		lapsed, err = h.LapseTransfers(h.ctx, noon, noon.Add(10*time.Minute))
		h.ok(err)
		assert.Equal(h, []int64{asha}, lapsed)
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita}, noon, time.Time{}), bot.ErrNotFound)
		assert.Equal(h, bot.TransferLapsed, h.transfers()[0].Outcome, "its sender is told")
		h.answer(ravi, asha, "I go on", noon)
		h.ok(h.EndTransfer(h.ctx, birju, bot.Officer{ID: sita}, noon))
		require.Len(h, h.transfers(), 1)
		assert.Equal(h, bot.TransferDeclined, h.transfers()[0].Outcome)
		offer(birju, noon.Add(time.Hour))
		assert.Equal(h, bot.TransferOpen, h.transfers()[0].Outcome, "offered again")
		h.ok(h.EndTransfer(h.ctx, birju, bot.Officer{ID: ravi}, noon))
		assert.Empty(h, h.transfers())
		assert.Equal(h, []string{"claim", "transfer", "transfer_lapse", "reply"}, h.actions(asha))
		assert.Equal(h, []string{"claim", "transfer", "transfer_decline", "transfer", "transfer_take_back"}, h.actions(birju))
	},
	"a transfer ends when the sender no longer holds the conversation": func(h *house) {
		asha, ravi, sita, gita := h.resident(1), h.officer("ravi"), h.officer("sita"), h.officer("gita")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.ok(h.OfferTransfers(h.ctx, []bot.Transfer{{Resident: asha, Sender: ravi, Officer: sita, Reason: "x", At: noon}}))
		h.ok(h.Claim(h.ctx, asha, gita, true, noon, time.Time{}))
		assert.Empty(h, h.transfers())
		require.ErrorIs(h, h.AcceptTransfer(h.ctx, asha, bot.Officer{ID: sita}, noon, time.Time{}), bot.ErrNotFound)
	},
	"a handover moves all or nothing": func(h *house) {
		asha, birju, ravi, sita := h.resident(1), h.resident(2), h.officer("ravi"), h.officer("sita")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		offers := []bot.Transfer{{Resident: asha, Sender: ravi, Officer: sita, Reason: "x", At: noon}, {Resident: birju, Sender: ravi, Officer: sita, Reason: "x", At: noon}}
		require.ErrorIs(h, h.OfferTransfers(h.ctx, offers), bot.ErrNotYours)
		assert.Empty(h, h.transfers())
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, time.Time{}))
		h.ok(h.OfferTransfers(h.ctx, offers))
		assert.Len(h, h.transfers(), 2)
	},
	"two people who turn out to be one leave no word behind": func(h *house) {
		asha, birju, ravi, sita := h.resident(1), h.resident(2), h.officer("ravi"), h.officer("sita")
		h.say(birju, "from the other number")
		h.saveUnsent(ravi, asha, bot.UnsentReply, "first")
		h.saveUnsent(ravi, birju, bot.UnsentReply, "second")
		h.saveUnsent(sita, birju, bot.UnsentNote, "hers")
		h.ok(h.Looked(h.ctx, ravi, birju, 1))
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, time.Time{}))
		h.ok(h.OfferTransfers(h.ctx, []bot.Transfer{{Resident: birju, Sender: ravi, Officer: sita, Reason: "x", At: noon}}))
		older, younger := h.join(ashasPhone, ashasLID)
		require.Equal(h, []int64{asha, birju}, []int64{older, younger})
		assert.Equal(h, map[bot.UnsentForm]string{"reply": "first\nsecond"}, h.unsent(ravi, asha))
		assert.Equal(h, map[bot.UnsentForm]string{"note": "hers"}, h.unsent(sita, asha))
		assert.Empty(h, h.transfers())
	},
	"a medium tells whose it is": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		_, err := h.Reply(h.ctx, bot.Message{Resident: asha, Officer: ravi, At: noon}, strings.NewReader("%PDF-1.7"))
		h.ok(err)
		resident, err := h.MediaResident(h.ctx, h.thread(asha)[0].Media.ID)
		h.ok(err)
		assert.Equal(h, asha, resident)
		_, err = h.MediaResident(h.ctx, 404)
		require.ErrorIs(h, err, bot.ErrNotFound)
	},
	"ready replies have a name of their own in their thana": func(h *house) {
		ravi := h.officer("ravi")
		save := func(r bot.ReadyReply) error { return h.SaveReadyReply(h.ctx, r, ravi, noon) }
		h.ok(save(bot.ReadyReply{Name: "otp", Hi: "हिंदी", En: "English"}))
		h.ok(save(bot.ReadyReply{Thana: "Kotwali", Name: "otp", Hi: "थाना", En: "thana"}))
		require.ErrorIs(h, save(bot.ReadyReply{Name: "otp", Hi: "x", En: "x"}), bot.ErrExists)
		all, err := h.ReadyReplies(h.ctx)
		h.ok(err)
		require.Len(h, all, 2)
		first := all[0]
		assert.Equal(h, bot.ReadyReply{ID: first.ID, Name: "otp", Hi: "हिंदी", En: "English"}, first)
		first.Hi = "नया"
		h.ok(save(first))
		first.Thana = "Kotwali"
		require.ErrorIs(h, save(first), bot.ErrExists)
		require.ErrorIs(h, save(bot.ReadyReply{ID: 404, Name: "x", Hi: "x", En: "x"}), bot.ErrNotFound)
		h.ok(h.RemoveReadyReply(h.ctx, first.ID, ravi, noon))
		require.ErrorIs(h, h.RemoveReadyReply(h.ctx, first.ID, ravi, noon), bot.ErrNotFound)
		all, err = h.ReadyReplies(h.ctx)
		h.ok(err)
		assert.Len(h, all, 1)
	},
	"there are only so many ready replies": func(h *house) {
		ravi := h.officer("ravi")
		for i := range bot.MaxReadyReplies {
			h.ok(h.SaveReadyReply(h.ctx, bot.ReadyReply{Name: strings.Repeat("x", i+1), Hi: "x", En: "x"}, ravi, noon))
		}
		require.ErrorIs(h, h.SaveReadyReply(h.ctx, bot.ReadyReply{Name: "more", Hi: "x", En: "x"}, ravi, noon), bot.ErrTooLarge)
	},
}
