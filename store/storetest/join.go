package storetest

import (
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

// join makes the nth and the mth invented phone one resident's, and tells whose.
func (h *house) join(address, alias string) (resident, joined int64) {
	h.Helper()
	resident, joined, err := h.Join(h.ctx, "handset", address, alias, noon.Add(time.Hour))
	h.ok(err)
	return resident, joined
}

const (
	ashasPhone = "9000000001" // addresses of h.resident(1) and h.resident(2)
	ashasLID   = "9000000002"
)

var joinTests = map[string]func(*house){
	"two addresses are one resident's from then on, whichever was known": func(h *house) {
		for name, known := range map[string][]string{
			"none": {}, "first": {"first-a"}, "second": {"second-b"},
		} {
			var before int64
			for _, address := range known {
				var err error
				before, err = h.EnsureResident(h.ctx, "handset", address, "", noon)
				h.ok(err)
			}
			resident, joined := h.join(name+"-a", name+"-b")
			assert.Zero(h, joined, name)
			if before != 0 {
				assert.Equal(h, before, resident, name)
			}
			c := h.conversation(resident)
			for _, address := range []string{name + "-a", name + "-b"} {
				same, err := h.EnsureResident(h.ctx, "handset", address, "", noon)
				h.ok(err)
				assert.Equal(h, resident, same, name)
			}
			again, joined := h.join(name+"-b", name+"-a")
			assert.Equal(h, resident, again, name)
			assert.Zero(h, joined, name)
			assert.Equal(h, c, h.conversation(resident), "a second time changes nothing")
		}
		alone, joined := h.join("alone", "alone")
		assert.NotZero(h, alone)
		assert.Zero(h, joined)
	},
	"a number that is given to another account does not join two people": func(h *house) {
		asha, _ := h.join("111@lid", "9000000001@s")
		h.say(asha, "my case")
		for _, order := range [][2]string{{"222@lid", "9000000001@s"}, {"9000000001@s", "333@lid"}} {
			birju, joined := h.join(order[0], order[1])
			assert.NotEqual(h, asha, birju)
			assert.Zero(h, joined)
			now, err := h.EnsureResident(h.ctx, "handset", "9000000001@s", "", noon)
			h.ok(err)
			assert.Equal(h, birju, now, "the number goes with the newcomer")
			assert.Empty(h, h.thread(birju))
			same, _ := h.join(order[1], order[0])
			assert.Equal(h, birju, same)
		}
		assert.Equal(h, []string{"my case"}, texts(h.thread(asha)))
	},
	"the younger of two residents goes into the older, in whatever order they are named": func(h *house) {
		for n, order := range [][2]string{{"old-0", "new-0"}, {"new-1", "old-1"}} {
			old, err := h.EnsureResident(h.ctx, "handset", []string{"old-0", "old-1"}[n], "", noon)
			h.ok(err)
			young, err := h.EnsureResident(h.ctx, "handset", []string{"new-0", "new-1"}[n], "9000000009", noon.Add(time.Minute))
			h.ok(err)
			resident, joined := h.join(order[0], order[1])
			assert.Equal(h, old, resident)
			assert.Equal(h, young, joined)
			assert.Equal(h, "9000000009", h.conversation(old).Resident.Phone)
			_, err = h.Conversation(h.ctx, young)
			require.ErrorIs(h, err, bot.ErrNotFound)
			assert.Equal(h, []string{"join"}, h.actions(old))
		}
	},
	"a turn computed before is refused, for the one who is no more and for the other": func(h *house) {
		asha, lid := h.resident(1), h.resident(2)
		stale, gone := h.turn(asha, "stale"), h.turn(lid, "gone")
		h.join(ashasPhone, ashasLID)
		_, err := h.CommitTurn(h.ctx, stale)
		require.ErrorIs(h, err, bot.ErrStale)
		_, err = h.CommitTurn(h.ctx, gone)
		require.ErrorIs(h, err, bot.ErrNotFound)
		assert.Empty(h, h.thread(asha))
		gone.Resident, gone.Version = asha, h.conversation(asha).Version
		h.commit(gone)
	},
	"what the older does not know of the person comes from the younger": func(h *house) {
		asha, lid := h.resident(1), h.resident(2)
		h.say(asha, "x", bot.SetLanguage{Lang: locales.Hindi})
		h.say(lid, "x", bot.SetLanguage{Lang: locales.English}, bot.SetName{Name: "Asha"})
		_, err := h.IdentityChanged(h.ctx, "handset", ashasLID, noon)
		h.ok(err)
		h.join(ashasPhone, ashasLID)
		assert.Equal(h, bot.Resident{
			ID: asha, Name: "Asha", Phone: "9000000001", Lang: locales.Hindi, Since: noon, Changed: noon,
		}, h.conversation(asha).Resident)
		assert.Equal(h, []int64{asha}, h.found("9000000002"), "the other's phone finds them too")
		third, _ := h.EnsureResident(h.ctx, "handset", "third", "", noon.Add(-time.Hour))
		h.join("third", ashasLID)
		assert.Equal(h, []int64{third}, h.found("9000000002"), "and after another join")
	},
	"the talk goes on where the resident wrote last": func(h *house) {
		for n, lastIsYounger := range []bool{true, false} {
			asha, lid := h.resident(10+n), h.resident(20+n)
			first, last := asha, lid
			if !lastIsYounger {
				first, last = lid, asha
			}
			early := h.turn(first, "early", bot.SaveCase{Case: draft(int64(10 * (n + 1)))})
			early.Wake = noon.Add(time.Minute)
			h.commit(early)
			late := h.turn(last, "late", bot.SaveCase{Case: draft(int64(10*(n+1) + 1))})
			late.Wake = noon.Add(time.Hour)
			h.commit(late)
			versions := []int64{h.conversation(first).Version, h.conversation(last).Version}
			resident, _ := h.join(late.In.Address, early.In.Address)
			c := h.conversation(resident)
			assert.Equal(h, late.Session, c.Session)
			assert.Equal(h, "late", c.LastText)
			assert.Equal(h, late.In.Address, c.Address)
			assert.Equal(h, late.At, c.LastAt)
			assert.Equal(h, 2, c.Messages)
			assert.Greater(h, c.Version, max(versions[0], versions[1]))
			assert.Equal(h, []string{"early", "late"}, texts(h.thread(resident)))
			timers := h.timers()
			require.Len(h, timers, n+1)
			assert.Contains(h, timers, bot.Timer{Resident: resident, Kind: bot.TimerTalk, Due: late.Wake})
			cases := h.casesOf(resident)
			require.Len(h, cases, 2)
			assert.Equal(h, bot.Draft, cases[0].State)
			assert.Equal(h, bot.Abandoned, cases[1].State, "its talk has ended")
		}
	},
	"the desk sees the conversation that needs a human most": func(h *house) {
		ravi := h.officer("ravi")
		asked, loss := bot.Escalate{Reason: bot.ReasonAsked}, bot.Escalate{Reason: bot.ReasonLoss, Urgent: true}
		n := 0
		for _, test := range []struct {
			older, younger string
			state          bot.ConversationState
			reason         bot.EscalationReason
			urgent         bool
			unread         int
		}{
			{"bot", "bot", bot.WithBot, "", false, 0},
			{"closed", "bot", bot.WithBot, "", false, 0},
			{"closed", "closed", bot.Closed, "", false, 0},
			{"asked", "bot", bot.Waiting, bot.ReasonAsked, false, 1},
			{"bot", "loss", bot.Waiting, bot.ReasonLoss, true, 1},
			{"asked", "loss", bot.Waiting, bot.ReasonLoss, true, 2},
			{"loss", "asked", bot.Waiting, bot.ReasonLoss, true, 2},
			{"claimed", "bot", bot.Claimed, bot.ReasonAsked, false, 1},
			{"claimed", "loss", bot.Claimed, bot.ReasonLoss, true, 2},
			{"closed", "claimed", bot.Claimed, bot.ReasonAsked, false, 1},
		} {
			name := test.older + " and " + test.younger
			var residents []int64
			var since time.Time
			for _, state := range []string{test.older, test.younger} {
				n++
				resident := h.resident(n)
				residents = append(residents, resident)
				effects := map[string][]bot.Effect{"asked": {asked}, "loss": {loss}, "claimed": {asked}}[state]
				turn := h.say(resident, "x", effects...)
				if since.IsZero() && len(effects) > 0 {
					since = turn.At
				}
				if state == "claimed" || state == "closed" {
					h.ok(h.Claim(h.ctx, resident, ravi, false, noon, time.Time{}))
				}
				if state == "closed" {
					h.ok(h.CloseConversation(h.ctx, resident, ravi, bot.Message{At: noon}))
				}
			}
			h.join(h.conversation(residents[0]).Address, h.conversation(residents[1]).Address)
			c := h.conversation(residents[0])
			assert.Equal(h, test.state, c.State, name)
			assert.Equal(h, test.reason, c.Reason, name)
			assert.Equal(h, test.urgent, c.Urgent, name)
			assert.Equal(h, test.unread, c.Unread, name)
			assert.Equal(h, since, c.WaitingSince, name)
			assert.Equal(h, test.state == bot.Claimed, c.Officer == ravi, name)
		}
	},
	"an open escalation of a reason stays one, the earlier and as urgent as either": func(h *house) {
		asha, lid := h.resident(1), h.resident(2)
		since := h.say(asha, "x", bot.Escalate{Reason: bot.ReasonAsked}).At
		h.say(lid, "x", bot.SaveCase{Case: draft(1)},
			bot.Escalate{Reason: bot.ReasonAsked, Urgent: true, Case: 1}, bot.Escalate{Reason: bot.ReasonCheck})
		h.join(ashasPhone, ashasLID)
		open, err := h.Untold(h.ctx, noon, 10)
		h.ok(err)
		require.Len(h, open, 2)
		assert.Equal(h, bot.OpenEscalation{ID: open[0].ID, Resident: asha, Reason: bot.ReasonAsked, Urgent: true, At: since}, open[0])
		assert.Equal(h, bot.ReasonCheck, open[1].Reason)
	},
	"of two memberships one stays, and the audit says which": func(h *house) {
		for n, test := range []struct {
			leaves []bot.Effect // by the older
			stays  int64
		}{{nil, 1}, {[]bot.Effect{bot.LeaveVolunteers{}}, 12}} {
			asha, lid, birju := h.resident(10*n+1), h.resident(10*n+2), h.resident(10*n+3)
			base := int64(10 * n)
			h.say(asha, "enrol", bot.Enrol{Volunteer: volunteer(base + 1)})
			h.say(asha, "x", test.leaves...)
			h.say(lid, "enrol", bot.Enrol{Volunteer: volunteer(base + 2)})
			friend := volunteer(base + 3)
			friend.ReferredBy = volunteer(base + 3 - test.stays + base).ReferralCode // the one that goes
			h.say(birju, "enrol", bot.Enrol{Volunteer: friend})
			h.join(h.conversation(asha).Address, h.conversation(lid).Address)
			v, err := h.VolunteerOf(h.ctx, asha)
			h.ok(err)
			assert.Equal(h, test.stays, v.ID)
			assert.Equal(h, bot.Enrolled, v.State)
			f, err := h.VolunteerOf(h.ctx, birju)
			h.ok(err)
			assert.Equal(h, v.ReferralCode, f.ReferredBy)
			log, err := h.AuditLog(h.ctx, 0, 1)
			h.ok(err)
			assert.Contains(h, log[0].Detail, "volunteer")
		}
	},
	"who has stopped the tips at one address gets none at the other": func(h *house) {
		asha, lid := h.resident(1), h.resident(2)
		h.say(asha, "tips", bot.Subscribe{})
		_, err := h.QueueTip(h.ctx, h.tip(asha, "tip", noon), noon)
		h.ok(err)
		h.say(lid, "tips", bot.Subscribe{})
		h.say(lid, "stop", bot.Unsubscribe{})
		h.join(ashasPhone, ashasLID)
		subscribed, err := h.Subscribed(h.ctx, asha)
		h.ok(err)
		assert.False(h, subscribed)
		assert.Empty(h, h.outbox(noon.Add(time.Hour)))
	},
	"a message that came at both addresses is one": func(h *house) {
		asha, lid := h.resident(1), h.resident(2)
		one := h.say(asha, "the same")
		same := h.turn(lid, "the same", bot.KeepEvidence{})
		same.In.ExternalID, same.In.At = one.In.ExternalID, one.In.At
		same.In.Kind, same.In.Media = bot.Image, &bot.Media{Ref: []byte("same")}
		h.commit(same)
		h.keep(same.In.Media.ID, png)
		h.join(ashasPhone, ashasLID)
		thread := h.thread(asha)
		require.Len(h, thread, 1)
		assert.Equal(h, 1, h.conversation(asha).Messages)
		assert.Equal(h, []string{"the same"}, h.search("same"))
		content, err := h.content(thread[0].Media.ID)
		h.ok(err)
		assert.Equal(h, png, content)
		again := h.turn(asha, "the same")
		again.In.ExternalID, again.In.At = one.In.ExternalID, one.In.At
		duplicate, err := h.CommitTurn(h.ctx, again)
		h.ok(err)
		assert.True(h, duplicate)
	},
	"what could not be read at one address gives way to what came to the other": func(h *house) {
		for n, late := range []time.Duration{0, 3 * time.Second} {
			for m, readableFirst := range []bool{true, false} {
				asha, lid := h.resident(100*n+10*m+1), h.resident(100*n+10*m+2)
				first, second := asha, lid
				if !readableFirst {
					first, second = lid, asha
				}
				read := h.hold(first, "readable")
				unread := h.unreadable(second, read.In.ExternalID)
				unread.In.At = read.In.At.Add(late)
				h.commit(unread)
				h.join(read.In.Address, unread.In.Address)
				thread := h.thread(asha)
				assert.Equal(h, []string{"readable"}, texts(thread))
				assert.True(h, thread[0].Held, "nobody has answered it")
				assert.Equal(h, 1, h.conversation(asha).Messages)
			}
		}
	},
}
