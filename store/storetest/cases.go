package storetest

import (
	"errors"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"mitan/bot"
	"mitan/locales"
)

func draft(id int64) bot.Case {
	return bot.Case{ID: id, Number: bot.CaseNumber("BSP", noon, id), State: bot.Draft, Opened: noon}
}

func (h *house) casesOf(resident int64) []bot.Case {
	h.Helper()
	cases, err := h.CasesOf(h.ctx, resident)
	h.ok(err)
	return cases
}

func (h *house) found(part string) []int64 {
	h.Helper()
	residents, err := h.FindIdentifier(h.ctx, part, 10)
	h.ok(err)
	return residents
}

var caseTests = map[string]func(*house){
	"a case is kept as it stands at each step": func(h *house) {
		asha := h.resident(1)
		c := draft(1)
		c.Resident = asha
		for _, amend := range []func(){
			func() { c.Kind, c.MoneyGone, c.Urgent = "otp", true, true },
			func() { c.Legs = []bot.Leg{{}, {Amount: 2_500_000, When: noon, Bank: "SBI", UTR: "412345678901"}} },
			func() { c.Suspects = []bot.Suspect{{Type: "phone", Value: "9000000888"}, {Type: "upi", Value: "x@y"}} },
			func() { c.Legs[0] = bot.Leg{Amount: 100, Bank: "PhonePe"} },
			func() { c.Legs, c.Suspects = c.Legs[:1], c.Suspects[1:] },
			func() { c.Victim = bot.Person{Name: "Birju", Phone: "9000000777"} },
			func() { c.Reporter, c.Thana = bot.Person{Name: "Asha", Phone: "9000000001"}, "Kotwali" },
			func() { c.State, c.Filed = bot.Filed, noon.Add(time.Hour) },
			func() { c.Legs, c.Suspects, c.Kind, c.Victim = nil, nil, "", bot.Person{} },
		} {
			amend()
			h.say(asha, "step", bot.SaveCase{Case: c})
			assert.Equal(h, []bot.Case{c}, h.casesOf(asha))
		}
		h.reopen()
		assert.Equal(h, []bot.Case{c}, h.casesOf(asha))
	},
	"what is empty in a draft leaves what is stored, until it is filed": func(h *house) {
		asha := h.resident(1)
		whole := draft(1)
		whole.Resident, whole.Kind, whole.MoneyGone = asha, "otp", true
		whole.Legs = []bot.Leg{{Amount: 100}, {Amount: 200}}
		whole.Suspects = []bot.Suspect{{Type: "upi", Value: "x@y"}}
		whole.Victim = bot.Person{Name: "Birju", Phone: "9000000777"}
		h.say(asha, "all", bot.SaveCase{Case: whole})
		back := draft(1)
		back.Resident, back.MoneyGone, back.Legs = asha, true, []bot.Leg{{Amount: 300}}
		h.reopen()
		h.say(asha, "back to the money", bot.SaveCase{Case: back})
		whole.Legs = back.Legs
		assert.Equal(h, []bot.Case{whole}, h.casesOf(asha))
		for _, part := range []string{"x@y", "9000000777", "BSP-26-000001"} {
			assert.Equal(h, []int64{asha}, h.found(part), part)
		}
		back.Legs, back.State, back.Filed = nil, bot.Filed, noon
		h.say(asha, "filed", bot.SaveCase{Case: back})
		assert.Equal(h, []bot.Case{back}, h.casesOf(asha))
		assert.Empty(h, h.found("x@y"))
		assert.Empty(h, h.found("9000000777"))
	},
	"cases come the newest first, each to its own resident": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "a", bot.SaveCase{Case: draft(1)})
		h.say(birju, "b", bot.SaveCase{Case: draft(2)})
		h.say(asha, "c", bot.SaveCase{Case: draft(3)})
		cases := h.casesOf(asha)
		require.Len(h, cases, 2)
		assert.EqualValues(h, []int64{3, 1}, []int64{cases[0].ID, cases[1].ID})
		theft := h.turn(birju, "mine", bot.SaveCase{Case: draft(1)})
		_, err := h.CommitTurn(h.ctx, theft)
		require.ErrorIs(h, err, bot.ErrExists)
		assert.Len(h, h.casesOf(birju), 1)
	},
	"the story is the messages marked as evidence, in order": func(h *house) {
		asha := h.resident(1)
		// The effects of a turn may name a case before they write it.
		h.say(asha, "first", bot.KeepEvidence{Case: 1}, bot.Escalate{Reason: bot.ReasonLoss, Case: 1}, bot.SaveCase{Case: draft(1)})
		h.say(asha, "menu")
		turn := h.turn(asha, "picture", bot.KeepEvidence{Case: 1})
		turn.In.Media = &bot.Media{Ref: []byte("r"), Claimed: "image/png"}
		h.commit(turn)
		h.say(asha, "of a check", bot.KeepEvidence{})
		story, err := h.StoryOf(h.ctx, 1)
		h.ok(err)
		assert.Equal(h, []string{"first", "picture"}, texts(story))
		require.NotNil(h, story[1].Media)
		assert.Equal(h, []byte("r"), story[1].Media.Ref)
	},
	"only a draft is abandoned": func(h *house) {
		asha := h.resident(1)
		filed := draft(2)
		filed.State = bot.Filed
		h.say(asha, "x", bot.SaveCase{Case: draft(1)}, bot.SaveCase{Case: filed})
		h.say(asha, "no", bot.AbandonCase{Case: 1}, bot.AbandonCase{Case: 2}, bot.AbandonCase{Case: 404})
		cases := h.casesOf(asha)
		assert.Equal(h, bot.Filed, cases[0].State)
		assert.Equal(h, bot.Abandoned, cases[1].State)
	},
	"an identifier is found by its beginning and its end, however it is written": func(h *house) {
		asha := h.resident(1)
		c := draft(1187)
		c.Legs = []bot.Leg{{UTR: "912345678901"}, {UTR: "HDFCR52026031400000042"}}
		c.Suspects = []bot.Suspect{
			{Type: "phone", Value: "9000000888"},
			{Type: "upi", Value: "Refund.Help@okaxis"},
			{Type: "link", Value: "https://www.kyc-update.example/x/"},
			{Type: "handle", Value: "@lucky_draw"},
		}
		h.say(asha, "x", bot.SaveCase{Case: c})
		for _, part := range []string{
			"9000000001", "+91 90000 00001", "90000-00001", "09000000001", "९०००००००01", "00001", // own phone
			"912345678901", "9123", "8901", // a UTR that looks like a phone with 91
			"hdfcr5", "00042",
			"BSP-26-001187", "bsp26", "26-001187", "1187",
			"+919000000888", "refund.help", "okaxis", "kyc-update.example", "http://kyc-update", "lucky_draw", "@lucky",
		} {
			assert.Equal(h, []int64{asha}, h.found(part), part)
		}
		for _, part := range []string{"", "01", "1", "345678", "%", "9999"} {
			assert.Empty(h, h.found(part), part)
		}
		c.Legs = append(c.Legs, bot.Leg{UTR: "550000000066"})
		h.say(asha, "one more leg", bot.SaveCase{Case: c})
		assert.Equal(h, []int64{asha}, h.found("0066"))
		c.Suspects = append(c.Suspects, bot.Suspect{Type: "upi", Value: "later@okhdfc"})
		h.say(asha, "one more suspect", bot.SaveCase{Case: c})
		assert.Equal(h, []int64{asha}, h.found("okhdfc"))
		c.Suspects = c.Suspects[:1]
		h.say(asha, "back", bot.SaveCase{Case: c})
		assert.Empty(h, h.found("okaxis"), "taken back")
		assert.Equal(h, []int64{asha}, h.found("9000000888"))
	},
	"whoever named an identifier is found, once, up to the limit": func(h *house) {
		var all []int64
		for n := range 4 {
			resident := h.resident(n)
			c := draft(int64(n + 1))
			c.Suspects = []bot.Suspect{{Type: "phone", Value: "9000099999"}, {Type: "phone", Value: "9000099998"}}
			h.say(resident, "x", bot.SaveCase{Case: c})
			all = append(all, resident)
		}
		assert.Equal(h, all, h.found("90000999"))
		some, err := h.FindIdentifier(h.ctx, "9000099999", 2)
		h.ok(err)
		assert.Equal(h, all[:2], some)
	},
}

