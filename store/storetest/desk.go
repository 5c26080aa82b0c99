package storetest

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
)

// actions are what the audit says was done to a resident, the oldest first.
func (h *house) actions(resident int64) []string {
	h.Helper()
	log, err := h.AuditLog(h.ctx, 0, 1000)
	h.ok(err)
	var actions []string
	for _, e := range log {
		if e.Resident == resident {
			actions = append([]string{e.Action}, actions...)
		}
	}
	return actions
}

var deskTests = map[string]func(*house){
	"an officer claims, answers and closes; the audit says so": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		c := h.conversation(asha)
		assert.Equal(h, bot.Claimed, c.State)
		assert.Equal(h, ravi, c.Officer)
		assert.Equal(h, "SI ravi", c.OfficerName)

		turn := h.turn(asha, "are you there")
		turn.Silence = noon.Add(time.Hour)
		turn.Wake = noon.Add(time.Hour)
		h.commit(turn)
		assert.Equal(h, 2, h.conversation(asha).Unread)
		version := h.conversation(asha).Version
		id, err := h.Reply(h.ctx, bot.Message{Resident: asha, Officer: ravi, Kind: bot.Text, Text: "I am", ExternalID: "O1", At: noon}, nil)
		h.ok(err)
		c = h.conversation(asha)
		assert.Zero(h, c.Unread)
		assert.Greater(h, c.Version, version, "a turn computed meanwhile is stale")
		timers, err := h.DueTimers(h.ctx, noon.AddDate(1, 0, 0), 10)
		h.ok(err)
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerTalk, Due: noon.Add(time.Hour)}}, timers)
		thread := h.thread(asha)
		reply := thread[len(thread)-1]
		assert.Equal(h, id, reply.ID)
		assert.Equal(h, bot.ByOfficer, reply.By)
		assert.Equal(h, ravi, reply.Officer)
		assert.Equal(h, c.Address, reply.Address, "it goes where the resident wrote from")
		assert.Equal(h, []string{"I am"}, h.outbox(noon))

		h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{Kind: bot.Text, Text: "bye", ExternalID: "O2", At: noon.Add(time.Minute)}))
		c = h.conversation(asha)
		assert.Equal(h, bot.Closed, c.State)
		assert.False(h, c.Urgent)
		assert.Empty(h, c.Reason)
		assert.Zero(h, c.WaitingSince)
		assert.Zero(h, c.Officer)
		assert.Empty(h, c.Session)
		next, err := h.NextTimer(h.ctx)
		h.ok(err)
		assert.Zero(h, next)
		assert.Equal(h, []string{"I am", "bye"}, h.outbox(noon.Add(time.Minute)))
		assert.Equal(h, []string{"claim", "reply", "close"}, h.actions(asha))

		h.say(asha, "thanks")
		assert.Equal(h, bot.WithBot, h.conversation(asha).State, "the next message gives it back to the bot")
	},
	"of officers who claim at once one gets it": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		var got atomic.Int64
		var wait sync.WaitGroup
		for _, login := range []string{"a", "b", "c", "d", "e", "f"} {
			officer := h.officer(login)
			wait.Go(func() {
				if err := h.Claim(h.ctx, asha, officer, false, noon, time.Time{}); err != nil {
					assert.ErrorIs(h, err, bot.ErrTaken)
				} else {
					assert.True(h, got.CompareAndSwap(0, officer), "two have it")
				}
			})
		}
		wait.Wait()
		assert.Equal(h, got.Load(), h.conversation(asha).Officer)
		assert.Equal(h, []string{"claim"}, h.actions(asha))
	},
	"one who may take over does, and then only they answer": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		reply := func(officer int64) error {
			_, err := h.Reply(h.ctx, bot.Message{Resident: asha, Officer: officer, Kind: bot.Text, Text: "x", At: noon}, nil)
			return err
		}
		require.ErrorIs(h, reply(ravi), bot.ErrNotYours)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		version := h.conversation(asha).Version
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		assert.Equal(h, version, h.conversation(asha).Version, "claiming one's own changes nothing")
		require.ErrorIs(h, h.Claim(h.ctx, asha, sita, false, noon, time.Time{}), bot.ErrTaken)
		h.ok(h.Claim(h.ctx, asha, sita, true, noon, time.Time{}))
		require.ErrorIs(h, reply(ravi), bot.ErrNotYours)
		require.ErrorIs(h, h.CloseConversation(h.ctx, asha, ravi, bot.Message{Text: "bye", At: noon}), bot.ErrNotYours)
		h.ok(reply(sita))
		assert.Equal(h, []string{"claim", "take_over", "reply"}, h.actions(asha))
		assert.Equal(h, []string{"x"}, texts(h.thread(asha)))
		require.ErrorIs(h, h.Claim(h.ctx, 404, ravi, false, noon, time.Time{}), bot.ErrNotFound)
	},
	"closing gives up an attempt that was not confirmed, and no loss": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		attempt, loss := draft(1), draft(2)
		loss.MoneyGone = true
		h.say(asha, "both", bot.SaveCase{Case: attempt}, bot.SaveCase{Case: loss})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: noon}))
		cases := h.casesOf(asha)
		require.Len(h, cases, 2)
		assert.Equal(h, bot.Draft, cases[0].State)
		assert.Equal(h, bot.Abandoned, cases[1].State)
	},
	"a tip waits while an officer talks": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.say(asha, "tips", bot.Subscribe{})
		week := noon.AddDate(0, 0, 7)
		_, err := h.QueueTip(h.ctx, h.tip(asha, "tip", week), week)
		h.ok(err)
		h.ok(h.Claim(h.ctx, asha, ravi, false, week, time.Time{}))
		assert.Empty(h, h.outbox(week.Add(time.Hour)))
		h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: week}))
		assert.Equal(h, []string{"tip"}, h.outbox(week.Add(time.Hour)))
	},
	"the end of a draft stands while an officer is silent": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		turn := h.turn(asha, "half a report", bot.Escalate{Reason: bot.ReasonLoss})
		turn.Wake = noon.AddDate(0, 0, 1)
		h.commit(turn)
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Minute)))
		h.commit(&bot.Turn{
			Resident: asha, Version: h.conversation(asha).Version, At: noon.Add(time.Hour), Timer: bot.TimerSilence,
		})
		timers, err := h.DueTimers(h.ctx, noon.AddDate(0, 0, 2), 10)
		h.ok(err)
		require.Len(h, timers, 1)
		assert.Equal(h, bot.TimerTalk, timers[0].Kind)
	},
	"who claims a resident who waits must answer in time; who takes over has as long": func(h *house) {
		asha, birju, ravi, sita := h.resident(1), h.resident(2), h.officer("ravi"), h.officer("sita")
		due := func() (timers []bot.Timer) {
			timers, err := h.DueTimers(h.ctx, noon.AddDate(1, 0, 0), 10)
			h.ok(err)
			return timers
		}
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.say(birju, "hello")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, noon.Add(time.Hour)))
		h.ok(h.Claim(h.ctx, birju, ravi, false, noon, noon.Add(time.Hour)))
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerSilence, Due: noon.Add(time.Hour)}}, due(), "the other asked for nobody")
		h.ok(h.Claim(h.ctx, asha, sita, true, noon, noon.Add(2*time.Hour)))
		assert.Equal(h, []bot.Timer{{Resident: asha, Kind: bot.TimerSilence, Due: noon.Add(2 * time.Hour)}}, due())
		_, err := h.Reply(h.ctx, bot.Message{Resident: asha, Officer: sita, Kind: bot.Text, Text: "x", At: noon}, nil)
		h.ok(err)
		h.ok(h.Claim(h.ctx, asha, ravi, true, noon, noon.Add(3*time.Hour)))
		assert.Empty(h, due(), "who has been answered does not wait")
	},
	"a claim makes the turn that was computed before it stale": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		turn := h.turn(asha, "x")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		_, err := h.CommitTurn(h.ctx, turn)
		require.ErrorIs(h, err, bot.ErrStale)
	},
	"notes are kept apart from messages": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.AddNote(h.ctx, bot.Note{Resident: asha, Officer: ravi, Text: "called the bank", At: noon}))
		notes, err := h.Notes(h.ctx, asha)
		h.ok(err)
		require.Len(h, notes, 1)
		assert.Equal(h, bot.Note{ID: notes[0].ID, Resident: asha, Officer: ravi, Name: "SI ravi", Text: "called the bank", At: noon}, notes[0])
		assert.Empty(h, h.thread(asha))
		assert.Equal(h, []string{"note"}, h.actions(asha))
	},
	"only the officer who holds it makes it seen": func(h *house) {
		asha, ravi, sita := h.resident(1), h.officer("ravi"), h.officer("sita")
		h.say(asha, "help", bot.Escalate{Reason: bot.ReasonAsked})
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.ok(h.Seen(h.ctx, asha, sita))
		assert.Equal(h, 1, h.conversation(asha).Unread)
		h.ok(h.Seen(h.ctx, asha, ravi))
		assert.Zero(h, h.conversation(asha).Unread)
	},
}

var queueTests = map[string]func(*house){
	"an escalation puts the conversation into the queue with its message unread": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "hello")
		assert.Zero(h, h.conversation(asha).Unread, "the bot's own affair")
		turn := h.say(asha, "officer", bot.Escalate{Reason: bot.ReasonAsked})
		c := h.conversation(asha)
		assert.Equal(h, bot.Waiting, c.State)
		assert.Equal(h, bot.ReasonAsked, c.Reason)
		assert.Equal(h, turn.At, c.WaitingSince)
		assert.Equal(h, 1, c.Unread)
		assert.False(h, c.Urgent)
		h.say(asha, "more")
		assert.Equal(h, 2, h.conversation(asha).Unread)
	},
	"what waits only becomes more urgent, and keeps its place in time": func(h *house) {
		asha := h.resident(1)
		since := h.say(asha, "officer", bot.Escalate{Reason: bot.ReasonAsked}).At
		h.say(asha, "again", bot.Escalate{Reason: bot.ReasonMisses})
		assert.Equal(h, bot.ReasonAsked, h.conversation(asha).Reason)
		h.say(asha, "lost money", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		h.say(asha, "check", bot.Escalate{Reason: bot.ReasonCheck})
		c := h.conversation(asha)
		assert.Equal(h, bot.ReasonLoss, c.Reason)
		assert.True(h, c.Urgent)
		assert.Equal(h, since, c.WaitingSince)
		assert.Equal(h, 4, c.Unread)
	},
	"a claimed conversation stays claimed but becomes urgent": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
		h.say(asha, "lost money", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		c := h.conversation(asha)
		assert.Equal(h, bot.Claimed, c.State)
		assert.Equal(h, ravi, c.Officer)
		assert.True(h, c.Urgent)
	},
	"an escalation outside of a turn makes the turn computed before it stale": func(h *house) {
		asha := h.resident(1)
		turn := h.turn(asha, "x")
		h.ok(h.EscalateNow(h.ctx, asha, bot.Escalate{Reason: bot.ReasonUndeliver}, noon))
		c := h.conversation(asha)
		assert.Equal(h, bot.Waiting, c.State)
		assert.Equal(h, bot.ReasonUndeliver, c.Reason)
		assert.Zero(h, c.Unread)
		_, err := h.CommitTurn(h.ctx, turn)
		require.ErrorIs(h, err, bot.ErrStale)
	},
	"urgent ones come first, then who has waited longest": func(h *house) {
		asha, birju, chanda, dev, ravi := h.resident(1), h.resident(2), h.resident(3), h.resident(4), h.officer("ravi")
		h.say(asha, "1", bot.Escalate{Reason: bot.ReasonAsked})
		h.say(birju, "2", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		h.say(chanda, "3", bot.Escalate{Reason: bot.ReasonLoss, Urgent: true})
		h.say(dev, "4")
		esha, firoz := h.resident(5), h.resident(6)
		h.say(esha, "5")
		h.ok(h.Claim(h.ctx, esha, ravi, false, noon, time.Time{}))
		for _, want := range []struct {
			filter bot.ConversationFilter
			order  []int64
		}{
			{bot.ConversationFilter{}, []int64{birju, chanda, asha, esha, dev, firoz}},
			{bot.ConversationFilter{Limit: 2}, []int64{birju, chanda}},
			{bot.ConversationFilter{States: []bot.ConversationState{bot.Waiting}}, []int64{birju, chanda, asha}},
			{bot.ConversationFilter{States: []bot.ConversationState{bot.Claimed, bot.Closed}}, []int64{esha}},
			{bot.ConversationFilter{Officer: ravi}, []int64{esha}},
			{bot.ConversationFilter{Officer: 404}, nil},
		} {
			list, err := h.Conversations(h.ctx, want.filter)
			h.ok(err)
			var order []int64
			for _, c := range list {
				order = append(order, c.Resident.ID)
			}
			assert.Equal(h, want.order, order, "%+v", want.filter)
		}
		for resident, want := range map[int64]int{birju: 0, chanda: 1, asha: 2, dev: 3} {
			ahead, err := h.Ahead(h.ctx, resident)
			h.ok(err)
			assert.Equal(h, want, ahead)
		}
	},
	"a closed matter may come again": func(h *house) {
		asha, ravi := h.resident(1), h.officer("ravi")
		for range 2 {
			h.say(asha, "officer", bot.Escalate{Reason: bot.ReasonAsked}, bot.Escalate{Reason: bot.ReasonAsked})
			c := h.conversation(asha)
			assert.Equal(h, bot.Waiting, c.State)
			assert.Equal(h, 1, c.Unread)
			h.ok(h.Claim(h.ctx, asha, ravi, false, noon, time.Time{}))
			h.ok(h.CloseConversation(h.ctx, asha, ravi, bot.Message{At: noon}))
		}
	},
}

var officerTests = map[string]func(*house){
	"an officer signs in by a login in any case, which is unique": func(h *house) {
		want := bot.Officer{Login: "ravi", Name: "SI Ravi", Role: bot.RoleCharge, Thana: "Kotwali", Password: "hash", Since: noon}
		added := want
		added.Login = "Ravi"
		var err error
		want.ID, err = h.AddOfficer(h.ctx, added)
		h.ok(err)
		_, err = h.AddOfficer(h.ctx, bot.Officer{Login: "RAVI", Since: noon})
		require.ErrorIs(h, err, bot.ErrExists)

		got, err := h.OfficerByLogin(h.ctx, "rAVI")
		h.ok(err)
		assert.Equal(h, want, got)
		h.ok(h.SetPassword(h.ctx, "ravi", "new hash", noon))
		want.Password = "new hash"
		got, err = h.OfficerByID(h.ctx, want.ID)
		h.ok(err)
		assert.Equal(h, want, got)
		h.officer("amar")
		all, err := h.Officers(h.ctx)
		h.ok(err)
		require.Len(h, all, 2)
		assert.Equal(h, "amar", all[0].Login)

		_, err = h.OfficerByLogin(h.ctx, "nobody")
		require.ErrorIs(h, err, bot.ErrNotFound)
		_, err = h.OfficerByID(h.ctx, 404)
		require.ErrorIs(h, err, bot.ErrNotFound)
		require.ErrorIs(h, h.SetPassword(h.ctx, "nobody", "hash", noon), bot.ErrNotFound)
	},
	"an officer's phone can be set, moved and removed, and is one officer's": func(h *house) {
		ravi, amar := h.officer("ravi"), h.officer("amar")
		phone := func(id int64) string {
			o, err := h.OfficerByID(h.ctx, id)
			h.ok(err)
			return o.Phone
		}
		h.ok(h.SetOfficerPhone(h.ctx, "RAVI", "9000000012", noon))
		found, err := h.OfficerByPhone(h.ctx, "9000000012")
		h.ok(err)
		assert.Equal(h, ravi, found.ID)
		require.ErrorIs(h, h.SetOfficerPhone(h.ctx, "amar", "9000000012", noon), bot.ErrExists)
		assert.Empty(h, phone(amar))
		h.ok(h.SetOfficerPhone(h.ctx, "ravi", "", noon))
		h.ok(h.SetOfficerPhone(h.ctx, "amar", "", noon)) // nobody's is no one's
		h.ok(h.SetOfficerPhone(h.ctx, "amar", "9000000012", noon))
		assert.Empty(h, phone(ravi))
		assert.Equal(h, "9000000012", phone(amar))
		require.ErrorIs(h, h.SetOfficerPhone(h.ctx, "nobody", "9000000013", noon), bot.ErrNotFound)
		log, err := h.AuditLog(h.ctx, 0, 1)
		h.ok(err)
		assert.Equal(h, fmt.Sprintf("phone officer %d", amar), log[0].Action+" "+log[0].Detail, "ids only")
	},
	"the audit is read page by page, the newest first": func(h *house) {
		ravi := h.officer("ravi")
		for _, action := range []string{"one", "two", "three"} {
			h.ok(h.Audit(h.ctx, bot.AuditEntry{At: noon, Officer: ravi, Action: action, Detail: "from 9"}))
		}
		log, err := h.AuditLog(h.ctx, 0, 2)
		h.ok(err)
		require.Len(h, log, 2)
		assert.Equal(h, bot.AuditEntry{ID: log[0].ID, At: noon, Officer: ravi, Action: "three", Detail: "from 9"}, log[0])
		older, err := h.AuditLog(h.ctx, log[1].ID, 1)
		h.ok(err)
		require.Len(h, older, 1)
		assert.Equal(h, "one", older[0].Action)
	},
	"a web session lasts until it expires": func(h *house) {
		h.ok(h.Commit("token", []byte("data"), time.Now().Add(time.Hour)))
		h.ok(h.Commit("token", []byte("newer"), time.Now().Add(time.Hour)))
		h.ok(h.Commit("old", []byte("data"), time.Now().Add(-time.Hour)))
		h.reopen()
		data, found, err := h.Find("token")
		h.ok(err)
		assert.True(h, found)
		assert.Equal(h, []byte("newer"), data)
		for _, token := range []string{"old", "unknown"} {
			_, found, err = h.Find(token)
			h.ok(err)
			assert.False(h, found, token)
		}
		h.ok(h.Delete("token"))
		h.ok(h.Delete("token"))
		_, found, err = h.Find("token")
		h.ok(err)
		assert.False(h, found)
	},
}