func volunteer(n int64) bot.Volunteer {
	return bot.Volunteer{
		ID: n, Number: bot.VolunteerNumber("BSP", n), Name: "Asha", Thana: "Kotwali", Place: "Tikrapara",
		ReferralCode: bot.ReferralCode(n), ReferredBy: "ABC234", Role: bot.RoleMitan, State: bot.Enrolled,
		Lang: locales.Hindi, Consent: noon,
	}
}

var volunteerTests = map[string]func(*house){
	"enrols, leaves and comes back": func(h *house) {
		asha := h.resident(1)
		want := volunteer(1)
		want.Resident = asha
		standing := func() bot.Volunteer {
			v, err := h.VolunteerOf(h.ctx, asha)
			h.ok(err)
			return v
		}
		_, err := h.VolunteerOf(h.ctx, asha)
		require.ErrorIs(h, err, bot.ErrNotFound)
		h.say(asha, "join", bot.Enrol{Volunteer: volunteer(1)})
		assert.Equal(h, want, standing())
		turn := h.say(asha, "leave", bot.LeaveVolunteers{})
		want.State, want.LeftAt = bot.Left, turn.At
		assert.Equal(h, want, standing(), "the number and the name are kept")
		h.say(asha, "leave", bot.LeaveVolunteers{})
		assert.Equal(h, want, standing(), "leaving twice is leaving once")
		again := volunteer(2)
		h.say(asha, "join", bot.Enrol{Volunteer: again})
		again.Resident = asha
		assert.Equal(h, again, standing())
	},
	"no two have one number": func(h *house) {
		asha, birju := h.resident(1), h.resident(2)
		h.say(asha, "join", bot.Enrol{Volunteer: volunteer(1)})
		_, err := h.CommitTurn(h.ctx, h.turn(birju, "join", bot.Enrol{Volunteer: volunteer(1)}))
		require.Error(h, err)
		_, err = h.VolunteerOf(h.ctx, birju)
		require.ErrorIs(h, err, bot.ErrNotFound)
	},
}

var exportTests = map[string]func(*house){
	"everything comes once, in order, over many pages": func(h *house) {
		const many = 450
		for n := range many {
			resident := h.resident(n)
			h.say(resident, "x", bot.SaveCase{Case: draft(int64(n + 1))}, bot.KeepEvidence{Case: int64(n + 1)},
				bot.Enrol{Volunteer: volunteer(int64(n + 1))}, bot.Subscribe{}, bot.SetLanguage{Lang: locales.English})
		}
		var cases, volunteers, conversations, subscriptions []int64
		h.ok(h.EachCase(h.ctx, func(c bot.Case) error {
			assert.Equal(h, []string{"x"}, texts(c.Story))
			cases = append(cases, c.ID)
			return nil
		}))
		h.ok(h.EachVolunteer(h.ctx, func(v bot.Volunteer) error {
			volunteers = append(volunteers, v.ID)
			return nil
		}))
		h.ok(h.EachConversation(h.ctx, func(c bot.Conversation) error {
			conversations = append(conversations, c.Resident.ID)
			return nil
		}))
		h.ok(h.EachSubscription(h.ctx, func(s bot.Subscription, lang locales.Lang) error {
			assert.Equal(h, locales.English, lang)
			subscriptions = append(subscriptions, s.Resident)
			return nil
		}))
		for _, ids := range [][]int64{cases, volunteers, conversations, subscriptions} {
			assert.Len(h, ids, many)
			assert.IsIncreasing(h, ids)
		}
	},
	"an error ends the reading": func(h *house) {
		h.resident(1)
		h.resident(2)
		enough := errors.New("enough")
		calls := 0
		err := h.EachConversation(h.ctx, func(bot.Conversation) error {
			calls++
			return enough
		})
		require.ErrorIs(h, err, enough)
		assert.Equal(h, 1, calls)
	},
	"who stopped the tips is not among the subscribers": func(h *house) {
		asha := h.resident(1)
		h.say(asha, "tips", bot.Subscribe{})
		h.say(asha, "stop", bot.Unsubscribe{})
		h.ok(h.EachSubscription(h.ctx, func(bot.Subscription, locales.Lang) error {
			return errors.New("there is none")
		}))
	},
}
